"""A record as it stood on a day: what the figures ask of it, and nothing that came later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import deadlines
from dafu.terms import Clock, Role, Step

if TYPE_CHECKING:
    from datetime import date

    from dafu.deadlines import Light
    from dafu.model import Office
    from dafu.report.facts import Facts, Timing
    from dafu.terms import Rating
    from dafu.workdays import Calendar

ANSWERING = (Role.SOLE, Role.LEAD, Role.SHARE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of a record on a `day` for which they hold; `calendar` and `office` tell its light."""

    facts: Facts
    day: date
    calendar: Calendar
    office: Office

    @property
    def steps(self) -> frozenset[Step]:
        """Return the steps that were taken."""
        return self.facts.steps

    @property
    def is_over(self) -> bool:
        """Tell whether it is no longer ours: handed back or withdrawn."""
        return self.facts.is_handed_back or Step.WITHDRAW in self.facts.steps

    @property
    def answers(self) -> bool:
        """Tell whether this office owes the proposer an answer."""
        return self.facts.role in ANSWERING and not self.is_over

    @property
    def assists(self) -> bool:
        """Tell whether this office owes the lead unit an opinion."""
        return self.facts.role is Role.ASSIST and not self.is_over

    @property
    def is_answered(self) -> bool:
        """Tell whether the answer that is owed has been issued."""
        return Step.ISSUE in self.facts.steps and self.answers

    @property
    def grade(self) -> str | None:
        """Return 办理结果 of the last reply that was issued."""
        return self.facts.issued[-1][1] if self.facts.issued else None

    @property
    def has_promised(self) -> bool:
        """Tell whether a reply that was issued is graded B or C: something is still to be done."""
        return self.is_answered and any(is_promise(grade) for _, grade in self.facts.issued)

    @property
    def is_solved(self) -> bool:
        """Tell whether a later reply has made an A of what was B or C."""
        return self.has_promised and is_done(self.grade)

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """Return what was said of an answer that is owed, by each 对象 once."""
        return self.facts.ratings if self.answers else ()

    @property
    def light(self) -> Light | None:
        """Return the light of the main clock while it is open: 重办 once there was one, else 答复, else 会办意见."""
        clocks = (self.clock(Clock.REDO), self.clock(Clock.REPLY), self.clock(Clock.OPINION))
        main = next(filter(None, clocks), None)
        if main is None or not main.is_open:
            return None
        return deadlines.light_of(main.due, self.calendar.left(self.day, main.due), self.day, self.office)

    def clock(self, wanted: Clock) -> Timing | None:
        """Return a clock of the record's own, not one that waits for a 会办单位."""
        for one in self.facts.timings:
            if one.clock is wanted:
                return one
        return None

    @property
    def late(self) -> list[Timing]:
        """Return the clocks of 答复, 会办意见 and 重办 that were met after their day, or have passed it unmet."""
        own = () if self.is_over else map(self.clock, (Clock.REPLY, Clock.OPINION, Clock.REDO))
        return [one for one in own if one and one.is_late(self.day) and (one.is_open or one.is_met)]


def is_promise(grade: str | None) -> bool:
    """Tell whether *grade* leaves something to be done: B, C and their parts (B1)."""
    return (grade or "")[:1] in ("B", "C")


def is_done(grade: str | None) -> bool:
    """Tell whether *grade* says that it is solved: A and its parts (A2)."""
    return (grade or "").startswith("A")
