from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from clerks import posix
from dafu.errors import Severity
from dafu.register import Register, entries, void
from numbering import DAY, claim_of, kept, numbered, register_in, taken

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = register_in(tmp_path)
    for paper in (31, 32):
        taken(register, paper)
    return register


def only_problem(register: Register) -> Problem:
    _, problems = entries(register)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_register_that_was_never_begun_is_empty_and_without_fault(tmp_path: Path) -> None:
    assert entries(register_in(tmp_path)) == ([], [])


def test_the_entries_of_all_years_come_in_order(register: Register) -> None:
    for paper in range(33, 41):
        taken(register, paper)
    taken(register, 41, DAY.replace(year=2024))
    assert [entry.number for entry in kept(register)] == [numbered(1, 2024), *map(numbered, range(1, 11))]


def test_an_entry_says_what_was_claimed(register: Register) -> None:
    entry = kept(register)[1]
    assert (entry.claim, entry.number, entry.day, entry.is_void) == (claim_of(32), numbered(2), DAY, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("轮次: 1", "轮次: 0", 4, "轮次 “0”不是轮次"),
        ("状态: 在用", "状态: 作废", 8, "状态 作废没有写原因"),
        ("状态: 在用", "状态: 有效", 8, "状态 不能是“有效”"),
        ("日期: 2025-08-26", "日期: 2025-8-26", 5, "日期 “2025-8-26”不是日期"),
        ("文种: 会办意见", "文种: 会办", 3, "文种 不能是“会办”"),
        ("案号: ", "案件: ", 1, "案号 没有填写"),
        ("〔2025〕2号", "[2025]2号", 1, "发文字号 “东商提函[2025]2号”不是可以登记的发文字号"),
        ("东商提函〔", "../东商〔", 1, "发文字号 “../东商〔2025〕2号”不是可以登记的发文字号"),
    ],
)
def test_a_broken_entry_is_named_with_line_and_field(
    old: str, new: str, line: int, message: str, register: Register
) -> None:
    path = register.path_of(numbered(2))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found, problems = entries(register)
    assert [entry.number for entry in found] == [numbered(1)]
    assert f"{path}:{line}: {message}" in "\n".join(map(str, problems))
    assert {problem.severity for problem in problems} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "没有内容"),
        (b"# nothing\n", "没有内容"),
        ("发文字号: 东商提函〔2025〕2号\n".encode("gb18030"), "GB18030"),
        (b"\0" * 300, "控制字符"),
        (b"a" * 100_001, "超过 100,000 字节"),
    ],
)
def test_an_entry_that_lost_its_content_is_never_left_out_in_silence(
    data: bytes, message: str, register: Register
) -> None:
    register.path_of(numbered(2)).write_bytes(data)
    assert message in "\n".join(map(str, entries(register)[1]))
    assert [entry.number for entry in entries(register)[0]] == [numbered(1)]


def test_an_entry_under_another_name_is_named(register: Register) -> None:
    place = register.path_of(numbered(7))
    register.path_of(numbered(2)).rename(place)
    found, problems = entries(register)
    assert [entry.number for entry in found] == [numbered(1)]
    assert f"{place}: 发文字号 文件名同里面的 东商提函〔2025〕2号 不符" in str(problems[0])
    assert "东商提函〔2025〕2号 已经取过，却没有登记" in str(problems[1])


def test_an_entry_in_the_folder_of_another_year_is_named(register: Register) -> None:
    place = register.folder / "2024/东商提函-2.yaml"
    place.parent.mkdir()
    register.path_of(numbered(2)).rename(place)
    assert str(place) in str(entries(register)[1][0])


def test_a_foreign_file_is_named_as_a_warning(register: Register) -> None:
    (register.folder / "2025/说明.txt").write_bytes(b"")
    problem = only_problem(register)
    assert problem.message == "不是登记簿里的文件"
    assert problem.severity is Severity.WARNING


def test_a_copy_left_by_a_sync_tool_is_named(register: Register) -> None:
    (register.folder / "2025/东商提函-2 (冲突副本).yaml").write_bytes(b"")
    assert "副本" in only_problem(register).message


@posix
def test_a_pipe_in_the_register_is_named_and_not_waited_for(register: Register) -> None:
    os.mkfifo(register.path_of(numbered(3)))
    assert "不是普通文件" in only_problem(register).message


def test_a_file_in_the_place_of_the_register_is_named(register: Register) -> None:
    register.replies.rename(register.replies.with_name("别处"))
    register.replies.write_bytes(b"")
    assert "东商提函〔2025〕2号 已经取过，却没有登记" in only_problem(register).message


def test_a_name_whose_content_is_just_coming_is_waited_for(register: Register) -> None:
    path = register.path_of(numbered(2))
    data = path.read_bytes()
    path.write_bytes(b"")
    threading.Timer(0.2, path.write_bytes, [data]).start()
    assert len(kept(register)) == 2


def test_the_trace_is_a_list_that_anyone_can_read(register: Register) -> None:
    taken(register, 33, DAY.replace(year=2026))
    taken(register, 34)
    lines = register.trace.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# 由 dafu 填写，请勿改动")
    assert lines[2:] == ["东商提函〔2025〕3号", "东商提函〔2026〕1号"]


def test_a_late_trace_never_goes_back(register: Register) -> None:
    before = register.trace.read_bytes()
    taken(register, 31)
    assert register.trace.read_bytes() == before


def test_a_lost_trace_is_written_anew_with_the_next_number(register: Register) -> None:
    register.trace.unlink()
    taken(register, 33)
    assert register.trace.read_text(encoding="utf-8").splitlines()[2:] == ["东商提函〔2025〕3号"]


def test_an_entry_that_changed_is_read_again_by_one_who_has_read_it_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = register_in(tmp_path)
    monkeypatch.setattr("dafu.files.is_fresh", lambda *_: False)  # as if all was written long ago
    taken(register, 31)
    assert [entry.is_void for entry in kept(register)] == [False]
    void(register, numbered(1), "印错")
    assert [entry.is_void for entry in kept(register)] == [True]
    assert taken(register, 31) == 2


def test_an_entry_written_just_now_is_not_believed_by_its_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = register_in(tmp_path)
    taken(register, 31)
    coarse = {str(register.path_of(numbered(1))): f"1:{time.time_ns()}:0:1"}  # as FAT tells two writes in one tick
    monkeypatch.setattr("dafu.files.stamps", lambda *_: (coarse, []))
    assert [entry.is_void for entry in kept(register)] == [False]
    void(register, numbered(1), "印错")
    assert [entry.is_void for entry in kept(register)] == [True]


@pytest.mark.parametrize("key", ["发文字号", "案号", "文种", "轮次", "日期", "登记时间", "状态"])
def test_an_entry_that_lacks_a_key_is_named_with_it(key: str, register: Register) -> None:
    path = register.path_of(numbered(2))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{key}:")), encoding="utf-8")
    problem = only_problem(register)
    assert (problem.file, problem.field) == (str(path), key)
