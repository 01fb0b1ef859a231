"""The texts that may carry one change: what is put in or taken out, where, in which form; the best comes first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from dafu.yamltext.nodes import Mapping, Scalar, Sequence
from dafu.yamltext.screening import LINE_BREAK
from dafu.yamltext.writing import entry_lines, forms, inline_forms, item_forms, key_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.yamltext.nodes import Node, Value

Parent: TypeAlias = "Mapping | Sequence"

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_FIRST_BREAK = re.compile(r"\A(?:\r\n|\r|\n)")
_FINAL_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    found = LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)


def _newline(text: str) -> str:
    found = LINE_BREAK.search(text)
    return found[0] if found else "\n"


def _leaf(node: Node) -> Node:
    """Return the last node that *node* consists of; what stands in brackets is one leaf."""
    while not isinstance(node, Scalar) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else list(node.entries.values())[-1].value
    return node


def _stop(text: str, node: Node) -> int:
    """Return the end of the last line of *node*, the blank lines below a block text left out."""
    return _line_end(text, _end(text, node))


def _end(text: str, node: Node) -> int:
    leaf = _leaf(node)
    is_block_text = isinstance(leaf, Scalar) and leaf.style in ("|", ">")
    return leaf.start + len(text[leaf.start : leaf.end].rstrip()) if is_block_text else leaf.end


def _slot(text: str, parent: Parent, step: str | int) -> int:
    """Return the offset behind the colon or dash of an entry."""
    if isinstance(parent, Mapping):
        return text.index(":", parent.entries[str(step)].key.end) + 1
    return _dash(text, parent, int(step)) + 1


def _at(parent: Parent, step: str | int) -> Node:
    return parent.entries[str(step)].value if isinstance(parent, Mapping) else parent.items[int(step)]


def _dash(text: str, parent: Sequence, index: int) -> int:
    """Return the offset of an item's dash: the nearest before the item that stands in the list's column."""
    column, offset = _column(text, parent.start), parent.items[index].start
    while True:
        offset = text.rindex("-", 0, offset)
        if _column(text, offset) == column:
            return offset


# Putting in


def replaced(text: str, parent: Parent, step: str | int, value: Value, *, listed: bool) -> Iterator[str]:
    """Yield *text* with *value* in place of what stands in *parent* at *step*."""
    old = _at(parent, step)
    style = old.style if isinstance(old, Scalar) else ""
    is_empty = old.start == old.end
    slot = -1 if parent.flow and not is_empty else _slot(text, parent, step)
    if parent.flow:
        start, end = (slot, slot) if is_empty else (old.start, old.end)
        for form in inline_forms(value, style):
            yield f"{text[:start]}{' ' if is_empty else ''}{form}{text[end:]}"
        return
    column = _column(text, parent.start)
    ways = (
        forms(value, column, style, listed=listed) if isinstance(parent, Mapping) else item_forms(value, column, style)
    )
    for head, body in ways:
        yield _placed(text, slot, old, head, body)


def _placed(text: str, slot: int, old: Node, head: str, body: list[str]) -> str:
    """Return *text* with *head* in place of the old value's line and *body* in place of the lines below it."""
    start, end, resume = _span(text, slot, old)
    lead = " " if start == slot and head else ""
    between = text[_line_end(text, end) : _line_start(text, old.start)] if resume > _line_end(text, end) else ""
    kept = _FINAL_BREAK.sub("", between)
    start = start if head else slot
    lines = "".join(_newline(text) + line for line in body)
    return text[:start] + lead + head + text[end : _line_end(text, end)] + kept + lines + text[resume:]


def _span(text: str, slot: int, old: Node) -> tuple[int, int, int]:
    """Return where the old value's head starts and ends, and where the text goes on below its last line."""
    if isinstance(old, Scalar) and old.end == old.start:
        return slot, slot, _line_end(text, slot)
    if isinstance(old, Scalar) and (header := old.style in ("|", ">") and _BLOCK_HEADER.match(text, old.start)):
        return old.start, header.end(), _stop(text, old)
    if not isinstance(old, Scalar) and not old.flow and LINE_BREAK.search(text, slot, old.start):
        return slot, slot, _stop(text, old)
    end = _end(text, old)
    return old.start, end, _line_end(text, end)


