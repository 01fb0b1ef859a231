from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu import store
from dafu.desk.check import Proofreading
from dafu.errors import Severity, UnusableError
from dafu.workdays import Calendar
from records import RECORD

if TYPE_CHECKING:
    from dafu.errors import Problem
    from desk.conftest import Desk

TODAY = date(2026, 1, 5)
SIGNED = """
    答复: {正文: 已经开放。, 联系人: [麻东]}
    办理过程:
      - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
"""


def found(desk: Desk) -> list[Problem]:
    everything, problems = store.load(desk.workspace)
    assert problems == []
    proofreading = Proofreading(desk.workspace, desk.composer(), everything, Calendar(), TODAY)
    return proofreading.findings(desk.record())


def missing(desk: Desk) -> list[Problem]:
    return [problem for problem in found(desk) if problem.code == "L101"]


def test_before_signing_what_is_missing_is_only_a_notice(desk: Desk) -> None:
    desk.write("答复: {正文: 已经开放。, 联系人: [麻东]}\n")

    assert {problem.field for problem in missing(desk)} == {
        "答复.发文字号",
        "答复.签发人",
        "答复.办理结果",
        "答复.成文日期",
        "答复.印发日期",
    }
    assert {problem.severity for problem in missing(desk)} == {Severity.NOTICE}


@pytest.mark.parametrize("later", ["印发, 发文字号: 东商〔2025〕7号", "送达, 对象: 林晓", "办结"])
def test_from_signing_on_what_is_missing_is_an_error(desk: Desk, later: str) -> None:
    desk.write(f"{SIGNED}      - {{日期: 2025-08-27, 环节: {later}}}\n")

    assert {problem.severity for problem in missing(desk)} == {Severity.ERROR}
    assert "答复.签发人" not in {problem.field for problem in missing(desk)}


def test_what_is_missing_after_signing_stands_at_the_line_of_its_reply(desk: Desk) -> None:
    path = desk.write(SIGNED)

    problem = next(one for one in missing(desk) if one.field == "答复.发文字号")
    assert (problem.file, problem.line) == (str(path), 5)


def test_what_a_later_round_misses_stands_in_its_own_reply(desk: Desk) -> None:
    desk.write("""
        答复: {正文: 已经开放。, 联系人: [麻东]}
        再次答复:
          - {正文: 再次研究。}
        办理过程:
          - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
          - {日期: 2025-09-05, 环节: 重办}
    """)

    problem = next(one for one in missing(desk) if one.field.endswith("签发人"))
    assert (problem.field, problem.line) == ("再次答复.1.签发人", 7)
    assert problem.severity is Severity.NOTICE


def test_a_value_outside_the_reply_is_named_by_its_own_key(desk: Desk) -> None:
    desk.write(SIGNED)
    (desk.folder / "templates").mkdir()
    text = '{% extends "标准/答复.j2" %}\n{% block 附注 %}{{ 分类 }}{% endblock %}\n'
    (desk.folder / "templates/答复.j2").write_text(text, encoding="utf-8")

    assert "分类" in {problem.field for problem in missing(desk)}


def test_a_paper_that_is_only_to_be_read_has_no_letter_to_check(desk: Desk) -> None:
    desk.write("角色: 参阅\n")

    assert found(desk) == []


@pytest.mark.parametrize("end", ["撤案, 理由: 提案人撤回", "退办结果, 结果: 同意"])
def test_a_paper_that_is_over_without_an_answer_misses_nothing(desk: Desk, end: str) -> None:
    handed_back = "  - {日期: 2025-03-06, 环节: 退办, 理由: 不属本局职责}\n"
    desk.write(f"办理过程:\n  - {{日期: 2025-03-05, 环节: 交办}}\n{handed_back}  - {{日期: 2025-03-10, 环节: {end}}}\n")

    assert missing(desk) == []


def test_a_template_that_cannot_be_used_stops_the_check_of_its_record(desk: Desk) -> None:
    desk.write()
    (desk.folder / "templates").mkdir()
    (desk.folder / "templates/答复.j2").write_text("{% block 标题 %}{{ 届 }}{% endblock %}", encoding="utf-8")

    with pytest.raises(UnusableError, match="“届”不是字段"):
        found(desk)


