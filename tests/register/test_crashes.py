"""Numbers under fire: killed processes, many at once, and disks that fail at every single step."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clerks import BECOME_NOBODY, clerk, posix
from dafu.errors import DafuError
from dafu.register import Register, void
from numbering import claim_of, kept, numbered, register_in, taken

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = int(os.environ.get("DAFU_NUMBERS", "50"))
"""Numbers that each of the processes takes; for about every other of them one is killed."""
PROCESSES, SHARED = 8, 5
HELPERS = str(Path(__file__).parents[1])
SEED = 20250826
CALLS = ("open", "write", "fsync", "link", "replace", "unlink", "mkdir")
TAKING = """
import os
import sys
from pathlib import Path
from numbering import register_in, taken
register = register_in(Path(sys.argv[1]))
for paper in sys.argv[2:]:
    line = f"{paper} {taken(register, int(paper))}\\n"
    os.write(1, line.encode())
"""


WITHOUT_LINKS = """
import errno, os
def refuse(*_):
    raise OSError(errno.EPERM, "no links on this share")
os.link = refuse
"""


class Worker:
    """A process that takes numbers for its papers, and begins anew a little before where it was killed."""

    def __init__(self, folder: Path, papers: list[int], script: str = TAKING) -> None:
        self.folder, self.papers, self.script = folder, papers, script
        self.log = folder / f"{papers[0]}.log"
        self.log.touch()
        self.start()

    def start(self) -> None:
        self.before = len(self.shown())
        rest = self.papers[max(0, self.before_last() - 2) :]
        with self.log.open("a", encoding="utf-8") as log:
            command = [sys.executable, "-c", self.script, str(self.folder), *map(str, rest)]
            environment = os.environ | {"PYTHONPATH": HELPERS}
            self.process = subprocess.Popen(command, stdout=log, env=environment)

    def shown(self) -> list[tuple[int, int]]:
        """Return paper and serial of every number that was shown."""
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = (line.split() for line in lines if line.endswith("\n"))
        return [(int(paper), int(serial)) for paper, serial in rows]

    def before_last(self) -> int:
        shown = self.shown()
        return self.papers.index(shown[-1][0]) if shown else 0

    def is_busy(self) -> bool:
        """Tell whether the process is in the middle of its work."""
        return self.process.poll() is None and len(self.shown()) > self.before


@posix
def test_many_processes_that_are_killed_and_begin_anew_take_each_number_once(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 -- a run that can be repeated
    every = [list(range(one * NUMBERS, (one + 1) * NUMBERS)) for one in range(PROCESSES)]
    workers = [Worker(tmp_path, every[one - 1][:SHARED] + own) for one, own in enumerate(every)]
    kills = 0
    while any(worker.process.poll() is None for worker in workers):
        time.sleep(chance.uniform(0, 0.03))
        busy = [worker for worker in workers if worker.is_busy()]
        done = sum(worker.before_last() for worker in workers) / PROCESSES
        if busy and kills < done / 2:  # all along, not at the beginning only
            worker = chance.choice(busy)
            worker.process.kill()
            kills += worker.process.wait() == -signal.SIGKILL
            worker.start()
    assert [worker.process.returncode for worker in workers] == [0] * PROCESSES
    assert kills > NUMBERS * 0.4
    check(register_in(tmp_path), workers)


def check(register: Register, workers: list[Worker]) -> None:
    """Hold what was shown against the register: no double, no gap, one number for each paper."""
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    for paper, serial in (row for worker in workers for row in worker.shown()):
        numbers[paper].add(serial)
    assert {len(serials) for serials in numbers.values()} == {1}
    count = PROCESSES * NUMBERS
    assert sorted(numbers) == list(range(count))
    assert sorted(serial for serials in numbers.values() for serial in serials) == list(range(1, count + 1))
    assert {entry.case: {entry.number.serial} for entry in kept(register)} == {
        claim_of(paper).case: serials for paper, serials in numbers.items()
    }


@pytest.mark.parametrize("script", [TAKING, WITHOUT_LINKS + TAKING], ids=["links", "no links"])
def test_processes_that_ask_for_the_same_papers_at_once_get_the_same_numbers(script: str, tmp_path: Path) -> None:
    workers = [Worker(tmp_path, [first, *range(10)], script) for first in (100, 101, 102)]
    assert [worker.process.wait() for worker in workers] == [0, 0, 0]
    one, *others = (dict(worker.shown()[1:]) for worker in workers)
    assert others == [one, one]
    assert len(set(one.values())) == 10
    assert sorted(entry.number.serial for entry in kept(register_in(tmp_path))) == list(range(1, 14))


# --- every single step


class Saboteur:
    """Let the call number *step* that changes the disk do *harm* instead; later ones are as usual."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: int, harm: Callable[[], None]) -> None:
        self.left, self.harm = step, harm
        for name in CALLS:
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name)))

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.harm()
            return call(*words, **more)

        return counted


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def is_killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do *act* in a forked process that is killed just before call number *step*; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as monkeypatch:
            Saboteur(monkeypatch, step, die)
            act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@posix
