from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from dafu import sheets

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning")  # openpyxl's own temporary file


def test_every_cell_is_the_text_that_was_given() -> None:
    row = ["0043", "=1+1", "+86", "-1", "@a", "20250826", "", "一\n二"]

    book = openpyxl.load_workbook(BytesIO(sheets.write("目录", ["a"] * 8, [row], [8] * 8)))

    cells = list(book["目录"].iter_rows())[1]
    assert [cell.value or "" for cell in cells] == row
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


def test_the_heads_stay_in_sight_and_are_printed_on_every_page() -> None:
    sheet = openpyxl.load_workbook(BytesIO(sheets.write("目录", ["案号"], [], [12]))).active

    assert sheet is not None
    assert (sheet["A1"].value, sheet.freeze_panes, sheet.print_title_rows) == ("案号", "A2", "$1:$1")
    assert sheet.column_dimensions["A"].width == 12


@pytest.mark.parametrize("text", ["字" * 32_768, "a\x07b"])
def test_a_text_that_no_cell_can_hold_is_refused_not_cut(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        sheets.write("目录", ["案由"], [[text]], [12])
