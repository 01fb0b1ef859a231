"""附件说明, 署名, 成文日期, 附注 and 联系 (GB/T 9704-2012 7.3.4–7.3.6)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import ATTACHMENT, BLANK, CONTACT, DATE, NOTE, ORGAN, TEXT, Indent, Look, paragraph
from dafu.layout.runs import write
from dafu.terms import GradePlace, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.measures import Area
    from dafu.letter import Letter

_LABEL, _COUNT = re.compile(r"附件[：:]\s*"), re.compile(r"\d+[.．]\s*")
_LABEL_WIDTH = m.width("附件：")


def attachments(letter: Letter, area: Area) -> Iterator[str]:
    """Yield 附件说明: each name hangs on its own first character."""
    if letter.attachments:
        yield paragraph(BLANK, row=area.row)
    for line in letter.attachments:
        yield paragraph(replace(ATTACHMENT, indent=_hanging(line)), write(line, TEXT), row=area.row)


def _hanging(line: str) -> Indent:
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    count = _COUNT.match(rest)
    before = m.width(count[0]) if count else 0
    name_at = m.INDENT + _LABEL_WIDTH + before
    return Indent(left=name_at, first=-(before + _LABEL_WIDTH if label else before))


def signature(letter: Letter, area: Area) -> Iterator[str]:
    """Yield 署名 and 成文日期 with the blank rows above them, kept together."""
    if not (letter.organ or letter.date):
        return
    sealed = letter.style.seal is Seal.SEALED
    places = _sealed if sealed else _bare
    organ, date = places(m.width(letter.organ), m.width(letter.date))
    blanks = m.SEALED_BLANK_ROWS if sealed else m.BARE_BLANK_ROWS
    yield from [paragraph(BLANK, row=area.row, keep=True)] * blanks
    if letter.organ:
        yield paragraph(organ, write(letter.organ, TEXT), row=area.row, keep=True)
    if letter.date:
        yield paragraph(date, write(letter.date, TEXT), row=area.row, keep=bool(_notes(letter)))


def _sealed(organ: int, date: int) -> tuple[Look, Look]:
    """Return the looks of 署名 and 成文日期 around one axis (7.3.5.1); widths in twips.

    Both are centred in one box whose middle is that of the date, which ends four characters from the edge. A
    署名 too wide for the box stands at the edge, with the date under its middle.
    """
    box = 2 * m.DATE_RIGHT_SEALED + date
    if organ < box:
        indent = Indent(left=m.TEXT_WIDTH - box)
        return replace(ORGAN, indent=indent), replace(DATE, indent=indent)
    under = Indent(left=max(0, m.TEXT_WIDTH - organ))
    return replace(ORGAN, align="right"), replace(DATE, indent=under)


def _bare(organ: int, date: int) -> tuple[Look, Look]:
    """Return the looks of 署名 and 成文日期 flush right, the date two characters further in (7.3.5.2)."""
    shift = m.BARE_SHIFT
    organ_right, date_right = (shift, organ - date) if date <= organ else (2 * shift + date - organ, shift)
    return (
        replace(ORGAN, align="right", indent=Indent(right=organ_right)),
        replace(DATE, align="right", indent=Indent(right=min(date_right, m.TEXT_WIDTH - date))),
    )


def notes(letter: Letter, area: Area) -> Iterator[str]:
    """Yield 附注 in round brackets (7.3.6), then the rows that say whom to ask; no page begins among them."""
    rows = _notes(letter)
    for number, (look, text) in enumerate(rows, 1):
        yield paragraph(look, write(text, TEXT), row=area.row, keep=number < len(rows))


def _notes(letter: Letter) -> list[tuple[Look, str]]:
    note = f"（{letter.note}）" if letter.note and not letter.note.startswith("（") else letter.note
    grade = letter.grade if letter.style.grade_place is GradePlace.BEFORE_CONTACT else ""
    rows = [(NOTE, note), *((CONTACT, line) for line in (grade, *letter.contact))]
    return [(look, text) for look, text in rows if text]
