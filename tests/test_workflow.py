from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu import workflow
from dafu.model import Event, Proposal, Proposer
from dafu.terms import Decision, Rating, Role, Stage, Step
from records import proposal_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

START = date(2025, 3, 5)
BASE = proposal_of()
UNITS = ("市财政局", "市公安局")
STEPS, ROLES = {str(one): one for one in Step}, {str(one): one for one in Role}
DECISIONS, RATINGS = {str(one): one for one in Decision}, {str(one): one for one in Rating}

# 环节 → 阶段, from the table of steps; a granted 退办 and a denied one differ
LEADS_TO = {
    "交办": "已交办",
    "签收": "已签收",
    "退办": "退办申请中",
    "退办结果 同意": "已退办",
    "退办结果 不同意": "已签收",
    "分办": "办理中",
    "拟稿": "已拟稿",
    "审核": "已审核",
    "退回": "办理中",
    "签发": "已签发",
    "印发": "已印发",
    "送达": "已送达",
    "反馈": "已反馈",
    "重办": "二次办理",
    "跟踪": "跟踪中",
    "办结": "已办结",
    "归档": "已归档",
    "撤案": "已撤案",
}
UNCHANGED = ("沟通", "征求意见", "征求会办", "会办意见", "延期", "公开")
ENDS = ("退办结果 同意", "撤案", "归档")
ALL = "独办 主办 分办 会办 参阅"
ANSWERING = "独办 主办 分办"
SENT = "沟通 签发 印发 送达"


def happened(words: str, start: date = START) -> tuple[Event, ...]:
    """Return the events that *words* name, one a day: `退办结果 同意` and `反馈 不满意` are one event each."""
    events: list[Event] = []
    for word in words.split():
        if word in DECISIONS:
            events[-1] = replace(events[-1], decision=DECISIONS[word])
        elif word in RATINGS:
            events[-1] = replace(events[-1], overall=RATINGS[word])
        elif word in UNITS:
            events[-1] = replace(events[-1], unit=word)
        else:
            events.append(Event(day=start + timedelta(len(events)), step=STEPS[word], to="林晓"))
    return tuple(events)


def case(words: str, role: str = "独办", **values: object) -> Proposal:
    units = UNITS if role == "主办" else ()
    filled = {"role": ROLES[role], "assisting_units": units, "events": happened(words)} | values
    return replace(BASE, **filled)  # type: ignore[arg-type]  # -- the names and values of the model


def stage(proposal: Proposal, lead: Proposal | None = None) -> str:
    return str(workflow.state(proposal, lead).stage)


def refusals(proposal: Proposal, lead: Proposal | None = None) -> list[str]:
    return [problem.message for problem in workflow.breaches(proposal, lead)]


# --- the stage


@pytest.mark.parametrize("words", LEADS_TO)
def test_each_step_leads_to_its_stage(words: str) -> None:
    assert stage(case(words)) == LEADS_TO[words]


@pytest.mark.parametrize("word", UNCHANGED)
@pytest.mark.parametrize("before", ["", "签收", "分办", "拟稿 审核", "送达"])
def test_some_steps_leave_the_stage_as_it_is(word: str, before: str) -> None:
    assert stage(case(f"{before} {word}")) == stage(case(before))


def test_the_table_names_every_step_and_every_stage() -> None:
    assert {words.split()[0] for words in LEADS_TO} | set(UNCHANGED) == {str(step) for step in Step}
    assert {*LEADS_TO.values(), "未交办"} == {str(one) for one in Stage}


def test_without_an_event_a_paper_is_not_assigned() -> None:
    state = workflow.state(case(""))

    assert state.stage is Stage.NOT_ASSIGNED
    assert state.reasons == ("未交办：办理过程里还没有使阶段变化的环节",)


def test_the_stage_says_which_event_brought_it() -> None:
    assert workflow.state(case("交办 签收 沟通")).reasons == ("已签收：2025-03-06 签收",)
    assert workflow.state(case("退办 退办结果 不同意")).reasons == ("已签收：2025-03-06 退办结果（不同意）",)


# --- who is still to be reached


@pytest.fixture(scope="module")
def joint() -> Proposal:
    names = ("林晓", "林晓明", "程亦舟")
    return replace(case("沟通 签发 印发"), proposers=tuple(Proposer(person=name) for name in names))


def then(proposal: Proposal, *more: tuple[str, str]) -> tuple[str, ...]:
    """Return what is told beyond the stage when steps to persons follow in *more*."""
    day = proposal.events[-1].day
    events = [Event(day=day + timedelta(n), step=STEPS[step], to=to) for n, (step, to) in enumerate(more, 1)]
    return workflow.state(replace(proposal, events=(*proposal.events, *events))).reasons[1:]


