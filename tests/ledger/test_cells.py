from __future__ import annotations

from datetime import date

import pytest

from dafu.ledger.cells import Days, Notes, cleaned, names_of, number_of, read_cell, told_count
from dafu.ledger.columns import COLUMNS
from dafu.sheets import Cell

DAYS = Days(2025, "标题", date(1899, 12, 30))


def read(text: str, title: str, fault: str = "") -> tuple[str, list[str]]:
    """Return the value of a cell and what is said of it."""
    notes = Notes("清单.xlsx", 3, {title: f"B列“{title}”"})
    value = read_cell(Cell(text, fault=fault), COLUMNS[title], DAYS, notes)
    return value, [str(problem) for problem in notes.problems]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025-03-05",
            "2025-3-5",
            "2025.3.5",
            "2025/03/05",
            "2025年3月5日",
            "2025年3月5号",
            "2025 年 3 月 5 日",
            "20250305",
        ),
        *("2025-03-05 09:30:00", "2025-03-05T09:30:00.000", "２０２５年３月５日", "2025年3月5日前", "2025.3.5之前"),
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read(text, "交办日期") == ("2025-03-05", [])


def test_a_day_without_year_takes_that_of_the_title_and_says_so() -> None:
    said = "清单.xlsx:3: B列“交办日期” “3月5日”没有年份，按标题算作2025年（不对就写明年份）"

    assert read("3月5日", "交办日期") == ("2025-03-05", [said])


def test_a_serial_number_is_a_day_and_says_so() -> None:
    assert read("45721", "交办日期")[0] == "2025-03-05"  # 45658 is the first of January 2025
    assert "序列号“45721”读作 2025-03-05" in read("45721", "交办日期")[1][0]


@pytest.mark.parametrize("text", ["3/5/2025", "25.3.5", "2025年3月", "三月初", "2025", "3.5", "143069"])
def test_what_may_mean_several_days_is_refused(text: str) -> None:
    value, said = read(text, "交办日期")

    assert (value, said) == ("", [f"清单.xlsx:3: B列“交办日期” “{text}”不是日期（写成 2025-03-05，或空着）"])


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert read("2025年9月31日", "交办日期")[1] == [
        "清单.xlsx:3: B列“交办日期” 没有“2025年9月31日”这一天（核对月份和日数）"
    ]


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("143069", "143069", 0),
        ("0143067", "0143067", 0),
        ("143069.0", "143069", 1),
        ("１４３０６９", "143069", 1),
        ("0379－60010023", "0379－60010023".replace("－", "-"), 1),
        ("60010023、60010024", "60010023、60010024", 0),
        ("1.43E+05", "", 1),
        ("1.43e5", "", 1),
        ("无", "", 0),
    ],
)
def test_a_number_is_kept_as_text_repaired_with_a_notice_or_refused(text: str, value: str, told: int) -> None:
    found, said = read(text, "联系电话")

    assert (found, len(said)) == (value, told)


@pytest.mark.parametrize(
    ("title", "text", "value"),
    [
        ("类别", "人大代表建议", "建议"),
        ("层级", "市级", "市"),
        ("层级", "全国", "国家"),
        ("会期", "平时", "闭会"),
        ("角色", "协办", "会办"),
        ("角色", "单办", "独办"),
        ("重点", "√", "是"),
        ("办理结果", "A类", "A"),
        ("办理结果", "（B）", "B"),
        ("公开属性", "不公开", "不予公开"),
        ("整体评价", "基本满意", "基本满意"),
    ],
)
def test_a_fixed_word_is_known_by_its_usual_names(title: str, text: str, value: str) -> None:
    assert read(text, title) == (value, [])


def test_another_word_is_refused_with_the_nearest() -> None:
    said = read("满意的", "整体评价")[1]

    assert said == ["清单.xlsx:3: B列“整体评价” 不能是“满意的”（是不是“满意”？只能是：满意、基本满意、不满意）"]


def test_a_fault_of_the_spreadsheet_makes_the_row_faulty() -> None:
    said = read("", "案由", fault="公式出错：#REF!（改正公式，或改填内容）")[1]

    assert said == ["清单.xlsx:3: B列“案由” 公式出错：#REF!（改正公式，或改填内容）"]


def test_a_control_character_makes_the_row_faulty() -> None:
    assert read("甲\x80乙", "案由")[1] == ["清单.xlsx:3: B列“案由” 第2个字是看不见的控制字符 U+0080（删去这个字符）"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("林晓、苏晚晴", ["林晓", "苏晚晴"]),
        ("林晓，苏晚晴,顾行舟；程砚;何苗", ["林晓", "苏晚晴", "顾行舟", "程砚", "何苗"]),
        ("林晓 苏晚晴 顾行舟", ["林晓", "苏晚晴", "顾行舟"]),
        ("林　晓", ["林晓"]),
        ("林 晓 何 苗 苏晚晴", ["林晓", "何苗", "苏晚晴"]),
        ("林晓、苏晚晴等5人", ["林晓", "苏晚晴"]),
        ("林晓（等三位）", ["林晓"]),
        ("林晓等", ["林晓"]),
        ("买买提·艾力、林晓", ["买买提·艾力", "林晓"]),
        ("市财政局 市教育局", ["市财政局", "市教育局"]),
        ("民盟 东河市委员会", ["民盟东河市委员会"]),
        ("John Smith", ["John Smith"]),
        ("林晓\n苏晚晴", ["林晓", "苏晚晴"]),
        ("无", []),
        ("—\n林晓", ["林晓"]),
    ],
)
def test_names_are_set_apart_as_people_write_them(text: str, names: list[str]) -> None:
    assert names_of(text) == names


@pytest.mark.parametrize(("text", "count"), [("林晓等3人", 3), ("林晓（等四位）", 4), ("林晓等", 0), ("林晓", 0)])
def test_the_number_behind_a_name_is_told(text: str, count: int) -> None:
    assert told_count(text) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [("第143069号", "143069"), ("第D022号", "D022"), ("0069", "0069"), ("号", "号"), ("第号", "号"), ("第 7 号", "7")],
)
def test_a_number_stands_bare(text: str, number: str) -> None:
    assert number_of(text) == number


def test_a_cell_loses_blanks_at_its_ends_and_a_dash_says_nothing() -> None:
    assert cleaned(" \u3000甲 \r\n 乙\xa0") == "甲\n乙"
    assert [cleaned(text) for text in ("—", "/", " - ", "")] == [""] * 4
    assert cleaned("无") == "无"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("夜\u202e市", "有看不见的字符 U+202E"),
        ("夜\u200b市", "有看不见的字符 U+200B"),
        ("林\ue000", "有自造字 U+E000"),
        ("林\u2f00", "有部首或兼容字 U+2F00"),
        ("林\uf900", "有部首或兼容字 U+F900"),
    ],
)
def test_a_character_that_is_not_what_it_seems_is_kept_and_told(text: str, told: str) -> None:
    value, said = read(text, "案由")

    assert value == text
    assert [told in one for one in said] == [True]


def test_rare_characters_of_names_are_kept_without_a_word() -> None:
    assert read("䶮·𠮷㐂\U000e0100", "提案人") == ("䶮·𠮷㐂\U000e0100", [])
