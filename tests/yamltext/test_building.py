from __future__ import annotations

import pytest

from dafu.yamltext import parse, plain


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        ("甲: 1\n乙: &a 2\n", 2, "Y201", "&a"),
        ("甲: &a {乙: 1}\n", 1, "Y201", "&a"),
        ("甲: 1\n乙: *a\n", 2, "Y202", "*a"),
        ("甲: !!str 2\n", 1, "Y203", "!"),
        ("甲: ! 2\n", 1, "Y203", "!"),
        ("甲: !a [1]\n", 1, "Y203", "!a"),
        ("%YAML 1.1\n---\n甲: 1\n", 1, "Y204", "%"),
        ("甲: 1\n---\n乙: 2\n", 2, "Y205", "---"),
        ("甲: 1\n...\n乙: 2\n", 3, "Y205", "..."),
        ("甲: 1\n乙: 2\n甲: 3\n", 3, "Y206", "第1行、第3行"),
        ("甲: {乙: 1, 乙: 2}\n", 1, "Y206", "两次"),
        ('甲: 1\n"甲": 2\n', 2, "Y206", "两次"),
        ("甲A: 1\n乙: 2\n甲Ａ: 3\n", 3, "Y206", "看起来一样"),
        ("甲: 1\n甲\u200b: 2\n", 2, "Y206", "第1行"),
        ("{[甲]: 1}\n", 1, "Y208", "键"),
    ],
)
def test_what_a_record_may_not_use_is_refused_with_its_line(text: str, line: int, code: str, words: str) -> None:
    problems = parse(text)[1]
    assert [(problem.line, problem.code) for problem in problems] == [(line, code)]
    assert words in problems[0].message


def test_all_twins_are_named_and_the_first_value_stays() -> None:
    root, problems = parse("甲: 1\n甲: 2\n乙: {丙: 1, 丙: 2}\n甲: 3\n")
    assert [(problem.line, problem.field) for problem in problems] == [(2, "甲"), (3, "丙"), (4, "甲")]
    assert root is not None
    assert plain(root) == {"甲": "1", "乙": {"丙": "1"}}


@pytest.mark.parametrize("text", ["---\n甲: 1\n", "甲: 1\n...\n", "--- # 注\n甲: 1\n...\n# 完\n"])
def test_a_leading_line_and_final_dots_are_fine(text: str) -> None:
    root, problems = parse(text)
    assert problems == []
    assert root is not None
    assert plain(root) == {"甲": "1"}


def test_keys_alike_in_different_mappings_are_no_twins() -> None:
    assert parse("甲: {乙: 1}\n丙: {乙: 1}\n乙: 1\n办理结果: {A: 一, a: 二}\n")[1] == []
