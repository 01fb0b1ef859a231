from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

SERIES = OFFICE + "发文字号: {答复: {代字: 东商提复, 自动: 是}}\n"
FILLED = {"方式=…": "方式=面商", "签发人=…": "签发人=周明远", "整体=…": "整体=满意", "科室=…": "科室=市场科"}
ALL = "全部命令：dafu --help"


def due_on(day: str, number: str) -> str:
    return f"{RECORD.replace('143069', number)}期限: {day}\n"


def test_the_day_its_list_and_the_next_step(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=due_on("2025-06-25", "1"), 乙=due_on("2025-06-16", "2"))
    run = dafu(tmp_path, "--today", "2025-06-16")

    assert (run.code, run.err) == (0, "")
    assert [line.split() for line in run.out.splitlines()] == [
        ["2025-06-16", "星期一：红1件，黄1件"],
        ["灯", "剩余", "期限", "事项", "案号", "案由", "阶段", "科室", "经办人"],
        ["红", "今天", "2025-06-16", "答复", "2", "优化夜市管理", "未交办"],
        ["黄", "7天", "2025-06-25", "答复", "1", "优化夜市管理", "未交办"],
        ["下一步：2", "优化夜市管理：未交办，答复今天到期"],
        ["dafu", "track", "2", "交办"],
        [ALL.split(maxsplit=1)[0], "--help"],
    ]


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{f"{n}": due_on("2025-06-16", f"{n}") for n in range(101, 114)})
    lines = dafu(tmp_path, "--today", "2025-06-16").out.splitlines()

    assert lines[0].endswith("红13件")
    assert [line.split()[4] for line in lines[2:12]] == [f"{n}" for n in range(101, 111)]
    assert lines[12] == "……还有3行，用 dafu due 看全部"


def test_what_is_overdue_is_no_failure_of_a_glance(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=due_on("2025-06-13", "1"))

    assert dafu(tmp_path, "--today", "2025-06-16").code == 0
    assert dafu(tmp_path, "--today", "2025-06-16", "due").code == 1


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    run = dafu(tmp_path)

    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[1:] == ["  dafu init 办公室", ALL]


def test_a_new_workspace_begins_with_the_list(tmp_path: Path) -> None:
    dafu(tmp_path, "init", "办公室")

    run = dafu(tmp_path / "办公室")
    assert run.code == 0
    assert run.out.splitlines()[0].endswith("没有在办的期限")
    assert run.out.splitlines()[2] == "  dafu import 交办清单.xlsx"


def test_another_workspace_is_named_with_c(tmp_path: Path) -> None:
    make_workspace(tmp_path / "那边", 甲=due_on("2025-06-25", "1"))

    assert "优化夜市管理" in dafu(tmp_path, "-C", "那边").out


def test_a_broken_record_is_named_and_hides_no_other(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=due_on("2025-06-25", "1"), 乙="案号: 5\n签发: 周明远\n")
    run = dafu(tmp_path)

    assert run.code == 3
    assert "优化夜市管理" in run.out
    assert "  dafu check" in run.out.splitlines()
    assert "proposals/乙.yaml" in run.err


def test_a_broken_office_file_is_named(tmp_path: Path) -> None:
    run = dafu(make_workspace(tmp_path, "单位: 东河市商务局\n"))

    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("dafu.yaml:1: ")


def test_hidden_characters_are_written_out(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=RECORD.replace("优化夜市管理", '"夜\\u202e市"'))

    assert "\u202e" not in dafu(tmp_path).out


@pytest.mark.parametrize(
    ("more", "steps"),
    [
        ("", ["交办", "签收", "分办", "沟通", "draft", "拟稿", "审核", "签发", "印发", "送达", "反馈", "办结"]),
        ("角色: 参阅\n", ["交办", "签收", "分办", "办结"]),
    ],
)
def test_whoever_does_what_it_says_brings_a_case_from_its_list_to_the_archive(
    more: str, steps: list[str], tmp_path: Path
) -> None:
    make_workspace(tmp_path, SERIES, **{"143069": RECORD + more})

    done: list[str] = []
    while not (words := advised(tmp_path))[0].startswith(("archive", "import")):
        assert len(done) < len(steps), words
        ended = dafu(tmp_path, *words)
        assert ended.code == 0, ended.err
        done.append(words[2] if words[0] == "track" else words[0])

    assert done == steps


def advised(folder: Path) -> list[str]:
    """Return the words after `dafu` of the command that it advises, the blanks filled in."""
    command = next(line for line in dafu(folder).out.splitlines() if line.startswith("  dafu "))
    for blank, filled in FILLED.items():
        command = command.replace(blank, filled)
    return shlex.split(command.replace(" 经办人=…", ""))[1:]
