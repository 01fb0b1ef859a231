"""One clerk at a time, told in plain words; nothing but this courtesy rests on the lock.

Two notions of "held" meet. The lock of the operating system dies with its process, so it tells the living from the
dead on this computer; some shares do not carry it to other computers. The note beside it is published under one name
that only one can take, so it is seen from everywhere; but it outlives its writer.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from dafu.errors import RefusedError, UnusableError, printable
from dafu.files.faults import told
from dafu.files.reading import read
from dafu.files.writing import create, make_folder, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

_POLL = 0.1  # seconds
_NOTE_LIMIT = 10_000  # bytes


class _Holder(NamedTuple):
    """Who holds a lock, where and since when."""

    name: str
    host: str
    process: int
    since: str

    def __str__(self) -> str:
        return printable(f"{self.name}（电脑 {self.host}，进程 {self.process}，自 {self.since}）")


@contextmanager
def locked(path: Path, holder: str, timeout: float) -> Iterator[str | None]:
    """Hold the lock file *path* as *holder* for the length of the block; wait *timeout* seconds for it at most.

    Yields a notice for the clerk where the lock was taken over from a process of this computer that died, else None.
    Raises RefusedError that names who holds it and the way out, UnusableError where the lock cannot be written.
    """
    from filelock import FileLock

    lock, note = FileLock(path), path.with_name(f"{path.name}.json")
    mine = _Holder(holder, _host(), os.getpid(), time.strftime("%Y-%m-%d %H:%M:%S"))
    with told(path, "没有锁住，什么也没有改动"):
        make_folder(path.parent)
        dead = _take(lock, note, mine, time.monotonic() + timeout)
    try:
        yield f"上次的操作没有做完就中断了：{dead}，现已接手" if dead else None
    finally:
        with suppress(OSError, UnusableError):  # what the block raised is the one to be told
            if _bytes(note) == _written(mine):  # it is not ours once the clerk has removed it
                note.unlink()
        lock.release()


def holder_left(path: Path) -> tuple[str, bool] | None:
    """Return who is noted as holding the lock file *path*, and whether that process of this computer is dead.

    None where nobody is noted, or where a process of this computer holds it now.
    """
    from filelock import FileLock, Timeout

    held = _holder(path.with_name(f"{path.name}.json"))
    if held is None:
        return None
    if held.host != _host():
        return str(held), False
    with told(path, "不能锁住"):
        try:
            with FileLock(path).acquire(timeout=0):
                return str(held), True
        except Timeout:
            return None


def _take(lock: BaseFileLock, note: Path, mine: _Holder, until: float) -> _Holder | None:
    """Acquire the lock and publish the note; return the dead holder that it was taken over from."""
    while True:
        _acquire(lock, note, until)
        try:
            previous = _holder(note)
            if previous and previous.host == mine.host:  # the system let us in, so that process holds nothing
                write(note, _written(mine))
                return previous
            if not previous and _published(note, mine):
                return None
        except BaseException:
            lock.release()
            raise
        lock.release()
        if time.monotonic() >= until:
            raise _refused(note)
        time.sleep(_POLL)


def _acquire(lock: BaseFileLock, note: Path, until: float) -> None:
    from filelock import Timeout

    try:
        lock.acquire(timeout=max(0, until - time.monotonic()), poll_interval=_POLL)
    except Timeout:
        raise _refused(note) from None


def _published(note: Path, mine: _Holder) -> bool:
    try:
        create(note, _written(mine))
    except RefusedError:
        return False
    return True


def _refused(note: Path) -> RefusedError:
    held = _holder(note)
    if held is None:
        return RefusedError(f"{note.parent}：正被别的程序占用，什么也没有改动（请等它做完再试）")
    way = f"请等那边做完再试；确知 {held.host} 上已没有在运行，就删去 {note} 再试"
    if held.host == _host():
        way = f"请等它做完再试；确知它卡住了，就结束进程 {held.process} 再试"
    return RefusedError(printable(f"{note.parent}：{held} 正在使用，什么也没有改动（{way}）"))


def _host() -> str:
    import socket  # 10 ms that only those who lock should pay

    return socket.gethostname()


def _written(holder: _Holder) -> bytes:
    import json

    return json.dumps(holder._asdict(), ensure_ascii=False).encode()


def _bytes(note: Path) -> bytes | None:
    """Return what the note says, None where there is none."""
    try:
        note.lstat()
    except FileNotFoundError:
        return None
    return read(note, _NOTE_LIMIT)


def _holder(note: Path) -> _Holder | None:
    """Return whom the note names; one that cannot be understood names nobody who could be dead."""
    import json

    try:
        data = _bytes(note)
        return None if data is None else _Holder(**json.loads(data))
    except (UnusableError, ValueError, TypeError, RecursionError):
        return _Holder("不明", "不明", 0, "不明")
