"""Spreadsheets: every cell is a string, so that no text becomes a formula and no number loses its zeros."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_CELL = 32_767  # characters that a cell can hold


def write(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """Return an .xlsx of one sheet: *heads* frozen above *rows*, columns of *widths* characters.

    Raises ValueError for a text that a cell cannot hold: too long, or with control characters.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    wrapped = Alignment(wrap_text=True, vertical="center")
    lines = [[_cell(sheet, text, alignment=wrapped, font=Font(bold=True)) for text in heads]]
    lines += [[_cell(sheet, text, alignment=wrapped) for text in row] for row in rows]
    for line in lines:  # only when no cell was refused: openpyxl cannot leave a sheet half written
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, **look: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils.exceptions import IllegalCharacterError

    if len(text) > _LONGEST_CELL:
        raise ValueError(f"“{text[:20]}……”有{len(text)}个字，一格放不下")
    try:
        cell = WriteOnlyCell(sheet, value=text)
    except IllegalCharacterError as error:
        raise ValueError(f"“{text[:20]!r}”里有控制字符") from error
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    cell.number_format = "@"
    for name, value in look.items():
        setattr(cell, name, value)
    return cell
