from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dafu.yamltext import parse
from yamltext.corpus import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable

TRAPS = [
    # full-width colon, missing blank
    ("案号：143012\n类别: 提案\n", 1, "Y304", "全角冒号"),
    ("类别: 提案\n案由：停车\n届次: 某会\n", 2, "Y304", "全角冒号"),
    ("答复:\n  签发人: 甲\n  办理结果：A\n届次: 某会\n", 3, "Y304", "全角冒号"),
    ("提案人:\n  - 姓名：甲\n    单位: 乙\n", 2, "Y304", "全角冒号"),
    ("案号: 1\n正文：|\n  一\n届次: 某会\n", 2, "Y304", "全角冒号"),
    ("类别: 提案\n案由:停车\n届次: 某会\n", 2, "Y305", "半角空格"),
    ('"类别":提案\n届次: 某会\n', 1, "Y305", "半角空格"),
    ("答复: {公开:}\n", 1, "Y305", "半角空格"),
    ("案由:　停车\n届次: 某会\n", 1, "Y305", "半角空格"),
    # indentation
    ("答复:\n\t签发人: 甲\n", 2, "Y301", "Tab"),
    ("答复:\n  签发人: 甲\n\t办理结果: A\n", 3, "Y301", "Tab"),
    ("办理过程:\n\t- {环节: 交办}\n", 2, "Y301", "Tab"),
    ("提案人:\n　　- 甲\n案由: 停车\n", 2, "Y302", "全角空格"),
    ("案由: 停车\n  分类: 经济\n", 2, "Y312", "已经有值"),
    ("答复:\n    签发人: 甲\n  办理结果: A\n", 3, "Y312", "缩进"),
    ("提案人:\n  - 姓名: 甲\n   单位: 乙\n", 3, "Y312", "缩进"),
    ("  案号: 1\n类别: 提案\n", 2, "Y199", "缩进"),
    # lists
    ("提案人:\n  - 甲\n  -乙\n案由: 停车\n", 3, "Y303", "“-”"),
    ("提案人:\n  - 甲\n  －　乙\n案由: 停车\n", 3, "Y303", "“-”"),
    ("案由: 停车\n- 甲\n", 2, "Y314", "列表项"),
    ("提案人: - 甲\n", 1, "Y307", "“-”"),
    # a value's first character and what cuts it
    ("说明: @某某\n", 1, "Y307", "“@”"),
    ("说明: `某`\n", 1, "Y307", "“`”"),
    ("说明: %5\n", 1, "Y307", "“%”"),
    ("说明: |文字\n", 1, "Y307", "“|”"),
    ("说明: > 50人\n届次: 某会\n", 1, "Y307", "“>”"),
    ("说明: &甲\n", 1, "Y307", "“&”"),
    ("说明: *甲\n", 1, "Y307", "“*”"),
    ("说明: **重点** 内容\n", 1, "Y307", "“*”"),
    ("说明: !甲 乙\n", 1, "Y307", "“!”"),
    ("说明: ]甲\n", 1, "Y307", "“]”"),
    ("说明: ? 甲\n", 1, "Y307", "“?”"),
    ("建议事项:\n  - @甲\n", 2, "Y307", "“@”"),
    ("办理过程:\n  - {环节: 交办, 说明: @某}\n", 2, "Y307", "“@”"),
    ("说明: 时间: 3月\n", 1, "Y306", "“: ”"),
    ("说明: 时间:\n", 1, "Y306", "“: ”"),
    ("案号: 1\n说明: “甲: 乙”\n", 2, "Y306", "中文引号"),
    ("办理过程:\n  - {环节: 交办, 说明: 甲: 乙}\n", 2, "Y306", "“: ”"),
    # quotes and brackets
    ('案由: "停车\n类别: 提案\n', 1, "Y309", "没有合上"),
    ("案由: '停车\n类别: 提案\n", 1, "Y309", "没有合上"),
    ('案由: "停车\n类别: "提案"\n届次: 某会\n', 1, "Y309", "没有合上"),
    ('案由: "停车"环境\n类别: 提案\n', 1, "Y308", "引号"),
    ("案由: 'it's'\n", 1, "Y308", "引号"),
    ('案由: "甲"、"乙"\n', 1, "Y308", "引号"),
    ('案由: "D:\\停车"\n', 1, "Y315", "\\"),
    ("会办单位: [甲, 乙\n案由: 停车\n", 1, "Y310", "["),
    ("会办单位: [甲, 乙\n", 1, "Y310", "["),
    ("办理过程:\n  - {环节: 交办\n  - {环节: 签收}\n", 2, "Y310", "{"),
    ("联系人: [\n  甲,\n  乙,\n办理过程:\n  - {环节: 交办}\n", 1, "Y310", "["),
    ("答复: {附件: [甲, 乙}\n案由: 停车\n", 1, "Y310", "["),
    ("办理过程:\n  - {日期: 2025-03-05，环节: 交办}\n", 2, "Y317", "全角逗号"),
    ("会办单位: [甲 #3, 乙]\n案由: 停车\n", 1, "Y316", "注释"),
    # texts below |
    ("正文: |\n一、停车\n二、绿化\n案由: 停车\n", 2, "Y311", "缩进不够"),
    ("答复:\n  正文: |\n      一、停车\n    二、绿化\n  签发人: 甲\n", 4, "Y311", "缩进深"),
    # lines that are no entry
    ("案由: 停车\n环境\n类别: 提案\n", 2, "Y313", "没有冒号"),
    ("案由: 停车\n环境\n", 2, "Y313", "没有冒号"),
    (": 停车\n", 1, "Y209", "没有键"),
    ("%指令\n案号: 1\n", 1, "Y204", "%"),
    ("--- 案号: 1\n", 1, "Y199", "符号"),
]


