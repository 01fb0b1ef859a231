"""Which papers are drafted for a record, in how many copies, and under which names."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from dafu.errors import RefusedError
from dafu.terms import Paper

if TYPE_CHECKING:
    from dafu.desk.draft import Drafted
    from desk.conftest import Desk

ASSIGNED = "办理过程:\n  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}\n"
LEAD = "角色: 主办\n会办单位: [市财政局, 市城管局]\n"
DRAFTED = f"{ASSIGNED}  - {{日期: 2025-05-06, 环节: 拟稿}}\n"


def names(some: list[Drafted]) -> list[str]:
    return [drafted.path.name for drafted in some]


def words(drafted: Drafted) -> set[str]:
    """Return what the cells of the form say."""
    (table,) = docx.Document(BytesIO(drafted.docx)).tables
    return {cell.text for row in table.rows for cell in row.cells}


def write(desk: Desk, more: str = "", number: str = "143069", proposers: str = "提案人: [林晓]") -> None:
    path = desk.write(number=number)
    text = path.read_text(encoding="utf-8").replace("提案人: [林晓]", proposers)
    path.unlink()
    desk.write(more, number, record=text)


# --- copies and their names


@pytest.mark.parametrize("paper", [paper for paper in Paper if paper is not Paper.FEEDBACK_FORM])
def test_any_paper_can_be_drafted_under_its_own_name(desk: Desk, paper: Paper) -> None:
    desk.write(ASSIGNED)

    assert names(desk.papers(str(paper))) == [f"{paper}.docx"]


@pytest.mark.parametrize(
    ("more", "paper", "told"),
    [
        ("", "会办意见", "该写答复，不是会办意见"),
        ("", "建议答复", "该写答复，不是建议答复"),
        ("类别: 建议\n", "答复", "该写建议答复，不是答复"),
        ("", "再次答复", "该写答复，不是再次答复"),
        (f"{DRAFTED}  - {{日期: 2025-05-07, 环节: 重办}}\n", "答复", "该写再次答复，不是答复"),
        ("角色: 会办\n主办单位: 市民政局\n", "征询意见表", "会办件不直接答复提案人"),
        ("", "征求会办", "没有会办单位"),
        ("角色: 参阅\n", "延期申请", "参阅件不用写延期申请"),
    ],
)
def test_a_paper_that_does_not_belong_to_the_record_is_told(desk: Desk, more: str, paper: str, told: str) -> None:
    desk.write(more)

    (drafted,) = desk.papers(paper)
    assert told in drafted.finding


@pytest.mark.parametrize(
    ("more", "paper"),
    [
        ("", "答复"),
        ("", "内部交办单"),
        ("", "征询意见表"),
        ("角色: 参阅\n", "退办申请"),
        ("角色: 会办\n主办单位: 市民政局\n", "会办意见"),
        ("类别: 建议\n", "建议答复"),
        (LEAD, "催办单"),
        (f"{DRAFTED}  - {{日期: 2025-05-07, 环节: 重办}}\n", "再次答复"),
    ],
)
def test_a_paper_in_its_place_is_drafted_without_a_word(desk: Desk, more: str, paper: str) -> None:
    desk.write(more)

    assert {drafted.finding for drafted in desk.papers(paper)} == {""}


def test_names_that_a_disk_would_take_for_one_have_files_of_their_own(desk: Desk) -> None:
    write(desk, proposers="提案人: [Anna, ANNA, Ａnna, anna（2）]")

    assert names(desk.papers("征询意见表")) == [
        "征询意见表-Anna.docx",
        "征询意见表-ANNA（2）.docx",
        "征询意见表-Ａnna（3）.docx",
        "征询意见表-anna（2）（2）.docx",
    ]


def test_every_proposer_has_a_form_with_the_name_on_it(desk: Desk) -> None:
    write(desk, proposers="提案人: [林晓, {团体: 民建东河市委员会}]")
    forms = desk.papers("征询意见表")

    assert names(forms) == ["征询意见表-林晓.docx", "征询意见表-民建东河市委员会.docx"]
    assert "林晓" in words(forms[0])
    assert "民建东河市委员会" in words(forms[1])


def test_two_of_one_name_and_names_that_no_file_can_bear_have_files_of_their_own(desk: Desk) -> None:
    write(desk, proposers='提案人: [林晓, 林晓, "艾力/买买提"]')

    assert names(desk.papers("征询意见表")) == [
        "征询意见表-林晓.docx",
        "征询意见表-林晓（2）.docx",
        "征询意见表-艾力_买买提.docx",
    ]


def test_every_assisting_unit_is_asked_with_its_own_due_date(desk: Desk) -> None:
    asked = "  - {日期: 2025-03-11, 环节: 征求会办, 单位: 市财政局, 期限: 2025-04-14}\n"
    desk.write(f"{LEAD}{ASSIGNED}{asked}  - {{日期: 2025-03-12, 环节: 征求会办, 单位: 市城管局}}\n")
    drafted = desk.papers("征求会办")

    assert names(drafted) == ["征求会办-市财政局.docx", "征求会办-市城管局.docx"]
    said = ["\n".join(one.text for one in docx.Document(BytesIO(one.docx)).paragraphs) for one in drafted]
    assert "于2025年4月14日前送我局" in said[0]
    assert "于2025年4月12日前送我局" in said[1], "the office's rule: one month from 征求会办"


def test_only_units_that_owe_their_opinion_are_reminded_and_then_the_section(desk: Desk) -> None:
    given = "  - {日期: 2025-04-10, 环节: 会办意见, 单位: 市财政局}\n"
    desk.write(f"{LEAD}{ASSIGNED}{given}")
    assert names(desk.papers("催办单")) == ["催办单-市城管局.docx"]

    desk.write(f"{LEAD}{ASSIGNED}{given}{given.replace('市财政局', '市城管局')}科室: 市场科\n")
    (drafted,) = desk.papers("催办单")
    assert drafted.path.name == "催办单.docx"
    assert "市场科" in words(drafted)


def test_an_extension_is_asked_for_with_the_due_day_of_the_main_clock(desk: Desk) -> None:
    """The office's rule: three months from 交办."""
    desk.write(ASSIGNED)
    (drafted,) = desk.papers("延期申请")

    said = "".join(one.text for one in docx.Document(BytesIO(drafted.docx)).paragraphs)
    assert "应于2025年6月5日前答复" in said
    assert "2026年1月5日" in said, "the day of drafting"
    assert drafted.missing == ("发文字号", "经办人", "至", "理由")


