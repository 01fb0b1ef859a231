from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu.desk.agenda import agenda
from dafu.desk.case import calendar_of
from dafu.desk.next_step import Advice, next_step
from dafu.desk.standing import Overview

if TYPE_CHECKING:
    from desk.conftest import Desk

TODAY = date(2025, 3, 12)
ASSIGNED = "{日期: 2025-03-05, 环节: 交办}"
TALKED = "{日期: 2025-03-06, 环节: 沟通, 方式: 面商, 对象: 林晓}"
WORKED = f"{ASSIGNED}, {TALKED}, {{日期: 2025-03-06, 环节: 分办}}"
REVIEWED = f"{WORKED}, {{日期: 2025-03-07, 环节: 审核}}"
SIGNED = f"{REVIEWED}, {{日期: 2025-03-07, 环节: 签发, 签发人: 周明远}}"
ISSUED = f"{SIGNED}, {{日期: 2025-03-08, 环节: 印发, 发文字号: 东商〔2025〕7号}}"
DELIVERED = f"{ISSUED}, {{日期: 2025-03-09, 环节: 送达, 对象: 林晓}}"
ANSWERED = f"{DELIVERED}, {{日期: 2025-03-10, 环节: 反馈, 对象: 林晓, 整体: 满意}}"
UNHAPPY = f"{DELIVERED}, {{日期: 2025-03-10, 环节: 反馈, 对象: 林晓, 整体: 不满意}}"
CLOSED = f"{ANSWERED}, {{日期: 2025-03-11, 环节: 办结}}"


def advice(desk: Desk, today: date = TODAY) -> Advice:
    workspace = desk.workspace
    overview = Overview(workspace, calendar_of(workspace), today)
    return next_step(overview, agenda(overview.standings, None), desk.folder)


def after(events: str) -> str:
    return f"办理过程: [{events}]\n"


@pytest.mark.parametrize(
    ("events", "command"),
    [
        ("", "dafu track 143069 交办"),
        (ASSIGNED, "dafu track 143069 签收"),
        (f"{ASSIGNED}, {{日期: 2025-03-06, 环节: 签收}}", "dafu track 143069 分办 科室=… 经办人=…"),
        (f"{ASSIGNED}, {{日期: 2025-03-06, 环节: 退办, 理由: 不属本局}}", "dafu track 143069 退办结果 结果=…"),
        (f"{ASSIGNED}, {{日期: 2025-03-06, 环节: 分办}}", "dafu track 143069 沟通 方式=… 对象=林晓"),
        (WORKED, "dafu draft 143069"),
        (f"{WORKED}, {{日期: 2025-03-07, 环节: 拟稿}}", "dafu track 143069 审核"),
        (REVIEWED, "dafu track 143069 签发 签发人=…"),
        (SIGNED, "dafu track 143069 印发 发文字号=…"),
        (ISSUED, "dafu track 143069 送达 对象=林晓"),
        (DELIVERED, "dafu track 143069 反馈 对象=林晓 整体=…"),
        (UNHAPPY, "dafu track 143069 重办"),
        (ANSWERED, "dafu track 143069 办结"),
        (CLOSED, "dafu archive 143069 签章件.pdf"),
    ],
)
def test_each_stage_has_its_next_step(events: str, command: str, desk: Desk) -> None:
    desk.write(after(events))

    assert advice(desk).command == command


def test_where_the_letter_lies_already_it_is_entered(desk: Desk) -> None:
    desk.write(after(WORKED))
    desk.draft()

    assert advice(desk).command == "dafu track 143069 拟稿"


def test_nothing_on_file_begins_with_the_list(desk: Desk) -> None:
    assert advice(desk).command == "dafu import 交办清单.xlsx"


def test_what_cannot_be_read_comes_first(desk: Desk) -> None:
    desk.write(after(SIGNED))
    desk.write("签发: 周明远\n", "2")

    assert advice(desk).command == "dafu check"


def test_what_is_over_leaves_nothing_to_do(desk: Desk) -> None:
    desk.write(after(f"{CLOSED}, {{日期: 2025-03-11, 环节: 归档}}"))

    assert advice(desk).command == "dafu import 交办清单.xlsx"
    assert advice(desk).why.startswith("没有要办的")


def test_the_most_pressing_one_is_named_with_its_day(desk: Desk) -> None:
    desk.write("期限: 2025-03-20\n", "1")
    desk.write("期限: 2025-03-14\n" + after(f"{WORKED}, {{日期: 2025-03-07, 环节: 拟稿}}"), "2")

    assert advice(desk) == ("2 优化夜市管理：已拟稿，答复还有2个工作日", "dafu track 2 审核")


def test_one_act_goes_before_what_has_time(desk: Desk) -> None:
    desk.write(after(WORKED), "1")
    desk.write(after(CLOSED), "2")
    desk.write(after(ANSWERED), "3")

    assert advice(desk) == ("3 优化夜市管理：已反馈", "dafu track 3 办结")


