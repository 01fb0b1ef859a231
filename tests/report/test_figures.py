"""The figures: small cases worked out by hand, then a year and made-up histories counted a second time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu.report import Ratio
from dafu.report.definitions import COUNTS, RATES
from dafu.report.figures import Figures, counted
from records import proposal_of
from report.counting import count, plain
from report.histories import histories, read
from report.making import ANSWERED, OFFICE, begun, standing
from test_year import plan


def of(*more: str, day: str = "2026-06-30") -> Figures:
    """Return the figures of records that are written as YAML below the four required keys."""
    some = [standing(proposal_of(one), date.fromisoformat(day)) for one in more]
    return counted(some, tuple(OFFICE.grades)).overall


# --- how a rate is written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (3, 4, "3/4 = 75.0%"),
        (2, 3, "2/3 = 66.7%"),
        (1, 3, "1/3 = 33.3%"),
        (1, 16, "1/16 = 6.3%"),  # 6.25: halves go up
        (1, 400, "1/400 = 0.3%"),  # 0.25
        (1999, 2000, "1999/2000 = 100.0%"),  # 99.95
        (0, 7, "0/7 = 0.0%"),
        (0, 0, "—"),
    ],
)
def test_a_rate_shows_what_it_was_made_of(part: int, whole: int, written: str) -> None:
    assert str(Ratio(part, whole)) == written


# --- ten small cases, by hand


def test_an_answer_on_its_last_day_is_in_time() -> None:
    found = of(ANSWERED)  # handed over on 5 March: due on 5 June

    assert str(found.rates["办复率"]) == str(found.rates["按时率"]) == "1/1 = 100.0%"


def test_an_answer_a_day_late_is_answered_and_not_in_time() -> None:
    found = of(ANSWERED.replace("2025-06-05", "2025-06-06"))

    assert (str(found.rates["办复率"]), str(found.rates["按时率"])) == ("1/1 = 100.0%", "0/1 = 0.0%")
    assert found.counts["逾期未办"] == 0


def test_an_open_case_counts_as_late_from_the_day_after_its_due_day() -> None:
    handed = "办理过程: [{日期: 2025-03-05, 环节: 交办}]"

    before, after = of(handed, day="2025-06-05"), of(handed, day="2025-06-06")
    assert (str(before.rates["按时率"]), str(after.rates["按时率"])) == ("—", "0/1 = 0.0%")
    assert (before.counts["逾期未办"], after.counts["逾期未办"]) == (0, 1)
    assert str(before.rates["办复率"]) == "0/1 = 0.0%"


def test_an_extension_makes_an_answer_timely_but_not_by_the_original_day() -> None:
    granted = "- {日期: 2025-05-30, 环节: 延期, 至: 2025-08-05, 理由: 面广, 批准单位: 市政协提案委}\n"
    late = ANSWERED.replace("2025-06-05", "2025-08-05").replace("2025-06-06", "2025-08-06")
    found = of(late.replace("- {日期: 2025-08-05, 环节: 签发", f"{granted}  - {{日期: 2025-08-05, 环节: 签发"))

    assert (str(found.rates["按时率"]), str(found.rates["原期限按时率"])) == ("1/1 = 100.0%", "0/1 = 0.0%")
    assert found.counts["延期"] == 1


@pytest.mark.parametrize(
    ("way", "met"),
    [("面商", 1), ("座谈", 1), ("上门走访", 1), ("电话", 0), ("书面", 0), ("视频", 0), ("全面书面沟通", 0)],
)
def test_a_talk_is_a_meeting_only_face_to_face(way: str, met: int) -> None:
    found = of(ANSWERED.replace("上门走访", way))

    assert (found.rates["沟通率"], found.rates["见面率"]) == (Ratio(1, 1), Ratio(met, 1))


def test_content_is_counted_over_the_forms_that_came_back() -> None:
    form = "  - {日期: 2025-06-20, 环节: 反馈, 对象: 林晓, 整体: %s}\n"
    found = of(*(ANSWERED + form % said for said in ("满意", "基本满意", "不满意", "满意")), ANSWERED)

    assert str(found.rates["满意率"]) == "3/4 = 75.0%"  # the fifth sent none back
    assert str(found.rates["反馈率"]) == "4/5 = 80.0%"
    assert {name: one.part for name, one in found.ratings.items()} == {"满意": 2, "基本满意": 1, "不满意": 1}


def test_each_proposer_counts_with_the_last_form_alone() -> None:
    found = of(
        ANSWERED
        + """\
  - {日期: 2025-06-20, 环节: 反馈, 对象: 林晓, 整体: 不满意}
  - {日期: 2025-06-21, 环节: 反馈, 对象: 王平, 整体: 满意}
  - {日期: 2025-06-22, 环节: 重办, 理由: 再研究}
  - {日期: 2025-07-22, 环节: 印发, 发文字号: 东商〔2025〕9号}
  - {日期: 2025-07-25, 环节: 反馈, 对象: 林晓, 整体: 基本满意}
