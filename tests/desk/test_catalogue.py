"""The catalogue of a real workspace: which records stand in it, with what words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from archive.test_kinds import pdf
from dafu import store
from dafu.desk.case import calendar_of, cases
from dafu.desk.catalogue import items
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from dafu.archive.catalogue import Item
    from desk.conftest import Desk

OFFICE = records.OFFICE + '归档: {全宗号: Z047, 机构代码: BGS, 档号式: "{全宗号}-WS·{年度}-{期限}-{机构}-{件号:04}"}\n'
SENT = """
    答复: {公开: 主动公开, 正文: 已经开放。}
    办理过程:
      - {日期: 2025-03-05, 环节: 交办}
      - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕7号}
      - {日期: 2025-08-28, 环节: 送达, 对象: 林晓}
"""
FILED = """\
      - {日期: 2025-09-10, 环节: 办结}
      - {日期: 2026-03-20, 环节: 归档, 档号: Z047-WS·2025-D30-BGS-0012}
"""


def whole(*parts: str) -> str:
    return "".join(records.text_of(part) for part in parts)


def catalogued(desk: Desk) -> list[Item]:
    (desk.folder / "dafu.yaml").write_text(OFFICE, encoding="utf-8")
    workspace = desk.workspace
    known, problems = store.load(workspace)
    assert problems == []
    return items(cases(workspace, known, calendar_of(workspace), date(2026, 5, 6)), desk.composer())


def of(text: str) -> str:
    """Return the events that stand in *text*, indented as in a record."""
    return "".join(f"  {line.strip()}\n" for line in text.splitlines() if line.strip())


def test_an_archived_reply_stands_with_its_own_words(desk: Desk) -> None:
    desk.write(whole(SENT) + of(FILED))
    bag = desk.folder / "replies/2025/143069/归档/data/正本"
    bag.mkdir(parents=True)
    (bag / "答复.pdf").write_bytes(pdf(4))

    (item,) = catalogued(desk)

    assert (item.case, item.number, item.document) == ("143069", "Z047-WS·2025-D30-BGS-0012", "东商〔2025〕7号")
    assert (item.author, item.title) == ("东河市商务局", "对市政协十四届三次会议第143069号提案的答复")
    assert (item.day, item.year, item.pages, item.remarks) == (date(2025, 8, 26), 2025, 4, ())


def test_what_is_not_archived_does_not_stand_in_it(desk: Desk) -> None:
    desk.write(SENT)

    assert catalogued(desk) == []


def test_a_record_without_bag_or_number_is_in_it_and_says_so(desk: Desk) -> None:
    desk.write(whole(SENT) + of("- {日期: 2025-09-10, 环节: 办结}\n- {日期: 2026-03-20, 环节: 归档}"))

    (item,) = catalogued(desk)

    assert item.remarks == ("没有编档号", "没有归档包")
    assert (item.place, item.pages, item.year) == (None, None, 2025)


def test_the_last_letter_stands_for_the_item_and_names_the_earlier_ones(desk: Desk) -> None:
    again = """
        - {日期: 2025-09-20, 环节: 重办}
        - {日期: 2025-10-08, 环节: 签发, 签发人: 周明远}
        - {日期: 2025-10-09, 环节: 印发, 发文字号: 东商〔2025〕19号}
        - {日期: 2025-10-09, 环节: 送达, 对象: 林晓}
        - {日期: 2025-10-20, 环节: 办结}
        - {日期: 2026-03-20, 环节: 归档, 档号: Z047-WS·2025-D30-BGS-0012}
    """
    desk.write(whole(SENT) + of(again) + "再次答复: [{公开: 主动公开, 正文: 已经全部开放。}]\n")

    (item,) = catalogued(desk)

    assert item.title == "对市政协十四届三次会议第143069号提案的再次答复"
    assert (item.document, item.day) == ("东商〔2025〕19号", date(2025, 10, 8))
    assert item.remarks == ("没有归档包", "含东商〔2025〕7号")


def test_a_merged_record_stands_under_its_own_number_with_the_reply_of_its_lead(desk: Desk) -> None:
    desk.write("并案: ['143070']\n" + whole(SENT))
    own = "办理过程:\n- {日期: 2025-08-28, 环节: 送达, 对象: 林晓}\n- {日期: 2025-09-10, 环节: 办结}\n"
    desk.write(own + "- {日期: 2026-03-20, 环节: 归档, 档号: Z047-WS·2025-D30-BGS-0013}\n", "143070")

    (item,) = catalogued(desk)

    assert (item.case, item.title) == ("143070", "对市政协十四届三次会议第143070号提案的答复")
    assert (item.document, item.remarks) == ("东商〔2025〕7号", ("没有归档包", "与143069并案"))


def test_a_paper_only_read_stands_under_the_name_of_those_who_wrote_it(desk: Desk) -> None:
    events = "- {日期: 2025-03-05, 环节: 交办}\n- {日期: 2025-04-05, 环节: 办结}\n- {日期: 2026-03-20, 环节: 归档}\n"
    desk.write(f"角色: 参阅\n保管期限: 10年\n办理过程:\n{events}")

    (item,) = catalogued(desk)

    assert (item.document, item.author, item.title) == ("", "林晓", "关于“优化夜市管理”的提案")
    assert (item.day, item.year, str(item.period)) == (date(2025, 3, 5), 2025, "10年")


def test_the_record_judged_anew_counts_before_its_old_number(desk: Desk) -> None:
    desk.write("保管期限: 永久\n" + whole(SENT) + of(FILED))

    (item,) = catalogued(desk)

    assert (str(item.period), item.due) == ("永久", None)


def test_a_title_that_cannot_be_composed_stops_the_catalogue_with_the_fault_of_its_template(desk: Desk) -> None:
    (desk.folder / "templates").mkdir()
    (desk.folder / "templates/答复.j2").write_text("{% block 标题 %}{{ 没有 }}{% endblock %}", encoding="utf-8")
    desk.write(whole(SENT) + of(FILED))

    with pytest.raises(UnusableError):
        catalogued(desk)
