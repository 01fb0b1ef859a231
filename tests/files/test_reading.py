from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clerks import BECOME_NOBODY, OLD, clerk, posix
from dafu import files
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_file_of_just_the_limit_is_read(record: Path) -> None:
    assert files.read(record, len(OLD)) == OLD


def test_a_file_over_the_limit_is_refused_with_the_limit_named(record: Path) -> None:
    with pytest.raises(UnusableError, match="超过 1,999 字节") as caught:
        files.read(record, len(OLD) - 1)
    assert caught.value.problems[0].file == str(record)


def test_a_missing_file_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"无.yaml: 不能读取：找不到（请核对文件名"):
        files.read(tmp_path / "无.yaml", 100)


@posix
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_regular_file_is_refused_and_never_waited_for(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "143069.yaml")
    with pytest.raises(UnusableError, match="不是普通文件"):
        files.read(tmp_path / "143069.yaml", 100)


@posix
def test_a_link_within_the_workspace_is_read(record: Path) -> None:
    (record.parent / "link.yaml").symlink_to(record)
    assert files.read(record.parent / "link.yaml", 9999, within=record.parent) == OLD


@posix
@pytest.mark.parametrize("way", ["link.yaml", "folder/143069.yaml", "../143069.yaml"])
def test_a_path_that_leads_out_of_the_workspace_is_refused(way: str, record: Path) -> None:
    workspace = record.parent / "workspace"
    workspace.mkdir()
    (workspace / "link.yaml").symlink_to(record)
    (workspace / "folder").symlink_to(record.parent)
    assert files.read(workspace / way, 9999) == OLD
    with pytest.raises(UnusableError, match="指向工作区以外"):
        files.read(workspace / way, 9999, within=workspace)


@posix
def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    with pytest.raises(UnusableError, match="链接绕成了圈"):
        files.read(tmp_path / "a.yaml", 100)


def test_the_digest_is_sha256() -> None:
    # the test value of FIPS 180-4 for "abc"
    assert files.digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@posix
def test_a_file_without_permission_is_named(open_folder: Path) -> None:
    secret = open_folder / "143069.yaml"
    secret.write_bytes(OLD)
    secret.chmod(0)
    said = clerk(f"{BECOME_NOBODY}files.read(place, 9999)", secret)
    assert f"{secret}: 不能读取：没有权限" in said.stdout, said.stderr


def test_a_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="名称太长"):
        files.read(tmp_path / ("长" * 300), 10)
