from __future__ import annotations

import os
from pathlib import Path

import pytest

from clerks import BECOME_NOBODY, clerk, posix, tree
from dafu import files
from dafu.errors import Problem, Severity


def found(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in files.walk(root, ".yaml")[0]]


def named(root: Path) -> dict[str, Problem]:
    return {Path(problem.file).name: problem for problem in files.walk(root, ".yaml")[1]}


def test_records_come_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    tree(tmp_path, "2025/10.yaml", "2025/2.yaml", "2025/建议-31.yaml", "2025/建议-4.yaml", "2024/9.yaml", "a.yaml")
    assert found(tmp_path) == [
        "a.yaml",
        "2024/9.yaml",
        "2025/2.yaml",
        "2025/10.yaml",
        "2025/建议-4.yaml",
        "2025/建议-31.yaml",
    ]


def test_only_the_suffix_counts_whatever_its_case(tmp_path: Path) -> None:
    tree(tmp_path, "1.yaml", "2.YAML", "3.txt", "yaml", "4.yaml.txt")
    assert found(tmp_path) == ["1.yaml", "2.YAML"]


def test_hidden_files_and_leftovers_are_passed_over_in_silence(tmp_path: Path) -> None:
    tree(tmp_path, "1.yaml", ".1.yaml", ".git/2.yaml", "~$3.yaml", "4.yaml.bak", "5.yaml~", "6.yaml.tmp")
    tree(tmp_path, ".7.yaml.swp", "8.yaml.swp", f".9.yaml.0a1b2c3d{files.TEMPORARY}")
    assert files.walk(tmp_path, ".yaml") == ([tmp_path / "1.yaml"], [])
    assert files.walk(tmp_path, "") == ([tmp_path / "1.yaml"], [])


@pytest.mark.parametrize(
    "name",
    [
        "143069 - 副本.yaml",
        "143069 - 副本 (2).yaml",
        "143069副本.yaml",
        "143069(某某的冲突副本 2025-08-26).yaml",
        "143069 (conflicted copy 2025-08-26).yaml",
        "143069.sync-conflict-20250826-101500-ABC.yaml",
        "143069 - Copy.yaml",
        "143069 - Copy (3).yaml",
        "143069(1).yaml",
        "143069 (1).YAML",
    ],
)
def test_a_copy_of_a_record_is_named_and_not_read(name: str, tmp_path: Path) -> None:
    tree(tmp_path, "143069.yaml", name)
    assert found(tmp_path) == ["143069.yaml"]
    assert named(tmp_path)[name].severity is Severity.WARNING


def test_a_copy_of_a_folder_is_named_once(tmp_path: Path) -> None:
    tree(tmp_path, "2025/1.yaml", "2025 - 副本/1.yaml", "2025 - 副本/2.yaml")
    assert found(tmp_path) == ["2025/1.yaml"]
    assert list(named(tmp_path)) == ["2025 - 副本"]


def test_copies_of_other_files_and_names_that_only_look_alike_are_no_matter(tmp_path: Path) -> None:
    tree(tmp_path, "说明 - 副本.txt", "关于换发营业执照副本的提案.yaml", "（1）.yaml", "copy.yaml")
    assert sorted(found(tmp_path)) == sorted(["关于换发营业执照副本的提案.yaml", "（1）.yaml", "copy.yaml"])
    assert named(tmp_path) == {}


@posix
def test_special_files_and_links_that_lead_out_are_named_and_left_alone(tmp_path: Path) -> None:
    workspace, outside = tmp_path / "workspace", tmp_path / "outside"
    tree(tmp_path, "workspace/1.yaml", "outside/2.yaml", "outside/note.txt")
    os.mkfifo(workspace / "fifo.yaml")
    os.mkfifo(workspace / "fifo.txt")
    (workspace / "device.yaml").symlink_to("/dev/zero")
    (workspace / "out.yaml").symlink_to(outside / "2.yaml")
    (workspace / "out.txt").symlink_to(outside / "note.txt")
    (workspace / "folder").symlink_to(outside)
    (workspace / "broken.yaml").symlink_to(workspace / "none")
    (workspace / "loop.yaml").symlink_to(workspace / "loop.yaml")
    assert found(workspace) == ["1.yaml"]
    expected = ["broken.yaml", "device.yaml", "fifo.yaml", "folder", "loop.yaml", "out.yaml"]
    assert sorted(named(workspace)) == expected
    assert {problem.severity for problem in named(workspace).values()} == {Severity.ERROR}


@posix
def test_links_within_the_folder_are_met_once_and_loops_do_not_hang(tmp_path: Path) -> None:
    tree(tmp_path, "2025/1.yaml")
    (tmp_path / "2025/again").symlink_to(tmp_path)
    (tmp_path / "same.yaml").symlink_to(tmp_path / "2025/1.yaml")
    assert files.walk(tmp_path, ".yaml") == ([tmp_path / "2025/1.yaml"], [])


@posix
def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_read(open_folder: Path) -> None:
    tree(open_folder, "2024/1.yaml", "2025/2.yaml")
    (open_folder / "2024").chmod(0)
    work = "found, problems = files.walk(place, '.yaml'); print(*[path.name for path in found], *problems)"
    said = clerk(BECOME_NOBODY + work, open_folder)
    assert said.stdout.startswith(f"2.yaml {open_folder / '2024'}: 文件夹不能读取：没有权限"), said.stderr


def test_a_vanished_folder_is_named(tmp_path: Path) -> None:
    paths, problems = files.walk(tmp_path / "proposals", ".yaml")
    assert paths == []
    assert "找不到" in problems[0].message
