from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from dafu.model.holidays import read_holidays, with_notice
from dafu.workdays import YearNotice

if TYPE_CHECKING:
    from dafu.errors import Problem

TEXT = """\
# 本单位执行的放假通知
2027:
  通知: 国办发明电〔2026〕8号
  放假:
    元旦: [2027-01-01至2027-01-03]
    春节: [2027-02-05至2027-02-08, 2027-02-11]
  补班:
    春节: [2027-01-31]
"""
NOTICE = YearNotice(
    2027,
    "国办发明电〔2026〕8号",
    {
        **dict.fromkeys((date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)), "元旦"),
        **dict.fromkeys((date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)), "春节"),
        date(2027, 2, 11): "春节",
    },
    {date(2027, 1, 31): "春节"},
)


def read(text: str) -> tuple[dict[int, YearNotice], list[Problem]]:
    return read_holidays(records.root_of(text))


def test_a_year_is_read_with_its_spans_and_single_days() -> None:
    assert read(TEXT) == ({2027: NOTICE}, [])


def test_a_span_may_reach_back_into_the_december_before() -> None:
    found, problems = read("2030: {通知: 国办发明电〔2029〕1号, 放假: {元旦: [2029-12-30至2030-01-01]}}")
    assert not problems
    assert sorted(found[2030].off) == [date(2029, 12, 30), date(2029, 12, 31), date(2030, 1, 1)]


def test_all_faults_come_at_once_with_their_lines() -> None:
    _, problems = read("""
        2027:
          放假:
            春节: [2027-02-30, 2027-02-11至2027-02-05]
        2027年:
          通知: 县政府通知
        2028:
          通知: 县政府通知
          放假: {春节: [2027-02-06]}
          补假: {春节: [2028-02-06]}
    """)
    assert [(problem.line, problem.field, problem.message) for problem in problems] == [
        (2, "2027.通知", "没有填写"),
        (3, "2027.放假.春节.1", "没有“2027-02-30”这一天"),
        (3, "2027.放假.春节.2", "“2027-02-11至2027-02-05”不是一段日子"),
        (4, "2027年", "“2027年”不是年份"),
        (9, "2028.补假", "“补假”不是字段"),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("放假: {春节: [2026-02-06]}", "2026-02-06不在2027年"),
        ("补班: {春节: [2028-01-02]}", "2028-01-02不在2027年"),
        ("放假: {春节: [2027-02-06]}, 补班: {春节: [2027-02-06]}", "2027-02-06又放假又补班"),
        ("放假: {春节: [2027-02-01至2027-03-31]}", "“2027-02-01至2027-03-31”不是一段日子"),
        ("放假: {春节: 2027-02-06}", "应当是列表"),
        ("放假: [2027-02-06]", "应当是“键: 值”的一组内容"),
        ("放假: {春节: [2月6日]}", "“2月6日”不是日期"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(body: str, message: str) -> None:
    found, problems = read(f"2027: {{通知: 县政府通知, {body}}}")
    assert [problem.message for problem in problems] == [message]
    assert found == {}


def test_a_fault_in_one_year_does_not_hide_the_others() -> None:
    found, problems = read(TEXT + "2028: {通知: 县政府通知, 放假: {春节: [2028-13-01]}}\n")
    assert list(found) == [2027]
    assert [problem.line for problem in problems] == [9]


def test_a_notice_is_written_as_it_is_read() -> None:
    assert with_notice("", NOTICE) == TEXT.split("\n", 1)[1]


def test_a_notice_follows_the_comments_of_an_empty_file() -> None:
    assert with_notice("# 本单位执行的放假通知\n\n", NOTICE) == TEXT


def test_a_notice_is_added_to_a_file_and_every_other_byte_stays() -> None:
    before = "# 说明\n2026:  # 三月三\n  通知: '自治区公告'\n  放假: {三月三: [2026-04-20]}\n"
    after = with_notice(before, NOTICE)
    assert after.startswith(before)
    assert read(after)[0].keys() == {2026, 2027}
    assert read(after)[0][2027] == NOTICE


def test_a_notice_takes_the_place_of_an_older_one_of_its_year() -> None:
    newer = YearNotice(2027, "国办发明电〔2027〕1号", {date(2027, 5, 1): "劳动节"})
    assert read(with_notice(TEXT, newer)) == ({2027: newer}, [])


def test_a_file_with_faults_is_not_written_to() -> None:
    with pytest.raises(ValueError, match="第1行"):
        with_notice("2026：\n", NOTICE)
