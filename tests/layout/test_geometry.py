"""The printed page, measured: LibreOffice renders the letters once, the tests read glyph origins and ink.

Lengths are mm from the upper left corner of the page. A Hanzi's em box ends 0.12 em under its baseline.
"""

from itertools import pairwise
from typing import Any

import pytest

from dafu import preview
from dafu.layout import draw
from dafu.letter import Appendix, blocks
from dafu.terms import GradePlace, Letterhead, PageForm, Seal, TextArea
from measuring import RED, Page, measured

pytestmark = pytest.mark.office

ROW = 579 / 1440 * 25.4
INK_ROW = 592 / 1440 * 25.4
LEFT, RIGHT, BOTTOM = 28, 184, 262
EM = 16 / 72 * 25.4
MANY = "国" * 28 * 80
TABLE = "|事项|科室|\n|---|---|\n" + "|开放夜市|市场科|\n" * 6
BARE_PAPER = {
    **dict.fromkeys(("mark", "number", "signer", "grade", "organ", "date"), ""),
    "title": "报告",
    "contact": (),
}  # its first page holds the title, a blank row, the salutation and 18 rows of text
CORNER = {"copy_number": "000001", "secrecy": "机密★1年", "urgency": "特急"}
JOINT = ("东河市财政局", "东河市工业和信息化局")
LONG = "东河市政务服务和公共资源交易与大数据发展管理局"
THREE_LINES = (
    "东河市商务局东河市财政局东河市工业和信息化局关于市政协第九届委员会第三次会议第093012号提案办理情况的再次答复"
)
APPENDICES = (
    Appendix("附件1", "东河市夜市名单", blocks("国" * 28 * 30)),
    Appendix("附件2", "东河市夜市经费表", blocks("略")),
)
LETTERS: dict[str, dict[str, Any]] = {
    "plain": {"body": MANY},
    "ink": {"body": MANY, "text_area": TextArea.INK},
    "short": {"body": "收悉。", "grade_place": GradePlace.ABSENT, "contact": ()},
    "crowded": {
        "signer": "签发人：周明远 何平 赵一帆 欧阳文山 吴谦",
        "title": "东河市商务局关于市政协第九届委员会第三次会议第093012号提案办理情况的再次答复",
        "body": MANY,
    },
    "centred number": {"signer": "", "grade_place": GradePlace.ABSENT, "mark": "东河市住房和城乡建设管理局文件"},
    "bare": {"seal": Seal.BARE, "body": "收悉。"},
    "table": {"body": f"{'国' * 28 * 30}\n{TABLE}{MANY}"},
    "信函": {"form": PageForm.LETTER, "mark": "东河市商务局", "signer": "", "body": MANY},
    "信函 preprinted": {
        "form": PageForm.LETTER,
        "mark": "东河市商务局",
        "signer": "",
        "letterhead": Letterhead.PREPRINTED,
    },
    "corner": {**CORNER, "body": MANY},
    "信函 corner": {"form": PageForm.LETTER, "mark": "东河市商务局", **CORNER},
    **{f"joint {len(names) + 1}": {"joint": names, "body": MANY} for names in (JOINT[:1], JOINT)},
    "joint without the word": {"joint": JOINT, "mark": "东河市商务局", "text_area": TextArea.INK, "body": MANY},
    "six signers": {"signer": "签发人：周明远 何平 赵一帆 欧阳文山 吴谦 孙立", "mark": LONG, "organ": LONG},
    "三行标题": {"title": THREE_LINES, "joint": JOINT, "signer": "签发人：周明远 何平 赵一帆", "body": MANY},
    "appendices": {"appendices": APPENDICES, "body": MANY},
    "12 copies": {"copies": f"抄送：{'，'.join(f'东河市第{n}抄送单位' for n in range(1, 13))}。"},
    "20 rows": {**BARE_PAPER, "body": "国\n" * 38},
    "21 rows": {**BARE_PAPER, "body": "国\n" * 39},
}


@pytest.fixture(scope="session")
def papers(make_letter: Any) -> dict[str, list[Page]]:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: the printed page was not measured")
    pdfs = preview.pdfs([draw(make_letter(**changes)) for changes in LETTERS.values()])
    return {name: measured(pdf) for name, pdf in zip(LETTERS, pdfs, strict=True)}


def text_rows(page: Page) -> list[Any]:
    return [row for row in page.rows if row.baseline < BOTTOM + 2]


def find(page: Page, text: str) -> Any:
    return next(row for row in page.rows if text in row.text)


