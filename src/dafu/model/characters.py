"""Characters that look like nothing or like others: a text that holds one is not found by what it seems to say."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOUBTFUL = re.compile(  # invisible ones, private ones, Kangxi radicals and compatibility ideographs
    "[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ue000-\uf8ff\u2f00-\u2fd5\uf900-\ufaff"
    "\U0002f800-\U0002fa1f\U000f0000-\U0010fffd]"
)


def doubtful(text: str) -> Iterator[str]:
    """Yield what each doubtful character in *text* is, once: `看不见的字符 U+200B`."""
    for char in dict.fromkeys(_DOUBTFUL.findall(text)):
        yield f"{_kind_of(char)} U+{ord(char):04X}"


def _kind_of(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return "看不见的字符"
    return "自造字" if unicodedata.category(char) == "Co" else "部首或兼容字"
