from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from dafu.sheets.charts import Chart, Page, workbook

PAGE = Page(
    "按科室", ("科室", "件数", "比率"), [("市场科", 3, 0.75), ("办公室", 1, None)], Chart("bars", "件数", ("件数",))
)


def test_counts_are_numbers_shares_percentages_and_nothing_stays_empty() -> None:
    sheet = load_workbook(BytesIO(workbook([PAGE])))["按科室"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["科室", "件数", "比率"],
        ["市场科", 3, 0.75],
        ["办公室", 1, None],
    ]
    assert (sheet["B2"].number_format, sheet["C2"].number_format) == ("General", "0.0%")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_text_is_never_a_formula(text: str) -> None:
    data = workbook([Page("表", ("案由",), [(text,)])])

    cell = load_workbook(BytesIO(data))["表"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    with ZipFile(BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_character_that_a_cell_cannot_hold_is_shown_as_lost() -> None:
    sheet = load_workbook(BytesIO(workbook([Page("表", ("案由",), [("夜\x01市",)])])))["表"]

    assert sheet["A2"].value == "夜\ufffd市"


def test_charts_are_native_and_read_the_cells_of_their_columns() -> None:
    pie = Page("办理结果", ("等次", "件数"), [("A", 2)], Chart("pie", "办理结果", ("件数",)))
    with ZipFile(BytesIO(workbook([PAGE, pie]))) as archive:
        bars, round_one = (archive.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2))

    assert "<barChart>" in bars
    assert "'按科室'!$B$2:$B$3" in bars
    assert "'按科室'!$A$2:$A$3" in bars
    assert "<pieChart>" in round_one


def test_a_page_without_rows_has_no_chart() -> None:
    with ZipFile(BytesIO(workbook([Page("表", ("科室", "件数"), [], Chart("bars", "件数", ("件数",)))]))) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]
