"""Spreadsheet cells ↔ text: .xlsx and .csv → rows of text with their place; rows of text → .xlsx and .csv."""

from dafu.sheets.book import Book, Cell, Sheet, column_letter
from dafu.sheets.nature import is_spreadsheet
from dafu.sheets.reading import LIMIT, read_book
from dafu.sheets.writing import LONGEST, Page, csv_bytes, length_of, xlsx_bytes

__all__ = [
    "LIMIT",
    "LONGEST",
    "Book",
    "Cell",
    "Page",
    "Sheet",
    "column_letter",
    "csv_bytes",
    "is_spreadsheet",
    "length_of",
    "read_book",
    "xlsx_bytes",
]
