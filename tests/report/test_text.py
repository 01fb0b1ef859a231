from __future__ import annotations

from dafu.report.text import kept, late, sheets
from report.making import ANSWERED, account_of

GRADED = "科室: 市场科\n答复: {办理结果: B}\n" + ANSWERED


def test_the_tables_come_in_order_and_empty_ones_are_left_out() -> None:
    titles = [one.title for one in sheets(account_of(GRADED))]

    assert titles == [
        *("件数", "比率", "办理结果", "公开属性", "按类别", "按层级", "按角色", "按科室", "按月份", "承诺台账")
    ]


def test_a_group_has_its_counts_rates_and_grades_in_a_row() -> None:
    sheet = next(one for one in sheets(account_of(GRADED, ANSWERED)) if one.title == "按科室")

    assert sheet.heads == (
        *("科室", "收到", "应答复", "已办复", "逾期未办", "办复率", "按时率", "见面率", "满意率", "会办按时率"),
        *("A", "B", "C", "D"),
    )
    first, second = sheet.rows
    assert first == ["市场科", "1", "1", "1", "0", "100.0%", "100.0%", "100.0%", "—", "—", "—", "1", "—", "—"]
    assert second[0] == "未分科室"


def test_what_has_no_section_leaves_its_cell_empty() -> None:
    handed = "办理过程: [{日期: 2025-03-05, 环节: 交办}]"

    assert late(account_of(handed, day="2025-06-06")).rows == [
        ["1", "优化夜市管理", "答复", "2025-06-05", "未办", "1天", "", ""]
    ]
    assert kept(account_of(handed)).rows == []
