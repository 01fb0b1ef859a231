"""Read a spreadsheet file of any usual making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.errors import Problem, UnusableError
from dafu.sheets.nature import Nature, nature_of

if TYPE_CHECKING:
    from dafu.sheets.book import Book

LIMIT = 50_000_000  # bytes of a file


def read_book(data: bytes, name: str) -> Book:
    """Return the sheets of an .xlsx or .csv file; UnusableError names *name* and what the file really is.

    Text may be UTF-8, UTF-16 or GB18030. Formulas give the value that was last computed.
    """
    nature = nature_of(data)
    if nature is Nature.XLSX:
        from dafu.sheets.workbook import read_workbook

        return read_workbook(data, name)
    if nature is Nature.TEXT:
        from dafu.sheets.delimited import read_delimited

        return read_delimited(data, name)
    raise UnusableError(problems=[Problem("S101", f"这是{nature}，不能读", nature.cure, file=name)])
