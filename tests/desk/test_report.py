from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from dafu import preview, readback, store
from dafu.desk.case import calendar_of, cases
from dafu.desk.query import chooser
from dafu.desk.report import Choice, account, chosen, docx
from dafu.desk.standing import Overview, case_schema, words_of
from dafu.errors import UnusableError, WrongUsageError
from dafu.index import Memory
from dafu.readback.pdf import pages
from dafu.report import Account, Standing, facts_of, until
from dafu.report.board import page
from dafu.terms import Step
from desk.test_standing import FILES, damage, edit, kept, overview, reading_of, reads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.case import Case
    from desk.conftest import Desk

TODAY = date(2026, 1, 5)
ANSWERED = """\
科室: 市场科
答复: {办理结果: B}
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - {日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-06-05, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-06-06, 环节: 送达, 对象: 林晓}
  - {日期: 2025-06-20, 环节: 反馈, 对象: 林晓, 整体: 基本满意}
"""
HANDED = "办理过程: [{日期: 2025-11-20, 环节: 交办}]\n"


def report(desk: Desk, *words: str, year: int | None = None, as_of: date | None = None) -> Account:
    workspace = desk.workspace
    choice = chosen(TODAY, year, as_of, words)
    return account(workspace, calendar_of(workspace), choice)[0]


def numbers(found: Account) -> list[str]:
    return [one.facts.number for one in found.standings]


# --- which records, as of which day


def test_without_words_all_records_count_as_they_stand_today(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED.replace("2025", "2024"), "2")

    assert (report(desk).day, numbers(report(desk))) == (TODAY, ["2", "1"])


def test_a_year_counts_what_was_handed_over_in_it_as_of_its_last_day(desk: Desk) -> None:
    desk.write(ANSWERED + "  - {日期: 2026-01-02, 环节: 办结}\n", "1")
    desk.write(HANDED.replace("2025", "2024"), "2")
    found = report(desk, year=2025)

    assert (found.day, numbers(found)) == (date(2025, 12, 31), ["1"])
    assert Step.FEEDBACK in found.standings[0].steps
    assert Step.CLOSE not in found.standings[0].steps


def test_the_present_year_counts_as_of_today() -> None:
    assert chosen(TODAY, 2026, None).day == TODAY


def test_a_year_may_be_looked_at_from_a_later_day() -> None:
    assert chosen(TODAY, 2024, date(2025, 6, 30)).day == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("year", "as_of"), [(None, date(2026, 1, 6)), (2027, None), (2026, date(2025, 12, 31)), (2026, date(2026, 1, 6))]
)
def test_what_is_still_to_come_cannot_be_counted(year: int | None, as_of: date | None) -> None:
    with pytest.raises(WrongUsageError, match="还没有到"):
        chosen(TODAY, year, as_of)


def test_a_record_to_which_nothing_had_happened_yet_is_not_counted(desk: Desk) -> None:
    desk.write(HANDED, "1")
    desk.write("", "2")

    assert numbers(report(desk)) == ["1"]
    assert numbers(report(desk, as_of=date(2025, 11, 19))) == []


def test_conditions_see_the_stage_of_that_day(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED, "2")

    assert numbers(report(desk, "阶段=已交办", as_of=date(2025, 11, 30))) == ["2"]
    assert numbers(report(desk, "阶段=已交办", as_of=date(2025, 4, 30))) == ["1"]
    assert numbers(report(desk, "科室=市场科")) == ["1"]


def test_a_merged_record_is_counted_with_the_history_of_its_lead(desk: Desk) -> None:
    desk.write('并案: ["143070"]\n' + ANSWERED)
    desk.write("办理过程: [{日期: 2025-03-06, 环节: 交办}]\n", "143070")

    counts = report(desk).overall.counts
    assert (counts["收到"], counts["并案"], counts["已办复"]) == (2, 1, 2)


