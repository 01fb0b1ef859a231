"""Mend the page: paper, margins, grid, the height of rows and the place of floating tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.docx.body import SET_AS_TEXT
from dafu.check.docx.elements import Role
from dafu.check.docx.mending.xml import child, properties, put
from dafu.check.docx.opening import w
from dafu.check.docx.page import is_ink, upright
from dafu.layout import measures as m
from dafu.terms import TextArea

if TYPE_CHECKING:
    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para

_ROWS = {*SET_AS_TEXT, Role.BLANK, Role.EDGE, Role.NUMBER, Role.SIGNER, Role.GRADE, Role.APPENDIX, Role.TITLE}
_LIKE_A_ROW = (200, 700)  # twips: exact blank rows outside are spacers that someone measured
_INHERITED = ("beforeLines", "afterLines", "beforeAutospacing", "afterAutospacing")
_OFF = ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid")


def pages(letter: Letter) -> None:
    """Give the upright sections A4 paper and the margins of the standard."""
    for section in upright(letter):
        area = m.AREAS[TextArea.INK if is_ink(letter, section) else TextArea.MARGIN]
        put(section.element, "pgSz", w=m.PAGE_WIDTH, h=m.PAGE_HEIGHT)
        margins = child(section.element, "pgMar")
        sides = {"top": area.top, "right": m.RIGHT, "bottom": area.bottom, "left": m.LEFT, "gutter": 0}
        for side, length in sides.items():
            margins.set(w(side), str(length))
        for side, length in (("header", m.HEADER), ("footer", m.FOOTER)):
            if not margins.get(w(side)):
                margins.set(w(side), str(length))


def rows(letter: Letter) -> None:
    """Give every row of the text its exact height, and let nothing snap to a grid."""
    heights: dict[int, int] = {}
    for section in upright(letter):
        area = m.AREAS[TextArea.INK if is_ink(letter, section) else TextArea.MARGIN]
        put(section.element, "docGrid", linePitch=area.row)
        heights[section.number] = area.row
    for para in letter.paragraphs:
        row = heights.get(para.section)
        if row and letter.roles[para.number] in _ROWS and not para.table and not para.drawn:
            _set_row(para, row, is_blank=letter.roles[para.number] is Role.BLANK)


def _set_row(para: Para, row: int, *, is_blank: bool) -> None:
    spacing = para.spacing
    if is_blank and spacing.rule == "exact" and not _LIKE_A_ROW[0] <= spacing.line <= _LIKE_A_ROW[1]:
        return
    if para.type.size > m.SIZE_2 and not is_blank:
        return
    line = m.TITLE_LINE if para.type.size > m.SIZE_3 + 4 and not is_blank else row
    found = properties(para.element, "pPr")
    for tag in _OFF:
        put(found, tag, val=0)
    inherited = {name: 0 for name in _INHERITED if any(name in one for one in _names(para))}
    put(found, "spacing", before=0, after=0, line=line, lineRule="exact", **inherited)


def _names(para: Para) -> list[str]:
    found = (one.find(w("spacing")) for one in para.chain[1:])
    return [str(name) for spacing in found if spacing is not None for name in spacing.attrib]


def anchors(letter: Letter) -> None:
    """Hang 版记 at the bottom of 版心 in the one way that LibreOffice floats too."""
    some = letter.of(Role.COPIES, Role.PRINT)
    for table in some[-1].element.iterancestors(w("tbl")) if some else ():
        found = table.find(w("tblPr"))
        if found is not None and found.find(w("tblpPr")) is not None:
            put(found, "tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=m.LEFT, tblpYSpec="bottom")
