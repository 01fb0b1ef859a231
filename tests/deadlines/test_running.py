from __future__ import annotations

from datetime import date

import pytest

import records
from dafu.deadlines import Running, clocks
from dafu.workdays import Calendar, published


def running(clock: str, more: str, office: str = "", today: str = "2025-04-01") -> Running:
    rules = records.OFFICE + office
    notices = {year: notice for year, notice in published().items() if year <= 2026}
    paper, desk = records.proposal_of(more, rules), records.office_of(rules)
    found = clocks(paper, desk, Calendar(notices=notices), date.fromisoformat(today))
    return next(one for one in found if str(one.clock) == clock)


def assigned(day: str, more: str = "") -> str:
    return f"办理过程:\n  - {{日期: {day}, 环节: 交办}}\n{more}"


def test_working_days_are_explained_day_by_day_with_the_notice_behind_each() -> None:
    assert running("首次沟通", assigned("2025-04-22"), today="2025-04-30").basis == (
        "起算：2025-04-22（周二）交办",
        "规则：交办后15个工作日",
        "2025-04-22当日不计，从次日数起（民法典第二百零一条）",
        "不计周六、周日3天：2025-04-26、2025-05-10至2025-05-11",
        "不计2025-05-01至2025-05-05，放假日：劳动节（国务院办公厅公布的2025年节假日安排）",
        "照计2025-04-27（周日），补班日：劳动节（国务院办公厅公布的2025年节假日安排）",
        "第15个工作日：2025-05-15（周四）",
    )


def test_months_are_explained_with_the_law_and_the_day_they_end_on() -> None:
    assert running("答复", assigned("2025-03-05")).basis == (
        "起算：2025-03-05（周三）交办",
        "规则：交办后3个月",
        "2025-03-05当日不计（民法典第二百零一条）",
        "满3个月，对应日：2025-06-05（周四）（民法典第二百零二条）",
        "延期最迟到2025-09-05（周五）",
    )


def test_a_month_without_the_day_ends_on_its_last_and_says_so() -> None:
    found = running("答复", assigned("2025-11-30"), today="2025-12-01")
    assert "满3个月，那个月没有30日，到月末：2026-02-28（周六）（民法典第二百零二条）" in found.basis
    assert not any(line.startswith("末日是") for line in found.basis)  # a Saturday that is worked


def test_an_end_on_a_day_off_says_that_it_stays() -> None:
    found = running("答复", assigned("2025-05-31"), today="2025-06-03")
    assert "末日是周日；dafu.yaml 的“顺延”是否，不照民法典第二百零三条顺延" in found.basis


def test_an_end_on_a_day_off_says_where_it_moved() -> None:
    found = running("会办意见", f"角色: 会办\n主办单位: 市发展改革委\n{assigned('2025-09-01')}", "顺延: 是\n")
    assert (
        "末日是放假日：国庆节（国务院办公厅公布的2025年节假日安排），顺延到2025-10-09（周四）（民法典第二百零三条）"
        in found.basis
    )


def test_a_fixed_date_and_a_day_before_the_reply_are_explained() -> None:
    office = "期限: {答复: {限: 08-31, 起: 交办}, 会办意见: {限: 答复前20日, 起: 交办}}\n"
    reply = running("答复", assigned("2025-03-05"), office)
    assert reply.basis[2:] == (
        "2025-03-05当日或以后的第一个8月31日：2025-08-31（周日）",
        "这一天是周日；定日不顺延",
    )
    opinion = running("会办意见", f"角色: 会办\n主办单位: 市发展改革委\n{assigned('2025-03-05')}", office)
    assert opinion.basis[1:] == ("规则：答复期限前20日", "答复期限2025-08-31（周日）往前20日：2025-08-11（周一）")


def test_days_are_explained() -> None:
    found = running("答复", assigned("2025-03-05"), "期限: {答复: {限: 20日, 起: 交办}}\n")
    assert found.basis[2:] == (
        "2025-03-05当日不计，从次日数起（民法典第二百零一条），第20日：2025-03-25（周二）",
        "比期限迟7天",
    )