def test_numbers_handled_together_have_their_own_letters_and_one_sheet(desk: Desk) -> None:
    desk.write(f"并案: ['143070']\n{ASSIGNED}")
    desk.write(number="143070")

    assert names(desk.papers("延期告知")) == ["延期告知.docx", "延期告知-143070.docx"]
    assert names(desk.papers("征询意见表")) == ["征询意见表-林晓.docx", "征询意见表-143070-林晓.docx"]
    assert names(desk.papers("发文稿纸")) == ["发文稿纸.docx"]


def test_the_sheet_bears_the_title_of_the_letter_that_the_office_writes(desk: Desk) -> None:
    desk.write(ASSIGNED)
    (desk.folder / "templates").mkdir()
    text = '{% extends "标准/答复.j2" %}\n{% block 标题 %}关于夜市的复函{% endblock %}\n'
    (desk.folder / "templates/答复.j2").write_text(text, encoding="utf-8")

    assert "关于夜市的复函" in words(desk.papers("发文稿纸")[0])


def test_a_form_edited_by_hand_is_not_overwritten(desk: Desk) -> None:
    desk.write(ASSIGNED)
    path = desk.papers("内部交办单")[0].path
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(RefusedError, match="改动过"):
        desk.papers("内部交办单")
    assert names(desk.papers("内部交办单", new=True)) == ["内部交办单-2.docx"]


