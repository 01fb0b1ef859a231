"""发文机关标志: the red name of the office, its ink at the height that the standard asks for (7.2.4, 10.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dafu.layout import measures as m
from dafu.layout.looks import MARK, paragraph
from dafu.layout.runs import write
from dafu.terms import Letterhead

if TYPE_CHECKING:
    from dafu.layout.runs import Type
    from dafu.letter import Letter


class Mark(NamedTuple):
    """The mark's paragraph, and the white in it over and under the ink, in twips."""

    paragraph: str
    over: int
    under: int


def is_headed(letter: Letter) -> bool:
    """Return whether the first page has a red head, printed by us or before us."""
    return bool(letter.mark) and letter.style.letterhead is not Letterhead.ABSENT


def is_printed(letter: Letter) -> bool:
    """Return whether the red head is ours to print."""
    return is_headed(letter) and letter.style.letterhead is Letterhead.PRINTED


def mark_type(mark: str) -> Type:
    """Return the type of the mark: the largest that is allowed and lets it stand on one line."""
    fitting = int(m.TEXT_WIDTH / 10 // m.ems(mark))
    return replace(MARK.type, size=min(m.MARK_SIZE_MAX, fitting))


def mark(letter: Letter) -> Mark:
    """Return the mark of *letter*; on pre-printed paper its room stays empty."""
    look = mark_type(letter.mark)
    em = look.size * 10
    line = round(m.MARK_LINE * em)
    baseline = m.BASELINE * line
    content = write(letter.mark, look) if is_printed(letter) else ""
    return Mark(
        paragraph(replace(MARK, type=look, line=line), content),
        round(baseline - m.MARK_ASCENT * em),
        round(line - baseline - m.MARK_DESCENT * em),
    )