"""
    )

    assert str(found.rates["满意率"]) == "2/2 = 100.0%"
    assert (found.rates["重办率"], found.rates["重办按时率"]) == (Ratio(1, 1), Ratio(1, 1))  # due on 22 July


def test_what_was_handed_back_or_withdrawn_counts_as_received_only() -> None:
    back = """
        办理过程:
          - {日期: 2025-03-05, 环节: 交办}
          - {日期: 2025-03-07, 环节: 退办, 理由: 不属本局}
          - {日期: 2025-03-09, 环节: 退办结果, 结果: 同意}
    """
    gone = "办理过程: [{日期: 2025-03-05, 环节: 交办}, {日期: 2025-04-05, 环节: 撤案, 理由: 撤回}]"
    counts = of(back, gone, ANSWERED).counts

    names = ("收到", "应答复", "已办复", "申请退办", "已退办", "已撤案", "逾期未办")
    assert [counts[name] for name in names] == [3, 1, 1, 1, 1, 1, 0]


def test_an_opinion_for_another_unit_has_a_clock_and_no_grade() -> None:
    assist = """
        角色: 会办
        主办单位: 市公安局
        办理过程:
          - {日期: 2025-03-05, 环节: 交办}
          - {日期: 2025-04-%s, 环节: 送达, 对象: 市公安局}
    """
    found = of(assist % "05", assist % "06")  # due on 5 April

    assert (str(found.rates["会办办复率"]), str(found.rates["会办按时率"])) == ("2/2 = 100.0%", "1/2 = 50.0%")
    assert (found.rates["办复率"], sum(one.part for one in found.grades.values())) == (Ratio(0, 0), 0)


def test_the_last_reply_gives_the_grade_and_only_once_it_is_issued() -> None:
    followed = (
        "答复: {办理结果: B, 公开: 主动公开}\n再次答复: [{办理结果: A}]\n"
        + ANSWERED
        + """\
  - {日期: 2025-09-01, 环节: 跟踪, 下次日期: 2025-12-01}
  - {日期: 2025-11-20, 环节: 拟稿}
  - {日期: 2025-12-01, 环节: 印发, 发文字号: 东商〔2025〕80号}
