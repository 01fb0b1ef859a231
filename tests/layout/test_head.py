from typing import Any

import pytest
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT

from dafu import readback
from dafu.layout import draw, mark_words
from dafu.layout.mark import mark_type
from dafu.terms import GradePlace, Letterhead, OpennessPlace, PageForm

CHAR = 315  # twips
TEXT_WIDTH = 8844
ROW = 579
TITLE = "对市政协九届三次会议第093012号提案的答复"


def above_title(found: list[Any]) -> list[Any]:
    return found[: [one.style.style_id for one in found].index("Title")]


def texts(found: list[Any]) -> list[str]:
    return [one.text for one in found]


def twips(length: float) -> int:
    return round(length / 635)


def tabs(paragraph: Any) -> list[tuple[Any, int]]:
    return [(tab.alignment, twips(tab.position)) for tab in paragraph.paragraph_format.tab_stops]


def line(paragraph: Any) -> int:
    return twips(paragraph.paragraph_format.line_spacing)


def red_lines(found: list[Any]) -> list[str]:
    under = './w:pPr/w:pBdr/w:bottom[@w:color="FF0000"]'
    return [one.text for one in found if one.paragraph_format.element.xpath(under)]


def test_the_mark_is_the_largest_type_that_stands_on_one_line() -> None:
    assert mark_type("东河市商务局文件").size == 108  # 8 × 54 pt = 432 ≤ 442.2
    assert mark_type("东河市工业和信息化局文件").size == 73  # 12 × 36.5 = 438, 12 × 37 = 444
    assert mark_type("东河局").size == 108


def test_the_mark_is_red_and_its_ink_begins_35_mm_below_the_text_area(paragraphs: Any) -> None:
    spacer, mark = paragraphs()[:2]
    assert mark.text == "东河市商务局文件"
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    baseline = line(spacer) + 0.8 * line(mark)
    assert baseline - 0.846 * 1080 == pytest.approx(35 / 25.4 * 1440, abs=2)


def test_two_blank_rows_stand_between_mark_and_number(paragraphs: Any) -> None:
    assert texts(paragraphs())[1:5] == ["东河市商务局文件", "", "", "东商〔2025〕7号\t签发人：周明远"]
    assert [line(one) for one in paragraphs()[2:5]] == [ROW] * 3


def test_without_a_signer_the_number_is_centred(paragraphs: Any) -> None:
    (number,) = paragraphs("Number", signer="")
    assert number.text == "东商〔2025〕7号"
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_number_and_signer_share_a_row_one_character_from_each_edge(paragraphs: Any) -> None:
    (row,) = paragraphs("Number")
    assert twips(row.paragraph_format.first_line_indent) == CHAR
    assert tabs(row) == [(WD_TAB_ALIGNMENT.RIGHT, TEXT_WIDTH - CHAR)]
    faces = {run.text: run.font.name for run in row.runs if run.text.strip()}
    assert faces == {"东商〔2025〕7号": "仿宋_GB2312", "签发人：": "仿宋_GB2312", "周明远": "楷体_GB2312"}


def test_two_signers_stand_on_one_row_with_one_character_between(paragraphs: Any) -> None:
    (row,) = paragraphs("Number", signer="签发人：周明远  何平")
    assert row.text == "东商〔2025〕7号\t签发人：周明远\u3000何平"


def test_five_signers_make_three_rows_with_names_under_names_and_the_number_on_the_last(paragraphs: Any) -> None:
    rows = paragraphs("Number", signer="签发人：周明远 何平 赵一帆 欧阳文山 吴谦")
    assert texts(rows) == ["\t签发人：周明远\t何平", "\t赵一帆\t欧阳文山", "东商〔2025〕7号\t吴谦"]
    second = TEXT_WIDTH - CHAR - 4 * CHAR  # the longest of the right column has four characters
    first = second - CHAR - 3 * CHAR
    left = WD_TAB_ALIGNMENT.LEFT
    assert tabs(rows[0]) == [(left, first - 4 * CHAR), (left, second)]
    assert tabs(rows[1]) == tabs(rows[2]) == [(left, first), (left, second)]


