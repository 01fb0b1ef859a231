"""What the figures ask of a record, and no later day changes: taken from it once, kept as JSON, and restored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dafu.deadlines.history import History
from dafu.model import rounds_of
from dafu.terms import Clock, Decision, Kind, Level, Openness, Rating, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.deadlines import Running
    from dafu.model import Event, Proposal

T = TypeVar("T")
FACE_TO_FACE = ("面商", "面谈", "见面", "当面", "面对面", "走访", "座谈", "上门", "登门")
"""Words of 方式 that mean a meeting: 面商、走访、座谈 in the notices; 电话 and 书面 are none."""
_MEETING = {
    Clock.REPLY: Step.ISSUE,
    Clock.OPINION: Step.DELIVER,
    Clock.REDO: Step.ISSUE,
    Clock.PUBLISHING: Step.PUBLISH,
}
"""The steps that meet a clock; 办结 and others only stop it."""


class Timing(NamedTuple):
    """A clock of the record's own; `original` is the due day before any 延期, `is_met` tells why it has `stopped`."""

    clock: Clock
    due: date
    original: date | None
    is_met: bool
    stopped: date | None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something."""
        return self.stopped is None

    def is_late(self, day: date) -> bool:
        """Tell whether it was, or is on *day*, being done after the due day that holds."""
        return (self.stopped or day) > self.due

    def is_late_to_original(self, day: date) -> bool:
        """Tell whether it was, or is on *day*, being done after the due day that held before any extension."""
        return (self.stopped or day) > (self.original or self.due)


class Following(NamedTuple):
    """What the 跟踪 say: the last 说明 of all, and of the last one since the last reply its day and 下次日期."""

    text: str
    day: date | None
    next_day: date | None


class Facts(NamedTuple):
    """A record by its whole history; they hold on every day from `latest` on.

    `earliest` and `latest` are those of all events, its lead's too; `began` is the first that counts for it.
    """

    number: str
    subject: str
    kind: Kind
    level: Level
    role: Role
    section: str | None
    clerk: str | None
    is_key: bool
    asks: str
    is_merged: bool
    earliest: date
    latest: date
    began: date
    assigned: date | None
    steps: frozenset[Step]
    is_handed_back: bool
    has_met: bool
    ratings: tuple[Rating, ...]  # 整体 of the last form of each 对象; an earlier one of the same is superseded
    first_issue: date | None
    issued: tuple[tuple[date, str | None], ...]  # of each round its last 印发 and its grade; a 会办 has none
    openness: Openness | None  # of the last reply that was issued
    following: Following
    timings: tuple[Timing, ...]

    def in_json(self) -> str:
        """Return the facts as they are kept."""
        return json.dumps(self, default=_spelt, ensure_ascii=False)


def until(proposal: Proposal, day: date) -> Proposal:
    """Return *proposal* with the events up to *day* only; when they were entered does not count."""
    return replace(proposal, events=tuple(event for event in proposal.events if event.day <= day))


def facts_of(proposal: Proposal, lead: Proposal | None, level: Level, clocks: Iterable[Running]) -> Facts | None:
    """Return the facts of a record with its *clocks* on any day; None where nothing has happened.

    Up to 印发 a merged record has what its *lead* did.
    """
    events = History(proposal, lead).events
    if not events:
        return None
    days = [event.day for one in (proposal, lead) if one for event in one.events]
    rounds = [*_issued(events)]
    return Facts(
        number=proposal.number,
        subject=proposal.subject,
        kind=proposal.kind,
        level=level,
        role=proposal.role,
        section=proposal.handling_section,
        clerk=proposal.handling_clerk,
        is_key=proposal.is_key,
        asks="；".join(proposal.asks),
        is_merged=lead is not None,
        earliest=min(days),
        latest=max(days),
        began=events[0].day,
        assigned=_first(events, Step.ASSIGN),
        steps=frozenset(event.step for event in events),
        is_handed_back=any(event.decision is Decision.GRANTED for event in events),
        has_met=any(word in (event.way or "") for event in _all(events, Step.TALK) for word in FACE_TO_FACE),
        ratings=_ratings(events),
        first_issue=_first(events, Step.ISSUE),
        issued=tuple((day, _said(proposal, lead, turn, "grade")) for turn, day in rounds),
        openness=_said(proposal, lead, rounds[-1][0], "openness") if rounds else None,
        following=_following(events),
        timings=tuple(_timing(one) for one in clocks if one.unit is None and one.clock in _MEETING),
    )


def _all(events: Iterable[Event], step: Step) -> Iterator[Event]:
    return (event for event in events if event.step is step)


def _first(events: Iterable[Event], step: Step) -> date | None:
    return next((event.day for event in _all(events, step)), None)


def _ratings(events: Iterable[Event]) -> tuple[Rating, ...]:
    last = {event.to: event.overall for event in _all(events, Step.FEEDBACK)}
    return tuple(rating for rating in last.values() if rating)


def _issued(events: Iterable[Event]) -> Iterator[tuple[int, date]]:
    """Yield each round that was issued, and its last 印发."""
    for turn, some in enumerate(rounds_of(events)):
        if days := [event.day for event in _all(some, Step.ISSUE)]:
            yield turn, max(days)


def _said(proposal: Proposal, lead: Proposal | None, turn: int, attribute: str) -> Any:
    """Return what the reply of round *turn* says; a merged record goes by its lead's where its own is silent."""
    both = (one.replies for one in (proposal, lead) if one)
    said = (getattr(replies[turn], attribute) for replies in both if turn < len(replies))
    return next(filter(None, said), None)