def test_a_value_that_an_event_says_otherwise_is_an_error_at_the_reply(desk: Desk) -> None:
    desk.write(
        """
        答复: {签发人: 李沐, 成文日期: 2025-08-26, 发文字号: 东商〔2025〕8号}
        办理过程:
          - {日期: 2025-08-25, 环节: 签发, 签发人: 周明远}
          - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕8号}
        """
    )

    differing = [problem for problem in found(desk) if problem.code == "L107"]
    assert [(problem.field, problem.severity) for problem in differing] == [
        ("答复.签发人", Severity.ERROR),
        ("答复.成文日期", Severity.ERROR),
    ]
    assert "李沐" in differing[0].message
    assert "周明远" in differing[0].message


BODY = """
    建议事项: [增设公厕]
    答复:
      正文: |
        我局已经研究。
        一、关于增设公厕
        增设公厕6座,都已开放。
      联系人: [麻东]
"""


def test_a_fault_of_language_stands_at_the_line_of_its_paragraph(desk: Desk) -> None:
    desk.write(BODY)

    (problem,) = (one for one in found(desk) if one.code == "H201")
    assert (problem.field, problem.line) == ("答复.正文", 10)


def test_a_fault_in_a_body_of_its_own_file_is_told_by_the_paragraph_of_the_letter(desk: Desk) -> None:
    desk.write("答复: {正文文件: 正文.txt}\n")
    (desk.folder / "proposals/正文.txt").write_text("我局已经研究。\n增设公厕6座,都已开放。\n", encoding="utf-8")

    (problem,) = (one for one in found(desk) if one.code == "H201")
    assert problem.field == "答复件第3段"  # behind the opening


def test_the_lead_of_a_merged_paper_answers_its_asks_too(desk: Desk) -> None:
    desk.write(f"{BODY}    并案: ['143070']\n")
    desk.write("建议事项: [增设公厕, 整修人行道]\n", "143070")

    unanswered = [one for one in found(desk) if one.code == "L282"]
    assert ["整修人行道" in one.message for one in unanswered] == [True]
    assert unanswered[0].field == "并案"


def test_a_merged_paper_that_is_answered_is_left_alone(desk: Desk) -> None:
    desk.write(f"{BODY}    并案: ['143070']\n")
    desk.write("建议事项: [多建公厕]\n", "143070")

    assert [one for one in found(desk) if one.code in ("L281", "L282")] == []


def test_a_talk_with_a_proposer_of_a_merged_paper_is_a_talk_with_a_known_person(desk: Desk) -> None:
    talk = "办理过程: [{日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}]\n"
    desk.write(f"并案: ['143070']\n{talk.replace('林晓', '程舟')}")
    desk.write("", "143070", record=RECORD.replace("林晓", "程舟"))

    assert [one for one in found(desk) if one.code == "L261"] == []


def test_one_that_is_merged_has_no_letter_to_be_checked(desk: Desk) -> None:
    desk.write(BODY)
    desk.write("并案: ['143069']\n", "143070")

    assert found(desk) == []


def together(desk: Desk, *numbers: str) -> list[Problem]:
    everything = store.load(desk.workspace)[0]
    proofreading = Proofreading(desk.workspace, desk.composer(), everything, Calendar(), TODAY)
    return list(proofreading.together([desk.record(number) for number in numbers]))


ISSUED = "办理过程: [{日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}]\n"


def test_a_number_on_two_papers_is_found_from_either_and_from_no_third(desk: Desk) -> None:
    desk.write(ISSUED)
    desk.write(ISSUED, "143070")
    desk.write(ISSUED.replace("7号", "8号"), "143071")

    assert {problem.code for problem in together(desk, "143069")} == {"N201"}
    assert {problem.code for problem in together(desk, "143070")} == {"N201"}
    assert together(desk, "143071") == []


def test_a_broken_register_entry_is_told_to_the_paper_that_it_is_about(desk: Desk) -> None:
    desk.write(ISSUED)
    desk.write(ISSUED.replace("7号", "8号"), "143070")
    entry = desk.folder / "replies/发文登记/2025/东商-7.yaml"
    entry.parent.mkdir(parents=True)
    entry.write_text("不是登记\n", encoding="utf-8")

    assert [problem.file for problem in together(desk, "143069")] == [str(entry)]
    assert together(desk, "143070") == []