def test_each_joint_proposer_without_delivery_or_feedback_is_named(joint: Proposal) -> None:
    assert then(joint) == ("还没有送达：林晓、林晓明、程亦舟",)
    assert then(joint, ("送达", "林晓")) == ("还没有送达：林晓明、程亦舟", "还没有反馈：林晓、林晓明、程亦舟")
    assert then(joint, ("送达", "林晓、程亦舟"), ("反馈", "程亦舟委员")) == (
        "还没有送达：林晓明",
        "还没有反馈：林晓、林晓明",
    )


def test_a_longer_name_does_not_stand_for_a_shorter_one(joint: Proposal) -> None:
    assert then(joint, ("送达", "林晓明"), ("反馈", "林晓明"))[0] == "还没有送达：林晓、程亦舟"


def test_when_everybody_has_answered_nothing_is_open(joint: Proposal) -> None:
    everybody = "林晓明、程亦舟、林晓"

    assert then(joint, ("送达", everybody), ("反馈", everybody)) == ()


def test_who_has_not_answered_is_still_named_after_closing(joint: Proposal) -> None:
    closed = then(joint, ("送达", "林晓、林晓明、程亦舟"), ("反馈", "林晓"), ("办结", ""))

    assert closed == ("还没有反馈：林晓明、程亦舟",)


def test_a_new_round_asks_everybody_anew(joint: Proposal) -> None:
    everybody = "林晓明、程亦舟、林晓"

    assert then(joint, ("送达", everybody), ("反馈", everybody), ("重办", "")) == ()
    again = then(joint, ("送达", everybody), ("反馈", everybody), ("重办", ""), ("签发", ""), ("印发", ""))
    assert again == ("还没有送达：林晓、林晓明、程亦舟",)


@pytest.mark.parametrize("role", ["会办", "参阅"])
def test_what_does_not_go_to_the_proposers_waits_for_none(role: str, joint: Proposal) -> None:
    assert then(replace(joint, role=ROLES[role])) == ()


# --- what is refused, and for whom


def added(before: str, step: str, role: str) -> list[str]:
    """Return what *step* breaks after a history; the 会办 opinions are in."""
    given = "会办意见 市财政局 会办意见 市公安局 " if role == "主办" else ""
    before = f"{given}{before}"
    sound, after = case(before, role), case(f"{before} {step}", role)
    assert refusals(sound) == []
    return refusals(after)


@pytest.mark.parametrize("role", ALL.split())
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("step", [*(words for words in LEADS_TO if "归档" not in words), *UNCHANGED])
def test_nothing_follows_the_end(end: str, step: str, role: str) -> None:
    before = f"{SENT} 反馈 办结 {end}" if end == "归档" else f"{SENT} 反馈 {end}"

    assert added(before, step, role)[0] == f"{LEADS_TO[end]}以后不再登记{step.split(maxsplit=1)[0]}"


# history, step, the roles that it is refused for, what is said
REFUSED = [
    ("分办", "签发", ANSWERING, "没有同提案人沟通，不能签发"),
    ("分办 征求意见", "签发", ANSWERING, "没有同提案人沟通，不能签发"),
    ("沟通 拟稿", "印发", ALL, "没有签发，不能印发"),
    ("沟通 签发", "送达", ALL, "没有印发，不能送达"),
    ("沟通 签发 印发", "反馈", ALL, "没有送达，不能反馈"),
    (SENT, "办结", ANSWERING, "没有反馈，不能办结"),
    ("沟通 签发 印发", "办结", "会办", "没有送达，不能办结"),
    ("沟通 签发 印发", "办结", ANSWERING, "没有反馈，不能办结"),
    (f"{SENT} 反馈", "归档", ALL, "没有办结，不能归档"),
    ("", "归档", ALL, "没有办结，不能归档"),
    (f"{SENT} 反馈 不满意", "办结", ALL, "有不满意的反馈，还没有重办，不能办结"),
    # each round for itself
    (f"{SENT} 反馈 不满意 重办", "印发", ALL, "没有签发，不能印发"),
    (f"{SENT} 反馈 不满意 重办 签发", "送达", ALL, "没有印发，不能送达"),
    (f"{SENT} 反馈 不满意 重办 签发 印发", "反馈", ALL, "没有送达，不能反馈"),
    (f"{SENT} 反馈 不满意 重办 签发 印发 送达", "办结", ANSWERING, "没有反馈，不能办结"),
    (f"{SENT} 反馈 不满意 重办 签发 印发 送达 反馈 不满意", "办结", ALL, "有不满意的反馈，还没有重办，不能办结"),
    (f"{SENT} 反馈 跟踪 拟稿", "印发", ALL, "没有签发，不能印发"),
    (f"{SENT} 反馈 跟踪 拟稿", "办结", ANSWERING, "没有反馈，不能办结"),
    (f"{SENT} 反馈 办结 跟踪 拟稿", "归档", ALL, "没有办结，不能归档"),
]


