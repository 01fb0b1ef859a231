"""In which script a text is written: simplified or traditional characters."""

from __future__ import annotations

from functools import cache
from typing import Any

from dafu.terms import Language

_SIMPLIFIED, _TRADITIONAL = "gb2312", "big5"  # standards of either script; 后 and 里 are characters of both


def language(text: str) -> Language:
    """Return the script of *text* by the characters that only one of the two has; simplified where none decides."""
    only = [(_has(_SIMPLIFIED, char), _has(_TRADITIONAL, char)) for char in text]
    return Language.TRADITIONAL if only.count((False, True)) > only.count((True, False)) else Language.SIMPLIFIED


def simplified(text: str) -> str:
    """Return *text* in simplified characters, each in its place."""
    return "".join(map(_simplified, text))


@cache
def _has(standard: str, char: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _simplified(char: str) -> str:
    found: str = _converter().convert(char)
    return found if len(found) == 1 else char


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
