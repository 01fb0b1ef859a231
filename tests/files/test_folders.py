from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from clerks import failing, posix
from dafu import files
from dafu.errors import RefusedError, UnusableError

if TYPE_CHECKING:
    from pathlib import Path

BIG = os.urandom(2_500_000)  # more than two blocks


def test_a_folder_is_filled_with_bytes_and_with_copies_of_files(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(BIG)
    stored = files.fill(tmp_path / "bag", {"data/a/scan.pdf": source, "empty": b"", "目录.txt": "目录".encode()})

    assert (tmp_path / "bag/data/a/scan.pdf").read_bytes() == BIG
    assert (tmp_path / "bag/目录.txt").read_text(encoding="utf-8") == "目录"
    assert stored["data/a/scan.pdf"] == (hashlib.sha256(BIG).hexdigest(), len(BIG))
    assert stored["empty"] == (hashlib.sha256(b"").hexdigest(), 0)
    assert source.read_bytes() == BIG


@pytest.mark.parametrize(("algorithm", "size"), [("md5", 32), ("sha1", 40), ("sha256", 64), ("sha512", 128)])
def test_a_digest_is_that_of_the_whole_file(algorithm: str, size: int, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(BIG)
    found = files.digest_of(tmp_path / "scan.pdf", algorithm)
    assert found == hashlib.new(algorithm, BIG).hexdigest()
    assert len(found) == size


def test_what_exists_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(UnusableError, match="没有写成"):
        files.fill(tmp_path, {"a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"


@posix
def test_a_link_in_the_place_of_a_file_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag/a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableError):
        files.fill(tmp_path / "bag", {"a": b"x"})
    assert not (tmp_path / "elsewhere").exists()


@posix
def test_a_pipe_is_no_file_to_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableError, match="不是普通文件"):
        files.digest_of(tmp_path / "pipe")
    with pytest.raises(UnusableError, match="不是普通文件"):
        files.fill(tmp_path, {"copy": tmp_path / "pipe"})


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="找不到"):
        files.digest_of(tmp_path / "gone")


@posix
def test_every_file_and_every_folder_is_made_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda one: synced.append(os.fstat(one).st_ino))
    files.fill(tmp_path / "bag", {"data/a/x": b"x", "data/y": b"y", "z": b"z"})
    below = {path.stat().st_ino for path in (tmp_path / "bag").rglob("*")}
    assert below | {(tmp_path / "bag").stat().st_ino, tmp_path.stat().st_ino} <= set(synced)


@posix
def test_a_short_write_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda one, data: write(one, data[:1000]))
    stored = files.fill(tmp_path / "bag", {"x": BIG[:5500]})
    assert (tmp_path / "bag/x").read_bytes() == BIG[:5500]
    assert stored["x"].size == 5500


@posix
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", failing(errno.ENOSPC))
    with pytest.raises(UnusableError, match="没有写成：磁盘已满"):
        files.fill(tmp_path / "bag", {"x": b"x"})


def test_a_finished_folder_gets_its_name_unless_that_is_taken(tmp_path: Path) -> None:
    for name, place in (("one", "归档"), ("two", "归档-2")):
        files.fill(tmp_path / f".{name}.dafu-tmp", {"x": name.encode()})
        files.publish(tmp_path / f".{name}.dafu-tmp", tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["归档", "归档-2"]

    files.fill(tmp_path / ".three.dafu-tmp", {"x": b"three"})
    with pytest.raises(RefusedError, match="已经存在，没有覆盖"):
        files.publish(tmp_path / ".three.dafu-tmp", tmp_path / "归档")
    assert (tmp_path / "归档/x").read_bytes() == b"one"


def test_only_an_unfinished_folder_of_ours_is_thrown_away(tmp_path: Path) -> None:
    files.fill(tmp_path / ".归档.dafu-tmp", {"data/x": b"x"})
    files.discard(tmp_path / ".归档.dafu-tmp")
    assert list(tmp_path.iterdir()) == []

    files.fill(tmp_path / "归档", {"data/x": b"x"})
    with pytest.raises(ValueError, match="no temporary file or folder"):
        files.discard(tmp_path / "归档")
    assert (tmp_path / "归档/data/x").exists()
