"""Workbooks with native charts: pages of cells, each with a chart of its own columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dafu.sheets.saving import saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart import BarChart, PieChart
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | None
"""A cell: text, a count, or a share, which is shown as a percentage."""

_AUTHOR = "dafu"
_WIDEST = 50  # columns of a cell; longer text wraps
_NARROWEST = 6  # 100.0%


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a page: columns of bars, or a pie; `columns` are those of its heads, named by the first one."""

    kind: Literal["bars", "pie"]
    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its name, its heads, its rows, and the chart below them."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    chart: Chart | None = None


def workbook(pages: Sequence[Page]) -> bytes:
    """Return *pages* as an .xlsx; no text becomes a formula, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = _AUTHOR
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(page.name), page)
    return saved(book)


def _fill(sheet: Worksheet, page: Page) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for row, values in enumerate((page.heads, *page.rows), 1):
        for column, value in enumerate(values, 1):
            _put(sheet, row, column, value)
    for column, head in enumerate(page.heads, 1):
        sheet.cell(1, column).font = Font(bold=True)
        words = [head, *(str(row[column - 1]) for row in page.rows if isinstance(row[column - 1], str))]
        sheet.column_dimensions[get_column_letter(column)].width = min(
            max(_NARROWEST, *map(_width, words)) + 2, _WIDEST
        )
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    if page.chart and page.rows:
        sheet.add_chart(_chart(sheet, page, page.chart), f"A{len(page.rows) + 3}")


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        cell.data_type = "s"
    else:
        cell.value = value
    if isinstance(value, float):
        cell.number_format = "0.0%"


def _width(text: str) -> int:
    return max(sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n"))


def _chart(sheet: Worksheet, page: Page, wanted: Chart) -> BarChart | PieChart:
    from openpyxl.chart import BarChart, PieChart, Reference
    from openpyxl.chart.label import DataLabelList

    chart = BarChart() if wanted.kind == "bars" else PieChart()
    last = len(page.rows) + 1
    for head in wanted.columns:
        column = list(page.heads).index(head) + 1
        chart.add_data(Reference(sheet, min_col=column, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.title = wanted.title
    chart.dataLabels = DataLabelList(showVal=True)
    chart.dataLabels.showSerName = chart.dataLabels.showCatName = chart.dataLabels.showLegendKey = False
    if isinstance(chart, BarChart):
        chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl 3.1 hides both
    return chart
