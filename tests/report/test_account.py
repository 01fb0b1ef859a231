from __future__ import annotations

import json

from dafu.report import definitions, notes
from dafu.report.definitions import COUNTS, RATES
from report.making import ANSWERED, account_of

HANDED = "办理过程: [{日期: 2025-03-05, 环节: 交办}]"
LATE = ANSWERED.replace("2025-06-05", "2025-06-08").replace("2025-06-06", "2025-06-09")
UNHAPPY = ANSWERED + "  - {日期: 2025-06-20, 环节: 重办, 理由: 再研究}\n"


def test_what_is_late_lists_the_open_ones_first_and_then_the_latest() -> None:
    rows = [one.words() for one in account_of(ANSWERED, LATE, UNHAPPY, HANDED, day="2025-07-31").late]

    assert [(row["案号"], row["事项"], row["期限"], row["办理"], row["迟"]) for row in rows] == [
        ("4", "答复", "2025-06-05", None, 56),
        ("3", "重办", "2025-07-20", None, 11),
        ("2", "答复", "2025-06-05", "2025-06-08", 3),
    ]


def test_what_was_withdrawn_is_not_late() -> None:
    gone = "办理过程: [{日期: 2025-03-05, 环节: 交办}, {日期: 2025-04-05, 环节: 撤案, 理由: 撤回}]"

    assert account_of(gone).late == []


def test_title_and_scope_say_which_records_and_which_day() -> None:
    some, of_year = account_of(ANSWERED), account_of(ANSWERED, day="2025-12-31", year=2025)

    assert (some.title, some.scope) == ("提案建议办理情况", "全部件，截至2026年6月30日")
    assert (of_year.title, of_year.scope) == ("2025年提案建议办理情况", "2025年交办的件，截至2025年12月31日")


def test_the_json_has_numbers_and_null_where_there_is_nothing_to_divide_by() -> None:
    found = json.loads(json.dumps(account_of(ANSWERED, HANDED).as_json()))

    assert found["件数"]["应答复"] == 2
    assert found["比率"]["办复率"] == {"分子": 1, "分母": 2, "百分比": 50.0}
    assert found["比率"]["满意率"] == {"分子": 0, "分母": 0, "百分比": None}
    assert found["分组"]["月份"]["2025-06"]["比率"]["办复率"] == {"分子": 1, "分母": 1, "百分比": 100.0}
    assert [*found] == [
        *(
            "截至",
            "年度",
            "条件",
            "件数",
            "比率",
            "办理结果",
            "公开属性",
            "满意度",
            "分组",
            "逾期",
            "承诺",
            "口径",
            "说明",
        )
    ]


def test_no_record_at_all_gives_figures_of_nothing() -> None:
    found = account_of().as_json()

    assert set(found["件数"].values()) == {0}
    assert {one["百分比"] for one in found["比率"].values()} == {None}
    assert (found["分组"]["科室"], found["逾期"], found["承诺"]) == ({}, [], [])


def test_every_figure_is_defined_once_with_numerator_denominator_and_source() -> None:
    rows = definitions()
    names = [row["名称"] for row in rows]

    assert names == [one.name for one in (*COUNTS, *RATES)]
    assert len(set(names)) == len(names)
    assert all(row["分子"] and row["依据"] for row in rows)
    assert all(row["分母"] for row in rows[len(COUNTS) :])
    assert "办复率 = 已办复的件 ÷ 应答复的件（依据：印发）。" in notes()
