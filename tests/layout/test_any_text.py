"""Whatever the body says, its full pages hold 22 rows and no line leaves the text area."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dafu import preview
from dafu.layout import draw
from dafu.layout.measures import ems
from measuring import measured

if TYPE_CHECKING:
    from measuring import Page, Row

pytestmark = pytest.mark.office
ROW, LEFT, RIGHT, BOTTOM = 579 / 1440 * 25.4, 28, 184, 262
EM = 16 / 72 * 25.4
TOP = 2098 / 1440 * 25.4 + 0.8 * ROW

_HEADING = re.compile("[一二三四五六七八九十百]+、|（|[0-9]")
_words = st.text("国家建设的和，。、；：（）《》“”%·—…1234567890abcXYZ ", min_size=1, max_size=400)
_leads = st.sampled_from(["", "", "", "一、", "（二）", "3.", "（4）", "**加粗**", "\\"])
_lines = st.builds(lambda lead, words: lead + words.replace("|", ""), _leads, _words)
_TAIL = "\n" + "东河" * 28 * 30  # so that some pages are full whatever stands before
_texts = st.lists(_lines, min_size=8, max_size=25).map("\n".join)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to shrink would render hundreds of letters
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(_texts, min_size=6, max_size=6))
def test_any_text_fills_its_pages_with_22_rows_between_the_edges(make_letter: Any, some: list[str]) -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: no page was rendered")
    pdfs = preview.pdfs([draw(make_letter(body=text + _TAIL)) for text in some])  # one batch for all of them
    full = 0
    for pages in map(measured, pdfs):
        for page in pages:
            _check_edges(page)
        for page, following in pairwise(pages[1:]):
            if _is_full(following):
                full += 1
                assert [_place(row) for row in _rows(page)] == list(range(22))
    assert full  # else nothing was shown


def _check_edges(page: Page) -> None:
    for glyph in page.glyphs:
        if not glyph.text.isspace():
            assert glyph.x >= LEFT - 0.2
            assert glyph.x + ems(glyph.text) * EM <= RIGHT + 0.3


def _is_full(following: Page) -> bool:
    """Tell by the page after it whether a page had to be full: no kept heading or signature moved on."""
    rows = _rows(following)
    return bool(rows) and _place(rows[0]) == 0 and not _HEADING.match(rows[0].text) and "抄送" not in rows[0].text


def _rows(page: Page) -> list[Row]:
    return [row for row in page.rows if row.baseline < BOTTOM]


def _place(row: Row) -> int:
    """Return in which row of the page *row* stands, from 0; fails where it stands between two."""
    place = (row.baseline - TOP) / ROW
    assert place == pytest.approx(round(place), abs=0.06)
    return round(place)
