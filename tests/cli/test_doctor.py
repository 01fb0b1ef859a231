from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": RECORD})


def test_what_needs_doing_is_told_with_its_place_and_makes_exit_code_1(workspace: Path) -> None:
    (workspace / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp").write_bytes(b"half")
    told = dafu(workspace, "doctor")

    assert told.code == 1
    assert "proposals/.143069.yaml.0a1b2c3d.dafu-tmp: 是没有写完就中断的临时文件" in told.out


def test_json_tells_the_same(workspace: Path) -> None:
    (workspace / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp").write_bytes(b"half")
    told = dafu(workspace, "doctor", "--json")

    (entry,) = [one for one in json.loads(told.out) if one["代码"] == "D105"]
    assert told.code == 1
    assert entry["文件"] == "proposals/.143069.yaml.0a1b2c3d.dafu-tmp"
    assert entry["级别"] == "错误"


def test_the_day_decides_whether_a_notice_is_wanted(workspace: Path) -> None:
    early, late = (dafu(workspace, "--today", day, "doctor").out for day in ("2099-10-31", "2099-11-01"))

    assert "没有2099年的节假日安排" in early
    assert "没有2100年的节假日安排" not in early
    assert "没有2100年的节假日安排" in late


def test_a_machine_that_lacks_programs_is_warned_of_and_lets_it_pass(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("bin")))
    told = dafu(workspace, "doctor")

    assert told.code == 0
    assert "警告：没有安装 LibreOffice" in told.out


@pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
def test_what_is_only_to_be_known_lets_it_pass(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path_factory.mktemp("bin")  # both programs there, no fontconfig to be asked
    for name in ("soffice", "pdftoppm"):
        (programs / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    told = dafu(workspace, "doctor")

    assert told.code == 0
    assert told.out.startswith("提示：这个系统查不到装了哪些字体（")


def test_a_broken_file_of_notices_stops_it(tmp_path: Path) -> None:
    make_workspace(tmp_path, OFFICE + "节假日: 节假日.yaml\n")
    (tmp_path / "节假日.yaml").write_text("二〇二五: 放假\n", encoding="utf-8")

    assert dafu(tmp_path, "doctor").code == 3


# --- mending


LEFTOVER = "proposals/.143069.yaml.0a1b2c3d.dafu-tmp"


@pytest.fixture
def leftover(workspace: Path) -> Path:
    path = workspace / LEFTOVER
    path.write_bytes(b"half")
    return path


def test_without_fix_nothing_is_touched_and_the_way_is_told(workspace: Path, leftover: Path) -> None:
    told = dafu(workspace, "doctor")

    assert leftover.exists()
    assert "其中 1 项可以用 dafu doctor --fix 处理" in told.err


def test_a_rehearsal_says_what_would_be_done_and_asks_nothing(workspace: Path, leftover: Path) -> None:
    told = dafu(workspace, "doctor", "--fix", "-n")

    assert f"{LEFTOVER}：会删去这个临时文件" in told.err
    assert leftover.exists()


@pytest.mark.parametrize(("answer", "stays"), [("y\n", False), ("n\n", True), ("\n", True), ("", True)])
def test_each_repair_is_asked_for_and_only_a_yes_does_it(
    answer: str, workspace: Path, leftover: Path, *, stays: bool
) -> None:
    told = dafu(workspace, "doctor", "--fix", answers=answer)

    assert "删去这个临时文件，做吗？" in told.err
    assert leftover.exists() is stays
    assert (LEFTOVER in told.out) is (stays and answer != "")  # at the end of the input it stops


def test_json_tells_what_can_be_mended_and_what_was(workspace: Path, leftover: Path) -> None:
    asked, done = (dafu(workspace, "doctor", *words, "--json", answers="y\n") for words in ((), ("--fix",)))

    for told, is_done in ((asked, False), (done, True)):
        (entry,) = [one for one in json.loads(told.out) if one["代码"] == "D105"]
        assert (entry["可处理"], entry["已处理"]) == ("删去这个临时文件", is_done)
    assert not leftover.exists()


def test_a_record_that_cannot_be_read_is_told_and_makes_exit_code_3(workspace: Path, leftover: Path) -> None:
    (workspace / "proposals/143070.yaml").write_text("签发: 周明远\n", encoding="utf-8")
    told = dafu(workspace, "doctor")

    assert told.code == 3
    assert "proposals/143070.yaml:1: 签发" in told.err
    assert leftover.name in told.out