"""
    )
    shares = {
        day: {name: one.part for name, one in of(followed, day=day).grades.items() if one.part}
        for day in ("2025-06-04", "2025-06-05", "2025-11-30", "2025-12-01")
    }

    assert shares == {"2025-06-04": {}, "2025-06-05": {"B": 1}, "2025-11-30": {"B": 1}, "2025-12-01": {"A": 1}}
    rates = [of(followed, day=day).rates for day in ("2025-08-31", "2025-09-01", "2025-12-01")]
    assert [str(one["跟踪率"])[:3] for one in rates] == ["0/1", "1/1", "1/1"]
    assert [str(one["转A率"])[:3] for one in rates] == ["0/1", "0/1", "1/1"]


def test_a_public_reply_counts_as_published_by_its_event_and_in_time_by_twenty_working_days() -> None:
    public = "答复: {公开: 主动公开}\n" + ANSWERED + "  - {日期: %s, 环节: 公开}\n"
    found = of(public % "2025-07-03", public % "2025-07-04", "答复: {公开: 主动公开}\n" + ANSWERED, day="2025-07-04")

    assert str(found.rates["公开率"]) == "2/3 = 66.7%"
    assert str(found.rates["公开及时率"]) == "1/3 = 33.3%"  # 20 working days after 5 June 2025: 3 July


def test_when_an_event_was_entered_does_not_count() -> None:
    late_entry = ANSWERED.replace("环节: 印发", "环节: 印发, 登记时间: 2026-01-05T09:00:00+08:00")

    assert of(late_entry, day="2025-06-05") == of(ANSWERED, day="2025-06-05")


def test_a_merged_record_is_answered_by_its_lead_and_rated_by_itself() -> None:
    lead = proposal_of('并案: ["143070"]\n答复: {办理结果: B}\n' + ANSWERED)
    own = "办理过程: [{日期: 2025-03-06, 环节: 交办}, {日期: 2025-06-08, 环节: 反馈, 对象: 王平, 整体: 满意}]"
    merged = standing(proposal_of(own), lead=lead)
    found = counted([merged], tuple(OFFICE.grades)).overall

    assert (found.counts["并案"], found.counts["已办复"]) == (1, 1)
    assert (found.grades["B"], found.rates["满意率"], found.rates["见面率"]) == (Ratio(1, 1), Ratio(1, 1), Ratio(1, 1))


def test_groups_stand_in_the_order_of_the_vocabulary_and_months_in_time() -> None:
    some = [
        standing(proposal_of(one))
        for one in (
            "类别: 建议\n科室: 市场科\n" + ANSWERED.replace("2025-06-05", "2025-11-05"),
            "科室: 办公室\n" + ANSWERED,
            "办理过程: [{日期: 2025-03-05, 环节: 交办}]",
        )
    ]

    found = {name: [*members] for name, members in counted(some, ["A"]).groups.items()}
    assert found == {
        "类别": ["提案", "建议"],
        "层级": ["市"],
        "角色": ["独办"],
        "科室": ["办公室", "市场科", "未分科室"],
        "月份": ["2025-06", "2025-11", "未印发"],
    }


# --- counted a second time


def flat(some: Figures) -> dict[str, int]:
    """Return figures in the words of `report.counting`."""
    found = dict(some.counts)
    for name, one in some.rates.items():
        found |= {name: one.part, name + "/": one.whole}
    found |= {f"等次{name}": one.part for name, one in some.grades.items()}
    found |= {f"属性{name}": one.part for name, one in some.openness.items()}
    return found | {name: one.part for name, one in some.ratings.items()}


def agree(some: Figures, records: list[dict[str, Any]], day: date) -> None:
    wanted, found = count(records, day), flat(some)

    assert set(wanted) <= set(found)
    assert {name: number for name, number in found.items() if number} == {
        name: number for name, number in wanted.items() if number
    }


@pytest.mark.parametrize(
    "day", ["2025-03-05", "2025-04-30", "2025-06-10", "2025-07-31", "2025-10-16", "2025-12-31", "2026-06-30"]
)
def test_the_year_counted_a_second_time_gives_the_same(day: str) -> None:
    records, on = [plain(one, n) for n, one in enumerate(plan())], date.fromisoformat(day)
    seen = [*begun(read(records), on)]

    agree(counted(seen, "ABCD").overall, records, on)
    by = {one["案号"]: one for one in records}
    leads = [one for one in records if one.get("并案")]
    for name in ("类别", "层级", "角色"):
        for key, some in counted(seen, "ABCD").groups[name].items():
            numbers = {one["案号"] for one in records if one.get(name) == key}
            merged = {number for one in leads for number in one["并案"]}
            if not merged & numbers:  # their leads may stand in another group
                agree(some, [by[number] for number in sorted(numbers)], on)


def test_the_year_has_something_to_count_for_every_figure() -> None:
    found = flat(counted([*begun(read([plain(p, n) for n, p in enumerate(plan())]))], "ABCD").overall)

    assert {name for name, number in found.items() if not number} <= {
        *("属性不予公开", "属性未定", "等次未定"),  # all of the year have both
        *("不满意", "会办按时率"),  # the last word of each was a better one; each opinion took more than a month
    }
    assert len(found) == len(COUNTS) + 2 * len(RATES) + 5 + 4 + 3


@settings(max_examples=200, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=4), st.integers(0, 500))
def test_made_up_histories_counted_a_second_time_give_the_same(some: list[dict[str, Any]], later: int) -> None:
    records = [one | {"案号": str(n)} for n, one in enumerate(some)]
    day = date(2025, 3, 3) + timedelta(later)

    agree(counted([*begun(read(records), day)], "ABCD").overall, records, day)
