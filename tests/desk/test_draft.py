from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import pytest

from dafu import layout
from dafu.errors import RefusedError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dafu.letter import Letter
    from desk.conftest import Desk

FULL = """
    答复:
      发文字号: 东商〔2025〕7号
      签发人: 周明远
      办理结果: A
      公开: 主动公开
      成文日期: 2025-08-26
      印发日期: 2025-08-26
      致谢: 夜间经济
      正文: |
        一、基本情况
        已经开放。
      附件: [征询意见表]
      联系人: [麻东, 刘欢]
"""
ASSIGNED_2025 = """
    办理过程:
      - {日期: 2025-03-05, 环节: 交办}
"""
DELIVERED = """
    办理过程:
      - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
      - {日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
      - {日期: 2025-08-27, 环节: 送达, 对象: 林晓}
"""
REDONE = f"{DELIVERED}      - {{日期: 2025-09-05, 环节: 重办}}\n"


def edit(path: Path) -> None:
    """Change a word of the letter as an office program would: only the document part becomes another."""
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            changed = data.replace("现答复如下".encode(), "现答复于下".encode())
            assert (changed != data) == (name == "word/document.xml")
            new.writestr(name, changed)


def test_the_letter_lies_under_the_year_of_the_first_event(desk: Desk) -> None:
    desk.write(ASSIGNED_2025)

    assert desk.draft().path == desk.folder / "replies/2025/143069/答复.docx"


def test_without_any_event_the_letter_lies_under_this_year(desk: Desk) -> None:
    desk.write()

    assert desk.draft().path == desk.folder / "replies/2026/143069/答复.docx"


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("类别: 建议\n", "建议-143069/建议答复.docx"),
        ("层级: 省\n", "省-143069/答复.docx"),
        ("层级: 省\n类别: 建议\n", "省-建议-143069/建议答复.docx"),
        ("角色: 会办\n主办单位: 市住建局\n", "143069/会办意见.docx"),
        ("角色: 主办\n会办单位: [市住建局]\n", "143069/答复.docx"),
        ("角色: 分办\n", "143069/答复.docx"),
    ],
)
def test_kind_level_and_role_choose_the_folder_and_the_paper(desk: Desk, more: str, place: str) -> None:
    desk.write(more)

    assert desk.draft().path == desk.folder / "replies/2026" / place


def test_the_letter_of_a_later_round_has_a_name_of_its_own(desk: Desk) -> None:
    desk.write(REDONE)

    assert desk.draft().path.name == "再次答复-再1.docx"


def test_what_was_drafted_is_what_lies_on_disk_and_python_docx_reads_it(desk: Desk) -> None:
    desk.write(FULL)
    drafted = desk.draft()

    assert drafted.written
    assert drafted.path.read_bytes() == drafted.docx
    said = [paragraph.text for paragraph in docx.Document(str(drafted.path)).paragraphs]
    assert "尊敬的林晓委员：" in said
    assert "已经开放。" in said


def test_the_same_record_gives_the_same_bytes(desk: Desk) -> None:
    desk.write(FULL)
    first = desk.draft().docx

    assert desk.draft().docx == first
    assert desk.draft(new=True).docx == first


def test_what_is_missing_is_listed_and_the_letter_written_all_the_same(desk: Desk) -> None:
    desk.write("答复: {正文: 已经开放。, 办理结果: A, 联系人: [麻东]}\n")
    drafted = desk.draft()

    assert drafted.missing == ("发文字号", "签发人", "成文日期", "印发日期")
    assert drafted.path.exists()


def test_nothing_is_missing_once_the_record_is_full(desk: Desk) -> None:
    desk.write(FULL)

    assert desk.draft().missing == ()


def test_a_rehearsal_draws_the_letter_and_writes_nothing(desk: Desk) -> None:
    desk.write(FULL)
    rehearsed = desk.draft(dry=True)

    assert not rehearsed.written
    assert not (desk.folder / "replies").exists()
    assert rehearsed.docx == desk.draft().docx


def test_a_letter_nobody_touched_is_written_again(desk: Desk) -> None:
    desk.write()
    before = desk.draft().docx
    desk.write(FULL)
    drafted = desk.draft()

    assert drafted.path.read_bytes() == drafted.docx != before


def test_a_letter_edited_by_hand_is_never_overwritten(desk: Desk) -> None:
    desk.write(FULL)
    path = desk.draft().path
    edit(path)
    edited = path.read_bytes()

    with pytest.raises(RefusedError, match="改动过，不再覆盖"):
        desk.draft()
    assert path.read_bytes() == edited


def test_a_foreign_file_under_the_name_of_the_letter_is_never_overwritten(desk: Desk) -> None:
    desk.write(FULL)
    path = desk.folder / "replies/2026/143069/答复.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"something else")

    with pytest.raises(RefusedError):
        desk.draft()
    assert path.read_bytes() == b"something else"


