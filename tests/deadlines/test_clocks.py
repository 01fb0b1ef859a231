from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import records
from dafu.deadlines import Light, Running, clocks, main, moved, unmet
from dafu.workdays import Calendar, YearNotice, published, statutory

Row = tuple[str | None, str, str | None]

TODAY = date(2025, 4, 1)
ASSIGNED = "{日期: 2025-03-05, 环节: 交办}"
ASSIST = "角色: 会办\n主办单位: 市发展改革委\n"
LEAD = "角色: 主办\n会办单位: [市财政局, 市税务局]\n"
PUBLIC = "答复: {公开: 主动公开}\n"


@cache
def calendar() -> Calendar:
    return Calendar(notices={year: notice for year, notice in published().items() if year <= 2026})


def day(text: str) -> date:
    return date.fromisoformat(text)


def running(events: str, more: str = "", office: str = "", today: date = TODAY, lead: str = "") -> tuple[Running, ...]:
    """Return the clocks of a record with *events*, written `2025-03-05 交办, 2025-03-10 沟通 {方式: 电话}`."""
    rules = records.OFFICE + office
    own = records.proposal_of(more + history(events), rules)
    leading = records.proposal_of(history(lead), rules) if lead else None
    return clocks(own, records.office_of(rules), calendar(), today, leading)


def history(events: str) -> str:
    lines = [line.strip() for line in events.strip().split(";") if line.strip()]
    return "办理过程:\n" + "".join(f"  - {event(line)}\n" for line in lines) if lines else ""


def event(line: str) -> str:
    """Write `2025-03-10 沟通` with the keys that its step must carry; `2025-03-10 沟通 方式=…` sets one."""
    when, step, *said = line.split()
    keys = {"日期": when, "环节": step} | REQUIRED.get(step, {}) | dict(one.split("=") for one in said)
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


REQUIRED = {
    "退办": {"理由": "不属本单位职责"},
    "退办结果": {"结果": "不同意"},
    "沟通": {"方式": "电话", "对象": "林晓"},
    "征求会办": {"单位": "市财政局"},
    "会办意见": {"单位": "市财政局"},
    "签发": {"签发人": "何川"},
    "印发": {"发文字号": "东商〔2025〕7号"},
    "送达": {"对象": "林晓"},
    "反馈": {"对象": "林晓", "整体": "满意"},
    "延期": {"至": "2025-07-05", "理由": "调研未完", "批准单位": "市政府督查室"},
    "撤案": {"理由": "提案人申请"},
}


def table(found: tuple[Running, ...]) -> dict[str, Row]:
    """Return of each clock its first day, its due day and the day on which it stopped, without the year 2025."""
    return {
        f"{one.clock}{one.unit or ''}": (short(one.started), short(one.due) or "", short(one.stopped)) for one in found
    }


def short(one: date | None) -> str | None:
    return str(one).removeprefix("2025-") if one else None


def one(found: tuple[Running, ...], name: str) -> Running:
    return next(clock for clock in found if f"{clock.clock}{clock.unit or ''}" == name)


# Which clocks run for whom, from when to when

FIRST: dict[str, Row] = {"退办": ("03-05", "03-19", None)}
TALK: dict[str, Row] = {"首次沟通": ("03-05", "03-26", None)}
REPLY: dict[str, Row] = {"答复": ("03-05", "06-05", None)}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("", FIRST | TALK | REPLY),
        ("角色: 分办\n", FIRST | TALK | REPLY),
        (LEAD, FIRST | TALK | REPLY),
        (ASSIST, FIRST | {"会办意见": ("03-05", "04-05", None)}),
        ("角色: 参阅\n", FIRST),
    ],
)
def test_each_role_has_its_own_clocks_from_the_day_it_was_given_the_paper(role: str, expected: dict[str, Row]) -> None:
    assert table(running("2025-03-05 交办", role, today=day("2025-03-06"))) == expected


