from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records
from dafu.desk.filingnumbers import number_for
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from desk.conftest import Desk

ARCHIVE = "归档: {全宗号: Z047, 机构代码: BGS}\n"
ISSUED = """\
办理过程:
- {日期: 2025-03-05, 环节: 交办}
- {日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
"""
FILED = ISSUED + "- {日期: 2026-03-20, 环节: 归档, 档号: Z047-WS·2025-D30-BGS-0003}\n"


def number(desk: Desk, archive: str = ARCHIVE) -> str:
    (desk.folder / "dafu.yaml").write_text(records.OFFICE + archive, encoding="utf-8")
    return number_for(desk.workspace, desk.record().proposal)


def test_the_number_goes_on_from_those_in_the_records(desk: Desk) -> None:
    desk.write(ISSUED)
    assert number(desk) == "Z047-WS·2025-D30-BGS-0001"

    desk.write(FILED, "143070")
    assert number(desk) == "Z047-WS·2025-D30-BGS-0004"


def test_the_period_of_the_record_counts(desk: Desk) -> None:
    desk.write("保管期限: 永久\n" + ISSUED)
    desk.write(FILED, "143070")

    assert number(desk) == "Z047-WS·2025-Y-BGS-0001"


def test_a_number_in_a_broken_record_is_taken_too(desk: Desk) -> None:
    desk.write(ISSUED)
    desk.write("没有这个字段: 1\n" + FILED, "143070")

    assert number(desk) == "Z047-WS·2025-D30-BGS-0004"


def test_an_office_that_says_nothing_of_its_archive_gets_no_number(desk: Desk) -> None:
    desk.write(ISSUED)

    assert number(desk, "") == ""


def test_an_office_that_says_half_of_it_is_told_the_rest(desk: Desk) -> None:
    desk.write(ISSUED)

    with pytest.raises(UnusableError) as stopped:
        number(desk, "归档: {全宗号: Z047}\n")
    assert [problem.field for problem in stopped.value.problems] == ["归档.机构代码"]
