"""What an edited letter says otherwise than its record, and how its body comes back into it."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from dafu import store
from dafu.desk.compare import Comparison, Taken, accept, compare
from dafu.errors import RefusedError
from dafu.store import Author

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk.conftest import Desk

CLERK = Author("周岚", "2026-01-05T09:00:00+08:00")
FIRST, SECOND, THIRD = "去年以来，夜市已有26处开放。", "一、关于增加摊位", "今年再增加12处摊位，九月底前完成。"
REPLY = f"""\
答复:
  发文字号: 东商〔2025〕67号
  签发人: 周明远
  办理结果: A
  公开: 主动公开
  成文日期: 2025-08-26
  印发日期: 2025-08-27
  正文: |
    {FIRST}
    {SECOND}
    {THIRD}
  附件: [征询意见表]
  联系电话: "60010023"
  联系人: [陆衡, 沈嘉]
"""


@pytest.fixture
def drafted(desk: Desk) -> Path:
    """Write the record and draft its letter; return the letter's file."""
    desk.write(REPLY)
    return desk.draft().path


def compared(desk: Desk, path: Path, number: str = "143069") -> Comparison:
    workspace, record = desk.workspace, desk.record(number)
    return compare(desk.composer(), workspace.office, record, store.lead_of(workspace, record), path)


def found(desk: Desk, path: Path, number: str = "143069") -> list[tuple[str, str, str, str]]:
    """Return code, place and both wordings of each difference."""
    differences = compared(desk, path, number).differences
    return [(one.problem.code, one.problem.field, one.ours, one.theirs) for one in differences]


def codes(desk: Desk, path: Path) -> list[str]:
    return [code for code, *_ in found(desk, path)]


def taken(desk: Desk, path: Path, *, dry: bool = False) -> Taken:
    workspace, record = desk.workspace, desk.record()
    return accept(workspace, record, store.lead_of(workspace, record), compared(desk, path), CLERK, dry=dry)


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    """Change the letter at *path* through python-docx, as a colleague changes it in Word."""
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def paragraph(document: Any, beginning: str) -> Any:
    return next(one for one in document.paragraphs if "".join(one.text.split()).startswith(beginning))


def element(one: Any) -> Any:
    return one._element  # noqa: SLF001 -- python-docx has no public way to move or delete a paragraph


def delete(one: Any) -> None:
    element(one).getparent().remove(element(one))


def put_before(place: Any, one: Any) -> None:
    element(place).addprevious(element(one))


def reworded(path: Path, old: str, new: str) -> Path:
    """Put *new* in place of *old*, in whichever paragraph or cell it stands, and keep the rest of its words."""

    def edit(document: Any) -> None:
        cells = [
            one for table in document.tables for row in table.rows for cell in row.cells for one in cell.paragraphs
        ]
        for one in [*document.paragraphs, *cells]:
            for run in one.runs:
                run.text = run.text.replace(old, new)

    return edited(path, edit)


# --- what is equal


def test_a_fresh_letter_equals_its_record(desk: Desk, drafted: Path) -> None:
    assert found(desk, drafted) == []


def test_a_letter_that_was_only_saved_again_equals_its_record(desk: Desk, drafted: Path) -> None:
    assert found(desk, edited(drafted, lambda _: None)) == []


def test_what_record_and_letter_both_lack_is_no_difference(desk: Desk) -> None:
    desk.write("答复:\n  正文: 已经办理。\n")

    assert found(desk, desk.draft().path) == []