@pytest.mark.parametrize(
    ("events", "name", "expected"),
    [
        ("2025-03-12 退办", "退办", ("03-05", "03-19", "03-12")),
        ("2025-03-18 沟通; 2025-03-20 沟通", "首次沟通", ("03-05", "03-26", "03-18")),
        ("2025-03-18 征求意见 对象=林晓", "首次沟通", ("03-05", "03-26", None)),
        ("2025-05-20 签发; 2025-05-21 印发", "答复", ("03-05", "06-05", "05-21")),
        ("2025-05-20 签发", "答复", ("03-05", "06-05", None)),
        ("2025-05-21 印发; 2025-05-23 送达", "反馈", ("05-23", "06-16", None)),
        ("2025-05-21 印发; 2025-05-23 送达; 2025-06-09 反馈", "反馈", ("05-23", "06-16", "06-09")),
        ("2025-05-21 印发; 2025-05-23 送达; 2025-05-26 送达 对象=周宁", "反馈", ("05-23", "06-16", None)),
        ("2025-09-30 印发; 2025-09-30 送达; 2025-10-10 重办", "重办", ("10-10", "11-10", None)),
        ("2025-09-30 印发; 2025-10-10 重办; 2025-11-03 印发", "重办", ("10-10", "11-10", "11-03")),
        ("2025-09-30 印发; 2025-10-10 重办; 2025-11-03 印发", "答复", ("03-05", "06-05", "09-30")),
        ("2025-06-05 印发; 2025-07-10 重办; 2025-07-20 印发; 2025-08-01 重办", "重办", ("08-01", "09-01", None)),
        ("2025-09-30 送达; 2025-10-10 重办", "反馈", ("09-30", "10-28", "10-10")),
        ("2025-06-05 送达; 2025-06-10 反馈; 2025-07-10 重办; 2025-07-21 送达", "反馈", ("07-21", "08-11", None)),
    ],
)
def test_a_clock_starts_and_stops_at_its_steps(events: str, name: str, expected: Row) -> None:
    assert table(running(f"2025-03-05 交办; {events}"))[name] == expected


def test_a_clock_whose_start_has_not_come_does_not_run() -> None:
    assert running("") == ()
    assert running("2025-03-06 签收") == ()


def test_an_opinion_is_sent_when_it_is_delivered_not_when_it_is_issued() -> None:
    found = running("2025-03-05 交办; 2025-03-25 印发; 2025-03-27 送达", ASSIST)
    assert table(found)["会办意见"] == ("03-05", "04-05", "03-27")
    assert "反馈" not in table(found)


def test_a_lead_unit_waits_for_each_unit_that_it_asked() -> None:
    found = running(
        """2025-03-05 交办; 2025-03-10 征求会办; 2025-03-11 征求会办 单位=市税务局 期限=2025-03-25;
        2025-03-12 征求会办 单位=市规划局; 2025-03-20 会办意见; 2025-03-21 会办意见 单位=市规划局 免=无意见""",
        LEAD,
    )
    assert table(found) == {
        "退办": ("03-05", "03-19", None),
        "首次沟通": ("03-05", "03-26", None),
        "会办意见市财政局": ("03-10", "04-10", "03-20"),
        "会办意见市税务局": ("03-11", "03-25", None),
        "会办意见市规划局": ("03-12", "04-12", "03-21"),
        "答复": ("03-05", "06-05", None),
    }
    assert one(found, "会办意见市税务局").light is Light.OVERDUE


def test_an_opinion_that_nobody_asked_for_has_no_clock() -> None:
    assert list(table(running("2025-03-05 交办; 2025-03-20 会办意见", LEAD))) == ["退办", "首次沟通", "答复"]


def test_the_first_answer_of_a_unit_stops_its_clock_and_a_second_one_changes_nothing() -> None:
    found = running("2025-03-05 交办; 2025-03-10 征求会办; 2025-03-20 会办意见; 2025-03-25 会办意见", LEAD)
    assert table(found)["会办意见市财政局"] == ("03-10", "04-10", "03-20")


def test_asking_a_unit_again_counts_anew_only_after_its_answer() -> None:
    again = "2025-03-05 交办; 2025-03-10 征求会办; 2025-03-20 征求会办"
    assert table(running(again, LEAD))["会办意见市财政局"] == ("03-10", "04-10", None)
    answered = "2025-03-05 交办; 2025-03-10 征求会办; 2025-03-14 会办意见; 2025-03-20 征求会办"
    assert table(running(answered, LEAD))["会办意见市财政局"] == ("03-20", "04-20", None)


