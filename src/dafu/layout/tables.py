"""Tables of the body: as wide as the text, their rows whole rows of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from dafu.layout import measures as m
from dafu.layout.looks import CELL, TEXT, paragraph
from dafu.layout.runs import HEITI, run

if TYPE_CHECKING:
    from dafu.layout.measures import Area
    from dafu.letter import Paragraph, Table

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="{m.TABLE_RULE_EIGHTHS_PT}" w:space="0" w:color="000000"/>' for side in _SIDES
)
_MARGINS = "".join(f'<w:{side} w:w="{m.CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
_FRAME = (
    f'<w:tblPr><w:tblW w:w="{m.TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
    f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>'
)


@dataclass(frozen=True, slots=True)
class _Column:
    width: int
    align: str


def table(block: Table, area: Area) -> str:
    """Return *block* with fixed columns; a row that names the columns is repeated on every page."""
    if not block.rows:
        return ""
    needs = [max(m.ems(cell.text) for cell in cells) for cells in zip(*block.rows, strict=True)]
    size = m.SIZE_4 if sum(_wishes(needs, m.SIZE_4)) <= m.TEXT_WIDTH else m.SIZE_SMALL_4
    columns = [
        _Column(width, "center" if need <= m.CENTRED_EMS_MAX else "both")
        for need, width in zip(needs, _widths(_wishes(needs, size)), strict=True)
    ]
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    rows = (_row(cells, columns, size, area, top=not at, headed=block.headed) for at, cells in enumerate(block.rows))
    return f"<w:tbl>{_FRAME}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _wishes(needs: list[float], size: int) -> list[int]:
    """Return the widths in which texts of so many ems stand on one line, with one em to spare."""
    return [round((need + 1) * size * 10) + 2 * m.CELL_MARGIN for need in needs]


def _widths(wishes: list[int]) -> list[int]:
    """Return widths that together are that of the text: what lacks is taken from the widest columns."""
    widths, room = [0] * len(wishes), m.TEXT_WIDTH
    for place, at in enumerate(sorted(range(len(wishes)), key=wishes.__getitem__)):
        widths[at] = min(wishes[at], room // (len(wishes) - place))
        room -= widths[at]
    shared = [int(width * m.TEXT_WIDTH / sum(widths)) for width in widths]
    shared[-1] += m.TEXT_WIDTH - sum(shared)
    return shared


def _row(
    cells: tuple[Paragraph, ...], columns: list[_Column], size: int, area: Area, *, top: bool, headed: bool
) -> str:
    names = top and headed
    line = round(m.CENTRED_LINE * size * 10)
    lines = max(_lines(cell.text, column, size) for cell, column in zip(cells, columns, strict=True))
    height = ceil(lines * line / area.row) * area.row - (m.TABLE_RULES_HEIGHT if top else 0)
    content = "".join(_cell(cell, column, size, line, names=names) for cell, column in zip(cells, columns, strict=True))
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if names else ''}</w:trPr>{content}</w:tr>"
    )


def _lines(text: str, column: _Column, size: int) -> int:
    return max(1, ceil(m.width(text, size, 0) / (column.width - 2 * m.CELL_MARGIN)))


def _cell(cell: Paragraph, column: _Column, size: int, line: int, *, names: bool) -> str:
    look = replace(TEXT, face=HEITI if names else TEXT.face, size=size, tracking=0)
    content = "".join(run(part.text, look, bold=part.bold and not names, missing=part.missing) for part in cell.runs)
    text = paragraph(replace(CELL, type=look, align="center" if names else column.align, line=line), content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
