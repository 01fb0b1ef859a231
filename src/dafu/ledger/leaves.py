"""A record as leaves: one plain value for each address, so that two versions of it can be compared value by value.

Addresses are `案由`, `提案人` (the names), `提案人/林晓/电话`, `办理过程/沟通` (all events of one step) and
`答复/0/公开` (round 0 is the first). An empty value is no leaf.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dafu.terms import Kind, Language, Period, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Leaf = Any  # str | list[str] | list[dict[str, str]]
Leaves = dict[str, Leaf]

PROPOSERS, EVENTS, REPLY, LATER = "提案人", "办理过程", "答复", "再次答复"
TYPE, BODY = "类型", "集体"
DEFAULTS = {
    "类别": str(Kind.PROPOSAL),
    "会期": str(Period.IN_SESSION),
    "角色": str(Role.SOLE),
    "重点": "否",
    "语种": str(Language.SIMPLIFIED),
}
_ORDER = (
    *(
        "案号",
        "类别",
        "层级",
        "届次",
        "会期",
        "案由",
        "分类",
        PROPOSERS,
        "建议事项",
        "角色",
        "主办单位",
        "会办单位",
        "并案",
        "重点",
    ),
    *("语种", "分管领导", "科室", "经办人", "期限", REPLY, LATER, EVENTS),
)
_OF_PROPOSER = ("单位", "界别", "联系人", "电话", "地址")
_STEPS = [str(step) for step in Step]


def leaves_of(tree: Mapping[str, Any]) -> Leaves:
    """Return the leaves of a record that is given as plain values under its own keys."""
    found: Leaves = {}
    for key, value in tree.items():
        if key == PROPOSERS:
            found |= _of_proposers(value or [])
        elif key == EVENTS:
            found |= _of_events(value or [])
        elif key not in (REPLY, LATER):
            found[key] = value
    for turn, reply in enumerate([tree.get(REPLY) or {}, *(tree.get(LATER) or [])]):
        found |= {f"{REPLY}/{turn}/{key}": value for key, value in reply.items()}
    return without_empty(found)


def without_empty(leaves: Mapping[str, Leaf]) -> Leaves:
    """Return *leaves* without what is empty."""
    return {key: value for key, value in leaves.items() if value}


def bared(leaves: Mapping[str, Leaf], level: str) -> Leaves:
    """Return *leaves* with an empty value for each that a record of an office of *level* has by default."""
    defaults = DEFAULTS | {"层级": level}
    return {key: "" if defaults.get(key) == value else value for key, value in leaves.items()}


def labels(names: Iterable[str]) -> list[str]:
    """Return *names* told apart: of two alike the second is `林晓#2`."""
    found: dict[str, None] = {}
    alike: Counter[str] = Counter()
    for name in names:
        label = name
        while label in found:
            alike[name] += 1
            label = f"{name}#{alike[name] + 1}"
        found[label] = None
    return list(found)


def _of_proposers(proposers: list[Any]) -> Leaves:
    given = [one if isinstance(one, dict) else {"姓名": one} for one in proposers]
    names = [one.get("姓名") or one.get("团体") or "" for one in given]
    found: Leaves = {PROPOSERS: names}
    for label, one in zip(labels(names), given, strict=True):
        found |= {f"{PROPOSERS}/{label}/{key}": value for key, value in one.items() if key not in ("姓名", "团体")}
        if one.get("团体"):
            found[f"{PROPOSERS}/{label}/{TYPE}"] = BODY
    return found


def _of_events(events: list[Mapping[str, Any]]) -> Leaves:
    found: Leaves = {}
    for event in events:
        kept = {key: value for key, value in event.items() if value and key != "环节"}
        found.setdefault(f"{EVENTS}/{event['环节']}", []).append(kept)
    return found


def tree_of(leaves: Leaves) -> dict[str, Any]:
    """Return the record that *leaves* describe, its keys in the order of the contract."""
    tree: dict[str, Any] = {key: value for key, value in leaves.items() if "/" not in key and key != PROPOSERS}
    tree[PROPOSERS] = proposers_of(leaves)
    tree[EVENTS] = [event_of(step, event) for step, event in sorted_events(leaves)]
    replies = _replies(leaves)
    tree[REPLY], tree[LATER] = replies.get(0, {}), [replies.get(n, {}) for n in range(1, max(replies, default=0) + 1)]
    return {key: tree[key] for key in _ORDER if tree.get(key)}


def proposers_of(leaves: Mapping[str, Leaf]) -> list[Any]:
    """Return the proposers that *leaves* describe, those with a name alone in the short form."""
    names = leaves.get(PROPOSERS, [])
    found: list[Any] = []
    for name, label in zip(names, labels(names), strict=True):
        said = {key: leaves.get(f"{PROPOSERS}/{label}/{key}") for key in (TYPE, *_OF_PROPOSER)}
        more = {key: value for key, value in said.items() if value}
        head = "团体" if more.pop(TYPE, "") == BODY else "姓名"
        found.append({head: name, **more} if more or head == "团体" else name)
    return found


def sorted_events(leaves: Mapping[str, Leaf]) -> list[tuple[str, dict[str, str]]]:
    """Return step and keys of every event among *leaves* by day; on one day in the order of the handling."""
    known = ((step, event) for step in _STEPS for event in leaves.get(f"{EVENTS}/{step}") or [])
    return sorted(known, key=lambda one: one[1]["日期"])


def event_of(step: str, keys: Mapping[str, str]) -> dict[str, str]:
    """Return an event of *step* as it stands in a record: day and step first."""
    return {"日期": keys["日期"], "环节": step} | dict(keys)


def _replies(leaves: Leaves) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for turn, key, value in reply_leaves(leaves):
        found.setdefault(turn, {})[key] = value
    return found


def reply_leaves(leaves: Leaves) -> Iterator[tuple[int, str, Leaf]]:
    """Yield round, key and value of what *leaves* say of the replies."""
    for address, value in leaves.items():
        if address.startswith(f"{REPLY}/"):
            _, turn, key = address.split("/", 2)
            yield int(turn), key, value
