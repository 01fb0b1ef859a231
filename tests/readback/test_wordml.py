from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from dafu.readback.wordml import W, boxes, lines, parts

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def node(xml: str, tag: str = "p") -> ET.Element:
    return ET.fromstring(f"<w:{tag} {SPACE}>{xml}</w:{tag}>")  # noqa: S314 -- written in this file


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "texts"),
    [
        ("", [""]),
        (run("夜市") + "<w:r><w:tab/><w:t>摊位</w:t><w:noBreakHyphen/></w:r>", ["夜市\t摊位-"]),
        ("<w:r><w:t>夜市</w:t><w:br/><w:t>摊位</w:t></w:r>", ["夜市", "摊位"]),
        ('<w:r><w:t>夜市</w:t><w:br w:type="page"/><w:t>摊位</w:t></w:r>', ["夜市摊位"]),
        ('<w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>夜市</w:t><w:br/><w:t>摊位</w:t></w:r>', ["夜市摊位"]),
        (run("夜\n市"), ["夜 市"]),
        (run("夜\u2028市"), ["夜", "市"]),
        (f"<w:ins>{run('夜')}</w:ins><w:del>{run('市')}</w:del><w:hyperlink>{run('场')}</w:hyperlink>", ["夜场"]),
        (f"{run('夜')}<w:r><w:pict><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:pict></w:r>", ["夜"]),
    ],
)
def test_a_paragraph_gives_its_lines_as_a_reader_sees_them(xml: str, texts: list[str]) -> None:
    assert ["".join(text for text, _ in line) for line in lines(node(xml))] == texts


@pytest.mark.parametrize(
    ("look", "bold"),
    [
        ("", False),
        ("<w:b/>", True),
        ('<w:b w:val="1"/>', True),
        *((f'<w:b w:val="{no}"/>', False) for no in ("0", "off")),
    ],
)
def test_what_is_bold_is_told_by_its_run(look: str, *, bold: bool) -> None:
    assert lines(node(run("夜市", look))) == [[("夜市", bold)]]


def test_rows_and_cells_are_found_in_what_wraps_them_and_those_of_inner_tables_are_not() -> None:
    inner = "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"
    table = node(f"<w:sdt><w:sdtContent><w:tr><w:tc>{inner}</w:tc><w:tc/></w:tr></w:sdtContent></w:sdt><w:tr/>", "tbl")

    rows = list(parts(table, f"{W}tr"))
    assert [len(list(parts(row, f"{W}tc"))) for row in rows] == [2, 0]


def test_a_box_in_a_box_belongs_to_the_outer_one() -> None:
    inside = f"<w:txbxContent><w:p>{run('内')}</w:p></w:txbxContent>"
    outer = node(f"<w:r><w:pict><w:txbxContent><w:p><w:r>{inside}</w:r></w:p></w:txbxContent></w:pict></w:r>")

    assert len(list(boxes(outer))) == 1
