from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clerks import BECOME_NOBODY, NEW, OLD, clerk, failing, other_names, posix
from dafu import files
from dafu.errors import RefusedError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def test_a_written_file_holds_the_bytes_and_nothing_else_is_left(record: Path) -> None:
    files.write(record, NEW)
    assert record.read_bytes() == NEW
    assert other_names(record) == []


def test_missing_folders_are_made(tmp_path: Path) -> None:
    files.write(tmp_path / "proposals/2025/143069.yaml", NEW)
    files.create(tmp_path / "replies/2025/143069/答复.docx", NEW)
    assert (tmp_path / "proposals/2025/143069.yaml").read_bytes() == NEW
    assert (tmp_path / "replies/2025/143069/答复.docx").read_bytes() == NEW


@pytest.mark.parametrize("name", ["长" * 85, "b" * 255])
def test_a_name_of_the_greatest_length_can_be_written(name: str, tmp_path: Path) -> None:
    files.write(tmp_path / name, NEW)
    assert (tmp_path / name).read_bytes() == NEW


@posix
def test_a_file_keeps_its_mode_and_a_new_one_obeys_the_umask(record: Path) -> None:
    record.chmod(0o640)
    files.write(record, NEW)
    assert stat.S_IMODE(record.stat().st_mode) == 0o640
    before = os.umask(0o077)
    try:
        files.write(record.with_name("new.yaml"), NEW)
        files.create(record.with_name("newer.yaml"), NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(record.with_name("new.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE(record.with_name("newer.yaml").stat().st_mode) == 0o600


@posix
def test_a_link_stays_a_link_when_its_file_is_written(record: Path) -> None:
    link = record.parent / "link.yaml"
    link.symlink_to(record)
    files.write(link, NEW)
    assert link.is_symlink()
    assert record.read_bytes() == NEW


@posix
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_special_file_is_never_replaced(make: Callable[[Path], None], tmp_path: Path) -> None:
    place = tmp_path / "143069.yaml"
    make(place)
    kind = stat.S_IFMT(place.lstat().st_mode)
    with pytest.raises(UnusableError, match="不是普通文件"):
        files.write(place, NEW)
    assert stat.S_IFMT(place.lstat().st_mode) == kind


def test_a_file_in_the_place_of_a_folder_is_named(record: Path) -> None:
    for act in (files.write, files.create):
        with pytest.raises(UnusableError, match="上级不是文件夹"):
            act(record / "143070.yaml", NEW)
    assert record.read_bytes() == OLD


def test_a_file_that_is_as_it_was_read_is_replaced(record: Path) -> None:
    files.write(record, NEW, expected=files.digest(OLD))
    assert record.read_bytes() == NEW


@pytest.mark.parametrize("meanwhile", [b"saved by a colleague", None])
def test_a_change_made_while_we_write_is_never_overwritten(
    meanwhile: bytes | None, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def colleague(_descriptor: int) -> None:
        record.unlink() if meanwhile is None else record.write_bytes(meanwhile)

    monkeypatch.setattr(os, "fsync", colleague)  # the last act before the file is replaced
    with pytest.raises(RefusedError, match="被别人改动过或删除，没有保存"):
        files.write(record, NEW, expected=files.digest(OLD))
    assert (record.read_bytes() if record.exists() else None) == meanwhile
    assert other_names(record) == []


def test_an_existing_file_is_never_overwritten_by_a_new_one(record: Path) -> None:
    with pytest.raises(RefusedError, match="已经存在，没有覆盖"):
        files.create(record, NEW)
    assert record.read_bytes() == OLD
    assert other_names(record) == []


def test_of_many_who_create_the_same_name_one_succeeds(tmp_path: Path) -> None:
    place = tmp_path / "号/67.yaml"
    script = "import sys, pathlib; from dafu import files; sys.stdin.read(); "
    script += "files.create(pathlib.Path(sys.argv[1]), sys.argv[2].encode() * 1000)"
    clerks = [
        subprocess.Popen([sys.executable, "-c", script, place, str(number)], stdin=-1, stderr=subprocess.DEVNULL)
        for number in range(6)
    ]
    for process in clerks:
        assert process.stdin is not None
        process.stdin.close()  # the start, for all at once
    done = [number for number, process in enumerate(clerks) if process.wait() == 0]
    assert len(done) == 1
    assert place.read_bytes() == str(done[0]).encode() * 1000
    assert other_names(place) == []


def test_where_links_are_impossible_a_new_file_still_never_overwrites(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    files.create(record.with_name("143070.yaml"), NEW)
    assert record.with_name("143070.yaml").read_bytes() == NEW
    with pytest.raises(RefusedError, match="已经存在"):
        files.create(record, NEW)
    assert record.read_bytes() == OLD
    assert other_names(record) == ["143070.yaml"]


def test_a_name_reserved_for_a_failed_file_is_given_back(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, "replace", failing(errno.EIO))
    with pytest.raises(UnusableError, match="什么也没有写入"):
        files.create(record.with_name("143070.yaml"), NEW)
    assert other_names(record) == []


def test_a_share_that_lets_two_links_succeed_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", lambda _source, target: Path(target).write_bytes(b"a colleague's"))
    with pytest.raises(RefusedError, match="同时被别人写入"):
        files.create(tmp_path / "67.yaml", NEW)
    assert (tmp_path / "67.yaml").read_bytes() == b"a colleague's"


# --- faults


def test_short_writes_are_carried_on(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:7])))
    files.write(record, NEW)
    assert record.read_bytes() == NEW


def test_bytes_that_the_disk_has_changed_are_never_put_in_place(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(len(data))))
    with pytest.raises(UnusableError, match="没有保存，原样未动：磁盘读写出错"):
        files.write(record, NEW)
    assert record.read_bytes() == OLD
    assert other_names(record) == []


WRITE_CALLS = ["open", "write", "fsync", "replace"]
CREATE_CALLS = ["open", "write", "fsync", "link"]


@pytest.mark.parametrize(
    ("verb", "call"),
    [*(("write", call) for call in WRITE_CALLS), *(("create", call) for call in CREATE_CALLS)],
)
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EIO, "磁盘读写出错"),
        (errno.EROFS, "磁盘只读"),
        (errno.EACCES, "没有权限"),
    ],
)
def test_a_fault_of_the_disk_is_told_in_chinese_and_nothing_is_changed(
    verb: str, call: str, number: int, words: str, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = record if verb == "write" else record.with_name("143070.yaml")
    monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(UnusableError, match=f"没有保存.*{words}"):
        getattr(files, verb)(place, NEW)
    monkeypatch.undo()
    assert record.read_bytes() == OLD
    assert other_names(record) == []


def test_a_failed_sync_is_not_tried_again(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def fail_once(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", fail_once)
    with pytest.raises(UnusableError, match="没有保存"):
        files.write(record, NEW)
    assert len(calls) == 1
    assert record.read_bytes() == OLD


@posix
def test_a_folder_that_cannot_be_synced_is_told_as_it_is(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", only_files)
    with pytest.raises(UnusableError, match="已写入，但磁盘没有确认"):
        files.write(record, NEW)
    assert record.read_bytes() == NEW


@posix
def test_file_and_folder_are_synced_around_the_replacement(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        acts.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def note_replace(source: Path, target: Path) -> None:
        acts.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    files.write(record, NEW)
    assert acts == ["file", "replace", "folder"]


@posix
def test_new_folders_are_made_durable_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    files.write(tmp_path / "proposals/2025/143069.yaml", NEW)
    folders = [tmp_path, tmp_path / "proposals", tmp_path / "proposals/2025"]
    assert [number for number in synced if number in {folder.stat().st_ino for folder in folders}] == [
        folder.stat().st_ino for folder in folders
    ]


@posix
def test_an_interrupt_leaves_the_old_file_and_no_leftover(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_c(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        files.write(record, NEW)
    assert record.read_bytes() == OLD
    assert other_names(record) == []


KILLED = """
    name, moment, verb = words
    real = getattr(os, name)
    def deadly(first, second=None):
        if moment == "torn": real(first, second[:7])
        if moment == "after": real(first) if second is None else real(first, second)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(os, name, deadly)
    getattr(files, verb)(place, b"new\\n" * 5000)
"""


@posix
@pytest.mark.parametrize(
    ("call", "moment", "left"),
    [
        ("write", "before", OLD),
        ("write", "torn", OLD),
        ("write", "after", OLD),
        ("fsync", "before", OLD),
        ("fsync", "after", OLD),
        ("replace", "before", OLD),
        ("replace", "after", NEW),
        ("unlink", "before", NEW),
    ],
)
def test_a_writer_killed_at_any_moment_leaves_a_whole_file(call: str, moment: str, left: bytes, record: Path) -> None:
    killed = clerk(KILLED.strip(), record, call, moment, "write")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert record.read_bytes() == left
    assert files.walk(record.parent, ".yaml") == ([record], [])
    assert all(name.endswith(files.TEMPORARY) for name in other_names(record))
    files.write(record, NEW)
    assert record.read_bytes() == NEW


@posix
@pytest.mark.parametrize(
    ("call", "moment", "left"),
    [("write", "torn", None), ("fsync", "after", None), ("link", "before", None), ("link", "after", NEW)],
)
def test_a_creator_killed_at_any_moment_leaves_a_whole_file_or_none(
    call: str, moment: str, left: bytes | None, tmp_path: Path
) -> None:
    place = tmp_path / "67.yaml"
    killed = clerk(KILLED.strip(), place, call, moment, "create")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (place.read_bytes() if place.exists() else None) == left
    assert files.walk(tmp_path, ".yaml") == ([place] if left else [], [])


@posix
def test_a_limit_of_size_stops_in_the_middle_and_nothing_is_changed(record: Path) -> None:
    work = "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); files.write(place, bytes(20000))"
    said = clerk(work, record)
    assert "没有保存，原样未动：超出允许的文件大小" in said.stdout, said.stderr
    assert record.read_bytes() == OLD
    assert other_names(record) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a real disk of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if not mounted or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root on Linux")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("act", [files.write, files.create])
def test_a_full_disk_changes_nothing(act: Callable[[Path, bytes], None], small_disk: Path) -> None:
    record, place = small_disk / "143069.yaml", small_disk / "143070.yaml"
    record.write_bytes(OLD)
    with pytest.raises(UnusableError, match="磁盘已满（请清出空间"):
        act(record if act is files.write else place, bytes(100_000))
    assert record.read_bytes() == OLD
    assert other_names(record) == []


@posix
def test_a_folder_without_permission_changes_nothing(open_folder: Path) -> None:
    record = open_folder / "143069.yaml"
    record.write_bytes(OLD)
    record.chmod(0o644)
    open_folder.chmod(0o555)
    for verb in ("write(place", "create(place.with_name('143070.yaml')"):
        said = clerk(f"{BECOME_NOBODY}files.{verb}, b'new')", record)
        assert "没有权限" in said.stdout, said.stderr
    assert record.read_bytes() == OLD
    assert other_names(record) == []
    open_folder.chmod(0o755)


def test_a_name_that_is_too_long_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"没有保存.*名称太长"):
        files.write(tmp_path / ("长" * 300), NEW)
