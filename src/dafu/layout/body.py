"""标题, 主送机关, 正文 and 附件 (GB/T 9704-2012 7.3.1–7.3.3, 7.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import (
    APPENDIX_LABEL,
    APPENDIX_TITLE,
    BLANK,
    GRADE,
    SALUTATION,
    TEXT,
    TEXT_LOOKS,
    TITLE,
    Indent,
    paragraph,
)
from dafu.layout.runs import BREAK, run, write
from dafu.layout.tables import table
from dafu.layout.title import title_lines
from dafu.letter import Paragraph, Table
from dafu.terms import GradePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.fitting import Fit
    from dafu.layout.looks import Look
    from dafu.layout.measures import Area
    from dafu.letter import Block, Letter

_SENTENCE_ENDS = ("。", "；", "：", "，", "！", "？", "”")
_TRACKED = f'<w:spacing w:val="{m.TRACKING}"/>'
_GRADE_AT_RIGHT = GRADE._replace(align="right", indent=Indent(right=m.CHAR))


def title(letter: Letter, area: Area, *, below: bool) -> Iterator[str]:
    """Yield the title and the blank rows around it; *below* says that something stands above it."""
    blanks = [paragraph(BLANK, row=area.row)] * (m.TITLE_BLANK_ROWS if below else 0)
    if letter.grade and letter.style.grade_place is GradePlace.TITLE_RIGHT:
        blanks[:1] = [paragraph(_GRADE_AT_RIGHT, write(letter.grade, TEXT), row=area.row)]
    yield from blanks
    yield from _title(letter.title, _names(letter), TITLE, area)


def body(letter: Letter, area: Area, fit: Fit) -> Iterator[str]:
    """Yield the salutation and the blocks of the body."""
    if letter.salutation:
        yield paragraph(SALUTATION, write(letter.salutation, TEXT), row=area.row, keep=True)
    last = len(letter.body) - 1
    signed = bool(letter.organ or letter.date)
    for at, block in enumerate(letter.body):
        drawn = _block(block, area, keep=at == last and (fit.kept or (signed and _is_short(block))))
        yield drawn if fit.tracking == m.TRACKING else drawn.replace(_TRACKED, f'<w:spacing w:val="{fit.tracking}"/>')


def _is_short(block: Block) -> bool:
    """Tell whether a closing is short enough to go along with 署名, which must not stand alone (7.3.5)."""
    return isinstance(block, Paragraph) and len(block.text) <= m.CLOSING_LINES * m.CHARS


def appendices(letter: Letter, area: Area) -> Iterator[str]:
    """Yield 附件, each on a page of its own: its number, its title in the third row, its body (7.3.7)."""
    for appendix in letter.appendices:
        yield paragraph(APPENDIX_LABEL, write(appendix.label, APPENDIX_LABEL.type), row=area.row, keep=True)
        yield paragraph(BLANK, row=area.row, keep=True)
        yield from _title(appendix.title, _names(letter), APPENDIX_TITLE, area)
        yield from (_block(block, area) for block in appendix.body)


def _names(letter: Letter) -> tuple[str, ...]:
    """Return the words that no line of a title should cut."""
    return (*letter.unbroken, letter.organ, *letter.joint)


def _title(text: str, unbroken: tuple[str, ...], look: Look, area: Area) -> Iterator[str]:
    """Yield a title and the blank row under it."""
    if text:
        lines = title_lines(text, unbroken)
        yield paragraph(look, BREAK.join(write(line, look.type) for line in lines), keep=True)
        yield paragraph(BLANK, row=area.row, keep=True)


def _block(block: Block, area: Area, *, keep: bool = False) -> str:
    return table(block, area) if isinstance(block, Table) else _paragraph(block, area, keep=keep)


def _stands_alone(heading: str) -> bool:
    return len(heading) <= m.HEADING_LINES * m.CHARS and not heading.endswith(_SENTENCE_ENDS)


def _paragraph(block: Paragraph, area: Area, *, keep: bool) -> str:
    """Return a paragraph of text or a heading; one that stands alone stays with what it heads."""
    face = TEXT_LOOKS[block.level].type
    content = "".join(
        [run(part.text, face if part.heading else TEXT, bold=part.bold, missing=part.missing) for part in block.runs]
    )
    alone = block.level > 0 and _stands_alone(block.text)
    return paragraph(TEXT_LOOKS[block.level if alone else 0], content, row=area.row, keep=alone or keep)
