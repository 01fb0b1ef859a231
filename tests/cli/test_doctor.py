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
    assert "proposals/.143069.yaml.0a1b2c3d.dafu-tmp: 警告：是没有写完就中断的临时文件" in told.out


def test_json_tells_the_same(workspace: Path) -> None:
    (workspace / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp").write_bytes(b"half")
    told = dafu(workspace, "doctor", "--json")

    (entry,) = [one for one in json.loads(told.out) if one["代码"] == "D105"]
    assert told.code == 1
    assert entry["文件"] == "proposals/.143069.yaml.0a1b2c3d.dafu-tmp"
    assert entry["级别"] == "警告"


def test_the_day_decides_whether_a_notice_is_wanted(workspace: Path) -> None:
    early, late = (dafu(workspace, "--today", day, "doctor").out for day in ("2099-10-31", "2099-11-01"))

    assert "没有2099年的节假日安排" in early
    assert "没有2100年的节假日安排" not in early
    assert "没有2100年的节假日安排" in late


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
