"""What only rendered pages show of checks 5, 6, 11, 14, 17, 21, 23 and 24: LibreOffice sets them, we measure."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from dafu import preview
from dafu.check.docx.elements import Letter, Role
from dafu.check.docx.opening import opened
from dafu.check.docx.page import CHARS, ROWS
from dafu.check.docx.rendered import pages
from dafu.check.docx.reporting import Fault, problems
from dafu.errors import Problem, Severity, UnusableError
from dafu.layout import measures as m
from dafu.terms import ImprintSide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dafu.check.docx.rendered import Line, Page, Row

_MM = 25.4 / 1440
_TOP, _BOTTOM = 37, 37 + 225
_PT = 25.4 / 72
_NEAR = 1.0
_MANY_ROWS, _MANY_LINES = 15, 5
_FULL = 150  # mm: a line of text or a rule as wide as 版心
_DASH_UP = 0.3  # ems from the baseline to the dash of a Song face
_WIDE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—]+")
_NUMBER = re.compile(r"[—–-]\d+[—–-]")
_HEAD = 8  # characters that tell a paragraph from others
_BLANKS = re.compile(r"\s+")
_GAP = (3.5, 4.5)


def rendered_findings(data: bytes, known: set[str], side: ImprintSide) -> Iterator[Problem]:
    """Yield what the pages show; *known* are the codes of faults that the XML has shown, which explain themselves.

    Without LibreOffice, or where it cannot set the pages, one notice says so.
    """
    if preview.office() is None:
        cure = preview.lacking()["LibreOffice"]
        yield Problem("P300", "没有 LibreOffice，没有按页面测量", cure, severity=Severity.NOTICE)
        return
    try:
        paper = pages(preview.pdf(data))
    except UnusableError as error:
        yield Problem("P300", f"没有按页面测量：{error}", severity=Severity.NOTICE)
        return
    note = _note(data)
    for problem in page_faults(Letter(opened(data)), paper, side):
        if problem.code not in known:
            yield problem._replace(message=f"{problem.message}；{note}")


def page_faults(letter: Letter, paper: list[Page], side: ImprintSide) -> Iterator[Problem]:
    """Yield what the pages of a letter show; *side* is the one that the office wants for 版记."""
    for code, find in _FINDERS.items():
        yield from problems(code, find(letter, paper))
    if side is ImprintSide.EVEN:
        yield from problems("P323", _even_side(letter, paper))


def _note(data: bytes) -> str:
    """Return which program set the pages, in which faces that stood in for others."""
    named = preview.faces(data)
    stood = [f"{other} 代 {face}" for face, other in sorted(preview.stand_ins().items()) if face in named and other]
    return "，".join([f"按 LibreOffice {preview.version()} 排版".replace("  ", " "), *stood])


def _rows_per_page(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    for page in _full_pages(letter, paper):
        rows = _text_rows(page)
        gaps = [below.baseline - row.baseline for row, below in pairwise(rows)]
        if len(rows) < _MANY_ROWS or max(gaps) > 1.5 * min(gaps):
            continue
        pitch = (rows[-1].baseline - rows[0].baseline) / len(gaps)
        count = int(letter.sections[0].height * _MM / pitch + 0.01)
        if count != ROWS:
            measured = f"排出的页面行距 {pitch / _PT:.1f} 磅，每面 {count} 行"
            wanted = f" 28.95 磅、{ROWS} 行"
            yield Fault(f"第{page.number}面", measured, wanted, Severity.WARNING, "把正文行距设为固定值 28.95 磅")
            return


def _full_pages(letter: Letter, paper: list[Page]) -> list[Page]:
    """Return the pages of running text alone: not the first, not the last, and none in a letter with tables."""
    if letter.of(Role.CELL) or any(para.drawn for para in letter.paragraphs):
        return []
    return paper[1:-1]


def _text_rows(page: Page) -> list[Row]:
    return [row for row in page.rows if row.baseline < _BOTTOM + 2]


def _chars_per_line(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    rows = [row for page in _full_pages(letter, paper) for row in _text_rows(page)]
    full = [row for row in rows if _WIDE.fullmatch(row.text) and len(row.text) * 14 * _PT > _FULL * 0.9]
    counts = Counter(len(row.text) for row in full)
    if counts.total() >= _MANY_LINES and (count := counts.most_common(1)[0][0]) < CHARS:
        yield Fault("正文", f"排出的页面每行 {count} 字", f" {CHARS} 字", Severity.WARNING, "把正文字距紧缩 0.25 磅")


def _mark(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    header = letter.header_mark
    some = letter.of(Role.MARK) or ([header] if header else [])
    if not some:
        return
    first = _squeezed(some[0].words)[:2]
    row = next((row for row in paper[0].rows if first and row.text.startswith(first)), None)
    if row is None:
        return
    top = row.baseline - m.MARK_ASCENT * max(one.size for one in row.words) * _PT
    wanted = 30 if header and not letter.of(Role.MARK) else 72
    if abs(top - wanted) > _NEAR:
        cure = "调整发文机关标志上方空行的高度"
        yield Fault(some[0], f"发文机关标志上边缘距页顶 {top:.1f} 毫米", f" {wanted}±1 毫米", cure=cure)


def _red_line(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    """Find a line drawn as a picture that stands at a wrong distance; borders are computed, not measured."""
    top = letter.of(Role.NUMBER, Role.SIGNER, Role.GRADE)
    lines = [line for line in paper[0].lines if line.red and line.right - line.left > _FULL]
    if not top or letter.is_stationery or not letter.of(Role.MARK):
        return
    text = _squeezed(top[-1].words)[:_HEAD]
    row = next((row for row in paper[0].rows if text in row.text), None)
    line = next((line for line in lines if row and line.y > row.baseline), None)
    if row is None or line is None:
        return
    gap = line.y - line.weight / 2 - row.baseline - (1 - m.ASCENT) * 16 * _PT
    if not _GAP[0] <= gap <= _GAP[1]:
        yield Fault(top[-1], f"红色分隔线在版头末行之下 {gap:.1f} 毫米", " 4±0.5 毫米", cure="上下移动红线")
    if abs(line.right - line.left - m.TEXT_WIDTH * _MM) > _NEAR:
        yield Fault(top[-1], f"红色分隔线长 {line.right - line.left:.1f} 毫米", " 156 毫米", cure="拉到与版心等宽")


def _first_page(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    body = letter.first(Role.TEXT)
    if body is None or not letter.of(Role.TITLE, Role.SALUTATION) or len(paper) == 1:
        return
    said = "".join(row.text for row in paper[0].rows)
    if body.words and _squeezed(body.words)[:_HEAD] not in said:
        yield Fault("首页", "首页没有正文", "有正文", cure="主送机关过多的移到版记，版头和标题过高的压缩")


def _signature(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    date, body = letter.first(Role.DATE), letter.of(Role.TEXT)
    if date is None or not body:
        return
    day = _squeezed(date.words)
    page = next((page for page in reversed(paper) if any(row.text == day for row in page.rows)), None)
    if page is None:
        return
    said = "".join(_squeezed(para.words) for para in body)
    stop = next(row.baseline for row in page.rows if row.text == day)
    if not letter.of(Role.CELL) and not any(row.text in said for row in page.rows if row.baseline < stop):
        cure = "调整行距、字距，使这一面有正文（7.3.5.5）"
        yield Fault(f"第{page.number}面", "署名所在的一面没有正文", "有正文", cure=cure)


def _imprint(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    some = letter.of(Role.COPIES, Role.PRINT)
    page = _page_of(some[-1].words, paper) if some else None
    if page is None:
        return
    if page.number != len(paper):
        wanted = f"在最后一面（第 {len(paper)} 面）"
        yield Fault(some[-1], f"版记在第 {page.number} 面", wanted, cure="移到最后一面底部")
    elif not letter.is_stationery and (rule := _lowest(page)) and abs(rule.y - _BOTTOM) > _NEAR:
        cure = "把版记放进表格，表格定位到页边距底端"
        measured, wanted = f"版记末条分隔线距页顶 {rule.y:.1f} 毫米", f" {_BOTTOM}±1 毫米（版心下边缘）"
        yield Fault(some[-1], measured, wanted, cure=cure)


def _even_side(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    """Find 版记 on an odd page; a letter of one page is not turned."""
    some = letter.of(Role.COPIES, Role.PRINT)
    page = _page_of(some[-1].words, paper) if some else None
    if page is not None and page.number > 1 and page.number % 2:
        cure = "在版记前加分页符"
        yield Fault(some[-1], f"版记在第 {page.number} 面", "在双数面（dafu.yaml 的版记面）", Severity.WARNING, cure)


def _page_of(words: str, paper: list[Page]) -> Page | None:
    """Return the last page that says how *words* begin."""
    text = _squeezed(words)[:_HEAD]
    return next((page for page in reversed(paper) if any(text in row.text for row in page.rows)), None)


def _lowest(page: Page) -> Line | None:
    rules = [line for line in page.lines if line.right - line.left > _FULL and not line.red]
    return max(rules, key=lambda line: line.y, default=None)


def _page_number(letter: Letter, paper: list[Page]) -> Iterator[Fault]:
    page = paper[1] if letter.is_stationery and len(paper) > 1 else paper[0]
    row = next((row for row in reversed(page.rows) if _NUMBER.fullmatch(row.text) and row.baseline > _BOTTOM), None)
    if row is None:
        return
    dash = row.baseline - _DASH_UP * row.words[0].size * _PT
    if abs(dash - _BOTTOM - 7) > _NEAR:
        measured = f"页码的一字线在版心之下 {dash - _BOTTOM:.1f} 毫米"
        yield Fault("页脚", measured, " 7±1 毫米", Severity.WARNING, "调整页脚距边界的距离")


def _squeezed(words: str) -> str:
    return _BLANKS.sub("", words)


_FINDERS: dict[str, Callable[[Letter, list[Page]], Iterator[Fault]]] = {
    "P305": _rows_per_page,
    "P306": _chars_per_line,
    "P311": _mark,
    "P314": _red_line,
    "P317": _first_page,
    "P321": _signature,
    "P323": _imprint,
    "P324": _page_number,
}
