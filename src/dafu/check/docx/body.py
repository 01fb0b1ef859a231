"""Checks 9, 10, 18 and 25: the type of the body, its indents, its headings, its characters (7.3.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.docx.elements import Role, heading
from dafu.check.docx.faces import FANG, HEI, KAI, LEVELS, NARROW, SONG, XBS
from dafu.check.docx.reporting import Fault, chars, type_size
from dafu.check.numerals import HAN, value_of
from dafu.errors import Severity
from dafu.layout import measures as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para, Piece

SET_AS_TEXT = (Role.SALUTATION, Role.TEXT, Role.ATTACHMENT, Role.ORGAN, Role.DATE, Role.NOTE)
_INDENT = (600, 660)  # twips
_SLIGHT = 20
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SHARED = re.compile("[“”‘’…—·]")  # marks that Latin faces have too, half as wide
_LATIN = re.compile("[!-~]")
_EMPHASIS = FANG.faces | FANG.like | KAI.faces | KAI.like | HEI.faces | HEI.like
_OFFICIAL = _EMPHASIS | XBS.faces | XBS.like | SONG.faces | SONG.like
_OWN_TEXT = "公文正文"  # the style of our own letters for lines that are no heading, whatever they begin with
_NO_BOLD = HEI.faces | XBS.faces
_HALF = re.compile(r'"|\.{3,}|(?<!-)--(?!-)|(?<=[\u3400-\u9fff])[\[\]](?=\d|[\u3400-\u9fff])')


def body_type(letter: Letter) -> Iterator[Fault]:
    """9. The body is set in 仿宋 of 16 pt, Latin letters in the same face."""
    for para in letter.of(*SET_AS_TEXT):
        usual = usual_face(para)
        for piece in para.pieces:
            if piece.text.strip():
                yield from _size(para, piece)
                yield from _face(para, piece, usual)


def _size(para: Para, piece: Piece) -> Iterator[Fault]:
    if piece.type.size != m.SIZE_3:
        yield Fault(para, f"字号 {type_size(piece.type.size)}", f" {type_size(m.SIZE_3)}", mends=True)


def _face(para: Para, piece: Piece, usual: str) -> Iterator[Fault]:
    face, wanted = piece.type.east, FANG.first
    if _HANZI.search(piece.text):
        if piece.type.theme:
            yield Fault(para, f"用的是主题字体（{face or '没有名称'}）", wanted, Severity.WARNING, mends=True)
        elif not face:
            yield Fault(para, "没有指定中文字体", wanted, Severity.WARNING, mends=True)
        elif _is_foreign(face, usual):
            yield Fault(para, f"字体 {face}", wanted, Severity.WARNING, mends=True)
        elif face in FANG.like:
            yield Fault(para, f"字体 {face}", wanted, Severity.NOTICE, mends=True)
    if strays(piece):
        latin = piece.type.latin or "没有指定"
        yield Fault(para, f"西文字体 {latin} 与汉字混排", "与汉字同一字体", Severity.WARNING, mends=True)


def usual_face(para: Para) -> str:
    """Return the face that most of a paragraph of text is set in, or "" for a heading, whose face is judged apart."""
    return "" if level_of(para) else para.type.east


def _is_foreign(face: str, usual: str) -> bool:
    """Tell whether *face* has no place in the text: emphasis is no more than a part of a paragraph."""
    return face not in _EMPHASIS or (face == usual and face not in FANG.faces | FANG.like)


def sets_type(piece: Piece, usual: str) -> bool:
    """Tell whether a run of the text must be set in 仿宋."""
    face = piece.type.east
    return piece.type.theme or face in FANG.like or _is_foreign(face, usual)


def strays(piece: Piece) -> bool:
    """Tell whether some of the characters among Hanzi take a Latin face."""
    if not _HANZI.search(piece.text) or piece.type.latin in _OFFICIAL:
        return False
    return bool(_LATIN.search(piece.text) or (_SHARED.search(piece.text) and not piece.type.hint))


def has_hanzi(text: str) -> bool:
    """Tell whether some of the characters are Hanzi."""
    return bool(_HANZI.search(text))


def level_of(para: Para) -> int:
    """Return the level of a heading, or 0 for text."""
    found = heading(para.words)
    if found is None or not found.level or para.drawn:
        return 0
    plain = para.style == _OWN_TEXT and all(one.type.east in FANG.faces for one in para.pieces if one.text.strip())
    return 0 if plain and found.level in (1, 2) else found.level


def head_length(para: Para) -> int:
    """Return how many characters of a paragraph's text have the face of a heading; blanks before it count."""
    found = heading(para.words)
    if found is None or not level_of(para):
        return 0
    return len(para.lead) + len("".join(run.text for run in found.runs if run.heading or found.level > 2))  # noqa: PLR2004 -- levels 3 and 4 have the face of the text


