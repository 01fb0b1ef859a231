"""The document part: the elements of the letter in the order of the standard, and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout import head, stationery
from dafu.layout import measures as m
from dafu.layout.body import appendices, body, title
from dafu.layout.ending import attachments, notes, signature
from dafu.layout.imprint import imprint
from dafu.layout.looks import END, paragraph
from dafu.layout.mark import is_headed
from dafu.terms import PageForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.fitting import Fit
    from dafu.layout.measures import Area
    from dafu.letter import Letter

OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
)
_FIRST_PAGE = (
    '<w:headerReference w:type="first" r:id="first-header"/><w:footerReference w:type="first" r:id="first-footer"/>'
)
_WITH_BLANK_PAGE = 2  # page breaks
_SECTION_END = END._replace(line=10)  # it finds room on a page that is full
CLOSE = "</w:body></w:document>"


def document_part(letter: Letter, fit: Fit) -> str:
    """Return word/document.xml of *letter*, eased onto its pages by *fit*."""
    area = m.AREAS[letter.style.text_area]
    form = stationery if letter.style.form is PageForm.LETTER else head
    top = [*form.head(letter, area)]
    below = bool(top) or is_headed(letter)
    parts = [*top, *title(letter, area, below=below), *body(letter, area, fit), *attachments(letter, area, fit)]
    parts += [*signature(letter, area, fit), *notes(letter, area), *appendices(letter, area)]
    last = imprint(letter, area)
    breaks = fit.breaks if last else 0
    parts += [*_breaks(letter, area, breaks), last] if last else []
    # A body must not end with a table, and 版记 hangs on the paragraph after it.
    end = paragraph(END) if parts and parts[-1].endswith("</w:tbl>") else ""
    section = _section(letter, area) if breaks < _WITH_BLANK_PAGE else _unnumbered(area)
    return "".join((OPEN, *parts, end, section, CLOSE))


def _breaks(letter: Letter, area: Area, count: int) -> Iterator[str]:
    """Yield *count* page breaks; a blank page and 版记 after it are a section without page numbers (7.5)."""
    if count == _WITH_BLANK_PAGE:
        yield paragraph(_SECTION_END._replace(section=_section(letter, area)))
        yield paragraph(END)
    if count:
        yield paragraph(END._replace(page=True))


def _section(letter: Letter, area: Area) -> str:
    """Return `w:sectPr` of the letter."""
    first, switch, header, grid = "", "", m.HEADER, 'w:type="lines" '
    if letter.style.form is PageForm.LETTER:
        # LibreOffice would centre what remains of a grid on the first page, whose text begins lower.
        first, switch, header, grid = _FIRST_PAGE, "<w:titlePg/>", stationery.header_distance(letter), ""
    footers = '<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
    return _section_of(area, first + footers, header, switch + f'<w:docGrid {grid}w:linePitch="{area.row}"/>')


def _unnumbered(area: Area) -> str:
    """Return `w:sectPr` of pages that bear no number."""
    kinds = ("default", "even")
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="unnumbered"/>' for kind in kinds)
    return _section_of(area, f'{footers}<w:type w:val="nextPage"/>', m.HEADER, "")


def _section_of(area: Area, start: str, header: int, end: str) -> str:
    """Return `w:sectPr` with its children in the order of the schema (ECMA-376 part 1, CT_SectPr)."""
    return (
        f'<w:sectPr>{start}<w:pgSz w:w="{m.PAGE_WIDTH}" w:h="{m.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{area.top}" w:right="{m.RIGHT}" w:bottom="{area.bottom}" w:left="{m.LEFT}"'
        f' w:header="{header}" w:footer="{m.FOOTER}" w:gutter="0"/><w:cols w:space="0"/>{end}</w:sectPr>'
    )
