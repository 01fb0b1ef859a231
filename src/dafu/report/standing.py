"""A record as it stood on a day: what the figures ask of it, and nothing that came later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dafu import deadlines
from dafu.deadlines.history import History
from dafu.model import rounds_of
from dafu.terms import Clock, Decision, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dafu.deadlines import Running
    from dafu.model import Event, Proposal
    from dafu.terms import Level, Openness, Rating

ANSWERING = (Role.SOLE, Role.LEAD, Role.SHARE)
FACE_TO_FACE = ("面商", "面谈", "见面", "当面", "面对面", "走访", "座谈", "上门", "登门")
"""Words of 方式 that mean a meeting: 面商、走访、座谈 in the notices; 电话 and 书面 are none."""


def until(proposal: Proposal, day: date) -> Proposal:
    """Return *proposal* with the events up to *day* only; when they were entered does not count."""
    return replace(proposal, events=tuple(event for event in proposal.events if event.day <= day))


@dataclass(frozen=True)
class Standing:
    """A record on a day: `proposal` and its `lead` have the events up to it, `clocks` stand as on it."""

    proposal: Proposal
    lead: Proposal | None
    level: Level
    clocks: tuple[Running, ...]

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return what happened in order of date; up to 印发 a merged record has what its lead did."""
        return History(self.proposal, self.lead).events

    @cached_property
    def steps(self) -> frozenset[Step]:
        """Return the steps that were taken."""
        return frozenset(event.step for event in self.events)

    @cached_property
    def is_over(self) -> bool:
        """Tell whether it is no longer ours: handed back or withdrawn."""
        return self.is_handed_back or Step.WITHDRAW in self.steps

    @cached_property
    def is_handed_back(self) -> bool:
        """Tell whether 退办 was granted."""
        return any(event.decision is Decision.GRANTED for event in self.events)

    @cached_property
    def answers(self) -> bool:
        """Tell whether this office owes the proposer an answer."""
        return self.proposal.role in ANSWERING and not self.is_over

    @property
    def assists(self) -> bool:
        """Tell whether this office owes the lead unit an opinion."""
        return self.proposal.role is Role.ASSIST and not self.is_over

    @property
    def is_answered(self) -> bool:
        """Tell whether the answer that is owed has been issued."""
        return self.answers and Step.ISSUE in self.steps

    @property
    def first_issue(self) -> date | None:
        """Return the day of the first 印发."""
        return next((event.day for event in self.events if event.step is Step.ISSUE), None)

    @cached_property
    def issued(self) -> tuple[tuple[date, str | None], ...]:
        """Return for each round that was issued its last 印发 and the grade of its reply; a 会办 has none."""
        days = ((turn, _last_issue(events)) for turn, events in enumerate(rounds_of(self.events)))
        return tuple((day, self._said(turn, "grade")) for turn, day in days if day)

    @property
    def grade(self) -> str | None:
        """Return 办理结果 of the last reply that was issued."""
        return self.issued[-1][1] if self.issued else None

    @property
    def openness(self) -> Openness | None:
        """Return 公开 of the last reply that was issued."""
        rounds = enumerate(rounds_of(self.events))
        turn = max((turn for turn, events in rounds if _last_issue(events)), default=None)
        found: Openness | None = None if turn is None else self._said(turn, "openness")
        return found

    @property
    def has_promised(self) -> bool:
        """Tell whether a reply that was issued is graded B or C: something is still to be done."""
        return self.is_answered and any(is_promise(grade) for _, grade in self.issued)

    @property
    def is_solved(self) -> bool:
        """Tell whether a later reply has made an A of what was B or C."""
        return self.has_promised and is_done(self.grade)

    @property
    def ratings(self) -> Iterator[Rating]:
        """Yield 整体 of the last form of each 对象; an earlier one of the same is superseded."""
        last = {event.to: event.overall for event in self.events if event.step is Step.FEEDBACK}
        return (rating for rating in last.values() if rating) if self.answers else iter(())

    @property
    def has_met(self) -> bool:
        """Tell whether a 沟通 was face to face."""
        ways = (event.way or "" for event in self.events if event.step is Step.TALK)
        return any(word in way for way in ways for word in FACE_TO_FACE)

    @property
    def main(self) -> Running | None:
        """Return the main clock."""
        return deadlines.main(self.clocks)

    def clock(self, wanted: Clock) -> Running | None:
        """Return a clock of the record's own, not one that waits for a 会办单位."""
        return next((one for one in self.clocks if one.clock is wanted and one.unit is None), None)

    @cached_property
    def late(self) -> list[Running]:
        """Return the clocks of 答复, 会办意见 and 重办 that were met after their day, or have passed it unmet."""
        own = () if self.is_over else map(self.clock, (Clock.REPLY, Clock.OPINION, Clock.REDO))
        return [one for one in own if one and one.is_late and (one.is_open or one.stop in MEETING[one.clock])]

    def _said(self, turn: int, attribute: str) -> Any:
        """Return what the reply of round *turn* says; a merged record goes by its lead's where its own is silent."""
        both = (one.replies for one in (self.proposal, self.lead) if one)
        said = (getattr(replies[turn], attribute) for replies in both if turn < len(replies))
        return next(filter(None, said), None)


MEETING = {
    Clock.REPLY: (Step.ISSUE,),
    Clock.OPINION: (Step.DELIVER,),
    Clock.REDO: (Step.ISSUE,),
    Clock.PUBLISHING: (Step.PUBLISH,),
}
"""The steps that meet a clock; 办结 and others only stop it."""


def is_promise(grade: str | None) -> bool:
    """Tell whether *grade* leaves something to be done: B, C and their parts (B1)."""
    return (grade or "")[:1] in ("B", "C")


def is_done(grade: str | None) -> bool:
    """Tell whether *grade* says that it is solved: A and its parts (A2)."""
    return (grade or "").startswith("A")


def _last_issue(events: tuple[Event, ...]) -> date | None:
    return max((event.day for event in events if event.step is Step.ISSUE), default=None)
