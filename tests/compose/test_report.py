"""Papers of many records: what their templates can name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compose.conftest import OFFICE, office_of
from dafu.compose import Composer
from dafu.errors import UnusableError
from dafu.letter import texts
from dafu.report.paper import values
from report.making import account_of

if TYPE_CHECKING:
    from compose.conftest import Drafter
    from dafu.compose import Composed

TODAY = date(2026, 1, 5)


def composed(drafter: Drafter, body: str, **figures: Any) -> Composed:
    drafter.template(f"{{% block 标题 %}}报告{{% endblock %}}\n{{% block 正文 %}}{body}{{% endblock %}}", "简报")
    return Composer(office_of(OFFICE), drafter.folder).compose_report("简报", TODAY, figures)


def body(found: Composed) -> list[str]:
    return list(texts(found.letter.body))


def test_figures_are_named_below_their_word_and_the_office_by_its_own(drafter: Drafter) -> None:
    found = composed(drafter, "{{ 单位.全称 }}办复{{ 统计.件数.已办复 }}件，{{ 今日 }}。", 件数={"已办复": 0})

    assert body(found) == ["东河市商务局办复0件，2026年1月5日。"]
    assert "0" in found.inserted


def test_rows_are_gone_through_and_make_a_table(drafter: Drafter) -> None:
    rows = "| 科室 |\n|---|\n{% for 组 in 统计.按科室 %}\n| {{ 组.名称 }} |\n{% endfor %}\n"
    found = composed(drafter, rows, 按科室=({"名称": "市场科"}, {"名称": "办公室"}))

    assert body(found) == ["科室", "市场科", "办公室"]


def test_what_belongs_to_a_single_record_is_missing_in_a_report(drafter: Drafter) -> None:
    assert composed(drafter, "案号{{ 案号 }}。").missing == ("案号",)


def test_figures_are_missing_in_the_paper_of_a_single_record(drafter: Drafter) -> None:
    drafter.block("结尾", "{{ 统计.件数.已办复 }}")

    assert "件数" in drafter.composed().missing


def test_a_word_that_the_figures_never_have_is_found_before_anything_is_rendered(drafter: Drafter) -> None:
    with pytest.raises(UnusableError, match=r"“统计\.科室”不是字段"):
        composed(drafter, "{{ 统计.科室 }}")


def test_a_template_may_name_all_that_the_figures_have() -> None:
    from dafu.compose.context import known_names

    assert set(values(account_of())) == set(known_names()["统计"])