@pytest.mark.parametrize(
    ("more", "runs"),
    [
        (PUBLIC, True),
        ("答复: {公开: 不予公开, 公开理由: 涉及商业秘密}\n", False),
        ("答复: {公开: 依申请公开, 公开理由: 涉及商业秘密}\n", False),
        ("", False),
    ],
)
def test_only_a_reply_for_the_public_has_to_be_published(more: str, *, runs: bool) -> None:
    found = table(running("2025-03-05 交办; 2025-05-21 印发", more))
    assert ("公开" in found) is runs
    assert not runs or found["公开"] == ("05-21", "06-19", None)


def test_publishing_stops_its_clock_and_a_later_letter_starts_it_again() -> None:
    published_once = "2025-03-05 交办; 2025-05-21 印发; 2025-06-03 公开"
    assert table(running(published_once, PUBLIC))["公开"] == ("05-21", "06-19", "06-03")
    both = f"{PUBLIC}再次答复: [{{公开: 主动公开}}]\n"
    assert table(running(f"{published_once}; 2025-07-01 重办; 2025-07-21 印发", both))["公开"] == (
        "07-21",
        "08-18",
        None,
    )


# What stops all, and what does not


@pytest.mark.parametrize("end", ["2025-03-14 退办结果 结果=同意", "2025-03-14 撤案", "2025-03-14 办结"])
def test_a_paper_that_is_given_back_withdrawn_or_closed_stops_all_clocks(end: str) -> None:
    found = running(f"2025-03-05 交办; 2025-03-06 退办; {end}")
    assert table(found) == {
        "退办": ("03-05", "03-19", "03-06"),
        "首次沟通": ("03-05", "03-26", "03-14"),
        "答复": ("03-05", "06-05", "03-14"),
    }
    assert not any(clock.is_open for clock in found)


def test_a_refused_return_changes_nothing_for_the_reply() -> None:
    found = running("2025-03-05 交办; 2025-03-12 退办; 2025-03-20 退办结果")
    assert table(found)["答复"] == ("03-05", "06-05", None)


def test_a_paper_redone_after_it_was_closed_runs_again() -> None:
    found = running("2025-03-05 交办; 2025-05-21 印发; 2025-06-10 办结; 2025-06-20 重办")
    assert table(found)["重办"] == ("06-20", "07-20", None)


def test_nobody_is_reminded_of_a_return_that_was_not_asked_for_in_time() -> None:
    due = running("2025-03-05 交办", today=day("2025-03-19"))
    assert (one(due, "退办").lapsed, one(due, "退办").light) == (False, Light.RED)
    gone = one(running("2025-03-05 交办", today=day("2025-03-20")), "退办")
    assert (gone.lapsed, gone.is_open, gone.left, gone.light, gone.stopped) == (True, False, None, None, None)
    assert not gone.is_late
    closed_later = one(running("2025-03-05 交办; 2025-06-10 办结"), "退办")
    assert (closed_later.lapsed, closed_later.stopped) == (True, None)


def test_events_out_of_order_are_taken_by_their_dates() -> None:
    found = running("2025-05-21 印发; 2025-06-09 反馈; 2025-03-05 交办; 2025-05-23 送达")
    assert table(found)["答复"] == ("03-05", "06-05", "05-21")
    assert table(found)["反馈"] == ("05-23", "06-16", "06-09")


# Days that were set, and extensions


def test_a_set_day_takes_the_place_of_the_rule_and_never_moves() -> None:
    found = one(running("2025-03-05 交办", "期限: 2025-08-31\n", "顺延: 是\n"), "答复")
    assert (found.due, found.original, found.rule) == (day("2025-08-31"), None, "期限由记录写明")  # a Sunday


def test_a_set_day_holds_before_anything_happened() -> None:
    found = running("", "期限: 2025-08-31\n")
    assert table(found) == {"答复": (None, "08-31", None)}
    assert main(found) == found[0]