# --- 全部: the usual papers of role and stage


@pytest.mark.parametrize(
    ("more", "usual"),
    [
        (ASSIGNED, ["内部交办单.docx"]),
        (LEAD + ASSIGNED, ["内部交办单.docx", "征求会办-市财政局.docx", "征求会办-市城管局.docx"]),
        (
            f"{ASSIGNED}  - {{日期: 2025-05-20, 环节: 延期, 至: 2025-07-01, 理由: 未完, 批准单位: 督查室}}\n",
            ["内部交办单.docx", "延期告知.docx"],
        ),
        (f"{ASSIGNED}  - {{日期: 2025-03-07, 环节: 退办, 理由: 不属我局职责}}\n", ["退办申请.docx"]),
        (DRAFTED, ["答复.docx", "发文稿纸.docx", "征询意见表-林晓.docx"]),
        (f"类别: 建议\n{DRAFTED}", ["建议答复.docx", "发文稿纸.docx", "征询意见表-林晓.docx"]),
        (f"角色: 会办\n主办单位: 市住建局\n{ASSIGNED}", ["内部交办单.docx"]),
        (f"角色: 会办\n主办单位: 市住建局\n{DRAFTED}", ["会办意见.docx", "发文稿纸.docx"]),
        (f"角色: 参阅\n{ASSIGNED}", ["内部交办单.docx"]),
        (
            f"{DRAFTED}  - {{日期: 2025-09-05, 环节: 重办}}\n",
            ["再次答复-再1.docx", "发文稿纸-再1.docx", "征询意见表-林晓-再1.docx"],
        ),
        (
            f"{DRAFTED}  - {{日期: 2025-09-05, 环节: 跟踪}}\n  - {{日期: 2025-12-05, 环节: 拟稿}}\n",
            ["再次答复-再1.docx", "发文稿纸-再1.docx", "征询意见表-林晓-再1.docx"],
        ),
    ],
)
def test_the_usual_papers_follow_from_role_and_stage(desk: Desk, more: str, usual: list[str]) -> None:
    desk.write(more)

    assert names(desk.papers("全部")) == usual


def test_numbers_handled_together_have_the_usual_papers_that_are_each_ones_own(desk: Desk) -> None:
    desk.write(f"并案: ['143070']\n{DRAFTED}")
    desk.write(number="143070")

    assert names(desk.papers("全部")) == [
        "答复.docx",
        "发文稿纸.docx",
        "征询意见表-林晓.docx",
        "答复-143070.docx",
        "征询意见表-143070-林晓.docx",
    ]


def test_where_nothing_is_handled_any_more_there_is_no_usual_paper(desk: Desk) -> None:
    desk.write(f"{ASSIGNED}  - {{日期: 2025-03-07, 环节: 撤案, 理由: 提案人要求}}\n")

    with pytest.raises(RefusedError, match="143069：已撤案，没有要写的"):
        desk.papers("全部")


# --- the second round


def test_a_later_reply_is_composed_from_its_own_round_and_names_the_first(desk: Desk) -> None:
    desk.write("""
        答复: {发文字号: 东商〔2025〕7号, 成文日期: 2025-05-26}
        再次答复: [{正文: 重新研究的结果。}]
        办理过程:
          - {日期: 2025-06-06, 环节: 重办}
    """)
    drafted = desk.draft()

    said = "".join(one.text for one in docx.Document(BytesIO(drafted.docx)).paragraphs)
    assert drafted.path.name == "再次答复-再1.docx"
    assert "我局已于2025年5月26日以东商〔2025〕7号答复。收到您的反馈意见后，" in said
    assert "重新研究的结果。" in said


def test_an_opinion_of_a_later_round_stays_an_opinion(desk: Desk) -> None:
    desk.write("角色: 会办\n主办单位: 市住建局\n办理过程: [{日期: 2025-06-06, 环节: 重办}]\n")

    assert desk.draft().path.name == "会办意见-再1.docx"