@pytest.mark.parametrize(("before", "step", "roles", "sentence"), REFUSED)
@pytest.mark.parametrize("role", ALL.split())
def test_a_step_is_refused_for_the_roles_that_its_rule_binds(
    before: str, step: str, roles: str, sentence: str, role: str
) -> None:
    assert (sentence in added(before, step, role)) is (role in roles.split())


# history, step, the roles for which it is allowed
ALLOWED = [
    ("", "签发", "会办 参阅"),
    ("", "办结", "参阅"),
    ("沟通", "签发", ANSWERING),
    (SENT, "办结", "会办 参阅"),
    (f"{SENT} 反馈 满意", "办结", ALL),
    (f"{SENT} 反馈 基本满意", "办结", ALL),
    (f"{SENT} 反馈 办结", "归档", ALL),
    (f"{SENT} 反馈 不满意 重办 签发 印发 送达 反馈 满意", "办结", ALL),  # what was said in round 1 is told
    (f"{SENT} 反馈 跟踪", "办结", ALL),  # the round ends only with the new 拟稿
    (f"{SENT} 反馈 跟踪", "印发", ALL),
    (f"{SENT} 反馈 办结", "重办", ALL),
    (f"{SENT} 反馈 办结", "跟踪", ALL),
]


@pytest.mark.parametrize(("before", "step", "roles"), ALLOWED)
def test_a_step_is_allowed_for_the_roles_that_no_rule_binds(before: str, step: str, roles: str) -> None:
    for role in roles.split():
        assert added(before, step, role) == []


BOUND = ("签发", "印发", "送达", "反馈", "办结", "归档")
FREE = [words for words in (*LEADS_TO, *UNCHANGED) if words not in BOUND]


@pytest.mark.parametrize("role", ALL.split())
@pytest.mark.parametrize("step", FREE)
def test_steps_may_be_skipped_and_all_others_may_come_at_any_time(step: str, role: str) -> None:
    assert added("", step, role) == []
    assert added(SENT, step, role) == []


def test_a_signature_waits_for_every_opinion() -> None:
    def owed(words: str) -> list[str]:
        return refusals(case(f"沟通 {words} 签发", "主办"))

    assert owed("") == ["会办意见还没有收到（也没有免去）：市财政局、市公安局，不能签发"]
    assert owed("征求会办 市财政局") == ["会办意见还没有收到（也没有免去）：市财政局、市公安局，不能签发"]
    assert owed("会办意见 市财政局") == ["会办意见还没有收到（也没有免去）：市公安局，不能签发"]
    assert owed("会办意见 市财政局 会办意见 市公安局") == []


def test_a_waiver_with_its_reason_counts_as_an_opinion() -> None:
    waived = Event(day=START, step=Step.OPINION, unit="市公安局", waived="无涉公安事项")

    events = (waived, *happened("会办意见 市财政局 沟通 签发"))
    assert refusals(case("", "主办", events=events)) == []


@pytest.mark.parametrize(("rating", "blocks"), [("overall", True), ("result", True), ("attitude", False)])
def test_discontent_with_the_whole_or_with_the_result_wants_a_new_round(rating: str, *, blocks: bool) -> None:
    events = happened(f"{SENT} 反馈 满意 办结")
    judged = replace(events[-2], **{rating: Rating.DISCONTENT})  # type: ignore[arg-type]  # -- a name of the model

    assert bool(refusals(case("", events=(*events[:-2], judged, events[-1])))) is blocks


def test_each_breach_of_a_history_stands_at_its_event() -> None:
    problems = workflow.breaches(case("签发 沟通 签发 送达 撤案 反馈"))

    assert [(problem.field, problem.message) for problem in problems] == [
        ("办理过程.1", "没有同提案人沟通，不能签发"),
        ("办理过程.4", "没有印发，不能送达"),
        ("办理过程.6", "已撤案以后不再登记反馈"),
    ]


