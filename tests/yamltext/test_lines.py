from __future__ import annotations

import pytest

from dafu.yamltext.lines import line_cause

ALL = frozenset({"Y204", "Y209", "Y303", "Y304", "Y305", "Y306", "Y307"})


def test_a_line_shows_its_fault_its_number_and_its_key() -> None:
    problem = line_cause("  - 姓名：甲", 7, ALL)
    assert problem is not None
    assert (problem.code, problem.line, problem.field) == ("Y304", 7, "姓名")


def test_only_the_faults_that_are_asked_for_are_found() -> None:
    assert line_cause("案号：1", 1, frozenset({"Y305"})) is None


@pytest.mark.parametrize(
    "line",
    ["案号: 1", "- 甲", "- {甲: 乙}", "甲: |-  # 注: 一", "甲: 乙  # 注: 一", "http://a.cn", "10:30", "---", ""],
)
def test_a_good_line_shows_nothing(line: str) -> None:
    assert line_cause(line, 1, ALL) is None