def test_the_order_of_the_files_changes_nothing(desk: Desk) -> None:
    for number in "321":
        desk.write(ANSWERED, number)

    assert numbers(report(desk)) == ["1", "2", "3"]


# --- from the index: the same as from the files


def by_reading(desk: Desk, choice: Choice) -> tuple[Account, list[str]]:
    """Return the report, and the problems, of records that are all read and put back to the day, without the index."""
    workspace, calendar = desk.workspace, calendar_of(desk.workspace)
    records, problems = store.load(workspace)
    past = [record._replace(proposal=until(record.proposal, choice.day)) for record in records]
    wanted = chooser(choice.words, case_schema())
    found = []
    for case in cases(workspace, past, calendar, choice.day):
        level = case.proposal.level or workspace.office.level
        facts = facts_of(case.proposal, case.lead and case.lead.proposal, level, case.clocks)
        of_year = facts and choice.year in (None, facts.began.year)
        if facts and of_year and wanted(words_of(case)):
            found.append(Standing(facts, choice.day, calendar, workspace.office))
    found.sort(key=lambda one: (one.facts.began, one.facts.number))
    return Account(workspace.office, choice.day, choice.year, choice.words, tuple(found)), sorted(map(str, problems))


def agree(desk: Desk, *choices: Choice) -> None:
    """See that reports from the index say what those of the files do."""
    for choice in choices:
        workspace = desk.workspace
        found, problems = account(workspace, calendar_of(workspace), choice)
        wanted, faults = by_reading(desk, choice)
        assert [one.facts for one in found.standings] == [one.facts for one in wanted.standings]
        assert (found.as_json(), page(found)) == (wanted.as_json(), page(wanted))
        assert sorted(map(str, problems)) == faults


def read_for(desk: Desk, *words: str, as_of: date | None = None) -> list[str]:
    """Return the names of the records that are read for a report."""
    return reading_of(lambda: report(desk, *words, as_of=as_of))


def test_only_what_changed_is_read_for_a_report(desk: Desk) -> None:
    for number in "123":
        desk.write(ANSWERED, number)

    assert sorted(read_for(desk)) == ["1", "2", "3"]
    assert read_for(desk) == read_for(desk, "科室=市场科") == read_for(desk, as_of=date(2025, 6, 20)) == []
    desk.write(HANDED, "2")
    assert read_for(desk) == ["2"]
    assert report(desk).overall.counts["已办复"] == 2


def test_for_a_past_day_only_what_has_gone_on_since_is_read(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED, "2")
    read_for(desk)

    assert read_for(desk, as_of=date(2025, 6, 19)) == ["1"]
    assert read_for(desk, as_of=date(2025, 3, 4)) == []
    assert reading_of(lambda: report(desk, year=2024)) == []


def test_a_list_keeps_nothing_for_reports_and_a_report_all_for_lists(desk: Desk) -> None:
    desk.write(ANSWERED, "1")

    assert (reads(desk), read_for(desk), reads(desk), read_for(desk)) == (["1"], ["1"], [], [])
    desk.write(HANDED, "1")
    assert (reads(desk), read_for(desk), report(desk).overall.counts["已办复"]) == (["1"], ["1"], 0)


def test_the_lead_of_a_record_is_put_back_with_it(desk: Desk) -> None:
    desk.write('并案: ["143070"]\n' + ANSWERED)
    desk.write("办理过程: [{日期: 2025-07-01, 环节: 交办}]\n", "143070")  # the lead had it in March

    for _ in range(2):
        (found,) = (one for one in report(desk, as_of=date(2025, 6, 5)).standings if one.facts.number == "143070")
        assert (found.facts.began, found.facts.latest) == (date(2025, 3, 5), date(2025, 6, 5))


