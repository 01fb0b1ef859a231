"""Which step may follow which; the stage that a history has reached, and why.

Steps may be skipped. What must not happen stands in one table of rules; `track` refuses a step that breaks one, and
`check` finds the same breaches in histories written by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu.errors import Problem
from dafu.model import one_history, rounds_of
from dafu.terms import Decision, Rating, Role, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dafu.model import Event, Proposal, Proposer

# the stage after a step; a step that is not here leaves the stage as it is
AFTER: dict[Step, Stage] = {
    Step.ASSIGN: Stage.ASSIGNED,
    Step.RECEIVE: Stage.RECEIVED,
    Step.RETURN: Stage.RETURNING,
    Step.DISPATCH: Stage.IN_HAND,
    Step.DRAFT: Stage.DRAFTED,
    Step.REVIEW: Stage.REVIEWED,
    Step.SEND_BACK: Stage.IN_HAND,
    Step.SIGN: Stage.SIGNED,
    Step.ISSUE: Stage.ISSUED,
    Step.DELIVER: Stage.DELIVERED,
    Step.FEEDBACK: Stage.ANSWERED,
    Step.REDO: Stage.REDOING,
    Step.FOLLOW: Stage.FOLLOWING,
    Step.CLOSE: Stage.CLOSED,
    Step.ARCHIVE: Stage.ARCHIVED,
    Step.WITHDRAW: Stage.WITHDRAWN,
}
AFTER_DECISION = {Decision.GRANTED: Stage.RETURNED, Decision.DENIED: Stage.RECEIVED}
FINAL = (Stage.RETURNED, Stage.WITHDRAWN, Stage.ARCHIVED)
_LEADS = (  # what the lead of a 并案 does for all: the stages up to 印发
    *(Step.ASSIGN, Step.RECEIVE, Step.RETURN, Step.RETURN_RESULT, Step.DISPATCH),
    *(Step.DRAFT, Step.REVIEW, Step.SEND_BACK, Step.SIGN, Step.ISSUE),
)
_LEADS_ALONE = (Step.SIGN, Step.ISSUE)  # what a merged record must not do for itself


class State(NamedTuple):
    """Where a paper stands: its stage, the event that brought it there, and what is still open."""

    stage: Stage
    reasons: tuple[str, ...]


def state(proposal: Proposal, lead: Proposal | None = None) -> State:
    """Return the stage of *proposal* and why; up to 印发 a merged one goes with its *lead*."""
    stage = stage_of(proposal, lead)
    return State(stage, (f"{stage}：{_cause(_turning(proposal, lead))}", *_open_ends(proposal, stage, lead)))


def stage_of(proposal: Proposal, lead: Proposal | None = None) -> Stage:
    """Return the stage of `state` alone."""
    last = _turning(proposal, lead)
    return (last and stage_after(last)) or Stage.NOT_ASSIGNED


def _turning(proposal: Proposal, lead: Proposal | None) -> Event | None:
    """Return the event that brought *proposal* to its stage."""
    return next((event for event in reversed(history(proposal, lead)) if stage_after(event)), None)


def _cause(event: Event | None) -> str:
    if event is None:
        return "办理过程里还没有使阶段变化的环节"
    return f"{event.day} {event.step}" + (f"（{event.decision}）" if event.decision else "")


def stage_after(event: Event) -> Stage | None:
    """Return the stage that *event* leads to, or None when it leaves the stage as it is."""
    return AFTER_DECISION[event.decision] if event.decision else AFTER.get(event.step)


def history(proposal: Proposal, lead: Proposal | None = None) -> tuple[Event, ...]:
    """Return the events that count for *proposal*: its own, and up to 印发 those of its *lead* instead."""
    if lead is None:
        return proposal.events
    own = (one for one in proposal.events if one.step not in _LEADS or one.decision is Decision.GRANTED)
    return one_history(own, _shared(proposal, lead))


def _shared(proposal: Proposal, lead: Proposal) -> list[list[Event]]:
    """Return by round what *lead* did for *proposal* too: a later round only where *proposal* itself went on to one."""
    opened = sum(event.step in (Step.REDO, Step.FOLLOW) for event in proposal.events)
    return [[event for event in events if event.step in _LEADS] for events in lead.rounds[: 1 + opened]]


def breaches(proposal: Proposal, lead: Proposal | None = None) -> list[Problem]:
    """Return what must not have happened in the history of *proposal*, each at its event."""
    events = one_history(proposal.events, _shared(proposal, lead)) if lead else proposal.events
    found = []
    for place, event in enumerate(proposal.events, 1):
        before = events[: next(n for n, one in enumerate(events) if one is event)]
        if lead and event.step in _LEADS_ALONE:
            sentences = [f"已并入 {lead.number}，{event.step}登记在 {lead.number} 上"]
        else:
            sentences = [rule(event, before, proposal) for rule in RULES]
        found += [Problem("W101", text, _CURE, field=f"办理过程.{place}") for text in sentences if text]
    return found


def unfinished(member: Proposal, lead: Proposal) -> str:
    """Tell why *lead* cannot be closed for the sake of *member*, a record merged into it; "" when it can."""
    if len(member.rounds) > len(lead.rounds):
        return f"并案的 {member.number} 要重办，再次答复还没有拟（在 {lead.number} 上登记重办）"
    if _is_unhappy(member.rounds[-1]):
        return f"并案的 {member.number} 有不满意的反馈，还没有重办"
    return ""


def unreached(proposal: Proposal, events: Iterable[Event], step: Step) -> list[Proposer]:
    """Return the proposers for whom *events* have no *step* (送达, 反馈); 林晓明 does not stand for 林晓."""
    told = "\n".join(event.to or "" for event in events if event.step is step)
    missing = []
    for one in sorted(proposal.proposers, key=lambda one: len(one.name), reverse=True):
        missing += [] if one.name in told else [one]
        told = told.replace(one.name, "\n")
    return [one for one in proposal.proposers if one in missing]


def _open_ends(proposal: Proposal, stage: Stage, lead: Proposal | None) -> Iterator[str]:
    if lead:
        yield f"已并入 {lead.number} 办理"
    present = rounds_of(history(proposal, lead))[-1]
    taken = {event.step for event in present}
    if stage in FINAL or Step.ISSUE not in taken or proposal.role in (Role.ASSIST, Role.READ):
        return
    for step in (Step.DELIVER, *([Step.FEEDBACK] if Step.DELIVER in taken else [])):
        if names := "、".join(one.name for one in unreached(proposal, present, step)):
            yield f"还没有{step}：{names}"


# Rules: (event, those before it, the record) → what is wrong with it, or nothing ---------------------------------

_CURE = "先登记缺的环节，或改正日期"


def _nothing_after_the_end(event: Event, before: Sequence[Event], _: Proposal) -> str:
    ended = next((stage for stage in map(stage_after, before) if stage in FINAL), None)
    return f"{ended}以后不再登记{event.step}" if ended else ""


def _talk_before_signing(event: Event, before: Sequence[Event], proposal: Proposal) -> str:
    answers = proposal.role not in (Role.ASSIST, Role.READ)
    talked = any(one.step is Step.TALK for one in before)
    return "没有同提案人沟通，不能签发" if event.step is Step.SIGN and answers and not talked else ""


def _opinions_before_signing(event: Event, before: Sequence[Event], proposal: Proposal) -> str:
    given = {one.unit for one in before if one.step is Step.OPINION}
    owing = [unit for unit in proposal.assisting_units if unit not in given]
    return (
        f"会办意见还没有收到（也没有免去）：{'、'.join(owing)}，不能签发" if event.step is Step.SIGN and owing else ""
    )


def _needs(step: Step, needed: Step) -> Callable[[Event, Sequence[Event], Proposal], str]:
    def rule(event: Event, before: Sequence[Event], _: Proposal) -> str:
        have = any(one.step is needed for one in _round_of(before, event))
        return f"没有{needed}，不能{step}" if event.step is step and not have else ""

    return rule


def _answered_before_closing(event: Event, before: Sequence[Event], proposal: Proposal) -> str:
    needed = {Role.ASSIST: Step.DELIVER, Role.READ: None}.get(proposal.role, Step.FEEDBACK)
    if event.step is not Step.CLOSE or needed is None:
        return ""
    return "" if any(one.step is needed for one in _round_of(before, event)) else f"没有{needed}，不能办结"


def _redone_before_closing(event: Event, before: Sequence[Event], _: Proposal) -> str:
    if event.step not in (Step.CLOSE, Step.ARCHIVE):
        return ""
    return f"有不满意的反馈，还没有重办，不能{event.step}" if _is_unhappy(_round_of(before, event)) else ""


def _is_unhappy(events: Iterable[Event]) -> bool:
    return any(Rating.DISCONTENT in (one.overall, one.result) for one in events)


def _round_of(before: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """Return the events of the round in which *event* falls."""
    return rounds_of((*before, event))[-1][:-1]


RULES: tuple[Callable[[Event, Sequence[Event], Proposal], str], ...] = (
    _nothing_after_the_end,
    _talk_before_signing,
    _opinions_before_signing,
    _needs(Step.ISSUE, Step.SIGN),
    _needs(Step.DELIVER, Step.ISSUE),
    _needs(Step.FEEDBACK, Step.DELIVER),
    _answered_before_closing,
    _needs(Step.ARCHIVE, Step.CLOSE),
    _redone_before_closing,
)
