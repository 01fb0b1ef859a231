from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    other = RECORD.replace("143069", "143070").replace("优化", "开放")
    return make_workspace(tmp_path, **{"143069": RECORD, "143070": other, "坏": "案号: 1\n"})


def test_what_is_found_is_printed_with_its_file_and_broken_records_are_told(workspace: Path) -> None:
    run = dafu(workspace, "find", "开放")

    assert run.code == 3
    assert run.out.splitlines()[0].split() == ["案号", "案由", "阶段", "摘录", "文件"]
    assert "proposals/143070.yaml" in run.out
    assert "143069" not in run.out
    assert "proposals/坏.yaml" in run.err


def test_as_json_a_row_says_what_and_where(workspace: Path) -> None:
    (workspace / "proposals/坏.yaml").unlink()
    (row,) = json.loads(dafu(workspace, "find", "开放", "--json").out)

    assert (row["案号"], row["案由"], row["阶段"]) == ("143070", "开放夜市管理", "未交办")
    assert row["文件"] == "proposals/143070.yaml"
    assert "开放夜市管理" in row["摘录"]


def test_nothing_found_is_an_empty_list(workspace: Path) -> None:
    (workspace / "proposals/坏.yaml").unlink()
    run = dafu(workspace, "find", "冷链", "--json")

    assert (run.code, json.loads(run.out)) == (0, [])


def test_a_record_has_others_that_are_like_it(workspace: Path) -> None:
    rows = json.loads(dafu(workspace, "similar", "143069", "--json").out)

    assert [row["案号"] for row in rows] == ["143070"]
    assert rows[0]["摘录"] == "夜市管理"
    assert dafu(workspace, "similar", "999").code == 3


def test_looking_changes_nothing_in_the_workspace(workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    for words in (("find", "夜市"), ("similar", "143069"), ("list",), ("due",)):
        dafu(workspace, *words)

    assert sorted(workspace.rglob("*")) == before
