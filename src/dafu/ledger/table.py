"""Records → the rows of a ledger, in the very cells that `rows` reads back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dafu.ledger.cells import NONE
from dafu.ledger.columns import JOINT, LEADING, ORDER, PROPOSERS, TYPE, Column, Form, Part
from dafu.ledger.leaves import BODY, EVENTS, Leaves, labels, leaves_of, reply_leaves
from dafu.ledger.rows import BREAK, OF_REPLY
from dafu.model import Proposal, effective_reply
from dafu.model.bodies import is_body
from dafu.model.spelling import said_keys
from dafu.terms import Role, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafu.model import Event, Office, Reply


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a ledger: what it says, and the columns that follow from its history and the day."""

    proposal: Proposal
    computed: Mapping[str, str]


def table(lines: Sequence[Line], columns: Sequence[Column], office: Office) -> list[list[str]]:
    """Return a row of texts for each record."""
    rows = []
    for number, line in enumerate(lines, 1):
        leaves = _leaves(line.proposal, office)
        computed = {**line.computed, ORDER.title: str(number)}
        rows.append([_text(column, leaves, computed, office) for column in columns])
    return rows


def _leaves(proposal: Proposal, office: Office) -> Leaves:
    """Return the leaves of *proposal* with every value in its effective form."""
    turns = range(max(len(proposal.replies), len(proposal.rounds)))
    replies = [effective_reply(proposal, office, turn) for turn in turns]
    full = replace(
        proposal,
        level=proposal.level or office.level,
        reply=replies[0],
        later_replies=tuple(replies[1:]),
        events=_settled(proposal, replies),
    )
    return leaves_of(_spelt(said_keys(full)))


def _settled(proposal: Proposal, replies: Sequence[Reply]) -> tuple[Event, ...]:
    """Return the events, the last of each kind with what the record itself says in its place."""
    dispatch = {event.step: event for event in proposal.events}.get(Step.DISPATCH)
    found: list[Event] = []
    for reply, events in zip(replies, proposal.rounds, strict=False):
        last = {event.step: event for event in events}
        for event in events:
            if event is last.get(Step.SIGN):
                found.append(replace(event, signer=reply.signer))
            elif event is last.get(Step.ISSUE):
                found.append(replace(event, number=reply.number))
            elif event is dispatch:
                found.append(_dispatched(event, proposal))
            else:
                found.append(event)
    return tuple(found)


def _dispatched(event: Event, proposal: Proposal) -> Event:
    leader = proposal.leader or event.leader
    return replace(event, section=proposal.handling_section, clerk=proposal.handling_clerk, leader=leader)


def _spelt(tree: Any) -> Any:
    """Return *tree* with 是 and 否 for what is true or not."""
    match tree:
        case dict():
            return {key: _spelt(value) for key, value in tree.items()}
        case list():
            return [_spelt(item) for item in tree]
        case bool():
            return "是" if tree else "否"
        case _:
            return tree


def _text(column: Column, leaves: Leaves, computed: Mapping[str, str], office: Office) -> str:
    match column.part:
        case Part.COMPUTED:
            return computed.get(column.title, "")
        case Part.PROPOSER:
            return _of_proposers(column, leaves)
        case Part.UNIT:
            return _units(column, leaves, office)
        case Part.EVENT:
            return _of_events(column, leaves)
        case Part.REPLY:
            return _by_round(column.key, leaves)
    value = leaves.get(column.key, "")
    if isinstance(value, list):
        return "、".join(value) if column.form is Form.CODES else "\n".join(map(_on_one_line, value))
    return str(value)


def _of_proposers(column: Column, leaves: Leaves) -> str:
    names = leaves.get(PROPOSERS.title, [])
    if column is PROPOSERS:
        return "、".join(names)
    if column is TYPE:
        return _type(names, leaves)
    values = [leaves.get(f"{PROPOSERS.title}/{label}/{column.key}", "") for label in labels(names)]
    return "" if column is JOINT else _lines(values)


def _type(names: Sequence[str], leaves: Leaves) -> str:
    """Return 个人, 联名 or 集体; a line for each where the names alone would not tell."""
    words = [leaves.get(f"{PROPOSERS.title}/{label}/{TYPE.key}") or "个人" for label in labels(names)]
    if len(set(words)) == 1 and (words[0] == BODY or len(words) == 1):
        return words[0]
    told = all(is_body(name) == (word == BODY) for name, word in zip(names, words, strict=True))
    return "联名" if told else "\n".join(words)


def _units(column: Column, leaves: Leaves, office: Office) -> str:
    if column is LEADING and leaves.get("角色") in (str(Role.SOLE), str(Role.LEAD)):
        return office.unit.short or office.unit.full
    value = leaves.get(column.key, "")
    return "、".join(value) if isinstance(value, list) else str(value)


def _of_events(column: Column, leaves: Leaves) -> str:
    events = leaves.get(f"{EVENTS}/{column.step}", [])
    if events:
        return _lines([event.get(column.key, "") for event in events])
    if column.fallback in OF_REPLY:
        return _by_round(column.fallback, leaves)
    return str(leaves.get(column.fallback, ""))


def _by_round(key: str, leaves: Leaves) -> str:
    said = {turn: value for turn, word, value in reply_leaves(leaves) if word == key}
    return _lines([_on_one_line(said.get(turn, "")) for turn in range(max(said, default=-1) + 1)])


def _lines(values: Sequence[str]) -> str:
    """Return one value as it stands, several a line each with a dash for none, so that they count the same way back."""
    if len(values) <= 1 or not any(values):
        return "".join(values)
    return "\n".join(_on_one_line(value) or NONE for value in values)


def _on_one_line(text: str) -> str:
    return text.replace("\n", BREAK)