def first_line(letter: Letter) -> Iterator[Fault]:
    """10. Every paragraph of the body is indented by two characters, by its indent and not by blanks."""
    for para in letter.of(Role.TEXT):
        if para.drawn or para.align == "center":
            continue
        found = para.indents
        begin = found.left + found.first
        if para.lead:
            cure = "删去段首的空格，再设首行缩进 2 字符"
            yield Fault(para, f"段首用 {len(para.lead)} 个空格代替缩进", "首行缩进 2 字", cure=cure)
        elif found.chars:
            yield Fault(para, "首行缩进只按字符数写，有的软件不认", "同时按长度写（31.5 磅）", mends=True)
        elif not _INDENT[0] <= begin <= _INDENT[1] or abs(found.left) > _SLIGHT:
            side = f"、整段左缩进 {chars(found.left)}" if abs(found.left) > _SLIGHT else ""
            yield Fault(para, f"首行缩进 {chars(found.first)}{side}", " 2 字", mends=True)


def headings(letter: Letter) -> Iterator[Fault]:
    """18. Headings follow each other in order and have the face of their level."""
    counts: list[int] = [0] * 5
    above = 0
    for para in letter.of(Role.TEXT):
        level = level_of(para)
        if not level:
            continue
        yield from _order(para, level, above, counts)
        counts[level + 1 :] = [0] * (4 - level)
        above = level
        yield from _heading_face(para, level)


def _order(para: Para, level: int, above: int, counts: list[int]) -> Iterator[Fault]:
    number = _number(para.words)
    before, counts[level] = counts[level], number
    skips = level > above + 1 and (above, level) not in ((0, 3), (1, 3))
    names = ("正文", "“一、”", "“（一）”", "“1.”", "“（1）”")
    if skips:
        cure = "按“一、”“（一）”“1.”“（1）”的次序编"
        yield Fault(para, f"{names[above]}之下直接用{names[level]}", f"{names[above + 1]}", cure=cure)
    restarts = number == 1 and level > 2  # noqa: PLR2004 -- points 1. and （1） are counted anew in each list
    if number != before + 1 and not restarts:
        yield Fault(para, f"序号是 {number}，上一个是 {before or '没有'}", f" {before + 1}", cure="改正序号")


def _number(words: str) -> int:
    """Return the number that a heading begins with."""
    found = re.search(rf"\d+|{HAN}", words)
    return (value_of(found[0]) or 0) if found else 0


def _heading_face(para: Para, level: int) -> Iterator[Fault]:
    style, end = LEVELS[level], head_length(para)
    at = 0
    for piece in para.pieces:
        inside = piece.text.strip() and at < end
        at += len(piece.text)
        if not inside or not _HANZI.search(piece.text):
            continue
        face = piece.type.east
        if style is not FANG and face not in style.faces | style.like:
            measured = f"{level} 级标题字体 {face or '没有指定'}"
            yield Fault(para, measured, style.first, Severity.WARNING, mends=True)
        elif style is not FANG and face in style.like:
            yield Fault(para, f"{level} 级标题字体 {face}", style.first, Severity.NOTICE, mends=True)
        if piece.type.bold and face in _NO_BOLD:
            yield Fault(para, f"{face} 又加粗", "不加粗", Severity.WARNING, mends=True)


def characters(letter: Letter) -> Iterator[Fault]:
    """25. Every character has a face that holds it; brackets, quotes and dashes are full-width."""
    for para in letter.paragraphs:
        for piece in para.pieces:
            lacking = "".join(dict.fromkeys(char for char in piece.text if is_rare(char)))
            if lacking and piece.type.east in NARROW:
                measured = f"“{lacking}”不在 GB2312 字符集，{piece.type.east} 里没有"
                yield Fault(para, measured, "同体的大字库字体（如 仿宋）", Severity.WARNING, mends=True)
        if _HANZI.search(para.text) and (half := _HALF.search(para.text)):
            cure = "改成“”〔〕……——等全角符号"
            yield Fault(para, f"用了半角符号 {half[0]}", "全角", Severity.WARNING, cure)


def is_rare(char: str) -> bool:
    """Tell whether a Hanzi is none of GB2312."""
    if not _HANZI.match(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