@pytest.mark.parametrize(("name", "pitch"), [("plain", ROW), ("ink", INK_ROW), ("信函", ROW)])
def test_every_full_page_holds_22_rows_of_one_height(papers: Any, name: str, pitch: float) -> None:
    _, *full, _ = papers[name]
    assert len(full) >= 2
    for page in full:
        rows = text_rows(page)
        assert len(rows) == 22
        assert all(below.baseline - row.baseline == pytest.approx(pitch, abs=0.05) for row, below in pairwise(rows))


def test_every_full_line_holds_28_characters_between_the_edges(papers: Any) -> None:
    _, *full, _ = papers["plain"]
    for row in (row for page in full for row in text_rows(page)):
        assert len(row.glyphs) == 28
        assert row.left == pytest.approx(LEFT, abs=0.1)
        assert row.glyphs[-1].x + EM == pytest.approx(RIGHT, abs=0.5)


def test_the_first_baseline_stands_where_the_arithmetic_says(papers: Any) -> None:
    top = 2098 / 1440 * 25.4
    assert text_rows(papers["plain"][1])[0].baseline == pytest.approx(top + 0.8 * ROW, abs=0.2)


def test_in_the_ink_profile_the_em_boxes_span_the_text_area(papers: Any) -> None:
    rows = text_rows(papers["ink"][1])
    assert rows[0].baseline - 0.88 * EM == pytest.approx(37, abs=0.3)
    assert rows[-1].baseline + 0.12 * EM == pytest.approx(BOTTOM, abs=0.3)


@pytest.mark.parametrize("name", LETTERS)
def test_the_first_page_shows_text_of_the_body(papers: Any, name: str) -> None:
    rows = papers[name][0].rows
    salutation = next(at for at, row in enumerate(rows) if row.text.startswith("尊敬的"))
    assert rows[salutation + 1].baseline < BOTTOM


@pytest.mark.parametrize(
    "name", ["plain", "ink", "crowded", "centred number", "corner", "joint 2", "joint 3", "joint without the word"]
)
def test_the_ink_of_the_mark_begins_72_mm_from_the_top(papers: Any, name: str) -> None:
    mark = papers[name][0].ink(RED, bottom=100)
    assert mark.top == pytest.approx(72, abs=1)
    assert (mark.left + mark.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)


@pytest.mark.parametrize(
    ("name", "above"),
    [("plain", "办理结果"), ("ink", "办理结果"), ("crowded", "办理结果"), ("centred number", "东商")],
)
def test_the_red_line_lies_4_mm_under_the_head_over_the_whole_width(papers: Any, name: str, above: str) -> None:
    page = papers[name][0]
    under = find(page, above).baseline + 0.12 * EM
    line = page.ink(RED, top=105)
    assert line.top - under == pytest.approx(4, abs=0.5)
    assert line.right - line.left == pytest.approx(156, abs=0.5)
    assert line.left == pytest.approx(LEFT, abs=0.25)
    assert 0.25 <= line.bottom - line.top <= 1


def test_signers_stand_under_each_other_and_end_one_character_from_the_edge(papers: Any) -> None:
    first, second, third = (find(papers["crowded"][0], name) for name in ("签发人", "赵一帆", "吴谦"))
    assert "东商〔2025〕7号" in third.text
    left = {glyph.text: glyph.x for row in (first, second, third) for glyph in row.glyphs}
    assert left["赵"] == pytest.approx(left["周"], abs=0.1)
    assert left["吴"] == pytest.approx(left["周"], abs=0.1)
    assert left["欧"] == pytest.approx(left["何"], abs=0.1)
    one_character = 315 / 1440 * 25.4
    assert left["山"] + EM == pytest.approx(RIGHT - one_character, abs=0.3)
    assert third.left == pytest.approx(LEFT + one_character, abs=0.1)


def test_a_sealed_signature_is_centred_on_its_date(papers: Any) -> None:
    rows = {row.text: row for row in papers["short"][0].rows}
    organ, date = (rows[text] for text in ("东河市商务局", "2025年8月26日"))
    assert organ.left + organ.glyphs[-1].x == pytest.approx(date.left + date.glyphs[-1].x, abs=0.6)


def test_an_unsealed_date_ends_two_characters_from_the_edge(papers: Any) -> None:
    row = next(row for row in papers["bare"][0].rows if row.text == "2025年8月26日")
    assert row.glyphs[-1].x + EM == pytest.approx(RIGHT - 2 * 315 / 1440 * 25.4, abs=0.3)


