"""版头: everything above and with the red line (GB/T 9704-2012 7.2)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import BLANK, FIRST_ROW, GRADE, NUMBER, TEXT, Look, Tab, paragraph
from dafu.layout.mark import is_headed, is_printed, mark
from dafu.layout.runs import HEITI, KAITI, TAB, write
from dafu.terms import GradePlace, OpennessPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.measures import Area
    from dafu.letter import Letter

_NAMES = TEXT.set_in(KAITI)  # 7.2.6: the label in 仿宋, the names in 楷体
_HEAVY = TEXT.set_in(HEITI)  # 7.2.2, 7.2.3
_RIGHT = m.TEXT_WIDTH - m.CHAR  # 右空一字


def _tabbed(look: Look, *stops: int, kind: str = "right") -> Look:
    return look._replace(tabs=tuple(Tab(kind, at) for at in stops))


_CORNER = _tabbed(FIRST_ROW, m.TEXT_WIDTH)
_CENTRED = NUMBER._replace(align="center")
_GRADE_BELOW = _tabbed(GRADE._replace(align="left"), _RIGHT)


def head(letter: Letter, area: Area) -> Iterator[str]:
    """Yield the paragraphs from the top of 版心 down to the red line."""
    first_rows = _first_rows(letter)
    yield from (paragraph(_CORNER, row, row=area.row) for row in first_rows)
    if not is_headed(letter):
        yield from (paragraph(look, content, row=area.row) for look, content in _number_rows(letter))
        return
    name = mark(letter)
    taken = len(first_rows) * area.row
    yield paragraph(BLANK, row=m.MARK_TOP - area.top - taken - name.over)
    yield name.content
    yield from [paragraph(BLANK, row=area.row)] * m.MARK_BLANK_ROWS
    *rows, (look, content) = _number_rows(letter) or [(NUMBER, "")]
    yield from (paragraph(*row, row=area.row) for row in rows)
    yield paragraph(_over_red_line(look, is_printed(letter)), content, row=area.row)


def corner(letter: Letter) -> list[str]:
    """Return the rows at the upper left corner as runs: 份号 and openness, 密级, 紧急程度 (7.2.1–7.2.3).

    密级 keeps to the second row when there is nothing for the first.
    """
    first = "\u3000".join(text for text in (letter.copy_number, openness_text(letter)) if text)
    heavy = [write(text, _HEAVY) for text in (letter.secrecy, letter.urgency) if text]
    return [write(first, TEXT), *heavy] if first or letter.secrecy else heavy


def openness_text(letter: Letter) -> str:
    """Return what the top of the first page says about openness."""
    return letter.openness if letter.style.openness_place is OpennessPlace.FIRST_PAGE else ""


def number_text(letter: Letter) -> str:
    """Return 发文字号, with the grade behind it where the office wants it there."""
    if letter.style.grade_place is not GradePlace.AFTER_NUMBER:
        return letter.number
    return f"{letter.number} {letter.grade}".strip()  # a blank of 仿宋 is half a character wide


def _first_rows(letter: Letter) -> list[str]:
    """Return the first rows of 版心: what stands at the left corner, and the grade at the right."""
    rows = corner(letter)
    right = letter.grade if letter.style.grade_place is GradePlace.PAGE_RIGHT else ""
    if right:
        rows[:1] = [(rows[0] if rows else "") + TAB + write(right, TEXT)]
    return rows


@lru_cache(maxsize=64)
def _over_red_line(look: Look, printed: bool) -> Look:  # noqa: FBT001 -- positional keeps the cache key small
    """Return *look* with the red line; pre-printed paper has its own, and a white one keeps its room to the point."""
    width, gap, colour = m.RED_LINE_EIGHTHS_PT, m.RED_LINE_GAP_PT, m.RED if printed else "FFFFFF"
    return look._replace(border=f'<w:bottom w:val="single" w:sz="{width}" w:space="{gap}" w:color="{colour}"/>')


def _number_rows(letter: Letter) -> list[tuple[Look, str]]:
    """Return the rows of 发文字号, 签发人 and grade, each with its look."""
    number = number_text(letter)
    rows = _signer_rows(number, letter.signer) if letter.signer else _centred(number)
    if letter.grade and letter.style.grade_place is GradePlace.UNDER_SIGNER:
        rows.append((_GRADE_BELOW, TAB + write(letter.grade, TEXT)))
    return rows


def _centred(number: str) -> list[tuple[Look, str]]:
    return [(_CENTRED, write(number, TEXT))] if number else []


def _signer_rows(number: str, signer: str) -> list[tuple[Look, str]]:
    """Return 发文字号 at the left of the last row of 签发人, both one character from the edge (7.2.5, 7.2.6)."""
    *rows, (look, content) = signer_rows(signer, _RIGHT)
    return [*rows, (_one_character_in(look), write(number, TEXT) + content)]


@lru_cache(maxsize=64)
def _one_character_in(look: Look) -> Look:
    return look._replace(indent=look.indent._replace(first=m.CHAR))


@lru_cache(maxsize=64)
def signer_rows(signer: str, edge: int) -> tuple[tuple[Look, str], ...]:
    """Return 签发人 in rows of two names, each under the one above, that end at *edge* (twips)."""
    label, names = _label_and_names(signer)
    pairs = [names[at : at + m.NAMES_PER_ROW] for at in range(0, len(names), m.NAMES_PER_ROW)]
    if len(pairs) > 1:
        return tuple(_name_rows(label, pairs, edge))
    together = write(label, TEXT) + write("\u3000".join(names), _NAMES)  # one character between two names
    return ((_tabbed(NUMBER, edge), TAB + together),)


def _label_and_names(signer: str) -> tuple[str, list[str]]:
    label, colon, names = signer.partition("：")
    if not colon or "【" in label:  # a name that is missing: 【缺：签发人】
        return "", signer.split()
    return label + colon, names.split()


def _name_rows(label: str, pairs: list[list[str]], edge: int) -> list[tuple[Look, str]]:
    first, second = (max((m.width(pair[at]) for pair in pairs if at < len(pair)), default=0) for at in (0, 1))
    second_at = edge - second
    first_at = second_at - m.CHAR - first
    rows = [(_tabbed(NUMBER, first_at, second_at, kind="left"), TAB + _tabbed_names(pair)) for pair in pairs]
    label_at = first_at - m.width(label)
    top = TAB + write(label, TEXT) + _tabbed_names(pairs[0])  # the first name follows the label directly
    return [(_tabbed(NUMBER, label_at, second_at, kind="left"), top), *rows[1:]]


def _tabbed_names(names: list[str]) -> str:
    return TAB.join(write(name, _NAMES) for name in names)
