"""In which script a text is written: simplified or traditional characters."""

from __future__ import annotations

from functools import cache

from dafu.terms import Language


def language(text: str) -> Language:
    """Return the script of *text* by the characters that only one of the two has; simplified where none decides."""
    chars = [char for char in text if char >= "\u3400"]
    traditional = sum(_converted(char, "t2s") != char for char in chars)
    simplified = sum(_converted(char, "s2t") != char for char in chars)
    return Language.TRADITIONAL if traditional > simplified else Language.SIMPLIFIED


def simplified(text: str) -> str:
    """Return *text* in simplified characters, each in its place."""
    return "".join(_converted(char, "t2s") for char in text)


@cache
def _converted(char: str, table: str) -> str:
    found: str = _converter(table).convert(char)
    return found if len(found) == 1 else char


@cache
def _converter(table: str):  # type: ignore[no-untyped-def] # noqa: ANN202 -- the library has no types
    from opencc import OpenCC

    return OpenCC(table)
