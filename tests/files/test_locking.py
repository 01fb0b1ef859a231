from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from clerks import BECOME_NOBODY, clerk, posix
from dafu import files
from dafu.errors import RefusedError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDING = """
import sys
from pathlib import Path
from dafu import files
with files.locked(Path(sys.argv[1]), "赵一", 5):
    print("held", flush=True)
    sys.stdin.read()
"""
COUNTING = """
import sys
from pathlib import Path
from dafu import files
lock, counter = map(Path, sys.argv[1:])
for _ in range(20):
    with files.locked(lock, "赵一", 60):
        counter.write_text(str(int(counter.read_text(encoding="utf-8")) + 1), encoding="utf-8")
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "锁"


@pytest.fixture
def note(lock: Path) -> Path:
    return lock.with_name("锁.json")


@pytest.fixture
def colleague(lock: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let a second process hold the lock until its input is closed."""
    process = subprocess.Popen([sys.executable, "-c", HOLDING, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def written(host: str, note: Path) -> str:
    text = json.dumps({"name": "赵一", "host": host, "process": 4242, "since": "2025-08-26 10:00:00"})
    note.write_text(text, encoding="utf-8")
    return text


def test_the_note_says_who_holds_the_lock_and_goes_with_it(lock: Path, note: Path) -> None:
    with files.locked(lock, "林晓", 0) as notice:
        held = json.loads(note.read_text(encoding="utf-8"))
        assert notice is None
    assert (held["name"], held["host"], held["process"]) == ("林晓", socket.gethostname(), os.getpid())
    assert len(held["since"]) == len("2025-08-26 10:00:00")
    assert not note.exists()


def test_a_lock_can_be_had_again_and_what_stops_the_block_frees_it(lock: Path, note: Path) -> None:
    with pytest.raises(ZeroDivisionError), files.locked(lock, "林晓", 0):
        raise ZeroDivisionError
    assert not note.exists()
    with files.locked(lock, "林晓", 0) as notice:
        assert notice is None


def test_a_living_holder_is_named_with_the_way_out(lock: Path, colleague: subprocess.Popen[bytes]) -> None:
    with pytest.raises(RefusedError) as caught, files.locked(lock, "林晓", 0.2):
        pytest.fail("two hold the lock")
    said = str(caught.value)
    assert said.startswith(f"{lock.parent}：赵一（电脑 {socket.gethostname()}，进程 {colleague.pid}，自 ")
    assert said.endswith(f"请等它做完再试；确知它卡住了，就结束进程 {colleague.pid} 再试）")


def test_a_holder_in_the_same_process_is_named_too(lock: Path) -> None:
    with (
        files.locked(lock, "林晓", 0),
        pytest.raises(RefusedError, match=f"林晓.*进程 {os.getpid()}"),
        files.locked(lock, "林晓", 0.2),
    ):
        pytest.fail("held twice")


def test_one_who_waits_gets_the_lock_when_it_is_free(lock: Path, colleague: subprocess.Popen[bytes]) -> None:
    assert colleague.stdin is not None
    threading.Timer(0.3, colleague.stdin.close).start()
    with files.locked(lock, "林晓", 30) as notice:
        assert notice is None
    assert colleague.wait() == 0


@posix
def test_a_holder_that_died_is_followed_with_a_notice(
    lock: Path, note: Path, colleague: subprocess.Popen[bytes]
) -> None:
    colleague.send_signal(signal.SIGKILL)
    colleague.wait()
    assert note.exists()
    with files.locked(lock, "林晓", 0) as notice:
        assert notice is not None
        assert notice.startswith(
            f"上次的操作没有做完就中断了：赵一（电脑 {socket.gethostname()}，进程 {colleague.pid}，"
        )
        assert json.loads(note.read_text(encoding="utf-8"))["name"] == "林晓"
    with files.locked(lock, "林晓", 0) as notice:
        assert notice is None


def test_a_holder_on_another_computer_is_never_taken_for_dead(lock: Path, note: Path) -> None:
    text = written("OFFICE-7", note)
    with pytest.raises(RefusedError) as caught, files.locked(lock, "林晓", 0.2):
        pytest.fail("two hold the lock")
    assert "赵一（电脑 OFFICE-7，进程 4242，自 2025-08-26 10:00:00）" in str(caught.value)
    assert f"确知 OFFICE-7 上已没有在运行，就删去 {note} 再试" in str(caught.value)
    assert note.read_text(encoding="utf-8") == text
    note.unlink()
    with files.locked(lock, "林晓", 0) as notice:
        assert notice is None


def test_one_who_waits_for_another_computer_goes_on_when_it_has_done(lock: Path, note: Path) -> None:
    written("OFFICE-7", note)
    threading.Timer(0.3, note.unlink).start()
    with files.locked(lock, "林晓", 30) as notice:
        assert notice is None


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"name": "赵一"}', "[" * 9000, "x" * 20_000])
def test_a_note_that_cannot_be_understood_is_not_passed_over(text: str, lock: Path, note: Path) -> None:
    note.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"不明.*就删去 .*锁.json 再试"), files.locked(lock, "林晓", 0):
        pytest.fail("taken over from somebody unknown")
    assert note.exists()


def test_a_name_with_escapes_cannot_play_tricks_on_the_console(lock: Path, note: Path) -> None:
    written("\x1b[2J", note)
    with pytest.raises(RefusedError, match=r"电脑 \\x1b\[2J"), files.locked(lock, "林晓", 0):
        pytest.fail("two hold the lock")


def test_the_note_of_one_who_took_over_meanwhile_stays(lock: Path, note: Path) -> None:
    with files.locked(lock, "林晓", 0):
        text = written("OFFICE-7", note)
    assert note.read_text(encoding="utf-8") == text


@posix
def test_a_folder_without_permission_is_told(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    work = f"import filelock, socket; {BECOME_NOBODY}files.locked(place, '林晓', 0).__enter__()"
    said = clerk(work, open_folder / "锁")
    assert "没有锁住，什么也没有改动：没有权限" in said.stdout, said.stderr
    open_folder.chmod(0o755)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "锁").write_bytes(b"")
    with pytest.raises(UnusableError, match="上级不是文件夹"), files.locked(tmp_path / "锁/锁", "林晓", 0):
        pytest.fail("locked")


def test_of_many_processes_one_at_a_time_is_inside(lock: Path, tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0", encoding="utf-8")
    command = [sys.executable, "-c", COUNTING, str(lock), str(counter)]
    clerks = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in clerks] == [0, 0, 0, 0]
    assert counter.read_text(encoding="utf-8") == "80"
