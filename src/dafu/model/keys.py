"""How a record's keys are read: a dataclass field names its Chinese key and the reader that types its value.

Types belong to the model, never to YAML: every scalar arrives as text. A reader returns the typed value, or reports
what is wrong and returns None, so that all faults of a record come out in one run.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dafu.terms import Answer, Term
from dafu.yamltext import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dafu.model.faults import Faults

T = TypeVar("T")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1949, 2200)
_NEAR = 0.4  # two of three characters alike; Chinese keys are short


Schema = dict[str, Any]


class Reader(NamedTuple):
    """Types one value of a file; `shape` gives the JSON Schema of what it takes."""

    read: Callable[[Node, str, Faults], Any]
    shape: Callable[[], Schema]

    def __call__(self, node: Node, path: str, faults: Faults) -> Any:
        """Return the typed value, or None after reporting what is wrong with it."""
        return self.read(node, path, faults)


def reader(shape: Schema) -> Callable[[Callable[[Node, str, Faults], Any]], Reader]:
    """Make a function a reader of values of *shape*."""
    return lambda function: Reader(function, lambda: shape)


WORDS: Schema = {"type": ["string", "number", "null"]}  # an editor's YAML takes 143069 for a number


class Key(NamedTuple):
    """One key of a mapping: its Chinese name, its reader, and the attribute that receives the value."""

    name: str
    read: Reader
    required: bool
    attribute: str = ""


def key(name: str, read: Reader | None = None, *, required: bool = False, default: Any = None) -> Any:
    """Declare a dataclass field that is the Chinese key *name* in the file; an empty value counts as absent."""
    metadata = {"key": Key(name, read or read_line, required)}
    if isinstance(default, dict | list):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


class Keys(dict[str, Key]):
    """The keys of a mapping in their order, by their Chinese name; `required` names those that it must have."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__((one.name, one) for one in keys)
        self.required = tuple(one.name for one in self.values() if one.required)


_KEYS: dict[type, Keys] = {}


def keys_of(model: type) -> Keys:
    """Return the keys of a dataclass in the order of its fields, by their Chinese name."""
    if model not in _KEYS:
        declared = ((f.name, f.metadata["key"]) for f in dataclasses.fields(model) if "key" in f.metadata)
        _KEYS[model] = Keys(k._replace(attribute=attribute) for attribute, k in declared)
    return _KEYS[model]


def is_empty(node: Node) -> bool:
    """Tell whether *node* holds nothing: `x:`, `""`, blanks alone, `[]` or `{}`."""
    if isinstance(node, Scalar):
        return not node.text or node.text.isspace()
    return not (node.entries if isinstance(node, Mapping) else node.items)


def read_as(model: type[T], node: Node, path: str, faults: Faults) -> T | None:
    """Read a mapping as *model*; unknown keys, wrong values and missing keys are all reported."""
    if not isinstance(node, Mapping):
        faults.add("R101", node, path, "应当是“键: 值”的一组内容", "另起一行，缩进后逐项写“键: 值”")
        return None
    values = values_of(node, path, faults, keys_of(model))
    return None if values is None else model(**values)


def values_of(node: Mapping, path: str, faults: Faults, known: Keys) -> dict[str, Any] | None:
    """Read the keys in *known* from *node*, by their attributes; return None when something is wrong or missing."""
    before = len(faults.problems)
    values: dict[str, Any] = {}
    above = joined(path, "")
    for name, entry in node.entries.items():
        one = known.get(name)
        if one is None:
            report_unknown(name, entry.key.line, path, known, faults)
        elif not is_empty(entry.value):
            value = one.read.read(entry.value, above + name, faults)
            if value is not None:
                values[one.attribute] = value
    for name in known.required:
        found = node.entries.get(name)
        if found is None or is_empty(found.value):
            line = found.key.line if found else node.line
            faults.add("R103", line, above + name, "没有填写", f"补上“{name}: …”一行")
    return None if len(faults.problems) > before else values


