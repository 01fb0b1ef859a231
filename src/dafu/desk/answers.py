"""The letter of a record that counts for others: of which round it is, and what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafu import workflow
from dafu.desk.draft import answered_with, compose
from dafu.desk.papers import letter_of

if TYPE_CHECKING:
    from dafu.compose import Composed, Composer
    from dafu.model import Proposal
    from dafu.terms import Paper, Step


def whole(proposal: Proposal, lead: Proposal | None) -> Proposal:
    """Return *proposal* with the reply of the *lead* that it is merged into, and with the events that count for it."""
    if lead is None:
        return proposal
    return replace(answered_with(proposal, lead), events=workflow.history(proposal, lead))


def last_turn(proposal: Proposal, step: Step) -> int | None:
    """Return the last round, from 0, in which *step* was taken."""
    turns = [turn for turn, events in enumerate(proposal.rounds) if any(event.step is step for event in events)]
    return max(turns, default=None)


def until(proposal: Proposal, turn: int) -> Proposal:
    """Return *proposal* as it stood at the end of round *turn*."""
    events = tuple(event for events in proposal.rounds[: turn + 1] for event in events)
    return replace(proposal, events=events, later_replies=proposal.later_replies[:turn])


def answer(composer: Composer, proposal: Proposal, turn: int) -> tuple[Paper, Composed]:
    """Compose the letter of round *turn*; raises RefusedError for a record that is not answered."""
    then = until(proposal, turn)
    paper = letter_of(then)
    return paper, compose(composer, then, str(paper))
