from __future__ import annotations

import pytest

from dafu.archive.parts import Part, lacking, recognised
from dafu.terms import Role
from records import proposal_of

ISSUED = """
    办理过程:
      - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
      - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
      - {日期: 2025-04-20, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-04-21, 环节: 印发, 发文字号: 东商〔2025〕67号}
      - {日期: 2025-04-22, 环节: 送达, 对象: 林晓}
      - {日期: 2025-04-28, 环节: 反馈, 对象: 林晓, 整体: 满意}
"""
USUAL = [Part.LETTER, Part.ASSIGNMENT, Part.PROPOSAL, Part.TALKS, Part.DRAFT_SHEET, Part.FEEDBACK]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("143069交办单.pdf", Part.ASSIGNMENT),
        ("关于交办市政协提案的通知.pdf", Part.ASSIGNMENT),
        ("提案原件.pdf", Part.PROPOSAL),
        ("建议原文.docx", Part.PROPOSAL),
        ("面商照片.jpg", Part.TALKS),
        ("沟通记录.txt", Part.TALKS),
        ("市财政局会办意见.pdf", Part.OPINION),
        ("发文稿纸.tif", Part.DRAFT_SHEET),
        ("征询意见表-林晓.pdf", Part.FEEDBACK),
        ("对143069号提案的答复.pdf", Part.LETTER),
        ("扫描0012.pdf", None),
    ],
)
def test_a_file_is_recognised_by_the_words_of_its_name(name: str, part: Part | None) -> None:
    assert recognised(name, Role.SOLE) is part


def test_where_we_assist_the_opinion_is_our_own_letter() -> None:
    assert recognised("会办意见.pdf", Role.ASSIST) is Part.LETTER


def test_what_is_due_follows_the_role_and_what_happened() -> None:
    assert lacking(proposal_of(ISSUED), []) == [str(part) for part in USUAL]
    assert lacking(proposal_of(ISSUED), USUAL) == []
    assert lacking(proposal_of("角色: 参阅\n"), []) == ["交办单", "提案原件"]
    assist = proposal_of("角色: 会办\n主办单位: 市城管局\n" + ISSUED.replace("\n    ", "\n"))
    assert lacking(assist, []) == ["正本", "交办单", "提案原件", "发文稿纸"]


def test_opinions_are_due_where_they_came_in_and_not_where_they_were_waived() -> None:
    lead = "角色: 主办\n会办单位: [市财政局]\n办理过程:\n  - {日期: 2025-03-05, 环节: 会办意见, 单位: 市财政局%s}\n"
    assert "会办意见" in lacking(proposal_of(lead % ""), [])
    assert "会办意见" not in lacking(proposal_of(lead % ", 免: 无意见"), [])


def test_a_second_round_wants_a_second_letter() -> None:
    again = (
        ISSUED
        + """\
      - {日期: 2025-05-06, 环节: 重办}
      - {日期: 2025-05-20, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-05-21, 环节: 印发, 发文字号: 东商〔2025〕80号}
"""
    )
    assert lacking(proposal_of(again), USUAL) == ["正本（共2份，再次答复也要）"]
    assert lacking(proposal_of(again), [*USUAL, Part.LETTER]) == []
