"""A corrected list against a record: what the list once set may change, what a clerk set by hand stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu import yamltext
from dafu.ledger.leaves import EVENTS, LATER, PROPOSERS, REPLY, Leaf, Leaves, event_of, labels, proposers_of
from dafu.yamltext.nodes import child

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafu.yamltext import Value


_OF_RECORDS = ("登记时间", "经手人", "说明")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a list changes in a record (an empty value takes away), and what it would but may not."""

    changes: Leaves
    kept: Leaves


def merge(theirs: Mapping[str, Leaf], ours: Mapping[str, Leaf], base: Mapping[str, Leaf]) -> Merged:
    """Compare what a list says, what the record says, and what the list last set in it."""
    changes: Leaves = {}
    kept: Leaves = {}
    for address, value in theirs.items():
        wanted, standing, before = value or "", ours.get(address) or "", base.get(address) or ""
        if wanted in (standing, before, told_by_lists(standing)):
            continue  # it says so already; or the list is as it was, and a clerk has changed the record
        (changes if standing == before else kept)[address] = value
    if PROPOSERS in kept:  # what belongs to names that do not come in stays out with them
        changes = {address: value for address, value in changes.items() if not address.startswith(f"{PROPOSERS}/")}
    return Merged(changes, kept)


def told_by_lists(leaf: Leaf) -> Leaf:
    """Return *leaf* without what only a record says of an event: who entered it, when, and in which words."""
    if not isinstance(leaf, list) or not all(isinstance(one, dict) for one in leaf):
        return leaf
    return [{key: value for key, value in one.items() if key not in _OF_RECORDS} for one in leaf]


def applied(text: str, tree: Mapping[str, Any], ours: Mapping[str, Leaf], changes: Leaves) -> str:
    """Return the record *text*, which says *tree* and so *ours*, with *changes* and every other byte as it was.

    Raises ValueError where a value cannot be put in.
    """
    for address, value in changes.items():
        if "/" not in address and address != PROPOSERS:
            text = _put(text, (address,), value, tree)
        elif address.startswith(f"{EVENTS}/"):
            text = _with_events(text, address.removeprefix(f"{EVENTS}/"), value)
        elif address.startswith(f"{REPLY}/"):
            _, turn, key = address.split("/", 2)
            text = _put(text, (REPLY, key) if turn == "0" else (LATER, int(turn) - 1, key), value, tree)
    if PROPOSERS in changes:
        return yamltext.set_value(text, (PROPOSERS,), proposers_of({**ours, **changes}))
    for place, label in enumerate(labels(ours.get(PROPOSERS, []))):
        if any(address.startswith(f"{PROPOSERS}/{label}/") for address in changes):
            text = yamltext.set_value(text, (PROPOSERS, place), proposers_of({**ours, **changes})[place])
    return text


def _put(text: str, path: tuple[str | int, ...], value: Leaf, tree: Mapping[str, Any]) -> str:
    if value:
        return yamltext.set_value(text, path, value)
    return yamltext.remove(text, path) if path[0] in tree else text


def _with_events(text: str, step: str, events: list[dict[str, str]]) -> str:
    """Return *text* with *events* in the place of all those of *step*, each behind the last that is not later."""
    for index in reversed([n for n, event in enumerate(_events(text)) if event.get("环节") == step]):
        text = yamltext.remove(text, (EVENTS, index))
    for event in events:
        standing = _events(text)
        behind = max((n for n, one in enumerate(standing) if one.get("日期", "") <= event["日期"]), default=-1)
        item: Value = dict(event_of(step, event))
        text = yamltext.append_item(text, (EVENTS,), item, behind if standing else None)
    return text


def _events(text: str) -> list[Any]:
    root, _ = yamltext.parse(text)
    events = child(root, EVENTS) if root else None
    found = yamltext.plain(events) if events else []
    return found if isinstance(found, list) else []
