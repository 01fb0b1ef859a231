from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from clerks import posix
from commands import dafu
from dafu import preview
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = RECORD.replace("143069", "143070")
BROKEN = RECORD.replace("143069", "143071") + "签发: 周明远\n"
SENT = RECORD.replace("143069", "143072") + "办理过程: [{日期: 2025-08-27, 环节: 送达, 对象: 林晓}]\n"
TODAY = ("--today", "2025-08-26")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": RECORD, "143070": OTHER})


def test_a_letter_is_written_and_its_path_printed(workspace: Path) -> None:
    drafted = dafu(workspace, *TODAY, "draft", "143069")

    assert (drafted.code, drafted.out) == (0, "replies/2025/143069/答复.docx\n")
    assert (workspace / "replies/2025/143069/答复.docx").is_file()


def test_the_values_that_are_missing_are_listed_on_standard_error(workspace: Path) -> None:
    drafted = dafu(workspace, *TODAY, "draft", "143069", "143070")

    assert drafted.code == 0
    missing = "还缺 发文字号、签发人、办理结果、成文日期、印发日期、联系人、正文"
    assert drafted.err == f"143069：{missing}\n143070：{missing}\n"


def test_json_tells_of_each_letter(workspace: Path) -> None:
    (entry, other) = json.loads(dafu(workspace, *TODAY, "draft", "143069", "143070", "--json").out)

    assert list(entry) == ["案号", "文件", "缺", "写入"]
    assert (entry["案号"], entry["文件"], entry["写入"]) == ("143069", "replies/2025/143069/答复.docx", True)
    assert set(entry["缺"]) == {"发文字号", "签发人", "办理结果", "成文日期", "印发日期", "联系人", "正文"}
    assert other["案号"] == "143070"


@pytest.mark.parametrize("option", ["-n", "--dry-run"])
def test_a_rehearsal_says_so_and_writes_nothing(workspace: Path, option: str) -> None:
    before = tree(workspace)
    rehearsed = dafu(workspace, *TODAY, "draft", "143069", option)

    assert rehearsed.code == 0
    assert rehearsed.out == "replies/2025/143069/答复.docx（没有写文件）\n"
    assert tree(workspace) == before
    assert json.loads(dafu(workspace, "draft", "143069", option, "--json").out)[0]["写入"] is False


def test_all_means_every_letter_not_yet_sent_and_a_broken_record_stops_none(workspace: Path) -> None:
    make_workspace(workspace, OFFICE, **{"143071": BROKEN, "143072": SENT})
    drafted = dafu(workspace, *TODAY, "draft", "--all")

    assert drafted.code == 3
    assert drafted.out == "replies/2025/143069/答复.docx\nreplies/2025/143070/答复.docx\n"
    assert "proposals/143071.yaml:5: 签发 “签发”不是字段" in drafted.err


def said_on(terminal: int) -> Iterator[bytes]:
    """Yield what was written to a terminal, until nobody has it open any more."""
    with suppress(OSError):
        while said := os.read(terminal, 10_000):
            yield said


@posix
def test_a_bar_shows_on_a_terminal_how_far_it_is(workspace: Path) -> None:
    ours, terminal = os.openpty()
    command = [sys.executable, "-m", "dafu", *TODAY, "draft", "--all"]
    run = subprocess.run(command, cwd=workspace, stdout=subprocess.PIPE, stderr=terminal, encoding="utf-8", check=True)
    os.close(terminal)

    assert run.stdout == "replies/2025/143069/答复.docx\nreplies/2025/143070/答复.docx\n"
    assert b"100%" in b"".join(said_on(ours))


def test_elsewhere_there_is_no_bar(workspace: Path) -> None:
    assert "%" not in dafu(workspace, *TODAY, "draft", "--all").err


def test_a_record_that_is_not_there_stops_no_other(workspace: Path) -> None:
    drafted = dafu(workspace, *TODAY, "draft", "143099", "143069")

    assert drafted.code == 3
    assert drafted.out == "replies/2025/143069/答复.docx\n"
    assert "没有“143099”这一件" in drafted.err


def test_a_refused_letter_ends_with_4_and_stops_no_other(workspace: Path) -> None:
    make_workspace(workspace, OFFICE, **{"143072": SENT})
    drafted = dafu(workspace, *TODAY, "draft", "143072", "143069")

    assert drafted.code == 4
    assert drafted.out == "replies/2025/143069/答复.docx\n"
    assert "143072：答复件已送达，不再改写（另存一份用 --new）" in drafted.err