# --- elements


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("东商〔2025〕67号", "东商〔2025〕76号", ("C104", "答复.发文字号", "东商〔2025〕67号", "东商〔2025〕76号")),
        ("周明远", "何静", ("C105", "答复.签发人", "周明远", "何静")),
        ("办理结果：A", "办理结果：B", ("C106", "答复.办理结果", "A", "B")),
        ("林晓委员", "林晓晓委员", ("C108", "称谓", "尊敬的林晓委员", "尊敬的林晓晓委员")),
        ("2025年8月26日", "2025年8月28日", ("C109", "答复.成文日期", "2025-08-26", "2025-08-28")),
        ("2025年8月27日", "2025年8月29日", ("C110", "答复.印发日期", "2025-08-27", "2025-08-29")),
    ],
)
def test_a_wrong_element_of_weight_is_an_error(
    desk: Desk, drafted: Path, old: str, new: str, expected: tuple[str, ...]
) -> None:
    (one,) = compared(desk, reworded(drafted, old, new)).differences

    assert (one.problem.code, one.problem.field, one.ours, one.theirs) == expected
    assert one.problem.severity.value == "错误"
    assert one.problem.file == str(drafted)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("市商务局办公室 60010023", "市商务局商贸科 60010023", ("C113", "市商务局办公室", "市商务局商贸科")),
        ("60010023", "60010024", ("C114", "60010023", "60010024")),
        ("沈嘉", "沈佳", ("C115", "陆衡、沈嘉", "陆衡、沈佳")),
        ("市政协提案委", "市政协提案委，市委督查室", ("C116", "市政协提案委", "市政协提案委、市委督查室")),
        ("附件：征询意见表", "附件：意见表", ("C117", "征询意见表", "意见表")),
        ("东河市商务局办公室", "东河市政府办公室", ("C119", "东河市商务局办公室", "东河市政府办公室")),
        ("东河市商务局文件", "东河市文旅局文件", ("C120", "东河市商务局文件", "东河市文旅局文件")),
    ],
)
def test_another_element_is_a_warning(desk: Desk, drafted: Path, old: str, new: str, expected: tuple[str, ...]) -> None:
    (one,) = compared(desk, reworded(drafted, old, new)).differences

    assert (one.problem.code, one.ours, one.theirs) == expected
    assert one.problem.severity.value == "警告"


def test_a_value_that_a_step_gave_is_to_be_changed_in_the_history(desk: Desk) -> None:
    signed = "办理过程:\n  - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}\n"
    desk.write(REPLY.replace("  签发人: 周明远\n", "") + signed)
    (one,) = compared(desk, reworded(desk.draft().path, "周明远", "何静")).differences

    assert one.problem.cure == "以文件为准，在记录的办理过程里改“签发”那一行；以记录为准，改文件"


def test_a_value_of_the_reply_is_set_by_a_command_that_is_spelt_out(desk: Desk, drafted: Path) -> None:
    (one,) = compared(desk, reworded(drafted, "沈嘉", "沈佳")).differences

    assert one.problem.cure == "以文件为准，dafu set 143069 答复.联系人=陆衡、沈佳；以记录为准，改文件"


def test_a_number_that_was_typed_into_the_letter_is_missed_in_the_record(desk: Desk) -> None:
    desk.write(REPLY.replace("  发文字号: 东商〔2025〕67号\n", ""))
    path = reworded(desk.draft().path, "【缺：发文字号】", "东商〔2025〕67号")

    assert found(desk, path) == [("C104", "答复.发文字号", "", "东商〔2025〕67号")]