def test_a_set_day_and_its_extensions_are_explained_with_lateness_against_both() -> None:
    found = running(
        "答复",
        "期限: 2025-06-30\n"
        + assigned(
            "2025-03-05",
            """\
            - {日期: 2025-06-10, 环节: 延期, 至: 2025-06-20, 理由: 误填, 批准单位: 市政府督查室}
            - {日期: 2025-06-20, 环节: 延期, 至: 2025-09-30, 理由: 调研未完, 批准单位: 市政府督查室}
            - {日期: 2025-10-10, 环节: 印发, 发文字号: 东商〔2025〕7号}
            """.replace("            ", "  "),
        ),
    )
    assert found.basis == (
        "起算：2025-03-05（周三）交办",
        "规则：期限由记录写明",
        "写明的期限：2025-06-30（周一），不推算，也不顺延",
        "延期：2025-06-10市政府督查室同意延到2025-06-20，不晚于当时的期限2025-06-30，不作数",
        "延期：2025-06-20市政府督查室同意延到2025-09-30（周二），理由：调研未完",
        "原期限：2025-06-30（周一）",
        "延期最迟到2025-09-05（周五），现期限已经超过",
        "止于2025-10-10（周五）印发",
        "比期限迟10天",
        "比原期限迟102天",
    )


def test_a_provisional_day_says_which_notice_is_missing_and_between_which_days_it_lies() -> None:
    found = running("首次沟通", assigned("2027-01-20"), today="2027-01-21")
    assert found.provisional
    assert (found.due, found.earliest, found.latest) == (date(2027, 2, 12), date(2027, 2, 10), date(2027, 2, 19))
    assert found.basis[-1] == "暂定：2027年节假日安排尚未公布，按周末和法定节假日推算，最早2027-02-10，最迟2027-02-19"
    assert "不计2027-02-05至2027-02-08，放假日：春节（法定，2027年节假日安排尚未公布）" in "".join(found.basis)


def test_an_extended_day_is_certain_whatever_notice_is_missing() -> None:
    office = "期限: {答复: {限: 60个工作日, 起: 交办}}\n"
    extension = "  - {日期: 2027-02-01, 环节: 延期, 至: 2027-06-30, 理由: 调研未完, 批准单位: 市政府督查室}\n"
    found = running("答复", assigned("2027-01-20", extension), office, "2027-02-02")
    assert not found.provisional
    assert found.earliest == found.due == found.latest == date(2027, 6, 30)


def test_a_day_that_was_set_is_certain() -> None:
    found = running("答复", "期限: 2027-06-30\n", today="2027-02-02")
    assert not found.provisional
    assert found.earliest == found.latest == date(2027, 6, 30)


def test_the_year_whose_notice_is_missing_is_named_and_not_the_one_before() -> None:
    found = running("首次沟通", assigned("2026-12-21"), today="2026-12-22")
    assert found.basis[-1].startswith("暂定：2027年节假日安排尚未公布")


def test_a_provisional_day_that_no_notice_can_move_is_given_without_bounds() -> None:
    found = running("首次沟通", assigned("2027-07-05"), today="2027-07-06")
    assert (found.due, found.earliest, found.latest) == (date(2027, 7, 26),) * 3
    assert found.basis[-1] == "暂定：2027年节假日安排尚未公布，按周末和法定节假日推算"


def test_without_extension_lateness_is_the_same_against_both_days() -> None:
    found = running("答复", assigned("2025-03-05"), today="2025-06-06")
    assert (found.is_late, found.is_late_to_original) == (True, True)


def test_an_answer_before_the_original_day_is_late_against_neither() -> None:
    events = (
        "  - {日期: 2025-05-20, 环节: 延期, 至: 2025-07-05, 理由: 调研未完, 批准单位: 市政府督查室}\n"
        "  - {日期: 2025-06-01, 环节: 印发, 发文字号: 东商〔2025〕7号}\n"
    )
    assert running("答复", assigned("2025-03-05", events)).basis[-1] == "止于2025-06-01（周日）印发"


def test_an_extension_to_the_last_day_allowed_is_not_over_it() -> None:
    granted = "  - {日期: 2025-05-20, 环节: 延期, 至: 2025-09-05, 理由: 调研未完, 批准单位: 市政府督查室}\n"
    found = running("答复", assigned("2025-03-05", granted), today="2025-06-01")
    assert "延期最迟到2025-09-05（周五）" in found.basis


@pytest.mark.parametrize("until", ["2025-05-31", "2025-06-05"])
def test_an_extension_that_ends_no_later_than_the_rule_says_counts_for_nothing(until: str) -> None:
    granted = f"  - {{日期: 2025-05-20, 环节: 延期, 至: {until}, 理由: 误填, 批准单位: 市政府督查室}}\n"
    found = running("答复", assigned("2025-03-05", granted), today="2025-06-01")
    assert f"延期：2025-05-20市政府督查室同意延到{until}，不晚于当时的期限2025-06-05，不作数" in found.basis


def test_a_return_nobody_asked_for_says_that_it_lapsed_and_is_late_by_no_day() -> None:
    found = running("退办", assigned("2025-03-05"), today="2025-04-01")
    assert found.basis[-1] == "期限内没有申请退办，不再提示"
    assert (found.is_late, found.is_late_to_original) == (False, False)