def test_new_letters_lie_beside_the_old_one_and_are_counted(desk: Desk) -> None:
    desk.write(FULL)
    old = desk.draft().path
    edit(old)
    edited = old.read_bytes()

    assert [desk.draft(new=True).path.name for _ in range(2)] == ["答复-2.docx", "答复-3.docx"]
    assert old.read_bytes() == edited


def test_past_delivery_only_a_new_letter_is_written(desk: Desk) -> None:
    desk.write(DELIVERED)

    with pytest.raises(RefusedError, match="143069：答复件已送达，不再改写"):
        desk.draft()
    assert desk.draft(new=True).path.name == "答复-2.docx"


def test_a_round_that_began_after_delivery_may_be_drafted(desk: Desk) -> None:
    desk.write(REDONE)

    assert desk.draft().written


def test_a_record_merged_into_another_is_refused_with_its_lead_named(desk: Desk) -> None:
    desk.write("并案: ['143070']\n")
    desk.write(number="143070")

    with pytest.raises(RefusedError, match="143070：已并入 143069 办理"):
        desk.draft("143070")


def test_a_paper_that_is_only_to_be_read_is_not_answered(desk: Desk) -> None:
    desk.write("角色: 参阅\n")

    with pytest.raises(RefusedError, match="143069：参阅件不用答复"):
        desk.draft()


def test_the_record_may_name_another_template(desk: Desk) -> None:
    desk.write("答复: {模板: 简短答复}\n")
    template = desk.folder / "templates/简短答复.j2"
    template.parent.mkdir()
    template.write_text('{% extends "标准/答复.j2" %}\n{% block 标题 %}简短的答复{% endblock %}\n', encoding="utf-8")
    drafted = desk.draft()

    assert drafted.path.name == "答复.docx"
    assert "简短的答复" in [paragraph.text for paragraph in docx.Document(str(drafted.path)).paragraphs]


def test_a_control_character_in_a_template_is_named_at_its_line(desk: Desk) -> None:
    desk.write()
    (desk.folder / "templates").mkdir()
    text = '{% extends "标准/答复.j2" %}\n{% block 附注 %}甲\x01乙{% endblock %}\n'
    (desk.folder / "templates/答复.j2").write_text(text, encoding="utf-8")

    with pytest.raises(UnusableError, match=r"templates/答复\.j2:2: 有看不见的控制字符 U\+0001"):
        desk.draft()
    assert not (desk.folder / "replies").exists()


ELEMENTS = (
    *("mark", "number", "signer", "grade", "title", "salutation", "body", "attachments"),
    *("organ", "date", "contact", "copies", "printer", "printed"),
)


@pytest.mark.parametrize("element", ELEMENTS)
def test_a_letter_that_lost_an_element_on_the_way_is_not_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, element: str
) -> None:
    desk.write(FULL)
    draw: Callable[[Letter, layout.Fit], bytes] = layout.draw

    def draw_without(letter: Letter, fit: layout.Fit) -> bytes:
        kept: Any = getattr(letter, element)
        assert kept
        lesser: Any = kept[:-1] if isinstance(kept, tuple) else ""
        return draw(letter._replace(**{element: lesser}), fit)

    monkeypatch.setattr(layout, "draw", draw_without)
    with pytest.raises(UnusableError, match="有内容没有印进答复件，答复件没有写出"):
        desk.draft()
    assert not (desk.folder / "replies").exists()


def test_a_letter_that_lost_one_character_on_the_way_is_not_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(FULL)
    draw: Callable[[Letter, layout.Fit], bytes] = layout.draw

    def draw_short(letter: Letter, fit: layout.Fit) -> bytes:
        return draw(letter._replace(copies=letter.copies[:-2] + "。"), fit)

    monkeypatch.setattr(layout, "draw", draw_short)

    with pytest.raises(UnusableError, match="市政协提案委"):
        desk.draft()


def test_a_body_in_a_file_of_its_own_is_taken_in(desk: Desk) -> None:
    desk.write("答复: {正文文件: 正文.txt}\n")
    (desk.folder / "proposals/正文.txt").write_text("一、情况\n已经开放。\n", encoding="utf-8")

    said = [paragraph.text for paragraph in docx.Document(str(desk.draft().path)).paragraphs]
    assert {"一、情况", "已经开放。"} <= set(said)


@pytest.mark.parametrize("end", ["撤案, 理由: 提案人撤回", "退办结果, 结果: 同意"])
def test_what_was_withdrawn_or_handed_back_gets_no_letter(desk: Desk, end: str) -> None:
    desk.write(f"办理过程:\n  - {{日期: 2025-03-05, 环节: 交办}}\n  - {{日期: 2025-03-10, 环节: {end}}}\n")

    with pytest.raises(RefusedError, match="没有要写的"):
        desk.draft()