def _following(events: Sequence[Event]) -> Following:
    text = next(filter(None, (event.note for event in _all(reversed(events), Step.FOLLOW))), "")
    last = next((event for event in reversed(events) if event.step in (Step.FOLLOW, Step.ISSUE)), None)
    if last is None or last.step is Step.ISSUE:
        return Following(text, None, None)
    return Following(text, last.day, last.next_day)


def _timing(one: Running) -> Timing:
    return Timing(one.clock, one.due, one.original, one.stop is _MEETING[one.clock], one.stopped)


# Facts as JSON and back -------------------------------------------------------------------------------------------


def _spelt(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)


def restored(said: list[Any]) -> Facts:
    """Return the facts of their JSON; raises LookupError, TypeError or ValueError for anything else.

    What many records share is held once.
    """
    one: Any = Facts(*said)
    facts: Facts = one._replace(
        number=intern(one.number),
        subject=intern(one.subject),
        kind=_KINDS[one.kind],
        level=_LEVELS[one.level],
        role=_ROLES[one.role],
        section=_text(one.section),
        clerk=_text(one.clerk),
        is_key=_FLAGS[one.is_key],
        asks=intern(one.asks),
        is_merged=_FLAGS[one.is_merged],
        earliest=_day(one.earliest),
        latest=_day(one.latest),
        began=_day(one.began),
        assigned=_any_day(one.assigned),
        steps=_steps(*one.steps),
        is_handed_back=_FLAGS[one.is_handed_back],
        has_met=_FLAGS[one.has_met],
        ratings=tuple(_RATINGS[word] for word in one.ratings),
        first_issue=_any_day(one.first_issue),
        issued=tuple((_day(day), _text(grade)) for day, grade in one.issued),
        openness=_OPENNESS[one.openness],
        following=_followed(*one.following),
        timings=tuple(_timed(*timing) for timing in one.timings),
    )
    return facts


def _by_word(terms: Iterable[T]) -> dict[Any, T]:
    return {str(one): one for one in terms}


_KINDS, _LEVELS, _ROLES, _RATINGS = _by_word(Kind), _by_word(Level), _by_word(Role), _by_word(Rating)
_CLOCKS, _STEPS = _by_word(Clock), _by_word(Step)
_OPENNESS = _by_word(Openness) | {None: None}
_FLAGS: dict[Any, bool] = {False: False, True: True}


def _text(said: Any) -> str | None:
    return None if said is None else intern(said)


@cache
def _day(said: Any) -> date:
    return date.fromisoformat(said)


def _any_day(said: Any) -> date | None:
    return None if said is None else _day(said)


@cache
def _steps(*words: str) -> frozenset[Step]:
    return frozenset(_STEPS[word] for word in words)


def _followed(text: str, day: str | None, next_day: str | None) -> Following:
    return Following(intern(text), _any_day(day), _any_day(next_day))


def _timed(clock: str, due: str, original: str | None, is_met: bool, stopped: str | None) -> Timing:  # noqa: FBT001 -- as it is kept
    return Timing(_CLOCKS[clock], _day(due), _any_day(original), _FLAGS[is_met], _any_day(stopped))
