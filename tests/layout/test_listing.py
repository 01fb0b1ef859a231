from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.section import WD_ORIENT

from dafu import layout, preview
from dafu.readback.pdf import pages

if TYPE_CHECKING:
    from docx.shared import Length

HEADS, SHARES = ("序号", "题名"), (1, 4)


def mm(length: Length | None) -> float:
    assert length is not None
    return float(length.mm)


def drawn(count: int) -> bytes:
    rows = [[str(n), f"对第{n:06}号提案的答复"] for n in range(1, count + 1)]
    return layout.draw_list("归档文件目录", "全宗号：Z047　年度：2025", HEADS, rows, SHARES)


def test_the_page_lies_on_its_side_with_the_standard_text_area() -> None:
    (section,) = docx.Document(BytesIO(drawn(1))).sections

    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(mm(section.page_width)), round(mm(section.page_height))) == (297, 210)
    width = mm(section.page_width) - mm(section.left_margin) - mm(section.right_margin)
    height = mm(section.page_height) - mm(section.top_margin) - mm(section.bottom_margin)
    assert (width, height) == pytest.approx((225, 156), abs=0.1)


def test_every_cell_is_found_under_its_head() -> None:
    (table,) = docx.Document(BytesIO(drawn(2))).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "题名"],
        ["1", "对第000001号提案的答复"],
        ["2", "对第000002号提案的答复"],
    ]


def test_columns_have_their_shares_of_the_page() -> None:
    (table,) = docx.Document(BytesIO(drawn(1))).tables

    first, second = (mm(column.width) for column in table.columns)
    assert (first, second) == pytest.approx((45, 180), abs=0.1)


def test_a_list_without_a_row_is_its_heads() -> None:
    (table,) = docx.Document(BytesIO(drawn(0))).tables

    assert [cell.text for cell in table.rows[0].cells] == ["序号", "题名"]


@pytest.mark.office
def test_every_page_repeats_the_heads_and_bears_its_number() -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: there are no pages to look at")

    shown = ["".join(page.split()) for page in pages(preview.pdf(drawn(40)))]

    assert len(shown) > 1
    for number, page in enumerate(shown, 1):
        assert "序号题名" in page
        assert f"—{number}—" in page
    assert sum(page.count("号提案的答复") for page in shown) == 40
