"""What the page says of goals that were measured several times."""

from __future__ import annotations

from typing import Any

import pytest

import benches


@pytest.fixture(scope="module")
def page() -> Any:
    return benches.loaded("page")


def said_of(page: Any, *founds: float | None, most: float | None = None, least: float | None = None) -> str:
    """Return the line of one goal after as many measurements."""
    report = page.Report("1 轮", "一台机器", ["dafu 0.1.0"])
    for found in founds:
        goals = [page.Goal("快多少", found, most, least)]
        report.take(page.Section("一件", "", ("做法", "毫秒"), [["dafu", "1"]], goals))
    return next(line for line in str(report).splitlines() if line.startswith("| 快多少"))


def test_each_measurement_is_named_and_the_middle_one_decides(page: Any) -> None:
    assert said_of(page, 25.5, 24.0, 26.25, least=25) == "| 快多少 | ≥ 25 倍 | 25.5、24.0、26.2 倍 | 达到 |"
    assert said_of(page, 24.5, 24.0, 26.25, least=25) == "| 快多少 | ≥ 25 倍 | 24.5、24.0、26.2 倍 | **没有达到** |"
    assert said_of(page, 0.75, 1.5, 0.5, most=1) == "| 快多少 | ≤ 1 倍 | 0.75、1.50、0.50 倍 | 达到 |"


def test_of_two_the_worse_one_decides(page: Any) -> None:
    assert said_of(page, 0.5, 1.5, most=1).endswith("| **没有达到** |")
    assert said_of(page, 30.0, 20.0, least=25).endswith("| **没有达到** |")


def test_what_could_not_be_measured_meets_nothing(page: Any) -> None:
    assert said_of(page, None, least=25) == "| 快多少 | ≥ 25 倍 | — | 没有量 |"


def test_a_section_stands_once_with_its_last_figures(page: Any) -> None:
    report = page.Report("1 轮", "一台机器", ["dafu 0.1.0"])
    for milliseconds in ("1", "2"):
        report.take(page.Section("一件", "", ("做法", "毫秒"), [["dafu", milliseconds]]))

    assert [line for line in str(report).splitlines() if line.startswith("| dafu |")] == ["| dafu | 2 |"]
