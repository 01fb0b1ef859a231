from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu import preview, readback
from dafu.desk.case import calendar_of
from dafu.desk.report import account, chosen, docx
from dafu.errors import UnusableError, WrongUsageError
from dafu.readback.pdf import pages
from dafu.terms import Step

if TYPE_CHECKING:
    from dafu.report import Account
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
