"""Forms, read by python-docx: what is merged, how wide and how high, and where the words stand."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from dafu import preview
from dafu.layout import draw
from dafu.letter import Letter, form
from measuring import measured

FORM = """
|=3=|-7-|=3=|-7-|
|案号|143069|类别|提案|
|案由|优化夜市管理|<|<|
|意见|☑同意　□不同意 // >年　月　日|会签|| 4
|备注|甲|^|乙|
"""


def twips(length: int) -> int:
    return round(length / 635)


@pytest.fixture(scope="module")
def document(make_letter: Any, opened: Any) -> Any:
    return opened(make_letter(body=form(FORM), copies="", printer="", printed=""))


@pytest.fixture(scope="module")
def table(document: Any) -> Any:
    return document.tables[0]


def spans(row: Any) -> list[tuple[int, str]]:
    """Return of each cell of a row its columns and whether it begins (restart) or continues a merged one."""
    cells = row._tr.tc_lst  # noqa: SLF001 -- python-docx shows merged cells only so
    return [(cell.grid_span, cell.vMerge or "") for cell in cells]


def test_the_columns_share_the_width_of_the_text(table: Any) -> None:
    """8844 twips in 3, 7, 3 and 7 twentieths."""
    assert [twips(column.width) for column in table.columns] == [1326, 3096, 1326, 3096]


def test_cells_are_merged_across_and_down(table: Any) -> None:
    assert [spans(row) for row in table.rows] == [
        [(1, ""), (1, ""), (1, ""), (1, "")],
        [(1, ""), (3, "")],
        [(1, ""), (1, ""), (1, "restart"), (1, "")],
        [(1, ""), (1, ""), (1, "continue"), (1, "")],
    ]


def test_every_cell_is_as_wide_as_the_columns_that_it_takes(table: Any) -> None:
    widths = [[twips(cell.width) for cell in row._tr.tc_lst] for row in table.rows]  # noqa: SLF001 -- as above
    assert widths[1] == [1326, 7518]
    assert {sum(row) for row in widths} == {8844}


def test_a_row_is_9_mm_high_or_as_many_times_as_its_form_says(table: Any) -> None:
    assert [twips(row.height) for row in table.rows] == [510, 510, 4 * 510, 510]


def test_labels_are_heavy_and_centred_and_values_stand_at_the_left(table: Any) -> None:
    label, value = (cell.paragraphs[0] for cell in table.rows[0].cells[:2])
    assert (label.alignment, label.runs[0].font.name) == (WD_ALIGN_PARAGRAPH.CENTER, "黑体")
    assert (value.alignment, value.runs[0].font.name) == (WD_ALIGN_PARAGRAPH.JUSTIFY, "仿宋_GB2312")


def test_a_signature_stands_at_the_right_of_the_bottom_of_its_cell(table: Any) -> None:
    cell = table.rows[2].cells[1]
    assert [line.text for line in cell.paragraphs] == ["☑同意　□不同意", "年　月　日"]
    assert cell.paragraphs[-1].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert cell.vertical_alignment == WD_ALIGN_VERTICAL.BOTTOM
    assert table.rows[0].cells[0].vertical_alignment == WD_ALIGN_VERTICAL.CENTER


def test_the_ticked_box_has_a_face_that_knows_it(table: Any) -> None:
    faces = {run.text: run.font.name for run in table.rows[2].cells[1].paragraphs[0].runs}
    assert faces["☑"] == "Segoe UI Symbol"
    assert faces["同意　□不同意"] == "仿宋_GB2312"


def test_no_row_of_a_form_is_torn_and_its_columns_are_fixed(document: Any) -> None:
    assert all(row.xpath("w:trPr/w:cantSplit") for row in document.element.xpath(".//w:tr"))
    assert document.element.xpath(".//w:tblLayout/@w:type") == ["fixed"]


@given(st.lists(st.lists(st.sampled_from(["甲", "", "<", "^"]), min_size=1, max_size=4), min_size=1, max_size=5))
def test_whatever_is_merged_every_row_is_as_wide_as_the_text(grid: list[list[str]]) -> None:
    (some,) = form("|-1-|=2=|\n" + "\n".join(f"|{'|'.join(row)}|" for row in grid))
    document = docx.Document(BytesIO(draw(Letter("表", "", (some,)))))
    rows = [row._tr.tc_lst for row in document.tables[0].rows]  # noqa: SLF001 -- as above
    assert {sum(twips(cell.width) for cell in row) for row in rows} == {8844}
    assert {sum(cell.grid_span for cell in row) for row in rows} == {len(some.shares)}  # type: ignore[union-attr]  # -- a form


def test_a_form_of_much_text_is_set_smaller(make_letter: Any, opened: Any) -> None:
    sizes = []
    for rows in (10, 25):
        some = form("|=1=|-4-|\n" + f"|事项|{'夜市' * 20}|\n" * rows)
        document = opened(make_letter(body=some, copies="", printer="", printed=""))
        sizes.append(document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].font.size.pt)
    assert sizes == [14, 12]


BARE = dict.fromkeys(
    ("mark", "number", "signer", "grade", "organ", "date", "salutation", "copies", "printer", "printed"), ""
)


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("rows", [21, 22, 23])
def test_a_form_under_a_title_of_two_lines_still_stands_on_one_page(make_letter: Any, rows: int) -> None:
    title = "政协东河市第十四届委员会第三次会议提案办理情况征询意见表"
    many = form("|=1=|-4-|\n" + "|甲|乙|\n" * rows)
    pages = measured(preview.pdf(draw(make_letter(**BARE, title=title, contact=(), body=many))))

    assert len(pages) == 1
    assert sum(row.text == "甲乙" for row in pages[0].rows) == rows


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_a_form_of_twenty_rows_under_its_title_fills_one_page(make_letter: Any) -> None:
    letter = make_letter(**BARE, title="表", contact=(), body=form("|=1=|-4-|\n" + "|甲|乙|\n" * 20))
    pages = measured(preview.pdf(draw(letter)))
    assert len(pages) == 1
    rows = [row.baseline for row in pages[0].rows if row.text == "甲乙"]
    assert len(rows) == 20
    assert rows[1] - rows[0] == pytest.approx(9, abs=0.1)
