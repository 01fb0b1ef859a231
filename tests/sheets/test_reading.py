from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from dafu.errors import UnusableError
from dafu.sheets import Cell, is_spreadsheet, read_book
from spreadsheets import saved, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafu.sheets import Book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def remade(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a package whose parts *change* has changed."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return page.getvalue()


def with_rows(data: bytes, rows: bytes, tail: bytes = b"") -> bytes:
    """Return *data* with more rows, and with *tail* behind the rows of its sheet."""
    return remade(
        data,
        lambda name, part: part.replace(b"</sheetData>", rows + b"</sheetData>" + tail) if "sheet1" in name else part,
    )


def cells(book: Book) -> dict[tuple[int, int], str]:
    sheet = book.sheets[0]
    return {(row, place): cell.text for row, found in sheet.rows.items() for place, cell in found.items()}


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableError) as error:
        read_book(data, "清单.xlsx")
    return str(error.value)


def test_numbers_days_and_answers_become_text() -> None:
    data = workbook(A1=143069, B1=143069.0, C1=2.5, D1=date(2025, 3, 5), E1=True, F1=" 文字 ", G1=None)

    assert cells(read_book(data, "")) == {
        (1, 1): "143069",
        (1, 2): "143069",
        (1, 3): "2.5",
        (1, 4): "2025-03-05",
        (1, 5): "是",
        (1, 6): " 文字 ",
    }


def test_a_number_format_keeps_leading_zeros() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = 69
    book.worksheets[0]["A1"].number_format = "0000"

    assert cells(read_book(saved(book), "")) == {(1, 1): "0069"}


def test_a_number_of_more_than_15_digits_has_lost_some_and_is_a_fault() -> None:
    cell = read_book(workbook(A1=4103001990010112345), "").sheets[0].rows[1][1]

    assert cell.fault.startswith("数字超过15位")


def test_a_formula_without_its_value_is_a_fault_and_never_an_empty_cell() -> None:
    book = read_book(workbook(A1="案号", A2="=1+1"), "")

    assert book.sheets[0].rows[2][1].fault.startswith("公式还没有算出结果")


def test_an_error_of_a_formula_is_a_fault() -> None:
    data = with_rows(workbook(A1="案号"), b'<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')

    assert read_book(data, "").sheets[0].rows[2][1].fault.startswith("公式出错：#DIV/0!")


def test_merged_cells_all_show_the_text_of_the_first() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["B2"] = "标题", "案号", "案由"
    sheet.merge_cells("A1:B1")

    read = read_book(saved(book), "").sheets[0]

    assert read.rows[1] == {1: Cell("标题"), 2: Cell("标题")}
    assert read.merged == ((1, 1, 1, 2),)


def test_a_merge_over_the_whole_sheet_fills_only_where_there_is_something() -> None:
    data = with_rows(workbook(A1="标题", C3="末"), b"", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    assert len(cells(read_book(data, ""))) == 9


def test_a_million_formatted_rows_without_text_are_passed_over() -> None:
    row = '<row r="{0}" s="1" customFormat="1"><c r="A{0}" s="0"/><c r="B{0}" s="0"></c></row>'
    data = with_rows(workbook(A1="案号"), "".join(row.format(n) for n in range(2, 1_048_577)).encode())

    assert cells(read_book(data, "")) == {(1, 1): "案号"}


@pytest.mark.parametrize(
    ("rows", "cells", "told"),
    [(2, 100_001, "有内容的单元格超过 200,000 个"), (50_001, 1, "有内容的行超过 50,000 行")],
)
def test_too_many_cells_or_rows_are_refused_before_they_are_read(rows: int, cells: int, told: str) -> None:
    row = f"<row>{'<c><v>1</v></c>' * cells}</row>"

    assert told in refusal(with_rows(workbook(A1="案号"), (row * rows).encode()))


def test_a_part_that_unpacks_beyond_the_budget_is_refused() -> None:
    data = remade(workbook(A1="案号"), lambda name, part: bytes(10_000_001) if name.endswith("styles.xml") else part)

    assert "解开后超过 10,000,000 字节" in refusal(data)


def test_a_declaration_of_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]>'
    data = remade(workbook(A1="案号"), lambda name, part: bomb + part if name.endswith("workbook.xml") else part)

    assert "声明" in refusal(data)


def test_a_sheet_with_a_prefix_in_its_marks_is_read_as_any_other() -> None:
    def prefixed(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        marked = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part)
        return marked.replace(b"xmlns=", b"xmlns:x=")

    assert cells(read_book(remade(workbook(A1="案号", B2=5), prefixed), "")) == {(1, 1): "案号", (2, 2): "5"}