@pytest.mark.parametrize(("text", "line", "code", "words"), TRAPS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_real_cause_of_a_syntax_error_is_named_with_its_line(
    text: str, line: int, code: str, words: str, newline: str
) -> None:
    root, problems = parse(text.replace("\n", newline))
    assert root is None
    assert [(problem.line, problem.code) for problem in problems] == [(line, code)]
    assert words in problems[0].message


@pytest.mark.parametrize(("text", "line", "code", "words"), [trap for trap in TRAPS if trap[2] not in ("Y199", "Y204")])
def test_a_fault_deep_in_a_file_makes_no_others_around_it(text: str, line: int, code: str, words: str) -> None:
    above = "期限: 2025-08-31\n备注: |\n  一：@二 #3\n"
    below = "" if code in ("Y309", "Y313") else "科室: 某科\n"
    problems = parse(above + text + below)[1]
    assert [(problem.line, problem.code) for problem in problems] == [(line + 3, code)]
    assert words in problems[0].message


def test_each_line_with_a_tab_is_named_and_the_body_with_tabs_is_not() -> None:
    text = "答复:\n\t签发人: 甲\n\t办理结果: A\n\t正文: |\n\t\t一\n案由: 停车\n正文: |\n  一\n  \t二\n"
    assert [(problem.line, problem.code) for problem in parse(text)[1]] == [(line, "Y301") for line in (2, 3, 4, 5)]


def test_the_field_of_a_fault_is_the_key_of_its_line() -> None:
    assert [problem.field for problem in parse("案号：1\n说明: @甲\n")[1]] == ["案号", "说明"]


def test_a_thousand_faults_do_not_take_long_and_do_not_crash() -> None:
    problems = parse("案号：1\n" * 1000)[1]
    assert [problem.line for problem in problems[:3]] == [1, 2, 3]


SLIPS: dict[str, Callable[[str], str]] = {
    "full-width colon": lambda line: line.replace(": ", "：", 1),
    "no blank": lambda line: re.sub(r": (?=\S)", ":", line, count=1),
    "tab": lambda line: re.sub(r"^ +(?=[-\w].*:)", "\t", line),
    "wide indentation": lambda line: re.sub(r"^ +(?=[-\w].*:)", "　　", line),
    "open quote": lambda line: re.sub(r": (?=\w)", ': "', line, count=1),
    "reserved mark": lambda line: re.sub(r": (?=\w)", ": @", line, count=1),
    "second colon": lambda line: re.sub(r": (?=\w)", ": 甲: ", line, count=1),
    "bold": lambda line: re.sub(r": (?=\w)", ": **重点**", line, count=1),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_anywhere_in_a_record_is_found_on_its_line_and_nowhere_else(slip: str) -> None:
    lines = RECORD.split("\n")
    tried = 0
    for index, line in enumerate(lines):
        wrong = SLIPS[slip](line)
        if wrong != line and not line.startswith(("#", "        ")):
            problems = parse("\n".join([*lines[:index], wrong, *lines[index + 1 :]]))[1]
            assert [problem.line for problem in problems] == [index + 1], wrong
            tried += 1
    assert tried >= 5