@pytest.mark.parametrize("name", [name for name in LETTERS if not name.startswith("信函")])
def test_the_last_rule_of_the_imprint_is_the_lower_edge_of_the_text_area(papers: Any, name: str) -> None:
    rule = papers[name][-1].ink(top=BOTTOM - 2, bottom=BOTTOM + 2)
    assert rule.bottom == pytest.approx(BOTTOM, abs=1)
    assert (rule.left, rule.right) == pytest.approx((LEFT, RIGHT), abs=0.25)


@pytest.mark.parametrize("name", ["corner", "信函 corner"])
def test_the_corner_stands_in_rows_at_the_left_edge(papers: Any, name: str) -> None:
    rows = [find(papers[name][0], text) for text in CORNER.values()]
    assert all(row.left == pytest.approx(LEFT, abs=0.2) for row in rows)
    assert all(below.baseline - row.baseline == pytest.approx(ROW, abs=0.05) for row, below in pairwise(rows))
    top = 2098 / 1440 * 25.4 + 0.8 * ROW
    expected = top if name == "corner" else find(papers["信函"][0], "东商〔2025〕7号").baseline
    assert rows[0].baseline == pytest.approx(expected, abs=0.2)


def test_the_title_in_letter_form_stands_two_rows_under_the_last_element_of_the_corner(papers: Any) -> None:
    page = papers["信函 corner"][0]
    urgency, title = find(page, "特急"), find(page, "对市政协")
    assert title.baseline - urgency.baseline == pytest.approx(2.2 * ROW + 0.8 * 640 / 1440 * 25.4, abs=0.2)


def test_the_corner_moves_nothing_below_it(papers: Any) -> None:
    corner, plain = papers["corner"][0], papers["plain"][0]
    for text in ("文件", "东商〔2025〕7号", "提案的答复", "国国"):
        assert find(corner, text).baseline == pytest.approx(find(plain, text).baseline, abs=0.1)


@pytest.mark.parametrize("name", ["joint 2", "joint 3"])
def test_the_word_of_a_joint_mark_stands_in_the_middle_at_the_right_of_the_names(papers: Any, name: str) -> None:
    page = papers[name][0]
    rows = [row for row in page.rows if row.baseline < 125 and "〔" not in row.text]
    word = [glyph for row in rows for glyph in row.glyphs if glyph.text in "文件"]
    names = [glyph for row in rows for glyph in row.glyphs if glyph.text not in "文件"]
    ends = [max(g.x for g in names if abs(g.baseline - line) < 1) for line in sorted({g.baseline for g in names})]
    assert max(ends) - min(ends) < 0.5
    assert min(glyph.x for glyph in word) > max(ends)
    baselines = [glyph.baseline for glyph in names]
    assert word[0].baseline == pytest.approx((min(baselines) + max(baselines)) / 2, abs=0.5)


@pytest.mark.parametrize("name", ["joint 2", "joint 3", "三行标题", "six signers"])
def test_whatever_stands_in_the_head_stays_between_the_edges(papers: Any, name: str) -> None:
    red = papers[name][0].ink(RED, bottom=125)
    assert red.left >= LEFT - 0.5
    assert red.right <= RIGHT + 0.5


def test_a_long_name_is_shrunk_to_one_line_and_never_squeezed(papers: Any) -> None:
    """23 Hanzi of 19 pt are 437 pt, of 19.5 pt 448.5 pt: more than the 442.2 pt of a line."""
    row = find(papers["six signers"][0], LONG)
    steps = [right.x - left.x for left, right in pairwise(row.glyphs)]
    assert steps == [pytest.approx(19 / 72 * 25.4, abs=0.1)] * (len(LONG) - 1)


def test_seals_of_joint_organs_have_room_beside_each_other_and_the_last_is_over_the_date(papers: Any) -> None:
    page = papers["joint 2"][-1]
    row, date = find(page, "东河市财政局"), next(row for row in page.rows if row.text == "2025年8月26日")
    host, other = row.glyphs[:6], row.glyphs[6:]
    middles = [(some[0].x + some[-1].x) / 2 for some in (host, other, date.glyphs)]
    assert middles[1] == pytest.approx(middles[2], abs=0.3)
    assert middles[1] - middles[0] == pytest.approx(46, abs=0.3)


