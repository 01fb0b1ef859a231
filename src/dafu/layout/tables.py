"""Tables of the body and forms: as wide as the text, no row torn by a page break."""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dafu.layout import measures as m
from dafu.layout.looks import CELL, TEXT, Indent, paragraph
from dafu.layout.runs import HEITI, run, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.layout.looks import Look
    from dafu.layout.measures import Area
    from dafu.layout.runs import Type
    from dafu.letter import Cell, Paragraph, Table

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="{m.TABLE_RULE_EIGHTHS_PT}" w:space="0" w:color="000000"/>' for side in _SIDES
)
_FORM_ROWS = {m.SIZE_4: m.mm(9), m.SIZE_SMALL_4: m.mm(8)}  # type size → the height of a row
_FORM_HEIGHT = m.mm(191)  # what a title of two lines leaves of the page
_FORM_WHITE = m.mm(1)  # over and under the text of a cell
_CLOSING = Indent(right=m.CHAR_4)  # of the lines at the right of a cell
_MARK_FACE = "Segoe UI Symbol"  # the official faces have no ☑; Word sets its own check boxes in this one


class _Column(NamedTuple):
    width: int
    align: str


class _Place(NamedTuple):
    """A cell of a form in one of its rows; `begins` tells the first of them."""

    cell: Cell
    width: int
    begins: bool


def table(block: Table, area: Area) -> str:
    """Return *block*: a form by its own columns, another table by its content."""
    if not block.rows:
        return ""
    return _form(block) if block.shares else _plain(block, area)


def _table(widths: Iterable[int], rows: Iterable[str], *, white: int = 0) -> str:
    """Return a table of fixed columns; *white* stands over and under the text of its cells."""
    widths = list(widths)
    sides = {"top": white, "left": m.CELL_MARGIN, "bottom": white, "right": m.CELL_MARGIN}
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items() if width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_RULES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _table_row(cells: Iterable[str], height: int, *, repeated: bool = False) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{'<w:tblHeader/>' if repeated else ''}</w:trPr>{''.join(cells)}</w:tr>"
    )


# Tables of the body: columns by content, their rows whole rows of the page -------------------------------------------


def _plain(block: Table, area: Area) -> str:
    """Return *block* with fixed columns; a row that names the columns is repeated on every page."""
    needs = [max(m.ems(cell.text) for cell in cells) for cells in zip(*block.rows, strict=True)]
    size = m.SIZE_4 if sum(_wishes(needs, m.SIZE_4)) <= m.TEXT_WIDTH else m.SIZE_SMALL_4
    columns = [
        _Column(width, "center" if need <= m.CENTRED_EMS_MAX else "both")
        for need, width in zip(needs, _widths(_wishes(needs, size)), strict=True)
    ]
    rows = (_row(cells, columns, size, area, top=not at, headed=block.headed) for at, cells in enumerate(block.rows))
    return _table((column.width for column in columns), rows)


def _wishes(needs: list[float], size: int) -> list[int]:
    """Return the widths in which texts of so many ems stand on one line, with one em to spare."""
    return [round((need + 1) * size * 10) + 2 * m.CELL_MARGIN for need in needs]


