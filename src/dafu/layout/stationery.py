"""信函 format: the office's name and a pair of red lines above and below the first page (GB/T 9704-2012 10.1).

They stand in the header and footer of the first page; all else is the text of 文件 format without its rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.head import corner, number_text, signer_rows
from dafu.layout.looks import BLANK, NUMBER, TEXT, Indent, Tab, paragraph
from dafu.layout.mark import is_headed, is_printed, mark
from dafu.layout.runs import TAB, write
from dafu.terms import GradePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.layout.looks import Look
    from dafu.layout.measures import Area
    from dafu.letter import Letter

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_THICK, _THIN = m.LETTER_THICK_EIGHTHS_PT, m.LETTER_THIN_EIGHTHS_PT
_AT_EDGE = NUMBER._replace(tabs=(Tab("right", m.TEXT_WIDTH),))
_AT_RIGHT = (GradePlace.UNDER_SIGNER, GradePlace.PAGE_RIGHT)


def header_distance(letter: Letter) -> int:
    """Return how far from the page's upper edge the header begins, in twips."""
    return m.LETTER_MARK_TOP - mark(letter).over if is_headed(letter) else m.HEADER


def first_header(letter: Letter) -> str:
    """Return the header part of the first page: the mark, the upper pair of lines and the room below them."""
    if not is_headed(letter):
        return _part("hdr", paragraph(BLANK, row=1))
    name = mark(letter)
    above = m.LETTER_LINE_UNDER_MARK - name.under
    # The row that follows begins with some white of its own, over the em box of its characters.
    white = m.BASELINE * m.AREAS[letter.style.text_area].row - m.ASCENT * m.SIZE_3 * 10
    below = m.LETTER_TEXT_UNDER_LINE - round(white)
    lines = [(above, _THICK), (m.LETTER_LINE_GAP, _THIN)]
    return _part("hdr", name.content + _red_lines(letter, lines) + paragraph(BLANK._replace(line=below)))


def first_footer(letter: Letter) -> str:
    """Return the footer part of the first page: the lower pair of lines, no page number."""
    if not is_headed(letter):
        return _part("ftr", paragraph(BLANK, row=1))
    return _part("ftr", _red_lines(letter, [(m.LETTER_LINE_GAP, _THIN), (m.LETTER_LINE_GAP, _THICK)]))


def head(letter: Letter, area: Area) -> Iterator[str]:
    """Yield the rows under the upper lines: the corner at the left; 发文字号, 签发人 and grade at the right."""
    left, right = [row for row in corner(letter) if row], _right_rows(letter)
    for count in range(max(len(left), len(right))):
        look, content = right[count] if count < len(right) else (_AT_EDGE, "")
        yield paragraph(look, (left[count] if count < len(left) else "") + content, row=area.row)


def _right_rows(letter: Letter) -> list[tuple[Look, str]]:
    """Return the rows that end at the right edge, each with its look."""
    number = number_text(letter)
    rows = [(_AT_EDGE, TAB + write(number, TEXT))] if number else []
    if letter.signer:
        rows += signer_rows(letter.signer, m.TEXT_WIDTH - m.SLACK)
    if letter.grade and letter.style.grade_place in _AT_RIGHT:
        rows.append((_AT_EDGE, TAB + write(letter.grade, TEXT)))
    return rows


def _red_lines(letter: Letter, lines: list[tuple[int, int]]) -> str:
    """Return lines of 170 mm, each (distance from what stands above, thickness in eighths of a point).

    On pre-printed paper the room stays: a border that is not printed is replaced by its height.
    """
    indent = Indent(left=m.LETTER_LINE_INDENT, right=m.LETTER_LINE_INDENT)
    if not is_printed(letter):
        room = sum(height + eighths * 20 // 8 for height, eighths in lines)
        return paragraph(BLANK._replace(line=room))
    return "".join(
        paragraph(BLANK._replace(indent=indent, line=height, border=_line(eighths))) for height, eighths in lines
    )


def _line(eighths: int) -> str:
    return f'<w:bottom w:val="single" w:sz="{eighths}" w:space="0" w:color="{m.RED}"/>'


def _part(kind: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{kind} {_NAMESPACE}>{content}</w:{kind}>'
