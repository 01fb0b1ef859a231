"""The reply as it stands: what the record says, then what the events say, then what the office says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dafu.model.proposal import Reply
from dafu.model.spelling import as_keys, said_keys
from dafu.terms import Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.model.event import Event
    from dafu.model.office import Office
    from dafu.model.proposal import Proposal

# step → what an event of it tells of the reply: an attribute of the reply, and that of the event
_TOLD = {
    Step.SIGN: {"signer": "signer", "signed_on": "day"},
    Step.ISSUE: {"number": "number", "issued_on": "day"},
}


def effective_reply(proposal: Proposal, office: Office, turn: int = 0) -> Reply:
    """Return the reply of round *turn* (0 is the first) with every value that is known from anywhere.

    签发 gives 签发人 and 成文日期, 印发 gives 发文字号 and 印发日期; the last such event of the round counts, and
    a value written in 答复 itself wins.
    """
    written = written_reply(proposal, turn)
    return replace(written, **unwritten(written, proposal, office, turn))


def written_reply(proposal: Proposal, turn: int) -> Reply:
    """Return the reply of round *turn* as the file says it; one of which it says nothing is empty."""
    return proposal.replies[turn] if turn < len(proposal.replies) else Reply()


def unwritten(written: Reply, proposal: Proposal, office: Office, turn: int) -> dict[str, Any]:
    """Return by attribute what `effective_reply` knows of round *turn* beside what is *written*."""
    rounds = proposal.rounds
    events = rounds[turn] if turn < len(rounds) else ()
    known = {**said_by(events), **_contact(written, office)}
    unsaid = {name: value for name, value in known.items() if not getattr(written, name)}
    return {**unsaid, "copies": _copies(written, proposal, office)}


def in_words(proposal: Proposal, office: Office) -> dict[str, Any]:
    """Return a record in the words of the file, with the values that follow from its events and the office."""
    words: dict[str, Any] = as_keys(_completed(proposal, office))
    return words


def said_in_words(proposal: Proposal, office: Office) -> dict[str, Any]:
    """Return what `in_words` does, without the keys that are absent."""
    words: dict[str, Any] = said_keys(_completed(proposal, office))
    return words


def _completed(proposal: Proposal, office: Office) -> Proposal:
    return replace(
        proposal,
        level=proposal.level or office.level,
        section=proposal.handling_section,
        clerk=proposal.handling_clerk,
        retention=proposal.retention or office.retention,
        reply=effective_reply(proposal, office),
    )


def said_by(events: Iterable[Event]) -> dict[str, Any]:
    """Return what the events of a round say of its reply, by attribute; the last 签发 and 印发 count."""
    telling = [(event, _TOLD[event.step]) for event in events if event.step in _TOLD]
    return {name: getattr(event, one) for event, told in telling for name, one in told.items()}


def _contact(written: Reply, office: Office) -> dict[str, str | None]:
    """Return the office's contact; beside a unit that the record names, its telephone would be a wrong one."""
    phone = None if written.contact_unit else office.contact.phone
    return {"contact_unit": office.contact.unit, "contact_phone": phone}


def _copies(written: Reply, proposal: Proposal, office: Office) -> tuple[str, ...]:
    assists = proposal.role is Role.ASSIST  # an opinion goes to the lead unit alone
    listed = written.copies or (() if assists else office.copies.get(proposal.kind, ()))
    return (*listed, *(unit for unit in proposal.assisting_units if unit not in listed))
