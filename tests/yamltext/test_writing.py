from __future__ import annotations

import pytest

from dafu.yamltext.writing import forms, inline_forms, key_form


@pytest.mark.parametrize(
    ("text", "style", "written"),
    [
        ("停车", "", "停车"),
        ("0143012", '"', '"0143012"'),
        ("停车", "'", "'停车'"),
        ("", "", '""'),
        (" 停车", "", '" 停车"'),
        ("@某", "", '"@某"'),
        ('说 "一": 二', "", "'说 \"一\": 二'"),
        ("a\\b: c", "", "'a\\b: c'"),
        ("一 #二", "", '"一 #二"'),
        ("一#二：三", "", "一#二：三"),
        ("一, [二]", "", "一, [二]"),
        ("一\t二", "'", '"一\\t二"'),
        ("一\r\n二", "", '"一\\r\\n二"'),
    ],
)
def test_a_text_behind_its_key_is_plain_where_that_is_safe_and_keeps_its_quotes(
    text: str, style: str, written: str
) -> None:
    assert next(forms(text, 0, style)) == (written, [])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("一\n二\n", ("|", ["    一", "    二"])),
        ("一\n\n二", ("|-", ["    一", "", "    二"])),
        ("一\n\n", ("|+", ["    一", ""])),
        ("  一\n二\n", ("|2", ["      一", "    二"])),
        ("一 \n二\n", ('"一 \\n二\\n"', [])),
        ("\n", ('"\\n"', [])),
    ],
)
def test_several_lines_become_a_block_text_unless_their_blanks_would_not_be_seen(
    text: str, form: tuple[str, list[str]]
) -> None:
    assert next(forms(text, 2)) == form


def test_inside_brackets_commas_brackets_and_line_breaks_need_quotes() -> None:
    assert next(inline_forms(["一", "二, 三", "[四]", "五\n六", "“七", "10:30"])) == (
        '[一, "二, 三", "[四]", "五\\n六", "“七", 10:30]'
    )


def test_a_short_list_stands_in_brackets_and_a_long_one_in_lines() -> None:
    assert next(forms(["甲", "乙"], 0)) == ("[甲, 乙]", [])
    assert next(forms(["甲", "乙"], 0, listed=True)) == ("", ["  - 甲", "  - 乙"])
    assert next(forms(["甲" * 40, "乙" * 40], 2)) == ("", ["    - " + "甲" * 40, "    - " + "乙" * 40])


def test_a_key_with_marks_in_it_is_quoted() -> None:
    assert [key_form("附（一）"), key_form("a: b"), key_form("<<")] == ["附（一）", '"a: b"', '"<<"']
