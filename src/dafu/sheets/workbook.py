"""Read .xlsx through openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dafu.errors import Problem, UnusableError
from dafu.sheets.book import EPOCH_1900, EPOCH_1904, Area, Book, Cell, Sheet
from dafu.sheets.package import MOST_CELLS, Lean, TooLargeError

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_COLUMNS = 500  # beyond these nothing is read
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_ZEROS = re.compile("0{2,}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring of ECMA-376 part 1, 22.9.2.19
_COMPUTE = "公式还没有算出结果（在 Excel 或 WPS 里打开，保存一次）"
_CURE = "在 Excel 或 WPS 里打开，另存为新的 .xlsx"


def read_workbook(data: bytes, name: str) -> Book:
    """Return the sheets of an .xlsx file; UnusableError for one that is too large or cannot be read."""
    try:
        lean = Lean(data)
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # it prints of styles that are none
            warnings.simplefilter("ignore")  # what openpyxl cannot keep does not matter to one who only reads
            return _book(lean)
    except UnusableError as error:
        raise UnusableError(problems=[problem.within(name) for problem in error.problems]) from error
    except TooLargeError as error:
        raise _unusable(name, f"{error}，没有读", "只留要导入的表和行，另存为新的 .xlsx") from error
    except RuntimeError as error:  # zipfile: a member is encrypted
        raise _unusable(name, "读不通，可能加了密码", "打开后去掉密码，再另存为 .xlsx") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        raise _unusable(name, "不完整或已损坏", "请对方重发") from error
    except Exception as error:  # openpyxl lets every kind of error escape from a file that is not as it expects
        raise _unusable(name, f"读不通：{type(error).__name__}", _CURE) from error


def _unusable(name: str, message: str, cure: str) -> UnusableError:
    return UnusableError(problems=[Problem("S102", message, cure, file=name)])


def _book(lean: Lean) -> Book:
    shown, parts = _loaded(lean.data, data_only=True)
    formulas = _loaded(lean.data, data_only=False)[0] if lean.has_formulas else None
    epoch = EPOCH_1904 if shown.epoch.year == EPOCH_1904.year else EPOCH_1900
    return Book(
        tuple(
            Sheet(
                title=page.title,
                rows=_spread(_rows(page, formulas[page.title] if formulas else None), lean.merged[parts[page.title]]),
                merged=tuple(lean.merged[parts[page.title]]),
                hidden_rows=frozenset(n for n, row in page.row_dimensions.items() if row.hidden),
                hidden_columns=frozenset(
                    n for one in page.column_dimensions.values() if one.hidden for n in _span(one)
                ),
                is_hidden=page.sheet_state != "visible",
                epoch=epoch,
            )
            for page in shown.worksheets
        )
    )


def _loaded(data: bytes, *, data_only: bool) -> tuple[Workbook, dict[str, str]]:
    """Return the workbook, and the part of the package that each sheet stands in."""
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(io.BytesIO(data), data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb, {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}


def _span(dimension: ColumnDimension) -> range:
    return range(dimension.min or 0, min(dimension.max or 0, _MOST_COLUMNS) + 1)


def _rows(page: Worksheet, formulas: Worksheet | None) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(page._cells.items()):  # noqa: SLF001 -- `iter_rows` makes every empty cell between
        found = _cell(cell)
        if found is None and formulas and formulas.cell(row, column).data_type == "f":
            found = Cell("", fault=_COMPUTE)
        if found is not None:
            rows.setdefault(row, {})[column] = found
    return rows


def _cell(cell: Any) -> Cell | None:
    if cell.data_type == "e":
        return Cell("", fault=f"公式出错：{cell.value}（改正公式，或改填内容）")
    match cell.value:
        case None:
            return None
        case bool(value):
            return Cell("是" if value else "否")
        case int() | float() as value:
            return _number(value, cell.number_format)
        case datetime() as value:
            return Cell(f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}")
        case date() | time() | timedelta() as value:
            return Cell(str(value))
        case value:
            text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))
            return Cell(text) if text.strip() else None


def _number(value: float, form: str) -> Cell:
    """Return a number as it is written out; a format such as 000000 keeps its leading zeros."""
    if abs(value) >= _EXACT:
        return Cell(f"{value:.0f}", fault="数字超过15位，表格软件已经丢了后面几位（改为文本格式，重新填写）")
    if float(value).is_integer():
        digits = str(int(value))
        return Cell(digits.zfill(len(form)) if _ZEROS.fullmatch(form) else digits, is_number=True)
    return Cell(f"{Decimal(repr(value)):f}", is_number=True)


def _spread(rows: dict[int, dict[int, Cell]], merged: list[Area]) -> dict[int, dict[int, Cell]]:
    """Fill merged cells with what they show, as far down and right as there is anything at all."""
    last = max(rows, default=0)
    right = max((max(cells) for cells in rows.values()), default=0)
    filled = 0
    for area in merged:
        shown = rows.get(area.top, {}).get(area.left)
        if shown is None:
            continue
        down, across = range(area.top, min(area.bottom, last) + 1), range(area.left, min(area.right, right) + 1)
        filled += len(down) * len(across)
        if filled > MOST_CELLS:
            raise TooLargeError(f"合并的单元格超过 {MOST_CELLS:,} 个")
        for row in down:
            rows.setdefault(row, {}).update(dict.fromkeys(across, shown))
    return {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())}
