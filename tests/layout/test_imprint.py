from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from dafu.terms import TextArea


def twips(length: Any) -> int:
    return round((length or 0) / 635)


@pytest.fixture
def tables(make_letter: Any, opened: Any) -> Any:
    return lambda **changes: opened(make_letter(**changes)).tables


@pytest.fixture
def frame(make_letter: Any, opened: Any) -> Any:
    """Find the table properties of 版记."""
    return opened(make_letter()).element.xpath(".//w:tblPr")[0]


def texts(table: Any) -> list[str]:
    return [row.cells[0].text for row in table.rows]


def test_copies_stand_above_printer_and_date_of_printing(tables: Any) -> None:
    (imprint,) = tables()
    assert texts(imprint) == ["抄送：市政协提案委，市政府督查室。", "东河市商务局办公室\t2025年8月26日印发"]


def test_the_outer_rules_are_thick_and_the_inner_one_is_thin(frame: Any) -> None:
    eighths_of_a_point = [frame.xpath(f"string(w:tblBorders/w:{side}/@w:sz)") for side in ("top", "insideH", "bottom")]
    assert eighths_of_a_point == ["8", "6", "8"]


def test_it_is_pinned_to_the_bottom_of_the_text_area_at_its_full_width(frame: Any) -> None:
    names = ("vertAnchor", "tblpYSpec", "horzAnchor", "tblpX")
    assert {name: frame.xpath(f"string(w:tblpPr/@w:{name})") for name in names} == {
        "vertAnchor": "margin",
        "tblpYSpec": "bottom",
        "horzAnchor": "page",
        "tblpX": "1588",
    }
    assert (frame.xpath("string(w:tblW/@w:w)"), frame.xpath("string(w:tblW/@w:type)")) == ("8844", "dxa")


def test_its_words_stand_one_character_of_14_pt_from_the_edges_and_wrap_under_the_first_name(tables: Any) -> None:
    (imprint,) = tables()
    copies, printed = (row.cells[0].paragraphs[0] for row in imprint.rows)
    form = copies.paragraph_format
    assert (twips(form.left_indent), twips(form.first_line_indent), twips(form.right_indent)) == (1120, -840, 280)
    assert twips(printed.paragraph_format.left_indent) == 280
    assert [twips(tab.position) for tab in printed.paragraph_format.tab_stops] == [8844 - 280]
    assert {run.font.size.pt for run in (*copies.runs, *printed.runs) if run.text.strip()} == {14}


def test_a_long_office_leaves_the_date_whole_on_a_line_of_its_own(tables: Any) -> None:
    office = "东河市住房和城乡建设管理局（市人民防空办公室）办公室"
    (imprint,) = tables(printer=office)
    lines = imprint.rows[1].cells[0].paragraphs
    assert [line.text for line in lines] == [office, "2025年8月26日印发"]
    assert lines[1].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert twips(lines[1].paragraph_format.right_indent) == 280


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"copies": ""}, ["东河市商务局办公室\t2025年8月26日印发"]),
        ({"printer": "", "printed": ""}, ["抄送：市政协提案委，市政府督查室。"]),
        ({"copies": "", "printer": ""}, ["\t2025年8月26日印发"]),
    ],
)
def test_an_empty_element_leaves_no_row(tables: Any, changes: dict[str, str], rows: list[str]) -> None:
    (imprint,) = tables(**changes)
    assert texts(imprint) == rows


def test_with_nothing_to_say_there_is_no_imprint(tables: Any) -> None:
    assert tables(copies="", printer="", printed="") == []


def test_in_the_ink_profile_a_row_without_rules_lifts_it_to_the_edge_of_the_text(tables: Any) -> None:
    (imprint,) = tables(text_area=TextArea.INK)
    assert texts(imprint)[2:] == [""]
    assert twips(imprint.rows[2].height) == 1984 - 1908