def test_what_cannot_be_used_weighs_more_than_what_is_refused(workspace: Path) -> None:
    make_workspace(workspace, OFFICE, **{"143072": SENT})

    assert dafu(workspace, "draft", "143099", "143072").code == 3
    assert dafu(workspace, "draft", "143072", "143099").code == 3


def test_a_number_that_two_records_have_is_wrong_usage_with_both_addresses(workspace: Path) -> None:
    make_workspace(workspace, OFFICE, 建议=RECORD + "类别: 建议\n")
    drafted = dafu(workspace, *TODAY, "draft", "143069")

    assert drafted.code == 2
    assert "市/提案/143069" in drafted.err
    assert "市/建议/143069" in drafted.err
    assert dafu(workspace, *TODAY, "draft", "建议/143069").out == "replies/2025/建议-143069/建议答复.docx\n"


def test_a_record_may_be_named_by_its_path(workspace: Path) -> None:
    assert dafu(workspace / "proposals", *TODAY, "draft", "143069.yaml").out == "../replies/2025/143069/答复.docx\n"


def test_every_fault_of_a_template_is_printed_with_file_and_line(workspace: Path) -> None:
    (workspace / "templates").mkdir()
    text = (
        '{% extends "标准/答复.j2" %}\n{% block 标题 %}{{ 届 }}{% endblock %}\n{% block 称谓 %}{{ 名 }}{% endblock %}\n'
    )
    (workspace / "templates/答复.j2").write_text(text, encoding="utf-8")
    drafted = dafu(workspace, "draft", "143069")

    assert drafted.code == 3
    first, second = drafted.err.splitlines()
    assert first == "templates/答复.j2:2: “届”不是字段（是不是“届次”？）"
    assert second.startswith("templates/答复.j2:3: “名”不是字段（")
    assert not (workspace / "replies").exists()


def test_another_paper_is_written_beside_the_reply(workspace: Path) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates/催办单.j2").write_text("{% block 标题 %}催办单{% endblock %}", encoding="utf-8")
    drafted = dafu(workspace, *TODAY, "draft", "143069", "--paper", "催办单")

    assert (drafted.code, drafted.out) == (0, "replies/2025/143069/催办单.docx\n")


def test_the_usual_papers_are_written_with_one_word(workspace: Path) -> None:
    drafted = dafu(workspace, *TODAY, "draft", "143069", "--paper", "全部")

    assert (drafted.code, drafted.out) == (0, "replies/2025/143069/内部交办单.docx\n")
    assert "143069：还缺 交办单位、日期、期限、内部期限、分管领导、科室、经办人" in drafted.err


def test_json_tells_of_every_copy_of_a_form(workspace: Path) -> None:
    (workspace / "proposals/143069.yaml").write_text(RECORD.replace("[林晓]", "[林晓, 周宁]"), encoding="utf-8")
    run = dafu(workspace, *TODAY, "draft", "143069", "--paper", "征询意见表", "--json", "-n")

    assert [(one["文件"], one["写入"]) for one in json.loads(run.out)] == [
        ("replies/2025/143069/征询意见表-林晓.docx", False),
        ("replies/2025/143069/征询意见表-周宁.docx", False),
    ]


def test_a_paper_that_has_no_template_is_refused_with_the_nearest_name(workspace: Path) -> None:
    run = dafu(workspace, "draft", "143069", "--paper", "征询意见")

    assert (run.code, run.err) == (3, "没有模板“征询意见”（是不是“征询意见表”？）\n")


def test_a_merged_number_is_refused_and_its_lead_named(workspace: Path) -> None:
    make_workspace(workspace, OFFICE, **{"143069": RECORD + '并案: ["143070"]\n'})
    drafted = dafu(workspace, *TODAY, "draft", "143070")

    assert drafted.code == 4
    assert drafted.err == "143070：已并入 143069 办理（对 143069 拟稿）\n"


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_a_pdf_is_written_beside_the_letter(workspace: Path) -> None:
    assert dafu(workspace, *TODAY, "draft", "143069", "--pdf").code == 0

    assert (workspace / "replies/2025/143069/答复.pdf").read_bytes().startswith(b"%PDF-")
