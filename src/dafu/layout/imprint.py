"""版记, pinned to the bottom of the last page (GB/T 9704-2012 7.4)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import COPIES, END, IMPRINT_TYPE, PRINT, Tab, paragraph
from dafu.layout.runs import TAB, write
from dafu.terms import PageForm

if TYPE_CHECKING:
    from dafu.layout.measures import Area
    from dafu.letter import Letter

_WHITE = (m.IMPRINT_ROW - COPIES.line) // 2  # above and below the lines of a row
_THICK = f'w:val="single" w:sz="{m.THICK_EIGHTHS_PT}" w:space="0" w:color="000000"'
_THIN = f'w:val="single" w:sz="{m.THIN_EIGHTHS_PT}" w:space="0" w:color="000000"'
# LibreOffice floats a table of full width only with these very anchors; Word takes any.
_FRAME_START = (
    f'<w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{m.LEFT}" w:tblpYSpec="bottom"/>'
    f'<w:tblOverlap w:val="never"/><w:tblW w:w="{m.TEXT_WIDTH}" w:type="dxa"/>'
)
_RULES = f"<w:tblBorders><w:top {_THICK}/><w:bottom {_THICK}/><w:insideH {_THIN}/></w:tblBorders>"
_FRAME_END = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
    f'<w:top w:w="{_WHITE}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    f'<w:bottom w:w="{_WHITE}" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{m.TEXT_WIDTH}"/></w:tblGrid>'
)
_CELL = f'<w:tc><w:tcPr><w:tcW w:w="{m.TEXT_WIDTH}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
_ROW = f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{m.IMPRINT_ROW}" w:hRule="atLeast"/></w:trPr>{_CELL}'
_PRINT = PRINT._replace(tabs=(Tab("right", m.TEXT_WIDTH - m.CHAR_4),))


def imprint(letter: Letter, area: Area) -> str:
    """Return 版记 as a table, or nothing where there is nothing to say in it.

    信函 has neither its rules nor 印发机关 and 印发日期 (10.1).
    """
    plain = letter.style.form is PageForm.LETTER
    contents = [content for content in (_copies(letter), "" if plain else _printed(letter)) if content]
    if not contents:
        return ""
    rows = "".join(f"{_ROW}{content}</w:tc></w:tr>" for content in contents)
    return f"<w:tbl>{_FRAME_START}{'' if plain else _RULES}{_FRAME_END}{rows}{_below(area, plain)}</w:tbl>"


def _copies(letter: Letter) -> str:
    return paragraph(COPIES, write(letter.copies, IMPRINT_TYPE)) if letter.copies else ""


def _printed(letter: Letter) -> str:
    """Return 印发机关 and 印发日期 on one line, or the date under an office that leaves it no room."""
    if not (letter.printer or letter.printed):
        return ""
    printer, printed = write(letter.printer, IMPRINT_TYPE), write(letter.printed, IMPRINT_TYPE)
    if m.width(f"{letter.printer}国国{letter.printed}", m.SIZE_4, 0) <= m.TEXT_WIDTH - 2 * m.CHAR_4:
        return paragraph(_PRINT, printer + TAB + printed)
    return paragraph(PRINT, printer) + paragraph(PRINT._replace(align="right"), printed)


@cache
def _below(area: Area, plain: bool) -> str:  # noqa: FBT001 -- positional keeps the cache key small
    """Return a row without rules that fills what lies between 版心 and the margin below it, if anything does."""
    height = m.PAGE_HEIGHT - area.bottom - m.TEXT_BOTTOM
    if height <= 0:
        return ""
    borders = "" if plain else f'<w:tcBorders><w:top {_THICK}/><w:bottom w:val="nil"/></w:tcBorders>'
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{m.TEXT_WIDTH}" w:type="dxa"/>{borders}</w:tcPr>{paragraph(END)}</w:tc></w:tr>'
    )
