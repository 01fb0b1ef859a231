"""Mend the type and the indents of the text: body, headings, rare characters, 署名 and 版记."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.docx.body import SET_AS_TEXT, has_hanzi, head_length, is_rare, level_of, sets_type, usual_face
from dafu.check.docx.elements import Role
from dafu.check.docx.faces import FANG, KAI, LEVELS, NARROW, WIDER, XBS
from dafu.check.docx.mending.xml import properties, put, split
from dafu.check.docx.opening import w
from dafu.layout import measures as m

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para


def set_face(run: Element, face: str) -> None:
    """Set a run in *face*, whatever its characters."""
    put(properties(run, "rPr"), "rFonts", hint="eastAsia", ascii=face, eastAsia=face, hAnsi=face, cs=face)


def set_size(run: Element, size: int) -> None:
    """Set a run in *size* (half points)."""
    for tag in ("sz", "szCs"):
        put(properties(run, "rPr"), tag, val=size)


def set_light(run: Element) -> None:
    """Set a run without bold."""
    for tag in ("b", "bCs"):
        put(properties(run, "rPr"), tag, val=0)


def set_indents(para: Para, left: int = 0, right: int = 0, first: int = 0) -> None:
    """Give a paragraph indents in twips; what its styles count in characters is switched off."""
    found = (one.find(w("ind")) for one in para.chain)
    names = {str(name).rpartition("}")[2] for one in found if one is not None for name in one.attrib}
    off = {name: 0 for name in names if name.endswith("Chars")}
    word = "firstLine" if first >= 0 else "hanging"
    put(properties(para.element, "pPr"), "ind", left=left, right=right, **{word: abs(first)}, **off)


def align(para: Para, side: str) -> None:
    """Align a paragraph."""
    put(properties(para.element, "pPr"), "jc", val=side)


def sizes(letter: Letter) -> None:
    """Set the text in 仿宋 of 16 pt; emphasis in other official faces stays, and digits in a face of their own."""
    for para in letter.of(*SET_AS_TEXT):
        usual = usual_face(para)
        for piece in para.pieces:
            if not piece.text.strip():
                continue
            set_size(piece.run, m.SIZE_3)
            if has_hanzi(piece.text) or not piece.text.isascii():
                face = piece.type.east
                set_face(piece.run, FANG.first if sets_type(piece, usual) else face)


def tracking(letter: Letter) -> None:
    """Give the characters of the text the distance at which 28 of them fill a line."""
    for para in letter.of(*SET_AS_TEXT):
        for piece in para.pieces:
            if piece.type.size == m.SIZE_3:
                put(properties(piece.run, "rPr"), "spacing", val=m.TRACKING)


def first_lines(letter: Letter) -> None:
    """Indent the paragraphs of the body by two characters, but those that blanks indent or that are centred."""
    for para in letter.of(Role.TEXT):
        if not (para.drawn or para.lead or para.align == "center"):
            set_indents(para, first=m.INDENT)


def headings(letter: Letter) -> None:
    """Give headings the face of their level."""
    for para in letter.of(Role.TEXT):
        level = level_of(para)
        if level not in (1, 2):
            continue
        for run in runs_between(para, 0, head_length(para)):
            set_face(run, LEVELS[level].first)
            set_light(run)


def runs_between(para: Para, start: int, end: int) -> Iterable[Element]:
    """Return the runs of a paragraph that say what stands between two characters, split where it must be."""
    found: list[Element] = []
    at = 0
    for piece in para.pieces:
        run, begin, at = piece.run, at, at + len(piece.text)
        if begin < start < at:
            run, begin = split(run, start - begin), start
        if start <= begin < end:
            if at > end:
                split(run, end - begin)
            found.append(run)
    return found


def rare_characters(letter: Letter) -> None:
    """Set runs with characters that their face lacks in the same hand with all of GBK."""
    for para in letter.paragraphs:
        for piece in para.pieces:
            if piece.type.east in NARROW and any(map(is_rare, piece.text)):
                set_face(piece.run, WIDER.get(piece.type.east, FANG.first))


def marks(letter: Letter) -> None:
    """Set 发文机关标志 red, in the middle and in 小标宋."""
    header = letter.header_mark
    for para in letter.of(Role.MARK) or ([header] if header else []):
        if not para.table:
            align(para, "center")
        for piece in para.pieces:
            put(properties(piece.run, "rPr"), "color", val=m.RED)
            if has_hanzi(piece.text):
                _set_in_title_face(piece.run, piece.type.east)


def titles(letter: Letter) -> None:
    """Set 标题 in 小标宋 of 22 pt, in the middle."""
    for para in letter.of(Role.TITLE):
        align(para, "center")
        set_indents(para)
        for piece in para.pieces:
            set_size(piece.run, m.SIZE_2)
            set_light(piece.run)
            if has_hanzi(piece.text):
                _set_in_title_face(piece.run, piece.type.east)


def _set_in_title_face(run: Element, face: str) -> None:
    set_face(run, face if face in XBS.faces else XBS.first)


def salutations(letter: Letter) -> None:
    """Set 主送机关 flush left."""
    para = letter.first(Role.SALUTATION)
    if para is not None and not para.lead:
        set_indents(para)
        if para.align not in ("left", "both"):
            align(para, "left")


def numbers(letter: Letter) -> None:
    """Put 发文字号 in the middle, or one character from the left where 签发人 stands beside it."""
    para = letter.first(Role.NUMBER)
    if para is None or para.lead or para.table:
        return
    beside = "签发人" in para.words or bool(letter.of(Role.SIGNER))
    align(para, "left" if beside else "center")
    set_indents(para, first=m.CHAR if beside else 0)


def signers(letter: Letter) -> None:
    """Set the label of 签发人 in 仿宋 and the names in 楷体, ending one character from the right."""
    for para in letter.of(Role.NUMBER, Role.SIGNER):
        if "签发人：" not in para.text:
            continue
        label = para.text.index("签发人")
        names = label + len("签发人：")
        for style, start, end in ((KAI, names, len(para.text)), (FANG, label, names)):
            for run in runs_between(para, start, end):
                set_face(run, style.first)
        stops = properties(para.element, "pPr").findall(f"{w('tabs')}/{w('tab')}")
        if len(stops) == 1 and stops[0].get(w("val")) == "right":
            stops[0].set(w("pos"), str(m.TEXT_WIDTH - m.CHAR))


def red_lines(letter: Letter) -> None:
    """Give the line under 版头 its colour, its weight and its distance."""
    for para in letter.of(Role.NUMBER, Role.SIGNER, Role.GRADE, Role.MARK):
        borders = properties(para.element, "pPr").find(w("pBdr"))
        line = None if borders is None else borders.find(w("bottom"))
        if line is not None:
            sizes = {"val": "single", "sz": m.RED_LINE_EIGHTHS_PT, "space": m.RED_LINE_GAP_PT, "color": m.RED}
            line.attrib.clear()
            for name, length in sizes.items():
                line.set(w(name), str(length))
            if para.indents.left or para.indents.right:
                set_indents(para, first=para.indents.first)


def signatures(letter: Letter) -> None:
    """Centre 署名 and 成文日期 on an axis that lets the date end four characters from the edge (7.3.5.1)."""
    organ, date = letter.first(Role.ORGAN), letter.first(Role.DATE)
    if organ is None or date is None or organ.lead or date.lead:
        return
    widths = [m.width(para.text, para.type.size, para.type.tracking) for para in (organ, date)]
    box = 2 * m.DATE_RIGHT_SEALED + widths[1]
    fits = widths[0] < box
    for para in (organ, date):
        set_indents(para, left=m.TEXT_WIDTH - box if fits else max(0, m.TEXT_WIDTH - widths[0]))
        align(para, "center")
    if not fits:
        set_indents(organ)
        align(organ, "right")


def imprints(letter: Letter) -> None:
    """Set 版记 in 仿宋 of 14 pt."""
    for para in letter.of(Role.COPIES, Role.PRINT):
        for piece in para.pieces:
            set_size(piece.run, m.SIZE_4)
            put(properties(piece.run, "rPr"), "spacing", val=0)
            if has_hanzi(piece.text) and piece.type.east not in FANG.faces:
                set_face(piece.run, FANG.first)
