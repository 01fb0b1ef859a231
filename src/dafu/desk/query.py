"""Words that choose records: KEY=VALUE, KEY!=VALUE, KEY~TEXT, or a text found anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dafu.desk.words import keys_below, unknown
from dafu.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dafu.model import Schema

_FORM = re.compile(r"(?P<key>[^=!~]+)(?P<sign>!=|=|~)(?P<text>.*)", re.DOTALL)
_SIGNS: dict[str, Callable[[list[str], str], bool]] = {
    "=": lambda values, text: text in values or (not text and not values),
    "!=": lambda values, text: text not in values and bool(text or values),
    "~": lambda values, text: any(text in value for value in values),
}


def chooser(words: Sequence[str], schema: Schema) -> Callable[[dict[str, Any]], bool]:
    """Return the test that a record of *schema*, in the words of its file, must pass.

    Raises WrongUsageError for a key that the schema does not have.
    """
    tests = [_test(word, schema) for word in words]
    return lambda record: all(test(record) for test in tests)


def _test(word: str, schema: Schema) -> Callable[[dict[str, Any]], bool]:
    form = _FORM.fullmatch(word)
    if not form:
        _refuse_wide_equals(word, schema)
        return lambda record: any(word in value for value in _values(record))
    path = form["key"].split(".")
    _check(word, path, schema)
    holds = _SIGNS[form["sign"]]
    return lambda record: holds(list(_values(_at(record, path))), form["text"])


def _refuse_wide_equals(word: str, schema: Schema) -> None:
    """Refuse `类别＝提案`: looked for as a text it would find nothing, and say nothing of it."""
    key, equals, _ = word.partition("＝")
    if equals and key.split(".")[0] in keys_below(schema):
        raise WrongUsageError(f"“{word}”里是全角等号（改成半角的 =）")


def _check(word: str, path: list[str], schema: Schema) -> None:
    for part in path:
        known = keys_below(schema.get("items", schema))
        if part not in known:
            raise unknown(word, part, known)
        schema = known[part]


def _at(tree: Any, path: list[str]) -> Any:
    """Return what stands at *path*; of a list, what stands there in each item."""
    if not path:
        return tree
    if isinstance(tree, list):
        return [_at(item, path) for item in tree]
    return _at(tree.get(path[0]), path[1:]) if isinstance(tree, dict) else None


def leaves(tree: Any) -> Iterator[Any]:
    """Yield every single value of *tree*, of whatever type."""
    match tree:
        case dict():
            yield from (leaf for item in tree.values() for leaf in leaves(item))
        case list():
            yield from (leaf for item in tree for leaf in leaves(item))
        case _:
            yield tree


def _values(tree: Any) -> Iterator[str]:
    """Yield every value of *tree* as text."""
    for leaf in leaves(tree):
        if isinstance(leaf, bool):
            yield "是" if leaf else "否"
        elif leaf is not None:
            yield str(leaf)
