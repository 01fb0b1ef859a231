from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from dafu import store
from dafu.desk.case import Case, calendar_of, case_schema, cases
from dafu.desk.query import chooser
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from desk.conftest import Desk

LED = """\
角色: 主办
会办单位: [市财政局, 市公安局]
办理过程:
  - {日期: 2025-03-10, 环节: 交办}
  - {日期: 2025-03-12, 环节: 征求会办, 单位: 市财政局}
  - {日期: 2025-03-12, 环节: 征求会办, 单位: 市公安局}
"""
EMPTY = {"期限": None, "剩余": None, "灯": None, "暂定": False}


def case_of(desk: Desk, today: str, number: str = "143069") -> Case:
    workspace, record = desk.workspace, desk.record(number)
    lead = store.lead_of(workspace, record)
    return Case(workspace, record, lead, calendar_of(workspace), date.fromisoformat(today))


def main_clock(case: Case) -> dict[str, object]:
    return {word: value for word, value in case.summary().items() if word in EMPTY}


def test_the_main_clock_is_told_while_it_runs(desk: Desk) -> None:
    desk.write("办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")

    # three months end on 10 June; from 7 May on: 15 days of May without the 31st, 6 of June without the 2nd
    assert main_clock(case_of(desk, "2025-05-06")) == {"期限": "2025-06-10", "剩余": 24, "灯": "绿", "暂定": False}


@pytest.mark.parametrize(
    "end",
    [
        "{日期: 2025-04-01, 环节: 印发, 发文字号: 东商〔2025〕7号}",
        "{日期: 2025-04-01, 环节: 办结}",
        "{日期: 2025-04-01, 环节: 撤案, 理由: 提案人撤回}",
        "{日期: 2025-04-01, 环节: 退办结果, 结果: 同意}",
    ],
)
def test_once_it_has_stopped_nothing_of_it_is_told(end: str, desk: Desk) -> None:
    desk.write(f"办理过程: [{{日期: 2025-03-10, 环节: 交办}}, {end}]\n")

    assert main_clock(case_of(desk, "2025-05-06")) == EMPTY


def test_before_it_starts_nothing_is_told(desk: Desk) -> None:
    desk.write()

    assert main_clock(case_of(desk, "2025-05-06")) == EMPTY


def test_a_merged_record_has_the_clocks_of_its_lead_up_to_issue(desk: Desk) -> None:
    desk.write("并案: ['143070']\n办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")
    desk.write("", "143070")
    workspace = desk.workspace
    known = {
        case.proposal.number: case
        for case in cases(workspace, store.load(workspace)[0], calendar_of(workspace), date(2025, 5, 6))
    }

    assert main_clock(known["143070"])["期限"] == "2025-06-10"
    assert known["143070"].summary()["阶段"] == "已交办"
    assert known["143070"].summary() == case_of(desk, "2025-05-06", "143070").summary()


def test_who_owes_an_opinion_is_told_until_it_is_in_or_waived(desk: Desk) -> None:
    desk.write(LED)
    assert case_of(desk, "2025-05-06").owing == ["市财政局", "市公安局"]
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: 会办意见, 单位: 市公安局, 免: 无涉公安}}\n")
    assert case_of(desk, "2025-05-06").owing == ["市财政局"]
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: 会办意见, 单位: 市财政局}}\n")
    assert case_of(desk, "2025-05-06").owing == ["市公安局"]


@pytest.mark.parametrize("end", ["撤案, 理由: 提案人撤回", "退办结果, 结果: 同意", "办结"])
def test_what_is_over_waits_for_no_opinion(end: str, desk: Desk) -> None:
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: {end}}}\n")

    assert case_of(desk, "2025-05-06").owing == []


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["阶段=已交办"], True),
        (["阶段=办理中"], False),
        (["灯=红"], True),
        (["灯=红", "阶段=已交办", "案由~夜市"], True),
        (["灯=红", "案由~早市"], False),
        (["剩余=3"], True),
        (["期限=2025-06-10"], True),
        (["期限~2025-06"], True),
        (["暂定=否"], True),
        (["待会办=市财政局"], True),
        (["待会办!="], True),
        (["待会办="], False),
        (["待会办~教育"], False),
    ],
)
def test_computed_values_choose_records(words: list[str], *, chosen: bool, desk: Desk) -> None:
    desk.write(LED)
    words_of_case = case_of(desk, "2025-06-05").in_words()  # a Thursday; left are 6, 9 and 10 June

    assert chooser(words, case_schema())(words_of_case) is chosen


# --- the calendar of the office


def test_without_own_notices_the_published_ones_count(desk: Desk) -> None:
    calendar = calendar_of(desk.workspace)

    assert (calendar.is_working(date(2025, 10, 9)), calendar.is_working(date(2025, 10, 8))) == (True, False)
    assert calendar.is_working(date(2025, 1, 26))


LOCAL = "2025:\n  通知: 市政府通知\n  放假:\n    市庆: [2025-06-09]\n"


@pytest.mark.parametrize(("name", "office"), [("节假日.yaml", ""), ("本市.yaml", "节假日: 本市.yaml\n")])
def test_an_own_holiday_moves_what_is_left(name: str, office: str, desk: Desk) -> None:
    records.make_workspace(desk.folder, records.OFFICE + office)
    desk.write("办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")
    (desk.folder / name).write_text(LOCAL, encoding="utf-8")

    assert case_of(desk, "2025-06-05").summary()["剩余"] == 2  # 6 and 10 June


def test_notices_that_the_office_names_and_that_are_gone_stop_the_list(desk: Desk) -> None:
    records.make_workspace(desk.folder, records.OFFICE + "节假日: 本市.yaml\n")

    with pytest.raises(UnusableError, match=r"本市\.yaml"):
        calendar_of(desk.workspace)


def test_every_fault_of_the_own_notices_comes_with_its_line(desk: Desk) -> None:
    text = "2025:\n  通知: 市政府通知\n  放假:\n    市庆: [2025-06-31]\n明年:\n  通知: 市政府通知\n"
    (desk.folder / "节假日.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(UnusableError) as stopped:
        calendar_of(desk.workspace)
    assert [problem.line for problem in stopped.value.problems] == [4, 5]
    assert all(problem.file.endswith("节假日.yaml") for problem in stopped.value.problems)
