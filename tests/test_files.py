from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dafu import files
from dafu.errors import DafuError, Problem, RefusedError, Severity, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLD, NEW = b"old\n" * 500, b"new\n" * 5000
posix = pytest.mark.skipif(os.name == "nt", reason="FIFOs, signals, modes and limits are POSIX")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "143069.yaml"
    path.write_bytes(OLD)
    return path


def clerk(work: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Let a second process do *work*; `place` is its first word, a DafuError is printed."""
    script = (
        "import errno, os, resource, signal, sys\n"
        "from pathlib import Path\n"
        "from dafu import errors, files\n"
        "place, words = Path(sys.argv[1]), sys.argv[2:]\n"
        f"try:\n    {work}\nexcept errors.DafuError as error:\n    print(error)\n"
    )
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def other_names(path: Path) -> list[str]:
    return [entry.name for entry in path.parent.iterdir() if entry != path]


def failing(number: int) -> Callable[..., None]:
    """Return a call of the system that fails; no disk that breaks on demand is at hand."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


# --- read


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


# --- write and create


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


def test_the_digest_is_sha256() -> None:
    # the test value of FIPS 180-4 for "abc"
    assert files.digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


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


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that any user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


BECOME_NOBODY = "os.geteuid() == 0 and os.setuid(65534); "  # permissions do not bind root


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


@posix
def test_a_file_without_permission_is_named(open_folder: Path) -> None:
    secret = open_folder / "143069.yaml"
    secret.write_bytes(OLD)
    secret.chmod(0)
    said = clerk(f"{BECOME_NOBODY}files.read(place, 9999)", secret)
    assert f"{secret}: 不能读取：没有权限" in said.stdout, said.stderr


# --- walk


def tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")


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


def test_every_stop_is_one_the_program_knows(tmp_path: Path) -> None:
    with pytest.raises(DafuError):
        files.read(tmp_path / ("长" * 300), 10)
    with pytest.raises(UnusableError, match="名称太长"):
        files.write(tmp_path / ("长" * 300), NEW)
