"""What a YAML text says: scalars as text, sequences and mappings, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(slots=True)
class Scalar:
    """Hold one value as YAML reads it, untyped.

    `line` counts from 1; `start` and `end` are character offsets into the text, quotes included.
    `style` is the mark that opens it: `"`, `'`, `|`, `>`, or nothing for a plain one.
    """

    text: str
    line: int
    start: int
    end: int
    style: str = ""


@dataclass(slots=True)
class Sequence:
    """Hold the items of a list; `flow` tells `[…]` from lines with dashes.

    A list in lines ends where its last leaf ends, so that comments after it do not belong to it.
    """

    items: list[Node]
    line: int
    start: int
    end: int
    flow: bool


@dataclass(slots=True)
class Entry:
    """Hold one key of a mapping and its value."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class Mapping:
    """Hold the entries of a mapping in their order; `flow` tells `{…}` from lines."""

    entries: dict[str, Entry]
    line: int
    start: int
    end: int
    flow: bool


Node: TypeAlias = Scalar | Sequence | Mapping
Value: TypeAlias = "str | list[Value] | dict[str, Value]"


def plain(node: Node) -> Value:
    """Return *node* without its places: str, list or dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def child(node: Node, step: str | int) -> Node | None:
    """Return what stands in *node* under a key or at an index from 0, None when there is nothing."""
    if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
        return node.entries[step].value
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
