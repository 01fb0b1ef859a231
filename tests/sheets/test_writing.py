from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dafu.sheets import Page, csv_bytes, read_book, xlsx_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RISKY = ("=1+1", "+86", "-5", "@SUM(A1)", "＝1", "'=1", "''-1", "0143067", "1E5", "2025-03-05", "#REF!", "_x000D_")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n=+-@'_x0"), min_size=1).filter(
    str.strip
)


def page(*rows: list[str], title: str = "全部") -> Page:
    return Page(title, ["案号", "案由"], rows, [10, 40], {(1, 1): "FFCCCC"})


def sheet_of(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def column(data: bytes) -> list[str]:
    rows = read_book(data, "").sheets[0].rows
    return [cells[1].text for row, cells in rows.items() if row > 1]


@pytest.mark.parametrize("text", RISKY)
def test_every_cell_is_a_typed_string(text: str) -> None:
    cell = sheet_of(xlsx_bytes([page([text, "甲"])]))["A2"]

    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_heads_are_frozen_and_filtered_widths_and_colours_set() -> None:
    sheet = sheet_of(xlsx_bytes([page(["1", "甲"], ["2", "乙"])]))

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [10, 40]
    assert sheet["A2"].fill.fgColor.rgb == "00FFCCCC"


def test_sheets_get_names_that_spreadsheets_accept_no_two_alike() -> None:
    data = xlsx_bytes([page(title="规划/建设:科"), page(title="规划?建设*科"), page(title="")])

    assert load_workbook(io.BytesIO(data)).sheetnames == ["规划_建设_科", "规划_建设_科-2", "_"]


@pytest.mark.parametrize("text", RISKY)
def test_csv_guards_what_a_spreadsheet_would_compute(text: str) -> None:
    line = csv_bytes(["案号"], [[text]]).decode("utf-8-sig").splitlines()[1]

    assert line.strip('"')[0] not in "=+-@＝"


def test_csv_has_a_mark_so_that_excel_knows_the_encoding() -> None:
    assert csv_bytes(["案号"], []) == "\ufeff案号\r\n".encode()


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_what_is_written_reads_back(texts: list[str]) -> None:
    rows = [[text, "甲"] for text in texts]

    assert column(xlsx_bytes([page(*rows)])) == texts
    assert column(csv_bytes(["案号", "案由"], rows)) == texts


def test_heads_are_printed_on_every_page() -> None:
    assert sheet_of(xlsx_bytes([page()])).print_title_rows == "$1:$1"


@pytest.mark.parametrize("text", ["字" * 32_768, "a\x07b"])
def test_a_text_that_no_cell_can_hold_is_refused_not_cut(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        xlsx_bytes([Page("目录", ["案由"], [[text]], [12])])
