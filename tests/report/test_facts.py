from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu import deadlines
from dafu.deadlines import Light
from dafu.report import Facts, facts_of, restored, until
from dafu.report.facts import Following, Timing
from dafu.terms import Clock, Kind, Level, Openness, Rating, Role, Step
from records import proposal_of
from report.histories import histories, read
from report.making import ANSWERED, CALENDAR, OFFICE, standing

if TYPE_CHECKING:
    from dafu.model import Proposal

B = "科室: 市场科\n建议事项: [装路灯, 修公厕]\n答复: {办理结果: B, 公开: 主动公开}\n" + ANSWERED
LONG_AGO, FAR_OFF = date(2000, 1, 1), date(2090, 1, 1)


def taken(proposal: Proposal, lead: Proposal | None, day: date) -> Facts | None:
    """Return the facts of the whole record, with clocks as they stand on *day*."""
    clocks = deadlines.clocks(proposal, OFFICE, CALENDAR, day, lead)
    return facts_of(proposal, lead, proposal.level or OFFICE.level, clocks)


def test_all_that_the_figures_ask_is_taken_from_a_record() -> None:
    followed = "  - {日期: 2025-09-01, 环节: 跟踪, 下次日期: 2025-12-01, 说明: 看路灯}\n"
    feedback = "  - {日期: 2025-06-20, 环节: 反馈, 对象: 林晓, 整体: 满意}\n"

    assert taken(proposal_of(B + feedback + followed), None, FAR_OFF) == Facts(
        number="143069",
        subject="优化夜市管理",
        kind=Kind.PROPOSAL,
        level=Level.CITY,
        role=Role.SOLE,
        section="市场科",
        clerk=None,
        is_key=False,
        asks="装路灯；修公厕",
        is_merged=False,
        earliest=date(2025, 3, 5),
        latest=date(2025, 9, 1),
        began=date(2025, 3, 5),
        assigned=date(2025, 3, 5),
        steps=frozenset({Step.ASSIGN, Step.TALK, Step.SIGN, Step.ISSUE, Step.DELIVER, Step.FEEDBACK, Step.FOLLOW}),
        is_handed_back=False,
        has_met=True,
        ratings=(Rating.CONTENT,),
        first_issue=date(2025, 6, 5),
        issued=((date(2025, 6, 5), "B"),),
        openness=Openness.PUBLIC,
        following=Following("看路灯", date(2025, 9, 1), date(2025, 12, 1)),
        timings=(
            Timing(Clock.REPLY, date(2025, 6, 5), None, is_met=True, stopped=date(2025, 6, 5)),
            Timing(Clock.PUBLISHING, date(2025, 7, 3), None, is_met=False, stopped=None),  # 20 working days
        ),
    )


def test_a_record_without_events_has_no_facts() -> None:
    assert taken(proposal_of(), None, FAR_OFF) is None
    assert taken(proposal_of("期限: 2025-06-05\n"), None, FAR_OFF) is None


def test_a_clock_that_waits_for_another_unit_is_none_of_the_records_own() -> None:
    asked = "{日期: 2025-03-12, 环节: 征求会办, 单位: 市财政局, 期限: 2025-04-01}"
    more = f"角色: 主办\n会办单位: [市财政局]\n办理过程: [{{日期: 2025-03-10, 环节: 交办}}, {asked}]"
    facts = taken(proposal_of(more), None, FAR_OFF)

    assert facts
    assert [one.clock for one in facts.timings] == [Clock.REPLY]


def test_the_days_of_a_lead_count_even_where_its_events_do_not() -> None:
    lead = proposal_of('并案: ["143070"]\n' + ANSWERED)  # delivered on 6 June: that is not the other's
    facts = taken(proposal_of("办理过程: [{日期: 2025-03-09, 环节: 交办}]"), lead, FAR_OFF)

    assert facts
    assert (facts.earliest, facts.began, facts.latest) == (date(2025, 3, 5), date(2025, 3, 9), date(2025, 6, 6))


@settings(max_examples=100, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=3), st.booleans(), st.integers(0, 400))
def test_facts_are_the_same_on_every_day_and_come_back_as_they_were_kept(
    some: list[dict[str, Any]],
    merged: bool,  # noqa: FBT001 -- drawn by hypothesis
    later: int,
) -> None:
    records = [one | {"案号": str(n)} for n, one in enumerate(some)]
    if merged:
        records[0] |= {"并案": [one["案号"] for one in records[1:]]}
    for proposal, lead in read(records):
        facts = taken(proposal, lead, LONG_AGO)
        if facts is None:
            continue
        assert restored(json.loads(facts.in_json())) == facts
        assert taken(proposal, lead, FAR_OFF) == facts
        day = facts.latest + timedelta(later)
        assert taken(until(proposal, day), lead and until(lead, day), day) == facts


@pytest.mark.parametrize("said", [[], ["143069"], 7, ["x"] * 23, {"number": "143069"}, "143069"])
def test_what_are_no_facts_is_not_taken_for_some(said: Any) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        restored(said)


@pytest.mark.parametrize("place", range(len(Facts._fields)))
def test_a_fact_of_another_kind_is_not_taken_for_one(place: int) -> None:
    facts = taken(proposal_of(B), None, FAR_OFF)
    assert facts
    said = json.loads(facts.in_json())
    said[place] = 7

    with pytest.raises((LookupError, TypeError, ValueError)):
        restored(said)


@pytest.mark.parametrize(
    ("more", "day", "light"),
    [
        ("办理过程: [{日期: 2025-03-05, 环节: 交办}]", "2025-04-01", Light.GREEN),
        ("办理过程: [{日期: 2025-03-05, 环节: 交办}]", "2025-06-05", Light.RED),
        ("办理过程: [{日期: 2025-03-05, 环节: 交办}]", "2025-06-06", Light.OVERDUE),
        (ANSWERED, "2025-06-05", None),
        (ANSWERED + "  - {日期: 2025-06-10, 环节: 重办}\n", "2025-07-11", Light.OVERDUE),  # 重办 has a month
        ("角色: 参阅\n办理过程: [{日期: 2025-03-05, 环节: 交办}]", "2025-04-01", None),
    ],
)
def test_the_light_is_that_of_the_main_clock_on_the_day(more: str, day: str, light: Light | None) -> None:
    assert standing(proposal_of(more), date.fromisoformat(day)).light is light