@pytest.mark.parametrize(
    ("events", "command"),
    [
        (f"{WORKED}, {{日期: 2025-03-07, 环节: 拟稿}}", "dafu show 143069"),
        (WORKED, "dafu show 143069"),
        (SIGNED, "dafu track 143069 印发 发文字号=…"),
        (ASSIGNED, "dafu track 143069 签收"),
    ],
)
def test_what_is_late_is_looked_at_unless_one_act_ends_it(events: str, command: str, desk: Desk) -> None:
    desk.write(f"期限: 2025-03-11\n{after(f'{events}, {TALKED}')}")

    assert advice(desk).command == command
    assert advice(desk).why.endswith("，答复已过1个工作日")


def test_the_first_talk_presses_once_the_paper_has_its_reader(desk: Desk) -> None:
    desk.write(after(f"{ASSIGNED}, {{日期: 2025-03-06, 环节: 分办}}"))  # to be talked to by 26 March

    assert advice(desk, date(2025, 3, 25)) == (
        "143069 优化夜市管理：办理中，首次沟通还有1个工作日",
        "dafu track 143069 沟通 方式=… 对象=林晓",
    )


def test_a_letter_that_has_to_be_published_is(desk: Desk) -> None:
    desk.write(f"答复: {{公开: 主动公开}}\n{after(ANSWERED)}")

    assert advice(desk, date(2025, 4, 2)).command == "dafu publish 143069"  # by 7 April


def test_a_promise_whose_day_has_come_is_looked_at(desk: Desk) -> None:
    desk.write(after(f"{ANSWERED}, {{日期: 2025-03-11, 环节: 跟踪, 下次日期: 2025-03-13}}"))

    assert advice(desk).command == "dafu show 143069"


def test_all_who_have_no_letter_yet_are_named(desk: Desk) -> None:
    desk.write(after(DELIVERED), "1")
    path = desk.folder / "proposals/1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[林晓]", "[林晓, 苏晚晴, 沈亦安]"), encoding="utf-8")

    assert advice(desk).command == "dafu track 1 送达 对象=苏晚晴、沈亦安"


def test_the_opinions_of_others_come_before_the_signature(desk: Desk) -> None:
    desk.write(f"角色: 主办\n会办单位: [市财政局, 市公安局]\n{after(REVIEWED)}")

    assert advice(desk).command == "dafu track 143069 会办意见 单位=市财政局"


def test_an_opinion_that_was_asked_for_is_waited_for_by_its_own_clock(desk: Desk) -> None:
    asked = "{日期: 2025-03-10, 环节: 征求会办, 单位: 市公安局, 期限: 2025-03-13}"
    desk.write(f"角色: 主办\n会办单位: [市财政局, 市公安局]\n{after(f'{WORKED}, {asked}')}")

    assert advice(desk) == (
        "143069 优化夜市管理：办理中，会办意见（市公安局）还有1个工作日",
        "dafu track 143069 会办意见 单位=市公安局",
    )


def test_an_opinion_for_others_goes_to_the_unit_that_leads_and_ends_there(desk: Desk) -> None:
    own = "角色: 会办\n主办单位: 市商务厅\n"
    signed = "{日期: 2025-03-06, 环节: 签发, 签发人: 周明远}"
    issued = f"{signed}, {{日期: 2025-03-08, 环节: 印发, 发文字号: 东商函〔2025〕7号}}"
    desk.write(f"{own}{after(issued)}")
    assert advice(desk).command == "dafu track 143069 送达 对象=市商务厅"

    desk.write(f"{own}{after(f'{issued}, {{日期: 2025-03-09, 环节: 送达, 对象: 市商务厅}}')}")
    assert advice(desk).command == "dafu track 143069 办结"


def test_a_paper_to_be_read_only_is_closed_when_it_has_its_reader(desk: Desk) -> None:
    desk.write(f"角色: 参阅\n{after(ASSIGNED)}", "1")
    assert advice(desk).command == "dafu track 1 签收"

    desk.write(f"角色: 参阅\n{after(WORKED)}", "1")
    assert advice(desk).command == "dafu track 1 办结"


def test_a_merged_record_is_brought_on_by_its_lead(desk: Desk) -> None:
    desk.write(f'期限: 2025-03-14\n并案: ["1"]\n{after(REVIEWED)}', "2")
    desk.write("期限: 2025-03-13\n", "1")

    assert advice(desk) == (
        "1 优化夜市管理：已审核，答复还有1个工作日",
        "dafu track 2 签发 签发人=…",
    )


def test_what_a_shell_would_understand_stands_in_quotes(desk: Desk) -> None:
    desk.write(f"答复: {{}}\n{after(ISSUED)}", "(闭)7号")
    path = desk.folder / "proposals/(闭)7号.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[林晓]", "[Anna Berg]"), encoding="utf-8")

    assert advice(desk).command == "dafu track '(闭)7号' 送达 '对象=Anna Berg'"
