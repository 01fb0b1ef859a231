from __future__ import annotations

import pytest

from dafu.yamltext import parse


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\0", "U+0000"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_control_character_is_named_by_its_code_point_and_line(char: str, name: str) -> None:
    root, problems = parse(f"案号: 1\n正文: |\n  甲{char}乙\n类别：提案\n")
    assert root is None
    assert [(problem.line, problem.code) for problem in problems] == [(3, "Y106"), (4, "Y304")]
    assert name in problems[0].message
    assert "第4个字" in problems[0].message


@pytest.mark.parametrize("text", ["甲: 䶮\u200b·\U000e0100\n", "甲: a\tb\n", "甲: \u3000乙\n", "甲: \ufffd\n"])
def test_rare_and_invisible_characters_of_a_value_are_left_to_the_check_of_names(text: str) -> None:
    assert parse(text)[1] == []


def test_each_mark_of_a_conflict_is_named_and_its_second_version_is_no_twin() -> None:
    text = "案号: 1\n<<<<<<< HEAD\n类别: 提案\n||||||| 原来\n类别: 无\n=======\n类别: 建议\n>>>>>>> 别处\n案由：甲\n"
    root, problems = parse(text)
    assert root is None
    assert [(problem.line, problem.code) for problem in problems if problem.line != 5] == [
        (2, "Y107"),
        (4, "Y107"),
        (6, "Y107"),
        (8, "Y107"),
        (9, "Y304"),
    ]
    assert "合并冲突" in problems[0].message


def test_marks_that_stand_deeper_are_text() -> None:
    assert parse("正文: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n")[1] == []
    assert parse("甲: 乙 <<<<<<< 丙\n")[1] == []
