from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

import records
from clerks import failing
from dafu import store
from dafu.errors import RefusedError, UnusableError

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return store.open_workspace(records.make_workspace(tmp_path / "office"))


def test_what_the_tool_wrote_is_renewed_until_someone_changes_it(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "台账.md"
    for data in (b"one", b"two"):
        store.write_outputs(workspace, {path: data}, dry=False)
    assert path.read_bytes() == b"two"

    path.write_bytes(b"two and a half")
    with pytest.raises(RefusedError, match="写出以后改过，没有覆盖"):
        store.write_outputs(workspace, {path: b"three"}, dry=False)
    assert path.read_bytes() == b"two and a half"


def test_where_nothing_is_made_nothing_is_remembered(workspace: Workspace) -> None:
    store.write_outputs(workspace, {}, dry=False)
    assert not (workspace.root / ".dafu").exists()


@pytest.mark.parametrize("dry", [False, True])
def test_when_one_would_replace_a_foreign_file_none_is_written(
    workspace: Workspace, tmp_path: Path, *, dry: bool
) -> None:
    (tmp_path / "b").write_bytes(b"theirs")

    with pytest.raises(RefusedError, match="没有覆盖"):
        store.write_outputs(workspace, {tmp_path / "a": b"", tmp_path / "b": b""}, dry=dry)
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b").read_bytes() == b"theirs"


def test_a_rehearsal_writes_neither_a_file_nor_what_it_would_remember(workspace: Workspace, tmp_path: Path) -> None:
    store.write_outputs(workspace, {tmp_path / "a": b"new"}, dry=True)

    assert not (tmp_path / "a").exists()
    assert not (workspace.root / ".dafu").exists()


@pytest.mark.parametrize("place", ["dafu.yaml", "proposals/a.html", "replies/a.html", "templates/a.html"])
def test_nothing_is_written_among_what_the_workspace_is_made_of(workspace: Workspace, place: str) -> None:
    with pytest.raises(RefusedError, match="不能写在记录、模板和答复件里"):
        store.write_outputs(workspace, {workspace.root / place: b""}, dry=False)


def test_a_write_that_fails_leaves_the_older_file_ours(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    store.write_outputs(workspace, {path: b"one"}, dry=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        with pytest.raises(UnusableError):
            store.write_outputs(workspace, {path: b"two"}, dry=False)
    assert path.read_bytes() == b"one"

    store.write_outputs(workspace, {path: b"two"}, dry=False)
    assert path.read_bytes() == b"two"


def test_what_is_written_again_takes_no_second_place_among_the_thousand(workspace: Workspace, tmp_path: Path) -> None:
    made = {tmp_path / str(n): str(n).encode() for n in range(1_000)}
    store.write_outputs(workspace, made, dry=False)
    last = {tmp_path / "999": b"999"}
    store.write_outputs(workspace, last, dry=False)

    store.write_outputs(workspace, {tmp_path / "0": b""}, dry=False)  # the first is still known
    assert (tmp_path / "0").read_bytes() == b""


def test_only_the_last_thousand_are_remembered(workspace: Workspace, tmp_path: Path) -> None:
    for name, count in (("old", 1), ("new", 1_000)):
        made = {tmp_path / name / str(n): f"{name}{n}".encode() for n in range(count)}
        store.write_outputs(workspace, made, dry=False)

    with pytest.raises(RefusedError):
        store.write_outputs(workspace, {tmp_path / "old/0": b""}, dry=False)
    store.write_outputs(workspace, {tmp_path / "new/0": b""}, dry=False)