def test_two_events_that_are_word_for_word_the_same_are_judged_each_in_its_place() -> None:
    sign, talk = happened("签发 沟通")
    same_day = (sign, replace(talk, day=sign.day), replace(sign))

    assert [problem.field for problem in workflow.breaches(case("", events=same_day))] == ["办理过程.1"]


def test_what_follows_the_end_does_not_undo_it() -> None:
    assert refusals(case("撤案 分办 签收"))[-1] == "已撤案以后不再登记签收"


# --- 并案


def merged(words: str, lead: str) -> tuple[Proposal, Proposal]:
    """Return a record, begun a hundred days after its lead, and the lead that names it."""
    own = case("", number="143070", events=happened(words, START + timedelta(100)))
    return own, case(lead, merged=("143070",))


@pytest.mark.parametrize(
    ("lead", "own", "expected"),
    [
        ("", "", "未交办"),
        ("交办", "", "已交办"),
        ("交办 签收 分办", "", "办理中"),
        ("交办 签收 分办", "交办", "办理中"),  # its own handing over does not count any more
        ("分办 沟通 拟稿 审核", "", "已审核"),
        ("沟通 签发 印发", "", "已印发"),
        ("沟通 签发 印发 送达 反馈", "", "已印发"),  # those were for the lead's proposers
        ("沟通 签发 印发 送达 反馈 办结 归档", "", "已印发"),
        ("沟通 签发 印发", "送达", "已送达"),
        ("沟通 签发 印发", "送达 反馈", "已反馈"),
        ("沟通 签发 印发", "送达 反馈 办结 归档", "已归档"),
        ("分办 撤案", "", "办理中"),  # the lead's proposers withdrew, these did not
        ("分办", "撤案", "已撤案"),
        ("退办", "", "退办申请中"),
        ("分办", "退办结果 同意", "已退办"),
        ("沟通 签发 印发 送达 反馈 不满意 重办", "", "已印发"),
    ],
)
def test_a_merged_record_goes_with_its_lead_up_to_issue_and_its_own_way_from_there(
    lead: str, own: str, expected: str
) -> None:
    record, leading = merged(own, lead)

    assert stage(record, leading) == expected
    assert f"已并入 {leading.number} 办理" in workflow.state(record, leading).reasons


def test_a_later_round_of_the_lead_is_that_of_a_merged_record_only_when_it_went_on_itself() -> None:
    first = happened(f"{SENT} 反馈 不满意 重办")
    second = happened("拟稿 签发", START + timedelta(200))
    lead = case("", events=(*first, *second), merged=("143070",))

    content, _ = merged("送达 反馈 满意 办结", "")
    unhappy, _ = merged("送达 反馈 不满意 重办", "")
    assert (stage(content, lead), stage(unhappy, lead)) == ("已办结", "已签发")


def test_signing_and_issuing_are_left_to_the_lead_and_it_is_named() -> None:
    for step in ("签发", "印发"):
        record, lead = merged(f"沟通 {step}", "沟通 签发")
        assert refusals(record, lead) == [f"已并入 143069，{step}登记在 143069 上"]


def test_a_merged_record_is_bound_by_the_rules_with_what_its_lead_did() -> None:
    assert refusals(*merged("送达", "沟通 签发")) == ["没有印发，不能送达"]
    assert refusals(*merged("送达", "沟通 签发 印发")) == []
    assert refusals(*merged("送达 办结", "沟通 签发 印发 送达 反馈")) == ["没有反馈，不能办结"]
    assert refusals(*merged("送达 反馈 不满意 办结", "沟通 签发 印发")) == ["有不满意的反馈，还没有重办，不能办结"]
    assert refusals(*merged("撤案 签收", "沟通")) == ["已撤案以后不再登记签收"]


def test_who_of_a_merged_record_has_no_delivery_is_named() -> None:
    record, lead = merged("", "沟通 签发 印发 送达 反馈")

    assert workflow.state(record, lead).reasons[1:] == ("已并入 143069 办理", "还没有送达：林晓")


# --- the graph


def choices(role: str) -> list[str]:
    opinions = [f"会办意见 {unit}" for unit in UNITS] if role == "主办" else []
    return [*(words for words in LEADS_TO if words != "反馈"), "反馈 满意", "反馈 不满意", "沟通", *opinions]