def test_a_merged_record_is_of_the_year_in_which_its_lead_had_it_by_that_day(desk: Desk) -> None:
    desk.write('并案: ["143070"]\n' + HANDED)
    desk.write(HANDED.replace("2025-11-20", "2026-01-02"), "143070")  # of 2026, now that it was handed over itself

    for _ in range(2):
        assert [numbers(report(desk, year=year)) for year in (2025, 2026)] == [["143069", "143070"], ["143070"]]


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE fact",
        "UPDATE fact SET facts = replace(facts, '2025', '2024')",  # one bit, in every day
        "UPDATE fact SET facts = x'00'",
        "UPDATE fact SET facts = '[]', sum = 223132457",
        "UPDATE fact SET facts = '[7]', sum = 443913534",
        "UPDATE fact SET facts = replace(hex(zeroblob(50000)), '0', '['), sum = 214053502",
        "UPDATE fact SET sum = NULL",
        "DELETE FROM fact",
        "DELETE FROM record",
        "INSERT INTO fact SELECT 'proposals/4.yaml', facts, sum FROM fact WHERE path = 'proposals/1.yaml'",
        "ALTER TABLE fact ADD COLUMN other",
    ],
)
def test_facts_that_were_damaged_are_taken_anew(statement: str, desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED, "2")
    first = report(desk).as_json()
    damage(kept(desk), statement)

    for _ in range(2):  # the second time from what was made anew
        assert report(desk).as_json() == first
    assert read_for(desk) == []


