"""Forms: tables with fixed columns and merged cells.

A form has a markup of its own, which only templates write: pipe rows below a rule `|=3=|-7-|` that gives each column
its share of the width, `=` for columns of labels and `-` for columns of values. In its cells `<` joins the place to
the one at the left, `^` to the one above, ` // ` begins a new line, `>` at its start sends a line to the right below
the others; a number behind the last pipe is the least height in rows of the page. A line that begins without a pipe
continues the row above it, one blank apart, and so does one that begins with `|<`.
"""

from __future__ import annotations

import re
from itertools import product, takewhile

from dafu.letter.markup import BLANKS, lines, plain
from dafu.letter.parts import Block, Cell, Paragraph, Table

# compiled when there is a form
_SHARE, _NEW_LINE = r"(=+|-+)\s*(\d+)\s*(?:=+|-+)", r"(?:^|\s)//(?:\s|$)"
_LABEL, _AT_RIGHT, _BESIDE, _ABOVE = "=", ">", "<", "^"
_MARKS = str.maketrans({mark: chr(0xFDD0 + n) for n, mark in enumerate("|<^>/\n")})  # no characters by Unicode
_UNMARKED = {ord(kept): chr(mark) for mark, kept in _MARKS.items()}


def guarded(text: str) -> str:
    """Return *text* so that a form takes none of its characters for markup, and each of its lines for a line."""
    return "\n".join(text.splitlines()).translate(_MARKS)


def form(text: str) -> tuple[Block, ...]:
    """Return the form of *text*, and what stands above it as paragraphs without markup; values in it are `guarded`."""
    above: list[Block] = []
    rows: list[str] = []
    for line in lines(text):
        if line.startswith("|") and not (rows and line.startswith(f"|{_BESIDE}")):
            rows.append(line)
        elif rows:
            rows[-1] += line if line.startswith("|") else f"\u3000{line}"
        else:
            above += _unguarded(line)
    return (*above, *([_form(rows)] if rows else []))


def _form(rows: list[str]) -> Table:
    kept = [_cells_and_height(row) for row in rows]
    shares = [re.fullmatch(_SHARE, cell) for cell in kept[0][0]]
    if all(shares):
        del kept[0]
    else:
        shares = []  # without a rule all columns are alike and hold values
    width = max([len(shares), *(len(cells) for cells, _ in kept)])
    grid = [cells + [""] * (width - len(cells)) for cells, _ in kept]
    labels = [bool(share and share[1].startswith(_LABEL)) for share in shares] + [False] * (width - len(shares))
    parts = [max(1, int(share[2])) for share in shares if share] + [1] * (width - len(shares))
    return Table(_merged(grid, labels), shares=tuple(parts), heights=tuple(height for _, height in kept))


def _cells_and_height(row: str) -> tuple[list[str], int]:
    *cells, height = row.removeprefix("|").split("|")
    height = height.strip(BLANKS)
    if not (height.isdecimal() or not height):  # the last pipe is wanting
        cells, height = [*cells, height], ""
    return [cell.strip(BLANKS) for cell in cells], int(height or 0)


def _merged(grid: list[list[str]], labels: list[bool]) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of each row; a `<` or `^` that has nothing to join stays as text."""
    rows: list[list[Cell]] = [[] for _ in grid]
    covered = set[tuple[int, int]]()
    for row, column in product(range(len(grid)), range(len(labels))):
        if (row, column) not in covered:
            across, down = _extent(grid, row, column)
            covered |= set(product(range(row, row + down), range(column, column + across)))
            rows[row].append(_cell(grid[row][column], label=labels[column], across=across, down=down))
    return tuple(map(tuple, rows))


def _extent(grid: list[list[str]], row: int, column: int) -> tuple[int, int]:
    """Return how many columns and rows the cell that begins here takes."""
    beside = (grid[row][at] for at in range(column + 1, len(grid[row])))
    across = 1 + sum(1 for _ in takewhile(_BESIDE.__eq__, beside))
    below = (grid[at][column : column + across] for at in range(row + 1, len(grid)))
    return across, 1 + sum(1 for _ in takewhile(_goes_on, below))


def _goes_on(places: list[str]) -> bool:
    """Tell whether these places belong to the cell above them."""
    return places[0] == _ABOVE and all(place in (_ABOVE, _BESIDE) for place in places)


def _cell(text: str, *, label: bool, across: int, down: int) -> Cell:
    found: list[Paragraph] = []
    closing: list[Paragraph] = []
    for line in map(str.strip, re.split(_NEW_LINE, text)):
        if line.startswith(_AT_RIGHT):
            closing += _unguarded(line[1:].strip())
        else:
            found += _unguarded(line)
    if closing and not any(one.text for one in found):
        found = []
    return Cell(tuple(found), tuple(closing), label, across, down)


def _unguarded(text: str) -> tuple[Paragraph, ...]:
    """Return the lines of a text whose values were guarded; a text that says nothing is an empty line."""
    return plain(text.translate(_UNMARKED)) or (Paragraph(()),)