def _widths(wishes: list[int]) -> list[int]:
    """Return widths that together are that of the text: what lacks is taken from the widest columns."""
    widths, room = [0] * len(wishes), m.TEXT_WIDTH
    for place, at in enumerate(sorted(range(len(wishes)), key=wishes.__getitem__)):
        widths[at] = min(wishes[at], room // (len(wishes) - place))
        room -= widths[at]
    return _shared(widths)


def _shared(parts: Iterable[int], whole: int = m.TEXT_WIDTH) -> list[int]:
    """Return *whole*, the width of the text, in these parts."""
    edges = list(accumulate(parts, initial=0))
    return [end - start for start, end in pairwise(edge * whole // edges[-1] for edge in edges)]


def _row(cells: tuple[Cell, ...], columns: list[_Column], size: int, area: Area, *, top: bool, headed: bool) -> str:
    names = top and headed
    line = round(m.CENTRED_LINE * size * 10)
    lines = max(_lines(cell.text, column, size) for cell, column in zip(cells, columns, strict=True))
    height = ceil(lines * line / area.row) * area.row - (m.TABLE_RULES_HEIGHT if top else 0)
    content = (_cell(cell, column, size, line, names=names) for cell, column in zip(cells, columns, strict=True))
    return _table_row(content, height, repeated=names)


def _lines(text: str, column: _Column, size: int) -> int:
    return max(1, ceil(m.width(text, size, 0) / (column.width - 2 * m.CELL_MARGIN)))


def _cell(cell: Cell, column: _Column, size: int, line: int, *, names: bool) -> str:
    type_ = TEXT._replace(face=HEITI if names else TEXT.face, size=size, tracking=0)
    look = CELL._replace(type=type_, align="center" if names else column.align, line=line)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{''.join(_text(one, look, bold=not names) for one in cell.lines)}</w:tc>"
    )


def _text(one: Paragraph, look: Look, *, bold: bool = True) -> str:
    parts = (_run(part.text, look.type, bold=part.bold and bold, missing=part.missing) for part in one.runs)
    return paragraph(look, "".join(parts))


def _run(text: str, look: Type, *, bold: bool, missing: bool) -> str:
    pieces = ("".join(chars) for _, chars in groupby(text, "☑".__eq__))
    faced = ((piece, look.set_in(_MARK_FACE) if piece[0] == "☑" else look) for piece in pieces)
    return "".join(run(piece, face, bold=bold, missing=missing) for piece, face in faced)


# Forms: columns by their shares, cells merged, heights as the template says ------------------------------------------


def _form(block: Table) -> str:
    """Return a form, in the larger type that lets it stand on one page."""
    widths = _shared(block.shares)
    rows = [*_placed(block, widths)]
    small = _form_height(rows, block.heights, m.SIZE_4) > _FORM_HEIGHT
    size = m.SIZE_SMALL_4 if small else m.SIZE_4
    drawn = (
        _table_row([_form_cell(place, size) for place in places], max(1, height) * _FORM_ROWS[size])
        for places, height in zip(rows, block.heights, strict=True)
    )
    return _table(widths, drawn, white=_FORM_WHITE)


def _form_height(rows: list[list[_Place]], heights: tuple[int, ...], size: int) -> int:
    """Return about how high a form is in type of this *size*."""
    line = round(m.CENTRED_LINE * size * 10)
    return sum(
        max(
            [
                max(1, height) * _FORM_ROWS[size],
                *(_lines_in(place, size) * line + 2 * _FORM_WHITE for place in places if place.cell.down == 1),
            ]
        )
        for places, height in zip(rows, heights, strict=True)
    )


def _lines_in(place: _Place, size: int) -> int:
    room = _Column(place.width, "")
    return sum(_lines(one.text, room, size) for one in (*place.cell.lines, *place.cell.closing))


def _placed(block: Table, widths: list[int]) -> Iterator[list[_Place]]:
    """Yield the places of each row, with the cells that reach down into it."""
    reaching: dict[int, tuple[Cell, int]] = {}  # column → a cell and the rows that it still takes
    for cells in block.rows:
        waiting, places, column = iter(cells), list[_Place](), 0
        while column < len(widths):
            old, left = reaching.pop(column, (None, 0))
            cell = old or next(waiting)
            places.append(_Place(cell, sum(widths[column : column + cell.across]), begins=old is None))
            left = left - 1 if old else cell.down - 1
            if left:
                reaching[column] = (cell, left)
            column += cell.across
        yield places


def _form_cell(place: _Place, size: int) -> str:
    """Return a cell of a form, or its continuation in a row further down."""
    cell, type_ = place.cell, TEXT._replace(size=size, tracking=0)
    across = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if place.begins else "<w:vMerge/>"
    look = CELL._replace(type=type_.set_in(HEITI) if cell.label else type_, line=round(m.CENTRED_LINE * size * 10))
    beside = look._replace(align="center" if cell.label else "both")
    lines = [_text(one, beside) for one in cell.lines]
    lines += [_text(one, look._replace(align="right", indent=_CLOSING)) for one in cell.closing]
    down, at = merge if cell.down > 1 else "", "bottom" if cell.closing else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{place.width}" w:type="dxa"/>{across}{down}<w:vAlign w:val="{at}"/></w:tcPr>'
        f"{''.join(lines) if place.begins else paragraph(look)}</w:tc>"
    )


# Lists: columns by their shares, as wide as the page that they stand on ----------------------------------------------


def listing(heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], width: int) -> str:
    """Return a list of plain text as a table of *width* twips; its heads are repeated on every page."""
    columns = [
        _Column(part, "center" if all(m.ems(text) <= m.CENTRED_EMS_MAX for text in texts) else "left")
        for part, *texts in zip(_shared(shares, width), *rows, strict=True)
    ]
    drawn = (_list_row(row, columns, head=not at) for at, row in enumerate([heads, *rows]))
    return _table((column.width for column in columns), drawn, white=_FORM_WHITE)


def _list_row(texts: Sequence[str], columns: list[_Column], *, head: bool) -> str:
    size = m.SIZE_SMALL_4
    type_ = TEXT._replace(face=HEITI if head else TEXT.face, size=size, tracking=0)
    look = CELL._replace(type=type_, line=round(m.CENTRED_LINE * size * 10))
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(look if head else look._replace(align=column.align), write(text, type_))}</w:tc>"
        for text, column in zip(texts, columns, strict=True)
    )
    return _table_row(cells, _FORM_ROWS[size], repeated=head)