@pytest.mark.usefixtures("lasting")
def test_a_list_does_without_the_facts_of_reports(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    report(desk)
    damage(kept(desk), "DROP TABLE fact")
    desk.write(HANDED, "1")

    for _ in range(2):
        assert [one.words["阶段"] for one in overview(desk, "2025-05-06").standings] == ["已交办"]
    assert report(desk).overall.counts["已办复"] == 0


def test_facts_go_with_their_record(desk: Desk) -> None:
    path, _ = desk.write(ANSWERED, "1"), desk.write(HANDED, "2")
    report(desk)
    path.unlink()

    assert numbers(report(desk)) == ["2"]
    with closing(sqlite3.connect(kept(desk))) as connection:
        assert connection.execute("SELECT path FROM fact").fetchall() == [("proposals/2.yaml",)]


@pytest.mark.usefixtures("lasting")
def test_a_list_made_at_the_same_time_takes_no_record_out_of_a_report(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED, "2")
    real = Memory.facts

    def facts(memory: Memory) -> Iterator[list[tuple[str, str]]]:
        monkeypatch.setattr(Memory, "facts", real)
        desk.write(ANSWERED + "# 1", "1")
        overview(desk, "2025-05-06")  # it looks at what has changed, and keeps no facts of it
        return real(memory)

    monkeypatch.setattr(Memory, "facts", facts)
    assert numbers(report(desk)) == ["1", "2"]
    assert read_for(desk) == ["1"]  # the other one is still in the index


@pytest.mark.parametrize("content", [b"not a database", b"", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_spoilt_index_costs_a_report_nothing_but_time(content: bytes, desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    first = report(desk).as_json()
    kept(desk).write_bytes(content)

    assert report(desk).as_json() == first


def test_a_record_that_is_spoilt_while_the_report_is_made_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = desk.write(ANSWERED, "1"), desk.write(HANDED, "2")
    real = Overview.load

    def load(overview: Overview, name: str) -> Case:
        path.write_text("案号: [\n", encoding="utf-8")
        return real(overview, name)

    monkeypatch.setattr(Overview, "load", load)
    found, problems = account(desk.workspace, calendar_of(desk.workspace), Choice(date(2025, 6, 1)))

    assert numbers(found) == []
    assert [problem.file for problem in problems] == [str(path)]


def test_faults_are_those_of_reading_every_record(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(ANSWERED, "甲", record=records.RECORD.replace("143069", "1"))  # the number of another one
    desk.write("案由: 写了两遍\n", "3")
    desk.write("答复: {正文文件: 没有.txt}\n", "4")
    (desk.folder / "proposals/5.yml").write_text("", encoding="utf-8")

    agree(desk, Choice(TODAY), Choice(date(2025, 6, 1)))
    assert len(account(desk.workspace, calendar_of(desk.workspace), Choice(TODAY))[1]) == 4


# the third leads two, one of which was handed over later; 乙's number is given to 甲 too
LEADS = "并案: ['143070', '143071']\n" + ANSWERED + "  - {日期: 2025-09-01, 环节: 跟踪, 下次日期: 2025-12-01}\n"
PARTS = (
    "",
    HANDED,
    ANSWERED,
    LEADS,
    "角色: 主办\n会办单位: [市财政局]\n" + HANDED.replace("2025-11", "2024-12"),
    "办理过程: [{日期: 2025-07-01, 环节: 交办}]\n",
    "办理过程: [{日期: 2025-07-01, 环节: 交办}, {日期: 2026-01-05, 环节: 重办}]\n",
    "案由: 写了两遍\n",
    "答复: {正文文件: 正文.txt}\n" + HANDED,
)
EDIT = st.tuples(
    st.sampled_from(["write", "replace", "delete", "rename", "list", "report", "clock", "body"]),
    st.sampled_from(FILES),
    st.sampled_from(PARTS),
)
ASKED = st.lists(
    st.builds(
        Choice,
        st.sampled_from([TODAY, *(date(2025, *day) for day in ((1, 1), (3, 5), (6, 5), (7, 1), (9, 1), (11, 20)))]),
        st.sampled_from([None, None, 2024, 2025]),
        st.sampled_from([(), (), ("阶段=已交办",), ("灯!=",), ("待会办!=",), ("科室=市场科", "暂定=否"), ("满意",)]),
    ),
    min_size=1,
    max_size=4,
)


def change(desk: Desk, kind: str, name: str, more: str) -> None:
    """Do to a file what an editor, a synchronisation or a clerk does to it, or look at all of them."""
    if kind == "list":
        overview(desk, "2025-05-06")
    elif kind == "report":
        report(desk)
    elif kind == "body":
        (desk.folder / "proposals/正文.txt").write_text(f"办了{len(more)}件。", encoding="utf-8")
    else:
        edit(desk.folder, kind, name, more)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDIT, max_size=8), ASKED)
def test_after_any_edits_reports_say_what_the_files_do(
    desk: Desk, edits: list[tuple[str, str, str]], asked: list[Choice]
) -> None:
    for one in edits:
        change(desk, *one)

    agree(desk, *asked)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDIT, max_size=8), ASKED)
@pytest.mark.usefixtures("lasting")
def test_after_edits_that_show_what_is_kept_for_reports_holds(
    desk: Desk, edits: list[tuple[str, str, str]], asked: list[Choice]
) -> None:
    for moment, (name, more) in enumerate(zip(FILES, (LEADS, ANSWERED, HANDED, PARTS[5]), strict=True), 1):
        written(desk, "write", name, more, moment)
    report(desk)
    for moment, (kind, name, more) in enumerate(edits, 10):
        written(desk, kind, name, more, moment)
        report(desk)

    agree(desk, *asked)


def written(desk: Desk, kind: str, name: str, more: str, moment: int) -> None:
    """Change a file; what is written in place at one moment cannot be told apart, so each has a moment of its own."""
    change(desk, kind, name, more)
    path = desk.folder / ("proposals/正文.txt" if kind == "body" else f"proposals/{name}.yaml")
    if kind in ("write", "body"):
        os.utime(path, ns=(moment, moment))


# --- 办理情况报告


def said(data: bytes) -> list[str]:
    return [line for line in readback.paragraphs(data) if line]


def test_the_paper_takes_every_number_from_the_figures(desk: Desk) -> None:
    desk.write(ANSWERED, "1")
    desk.write(HANDED.replace("11-20", "03-20"), "2")
    lines = said(docx(report(desk, year=2025), desk.composer(), TODAY))

    assert "东河市商务局2025年提案建议办理情况报告" in "".join(lines)  # the title takes two lines
    text = "\n".join(lines)
    for words in (
        "现将我局提案、建议办理情况（2025年交办的件，截至2025年12月31日）报告如下。",
        "共收到2件，其中提案2件；独办2件。",
        "应由我局答复的2件，已办复1件，办复率50.0%；按时率50.0%（1/2），其中获准延期0件，按原期限计算的按时率50.0%。",
        "沟通率50.0%（1/2），其中当面沟通的见面率50.0%（1/2）。",
        "收到征询意见表1份，其中满意0份、基本满意1份、不满意0份，满意率（满意加基本满意，占收到的份数）100.0%；反馈率100.0%（1/1）。",
        "已办复的1件，办理结果如下：",
        "逾期未办的1件；逾期未办和逾期办理的列表如下：",
        "答复定为B、C的1件，已经跟踪0件，跟踪率0.0%；再次答复转为A的0件，转A率0.0%。",
        "2026年1月5日",
    ):
        assert words in text
    assert [line for line in lines if re.match("[一二三四五六]、", line)] == [
        *("一、总体情况", "二、沟通和满意情况", "三、办理结果和公开情况", "四、逾期情况", "五、承诺事项落实情况")
    ]


def test_nothing_to_report_is_said_without_gaps(desk: Desk) -> None:
    lines = said(docx(report(desk), desk.composer(), TODAY))

    assert "没有逾期的件。" in lines
    assert not [line for line in lines if "【缺" in line or "None" in line]


def test_markup_in_the_data_neither_breaks_a_table_nor_disappears(desk: Desk) -> None:
    desk.write("科室: a|b\n" + HANDED.replace("11-20", "03-20"), record=RECORD_WITH_MARKUP)
    lines = said(docx(report(desk), desk.composer(), TODAY))

    assert lines.count("a｜b") == 2  # in the table of 科室 and among what is late
    assert "＊＊一、夜市＊＊" in lines


RECORD_WITH_MARKUP = "案号: 143069\n届次: 三次会议\n案由: '**一、夜市**'\n提案人: [林晓]\n"


def test_the_same_figures_give_the_same_bytes(desk: Desk) -> None:
    desk.write(ANSWERED)

    assert docx(report(desk), desk.composer(), TODAY) == docx(report(desk), desk.composer(), TODAY)


def test_an_office_may_change_single_blocks_of_the_report(desk: Desk) -> None:
    path = desk.folder / "templates/办理情况报告.j2"
    path.parent.mkdir()
    block = "{% block 正文 %}办复{{ 统计.件数.已办复 }}件。{% endblock %}"
    path.write_text('{% extends "标准/办理情况报告.j2" %}\n' + block, encoding="utf-8")
    desk.write(ANSWERED)

    assert "办复1件。" in said(docx(report(desk), desk.composer(), TODAY))


def test_a_word_that_the_figures_do_not_have_stops_the_report_with_its_line(desk: Desk) -> None:
    path = desk.folder / "templates/办理情况报告.j2"
    path.parent.mkdir()
    path.write_text("{% block 标题 %}{{ 统计.比率.办结率 }}{% endblock %}\n", encoding="utf-8")

    with pytest.raises(UnusableError, match=r"办理情况报告\.j2:1: 标题 “办结率”不是字段"):
        docx(report(desk), desk.composer(), TODAY)


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_the_paper_opens_and_its_pages_show_the_tables(desk: Desk) -> None:
    for number in range(30):
        desk.write(ANSWERED.replace("市场科", f"第{number}科"), str(number))
    shown = pages(preview.pdf(docx(report(desk), desk.composer(), TODAY)))

    whole = "".join("".join(page.split()) for page in shown)
    assert len(shown) > 3
    assert all(f"第{number}科" in whole for number in range(30))
    assert "附件统计口径" in whole
