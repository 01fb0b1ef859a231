"""Typed values back into the words of the file."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

from dafu.model.keys import keys_of
from dafu.terms import Term

if TYPE_CHECKING:
    from collections.abc import Callable


def as_keys(value: Any) -> Any:
    """Return *value* in the words of the file: Chinese keys, dates as text, absent as None; ready for JSON."""
    return _WHOLE[type(value)](value)


def said_keys(value: Any) -> Any:
    """Return *value* as `as_keys` does, without the keys that are absent: of thirty of an event some five are said."""
    return _SAID[type(value)](value)


class _Whole(dict[type, "Callable[[Any], Any]"]):
    """What puts values of a type into words, found once: lists ask it for millions of them."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        """Find it for a type that was not met before."""
        is_model = dataclasses.is_dataclass(kind) and keys_of(kind)
        self[kind] = self._of_model(kind) if is_model else self._of_value(kind)
        return self[kind]

    def _of_model(self, kind: type) -> Callable[[Any], Any]:
        words = _words_of(kind).items()
        return lambda value: {word: self[type(part := getattr(value, one))](part) for one, word in words}

    def _of_value(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, date):
            return kind.isoformat
        if issubclass(kind, tuple):
            return lambda items: [self[type(item)](item) for item in items] or None
        if issubclass(kind, dict):
            return lambda table: {str(word): self[type(item)](item) for word, item in table.items()}
        return str if issubclass(kind, Term) or dataclasses.is_dataclass(kind) else lambda value: value


class _Said(_Whole):
    """The same, of which absent keys are left out."""

    def _of_model(self, kind: type) -> Callable[[Any], Any]:
        words, is_open = _words_of(kind), not hasattr(kind, "__slots__")

        def spelled(value: Any) -> Any:
            parts = vars(value).items() if is_open else [(one, getattr(value, one)) for one in words]
            return {
                words[one]: part if type(part) is str else self[type(part)](part)  # most are text
                for one, part in parts
                if part is not None and part != ()
            }

        return spelled


def _words_of(kind: type) -> dict[str, str]:
    """Return the key of each attribute of a model."""
    return {one.attribute: word for word, one in keys_of(kind).items()}


_WHOLE, _SAID = _Whole(), _Said()