def test_an_appendix_has_its_label_in_row_1_and_its_title_in_row_3_of_its_own_page(papers: Any) -> None:
    first, second = (
        [p for p in papers["appendices"] if any(r.text == label for r in p.rows)] for label in ("附件1", "附件2")
    )
    for (page,) in (first, second):
        label, title = page.rows[:2]
        assert label.left == pytest.approx(LEFT, abs=0.1)
        assert label.baseline == pytest.approx(2098 / 1440 * 25.4 + 0.8 * ROW, abs=0.2)
        assert title.baseline - label.baseline == pytest.approx(1.2 * ROW + 0.8 * 640 / 1440 * 25.4, abs=0.1)
    assert second[0].number == first[0].number + 2 == len(papers["appendices"])


def test_pages_are_numbered_on_through_the_appendices(papers: Any) -> None:
    pages = papers["appendices"]
    assert [row.text for page in pages for row in page.rows if "—" in row.text] == [
        f"—{page.number}—" for page in pages
    ]


def test_a_short_letter_is_one_page_with_its_imprint(papers: Any) -> None:
    (page,) = papers["short"]
    assert find(page, "抄送").baseline > 240


def test_an_imprint_that_does_not_fit_moves_whole_to_the_next_page(papers: Any) -> None:
    """版记 of two rows needs 18.3 mm: it shares a page with 20 rows, not with 21."""
    assert [len(text_rows(page)) for page in papers["20 rows"]] == [20, 22]
    assert [len(text_rows(page)) for page in papers["21 rows"]] == [20, 21, 2]


@pytest.mark.parametrize("name", ["plain", "ink"])
def test_the_dash_of_the_page_number_lies_7_mm_under_the_text_outside(papers: Any, name: str) -> None:
    one_character = 280 / 1440 * 25.4
    for page in papers[name][:2]:
        odd = page.number % 2 == 1
        edge = RIGHT - one_character if odd else LEFT + one_character
        window = (edge - 4, edge + 0.5) if odd else (edge - 0.5, edge + 4)
        dash = page.ink(top=264, bottom=275, left=window[0], right=window[1])
        assert (dash.top + dash.bottom) / 2 == pytest.approx(269, abs=1)
        assert (dash.right if odd else dash.left) == pytest.approx(edge, abs=0.3)


def test_text_after_a_table_is_back_in_the_rows_of_the_page(papers: Any) -> None:
    page = next(page for page in papers["table"] if any("事项" in row.text for row in page.rows))
    rows = text_rows(page)
    last = max(at for at, row in enumerate(rows) if "市场科" in row.text)
    distance = rows[last + 1].baseline - rows[0].baseline
    assert distance / ROW == pytest.approx(round(distance / ROW), abs=0.05)
    assert rows[-1].baseline == pytest.approx(text_rows(papers["plain"][1])[-1].baseline, abs=0.3)


def test_the_lines_of_a_page_in_letter_form_lie_where_the_standard_wants_them(papers: Any) -> None:
    page = papers["信函"][0]
    name = page.ink(RED, bottom=50)
    upper = page.ink(RED, top=50, bottom=100)
    lower = page.ink(RED, top=200)
    assert name.top == pytest.approx(30, abs=1)
    assert upper.top - name.bottom == pytest.approx(4, abs=0.5)
    assert lower.bottom == pytest.approx(297 - 20, abs=0.5)
    for pair in (upper, lower):
        assert (pair.left, pair.right) == pytest.approx((21, 191), abs=0.25)


def test_the_number_in_letter_form_ends_at_the_edge_just_under_the_upper_lines(papers: Any) -> None:
    page = papers["信函"][0]
    number = find(page, "东商〔2025〕7号")
    upper = page.ink(RED, top=50, bottom=100)
    assert number.glyphs[-1].x + EM == pytest.approx(RIGHT, abs=0.3)
    assert number.baseline - 0.88 * EM - upper.bottom == pytest.approx(EM * 7 / 8, abs=0.5)


def test_preprinted_paper_in_letter_form_leaves_the_text_where_it_is(papers: Any) -> None:
    printed, blank = papers["信函"][0], papers["信函 preprinted"][0]
    assert find(blank, "东商〔2025〕7号").baseline == pytest.approx(find(printed, "东商〔2025〕7号").baseline, abs=0.1)


def test_the_first_page_in_letter_form_has_no_number_and_the_second_has(papers: Any) -> None:
    first, second, *_ = papers["信函"]
    assert not [row.text for row in first.rows if "—" in row.text]
    assert [row.text for row in second.rows if "—" in row.text] == ["—2—"]