def inserted(text: str, node: Parent, step: str | int, value: Value, *, listed: bool) -> Iterator[str]:
    """Yield *text* with *value* as a new entry or item at the end of *node*."""
    if isinstance(node, Sequence):
        yield from item_inserted(text, node, len(node.items) - 1, value)
    elif node.flow:
        place = _flow_spans(text, node)[-1][1] if node.entries else node.start + 1
        comma = ", " if node.entries else ""
        for form in inline_forms(value):
            yield f"{text[:place]}{comma}{key_form(str(step))}: {form}{text[place:]}"
    else:
        column = _column(text, node.start)
        for way in forms(value, column, listed=listed):
            yield from _below(text, node, entry_lines(str(step), way, column))


def item_inserted(text: str, node: Sequence, place: int, value: Value) -> Iterator[str]:
    """Yield *text* with *value* as a new item behind number *place* of *node*; -1 is before the first."""
    if node.flow:
        offset = _flow_spans(text, node)[place][1] if place >= 0 else node.start + 1
        before, behind = (", ", "") if place >= 0 else ("", ", " if node.items else "")
        for form in inline_forms(value):
            yield text[:offset] + before + form + behind + text[offset:]
        return
    column = _column(text, node.start)
    for head, body in item_forms(value, column):
        if place >= 0:
            yield from _below(text, node.items[place], [f"{' ' * column}- {head}", *body])
        else:
            lines = _newline(text).join([f"- {head}", *body, " " * column])
            yield text[: node.start] + lines + text[node.start :]


def _below(text: str, node: Node, lines: list[str]) -> Iterator[str]:
    """Yield *text* with *lines* below *node*: at once, below its blank lines, or with its last line break kept out.

    The blank lines belong to a block text that keeps them; a block text that ends with the file has no last line
    break, and gets one only behind a `-`.
    """
    leaf, stop = _leaf(node), _stop(text, node)
    added = "".join(_newline(text) + line for line in lines)
    yield text[:stop] + added + text[stop:]
    if isinstance(leaf, Scalar) and (header := leaf.style in ("|", ">") and _BLOCK_HEADER.match(text, leaf.start)):
        end = leaf.start + len(_FINAL_BREAK.sub("", text[leaf.start : leaf.end]))
        yield text[:end] + added + text[end:]
        chomped = header[0].strip("-+") + "-"
        yield text[: leaf.start] + chomped + text[header.end() : stop] + added + text[stop:]


# Taking out


def removed(text: str, parent: Parent, step: str | int) -> Iterator[str]:
    """Yield *text* without what stands in *parent* at *step*."""
    index = list(parent.entries).index(str(step)) if isinstance(parent, Mapping) else int(step)
    if parent.flow:
        yield _removed_from_brackets(text, parent, index)
        return
    starts, node = _block_starts(text, parent), _at(parent, step)
    start, stop = starts[index], _stop(text, node)
    first = _line_start(text, start)
    if not text[first:start].strip(" "):
        yield text[:first] + _FIRST_BREAK.sub("", text[stop:])
        yield text[:first] + text[max(stop, _leaf(node).end) :]  # with the blank lines below a block text
    elif len(starts) > 1:  # behind a dash: the next entry moves up
        yield text[:start] + text[starts[1] :]
    else:
        yield text[:start].rstrip(" ") + text[stop:]


def _removed_from_brackets(text: str, parent: Parent, index: int) -> str:
    spans = _flow_spans(text, parent)
    if len(spans) == 1:
        return text[: parent.start + 1] + text[parent.end - 1 :]
    start, end = (spans[0][0], spans[1][0]) if index == 0 else (spans[index - 1][1], spans[index][1])
    return text[:start] + text[end:]


def _flow_spans(text: str, node: Parent) -> list[tuple[int, int]]:
    """Return the start and end of each entry in brackets."""
    if isinstance(node, Sequence):
        return [(item.start, item.end) for item in node.items]
    spans = []
    for name, entry in node.entries.items():
        is_empty = entry.value.end == entry.value.start
        # The blank behind an empty value's colon belongs to it: `a:,` would be the text “a:,”.
        end = len(text) - len(text[_slot(text, node, name) :].lstrip()) if is_empty else entry.value.end
        spans.append((entry.key.start, end))
    return spans


def _block_starts(text: str, node: Parent) -> list[int]:
    """Return where each key or dash of a block stands."""
    if isinstance(node, Mapping):
        return [entry.key.start for entry in node.entries.values()]
    return [_dash(text, node, index) for index in range(len(node.items))]
