"""Small workbooks for tests, and what stands in one."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from dafu.sheets import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SESSION = "市政协十四届三次会议"


def saved(book: Workbook) -> bytes:
    """Return *book* as the bytes of an .xlsx."""
    page = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingWarning)  # openpyxl opens a file only for its name
        book.save(page)
    return page.getvalue()


def workbook(**cells: Any) -> bytes:
    """Return an .xlsx with these cells in its one sheet."""
    book = Workbook()
    for place, value in cells.items():
        book.worksheets[0][place] = value
    return saved(book)


def listed(path: Path, *rows: Sequence[Any], title: str = f"{SESSION}提案交办清单") -> Path:
    """Write a list: its title, its heads (the first of *rows*), its rows."""
    book = Workbook()
    for row in ([title], *rows):
        book.worksheets[0].append(list(row))
    path.write_bytes(saved(book))
    return path


def columns(data: bytes, sheet: int = 0) -> list[dict[str, str]]:
    """Return the rows of a ledger by its heads, empty cells left out."""
    rows = read_book(data, "").sheets[sheet].rows
    heads = {place: cell.text for place, cell in rows.pop(1).items()}
    return [{heads[place]: cell.text for place, cell in cells.items()} for cells in rows.values()]
