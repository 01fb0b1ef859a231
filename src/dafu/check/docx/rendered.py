"""A PDF of LibreOffice → where its text and its lines stand, in mm from the upper left corner of each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_MM = 25.4 / 72
_SAME_ROW = 2.0  # mm
_LEVEL = 0.5  # points: what rises less is a horizontal line
_BLANKS = str.maketrans("", "", " \t\n\r\u3000\xa0")


class Words(NamedTuple):
    """A stretch of text of one face, without blanks; `size` in points."""

    text: str
    x: float
    baseline: float
    size: float


class Line(NamedTuple):
    """A horizontal line that is drawn; `weight` in mm."""

    left: float
    right: float
    y: float
    weight: float
    red: bool


class Row(NamedTuple):
    """What stands on one baseline, from left to right."""

    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        """Return what it says."""
        return "".join(one.text for one in self.words)

    @property
    def baseline(self) -> float:
        """Return how far it stands from the upper edge of the page."""
        return self.words[0].baseline


@dataclass
class Page:
    """One page: `number` from 1, its height, its words in the order of drawing, its lines."""

    number: int
    height: float
    words: list[Words] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Return its rows from top to bottom."""
        found: list[list[Words]] = []
        for one in sorted(self.words, key=lambda word: word.baseline):
            if found and one.baseline - found[-1][0].baseline < _SAME_ROW:
                found[-1].append(one)
            else:
                found.append([one])
        return [Row(tuple(sorted(row, key=lambda word: word.x))) for row in found]


def pages(pdf: bytes) -> list[Page]:
    """Return the pages of a PDF that LibreOffice has just made."""
    from pypdf import PdfReader

    return [_page(number, page) for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1)]


def _page(number: int, page: Any) -> Page:
    found = Page(number, float(page.mediabox.height) * _MM)
    pen = _Pen(found)

    def read(text: str, matrix: Iterable[float], text_matrix: Iterable[float], _: Any, size: float) -> None:
        words = text.translate(_BLANKS)
        scale, x, y = _placed(list(matrix), list(text_matrix))
        if words:
            found.words.append(Words(words, x * _MM, found.height - y * _MM, size * scale))

    page.extract_text(visitor_text=read, visitor_operand_before=pen.draw)
    return found


def _placed(matrix: list[float], text: list[float]) -> tuple[float, float, float]:
    """Return the scale and the origin of a text under both matrices."""
    a, b, c, d, e, f = matrix
    return abs(a * text[3]), a * text[4] + c * text[5] + e, b * text[4] + d * text[5] + f


class _Pen:
    """Follows the operators of a page that draw."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._red = {b"RG": False, b"rg": False}
        self._width = 0.0
        self._at = (0.0, 0.0)
        self._path: list[tuple[float, float, float, float]] = []

    def draw(self, operator: bytes, operands: list[Any], matrix: list[float], _: Any) -> None:
        """Take one operator."""
        if operator in (b"RG", b"rg") and len(operands) == 3:  # noqa: PLR2004 -- red, green, blue
            red, green, blue = map(float, operands)
            self._red[operator] = red > 0.6 and max(green, blue) < red / 3  # noqa: PLR2004 -- neither pale nor dark
        elif operator == b"w":
            self._width = float(operands[0])
        elif operator == b"m":
            self._at = self._point(operands, matrix)
        elif operator == b"l":
            end = self._point(operands, matrix)
            self._path.append((*self._at, *end))
            self._at = end
        elif operator == b"re":
            x, y = self._point(operands[:2], matrix)
            self._path.append((x, y, x + float(operands[2]) * matrix[0], y + float(operands[3]) * matrix[3]))
        elif operator in (b"S", b"s", b"f", b"f*", b"B", b"n", b"W"):
            if operator not in (b"n", b"W"):
                self._stroke(filled=operator in (b"f", b"f*"))
            self._path = []

    def _point(self, operands: list[Any], matrix: list[float]) -> tuple[float, float]:
        x, y = float(operands[0]), float(operands[1])
        return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]

    def _stroke(self, *, filled: bool) -> None:
        """Keep the path as a line if it is one: drawn, or a filled bar of little height."""
        if not self._path:
            return
        xs = [x for one in self._path for x in one[::2]]
        ys = [y for one in self._path for y in one[1::2]]
        high = max(ys) - min(ys)
        if max(xs) - min(xs) < 10 * _LEVEL or high > (6 if filled else _LEVEL):
            return
        y = self._page.height - (max(ys) + min(ys)) / 2 * _MM
        weight = (high if filled else self._width) * _MM
        red = self._red[b"rg" if filled else b"RG"]
        self._page.lines.append(Line(min(xs) * _MM, max(xs) * _MM, y, weight, red))
