"""A record's events in order of date, and what can be asked of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafu.model import one_history, rounds_of
from dafu.terms import Decision, Openness, Step

if TYPE_CHECKING:
    from collections.abc import Collection

    from dafu.model import Event, Proposal

_OPENING = (Step.ASSIGN, Step.RECEIVE)
_OF_LEAD = frozenset(
    {
        *(*_OPENING, Step.RETURN, Step.RETURN_RESULT, Step.DISPATCH, Step.TALK, Step.CONSULT),
        *(Step.DRAFT, Step.REVIEW, Step.SEND_BACK, Step.SIGN, Step.ISSUE, Step.EXTEND),
    }
)
"""Steps that a record handled together with another shares with it; what comes after 印发 is its own."""


class History:
    """The events of a record, in order of date; a place in it is an index into `events`."""

    def __init__(self, proposal: Proposal, lead: Proposal | None = None) -> None:
        """Take in the part of *lead*'s history that a record named in its 并案 shares."""
        self.events = one_history(proposal.events, _shared(proposal, lead) if lead else ())
        self.proposal = proposal if self.events == proposal.events else replace(proposal, events=self.events)
        self._rounds = rounds_of(self.events)
        self._places: dict[Step, list[int]] = {}
        for n, event in enumerate(self.events):
            self._places.setdefault(event.step, []).append(n)
        self._closing = [n for n, event in enumerate(self.events) if _stops_all(event)]
        redone = self._places.get(Step.REDO)
        self.first_redo = redone[0] if redone else len(self.events)
        self.last_redo = redone[-1] if redone else None

    @property
    def since_closing(self) -> set[Step] | None:
        """Return the steps from the one on at which all clocks last stopped, None where there is no such step."""
        return {event.step for event in self.events[self._closing[-1] :]} if self._closing else None

    def first(self, steps: Collection[Step], after: int = -1) -> int | None:
        """Return the first place behind *after* where one of *steps* stands."""
        places = (n for step in steps for n in self._places.get(step, ()))
        return min((n for n in places if n > after), default=None)

    def last(self, step: Step) -> int | None:
        """Return the last place of *step*."""
        places = self._places.get(step)
        return places[-1] if places else None

    def in_last_round(self, step: Step) -> int | None:
        """Return the first place of *step* in the last round that has it."""
        offset, found = 0, None
        for events in self._rounds:
            own = next((n for n, event in enumerate(events, offset) if event.step is step), None)
            found = found if own is None else own
            offset += len(events)
        return found

    def end(self, start: int, stop: int | None) -> int | None:
        """Return where a clock stops that starts at *start*: at *stop*, or before it where all clocks stop."""
        closing = (n for n in self._closing if n > start)
        return min((n for n in (stop, next(closing, None)) if n is not None), default=None)

    def extensions(self, after: int, before: int | None) -> tuple[Event, ...]:
        """Return the 延期 granted between two places; None is the end."""
        return tuple(event for event in self.events[after + 1 : before] if event.step is Step.EXTEND)

    def is_public(self) -> bool:
        """Tell whether the reply of the last round that was issued is to be published."""
        turns = [turn for turn, events in enumerate(self._rounds) if any(event.step is Step.ISSUE for event in events)]
        replies = self.proposal.replies
        return bool(turns) and turns[-1] < len(replies) and replies[turns[-1]].openness is Openness.PUBLIC

    def asked_units(self) -> dict[str, tuple[int, int | None]]:
        """Return for each unit where its opinion was asked for and where it came in or was waived.

        Asking again before the answer does not count; asking again after it does.
        """
        found: dict[str, tuple[int, int | None]] = {}
        for n, event in enumerate(self.events):
            asked, answered = found.get(event.unit or "", (None, None))
            if event.step is Step.ASK_OPINION and (asked is None or answered is not None):
                found[event.unit or ""] = (n, None)
            elif event.step is Step.OPINION and asked is not None and answered is None:
                found[event.unit or ""] = (asked, n)
        return found


def _shared(proposal: Proposal, lead: Proposal) -> list[list[Event]]:
    """Return by round what *proposal* shares with *lead*; what it has of its own to begin with counts alone."""
    own = {event.step for event in proposal.events}
    shared = _OF_LEAD - {step for step in _OPENING if step in own}
    return [[one for one in events if one.step in shared] for events in lead.rounds]


def _stops_all(event: Event) -> bool:
    step = event.step
    granted = step is Step.RETURN_RESULT and event.decision is Decision.GRANTED
    return granted or step is Step.CLOSE or step is Step.WITHDRAW