def test_a_set_day_of_an_assisting_unit_is_that_of_its_opinion() -> None:
    found = running("2025-03-05 交办", f"{ASSIST}期限: 2025-03-31\n")
    assert table(found)["会办意见"] == ("03-05", "03-31", None)


@pytest.mark.parametrize(
    ("due", "redo"), [("2025-08-31", "2025-10-20"), ("2025-09-20", "2025-09-20"), ("2025-10-31", "2025-10-31")]
)
def test_a_set_day_counts_for_the_second_handling_only_unless_it_lies_before_its_start(due: str, redo: str) -> None:
    found = running("2025-03-05 交办; 2025-08-20 印发; 2025-09-20 重办", f"期限: {due}\n")
    assert one(found, "重办").due == day(redo)
    assert one(found, "答复").due == day(due)


def test_an_extension_wins_and_the_first_day_stays_on_record() -> None:
    found = one(
        running(
            "2025-03-05 交办; 2025-05-20 延期; 2025-06-20 延期 至=2025-08-05; 2025-07-20 印发", today=day("2025-07-20")
        ),
        "答复",
    )
    assert (found.due, found.original, found.cap) == (day("2025-08-05"), day("2025-06-05"), day("2025-09-05"))
    assert (found.is_late, found.is_late_to_original) == (False, True)


def test_an_extension_wins_over_a_set_day_too() -> None:
    found = one(running("2025-03-05 交办; 2025-05-20 延期", "期限: 2025-06-30\n"), "答复")
    assert (found.due, found.original) == (day("2025-07-05"), day("2025-06-30"))


def test_an_extension_to_an_earlier_day_moves_nothing() -> None:
    found = one(running("2025-03-05 交办; 2025-05-20 延期 至=2025-05-31"), "答复")
    assert (found.due, found.original) == (day("2025-06-05"), None)


def test_an_extension_belongs_to_the_handling_in_which_it_was_granted() -> None:
    found = running("2025-03-05 交办; 2025-05-20 延期; 2025-06-30 印发; 2025-08-20 重办; 2025-09-10 延期 至=2025-10-31")
    assert (one(found, "答复").due, one(found, "答复").original) == (day("2025-07-05"), day("2025-06-05"))
    assert (one(found, "重办").due, one(found, "重办").original) == (day("2025-10-31"), day("2025-09-20"))


def test_an_extension_of_the_second_handling_does_not_reach_back_nor_one_of_the_first_forward() -> None:
    unanswered = running("2025-03-05 交办; 2025-08-20 重办; 2025-09-10 延期 至=2025-10-31; 2025-10-20 印发")
    assert one(unanswered, "答复").due == day("2025-06-05")
    generous = running("2025-03-05 交办; 2025-05-20 延期 至=2025-12-31; 2025-06-30 印发; 2025-08-20 重办")
    assert one(generous, "重办").due == day("2025-09-20")


# Rules of the office


@pytest.mark.parametrize(
    ("rule", "due", "spelt"),
    [
        ("{限: 3个月, 起: 签收}", "2025-06-10", "签收后3个月"),
        ("{限: 60个工作日, 起: 签收}", "2025-06-06", "签收后60个工作日"),
        ("{限: 08-31, 起: 交办}", "2025-08-31", "交办后第一个8月31日"),
        ("{限: 90日, 起: 交办}", "2025-06-03", "交办后90日"),
    ],
)
def test_the_office_says_how_long_and_from_which_step(rule: str, due: str, spelt: str) -> None:
    found = one(running("2025-03-05 交办; 2025-03-10 签收", office=f"期限: {{答复: {rule}}}\n"), "答复")
    assert (found.due, found.rule) == (day(due), spelt)


def test_suggestions_may_have_limits_of_their_own() -> None:
    office = "期限: {答复: {限: 5个月, 起: 交办}, 建议: {答复: {限: 3个月, 起: 交办}}}\n"
    assert one(running("2025-03-05 交办", office=office), "答复").due == day("2025-08-05")
    assert one(running("2025-03-05 交办", "类别: 建议\n", office), "答复").due == day("2025-06-05")
    assert one(running("2025-03-05 交办", "类别: 建议\n", office), "首次沟通").due == day("2025-03-26")


