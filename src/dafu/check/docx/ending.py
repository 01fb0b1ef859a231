"""Checks 19, 20, 22 and 23: dates, 署名 and 版记 (GB/T 9704-2012 7.3.5, 7.4)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dafu.check.docx import effective
from dafu.check.docx.elements import Role
from dafu.check.docx.faces import FANG
from dafu.check.docx.opening import number, value, w
from dafu.check.docx.placing import extent
from dafu.check.docx.reporting import Fault, chars, mm, type_size
from dafu.errors import Severity
from dafu.layout import measures as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para

_DAY = re.compile(r"((?:19|20)\d{2})年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日", re.ASCII)
_DAY_LIKE = re.compile(r"[\d０-９〇○零一二三四五六七八九OoＯ]{2,4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*[日号]")
_FORM = "“2025年8月6日”的样式"
_QUARTER = m.CHAR / 4
_HALF = m.CHAR / 2
_NEAR = 20
_THICK, _THIN = (4, 12), (3, 9)  # eighths of a point: 0.35 ± 0.1 mm with what renders alike, 0.25 ± 0.1 mm


def dates(letter: Letter) -> Iterator[Fault]:
    """19. Dates are written in full with Arabic digits, and 印发日期 is not before 成文日期."""
    signed = printed = None
    cure = f"写成{_FORM}，年份四位，月日不编虚位"
    if para := letter.first(Role.DATE):
        signed = _day(para.words)
        if signed is None:
            yield Fault(para, f"成文日期“{para.words}”", _FORM, cure=cure)
    for para in letter.of(Role.PRINT):
        if not (found := _DAY_LIKE.search(para.words)):
            continue
        printed = _day(found[0])
        if printed is None:
            yield Fault(para, f"印发日期“{found[0]}”", _FORM, cure=cure)
        if not para.words.endswith("印发"):
            yield Fault(para, f"印发日期后是“{para.words[found.end() :]}”", "“印发”", cure="在日期后写“印发”二字")
        if signed and printed and printed < signed:
            yield Fault(para, f"印发日期 {printed} 早于成文日期 {signed}", "不早于", cure="核对两个日期")


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def signature(letter: Letter) -> Iterator[Fault]:
    """20. 署名 and 成文日期 stand where a seal, or the lack of one, wants them."""
    para = letter.first(Role.DATE)
    organs = letter.of(Role.ORGAN)
    width = letter.section(para).width if para else 0
    at = extent(para, width) if para else None
    if para is None or at is None:
        return
    right = width - at[1]
    if len(organs) != 1 or (organ := extent(organs[0], width)) is None:
        return
    sealed = _is_sealed(organ, at, width)
    if sealed or _is_bare(organ, at, width):
        return
    shift = ((organ[0] + organ[1]) - (at[0] + at[1])) / 2
    measured = f"成文日期右空 {chars(right)}，署名居中点偏 {chars(shift)}"
    wanted = "右空 4 字、署名居中于日期（加盖印章）；不盖章的署名右空 2 字、日期首字比署名首字右移 2 字"
    yield Fault(para, measured, wanted, Severity.WARNING, mends=not (para.lead or organs[0].lead))


def _is_sealed(organ: tuple[float, float], day: tuple[float, float], width: int) -> bool:
    """Tell whether 署名 is centred on the date, which ends four characters from the edge (7.3.5.1)."""
    centred = abs((organ[0] + organ[1]) - (day[0] + day[1])) <= 2 * _HALF
    at_place = abs(width - day[1] - m.DATE_RIGHT_SEALED) <= _QUARTER
    return centred and (at_place or abs(width - organ[1]) <= _QUARTER)  # a wide 署名 stands at the edge


def _is_bare(organ: tuple[float, float], day: tuple[float, float], width: int) -> bool:
    """Tell whether the date begins two characters further right than 署名 (7.3.5.2)."""
    outer = organ if day[1] <= organ[1] else day
    shifted = abs(day[0] - organ[0] - m.BARE_SHIFT) <= _QUARTER
    return shifted and abs(width - outer[1] - m.BARE_SHIFT) <= _QUARTER


def imprint(letter: Letter) -> Iterator[Fault]:
    """22. 版记 is set in 14 pt between black lines, 抄送 ends with 。, 印发 is there; 信函 has neither."""
    copies, printed = letter.of(Role.COPIES), letter.of(Role.PRINT)
    for para in (*copies, *printed):
        yield from _type(para)
    if copies and not re.search("。$", copies[-1].words):
        yield Fault(copies[-1], "抄送末尾没有句号", "以“。”结尾", cure="在最后一个抄送机关后加“。”")
    if letter.is_stationery:
        if printed:
            yield Fault(printed[0], "信函格式有印发机关和印发日期", "没有", cure="删去这一行")
        return
    if not printed and letter.of(Role.MARK) and not letter.is_unfinished:
        place = copies[-1] if copies else "版记"
        yield Fault(place, "没有印发机关和印发日期", "有", cure="在最后一面底部补写“印发机关　2025年8月6日印发”")
    yield from _rules(copies + printed)


def _type(para: Para) -> Iterator[Fault]:
    for piece in para.pieces:
        if piece.text.strip() and piece.type.size != m.SIZE_4:
            measured, wanted = f"版记字号 {type_size(piece.type.size)}", f" {type_size(m.SIZE_4)}"
            yield Fault(para, measured, wanted, Severity.WARNING, mends=True)
        if re.search("[\u3400-\u9fff]", piece.text) and piece.type.east not in FANG.faces | FANG.like:
            measured = f"版记字体 {piece.type.east or '没有指定'}"
            yield Fault(para, measured, FANG.first, Severity.WARNING, mends=True)


def _rules(some: list[Para]) -> Iterator[Fault]:
    """Find lines of 版记 that are missing, coloured or of a wrong weight."""
    if not some or _is_styled(some[0]):
        return
    first, last = _edge(some[0], "top"), _edge(some[-1], "bottom")
    for para, line, where in ((some[0], first, "首条"), (some[-1], last, "末条")):
        if line is None:
            yield Fault(para, f"版记没有{where}分隔线", "有，粗 0.35 毫米", cure="给版记加上框线")
            continue
        eighths = number(value(line, "sz")) or 0
        if not _THICK[0] <= eighths <= _THICK[1]:
            measured = f"版记{where}分隔线粗 {mm(eighths * 2.5)}"
            yield Fault(para, measured, " 0.35 毫米", Severity.WARNING, "改线宽为 1 磅")
        if value(line, "color").upper() not in ("", "AUTO", "000000"):
            yield Fault(para, f"版记{where}分隔线颜色 {value(line, 'color')}", "黑色", cure="改为黑色")


def _edge(para: Para, side: str) -> Element | None:
    """Return the line above or below a paragraph: its own border, or that of its cell or table."""
    own = effective.border(para.chain, side)
    if own is not None or not para.table:
        return own
    for ancestor in para.element.iterancestors(w("tc"), w("tbl")):
        tag = "tcBorders" if ancestor.tag == w("tc") else "tblBorders"
        line = ancestor.find(f"{w('tcPr' if ancestor.tag == w('tc') else 'tblPr')}/{w(tag)}/{w(side)}")
        if line is not None and value(line) not in ("nil", "none"):
            return line
    return None


def _is_styled(para: Para) -> bool:
    """Tell whether a style may draw the lines of a paragraph's table: they are not judged then."""
    table = next(para.element.iterancestors(w("tbl")), None)
    return table is not None and bool(value(table.find(f"{w('tblPr')}/{w('tblStyle')}")))


def imprint_place(letter: Letter) -> Iterator[Fault]:
    """23. 版记 hangs at the bottom of 版心 by an anchor that every program knows."""
    some = letter.of(Role.COPIES, Role.PRINT)
    table = next(some[-1].element.iterancestors(w("tbl")), None) if some else None
    anchor = None if table is None else table.find(f"{w('tblPr')}/{w('tblpPr')}")
    if anchor is None:
        return
    if value(anchor, "tblpYSpec") == "bottom" and value(anchor, "horzAnchor") != "page":
        measured = "版记表格按页边距或分栏横向定位，LibreOffice 里沉不到页底"
        yield Fault(some[-1], measured, "按页面定位", Severity.WARNING, mends=True)
    elif value(anchor, "vertAnchor") != "margin" or value(anchor, "tblpYSpec") != "bottom":
        yield Fault(some[-1], "版记表格按固定高度定位", "沉到版心底边", Severity.WARNING, mends=True)
