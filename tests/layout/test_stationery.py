"""信函 format (GB/T 9704-2012 10.1)."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx.enum.text import WD_TAB_ALIGNMENT

from dafu.layout import draw
from dafu.terms import GradePlace, Letterhead, OpennessPlace, PageForm

FORM = {"form": PageForm.LETTER, "mark": "东河市商务局"}
RIGHT_EDGE = 8844


def above_title(found: list[Any]) -> list[Any]:
    return found[: [one.style.style_id for one in found].index("Title")]


def part(letter: Any, name: str) -> str:
    with ZipFile(BytesIO(draw(letter))) as archive:
        return archive.read(f"word/{name}.xml").decode()


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({"signer": "", "grade_place": GradePlace.ABSENT}, ["\t东商〔2025〕7号", "", ""]),
        ({}, ["\t东商〔2025〕7号", "\t签发人：周明远", "\t办理结果：A", "", ""]),
        (
            {"signer": "签发人：甲一 乙二 丙三"},
            ["\t东商〔2025〕7号", "\t签发人：甲一\t乙二", "\t丙三", "\t办理结果：A", "", ""],
        ),
        ({"signer": "", "grade_place": GradePlace.AFTER_NUMBER}, ["\t东商〔2025〕7号 办理结果：A", "", ""]),
        ({"signer": "", "grade_place": GradePlace.TITLE_RIGHT}, ["\t东商〔2025〕7号", "办理结果：A", ""]),
        ({"number": "", "signer": "", "grade": ""}, ["", ""]),
    ],
)
def test_what_stands_under_the_upper_lines_is_flush_right(paragraphs: Any, changes: Any, head: list[str]) -> None:
    found = above_title(paragraphs(**FORM, **changes))
    assert [one.text for one in found] == head
    tabs = [tab for one in found for tab in one.paragraph_format.tab_stops if tab.alignment == WD_TAB_ALIGNMENT.RIGHT]
    assert all(RIGHT_EDGE - 20 <= round(tab.position / 635) <= RIGHT_EDGE for tab in tabs)


def test_openness_stands_at_the_left_of_the_number(paragraphs: Any) -> None:
    found = paragraphs(**FORM, openness="主动公开", openness_place=OpennessPlace.FIRST_PAGE)
    assert found[0].text == "主动公开\t东商〔2025〕7号"


def test_copy_number_secrecy_and_urgency_share_the_rows_of_number_and_signers(paragraphs: Any) -> None:
    corner = {"copy_number": "000001", "secrecy": "机密★1年", "urgency": "特急"}
    found = above_title(paragraphs(**FORM, **corner, grade=""))
    assert [one.text for one in found] == ["000001\t东商〔2025〕7号", "机密★1年\t签发人：周明远", "特急", "", ""]


def test_without_a_copy_number_secrecy_stands_in_the_first_row(paragraphs: Any) -> None:
    assert paragraphs(**FORM, secrecy="秘密★6个月")[0].text == "秘密★6个月\t东商〔2025〕7号"


def test_of_joint_organs_only_the_host_is_named_above(make_letter: Any) -> None:
    letter = make_letter(**FORM, joint=("东河市财政局",))
    assert "东河市商务局" in part(letter, "header1")
    assert "东河市财政局" not in part(letter, "header1")


def test_the_body_has_neither_mark_nor_red_line(make_letter: Any) -> None:
    assert "FF0000" not in part(make_letter(**FORM), "document")


def test_mark_and_lines_stand_on_the_first_page_only_and_its_number_is_left_out(make_letter: Any, opened: Any) -> None:
    (section,) = opened(make_letter(**FORM)).sections
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_header.paragraphs if one.text] == ["东河市商务局"]
    assert "PAGE" not in part(make_letter(**FORM), "footer3")
    assert section.header.is_linked_to_previous  # the pages after the first have no header


def test_the_upper_pair_is_thick_over_thin_and_the_lower_pair_thin_over_thick(make_letter: Any) -> None:
    letter = make_letter(**FORM)
    for name, thicknesses in (("header1", [18, 6]), ("footer3", [6, 18])):
        borders = part(letter, name).split("<w:bottom ")[1:]
        assert [int(border.split('w:sz="')[1].split('"')[0]) for border in borders] == thicknesses


@pytest.mark.parametrize("letterhead", [Letterhead.PREPRINTED, Letterhead.ABSENT])
def test_a_head_that_is_not_ours_to_print_leaves_no_text_and_no_line(make_letter: Any, letterhead: Letterhead) -> None:
    letter = make_letter(**FORM, letterhead=letterhead)
    for name in ("header1", "footer3"):
        assert "<w:t " not in part(letter, name)
        assert "<w:bottom " not in part(letter, name)


def test_the_imprint_has_copies_only_and_no_rules(make_letter: Any, opened: Any) -> None:
    document = opened(make_letter(**FORM))
    (imprint,) = document.tables
    assert [row.cells[0].text for row in imprint.rows] == ["抄送：市政协提案委，市政府督查室。"]
    assert document.element.xpath(".//w:tblBorders") == []


def test_without_copies_there_is_no_imprint(make_letter: Any, opened: Any) -> None:
    assert opened(make_letter(**FORM, copies="")).tables == []