BEFORE = "期限: {会办意见: {限: 答复前20日, 起: 交办}}\n"


def test_an_opinion_may_be_due_before_the_reply() -> None:
    found = one(running("2025-03-05 交办", ASSIST, BEFORE), "会办意见")
    assert (found.due, found.rule) == (day("2025-05-16"), "答复期限前20日")
    asked = running("2025-03-05 交办; 2025-03-10 征求会办; 2025-05-20 延期", LEAD, BEFORE)
    assert one(asked, "会办意见市财政局").due == day("2025-06-15")  # 5 July less 20 days
    assert table(running("2025-03-06 签收; 2025-03-10 征求会办", LEAD, BEFORE)) == {}


def test_a_month_that_ends_on_a_day_off_stays_there_unless_the_office_rolls_over() -> None:
    assert one(running("2025-05-31 交办"), "答复").due == day("2025-08-31")  # a Sunday
    assert one(running("2025-05-31 交办", office="顺延: 是\n"), "答复").due == day("2025-09-01")


# A promise that is to be looked at again


FOLLOWED = "2025-03-05 交办; 2025-05-20 印发; 2025-06-12 办结; 2025-06-17 跟踪 下次日期=2025-10-15"


@pytest.mark.parametrize(
    ("then", "row"),
    [
        ("", ("06-17", "10-15", None)),
        ("2025-10-10 跟踪 下次日期=2025-12-15", ("10-10", "12-15", None)),  # the last one counts
        ("2025-10-10 拟稿; 2025-10-20 印发", ("06-17", "10-15", "10-20")),
        ("2025-10-10 办结", ("06-17", "10-15", "10-10")),
        ("2025-10-10 撤案", ("06-17", "10-15", "10-10")),
    ],
)
def test_a_promise_runs_to_the_day_set_for_the_next_look_until_a_later_reply(then: str, row: Row) -> None:
    assert table(running(f"{FOLLOWED}; {then}"))["跟踪"] == row


def test_a_look_that_sets_no_day_leaves_no_promise_running() -> None:
    assert "跟踪" not in table(running("2025-03-05 交办; 2025-06-17 跟踪"))
    assert "跟踪" not in table(running(f"{FOLLOWED}; 2025-10-10 跟踪"))


def test_a_promise_is_never_the_main_clock_and_says_where_its_day_comes_from() -> None:
    found = running(FOLLOWED, today=day("2025-10-16"))
    promise = one(found, "跟踪")
    assert (promise.rule, promise.light, promise.cap) == ("跟踪时写明", Light.OVERDUE, None)
    chief = main(found)
    assert chief is not None
    assert str(chief.clock) == "答复"


# Lights


@pytest.mark.parametrize(
    ("today", "left", "light"),
    [
        ("2025-05-20", 11, Light.GREEN),  # 21, 22, 23, 26 … 30, 3, 4, 5 June; 31 May to 2 June are off
        ("2025-05-21", 10, Light.YELLOW),
        ("2025-05-29", 4, Light.YELLOW),
        ("2025-05-30", 3, Light.RED),
        ("2025-06-05", 0, Light.RED),
        ("2025-06-06", -1, Light.OVERDUE),
        ("2025-06-07", -1, Light.OVERDUE),
        ("2025-06-09", -2, Light.OVERDUE),
    ],
)
def test_the_light_follows_the_working_days_that_are_left(today: str, left: int, light: Light) -> None:
    found = one(running("2025-03-05 交办", today=day(today)), "答复")
    assert (found.left, found.light) == (left, light)


def test_the_office_says_when_a_light_turns() -> None:
    office = "预警: {黄: 20个工作日, 红: 11个工作日}\n"
    assert one(running("2025-03-05 交办", office=office, today=day("2025-05-20")), "答复").light is Light.RED


def test_a_stopped_clock_has_no_light() -> None:
    found = one(running("2025-03-05 交办; 2025-06-09 印发"), "答复")
    assert (found.left, found.light, found.is_late) == (None, None, True)


