from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu.report.promises import promises
from records import proposal_of
from report.making import ANSWERED, account_of, standing

if TYPE_CHECKING:
    from dafu.report.promises import Promise

B = "建议事项: [装路灯, 修公厕]\n科室: 市场科\n经办人: 苏晚晴\n答复: {办理结果: B}\n" + ANSWERED
FOLLOWED = B + "  - {日期: 2025-09-01, 环节: 跟踪, 下次日期: 2025-12-01, 说明: 路灯年底装完}\n"
AGAIN = FOLLOWED.replace("答复: {办理结果: B}", "答复: {办理结果: B}\n再次答复: [{办理结果: %s}]")
AGAIN += "  - {日期: 2025-11-20, 环节: 拟稿}\n  - {日期: 2025-11-25, 环节: 印发, 发文字号: 东商〔2025〕80号}\n"


def on(day: str, more: str) -> list[Promise]:
    when = date.fromisoformat(day)
    return promises([standing(proposal_of(more), when)], when)


def states(more: str, *days: str) -> list[str]:
    return [str(one.keeping) for day in days for one in on(day, more)]


def test_a_reply_graded_b_is_a_promise_with_its_asks_and_who_follows_it() -> None:
    (promise,) = on("2025-07-01", B)

    assert promise.words() == {
        "案号": "143069",
        "案由": "优化夜市管理",
        "等次": "B",
        "承诺": "装路灯；修公厕",
        "下次日期": None,
        "责任科室": "市场科",
        "经办人": "苏晚晴",
        "状态": "跟踪中",
    }


def test_before_it_is_issued_nothing_is_promised() -> None:
    assert on("2025-06-04", B) == []


@pytest.mark.parametrize("grade", ["A", "D"])
def test_what_is_solved_or_only_noted_promises_nothing(grade: str) -> None:
    assert on("2026-06-30", B.replace("结果: B", f"结果: {grade}")) == []


def test_c_is_a_promise_too() -> None:
    assert [one.grade for one in on("2025-07-01", B.replace("结果: B", "结果: C"))] == ["C"]


def test_a_look_again_gives_the_next_day_and_says_what_is_still_to_be_done() -> None:
    (promise,) = on("2025-10-01", FOLLOWED)

    assert (promise.text, promise.next_day) == ("路灯年底装完", date(2025, 12, 1))


def test_a_promise_is_forgotten_from_the_day_after_its_next_day() -> None:
    assert states(FOLLOWED, "2025-12-01", "2025-12-02") == ["跟踪中", "逾期未跟踪"]


def test_a_promise_without_a_day_comes_back_in_the_new_year() -> None:
    assert states(B, "2025-12-31", "2026-01-01") == ["跟踪中", "逾期未跟踪"]


def test_a_new_look_sets_a_new_day_and_one_that_sets_none_lasts_until_the_end_of_its_year() -> None:
    later = FOLLOWED + "  - {日期: 2026-02-01, 环节: 跟踪}\n"

    assert states(later, "2026-01-31", "2026-02-01", "2026-12-31") == ["逾期未跟踪", "跟踪中", "跟踪中"]
    assert on("2026-02-01", later)[0].next_day is None


def test_a_later_reply_graded_a_closes_it_and_it_keeps_the_grade_that_was_promised() -> None:
    solved = AGAIN % "A"

    assert states(solved, "2025-11-24", "2025-11-25", "2026-06-30") == ["跟踪中", "已转A", "已转A"]
    assert on("2026-06-30", solved)[0].grade == "B"


def test_a_later_reply_that_is_still_c_leaves_it_open_with_that_grade() -> None:
    (promise,) = on("2025-12-15", AGAIN % "C")

    assert (promise.grade, promise.next_day, str(promise.keeping)) == ("C", None, "跟踪中")


def test_a_look_after_the_a_opens_it_again() -> None:
    again = AGAIN % "A" + "  - {日期: 2025-12-20, 环节: 跟踪, 下次日期: 2026-03-01}\n"

    assert states(again, "2025-12-19", "2025-12-20", "2026-03-02") == ["已转A", "跟踪中", "逾期未跟踪"]


def test_what_was_withdrawn_promises_nothing() -> None:
    assert on("2026-06-30", FOLLOWED + "  - {日期: 2025-10-01, 环节: 撤案, 理由: 撤回}\n") == []


def test_the_forgotten_ones_come_first_and_the_kept_ones_last() -> None:
    early = FOLLOWED.replace("2025-12-01", "2025-10-01")
    found = account_of(AGAIN % "A", FOLLOWED, B, early, day="2025-10-15").promises

    assert [(one.standing.facts.number, str(one.keeping)) for one in found] == [
        ("4", "逾期未跟踪"),
        ("1", "跟踪中"),  # its A is still to come on that day
        ("2", "跟踪中"),
        ("3", "跟踪中"),
    ]