def test_what_other_programs_add_behind_the_rows_does_not_matter() -> None:
    tail = b'<conditionalFormatting sqref="A1"><cfRule type="x" dxfId="99" priority="1"/></conditionalFormatting>'

    assert cells(read_book(with_rows(workbook(A1="案号"), b"", tail), "")) == {(1, 1): "案号"}


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    book = Workbook()
    book.create_sheet("另")
    sheet = book.worksheets[0]
    sheet["A1"] = sheet["B2"] = "甲"
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["B"].hidden = True
    book.worksheets[1].sheet_state = "hidden"

    first, second = read_book(saved(book), "").sheets

    assert (set(first.hidden_rows), set(first.hidden_columns), first.is_hidden) == ({2}, {2}, False)
    assert second.is_hidden


def test_text_that_a_spreadsheet_has_escaped_comes_back() -> None:
    assert cells(read_book(workbook(A1="甲_x000A_乙"), "")) == {(1, 1): "甲\n乙"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            OLE + "Workbook".encode("utf-16-le"),
            "旧式表格（.xls 或 .et），不能读（在 Excel、WPS 或 LibreOffice 里打开，另存为 .xlsx）",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码的文件，不能读（打开后去掉密码，再另存为 .xlsx）"),
        (workbook(A1="案号")[:3000], "不完整或已损坏的文件"),
        (b"<html><table><tr><td>\xb0\xb8</td></tr></table></html>", "改了后缀的网页"),
        (b"%PDF-1.7\n", "文档，不是表格"),
        (b"", "空文件"),
        (bytes(100), "空文件"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_content_with_the_way_out(data: bytes, told: str) -> None:
    assert told in refusal(data)


@pytest.mark.parametrize(
    ("name", "told"),
    [("mimetype", "OpenDocument 表格（.ods）"), ("Index/Document.iwa", "Numbers"), ("xl/workbook.bin", ".xlsb")],
)
def test_packages_of_other_programs_are_told_apart(name: str, told: str) -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as package:
        package.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "")
        package.writestr("content.xml" if name == "mimetype" else "other", "")

    assert told in refusal(page.getvalue())


@pytest.mark.parametrize("place", range(0, 5000, 131))
def test_a_damaged_workbook_is_refused_or_read_and_never_more(place: int) -> None:
    data = bytearray(workbook(A1="案号", B2=date(2025, 3, 5)))
    data[place % len(data)] ^= 0x5A

    with suppress(UnusableError):
        assert len(read_book(bytes(data), "清单.xlsx").sheets) == 1


def test_a_file_is_known_by_its_content_before_its_name() -> None:
    assert is_spreadsheet(workbook(A1="案号"), ".docx")
    assert is_spreadsheet("案号,案由\n".encode(), ".CSV")
    assert not is_spreadsheet("关于夜市的提案\n".encode(), ".txt")
    assert not is_spreadsheet(b"%PDF-1.7\n", ".xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_of_any_usual_encoding_and_separator(encoding: str, mark: str) -> None:
    data = f"案号{mark}案由\r\n0069{mark}管理、夜市\r\n".encode(encoding)

    assert cells(read_book(data, "清单.csv")) == {(1, 1): "案号", (1, 2): "案由", (2, 1): "0069", (2, 2): "管理、夜市"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'a,"b\n', "引号没有配对"),
        (b"a,\x07\n", "控制字符 U+0007"),
        (b"\xff\xfe\x00\xd8", "不是文本"),
        ("甲".encode() + b"\xff", "不是文本"),
        (b"1,1\n" * 101_000, "单元格超过"),
    ],
)
def test_csv_that_is_none_is_refused_with_the_cause(data: bytes, told: str) -> None:
    assert told in refusal(data)


@pytest.mark.parametrize(
    "rows", [b"<c " * 3_000_000, b"<row r='2' " * 1_000_000, b"<" + b"a" * 9_000_000, b" " * 30_000_000]
)
def test_a_sheet_of_unfinished_marks_is_refused_at_once(rows: bytes) -> None:
    assert "清单.xlsx" in refusal(with_rows(workbook(A1="案号"), rows))


def test_a_merge_as_large_as_the_sheet_is_refused_where_the_sheet_is_full_to_its_corner() -> None:
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    tail = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    assert "合并的单元格超过" in refusal(with_rows(workbook(A1="案号"), corner, tail))


@pytest.mark.parametrize(
    ("part", "before", "bomb", "told"),
    [
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 1_000_000, "xl/styles.xml 里的内容超过 200,000 项"),
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="a" sheetId="9" r:id="rId1"/>' * 20_000, "列了20,001张工作表"),
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="a" sheetId="9" r:id="rId1"/>', "列了2张工作表（有1张"),
    ],
)
def test_what_is_small_in_bytes_but_long_to_read_is_refused(part: str, before: bytes, bomb: bytes, told: str) -> None:
    data = remade(workbook(A1="案号"), lambda name, text: text.replace(before, bomb + before) if name == part else text)

    assert told in refusal(data)


def test_a_sheet_that_is_a_chart_is_listed_rightly_and_passed_over() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "案号"
    book.create_chartsheet("图")

    assert cells(read_book(saved(book), "")) == {(1, 1): "案号"}
