"""Measure a rendered letter: where its characters stand and where its ink lies, in mm from the upper left corner."""

from __future__ import annotations

import subprocess
from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_DPI = 300
_MM_PER_PT = 25.4 / 72
_SAME_ROW = 2.0  # mm; rows stand 10 mm apart
RED, BLACK = "red", "black"


class Glyph(NamedTuple):
    """A character and its origin on the baseline."""

    text: str
    x: float
    baseline: float


class Row(NamedTuple):
    """The characters on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def left(self) -> float:
        return self.glyphs[0].x


class Box(NamedTuple):
    """The edges of some ink."""

    left: float
    top: float
    right: float
    bottom: float


class Page:
    """One page of a PDF."""

    def __init__(self, pdf: bytes, number: int, glyphs: list[Glyph]) -> None:
        self._pdf = pdf
        self.number = number
        self.glyphs = glyphs

    @cached_property
    def rows(self) -> list[Row]:
        """The rows from top to bottom, page number and blanks left out."""
        inked = sorted((g for g in self.glyphs if not g.text.isspace()), key=lambda g: g.baseline)
        starts = [0.0, *(g.baseline for g in inked)]
        numbers, number = [], 0
        for glyph, before in zip(inked, starts, strict=False):
            number += glyph.baseline - before > _SAME_ROW
            numbers.append(number)
        grouped = groupby(zip(numbers, inked, strict=True), key=lambda pair: pair[0])
        return [Row(tuple(sorted((g for _, g in group), key=lambda g: g.x))) for _, group in grouped]

    @cached_property
    def _picture(self) -> NDArray[np.int16]:
        page = str(self.number)
        command = ["pdftoppm", "-r", str(_DPI), "-f", page, "-l", page, "-png", "-"]
        picture = subprocess.run(command, input=self._pdf, capture_output=True, check=True).stdout
        return np.asarray(Image.open(BytesIO(picture)).convert("RGB")).astype(np.int16)

    def ink(self, colour: str = BLACK, top: float = 0, bottom: float = 297, left: float = 0, right: float = 210) -> Box:
        """Return the edges of all ink of *colour* within the window."""
        y, x = (int(edge * _DPI / 25.4) for edge in (top, left))
        window = self._picture[y : int(bottom * _DPI / 25.4), x : int(right * _DPI / 25.4)]
        red, green = window[:, :, 0], window[:, :, 1]
        inked = (red - green > 100) if colour == RED else (red < 128)
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        if not rows.size:
            raise AssertionError(f"no {colour} ink between {top} and {bottom} mm on page {self.number}")
        edges = (x + columns[0], y + rows[0], x + columns[-1] + 1, y + rows[-1] + 1)
        return Box(*(float(edge) * 25.4 / _DPI for edge in edges))


def measured(pdf: bytes) -> list[Page]:
    """Return the pages of *pdf*."""
    layouts = extract_pages(BytesIO(pdf), laparams=None)
    return [
        Page(pdf, number, [_glyph(char, layout.height) for char in _chars(layout)])
        for number, layout in enumerate(layouts, 1)
    ]


def _chars(item: object) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from _chars(part)


def _glyph(char: LTChar, page_height: float) -> Glyph:
    x, y = char.matrix[4:6]
    return Glyph(char.get_text(), x * _MM_PER_PT, (page_height - y) * _MM_PER_PT)
