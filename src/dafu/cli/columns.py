"""Text in columns: a Chinese character takes two of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOT_FIRST = "，。；：、？！）】》”’…"  # a line never begins with these


class _Columns(dict[str, int]):
    """How many columns each character takes, looked up once."""

    def __missing__(self, char: str) -> int:
        """Judge a character that was not seen before."""
        is_mark = unicodedata.category(char) in ("Mn", "Me", "Cf")  # upon the character before it
        self[char] = 0 if is_mark else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return self[char]


_COLUMNS = _Columns()


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return len(text) if text.isascii() else sum(map(_COLUMNS.__getitem__, text))


def padded(text: str, width: int) -> str:
    """Return *text* filled up with blanks to *width* columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield *text* in lines of at most *width* columns; a full stop or the like may stand beyond them."""
    line = ""
    for char in text:
        if columns(line + char) > width and char not in _NOT_FIRST:
            yield line
            line = ""
        line += char
    yield line


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield *rows* as lines with their cells under each other."""
    filled = []
    for cells in zip(*rows, strict=True):
        widths = {cell: columns(cell) for cell in {*cells}}  # in a column many are alike
        widest = max(widths.values())
        padded_cells = {cell: cell + " " * (widest - width) for cell, width in widths.items()}
        filled.append(map(padded_cells.__getitem__, cells))
    for row in zip(*filled, strict=True):
        yield "  ".join(row).rstrip()


class ChineseHelp(click.HelpFormatter):
    """click's help pages, measured in columns instead of characters."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean, the meanings under each other."""
        known = list(rows)
        first = min(max(columns(term) for term, _ in known), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in known:
            head = indent + padded(term, first) if columns(term) < first else f"{indent}{term}\n{indent}{' ' * first}"
            lines = wrapped(meaning, self.width - first - self.current_indent)
            self.write(head + f"\n{indent}{' ' * first}".join(lines) + "\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        for paragraph in text.splitlines():
            for line in wrapped(paragraph.strip(), self.width - self.current_indent):
                self.write(f"{indent}{line}\n")
