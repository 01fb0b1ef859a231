"""The geometry suite: letters of every kind, rendered once, and each number of the standard measured on them.

`measurements()` is what `docs/layout.md` is written from. Lengths are mm from the upper left corner of the page; a
Hanzi's em box ends 0.12 em under its baseline.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from dafu import preview
from dafu.layout import draw
from dafu.letter import Letter, Style, blocks
from dafu.terms import GradePlace, Letterhead, PageForm, TextArea
from measuring import RED, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measuring import Page, Row

EM = 16 / 72 * 25.4
LEFT, RIGHT, BOTTOM = 28.0, 184.0, 262.0
ROW = {TextArea.MARGIN: 579 / 1440 * 25.4, TextArea.INK: 592 / 1440 * 25.4}
NUMBER_EDGE = 280 / 1440 * 25.4  # 一字 of 四号
NAMES = ("周明远", "何平", "欧阳文山")
TITLE = "对市政协九届三次会议第093012号提案的答复"
_PAGE_ROWS = 22


class Case(NamedTuple):
    """One letter of the suite; `pages` is where its text ends."""

    form: PageForm
    letterhead: Letterhead
    pages: int
    copies: int
    signers: int
    area: TextArea = TextArea.MARGIN

    def __str__(self) -> str:
        words = f"{self.form} {self.letterhead} {self.pages}面 抄送{self.copies} 签发人{self.signers}"
        return words if self.area is TextArea.MARGIN else f"{words} {self.area}"


class Measured(NamedTuple):
    """One number of the standard on one letter; `wanted` ± `tolerance` in `unit`."""

    case: str
    what: str
    measured: float
    wanted: float
    tolerance: float
    unit: str = "毫米"

    @property
    def ok(self) -> bool:
        return abs(self.measured - self.wanted) <= self.tolerance


def cases() -> list[Case]:
    """Return the whole matrix, and the ink profile once in each form."""
    matrix = [Case(*one) for one in product(PageForm, Letterhead, (1, 2, 3, 5), (0, 1, 12), (1, 3))]
    return [*matrix, *(Case(form, Letterhead.PRINTED, 3, 1, 1, TextArea.INK) for form in PageForm)]


def letter(case: Case) -> Letter:
    """Return the letter of *case*, its lines of text full."""
    copies = "，".join(f"东河市第{number:02}号抄送单位" for number in range(1, case.copies + 1))
    return Letter(
        title="关于夜市提案的答复" if case.pages == 1 else TITLE,
        salutation="尊敬的林晓委员：",
        body=blocks("\\" + "国" * (28 * _text_rows(case) - 2)),
        mark="东河市商务局" if case.form is PageForm.LETTER else "东河市商务局文件",
        number="东商〔2025〕7号",
        signer=f"签发人：{' '.join(NAMES[: case.signers])}",
        organ="东河市商务局",
        date="2025年8月26日",
        copies=f"抄送：{copies}。" if copies else "",
        printer="东河市商务局办公室",
        printed="2025年8月26日印发",
        style=Style(case.form, case.letterhead, GradePlace.ABSENT, text_area=case.area),
    )


def _text_rows(case: Case) -> int:
    """Return how many rows of text end the letter on its page: one on page 1, else some of each page."""
    first = 6 if case.form is PageForm.DOCUMENT and case.letterhead is not Letterhead.ABSENT else 13
    return 1 if case.pages == 1 else first + _PAGE_ROWS * (case.pages - 2) + 8


def measurements(some: Iterable[Case] | None = None) -> list[Measured]:
    """Render the letters of *some* cases (the whole matrix) and return all that was measured on them."""
    chosen = [*(cases() if some is None else some)]
    pdfs = preview.pdfs([draw(letter(case)) for case in chosen])
    papers = {case: measured(pdf) for case, pdf in zip(chosen, pdfs, strict=True)}
    found = [one for case, pages in papers.items() for one in _all_of(case, pages)]
    for case, pages in papers.items():
        printed = papers.get(case._replace(letterhead=Letterhead.PRINTED))
        if case.letterhead is Letterhead.PREPRINTED and printed:
            found += _preprinted(case, pages[0], printed[0])
    return found


def _all_of(case: Case, pages: list[Page]) -> Iterator[Measured]:
    yield from (Measured(str(case), *one) for one in _pages(case, pages))
    yield from (Measured(str(case), *one) for one in _head(case, pages[0]))
    yield from (Measured(str(case), *one) for one in _ending(case, pages))


_Numbers = tuple[str, float, float, float, str]


def _pages(case: Case, pages: list[Page]) -> Iterator[_Numbers]:
    """Yield what every page must show: rows, edges, page number."""
    yield "正文结束页", float(_page_of_text(pages)), float(case.pages), 0, "面"
    for page in pages[1 : case.pages - 1]:
        rows = text_rows(page)
        yield f"第{page.number}面行数", float(len(rows)), _PAGE_ROWS, 0, "行"
        yield f"第{page.number}面每行字数", float(min(len(row.glyphs) for row in rows)), 28, 0, "字"
        pitches = [below.baseline - row.baseline for row, below in pairwise(rows)]
        worst = max(pitches, key=lambda pitch: abs(pitch - ROW[case.area]))
        yield f"第{page.number}面行距", worst, ROW[case.area], 0.05, "毫米"
    glyphs = [glyph for page in pages for row in text_rows(page) for glyph in row.glyphs]
    yield "文字左边缘", min(glyph.x for glyph in glyphs), LEFT, 0.1, "毫米"
    yield "文字右边缘", max(glyph.x for glyph in glyphs) + EM, RIGHT, 0.5, "毫米"
    for page in pages:
        yield from _page_number(case, page)


def _page_number(case: Case, page: Page) -> Iterator[_Numbers]:
    numbers = [row for row in page.rows if row.text == f"—{page.number}—" and row.baseline > BOTTOM]
    hidden = case.form is PageForm.LETTER and page.number == 1
    yield f"第{page.number}面页码个数", float(len(numbers)), float(not hidden), 0, "个"
    if not hidden and page.number in (1, 2):  # one odd and one even page stand for all
        odd = page.number % 2
        edge = RIGHT - NUMBER_EDGE if odd else LEFT + NUMBER_EDGE
        left, right = (edge - 4, edge + 0.5) if odd else (edge - 0.5, edge + 4)
        dash = page.ink(top=264, bottom=275, left=left, right=right)
        yield f"第{page.number}面一字线", (dash.top + dash.bottom) / 2, BOTTOM + 7, 0.5, "毫米"
        yield f"第{page.number}面页码外缘", dash.right if odd else dash.left, edge, 0.3, "毫米"


def _head(case: Case, page: Page) -> Iterator[_Numbers]:
    """Yield what stands above the title."""
    number = row_of(page, "东商〔2025〕7号")
    signers = [row_of(page, name) for name in NAMES[: case.signers]]
    if case.form is PageForm.LETTER:
        yield "发文字号右边缘", number.glyphs[-1].x + EM, RIGHT, 0.3, "毫米"
    else:
        one = 315 / 1440 * 25.4
        yield "发文字号左空一字", number.left - LEFT, one, 0.1, "毫米"
        yield "发文字号与末行签发人同行", number.baseline, signers[-1].baseline, 0.05, "毫米"
    if case.letterhead is Letterhead.PRINTED:
        yield from (_letter_lines if case.form is PageForm.LETTER else _red_line)(page, number)


def _red_line(page: Page, number: Row) -> Iterator[_Numbers]:
    mark, line = page.ink(RED, bottom=105), page.ink(RED, top=number.baseline)
    yield "发文机关标志上边缘", mark.top, 72, 0.5, "毫米"
    yield "发文机关标志居中", (mark.left + mark.right) / 2, (LEFT + RIGHT) / 2, 0.6, "毫米"
    yield "红线距发文字号", line.top - number.baseline - 0.12 * EM, 4, 0.5, "毫米"
    yield "红线长", line.right - line.left, RIGHT - LEFT, 0.5, "毫米"


def _letter_lines(page: Page, number: Row) -> Iterator[_Numbers]:
    mark, upper, lower = page.ink(RED, bottom=50), page.ink(RED, top=50, bottom=100), page.ink(RED, top=200)
    yield "发文机关标志上边缘", mark.top, 30, 0.5, "毫米"
    yield "第一条红线距标志", upper.top - mark.bottom, 4, 0.5, "毫米"
    yield "第一条红线长", upper.right - upper.left, 170, 0.5, "毫米"
    yield "发文字号距第一条红线", number.baseline - 0.88 * EM - upper.bottom, EM * 7 / 8, 0.5, "毫米"
    yield "第二条红线距页底", 297 - lower.bottom, 20, 0.5, "毫米"
    yield "第二条红线长", lower.right - lower.left, 170, 0.5, "毫米"


def _ending(case: Case, pages: list[Page]) -> Iterator[_Numbers]:
    """Yield where 署名, 成文日期 and 版记 stand."""
    page = pages[_page_of_text(pages) - 1]
    date = next(row for row in page.rows if row.text == "2025年8月26日")
    organ = next(row for row in reversed(page.rows) if row.text == "东河市商务局")
    middles = [(row.left + row.glyphs[-1].x) / 2 for row in (organ, date)]
    yield "署名居中于成文日期", middles[0], middles[1], 0.3, "毫米"
    body = [row for row in page.rows if row.text.startswith("国")]
    yield "署名页有正文", float(bool(body)), 1, 0, "是"
    if case.form is PageForm.DOCUMENT:
        rule = pages[-1].ink(top=BOTTOM - 2, bottom=BOTTOM + 2)
        yield "版记末条线", rule.bottom, BOTTOM, 0.5, "毫米"
        yield "版记末条线长", rule.right - rule.left, RIGHT - LEFT, 0.5, "毫米"
        printed = row_of(pages[-1], "印发")
        yield "印发日期右空一字", RIGHT - printed.glyphs[-1].x - 14 / 72 * 25.4, NUMBER_EDGE, 0.3, "毫米"
    elif case.copies:
        last = [row for row in text_rows(pages[-1]) if row.baseline > organ.baseline or page is not pages[-1]][-1]
        yield "抄送末行在版心底部", last.baseline, BOTTOM - 3.5, 1.5, "毫米"


def _preprinted(case: Case, page: Page, printed: Page) -> Iterator[Measured]:
    """Yield how far what is printed on pre-printed paper stands from where it stands beside our own red head."""
    for text in ("东商〔2025〕7号", "的答复", "国国"):
        where = {"的答复": "标题", "国国": "正文首行"}.get(text, "发文字号")
        both = row_of(page, text).baseline, row_of(printed, text).baseline
        yield Measured(str(case), f"套打与印制同高：{where}", *both, 0.1)


def text_rows(page: Page) -> list[Row]:
    """Return the rows of *page* within 版心 (page numbers stand below it)."""
    return [row for row in page.rows if row.baseline < BOTTOM + 2]


def row_of(page: Page, text: str) -> Row:
    """Return the first row that holds *text*."""
    return next(row for row in page.rows if text in row.text)


def _page_of_text(pages: list[Page]) -> int:
    return max(page.number for page in pages if any(row.text == "2025年8月26日" for row in page.rows))