def report_unknown(name: str, at: int, path: str, known: Iterable[str], faults: Faults) -> None:
    """Report a key that is not in the contract, with the nearest real one, be it one level down."""
    nearest = _below(name, known) or nearest_of(name, known)
    cure = f"是不是“{nearest}”？" if nearest else f"可用的字段：{'、'.join(known)}"
    faults.add("R102", at, joined(path, name), f"“{name}”不是字段", cure)


def _below(name: str, known: Iterable[str]) -> str:
    """Return the address of the key *name* where one of the *known* keys has it below itself."""
    keys = known.items() if isinstance(known, dict) else ()
    below = (word for word, one in keys if isinstance(one, Key) and name in one.read.shape().get("properties", {}))
    return next((joined(word, name) for word in below), "")


def nearest_of(word: str, known: Iterable[str]) -> str:
    """Return the known word most like *word*, or nothing when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), 1, _NEAR)), "")


def joined(path: str, name: str | int) -> str:
    """Return the dotted address of *name* below *path*."""
    return f"{path}.{name}" if path else str(name)


def line_of(root: Mapping, path: str) -> int:
    """Return the line of the key at *path* (`答复.签发人`, `办理过程.2.日期`), or of its nearest parent."""
    node: Node = root
    found = root.line
    for part in path.split("."):
        match node:
            case Mapping(entries=entries) if part in entries:
                found, node = entries[part].key.line, entries[part].value
            case Sequence(items=items) if part.isdecimal() and 0 < int(part) <= len(items):
                node = items[int(part) - 1]
                found = node.line
            case _:
                break
    return found


# Readers -------------------------------------------------------------------------------------------------------


@reader(WORDS)
def read_text(node: Node, path: str, faults: Faults) -> str | None:
    """Read text of one or more lines."""
    if isinstance(node, Scalar):
        return node.text
    faults.add("R104", node, path, "应当是一段文字", "写成“键: 文字”")
    return None


@reader(WORDS)
def read_line(node: Node, path: str, faults: Faults) -> str | None:
    """Read text of a single line without blanks at its ends."""
    if not isinstance(node, Scalar):
        read_text.read(node, path, faults)
        return None
    value = node.text.strip("\n")
    if "\n" in value:
        faults.add("R105", node, path, "不能换行", "写在一行内")
    elif value != value.strip():
        faults.add("R106", node, path, "首尾有空格", "删去首尾的空格（含全角空格）")
    else:
        return value
    return None


@reader(WORDS)
def read_name(node: Node, path: str, faults: Faults) -> str | None:
    """Read one name; names are listed one by one, never joined by a mark."""
    value: str | None = read_line(node, path, faults)
    if value is not None and re.search("[、，,；;]", value):
        faults.add("R107", node, path, f"一项里有几个名称：“{value}”", "每个名称单独作为一项")
        return None
    if value is not None and value.endswith("。"):
        faults.add("R115", node, path, "名称后面有句号", "删去句号，印出来时会加上")
        return None
    return value


@reader(WORDS)
def read_signers(node: Node, path: str, faults: Faults) -> str | None:
    """Read 签发人: one name, or several set apart by blanks (GB/T 9704-2012 7.2.6)."""
    value: str | None = read_line(node, path, faults)
    if value is not None and re.search("[、，,；;]", value):
        faults.add("R116", node, path, f"“{value}”里有标点", "几个签发人之间空一格")
        return None
    return value


@reader({"type": ["string", "null"], "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"})
def read_day(node: Node, path: str, faults: Faults) -> date | None:
    """Read a date in the form 2025-03-05."""
    value: str | None = read_line.read(node, path, faults)
    if value is None:
        return None
    found = _day_of(value)
    if isinstance(found, date):
        return found
    faults.add(found[0], node, path, *found[1:])
    return None


@lru_cache(maxsize=4096)
def _day_of(value: str) -> date | tuple[str, str, str]:
    """Return the day that *value* names, or code, message and cure of what is wrong with it."""
    if not _DAY.fullmatch(value):
        return "R108", f"“{value}”不是日期", "写成“2025-03-05”这样的四位年-两位月-两位日"
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return "R109", f"没有“{value}”这一天", "核对月份和日数"
    return found if found.year in _YEARS else ("R109", f"“{value}”的年份不对", "核对年份")


@reader(WORDS)
def read_moment(node: Node, path: str, faults: Faults) -> datetime | None:
    """Read a moment in ISO form with its time zone."""
    value: str | None = read_line(node, path, faults)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        faults.add("R110", node, path, f"“{value}”不是带时区的时间", "写成“2025-03-05T09:30:00+08:00”")
        return None
    return found


@cache
def choice(term: type[Term]) -> Reader:
    """Return a reader of one of the words of *term*."""
    by_word = {str(member): member for member in term}

    def read(node: Node, path: str, faults: Faults) -> Term | None:
        value: str | None = read_line.read(node, path, faults)
        found = by_word.get(value or "")
        if value is not None and found is None:
            nearest = nearest_of(value, by_word)
            hint = f"是不是“{nearest}”？" if nearest else ""
            faults.add("R111", node, path, f"不能是“{value}”", f"{hint}只能是：{'、'.join(by_word)}")
        return found

    return Reader(read, lambda: {"enum": [*by_word, "", None]})


@reader({"enum": ["是", "否", "", None]})
def read_yes(node: Node, path: str, faults: Faults) -> bool | None:
    """Read 是 or 否."""
    answer = choice(Answer)(node, path, faults)
    return None if answer is None else answer is Answer.YES


def listed(read: Reader) -> Reader:
    """Return a reader of a list whose items *read* understands."""

    def read_all(node: Node, path: str, faults: Faults) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            faults.add("R112", node, path, "应当是列表", "写成“[甲, 乙]”，或每项一行、以“- ”开头")
            return None
        return tuple([_item(read, item, joined(path, n), faults) for n, item in enumerate(node.items, 1)])

    return Reader(read_all, lambda: {"type": ["array", "null"], "items": read.shape()})


def _item(read: Reader, node: Node, path: str, faults: Faults) -> Any:
    if is_empty(node):
        faults.add("R113", node, path, "是空的", "填上内容，或删去这一项")
        return None
    return read.read(node, path, faults)


def table(read: Reader, *terms: Iterable[Term]) -> Reader:
    """Return a reader of a mapping whose values *read* understands; its keys are free, or words of *terms*."""
    words = {str(member): member for term in terms for member in term}

    def read_all(node: Node, path: str, faults: Faults) -> dict[Any, Any] | None:
        if not isinstance(node, Mapping):
            faults.add("R101", node, path, "应当是“键: 值”的一组内容", "另起一行，缩进后逐项写“键: 值”")
            return None
        for word, entry in node.entries.items():
            if words and word not in words:
                report_unknown(word, entry.key.line, path, words, faults)
        kept = ((w, entry.value) for w, entry in node.entries.items() if not is_empty(entry.value))
        return {words.get(w, w): read(value, joined(path, w), faults) for w, value in kept if not words or w in words}

    def shape() -> Schema:
        kind: Schema = {"type": ["object", "null"]}
        if not words:
            return kind | {"additionalProperties": read.shape()}
        return kind | {"properties": {word: read.shape() for word in words}, "additionalProperties": False}

    return Reader(read_all, shape)


def nested(model: type) -> Reader:
    """Return a reader of a mapping as *model*."""
    return Reader(lambda node, path, faults: read_as(model, node, path, faults), lambda: schema_of(model))


def schema_of(model: type) -> Schema:
    """Return the JSON Schema of the keys of *model*."""
    return mapping_schema(keys_of(model))


def mapping_schema(known: dict[str, Key]) -> Schema:
    """Return the JSON Schema of a mapping with the keys *known*."""
    return {
        "type": ["object", "null"],
        "properties": {name: one.read.shape() for name, one in known.items()},
        "required": [name for name, one in known.items() if one.required],
        "additionalProperties": False,
    }
