"""附件说明, 署名, 成文日期, 附注 and 联系 (GB/T 9704-2012 7.3.4–7.3.6)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import ATTACHMENT, BLANK, CONTACT, DATE, NOTE, ORGAN, TEXT, Indent, Look, Tab, paragraph
from dafu.layout.runs import TAB, write
from dafu.terms import GradePlace, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.fitting import Fit
    from dafu.layout.measures import Area
    from dafu.letter import Letter

_LABEL, _COUNT = re.compile(r"附件[：:]\s*"), re.compile(r"\d+[.．]\s*")
_Row = tuple[Look, str]  # with its content as runs
_LABEL_WIDTH = m.width("附件：")


def attachments(letter: Letter, area: Area, fit: Fit) -> Iterator[str]:
    """Yield 附件说明: each name hangs on its own first character."""
    if letter.attachments:
        yield paragraph(BLANK, row=area.row, keep=fit.kept)
    for line in letter.attachments:
        look = ATTACHMENT._replace(indent=_hanging(line))
        yield paragraph(look, write(line, TEXT), row=area.row, keep=fit.kept)


def _hanging(line: str) -> Indent:
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    count = _COUNT.match(rest)
    before = m.width(count[0]) if count else 0
    name_at = m.INDENT + _LABEL_WIDTH + before
    return Indent(left=name_at, first=-(before + _LABEL_WIDTH if label else before))


def signature(letter: Letter, area: Area, fit: Fit) -> Iterator[str]:
    """Yield 署名 and 成文日期 with the blank rows above them, kept together."""
    if not (letter.organ or letter.date):
        return
    sealed = letter.style.seal is Seal.SEALED
    blanks = m.SEALED_BLANK_ROWS if sealed else m.BARE_BLANK_ROWS
    yield from [paragraph(BLANK, row=area.row // m.TIGHT if fit.tight else area.row, keep=True)] * blanks
    organs, date = (_sealed if sealed else _bare)(letter)
    yield from (paragraph(look, content, row=area.row, keep=True) for look, content in organs)
    if letter.date:
        yield paragraph(date, write(letter.date, TEXT), row=area.row, keep=bool(_notes(letter)))


def _organs(letter: Letter) -> list[str]:
    return [organ for organ in (letter.organ, *letter.joint) if letter.organ]


def _sealed(letter: Letter) -> tuple[list[_Row], Look]:
    """Return the rows of 署名, and the look of 成文日期, around one axis (7.3.5.1).

    Both are centred in one box whose middle is that of the date, which ends four characters from the edge. A 署名
    too wide for the box stands at the edge, with the date under its middle. Of joint organs as many stand in a
    row as their seals and names allow, the last one over the date.
    """
    organs, date = _organs(letter), m.width(letter.date)
    widest = max(map(m.width, organs), default=0)
    per_row = next((n for n, step in m.SEALS_PER_ROW.items() if len(organs) > 1 and widest < step - m.CHAR), 1)
    if per_row > 1:
        axis = m.TEXT_WIDTH - m.DATE_RIGHT_SEALED - date // 2
        return _seal_rows(organs, per_row, axis), _axial(0, date)[1]
    places = [_axial(m.width(organ), date) for organ in organs] or [_axial(0, date)]
    rows = [(look, write(organ, TEXT)) for organ, (look, _) in zip(organs, places, strict=False)]
    return _apart(rows), places[-1][1]


@lru_cache(maxsize=256)
def _axial(organ: int, date: int) -> tuple[Look, Look]:
    """Return the looks of one 署名 and the date around one axis; widths in twips."""
    box = 2 * m.DATE_RIGHT_SEALED + date
    if organ < box:
        indent = Indent(left=m.TEXT_WIDTH - box)
        return ORGAN._replace(indent=indent), DATE._replace(indent=indent)
    under = Indent(left=max(0, m.TEXT_WIDTH - organ))
    return ORGAN._replace(align="right"), DATE._replace(indent=under)


def _seal_rows(organs: list[str], per_row: int, axis: int) -> list[_Row]:
    """Return *organs* in rows that end at *axis*, as far from each other as their seals need."""
    rows = [organs[at : at + per_row] for at in range(0, len(organs), per_row)]
    stops = [Tab("center", axis - m.SEALS_PER_ROW[per_row] * back) for back in reversed(range(per_row))]
    looks = [ORGAN._replace(align="left", tabs=tuple(stops[-len(row) :])) for row in rows]
    contents = ["".join(TAB + write(organ, TEXT) for organ in row) for row in rows]
    return _apart([*zip(looks, contents, strict=True)])


def _apart(rows: list[_Row]) -> list[_Row]:
    """Return *rows* with blank rows between them that leave room for their seals."""
    between: list[_Row] = [(BLANK, "")] * (m.SEAL_ROWS - 1)
    return [row for one in rows for row in (*between, one)][len(between) :]


def _bare(letter: Letter) -> tuple[list[_Row], Look]:
    """Return the rows of 署名 and the look of the date, flush right, the date two characters further in (7.3.5.2).

    Joint organs stand under the host and begin where the widest does.
    """
    organs, date, shift = _organs(letter), m.width(letter.date), m.BARE_SHIFT
    widest = max(map(m.width, organs), default=0)
    right, date_right = (shift, widest - date) if date <= widest else (2 * shift + date - widest, shift)
    indents = [Indent(right=right + widest - m.width(organ)) for organ in organs]
    rows = [
        (ORGAN._replace(align="right", indent=indent), write(organ, TEXT))
        for indent, organ in zip(indents, organs, strict=True)
    ]
    return rows, DATE._replace(align="right", indent=Indent(right=min(date_right, m.TEXT_WIDTH - date)))


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
