"""The page of measures says what was measured, and hides nothing that lies outside its tolerance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import benches
from geometry import Measured

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return benches.loaded("geometry")


def test_the_same_thing_on_many_pages_is_one_line_from_the_smallest_to_the_largest(bench: ModuleType) -> None:
    found = [Measured("文件 印制", f"第{page}面行距", value, 10.21, 0.05) for page, value in ((2, 10.2), (3, 10.24))]

    assert list(bench.rows(found)) == ["| 各面行距 | 10.20～10.24 毫米 | 10.21 | 0.05 | 2 | 合格 |"]


def test_one_outside_its_tolerance_fails_the_line(bench: ModuleType) -> None:
    found = [Measured("信函 无", "各面行数", rows, 22, 0, "行") for rows in (22, 21)]

    assert list(bench.rows(found)) == ["| 各面行数 | 21～22 行 | 22 | 0 | 2 | **不合格** |"]


def test_other_wanted_values_have_lines_of_their_own_under_each_other(bench: ModuleType) -> None:
    ends = [Measured("文件 无", "正文结束页", pages, pages, 0, "面") for pages in (1, 2)]
    found = [ends[0], Measured("文件 无", "红线长", 156, 156, 0.5), ends[1]]

    assert [line.split(" | ")[0] for line in bench.rows(found)] == ["| 正文结束页", "| 正文结束页", "| 红线长（文件）"]


def test_a_comparison_of_two_places_is_told_as_their_distance(bench: ModuleType) -> None:
    found = [Measured("文件 套打", "套打与印制同高：标题", place - 0.001, place, 0.1) for place in (100.0, 167.2)]

    assert list(bench.rows(found)) == ["| 套打与印制同高：标题 | 0.00 毫米 | 0.00 | 0.1 | 2 | 合格 |"]
