"""标题, 主送机关 and 正文 (GB/T 9704-2012 7.3.1–7.3.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import BLANK, GRADE, SALUTATION, TEXT, TEXT_LOOKS, TITLE, Indent, paragraph
from dafu.layout.runs import BREAK, run, write
from dafu.layout.tables import table
from dafu.layout.title import title_lines
from dafu.letter import Table
from dafu.terms import GradePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.measures import Area
    from dafu.letter import Letter, Paragraph

# a closing this short goes to the next page with 署名, which must not stand there alone (7.3.5); three rows
_SHORT = 3 * 28  # characters
_SENTENCE_ENDS = ("。", "；", "：", "，", "！", "？", "”")
_GRADE_AT_RIGHT = replace(GRADE, align="right", indent=Indent(right=m.CHAR))


def title(letter: Letter, area: Area, *, below: bool) -> Iterator[str]:
    """Yield the title and the blank rows around it; *below* says that something stands above it."""
    blanks = [paragraph(BLANK, row=area.row)] * (m.TITLE_BLANK_ROWS if below else 0)
    if letter.grade and letter.style.grade_place is GradePlace.TITLE_RIGHT:
        blanks[:1] = [paragraph(_GRADE_AT_RIGHT, write(letter.grade, TEXT), row=area.row)]
    yield from blanks
    if letter.title:
        lines = title_lines(letter.title, letter.unbroken)
        yield paragraph(TITLE, BREAK.join(write(line, TITLE.type) for line in lines), keep=True)
        yield paragraph(BLANK, row=area.row, keep=True)


def body(letter: Letter, area: Area) -> Iterator[str]:
    """Yield the salutation and the blocks of the body."""
    if letter.salutation:
        yield paragraph(SALUTATION, write(letter.salutation, TEXT), row=area.row, keep=True)
    for block in letter.body:
        last = block is letter.body[-1] and bool(letter.organ or letter.date)
        yield table(block, area) if isinstance(block, Table) else _paragraph(block, area, last=last)


def _paragraph(block: Paragraph, area: Area, *, last: bool) -> str:
    """Return a paragraph of text or a heading; one that stands alone stays with what it heads."""
    face = TEXT_LOOKS[block.level].type
    content = "".join(
        run(part.text, face if part.heading else TEXT, bold=part.bold, missing=part.missing) for part in block.runs
    )
    alone = block.level > 0 and not block.text.endswith(_SENTENCE_ENDS)
    keep = alone or (last and len(block.text) <= _SHORT)
    return paragraph(TEXT_LOOKS[block.level if alone else 0], content, row=area.row, keep=keep)
