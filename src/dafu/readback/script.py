"""In which script a text is written: simplified or traditional characters, by the tables of OpenCC."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dafu.terms import Language

if TYPE_CHECKING:
    from opencc import OpenCC

_HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_STANDARD = frozenset(
    "乾夥徵瞭於昇甦邨鎔著麼摺藉蘋覆噁薹吒拚榘袷麴麽陞谿劄氾蒐扞脩"
)  # 通用规范汉字 that the table maps all the same
_MOSTLY = 0.05  # of the Hanzi of a text: a text in traditional characters has many
_TO_SIMPLIFIED, _TO_TRADITIONAL = "t2s", "s2t"


def language(text: str) -> Language:
    """Return whether *text* is written in simplified or in traditional characters; names alone decide nothing."""
    hanzi, old = len(_HANZI.findall(text)), len(traditional(text))
    is_old = hanzi and old / hanzi > _MOSTLY and old > len(_differing(text, _TO_TRADITIONAL))
    return Language.TRADITIONAL if is_old else Language.SIMPLIFIED


def traditional(text: str) -> list[tuple[int, str]]:
    """Return the places of traditional characters in *text*, each with the simplified one."""
    return _differing(text, _TO_SIMPLIFIED)


def simplified(text: str) -> str:
    """Return *text* in simplified characters, each in its place."""
    return "".join(map(_simplified, text))


def _differing(text: str, table: str) -> list[tuple[int, str]]:
    """Return the places of *text* that a table writes otherwise, each with the other character."""
    other = _table(table).convert(text)
    if len(other) != len(text):  # a table of characters keeps the length; where a variant is dropped, nothing is said
        return []
    pairs = enumerate(zip(text, other, strict=True))
    return [(at, new) for at, (old, new) in pairs if old != new and old not in _STANDARD]


@cache
def _simplified(char: str) -> str:
    found: str = _table(_TO_SIMPLIFIED).convert(char)
    return found if len(found) == 1 else char


@cache
def _table(name: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(name)
