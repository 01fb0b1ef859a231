"""Write rows of text as .xlsx or .csv; a text never becomes a formula, a number or a date."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from dafu.sheets.book import column_letter
from dafu.sheets.saving import saved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767  # UTF-16 units that a cell holds
_RISKY = re.compile(r"^'*[=+\-@\t\r＝]")  # what a spreadsheet would take for a formula
_ESCAPE = re.compile(r"\r|_(?=x[0-9A-Fa-f]{4}_)")  # ST_Xstring of ECMA-376 part 1, 22.9.2.19
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_TEXT = "@"


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to write: rows under heads, the width of each column in half-width characters.

    `fills` colours single cells: (row from 1 below the heads, column from 1) → RGB in hex.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)


def length_of(text: str) -> int:
    """Return how much of a cell *text* takes, in the units of `LONGEST`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def csv_bytes(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a .csv file in UTF-8 with a mark; a text that a spreadsheet would compute has a ' before it."""
    page = io.StringIO()
    guarded = ([f"'{text}" if _RISKY.match(text) else text for text in row] for row in (heads, *rows))
    csv.writer(page, lineterminator="\r\n").writerows(guarded)
    return page.getvalue().encode("utf-8-sig")


def xlsx_bytes(pages: Sequence[Page]) -> bytes:
    """Return a workbook of *pages*: all cells typed strings, heads frozen and printed on every page, filters on.

    Raises ValueError for a text that no cell can hold: too long, or with control characters.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for page, title in zip(pages, _titles(pages), strict=True):
        _fill(book.create_sheet(title), page)
    book.properties.creator = "dafu"
    return saved(book)


def _titles(pages: Sequence[Page]) -> list[str]:
    """Return a name for each sheet that spreadsheets accept, no two alike."""
    titles: list[str] = []
    for page in pages:
        name = _NOT_IN_TITLE.sub("_", page.title).strip("'")[:_LONGEST_TITLE] or "_"
        taken = {title.casefold() for title in titles}
        ways = (name, *(f"{name[: _LONGEST_TITLE - 4]}-{n}" for n in range(2, len(pages) + 2)))
        titles.append(next(way for way in ways if way.casefold() not in taken))
    return titles


def _fill(sheet: Worksheet, page: Page) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    looks = {colour: PatternFill("solid", fgColor=colour) for colour in set(page.fills.values())}
    wrapped, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for row, texts in enumerate((page.heads, *page.rows), 1):
        for column, text in enumerate(texts, 1):
            cell = cast("Cell", sheet.cell(row, column))  # no cell of a new sheet is merged
            cell.number_format, cell.alignment = _TEXT, wrapped
            if text:
                cell.value = _held(text)
                cell.data_type = "s"  # openpyxl has taken “=1+1” for a formula
                cell.quotePrefix = _RISKY.match(text) is not None
            if row == 1:
                cell.font = bold
            elif colour := page.fills.get((row - 1, column)):
                cell.fill = looks[colour]
    for column, width in enumerate(page.widths, 1):
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.auto_filter.ref = f"A1:{column_letter(len(page.heads))}{len(page.rows) + 1}"


def _held(text: str) -> str:
    """Return *text* as a cell holds it."""
    if length_of(text) > LONGEST:
        raise ValueError(f"“{text[:20]}……”有{len(text):,}个字，一格放不下（先改短）")
    if found := _CONTROL.search(text):
        raise ValueError(f"“{text[:20]!r}”里有控制字符 U+{ord(found[0]):04X}（删去这个字符）")
    return _ESCAPE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
