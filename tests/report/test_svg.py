from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from dafu.report.svg import Series, columns, rows

SVG = re.compile("<svg.*</svg>", re.DOTALL)


def drawn(figure: str) -> ET.Element:
    found = SVG.search(figure)
    assert found
    return ET.fromstring(found[0])  # noqa: S314 -- our own text


def test_a_bar_is_as_long_as_its_number_says() -> None:
    bars = drawn(rows("件数", ["甲科", "乙科"], [Series("应答复", [4, 1])])).findall("rect")

    assert [float(bar.attrib["width"]) for bar in bars] == [266, 66.5]


def test_a_column_is_as_high_as_its_number_says_and_stands_on_the_floor() -> None:
    chart = drawn(columns("各月", ["1月", "2月"], [Series("交办", [2, 1]), Series("印发", [0, 2])]))
    bars = [bar for bar in chart.findall("rect") if bar.attrib["width"] != "10"]  # those of the legend

    assert [float(bar.attrib["height"]) for bar in bars] == [116, 0, 58, 116]
    assert {float(bar.attrib["y"]) + float(bar.attrib["height"]) for bar in bars} == {150}


def test_every_bar_bears_its_number_and_every_colour_its_word() -> None:
    words = [
        one.text for one in drawn(rows("件数", ["甲科"], [Series("应答复", [4]), Series("已办复", [0])])).iter("text")
    ]

    assert words == ["应答复", "已办复", "甲科", "4", "0"]


def test_names_are_text_and_long_ones_are_cut() -> None:
    figure = rows("<b>", ["<script>alert(1)</script>", "一二三四五六七八九"], [Series("件", [1, 1])])

    assert "<script" not in figure
    assert [one.text for one in drawn(figure).iter("text")] == ["<script>…", "1", "一二三四五六七八九", "1"]
    assert "<figcaption>&lt;b&gt;</figcaption>" in figure


def test_nothing_to_show_is_drawn_without_a_fault() -> None:
    assert drawn(rows("件数", [], [Series("件", [])])).attrib["role"] == "img"
    assert drawn(columns("各月", [], [Series("件", [])])).attrib["aria-label"] == "各月，数字见下表"
