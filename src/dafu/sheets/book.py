"""What a spreadsheet holds once it is read: text in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LETTERS = 26


class Area(NamedTuple):
    """Cells merged into one: the first and last row, the first and last column, each from 1."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell; `fault` says why it cannot be used, `is_number` that the spreadsheet counts with it."""

    text: str
    is_number: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: cells by row and column from 1, empty ones left out, merged ones filled with what they show."""

    title: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    epoch: date = EPOCH_1900


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet file."""

    sheets: tuple[Sheet, ...]


def column_letter(number: int) -> str:
    """Return the letters that a spreadsheet shows above column *number* (from 1)."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
