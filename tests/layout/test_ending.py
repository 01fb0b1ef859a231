from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from dafu.layout import Fit, draw
from dafu.terms import GradePlace, Seal

CHAR = 315
TEXT_WIDTH = 8844
DATE_WIDTH = 2030  # 2025年8月26日: 7 digits of 155 and 3 Hanzi of 315 twips
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def twips(length: Any) -> int:
    return round((length or 0) / 635)


def indents(paragraph: Any) -> tuple[int, int, int]:
    form = paragraph.paragraph_format
    return twips(form.left_indent), twips(form.right_indent), twips(form.first_line_indent)


def after_body(found: list[Any]) -> list[Any]:
    last = max(at for at, one in enumerate(found) if one.style.style_id == "Text")
    return [one for one in found[last + 1 :] if one.style.style_id != "End"]


def place(found: list[Any]) -> list[tuple[str, Any, tuple[int, int, int]]]:
    return [(one.text, one.alignment, indents(one)) for one in found if one.style.style_id in ("Organ", "Date")]


def test_the_elements_follow_in_the_order_of_the_standard(paragraphs: Any) -> None:
    found = after_body(paragraphs(attachments=("附件：1. 甲", "2. 乙"), note="此件公开"))
    assert [one.text for one in found] == [
        *["", "附件：1. 甲", "2. 乙", "", ""],
        *["东河市商务局", "2025年8月26日", "（此件公开）", "联系单位：东河市商务局市场科  60010023"],
    ]


def test_attachment_names_hang_on_their_own_first_character(paragraphs: Any) -> None:
    count = 2 * 155 + 155  # `1. `: digit, point and blank are half characters
    name_at = 5 * CHAR + count  # 左空二字, 附件：, 1.
    first, second = paragraphs("Attachment", attachments=("附件：1. 甲", "2. 乙"))
    assert indents(first) == (name_at, 0, 2 * CHAR - name_at)
    assert indents(second) == (name_at, 0, -count)


def test_a_single_attachment_hangs_after_its_label(paragraphs: Any) -> None:
    (only,) = paragraphs("Attachment", attachments=("附件：征询意见表",))
    assert indents(only) == (5 * CHAR, 0, -3 * CHAR)


def test_a_sealed_letter_centres_the_office_on_a_date_four_characters_from_the_edge(paragraphs: Any) -> None:
    box = (TEXT_WIDTH - 8 * CHAR - DATE_WIDTH, 0, 0)
    assert place(paragraphs()) == [("东河市商务局", CENTER, box), ("2025年8月26日", CENTER, box)]


def test_a_wide_office_stands_at_the_edge_with_the_date_under_its_middle(paragraphs: Any) -> None:
    organ = "东河市人民政府政务服务和公共资源交易管理办公室"  # 23 characters, wider than 8 + 6.5
    assert place(paragraphs(organ=organ)) == [
        (organ, RIGHT, (0, 0, 0)),
        ("2025年8月26日", CENTER, (TEXT_WIDTH - 23 * CHAR, 0, 0)),
    ]


def test_without_a_seal_a_long_date_ends_two_characters_from_the_edge(paragraphs: Any) -> None:
    """署名 of 6 characters is shorter than the date, and starts 2 characters before it."""
    organ, date = place(paragraphs(seal=Seal.BARE))
    assert organ == ("东河市商务局", RIGHT, (0, 4 * CHAR + DATE_WIDTH - 6 * CHAR, 0))
    assert date == ("2025年8月26日", RIGHT, (0, 2 * CHAR, 0))


def test_without_a_seal_a_long_office_ends_two_characters_from_the_edge(paragraphs: Any) -> None:
    organ, date = place(paragraphs(seal=Seal.BARE, organ="东河市工业和信息化局"))
    assert organ[2] == (0, 2 * CHAR, 0)
    assert date[2] == (0, 10 * CHAR - DATE_WIDTH, 0)


@pytest.mark.parametrize("organ", ["东河局", "东河市商务局", "东河市工业和信息化局"])
def test_without_a_seal_the_date_begins_two_characters_right_of_the_office(paragraphs: Any, organ: str) -> None:
    (_, _, (_, organ_right, _)), (_, _, (_, date_right, _)) = place(paragraphs(seal=Seal.BARE, organ=organ))
    assert (organ_right + len(organ) * CHAR) - (date_right + DATE_WIDTH) == 2 * CHAR


def joint_rows(found: list[Any]) -> list[tuple[str, list[int]]]:
    tabs = [[twips(tab.position) for tab in one.paragraph_format.tab_stops] for one in found]
    return [(one.text, stops) for one, stops in zip(found, tabs, strict=True)]


