from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": RECORD})


def content(folder: Path) -> str:
    return (folder / "proposals/143069.yaml").read_text(encoding="utf-8")


def test_the_last_change_is_taken_back_and_said_whose_it_was(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "签收", "经手人=苏晚晴")
    run = dafu(workspace, "undo", "143069")

    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("proposals/143069.yaml：撤销了 苏晚晴 在 2")
    assert run.out.endswith("的“登记签收”\n")
    assert content(workspace) == RECORD


def test_a_rehearsal_says_so_and_changes_nothing(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "签收")
    before = content(workspace)
    run = dafu(workspace, "undo", "143069", "-n")

    assert (run.code, content(workspace)) == (0, before)
    assert run.out.endswith("的“登记签收”（没有写文件）\n")


def test_with_nothing_to_take_back_it_is_refused(workspace: Path) -> None:
    assert dafu(workspace, "undo", "143069").code == 4
    dafu(workspace, "track", "143069", "签收")
    dafu(workspace, "undo", "143069")
    run = dafu(workspace, "undo", "143069")

    assert (run.code, run.out) == (4, "")
    assert "改动都已撤销" in run.err


def test_after_an_edit_by_hand_it_is_refused(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "签收")
    path = workspace / "proposals/143069.yaml"
    path.write_text(content(workspace) + "# 记着问\n", encoding="utf-8")
    run = dafu(workspace, "undo", "143069")

    assert (run.code, "手工改过" in run.err) == (4, True)
    assert content(workspace).endswith("# 记着问\n")


def test_a_broken_journal_is_a_file_that_cannot_be_used(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "签收")
    (workspace / ".dafu/日志/proposals/143069.jsonl").write_text("{\n", encoding="utf-8")
    run = dafu(workspace, "undo", "143069")

    assert (run.code, "143069.jsonl:1: 日志读不通（用 dafu doctor --fix" in run.err) == (3, True)
    assert "签收" in content(workspace)