def test_an_element_that_was_deleted_is_missed_in_the_file(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        delete(paragraph(document, "联系人"))

    assert found(desk, edited(drafted, edit)) == [("C115", "答复.联系人", "陆衡、沈嘉", "")]


def test_words_that_are_no_element_are_told_too(desk: Desk, drafted: Path) -> None:
    path = edited(drafted, lambda document: paragraph(document, "附件").insert_paragraph_before("另附光盘一张"))

    assert found(desk, path) == [("C126", "", "", "另附光盘一张")]


@pytest.mark.usefixtures("drafted")
def test_the_letter_of_another_case_is_an_error_before_all_else(desk: Desk) -> None:
    desk.write(REPLY.replace("67号", "70号"), "143070")
    other = desk.draft("143070").path
    first, *others = found(desk, other)

    assert first == ("C101", "案号", "143069", "143070")
    assert "C104" in {code for code, *_ in others}
    assert not {"C122", "C123", "C124"} & {code for code, *_ in others}, "their bodies are two"
    with pytest.raises(RefusedError, match="另一件"):
        taken(desk, other)


# --- the body


def test_a_changed_paragraph_shows_its_changed_characters(desk: Desk, drafted: Path) -> None:
    (one,) = compared(desk, reworded(drafted, "26处", "27处")).differences

    assert (one.problem.code, one.problem.field) == ("C122", "正文第1段")
    assert one.problem.message == "文件里改成了：去年以来，夜市已有〔-26-〕〔+27+〕处开放。"


def test_paragraphs_put_in_taken_out_and_moved_are_told_by_number(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        one = paragraph(document, "今年再增加")
        one.insert_paragraph_before("二、关于管理时间")
        delete(paragraph(document, "一、关于"))

    assert found(desk, edited(drafted, edit)) == [("C122", "正文第2段", SECOND, "二、关于管理时间")]
    desk.draft(new=True)
    path = drafted.with_name("答复-2.docx")

    def move(document: Any) -> None:
        put_before(paragraph(document, "去年以来"), paragraph(document, "今年再增加"))

    assert found(desk, edited(path, move)) == [("C125", "正文第3段", THIRD, THIRD)]


def test_a_paragraph_too_many_and_one_too_few_are_told(desk: Desk, drafted: Path) -> None:
    path = edited(drafted, lambda document: paragraph(document, "今年再增加").insert_paragraph_before("二、时间安排"))
    assert found(desk, path) == [("C123", "正文第3段", "", "二、时间安排")]

    def remove(document: Any) -> None:
        for beginning in ("二、时间", "今年再增加"):
            delete(paragraph(document, beginning))

    assert found(desk, edited(path, remove)) == [("C124", "正文第3段", THIRD, "")]


def test_opening_and_closing_are_the_templates_words(desk: Desk, drafted: Path) -> None:
    path = reworded(drafted, "现答复如下", "现函复如下")
    (one,) = compared(desk, reworded(path, "欢迎今后提出更多宝贵意见", "欢迎多提意见")).differences[:1]

    assert [place for _, place, *_ in found(desk, path)] == ["开头", "结尾"]
    assert "模板" in one.problem.cure


# --- taking the body back


def test_the_edited_body_becomes_the_records_and_a_new_draft_needs_no_new(desk: Desk, drafted: Path) -> None:
    reworded(drafted, "26处", "27处")
    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()

    taken(desk, drafted)

    assert desk.record().proposal.replies[0].body == f"{FIRST.replace('26', '27')}\n{SECOND}\n{THIRD}\n"
    assert desk.draft().path == drafted
    assert found(desk, drafted) == []


def test_only_the_body_changes_in_the_record(desk: Desk, drafted: Path) -> None:
    before = desk.record().text
    taken(desk, reworded(drafted, "26处", "27处"))

    assert desk.record().text == before.replace("26处", "27处")


def test_other_differences_stay_and_a_draft_over_them_is_refused(desk: Desk, drafted: Path) -> None:
    reworded(reworded(drafted, "26处", "27处"), "沈嘉", "沈佳")
    assert [one.problem.code for one in compared(desk, drafted).remaining] == ["C115"]

    taken(desk, drafted)

    assert codes(desk, drafted) == ["C115"]
    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()


def test_a_file_edited_again_after_it_was_taken_is_not_overwritten(desk: Desk, drafted: Path) -> None:
    taken(desk, reworded(drafted, "26处", "27处"))
    reworded(drafted, "27处", "28处")

    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()


def test_a_letter_that_was_only_saved_again_is_not_overwritten_until_it_was_taken(desk: Desk, drafted: Path) -> None:
    edited(drafted, lambda _: None)
    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()

    taken(desk, drafted)

    assert desk.draft().written


def test_what_was_missing_then_may_be_there_now(desk: Desk) -> None:
    without = re.sub("  (发文字号|签发人|成文日期|印发日期): .*\n", "", REPLY)
    desk.write(without)
    path = reworded(desk.draft().path, "26处", "27处")
    taken(desk, path)
    steps = """\
    办理过程:
      - {日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
      - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕67号}
    """
    record = desk.record()
    record.path.write_text(record.text + records.text_of(steps), encoding="utf-8")

    assert desk.draft().written


def test_a_rehearsal_changes_nothing(desk: Desk, drafted: Path) -> None:
    reworded(drafted, "26处", "27处")
    record = desk.record()
    done = taken(desk, drafted, dry=True)

    assert (done.path, done.old) == (record.path, record.text)
    assert "27处" in done.new
    assert desk.record().text == record.text
    with pytest.raises(RefusedError):
        desk.draft()


def test_the_body_of_a_file_of_its_own_is_written_there_with_its_own_line_ends(desk: Desk) -> None:
    body, old = desk.folder / "proposals" / "正文.txt", f"\ufeff{FIRST}\r\n{THIRD}\r\n".encode()
    body.write_bytes(old)
    desk.write(re.sub("  正文: .*?  附件", "  正文文件: 正文.txt\n  附件", REPLY, flags=re.DOTALL))
    before = desk.record().text
    path = reworded(desk.draft().path, "26处", "27处")

    done = taken(desk, path)
    assert done.path == body
    assert done.kept
    assert done.kept.read_bytes() == old
    assert body.read_bytes() == f"\ufeff{FIRST.replace('26', '27')}\r\n{THIRD}\r\n".encode()
    assert desk.record().text == before


def test_a_body_file_changed_meanwhile_stays_as_it_is(desk: Desk) -> None:
    body = desk.folder / "proposals" / "正文.txt"
    body.write_text(f"{FIRST}\n", encoding="utf-8")
    desk.write("答复: {正文文件: 正文.txt}\n")
    path = reworded(desk.draft().path, "26处", "27处")
    result, record = compared(desk, path), desk.record()
    body.write_text("别人的话。\n", encoding="utf-8")

    with pytest.raises(RefusedError, match="被改过"):
        accept(desk.workspace, record, None, result, CLERK, dry=False)
    assert body.read_text(encoding="utf-8") == "别人的话。\n"


def test_the_body_of_a_later_round_goes_to_its_own_reply(desk: Desk) -> None:
    steps = """\
    再次答复:
      - {正文: 已经重新研究。}
    办理过程:
      - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕67号}
      - {日期: 2025-08-28, 环节: 送达, 对象: 林晓}
      - {日期: 2025-09-05, 环节: 反馈, 对象: 林晓, 整体: 不满意}
      - {日期: 2025-09-06, 环节: 重办}
    """
    desk.write(REPLY)
    first = desk.draft().path
    record = desk.record()
    record.path.write_text(record.text + records.text_of(steps), encoding="utf-8")
    second = desk.draft().path

    assert found(desk, first) == [], "its number tells that it is the letter of the first round"
    with pytest.raises(RefusedError, match="以前一次"):
        taken(desk, reworded(first, "26处", "27处"))
    taken(desk, reworded(second, "重新研究", "认真研究"))
    assert desk.record().proposal.later_replies[0].body == "已经认真研究。\n"


def test_a_letter_that_was_delivered_takes_nothing_back(desk: Desk, drafted: Path) -> None:
    record = desk.record()
    sent = "办理过程:\n  - {日期: 2025-08-28, 环节: 送达, 对象: 林晓}\n"
    record.path.write_text(record.text + sent, encoding="utf-8")

    with pytest.raises(RefusedError, match="已送达"):
        taken(desk, reworded(drafted, "26处", "27处"))


def test_a_record_changed_meanwhile_stays_as_it_is(desk: Desk, drafted: Path) -> None:
    reworded(drafted, "26处", "27处")
    result, record = compared(desk, drafted), desk.record()
    record.path.write_text(record.text + "# 别人的话\n", encoding="utf-8")

    with pytest.raises(RefusedError, match="改过"):
        accept(desk.workspace, record, None, result, CLERK, dry=False)
    assert record.path.read_text(encoding="utf-8") == record.text + "# 别人的话\n"


def test_what_was_taken_can_be_taken_back(desk: Desk, drafted: Path) -> None:
    before = desk.record().text
    taken(desk, reworded(drafted, "26处", "27处"))
    store.undo(desk.workspace, desk.record(), CLERK, dry=False)

    assert desk.record().text == before
    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()


def test_paragraphs_that_a_program_numbers_are_refused(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        one = paragraph(document, "一、关于")
        one.runs[0].text = one.runs[0].text.replace("一、", "")
        properties = element(one).get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 1

    path = edited(drafted, edit)
    assert codes(desk, path) == ["C122", "C133"]
    with pytest.raises(RefusedError, match="自动编号"):
        taken(desk, path)


def test_a_letter_merged_into_another_is_compared_but_its_lead_has_the_body(desk: Desk) -> None:
    desk.write(REPLY + "并案: ['143070']\n")
    desk.write(number="143070")
    desk.draft()
    path = desk.folder / "replies/2026/143069/答复-143070.docx"
    workspace = desk.workspace
    from dafu.desk.draft import Drafting, draft
    from desk.conftest import TODAY

    list(draft(Drafting(workspace, desk.composer(), TODAY), desk.record(), None))

    assert found(desk, path, "143070") == []
    record = desk.record("143070")
    lead = store.lead_of(workspace, record)
    result = compared(desk, reworded(path, "26处", "27处"), "143070")
    with pytest.raises(RefusedError, match="并入 143069"):
        accept(workspace, record, lead, result, CLERK, dry=False)


def test_a_template_that_mixes_the_body_with_other_words_gives_nothing_back(desk: Desk) -> None:
    own = desk.folder / "templates"
    own.mkdir()
    mixed = '{% extends "标准/答复.j2" %}\n{% block 正文 %}经查，{{ 答复.正文 }}{% endblock %}\n'
    (own / "答复.j2").write_text(mixed, encoding="utf-8")
    desk.write("答复:\n  正文: 已经办理。\n")
    path = reworded(desk.draft().path, "已经办理", "正在办理")

    assert codes(desk, path) == ["C122"]
    with pytest.raises(RefusedError, match="分不开"):
        taken(desk, path)


def test_tracked_changes_are_told_and_taken_as_accepted(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        (run,) = paragraph(document, "去年以来").runs
        mark = {qn("w:id"): "9", qn("w:author"): "何静", qn("w:date"): "2025-08-20T09:30:00Z"}
        old, new = (OxmlElement(name, mark) for name in ("w:del", "w:ins"))
        before, after = deepcopy(element(run)), deepcopy(element(run))
        gone = OxmlElement("w:delText")
        gone.text = FIRST
        before.replace(before.find(qn("w:t")), gone)
        after.find(qn("w:t")).text = FIRST.replace("26", "27")
        old.append(before)
        new.append(after)
        element(run).addprevious(old)
        element(run).addprevious(new)
        element(run).getparent().remove(element(run))

    edited(drafted, edit)
    assert codes(desk, drafted) == ["C122", "C131", "C131"]

    taken(desk, drafted)
    assert codes(desk, drafted) == ["C131", "C131"]
    assert desk.draft().written
    assert found(desk, drafted) == []


def test_a_letter_with_an_open_comment_is_not_overwritten_though_its_body_was_taken(desk: Desk, drafted: Path) -> None:
    edited(drafted, lambda document: document.add_comment(paragraph(document, "去年以来").runs, "请核实", "何静"))
    taken(desk, drafted)

    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()


def test_a_letter_with_a_picture_is_not_overwritten_though_its_body_was_taken(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        element(paragraph(document, "去年以来").runs[0]).append(OxmlElement("w:drawing"))

    edited(drafted, edit)
    assert codes(desk, drafted) == ["C134"]
    taken(desk, drafted)
    with pytest.raises(RefusedError, match="改动过"):
        desk.draft()


def test_words_that_were_only_made_bold_are_a_notice_and_are_taken(desk: Desk, drafted: Path) -> None:
    def edit(document: Any) -> None:
        paragraph(document, "去年以来").runs[0].bold = True

    (one,) = compared(desk, edited(drafted, edit)).differences
    assert (one.problem.code, one.problem.severity.value) == ("C128", "提示")
    assert body_after(desk, drafted) == f"**{FIRST}**\n{SECOND}\n{THIRD}\n"


def test_a_body_that_was_typed_into_the_letter_first_is_taken(desk: Desk) -> None:
    desk.write()
    path = reworded(desk.draft().path, "【缺：正文】", "已经办理。")

    assert body_after(desk, path) == "已经办理。\n"
    assert desk.draft().written


@pytest.mark.usefixtures("drafted")
def test_another_paper_of_the_same_case_gives_no_body(desk: Desk) -> None:
    (other,) = desk.papers("阶段性答复")

    with pytest.raises(RefusedError, match="文件是阶段性答复，不是答复"):
        taken(desk, other.path)


# --- markup


def body_after(desk: Desk, path: Path) -> str:
    taken(desk, path)
    return desk.record().proposal.replies[0].body or ""


def written_with(desk: Desk, body: str) -> Path:
    """Write a record with *body* and draft it; the last paragraph is 结论 and easily changed."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    desk.write(f"答复:\n  正文: |\n{lines}")
    return desk.draft().path


def test_bold_words_and_tables_come_back_as_markup(desk: Desk) -> None:
    body = "今年**投资600万元**。\n| 街道 | 摊位 |\n| --- | --- |\n| 东街 | 12 |\n结论。\n"
    path = reworded(written_with(desk, body), "600", "700")
    reworded(path, "12", "15")

    assert body_after(desk, path) == body.replace("600", "700").replace("12", "15")


def test_a_new_table_and_new_bold_words_come_in_as_markup(desk: Desk) -> None:
    path = written_with(desk, "已经办理。\n结论。\n")

    def edit(document: Any) -> None:
        last = paragraph(document, "结论")
        last.add_run("重要").bold = True
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip((cell for row in table.rows for cell in row.cells), "甲乙12", strict=True):
            cell.text = text
        put_before(last, table)

    after = body_after(desk, edited(path, edit))
    assert after == "已经办理。\n| 甲 | 乙 |\n| 1 | 2 |\n结论。**重要**\n"
    desk.draft()
    assert found(desk, path) == []


def test_text_that_would_be_read_as_markup_is_escaped(desk: Desk) -> None:
    path = written_with(desk, "已经办理。\n结论。\n")

    def edit(document: Any) -> None:
        for text in ("|不是表格|", "**不是粗体**", "\\不是转义", "— 3 —"):
            paragraph(document, "结论").insert_paragraph_before(text)

    after = body_after(desk, edited(path, edit))
    assert after == "已经办理。\n\\|不是表格|\n\\**不是粗体**\n\\\\不是转义\n\\— 3 —\n结论。\n"
    desk.draft()
    assert found(desk, path) == []


def test_paragraphs_that_look_broken_off_stay_two(desk: Desk) -> None:
    path = written_with(desk, "已经办理。\n结论。\n")
    long = "这一段没有句号也没有别的标点但是已经超过了二十个字"
    path = edited(path, lambda document: paragraph(document, "结论").insert_paragraph_before(long))

    assert body_after(desk, path) == f"已经办理。\n{long}\n\\结论。\n"
    desk.draft()
    assert found(desk, path) == []


def test_the_rest_of_the_clerks_own_markup_stays_as_it_was_typed(desk: Desk) -> None:
    body = "已经办理。\n|  甲  |乙|\n|:--|--:|\n|1|2|\n\\一、不是标题\n结论。\n"
    path = reworded(written_with(desk, body), "结论", "总之")

    assert body_after(desk, path) == body.replace("结论", "总之")


def test_a_cell_with_a_pipe_is_refused(desk: Desk) -> None:
    path = written_with(desk, "已经办理。\n|甲|乙|\n|1|2|\n结论。\n")

    with pytest.raises(RefusedError, match="表格"):
        taken(desk, reworded(path, "1", "1|3"))


def test_a_form_below_the_body_is_none_of_it(desk: Desk) -> None:
    own = desk.folder / "templates"
    own.mkdir()
    form = "|=3=|-7-|=3=|-7-|\n|案　　号|{{ 案号 }}|<|<|\n|备　　注|甲 // >乙|提案人|^|"
    (own / "答复.j2").write_text(
        f'{{% extends "标准/答复.j2" %}}\n{{% block 表格 %}}\n{form}\n{{% endblock %}}\n', encoding="utf-8"
    )
    path = written_with(desk, "已经办理。\n")
    assert found(desk, path) == []

    assert body_after(desk, reworded(path, "已经", "正在")) == "正在办理。\n"


# --- any edit at all

CHARACTERS = st.sampled_from("夜市管理一二（）、。，：12.*|\\—- ab“”【】？").filter(bool)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40).filter(str.strip)
EDITS = st.lists(
    st.tuples(st.sampled_from(["改", "删", "加", "移"]), st.integers(0, 5), st.integers(0, 5), TEXTS), max_size=5
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_after_any_edits_of_the_body_are_taken_a_fresh_draft_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, int, str]]
) -> None:
    from desk.conftest import Desk as Office

    desk = Office(records.make_workspace(tmp_path_factory.mktemp("desk")))
    body = "第一段的内容。\n一、标题\n（一）小标题。接着说。\n**粗**的和不粗的。\n最后一段。"
    path = written_with(desk, body)

    def edit(document: Any) -> None:
        own = [one for one in document.paragraphs if one.text and one.text in body.replace("**", "").split("\n")]
        for act, at, to, text in edits:
            if not own:
                return
            one = own[at % len(own)]
            if act == "改":
                one.text = text
            elif act == "加":
                own.insert(at % len(own), one.insert_paragraph_before(text))
            elif act == "移":
                put_before(own[to % len(own)], one)
            elif len(own) > 1:
                own.remove(one)
                delete(one)

    edited(path, edit)
    before = compared(desk, path)
    taken(desk, path)
    assert {one.problem.code for one in before.differences} <= {"C122", "C123", "C124", "C125"}
    desk.draft()
    assert found(desk, path) == []