# The main clock, papers handled together, and notices that come out


@pytest.mark.parametrize(
    ("more", "events", "name"),
    [
        ("", "2025-03-05 交办", "答复"),
        (LEAD, "2025-03-05 交办; 2025-03-10 征求会办", "答复"),
        (ASSIST, "2025-03-05 交办", "会办意见"),
        ("", "2025-03-05 交办; 2025-05-21 印发; 2025-06-20 重办", "重办"),
    ],
)
def test_the_main_clock_is_what_the_paper_waits_for(more: str, events: str, name: str) -> None:
    found = main(running(events, more))
    assert found is not None
    assert str(found.clock) == name


def test_a_paper_for_reading_has_no_main_clock() -> None:
    assert main(running("2025-03-05 交办", "角色: 参阅\n")) is None


def test_a_paper_handled_with_another_is_answered_when_that_one_is() -> None:
    lead = "2025-03-03 交办; 2025-03-18 沟通; 2025-05-20 延期; 2025-06-20 印发; 2025-06-23 送达; 2025-06-30 办结"
    found = running("2025-03-05 交办; 2025-06-25 送达", lead=lead)
    assert table(found)["答复"] == ("03-05", "07-05", "06-20")
    assert table(found)["首次沟通"] == ("03-05", "03-26", "03-18")
    assert table(found)["反馈"] == ("06-25", "07-16", None)


def test_a_paper_that_was_never_assigned_itself_counts_from_the_day_of_the_leading_one() -> None:
    found = running("2025-06-25 送达", lead="2025-03-03 交办; 2025-06-20 印发")
    assert table(found)["答复"] == ("03-03", "06-03", "06-20")


def test_the_first_letter_does_not_stop_the_redoing_that_it_brought_about_on_the_same_day() -> None:
    lead = "2025-03-03 交办; 2025-03-18 沟通; 2025-06-20 印发; 2025-07-10 重办"
    own = "2025-03-05 交办; 2025-06-20 送达; 2025-06-20 反馈; 2025-06-20 重办"
    assert table(running(own, lead=lead))["重办"] == ("06-20", "07-20", None)
    assert table(running(own, lead=f"{lead}; 2025-07-15 印发"))["重办"] == ("06-20", "07-20", "07-15")


def test_a_notice_that_comes_out_moves_the_open_clocks_that_it_touches() -> None:
    office = records.office_of()
    paper = records.proposal_of(history("2027-01-25 交办; 2027-01-27 退办"))
    off = statutory(2027) | {day(f"2027-02-{n:02}"): "春节" for n in range(5, 13)}
    after = Calendar({2027: YearNotice(2027, "国办发明电〔2026〕9号", off, {day("2027-02-20"): "春节"})})
    today = day("2027-01-28")
    before = clocks(paper, office, calendar(), today)
    pairs = moved(before, clocks(paper, office, after, today))
    # 15 working days: 26–29, 1–4, then without the notice 9–12, 15–17; with it 15–20 (Saturday worked), 22
    assert [(str(old.clock), old.due, new.due) for old, new in pairs] == [
        ("首次沟通", day("2027-02-17"), day("2027-02-22"))
    ]
    assert pairs[0][0].provisional
    assert not pairs[0][1].provisional
    assert moved(before, before) == ()


# --- bounds


def test_the_due_day_itself_is_not_late_and_the_day_after_is() -> None:
    # 交办 on 5 March and three months: 5 June
    for today, late in (("2025-06-05", False), ("2025-06-06", True)):
        assert one(running("2025-03-05 交办", today=day(today)), "答复").is_late is late
    for issued, late in (("2025-06-05", False), ("2025-06-06", True)):
        assert one(running(f"2025-03-05 交办; {issued} 印发", today=day("2025-09-01")), "答复").is_late is late


def test_the_original_due_day_itself_is_not_late_and_the_day_after_is() -> None:
    extended = "2025-03-05 交办; 2025-05-05 延期"  # to 5 July
    for today, late in (("2025-06-05", False), ("2025-06-06", True)):
        found = one(running(extended, today=day(today)), "答复")
        assert (found.is_late, found.is_late_to_original) == (False, late)


