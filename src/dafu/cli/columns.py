"""Text in columns: a Chinese character takes two of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOT_FIRST = "，。；：、？！）】》”’…"  # a line never begins with these


def columns(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):  # marks upon the character before them
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


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
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (padded(cell, width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


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