AXIS = TEXT_WIDTH - 4 * CHAR - DATE_WIDTH // 2


def test_sealed_joint_organs_stand_in_one_row_with_the_last_over_the_date(paragraphs: Any) -> None:
    """46 mm are 2608 twips: seals of 45 mm do not touch."""
    found = paragraphs("Organ", joint=("东河市财政局", "东河市教育局"))
    row = ("\t东河市商务局\t东河市财政局\t东河市教育局", [AXIS - 2 * 2608, AXIS - 2608, AXIS])
    assert joint_rows(found) == [row]
    (date,) = paragraphs("Date", joint=("东河市财政局", "东河市教育局"))
    assert indents(date) == (TEXT_WIDTH - 8 * CHAR - DATE_WIDTH, 0, 0)


def test_sealed_organs_of_longer_names_stand_two_in_a_row_and_the_rows_leave_room_for_seals(paragraphs: Any) -> None:
    found = after_body(paragraphs(joint=("东河市工业和信息化局", "东河市财政局"), contact=()))
    names = ["\t东河市商务局\t东河市工业和信息化局", "", "", "", "", "\t东河市财政局", "2025年8月26日"]
    assert [one.text for one in found] == ["", "", *names]
    assert [stops for _, stops in joint_rows(found) if stops] == [[AXIS - 4422, AXIS], [AXIS]]


def test_a_fourth_organ_begins_a_second_row(paragraphs: Any) -> None:
    found = paragraphs("Organ", joint=("甲市乙局", "甲市丙局", "甲市丁局"))
    assert [one.text for one in found] == ["\t东河市商务局\t甲市乙局\t甲市丙局", "\t甲市丁局"]


def test_without_seals_joint_organs_are_stacked_and_begin_where_the_widest_does(paragraphs: Any) -> None:
    found = paragraphs("Organ", joint=("东河市工业和信息化局",), seal=Seal.BARE)
    assert [one.text for one in found] == ["东河市商务局", "东河市工业和信息化局"]
    assert [indents(one) for one in found] == [(0, 6 * CHAR, 0), (0, 2 * CHAR, 0)]


@pytest.mark.parametrize(("seal", "blanks"), [(Seal.SEALED, 2), (Seal.BARE, 1)])
def test_a_seal_needs_one_blank_row_more(paragraphs: Any, seal: Seal, blanks: int) -> None:
    found = after_body(paragraphs(seal=seal))
    assert [one.text for one in found[: blanks + 1]] == [*[""] * blanks, "东河市商务局"]


@pytest.mark.parametrize("contact", [(), ("联系人：甲",), ("联系单位：甲", "联系人：乙")])
def test_blank_rows_signature_and_what_follows_are_kept_on_one_page(paragraphs: Any, contact: Any) -> None:
    *kept, last = after_body(paragraphs(contact=contact))
    assert len(kept) == 3 + len(contact)
    assert all(one.paragraph_format.keep_with_next for one in kept)
    assert not last.paragraph_format.keep_with_next


def test_a_tight_fit_halves_the_blank_rows_above_the_signature_only(make_letter: Any) -> None:
    heights = {}
    for fit in (Fit(), Fit(tight=True)):
        found = docx.Document(BytesIO(draw(make_letter(), fit))).paragraphs
        heights[fit] = [(one.text, twips(one.paragraph_format.line_spacing)) for one in after_body(found)]
    rows = [text for text, _ in heights[Fit()]]
    assert heights[Fit()] == [(text, 579) for text in rows]
    assert heights[Fit(tight=True)] == [("", 289), ("", 289), *((text, 579) for text in rows[2:])]


def test_an_unsigned_paper_has_no_blank_rows_for_a_signature(paragraphs: Any) -> None:
    assert after_body(paragraphs(organ="", date="", contact=())) == []


@pytest.mark.parametrize("note", ["此件公开", "（此件公开）"])
def test_a_note_stands_in_one_pair_of_round_brackets(paragraphs: Any, note: str) -> None:
    (only,) = paragraphs("Note", note=note)
    assert only.text == "（此件公开）"
    assert indents(only) == (0, 0, 2 * CHAR)


def test_contact_lines_keep_their_order_and_the_grade_may_stand_before_them(paragraphs: Any) -> None:
    found = paragraphs("Contact", contact=("联系单位：甲", "联系人：乙"), grade_place=GradePlace.BEFORE_CONTACT)
    assert [one.text for one in found] == ["办理结果：A", "联系单位：甲", "联系人：乙"]
    assert {indents(one) for one in found} == {(0, 0, 2 * CHAR)}
