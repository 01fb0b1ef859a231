"""Typed values back into the words of the file."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from dafu.model.keys import keys_of
from dafu.terms import Term

if TYPE_CHECKING:
    from collections.abc import Callable


def as_keys(value: Any) -> Any:
    """Return *value* in the words of the file: Chinese keys, dates as text, absent as None; ready for JSON."""
    return _whole(value.__class__)(value)


def said_keys(value: Any) -> Any:
    """Return *value* as `as_keys` does, without the keys that are absent: of thirty of an event some five are said."""
    return _said(value.__class__)(value)


@cache
def _whole(kind: type) -> Callable[[Any], Any]:
    words = _words_of(kind)

    def spelled(value: Any) -> Any:
        parts = ((word, getattr(value, one)) for one, word in words.items())
        return {word: part if part is None or type(part) is str else as_keys(part) for word, part in parts}

    return spelled if words else _spelling(kind, as_keys)


@cache
def _said(kind: type) -> Callable[[Any], Any]:
    words, is_open = _words_of(kind), not hasattr(kind, "__slots__")

    def spelled(value: Any) -> Any:
        parts = vars(value).items() if is_open else [(one, getattr(value, one)) for one in words]
        return {
            words[one]: part if type(part) is str else said_keys(part)
            for one, part in parts
            if part is not None and part != ()
        }

    return spelled if words else _spelling(kind, said_keys)


def _words_of(kind: type) -> dict[str, str]:
    """Return the key of each attribute of a dataclass; of another type nothing."""
    is_model = dataclasses.is_dataclass(kind)
    return {one.attribute: word for word, one in keys_of(kind).items()} if is_model else {}


def _spelling(kind: type, spell: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what puts values of a type without keys into words, found once: lists ask it for millions of them."""
    if issubclass(kind, date):
        return kind.isoformat
    if issubclass(kind, tuple):
        return lambda items: [spell(item) for item in items] or None
    if issubclass(kind, dict):
        return lambda table: {str(word): spell(item) for word, item in table.items()}
    return str if issubclass(kind, Term) or dataclasses.is_dataclass(kind) else lambda value: value