def test_one_who_is_killed_at_any_step_gets_the_same_number_again(tmp_path: Path) -> None:
    steps = 0
    for step in range(1, 100):
        register = register_in(tmp_path / str(step))
        if not is_killed_at(step, partial(taken, register, 31)):
            break
        steps += 1
        assert (taken(register, 31), taken(register, 32), taken(register, 31)) == (1, 2, 1)
        assert [entry.number.serial for entry in kept(register)] == [1, 2]
    assert steps > 20


@posix
def test_what_another_may_not_have_made_durable_is_made_so_before_a_number_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = register_in(tmp_path)
    taken(register, 31)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    taken(register, 31)
    folders = [register.folder / "2025", register.folder, register.replies]
    assert synced == [folder.stat().st_ino for folder in folders]


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_fault_at_any_step_is_told_and_a_retry_gets_the_same_number(number: int, tmp_path: Path) -> None:
    told = 0
    for step in range(1, 100):
        register = register_in(tmp_path / str(step))
        with pytest.MonkeyPatch.context() as monkeypatch:
            saboteur = Saboteur(monkeypatch, step, failing(number))
            try:
                assert taken(register, 31) == 1  # a leftover that cannot be removed hurts nobody
            except DafuError:
                told += 1
        if saboteur.left > 0:
            break
        assert (taken(register, 31), taken(register, 32)) == (1, 2)
        assert len(kept(register)) == 2
    assert told > 15


@posix
def test_a_void_that_is_killed_at_any_step_leaves_the_old_entry_or_the_new_one(tmp_path: Path) -> None:
    register, seen = register_in(tmp_path), set()
    for paper in range(1, 100):
        number = numbered(taken(register, paper))
        if not is_killed_at(paper, partial(void, register, number, "印错")):
            break
        entry = kept(register)[-1]
        assert entry.reason == ("印错" if entry.is_void else None)
        seen.add(entry.is_void)
    assert seen == {True, False}


ASKING_AS_NOBODY = f"""
    from numbering import register_in, taken
    taken(register_in(place), 31)  # imports all that nobody cannot read
    {BECOME_NOBODY}
    taken(register_in(place), 32)
"""


@posix
def test_a_register_that_cannot_be_written_is_told_and_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", HELPERS)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # any user may enter, unlike the usual ones of tests
        register = register_in(Path(folder))
        taken(register, 31)
        register.path_of(numbered(1)).parent.chmod(0o555)
        said = clerk(ASKING_AS_NOBODY.strip(), folder)
        assert "东商提函-2.yaml: 没有保存，什么也没有写入：没有权限" in said.stdout, said.stderr
        assert len(kept(register)) == 1
