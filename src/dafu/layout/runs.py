"""Text → runs: escaped, in one face for every script, with a face that has each character."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from dafu.layout.measures import SIZE_3, TRACKING
from dafu.letter import LACKING, pieces

FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
XIAOBIAOSONG = "方正小标宋简体"
_WIDER = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "方正小标宋_GBK"}  # the same hand with all of GBK
_in_gb2312 = codecs.getencoder("gb2312")  # `str.encode` would look it up for every run
_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # XML 1.0 §2.2; compiled when there is an odd one

BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
_CLOSING = "</w:t></w:r>"


class Type(NamedTuple):
    """A face in a size: half points, tracking in twips, colour as RRGGBB."""

    face: str = FANGSONG
    size: int = SIZE_3
    tracking: int = TRACKING
    colour: str = ""

    def set_in(self, face: str) -> Type:
        """Return the same type in another face."""
        return self._replace(face=face)


def write(text: str, look: Type) -> str:
    """Return *text* as runs; values that are missing are highlighted."""
    if LACKING not in text:
        return run(text, look) if text else ""
    return "".join(run(piece.text, look, missing=piece.missing) for piece in pieces(text))


def run(text: str, look: Type, *, bold: bool = False, missing: bool = False) -> str:
    """Return *text* as one run, or as several where the face lacks characters.

    Raises ValueError for a character that XML cannot hold.
    """
    if _is_common(text) or look.face not in _WIDER:
        return f"{_opening(look, bold, missing)}{escaped(text)}{_CLOSING}"
    wider = look.set_in(_WIDER[look.face])
    return "".join(
        f"{_opening(look if common else wider, bold, missing)}{escaped(''.join(chars))}{_CLOSING}"
        for common, chars in groupby(text, _is_common)
    )


@lru_cache(maxsize=256)
def _opening(look: Type, bold: bool, missing: bool) -> str:  # noqa: FBT001 -- positional keeps the cache key small
    return f'<w:r>{properties(look, bold, missing)}<w:t xml:space="preserve">'


def properties(look: Type, bold: bool = False, missing: bool = False) -> str:  # noqa: FBT001, FBT002 -- as its callers have them
    """Return `w:rPr` with its children in the order of the schema (ECMA-376 part 1, CT_RPr)."""
    face, weight = look.face, "<w:b/><w:bCs/>" if bold else ""
    colour = f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    highlight = '<w:highlight w:val="yellow"/>' if missing else ""
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}" w:cs="{face}"/>'
        f'{weight}{colour}<w:spacing w:val="{look.tracking}"/>'
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>{highlight}</w:rPr>'
    )


def escaped(text: str) -> str:
    """Return *text* as XML character data; raises ValueError for a character that XML cannot hold."""
    if not text.isprintable() and (bad := re.search(_ILLEGAL, text)):
        raise ValueError(f"U+{ord(bad[0]):04X} 不能写进文档")
    if not ("&" in text or "<" in text or ">" in text):  # to look is cheaper than to replace what hardly any text has
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_common(text: str) -> bool:
    """Return whether GB2312 has every character: the usual fonts of official papers hold no more."""
    try:
        _in_gb2312(text)
    except UnicodeEncodeError:
        return False
    return True