def test_a_missing_signer_is_shown_as_missing(paragraphs: Any) -> None:
    (row,) = paragraphs("Number", signer="【缺：签发人】")
    assert row.text == "东商〔2025〕7号\t【缺：签发人】"


@pytest.mark.parametrize(
    ("place", "head", "below"),
    [
        (GradePlace.UNDER_SIGNER, ["东商〔2025〕7号\t签发人：周明远", "\t办理结果：A"], ["", ""]),
        (GradePlace.TITLE_RIGHT, ["东商〔2025〕7号\t签发人：周明远"], ["办理结果：A", ""]),
        (GradePlace.AFTER_NUMBER, ["东商〔2025〕7号 办理结果：A\t签发人：周明远"], ["", ""]),
        (GradePlace.PAGE_RIGHT, ["东商〔2025〕7号\t签发人：周明远"], ["", ""]),
        (GradePlace.BEFORE_CONTACT, ["东商〔2025〕7号\t签发人：周明远"], ["", ""]),
        (GradePlace.ABSENT, ["东商〔2025〕7号\t签发人：周明远"], ["", ""]),
    ],
)
def test_the_grade_stands_at_its_place(paragraphs: Any, place: GradePlace, head: list[str], below: list[str]) -> None:
    found = above_title(paragraphs(grade_place=place))
    start = 5 if place is GradePlace.PAGE_RIGHT else 4
    assert texts(found)[start:] == head + below
    assert red_lines(found) == head[-1:]


def test_the_grade_in_the_first_row_does_not_push_the_mark_down(paragraphs: Any) -> None:
    plain = paragraphs(grade_place=GradePlace.ABSENT)[0]
    row, spacer = paragraphs(
        grade_place=GradePlace.PAGE_RIGHT, openness="公开", openness_place=OpennessPlace.FIRST_PAGE
    )[:2]
    assert row.text == "公开\t办理结果：A"
    assert tabs(row) == [(WD_TAB_ALIGNMENT.RIGHT, TEXT_WIDTH)]
    assert line(row) + line(spacer) == line(plain)


def test_openness_is_printed_only_where_the_office_wants_it(paragraphs: Any) -> None:
    assert not any("公开" in text for text in texts(paragraphs(openness="主动公开")))


def test_preprinted_paper_keeps_the_room_but_prints_neither_mark_nor_line(paragraphs: Any) -> None:
    printed = above_title(paragraphs())
    blank = above_title(paragraphs(letterhead=Letterhead.PREPRINTED))
    assert [line(one) for one in blank] == [line(one) for one in printed]
    assert texts(blank) == ["" if "文件" in text else text for text in texts(printed)]
    assert red_lines(blank) == []


CORNER = {"copy_number": "000001", "secrecy": "机密★1年", "urgency": "特急"}


@pytest.mark.parametrize(
    ("left_out", "rows"),
    [
        ((), ["000001", "机密★1年", "特急"]),
        (("copy_number",), ["", "机密★1年", "特急"]),
        (("copy_number", "secrecy"), ["特急"]),
        (("secrecy", "urgency"), ["000001"]),
    ],
)
def test_copy_number_secrecy_and_urgency_stand_one_under_another(
    paragraphs: Any, left_out: tuple[str, ...], rows: list[str]
) -> None:
    """7.2.2 puts 密级 into the second row, whether or not a 份号 stands in the first."""
    found = paragraphs("FirstRow", **(CORNER | dict.fromkeys(left_out, "")))
    assert texts(found) == rows
    faces = {run.text: run.font.name for one in found for run in one.runs}
    assert all(face == ("仿宋_GB2312" if text == "000001" else "黑体") for text, face in faces.items())


def test_the_corner_never_pushes_the_mark_down(paragraphs: Any) -> None:
    plain = line(paragraphs()[0])
    *rows, spacer, _ = paragraphs(**CORNER, openness="公开", openness_place=OpennessPlace.FIRST_PAGE)[:5]
    assert rows[0].text == "000001\u3000公开"
    assert sum(map(line, rows)) + line(spacer) == plain


