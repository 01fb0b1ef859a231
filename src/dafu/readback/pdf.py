"""A PDF → its paragraphs: the rows of each page by place, joined where a paragraph goes on in the next row."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from dafu.errors import UnusableError
from dafu.readback.faults import unusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PageObject, PdfReader

_MOST_PAGES = 300
_MOST_MARKS = 10_000  # mentions of a page in the file, to be told before any is looked at
_MOST_OPERATIONS = 300_000  # a page of text has some hundreds
_LARGEST_PAGE = 4_000_000  # bytes of the drawing of a page, unpacked; they are parsed before the first operation
_PAGE_NUMBER = re.compile(r"[—–－\-·\s]*(第\s*)?\d{1,4}(\s*页)?(\s*[/／共]\s*\d+\s*页?)?[—–－\-·\s]*")
_SAME_ROW, _SAME_SIZE = 0.4, 0.06  # of the size
_BLANK, _TAB = 0.35, 1.5  # em: narrower is no gap, wider is a tab
_AT_MARGIN, _NEAR_EDGE, _FULL = 0.6, 5, 1.5  # em
_DEEPEST = 8  # em that a wrapped row hangs behind its label
_CLOSE = 1.35  # rows
_RUNNING = 3  # pages at least, to tell what runs on every one from what two happen to share
_FOOT = 4  # rows above the last one of a page may hold its number


@dataclass(slots=True)
class _Row:
    """A row of a page: where it begins and ends, in points from the lower left corner, and its size of type."""

    page: int
    left: float
    base: float
    size: float
    right: float
    text: str = field(default="")


def is_pdf(data: bytes) -> bool:
    """Tell whether *data* is a PDF; some programs write a few bytes before its mark."""
    return b"%PDF-" in data[:1024]


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page of a rendered letter, in the order in which it was drawn."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def lines(data: bytes, name: str) -> list[str]:
    """Return the paragraphs of a PDF without its page numbers; see `readback.lines`.

    A row goes on in the next one when it reaches the right edge and the next begins at the left one, closely below or
    at the top of the next page. Raises UnusableError for one that is encrypted, made of pictures, broken or too big.
    """
    rows = _without_margins([row for row in _rows_of(data, name) if row.text.strip()])
    if not rows:
        raise unusable(name, "里面没有文字，多半是扫描件", "用文字识别软件转成文字，再导入")
    return list(_joined(rows))


def _rows_of(data: bytes, name: str) -> list[_Row]:
    from pypdf.errors import DependencyError

    try:
        return _read(data, name)
    except UnusableError:
        raise
    except DependencyError as error:  # a cipher that is not installed
        raise _encrypted(name) from error
    except Exception as error:  # there is no telling what a broken PDF leads pypdf to
        raise unusable(name, "PDF 已经损坏，读不出文字", "重新打印成 PDF，或者导入 .docx") from error


def _read(data: bytes, name: str) -> list[_Row]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends while reading is no message for the clerk
    too_many = unusable(name, f"页数太多，最多读{_MOST_PAGES}页", "只留答复或提案的那几页")
    if data.count(b"/Page") > _MOST_MARKS:
        raise too_many
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(name)
    if _count(reader) > _MOST_PAGES or len(reader.pages) > _MOST_PAGES:
        raise too_many
    budget = _Budget(name)
    return [row for number, page in enumerate(reader.pages) for row in _page_rows(page, number, budget)]


def _encrypted(name: str) -> UnusableError:
    return unusable(name, "加了密码", "去掉密码，另存一份，再导入")


def _count(reader: PdfReader) -> int:
    """Return how many pages the file says it has, without going through them."""
    tree: Any = reader.root_object["/Pages"].get_object()
    return int(tree.get("/Count", 0))


@dataclass(slots=True)
class _Budget:
    """How many operations of drawing are still looked at on all pages."""

    name: str
    left: int = _MOST_OPERATIONS

    def spend(self, *_: Any) -> None:
        """Count one operation; raises UnusableError when there were too many."""
        self.left -= 1
        if self.left < 0:
            raise self.spent

    @property
    def spent(self) -> UnusableError:
        """Return the error that there is too much to look at."""
        return unusable(self.name, "页面内容太多", "只留答复或提案的那几页，重新打印成 PDF")


def _page_rows(page: PageObject, number: int, budget: _Budget) -> list[_Row]:
    """Return the rows of a page from top to bottom, the pieces of each from left to right."""
    pieces: list[_Row] = []

    def visit(text: str, user: Sequence[float], matrix: Sequence[float], _: Any, size: float) -> None:
        words = text.strip("\n")
        if words.strip():
            pieces.append(_piece(number, words, user, matrix, size))

    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
        raise budget.spent
    page.extract_text(visitor_text=visit, visitor_operand_before=budget.spend)
    rows: list[list[_Row]] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        if rows and rows[-1][0].base - piece.base < _SAME_ROW * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_row(sorted(row, key=lambda one: one.left)) for row in rows]


def _piece(page: int, text: str, user: Sequence[float], matrix: Sequence[float], size: float) -> _Row:
    left = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
    base = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
    high = abs(size * matrix[3] * user[3]) or abs(size) or 1
    return _Row(page, left, base, high, left + _ems(text) * high, text)


def _row(pieces: list[_Row]) -> _Row:
    text = pieces[0].text
    for before, after in pairwise(pieces):
        gap = (after.left - before.right) / after.size - _doubt(before.text)
        text += ("\t" if gap > _TAB else " " if gap > _BLANK else "") + after.text
    from statistics import median_low

    first, size = pieces[0], median_low([piece.size for piece in pieces])
    return _Row(first.page, first.left, first.base, size, pieces[-1].right, text.strip())


def _ems(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def _doubt(text: str) -> float:
    """Return how much wider *text* may be than reckoned, in em: digits and Latin letters differ from face to face."""
    return 0.15 * sum(char.isascii() for char in text)


def _without_margins(rows: list[_Row]) -> list[_Row]:
    """Return *rows* without the number at the foot of each page, and without what heads or ends most of them.

    版记 may stand above the number or below it.
    """
    pages = [list(page) for _, page in groupby(rows, key=lambda row: row.page)]
    counts = Counter(place for page in pages for place in {_place(row) for row in (*page[:2], *page[-2:])})
    most = len(pages) // 2 if len(pages) >= _RUNNING else len(pages)
    return [
        row
        for page in pages
        for row in page
        if counts[_place(row)] <= most
        and not (row.base <= page[-1].base + _FOOT * page[-1].size and _PAGE_NUMBER.fullmatch(row.text))
    ]


def _place(row: _Row) -> tuple[int, str]:
    return round(row.base), row.text


def _joined(rows: list[_Row]) -> Iterator[str]:
    from statistics import median, median_low

    body = median([row.size for row in rows])
    text = [row for row in rows if _is_like(row.size, body)] or rows
    left, right = min(row.left for row in text), max(row.right for row in text)
    steps = [above.base - below.base for above, below in pairwise(text) if above.page == below.page]
    pitch = median_low(steps) if steps else 0
    whole = rows[0].text
    for above, below in pairwise(rows):
        if _goes_on(above, below, (left, right), pitch) or _is_title(above, below, body):
            whole += _bridge(whole, below.text) + below.text
        else:
            yield whole
            whole = below.text
    yield whole


def _goes_on(above: _Row, below: _Row, edges: tuple[float, float], pitch: float) -> bool:
    """Tell whether *below* continues *above*: from edge to edge, or hanging under a row that is full."""
    left, right = edges
    em = above.size
    near = above.page != below.page or above.base - below.base <= _CLOSE * pitch
    if not near or not _is_like(above.size, below.size):
        return False
    begins_well = above.left <= left + 2.5 * em  # at the edge, or indented
    if below.left <= left + _AT_MARGIN * em:
        return begins_well and above.right >= right - _NEAR_EDGE * em
    hangs = em < below.left - above.left < _DEEPEST * em
    return begins_well and above.right >= right - _FULL * em and hangs


def _is_title(above: _Row, below: _Row, body: float) -> bool:
    """Tell whether both rows belong to one title: larger than the text, and alike."""
    larger = above.size > body * 1.1 and above.page == below.page
    return larger and _is_like(above.size, below.size) and above.base - below.base < 2 * above.size


def _is_like(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * other


def _bridge(before: str, after: str) -> str:
    return " " if re.fullmatch("[A-Za-z]{2}", before[-1:] + after[:1]) else ""
