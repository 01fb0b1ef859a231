"""The looks of the elements: role → type, line, alignment, indent; and the paragraph that has a look."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dafu.layout.measures import (
    CENTRED_LINE,
    CHAR_4,
    INDENT,
    RED,
    SIZE_2,
    SIZE_4,
    TITLE_LINE,
)
from dafu.layout.runs import HEITI, KAITI, XIAOBIAOSONG, Type, properties

TEXT = Type()
IMPRINT_TYPE = Type(size=SIZE_4, tracking=0)
_IMPRINT_LINE = round(CENTRED_LINE * CHAR_4)


class Indent(NamedTuple):
    """The indents of a paragraph in twips; a negative `first` hangs."""

    left: int = 0
    right: int = 0
    first: int = 0


class Tab(NamedTuple):
    """A tab stop: `left`, `center` or `right`, twips from the left edge of 版心."""

    kind: str
    at: int


_FLUSH = Indent()


class Look(NamedTuple):
    """How a role looks; `style` names it in styles.xml, `line` 0 means one row of the page.

    `page` begins a new page, `section` is the `w:sectPr` of a section that ends here.
    """

    style: str
    type: Type = TEXT
    align: str = "both"
    indent: Indent = _FLUSH
    line: int = 0
    tabs: tuple[Tab, ...] = ()
    border: str = ""
    page: bool = False
    section: str = ""


BLANK = Look("Blank")
FIRST_ROW = Look("FirstRow", align="left")
MARK = Look("Mark", Type(XIAOBIAOSONG, 0, 0, RED), "center")
NUMBER = Look("Number", align="left")
GRADE = Look("Grade", align="right")
TITLE = Look("Title", Type(XIAOBIAOSONG, SIZE_2, 0), "center", line=TITLE_LINE)
SALUTATION = Look("Salutation")
TEXT_LOOKS = {
    0: Look("Text", indent=Indent(first=INDENT)),
    1: Look("Level1", TEXT.set_in(HEITI), indent=Indent(first=INDENT)),
    2: Look("Level2", TEXT.set_in(KAITI), indent=Indent(first=INDENT)),
    3: Look("Level3", indent=Indent(first=INDENT)),
    4: Look("Level4", indent=Indent(first=INDENT)),
}
CELL = Look("Cell", align="center")
ATTACHMENT = Look("Attachment")
ORGAN = Look("Organ", align="center")
DATE = Look("Date", align="center")
NOTE = Look("Note", indent=Indent(first=INDENT))
CONTACT = Look("Contact", indent=Indent(first=INDENT))
APPENDIX_LABEL = Look("AppendixLabel", TEXT.set_in(HEITI), "left", page=True)  # 7.3.7
APPENDIX_TITLE = TITLE._replace(style="AppendixTitle")
COPIES = Look("Copies", IMPRINT_TYPE, indent=Indent(4 * CHAR_4, CHAR_4, -3 * CHAR_4), line=_IMPRINT_LINE)
PRINT = Look("Print", IMPRINT_TYPE, "left", Indent(left=CHAR_4, right=CHAR_4), _IMPRINT_LINE)
END = Look("End", Type(size=2, tracking=0), line=20)


def paragraph(look: Look, content: str = "", *, row: int = 0, keep: bool = False) -> str:
    """Return a paragraph of *content* (runs); *row* is the exact height of its lines where the look has none."""
    return f"<w:p>{_properties(look, look.line or row, keep)}{content}</w:p>"


@lru_cache(maxsize=1024)
def _properties(look: Look, line: int, keep: bool) -> str:  # noqa: FBT001 -- positional keeps the cache key small
    """Return `w:pPr` with its children in the order of the schema (ECMA-376 part 1, CT_PPr)."""
    left, right, first = look.indent
    start = f'w:firstLine="{first}"' if first >= 0 else f'w:hanging="{-first}"'
    stops = "".join(f'<w:tab w:val="{tab.kind}" w:pos="{tab.at}"/>' for tab in look.tabs)
    return (
        f'<w:pPr><w:pStyle w:val="{look.style}"/>{"<w:keepNext/>" if keep else ""}'
        f'{"<w:pageBreakBefore/>" if look.page else ""}<w:widowControl w:val="0"/>'
        f"{look.border and f'<w:pBdr>{look.border}</w:pBdr>'}{stops and f'<w:tabs>{stops}</w:tabs>'}"
        '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind w:left="{left}" w:right="{right}" {start}/><w:jc w:val="{look.align}"/>'
        f"{properties(look.type)}{look.section}</w:pPr>"
    )