@pytest.fixture
def joint(make_letter: Any, opened: Any) -> Any:
    """Draw a letter of several organs and return the table of its mark."""
    return lambda *others, **changes: opened(make_letter(joint=others, **changes)).tables[0]


def test_joint_organs_stand_one_under_another_with_the_word_at_their_right(joint: Any) -> None:
    names, word = joint("东河市财政局", "东河市教育局").rows[0].cells
    assert [one.text for one in names.paragraphs] == ["东河市商务局", "东河市财政局", "东河市教育局"]
    assert word.text == "文件"
    assert word.vertical_alignment == WD_ALIGN_VERTICAL.CENTER


def test_joint_organs_without_the_word_have_one_column(joint: Any) -> None:
    assert [cell.text for cell in joint("东河市财政局", mark="东河市商务局").rows[0].cells] == [
        "东河市商务局\n东河市财政局"
    ]


def test_shorter_joint_names_are_spread_to_the_width_of_the_widest(joint: Any) -> None:
    """In 33 pt a name of 6 characters has 4 × 33 pt to share among 5 gaps, beside one of 10 characters."""
    short, wide = joint("东河市工业和信息化局", "东河市财政局").rows[0].cells[0].paragraphs[:2]
    assert {run.font.size.pt for one in (short, wide) for run in one.runs} == {33}
    tracking = [int(run.element.xpath("string(w:rPr/w:spacing/@w:val)")) for run in short.runs]
    assert tracking == [pytest.approx(4 * 660 / 5, abs=1), 0]
    assert not any(int(run.element.xpath("string(w:rPr/w:spacing/@w:val)")) for run in wide.runs)


@pytest.mark.parametrize("others", [1, 2, 3])
def test_a_joint_mark_leaves_room_for_text_on_its_page(joint: Any, others: int) -> None:
    row = joint(*["东河市财政局"] * others).rows[0]
    assert twips(row.height) <= 45 / 25.4 * 1440


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("东河市商务局文件",)),
        ({"joint": ("东河市财政局",)}, ("东河市商务局", "东河市财政局", "文件")),
        ({"joint": ("东河市财政局",), "mark": "东河市商务局"}, ("东河市商务局", "东河市财政局")),
        ({"joint": ("东河市财政局",), "form": PageForm.LETTER, "mark": "东河市商务局"}, ("东河市商务局",)),
        ({"joint": ("东河市财政局",), "letterhead": Letterhead.PREPRINTED}, ()),
    ],
)
def test_the_words_of_the_mark_are_those_that_are_printed(
    make_letter: Any, changes: dict[str, Any], words: tuple[str, ...]
) -> None:
    letter = make_letter(**changes)
    assert mark_words(letter) == words
    assert set(words) <= set(readback.paragraphs(draw(letter)))


def test_a_joint_mark_is_as_high_on_pre_printed_paper(joint: Any, paragraphs: Any) -> None:
    (blank,) = paragraphs("Mark", joint=("东河市财政局",), letterhead=Letterhead.PREPRINTED)
    assert blank.text == ""
    assert line(blank) == twips(joint("东河市财政局").rows[0].height)


def test_without_a_letterhead_the_number_stands_at_the_top(paragraphs: Any) -> None:
    found = above_title(paragraphs(letterhead=Letterhead.ABSENT))
    assert texts(found) == ["东商〔2025〕7号\t签发人：周明远", "\t办理结果：A", "", ""]
    assert red_lines(found) == []


def test_a_paper_without_mark_and_number_begins_with_its_title(paragraphs: Any) -> None:
    found = paragraphs(mark="", number="", signer="", grade="")
    assert above_title(found) == []


def test_a_red_head_without_a_number_still_ends_with_its_line(paragraphs: Any) -> None:
    assert red_lines(paragraphs(number="", signer="", grade="")) == [""]
