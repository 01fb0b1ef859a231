"""The document part: the elements of the letter in the order of the standard, and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout import head, stationery
from dafu.layout import measures as m
from dafu.layout.body import body, title
from dafu.layout.ending import attachments, notes, signature
from dafu.layout.imprint import imprint
from dafu.layout.looks import END, paragraph
from dafu.layout.mark import is_headed
from dafu.terms import PageForm

if TYPE_CHECKING:
    from dafu.layout.measures import Area
    from dafu.letter import Letter

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
)
_FIRST_PAGE = (
    '<w:headerReference w:type="first" r:id="first-header"/><w:footerReference w:type="first" r:id="first-footer"/>'
)
_CLOSE = "</w:body></w:document>"


def document_part(letter: Letter) -> str:
    """Return word/document.xml of *letter*."""
    area = m.AREAS[letter.style.text_area]
    form = stationery if letter.style.form is PageForm.LETTER else head
    top = [*form.head(letter, area)]
    below = bool(top) or is_headed(letter)
    parts = [*top, *title(letter, area, below=below), *body(letter, area), *attachments(letter, area)]
    parts += [*signature(letter, area), *notes(letter, area), imprint(letter, area)]
    text = "".join(parts)
    # A body must not end with a table, and 版记 hangs on the paragraph after it.
    end = paragraph(END) if text.endswith("</w:tbl>") else ""
    return f"{_OPEN}{text}{end}{_section(letter, area)}{_CLOSE}"


def _section(letter: Letter, area: Area) -> str:
    """Return `w:sectPr` with its children in the order of the schema (ECMA-376 part 1, CT_SectPr)."""
    first, switch, header, grid = "", "", m.HEADER, 'w:type="lines" '
    if letter.style.form is PageForm.LETTER:
        # LibreOffice would centre what remains of a grid on the first page, whose text begins lower.
        first, switch, header, grid = _FIRST_PAGE, "<w:titlePg/>", stationery.header_distance(letter), ""
    return (
        f'<w:sectPr>{first}<w:footerReference w:type="default" r:id="odd"/>'
        '<w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{m.PAGE_WIDTH}" w:h="{m.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{area.top}" w:right="{m.RIGHT}" w:bottom="{area.bottom}" w:left="{m.LEFT}"'
        f' w:header="{header}" w:footer="{m.FOOTER}" w:gutter="0"/><w:cols w:space="0"/>{switch}'
        f'<w:docGrid {grid}w:linePitch="{area.row}"/></w:sectPr>'
    )