def test_handing_back_too_late_is_late_and_not_lapsed() -> None:
    found = one(running("2025-03-05 交办; 2025-03-25 退办"), "退办")  # due on 19 March
    assert (found.lapsed, found.is_late, found.stopped) == (False, True, day("2025-03-25"))


def test_a_rule_for_redoing_runs_only_where_there_is_a_redoing() -> None:
    found = running("2025-03-05 交办", office="期限: {重办: {限: 1个月, 起: 交办}}\n")
    assert "重办" not in [str(clock.clock) for clock in found]


def test_a_second_handling_whose_rule_waits_for_a_step_does_not_run_before_it() -> None:
    office = "期限: {重办: {限: 1个月, 起: 签收}}\n"
    found = running("2025-03-05 交办; 2025-08-20 印发; 2025-09-20 重办", office=office)
    assert "重办" not in table(found)


def test_a_latest_day_that_hangs_on_the_reply_caps_no_extension() -> None:
    office = "期限: {答复: {限: 3个月, 起: 交办, 最迟: 答复前5日}}\n"
    assert one(running("2025-03-05 交办", office=office), "答复").cap is None


def test_the_opinion_that_another_unit_owes_is_never_our_main_clock() -> None:
    assert main(running("2025-03-10 征求会办", LEAD)) is None  # without 交办 no 答复 runs


def test_a_clock_that_only_one_calendar_leaves_open_is_told_as_moved() -> None:
    paper, office = records.proposal_of(history("2025-03-05 交办")), records.office_of()
    off = {day(text): "某节" for text in ("2025-03-17", "2025-03-18")}
    longer = Calendar({2025: YearNotice(2025, "某通知", off, {})})
    # ten working days: 6–7, 10–14, 17–19 March; with two days off: to 21 March, when the other has lapsed
    before, after = (clocks(paper, office, one, day("2025-03-20")) for one in (calendar(), longer))
    for pairs in (moved(before, after), moved(after, before)):
        assert "退办" in [str(old.clock) for old, _ in pairs]


def test_a_reply_that_is_out_is_to_be_published_whatever_the_next_one_will_be() -> None:
    replies = PUBLIC + "再次答复: [{公开: 不予公开, 公开理由: 涉及商业秘密}]\n"
    found = running("2025-03-05 交办; 2025-05-21 印发; 2025-05-22 送达; 2025-06-03 反馈; 2025-06-05 重办", replies)
    assert "公开" in [str(clock.clock) for clock in found]


STEPS = ["交办", "退办", "退办结果 结果=同意", "沟通", "征求会办", "会办意见", "印发", "送达", "反馈", "重办"]
STEPS += ["延期", "公开", "跟踪 下次日期=2025-12-01", "拟稿", "办结", "归档", "撤案"]
SOME_EVENTS = st.lists(st.tuples(st.integers(0, 120), st.sampled_from(STEPS)), max_size=9)


@pytest.mark.parametrize(
    "more", ["", ASSIST, LEAD + PUBLIC, "期限: 2025-06-02\n"], ids=["sole", "assist", "lead", "set"]
)
@pytest.mark.parametrize("office", ["", "期限: {反馈: {限: 5日, 起: 办结}, 重办: {限: 答复前3日, 起: 重办}}\n"])
@settings(max_examples=60, deadline=None)
@given(events=SOME_EVENTS)
def test_those_that_are_open_are_the_same_asked_alone(events: list[tuple[int, str]], more: str, office: str) -> None:
    days = ((day("2025-03-01") + timedelta(after), step) for after, step in events)
    own = records.proposal_of(
        more + history(";".join(f"{when} {step}" for when, step in days)), records.OFFICE + office
    )
    asked = own, records.office_of(records.OFFICE + office), calendar(), TODAY

    every, alone = clocks(*asked), unmet(*asked)

    assert [one for one in alone if one.is_open] == [one for one in every if one.is_open]
    assert open_one(main(alone)) == open_one(main(every))


def open_one(clock: Running | None) -> Running | None:
    return clock if clock and clock.is_open else None