def walk(role: str) -> tuple[dict[object, str], dict[object, set[object]]]:
    """Return every place that allowed steps reach, with its stage, and the places that one step leads to.

    A place is all that the refusals ask: the stage, what happened at all, and what happened in this round.
    """
    begun = case("", role)
    stages, ways = {place_of(begun): stage(begun)}, dict[object, set[object]]()
    open_ = [begun]
    while open_:
        here = open_.pop()
        ways[place_of(here)] = set()
        for words in choices(role):
            (event,) = happened(words, START)
            there = replace(here, events=(*here.events, event))
            if f"办理过程.{len(there.events)}" in {problem.field for problem in workflow.breaches(there)}:
                continue
            ways[place_of(here)].add(place_of(there))
            if place_of(there) not in stages:
                stages[place_of(there)] = stage(there)
                open_.append(there)
    return stages, ways


def place_of(proposal: Proposal) -> object:
    here = proposal.rounds[-1]
    asked = {Step.SIGN, Step.ISSUE, Step.DELIVER, Step.FEEDBACK, Step.CLOSE}
    lately = frozenset(event.step for event in here) & asked
    ever = frozenset((event.step, event.unit) for event in proposal.events if event.step in (Step.TALK, Step.OPINION))
    unhappy = any(event.overall is Rating.DISCONTENT for event in here)
    followed = Step.FOLLOW in {event.step for event in here}
    return stage(proposal), lately, ever, unhappy, followed


def reaching(ways: dict[object, set[object]], goals: Collection[object]) -> set[object]:
    """Return the places from which one of *goals* can be reached."""
    found = set(goals)
    while more := {place for place, next_ in ways.items() if place not in found and next_ & found}:
        found |= more
    return found


@pytest.mark.parametrize("role", ["独办", "主办", "会办", "参阅"])
def test_every_stage_is_reached_and_no_stage_is_a_dead_end(role: str) -> None:
    stages, ways = walk(role)

    assert set(stages.values()) == {*LEADS_TO.values(), "未交办"}
    ends = [place for place, name in stages.items() if name in ("已归档", "已退办", "已撤案")]
    assert all(not ways[place] for place in ends)
    archived = [place for place in ends if stages[place] == "已归档"]
    assert reaching(ways, archived) == set(stages) - set(ends) | set(archived)


# --- any history


def some_events(days: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[Event, ...]]:
    def built(step: Step, day: int, rating: Rating, decision: Decision, to: str) -> Event:
        return Event(
            day=START + timedelta(day),
            step=step,
            overall=rating if step is Step.FEEDBACK else None,
            decision=decision if step is Step.RETURN_RESULT else None,
            unit=UNITS[day % 2] if step in (Step.ASK_OPINION, Step.OPINION) else None,
            to=to,
        )

    one = st.builds(
        built,
        st.sampled_from(Step),
        days,
        st.sampled_from(Rating),
        st.sampled_from(Decision),
        st.sampled_from(["林晓", "", "林晓、程亦舟"]),
    )
    return st.lists(one, max_size=14).map(lambda events: tuple(sorted(events, key=lambda event: event.day)))


def named(event: Event) -> str:
    return f"{event.step} {event.decision}" if event.decision else str(event.step)


def expected_stage(events: Iterable[Event]) -> str:
    reached: Iterator[str] = (LEADS_TO[named(event)] for event in reversed([*events]) if named(event) in LEADS_TO)
    return next(reached, "未交办")


EVENTS = some_events(st.integers(0, 8))


@given(EVENTS, st.sampled_from(Role))
@settings(max_examples=150, deadline=None)
def test_any_history_has_an_explained_stage_and_without_its_last_event_the_earlier_one(
    events: tuple[Event, ...], role: Role
) -> None:
    for length in range(len(events) + 1):
        record = case("", str(role), events=events[:length])
        state = workflow.state(record)

        assert str(state.stage) == expected_stage(events[:length])
        assert state.reasons[0].startswith(f"{state.stage}：")
        assert all(state.reasons)
        assert {problem.field for problem in workflow.breaches(record)} <= {
            f"办理过程.{n}" for n in range(1, length + 1)
        }


@given(EVENTS, EVENTS)
@settings(max_examples=150, deadline=None)
def test_any_merged_history_is_explained_and_no_step_of_it_is_left_unjudged(
    own: tuple[Event, ...], leading: tuple[Event, ...]
) -> None:
    record, lead = case("", events=own, number="143070"), case("", "主办", events=leading, merged=("143070",))
    found = workflow.breaches(record, lead)

    assert workflow.state(record, lead).reasons[0].startswith(stage(record, lead))
    for place, event in enumerate(own, 1):
        if event.step in (Step.SIGN, Step.ISSUE):
            assert f"办理过程.{place}" in {problem.field for problem in found}
