"""YAML's events → nodes, in one pass; what a record may not use is noted on the way."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dafu.errors import Problem
from dafu.yamltext.nodes import Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from dafu.yamltext.nodes import Node

DEEPEST = 20
"""Levels of nesting that are read; a record needs five."""


class TooDeepError(ValueError):
    """The text is nested deeper than `DEEPEST`."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


@cache
def _yaml() -> Any:
    """Import PyYAML at the first parse: it costs 11 ms that `--help` need not pay."""
    import yaml

    return yaml


@cache
def _event_source() -> Any:
    yaml = _yaml()
    return yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.BaseLoader


def syntax_errors() -> tuple[type[Exception], ...]:
    """Return what libyaml and PyYAML raise on a text that they cannot read."""
    return (_yaml().YAMLError, ValueError, RecursionError, IndexError)


class Builder:
    """Build the nodes of one text.

    `problems` holds what was read but is refused; `last` is the latest scalar, the best hint to where a later
    syntax error began, and `flows` the marks of the brackets that are open.
    """

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.last: Scalar | None = None
        self.flows: list[Any] = []
        self._may_be_marked = "&" in text or "!" in text
        self._next = _event_source()(text).get_event
        yaml = _yaml()
        self._scalar, self._alias = yaml.ScalarEvent, yaml.AliasEvent
        self._mapping, self._mapping_end = yaml.MappingStartEvent, yaml.MappingEndEvent
        self._sequence, self._sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        self._document = yaml.DocumentStartEvent

    def document(self) -> Node | None:
        """Return the first document, None when there is none; raises one of `syntax_errors()`."""
        root = None
        while (event := self._next()) is not None:
            if type(event) is self._document:
                self._check_document(event, is_first=root is None)
                content = self._node(self._next(), 0)
                root = root or content
        return root

    def _check_document(self, event: Any, *, is_first: bool) -> None:
        line = event.start_mark.line + 1
        if event.version or event.tags:
            self._refuse("Y204", "不能用 % 开头的 YAML 指令", "删去这一行", line)
        if not is_first:
            from dafu.yamltext.causes import SEVERAL, SEVERAL_CURE

            self._refuse("Y205", SEVERAL, SEVERAL_CURE, line)

    def _refuse(self, code: str, message: str, cure: str, line: int, field: str = "") -> None:
        self.problems.append(Problem(code, message, cure, field, line))

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is self._scalar:
            start = event.start_mark
            self.last = node = Scalar(event.value, start.line + 1, start.index, event.end_mark.index, event.style or "")
            if self._may_be_marked and (event.tag or event.anchor):
                self._refuse_marks(event)
            return node
        if kind is self._alias:
            return self._aliased(event)
        if event.tag or event.anchor:
            self._refuse_marks(event)
        if depth >= DEEPEST:
            raise TooDeepError(event.start_mark.line + 1)
        return self._mapping_of(event, depth) if kind is self._mapping else self._sequence_of(event, depth)

    def _mapping_of(self, event: Any, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        advance, end, value, node_of, below = self._next, self._mapping_end, None, self._node, depth + 1
        mark, is_flow = event.start_mark, bool(event.flow_style)
        if is_flow:  # the pair in `[甲: 乙]` has no brace of its own
            is_pair = bool(self.flows) and event.end_mark.index == mark.index
            self.flows.append(self.flows[-1] if is_pair else mark)
        while type(following := advance()) is not end:
            key = node_of(following, below)
            value = node_of(advance(), below)
            if type(key) is not Scalar:
                self._refuse("Y208", "键不能是列表或花括号", "键写成一个词，后面接半角冒号和空格", key.line)
            elif key.text in entries:
                self._refuse_twins(entries[key.text].key, key)
            else:
                entries[key.text] = Entry(key, value)
        if any(map(_looks_odd, entries)):
            self._find_lookalikes(entries)
        if is_flow:
            self.flows.pop()
        stop = following.end_mark.index if is_flow or value is None else value.end
        return Mapping(entries, mark.line + 1, mark.index, stop, is_flow)

    def _sequence_of(self, event: Any, depth: int) -> Sequence:
        items: list[Node] = []
        advance, end = self._next, self._sequence_end
        mark, is_flow = event.start_mark, bool(event.flow_style)
        if is_flow:
            self.flows.append(mark)
        while type(following := advance()) is not end:
            items.append(self._node(following, depth + 1))
        if is_flow:
            self.flows.pop()
        stop = following.end_mark.index if is_flow or not items else items[-1].end
        return Sequence(items, mark.line + 1, mark.index, stop, is_flow)

    def _aliased(self, event: Any) -> Scalar:
        mark = event.start_mark
        self._refuse("Y202", f"不能引用别处的内容：*{event.anchor}", "把内容写全；是文字就整个加引号", mark.line + 1)
        return Scalar(f"*{event.anchor}", mark.line + 1, mark.index, event.end_mark.index)

    def _refuse_marks(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor:
            self._refuse("Y201", f"不能用 & 做记号：&{event.anchor}", "删去记号；是文字就整个加引号", line)
        if event.tag:
            self._refuse("Y203", f"不能用 ! 开头的类型标记：{event.tag}", "删去标记；是文字就整个加引号", line)

    def _refuse_twins(self, first: Scalar, second: Scalar) -> None:
        message = f"写了两次（第{first.line}行、第{second.line}行）"
        if first.text != second.text:
            message = f"与第{first.line}行的“{first.text}”看起来一样（全角字母或看不见的字符）"
        self._refuse("Y206", message, "只留一处", second.line, second.text)

    def _find_lookalikes(self, entries: dict[str, Entry]) -> None:
        seen: dict[str, Scalar] = {}
        for name, entry in entries.items():
            first = seen.setdefault(lookalike(name), entry.key)
            if first is not entry.key:
                self._refuse_twins(first, entry.key)


@lru_cache(maxsize=4096)
def _looks_odd(key: str) -> bool:
    return lookalike(key) != key


def lookalike(key: str) -> str:
    """Return what *key* is to the eye: width and compatibility forms unified, invisible characters left out."""
    return "".join(char for char in unicodedata.normalize("NFKC", key) if not _is_unseen(char))


def _is_unseen(char: str) -> bool:
    is_variation = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_variation or char.isspace() or unicodedata.category(char) == "Cf"
