"""Lists that are printed on sheets turned sideways: the page of GB/T 9704-2012 5.2, its binding edge on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.document import CLOSE, OPEN
from dafu.layout.looks import CELL, END, TEXT, TITLE, paragraph
from dafu.layout.package import pack
from dafu.layout.properties import core_part
from dafu.layout.runs import BREAK, write
from dafu.layout.tables import listing
from dafu.layout.title import title_lines
from dafu.letter import Letter
from dafu.terms import TextArea

if TYPE_CHECKING:
    from collections.abc import Sequence

_AREA = m.AREAS[TextArea.MARGIN]
_WIDTH = m.PAGE_HEIGHT - _AREA.top - _AREA.bottom
_FOOTER = m.mm(12)  # its number stands between the text and the edge, as far from the text as on an upright page
_NOTE = CELL._replace(type=TEXT._replace(size=m.SIZE_SMALL_4, tracking=0), align="left", line=m.IMPRINT_ROW)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
    f'<w:pgSz w:w="{m.PAGE_HEIGHT}" w:h="{m.PAGE_WIDTH}" w:orient="landscape"/>'
    f'<w:pgMar w:top="{m.LEFT}" w:right="{_AREA.bottom}" w:bottom="{m.RIGHT}" w:left="{_AREA.top}"'
    f' w:header="{m.HEADER}" w:footer="{_FOOTER}" w:gutter="0"/><w:cols w:space="0"/></w:sectPr>'
)


def draw_list(
    title: str, note: str, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]
) -> bytes:
    """Return a .docx of *rows* under *heads*, their columns as wide as *shares* of the page; *note* stands above.

    Raises ValueError for a character that XML cannot hold.
    """
    head = paragraph(TITLE, BREAK.join(write(line, TITLE.type) for line in title_lines(title, ())), keep=True)
    above = paragraph(_NOTE, write(note, _NOTE.type), keep=True)
    text = f"{OPEN}{head}{above}{listing(heads, rows, shares, _WIDTH)}{paragraph(END)}{_SECTION}{CLOSE}"
    parts = {"word/document.xml": text, "docProps/core.xml": core_part(Letter(title, "", ()))}
    return pack("document", {name: part.encode() for name, part in parts.items()})
