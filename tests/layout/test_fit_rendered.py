"""Letters drawn, rendered and eased onto their pages until nothing is left to try."""

from typing import Any

import pytest

from dafu import preview
from dafu.layout import Fit, draw
from dafu.layout.fitting import Rendered, rendered, settle
from dafu.readback.pdf import pages
from dafu.terms import GradePlace, ImprintSide, PageForm, Seal
from measuring import Page, measured

pytestmark = pytest.mark.office
if preview.office() is None:
    pytest.skip("LibreOffice is not installed: no page was rendered", allow_module_level=True)

SHORT = {"grade_place": GradePlace.ABSENT, "contact": ()}
LETTER_FORM = {"form": PageForm.LETTER, "mark": "东河市商务局", "signer": "", **SHORT}
EVEN = {"imprint_side": ImprintSide.EVEN}
LETTERS: dict[str, dict[str, Any]] = {
    **{f"{rows} rows": {**SHORT, "body": "国\n" * rows} for rows in range(2, 9)},
    **{f"{rows} rows without seal": {**SHORT, "body": "国\n" * rows, "seal": Seal.BARE} for rows in (5, 6, 7)},
    **{f"信函 {rows} rows": {**LETTER_FORM, "body": "国\n" * rows} for rows in range(8, 13)},
    "a paragraph of 6 rows": {**SHORT, "body": "国" * 28 * 6},
    "attachments": {**SHORT, "body": "国\n" * 7, "attachments": ("附件：1. 甲", "2. 乙")},
    "even, ends on 1": {**SHORT, **EVEN, "body": "收悉。"},
    "even, ends on 2": {**SHORT, **EVEN, "body": "国\n" * 14},
    "even, ends on 2 without room": {**SHORT, **EVEN, "body": "国\n" * 25},
    "even, ends on 3": {**SHORT, **EVEN, "body": "国\n" * 34},
    "even 信函, ends on 2 without room": {**LETTER_FORM, **EVEN, "body": "国\n" * 31},
}
Settled = tuple[Fit, str, Rendered, list[Page]]


@pytest.fixture(scope="module")
def settled(make_letter: Any) -> dict[str, Settled]:
    """Ease all letters at once: each round renders those that are not yet final."""
    letters = {name: make_letter(**changes) for name, changes in LETTERS.items()}
    tried: dict[str, list[tuple[Fit, Rendered]]] = {name: [] for name in letters}
    pdfs: dict[tuple[str, Fit], bytes] = {}
    while True:
        verdicts = {name: settle(tried[name], letter.style.imprint_side) for name, letter in letters.items()}
        open_ones = [(name, verdict.fit) for name, verdict in verdicts.items() if not verdict.final]
        if not open_ones:
            break
        papers = preview.pdfs([draw(letters[name], fit) for name, fit in open_ones])
        pdfs |= zip(open_ones, papers, strict=True)
        for name, fit in open_ones:
            tried[name].append((fit, rendered(letters[name], pages(pdfs[name, fit]))))
    return {
        name: (verdict.fit, verdict.finding, dict(tried[name])[verdict.fit], measured(pdfs[name, verdict.fit]))
        for name, verdict in verdicts.items()
    }


@pytest.mark.parametrize("name", LETTERS)
def test_a_signature_never_stands_alone_on_its_page(settled: Any, name: str) -> None:
    _, finding, seen, pages = settled[name]
    rows = [row.text for row in pages[seen.signature - 1].rows]
    above = rows[: rows.index("2025年8月26日") - 1]
    assert finding == ""
    assert any(text.startswith(("国", "收悉")) for text in above)


def test_in_no_letter_the_tracking_had_to_be_touched(settled: Any) -> None:
    assert {fit.tracking for fit, *_ in settled.values()} == {-5}


@pytest.mark.parametrize("name", ["2 rows", "even 信函, ends on 2 without room"])
def test_half_rows_draw_back_an_imprint_that_stood_alone(settled: Any, name: str) -> None:
    fit, _, seen, pages = settled[name]
    assert fit == Fit(tight=True)
    assert seen.imprint == seen.text == len(pages)


def test_an_imprint_that_half_rows_cannot_draw_back_leaves_the_signature_its_room(settled: Any) -> None:
    fit, _, seen, _ = settled["3 rows"]
    assert fit == Fit()
    assert (seen.text, seen.imprint) == (1, 2)


@pytest.mark.parametrize("name", [name for name in LETTERS if name.startswith("even")])
def test_an_even_imprint_stands_on_the_last_and_even_page(settled: Any, name: str) -> None:
    _, _, seen, pages = settled[name]
    assert seen.imprint == len(pages)
    assert seen.imprint % 2 == 0
    assert any("抄送" in row.text for row in pages[-1].rows)


def test_only_a_blank_page_before_the_imprint_takes_the_numbers_away(settled: Any) -> None:
    for name, numbers in {
        "even, ends on 1": [1, 2],
        "even, ends on 2": [1, 2],
        "even, ends on 2 without room": [1, 2],
        "even, ends on 3": [1, 2, 3, 4],
        "even 信函, ends on 2 without room": [2],
    }.items():
        *_, pages = settled[name]
        shown = [page.number for page in pages if any(row.text == f"—{page.number}—" for row in page.rows)]
        assert (name, shown) == (name, numbers)
    *_, pages = settled["even, ends on 2 without room"]
    assert len(pages) == 4
    assert pages[2].rows == []
