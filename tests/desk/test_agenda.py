from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu.desk.agenda import Item, agenda
from dafu.desk.case import calendar_of
from dafu.desk.standing import Overview

if TYPE_CHECKING:
    from desk.conftest import Desk

MONDAY = date(2025, 6, 16)  # a month without a holiday from here on


def items(desk: Desk, today: date = MONDAY, days: int | None = None) -> list[Item]:
    workspace = desk.workspace
    return agenda(Overview(workspace, calendar_of(workspace), today).standings, days)


def due_on(desk: Desk, number: str, day: str, more: str = "") -> None:
    """Write a record whose reply is due on *day*, and nothing else."""
    desk.write(f"期限: {day}\n{more}", number)


def order(desk: Desk, days: int | None = None) -> list[str]:
    return [item.case.words["案号"] for item in items(desk, days=days)]


@pytest.mark.parametrize(
    ("day", "left", "light"),
    [
        ("2025-05-30", -10, "逾期"),  # 2 June was a day off
        ("2025-06-13", -1, "逾期"),
        ("2025-06-15", -1, "逾期"),  # a Sunday is past on Monday too
        ("2025-06-16", 0, "红"),
        ("2025-06-17", 1, "红"),
        ("2025-06-19", 3, "红"),  # the red bound itself
        ("2025-06-20", 4, "黄"),
        ("2025-06-22", 4, "黄"),
        ("2025-06-30", 10, "黄"),  # the yellow bound itself
        ("2025-07-01", 11, "绿"),
    ],
)
def test_a_light_reaches_up_to_its_bound(day: str, left: int, light: str, desk: Desk) -> None:
    due_on(desk, "143069", day)

    (item,) = items(desk)
    assert (item.clock.left, str(item.clock.light), item.is_overdue) == (left, light, light == "逾期")


def test_the_bounds_are_those_of_the_office(desk: Desk) -> None:
    path = desk.folder / "dafu.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "预警: {黄: 5个工作日, 红: 1个工作日}\n", encoding="utf-8")
    for number, day in (("1", "2025-06-17"), ("2", "2025-06-18"), ("3", "2025-06-23"), ("4", "2025-06-24")):
        due_on(desk, number, day)

    assert [str(item.clock.light) for item in items(desk)] == ["红", "黄", "黄", "绿"]


def test_what_is_overdue_comes_first_then_today_then_by_light_and_key_ones_before_others(desk: Desk) -> None:
    plan = [
        ("01", "2025-07-30", "重点: 是\n"),
        ("02", "2025-07-20", ""),
        ("03", "2025-06-25", ""),
        ("04", "2025-06-26", "重点: 是\n"),
        ("05", "2025-06-18", ""),
        ("06", "2025-06-19", "重点: 是\n"),
        ("07", "2025-06-16", ""),
        ("08", "2025-06-16", "重点: 是\n"),
        ("09", "2025-06-10", ""),
        ("10", "2025-06-05", ""),
        ("11", "2025-06-13", "重点: 是\n"),
        ("12", "2025-06-10", ""),
    ]
    for number, day, more in plan:
        due_on(desk, number, day, more)

    assert order(desk) == ["11", "10", "09", "12", "08", "07", "06", "05", "04", "03", "01", "02"]


@pytest.mark.parametrize(
    ("days", "numbers"), [(0, ["1", "2"]), (1, ["1", "2", "3"]), (4, ["1", "2", "3", "4"]), (None, [*"12345"])]
)
def test_only_what_is_due_within_some_working_days_and_all_that_is_overdue(
    days: int | None, numbers: list[str], desk: Desk
) -> None:
    for number, day in zip("12345", ("06-10", "06-16", "06-17", "06-22", "08-01"), strict=True):
        due_on(desk, number, f"2025-{day}")

    assert order(desk, days) == numbers


def test_a_record_has_a_row_for_each_open_clock_and_units_are_named(desk: Desk) -> None:
    desk.write(
        """\
        角色: 主办
        会办单位: [市财政局, 市公安局]
        办理过程:
          - {日期: 2025-06-10, 环节: 交办}
          - {日期: 2025-06-12, 环节: 征求会办, 单位: 市财政局}
          - {日期: 2025-06-12, 环节: 征求会办, 单位: 市公安局, 期限: 2025-06-20}
        """
    )

    assert [(item.clock.name, item.clock.due.isoformat()) for item in items(desk)] == [
        ("会办意见（市公安局）", "2025-06-20"),
        ("退办", "2025-06-24"),
        ("首次沟通", "2025-07-01"),
        ("会办意见（市财政局）", "2025-07-12"),
        ("答复", "2025-09-10"),
    ]
    assert items(desk)[0].words() | {"案由": ""} == {
        "案号": "143069",
        "类别": "提案",
        "层级": "市",
        "届次": "市政协十四届三次会议",
        "案由": "",
        "提案人": ["林晓"],
        "角色": "主办",
        "科室": None,
        "经办人": None,
        "重点": False,
        "阶段": "已交办",
        "期限": "2025-06-20",
        "剩余": 4,
        "灯": "黄",
        "暂定": False,
        "时钟": "会办意见（市公安局）",
    }


def test_what_has_stopped_or_lapsed_is_not_listed(desk: Desk) -> None:
    desk.write(
        """\
        办理过程:
          - {日期: 2025-05-06, 环节: 交办}
          - {日期: 2025-05-08, 环节: 沟通, 方式: 电话, 对象: 林晓}
          - {日期: 2025-05-20, 环节: 签发, 签发人: 周明远}
          - {日期: 2025-05-20, 环节: 印发, 发文字号: 东商〔2025〕7号}
        """
    )

    assert items(desk) == []


def test_a_promise_is_listed_when_its_next_day_comes_near_though_the_case_is_closed(desk: Desk) -> None:
    desk.write(
        """\
        办理过程:
          - {日期: 2025-03-05, 环节: 交办}
          - {日期: 2025-03-08, 环节: 沟通, 方式: 电话, 对象: 林晓}
          - {日期: 2025-05-20, 环节: 印发, 发文字号: 东商〔2025〕7号}
          - {日期: 2025-06-05, 环节: 办结}
          - {日期: 2025-06-06, 环节: 跟踪, 下次日期: 2025-06-24, 说明: 看冷库进度}
        """
    )

    (item,) = items(desk)
    assert (item.clock.name, item.clock.left, str(item.clock.light)) == ("跟踪", 6, "黄")
    assert item.words()["期限"] == "2025-06-24"
    assert items(desk, date(2025, 6, 25))[0].is_overdue
    assert items(desk, date(2025, 6, 9)) == []  # 11 working days are left: green
    assert [item.clock.name for item in items(desk, date(2025, 6, 9), days=11)] == ["跟踪"]
    assert [item.clock.name for item in items(desk, date(2025, 6, 10))] == ["跟踪"]
