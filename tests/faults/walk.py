"""Go through every call that changes the disk, do harm at it, and judge what is left.

Run it through `start`, which compiles the shim and preloads it. A prepared interpreter is forked for each command, so
that a point costs no start-up.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from faults.acts import ACTS, TODAY, Act
from faults.oracle import Outcome, Undisturbed, breaches, leftovers, snapshot, unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator

MOMENT = 1_756_170_000  # the wall clock of every run, so that two runs write the same bytes
KILL_BEFORE, KILL_AFTER, TORN, SHORT, FAIL = range(1, 6)  # as in shim.c
_NAMES = {KILL_BEFORE: "killed before", KILL_AFTER: "killed after", TORN: "torn", SHORT: "short"}
_ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
_OFTEN = 500  # points
_SECONDS = 30  # more is a hang; a lock is waited for 10


@dataclass(frozen=True, slots=True)
class Point:
    """A harm at one call: `number` is the error of FAIL, `lasting` from this call on."""

    step: int
    kind: str
    harm: int
    number: int = 0
    lasting: bool = False

    def __str__(self) -> str:
        name = _NAMES.get(self.harm) or errno.errorcode[self.number]
        return f"call {self.step} ({self.kind}) {name}{' and ever after' if self.lasting else ''}"


def points_of(kinds: str) -> Iterator[Point]:
    """Yield every harm that each of the calls can come to."""
    for step, kind in enumerate(kinds, 1):
        yield Point(step, kind, KILL_BEFORE)
        yield Point(step, kind, KILL_AFTER)
        if kind == "w":
            yield Point(step, kind, TORN)
            yield from (Point(step, kind, SHORT, lasting=lasting) for lasting in (False, True))
        for number in _ERRORS:
            yield from (Point(step, kind, FAIL, number, lasting) for lasting in (False, True))


class Stage:
    """A folder where commands run in forked processes, harmed or not."""

    def __init__(self, place: Path) -> None:
        self.desk, self.aside = place / "desk", place / "aside"
        self.folder = self.desk / "office"
        self.aside.mkdir(parents=True)
        (self.aside / "answers").write_text("y\n" * 9, encoding="utf-8")  # of those who ask before they act
        self.shim: Any = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self.shim.fault_kinds.restype = ctypes.c_char_p
        self.shim.fault_arm.argtypes = [ctypes.c_char_p, *[ctypes.c_int] * 4, ctypes.c_long]
        os.environ |= {
            "XDG_CACHE_HOME": str(self.desk / "cache"),
            "TMPDIR": str(self.desk / "tmp"),
            "TZ": "Asia/Shanghai",
        }
        self.kinds = ""

    def reset(self, kept: Path | None = None) -> None:
        """Put the workspace *kept* in place, or none."""
        shutil.rmtree(self.desk, ignore_errors=True)
        (self.desk / "tmp").mkdir(parents=True)
        if kept:
            shutil.copytree(kept, self.folder)

    def run(self, words: tuple[str, ...], point: Point | None = None) -> Outcome:
        """Run `dafu` with *words* in a forked process, with the harm of *point*."""
        child = os.fork()
        if child == 0:
            self._act(words, point)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out, err = ((self.aside / name).read_text("utf-8", "replace") for name in ("out", "err"))
        self.kinds = (self.aside / "kinds").read_text("ascii") if status >= 0 else ""
        return Outcome(status, out, err)

    def _act(self, words: tuple[str, ...], point: Point | None) -> NoReturn:
        code = -1
        with suppress(BaseException):
            signal.alarm(_SECONDS)
            os.dup2(os.open(self.aside / "answers", os.O_RDONLY), 0)
            for number, name in ((1, "out"), (2, "err")):
                os.dup2(os.open(self.aside / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
            os.chdir(self.folder)
            sys.argv = ["dafu", "--today", TODAY, *words]
            harm = (point.step, point.harm, point.number, int(point.lasting)) if point else (0, 0, 0, 0)
            self.shim.fault_arm(os.fsencode(self.desk), *harm, MOMENT)
            code = self._main()
            self.shim.fault_arm(b"", 0, 0, 0, 0, 0) if point else None
            (self.aside / "kinds").write_bytes(self.shim.fault_kinds()[: self.shim.fault_count()])
        os._exit(code if code >= 0 else 99)

    @staticmethod
    def _main() -> int:
        from dafu.cli import main

        try:
            main()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return 0


class Walk:
    """The walk over one act: what it does undisturbed, and what each point makes of it."""

    def __init__(self, stage: Stage, act: Act, place: Path) -> None:
        self.stage, self.act = stage, act
        stage.reset()
        act.prepare(stage.folder)
        for words in act.before:
            ended = stage.run(words)
            assert ended.code in (0, 1), (act.name, words, ended)
        self.kept = place / "old"
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(stage.folder, self.kept)
        self.usual = self._undisturbed()

    def _undisturbed(self) -> Undisturbed:
        stage, words = self.stage, self.act.words
        old = snapshot(stage.folder)
        stage.reset(self.kept)
        earlier = self._list()
        stage.reset(self.kept)
        once = stage.run(words)
        kinds, new = stage.kinds, snapshot(stage.folder)
        again = stage.run(words)
        newer = snapshot(stage.folder)
        return Undisturbed(old, new, newer, once, again, (earlier.out, self._list().out), kinds)

    def _list(self) -> Outcome:
        return self.stage.run(("list", "--json"))

    def points(self) -> list[Point]:
        """Return every point of the act."""
        return list(points_of(self.usual.kinds))

    def judge(self, point: Point) -> tuple[list[str], int]:
        """Return what is wrong after the harm of *point* and after a retry, and how many leftovers there are."""
        self.stage.reset(self.kept)
        ended = self.stage.run(self.act.words, point)
        found = snapshot(self.stage.folder)
        wrong = list(breaches(self.usual, self.act.commit, ended, found))
        if ended.code == -signal.SIGALRM:
            wrong.append("hangs")
        if (self.stage.folder / "dafu.yaml").exists() and self._list().code != 0:
            wrong.append("the next command fails")
        again = self.stage.run(self.act.words)
        settled = snapshot(self.stage.folder)
        wrong += unsettled(self.usual, self.act.commit, found, again, settled)
        return wrong, len(leftovers(found))


def walk(acts: tuple[Act, ...], count: int, seed: int, log: Path, place: Path | None = None) -> int:
    """Judge *count* points of all *acts* (0: all), chosen by *seed*, in a folder of *place*; return how many fail.

    Each breach goes to *log*, and from time to time how far it is.
    """
    _import_all()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(dir=place or _memory()) as name,
        log.open("a", encoding="utf-8") as lines,
    ):
        stage = Stage(Path(name))
        walks = [Walk(stage, act, Path(name) / f"act-{n}") for n, act in enumerate(acts)]
        every = [(one, point) for one in walks for point in one.points()]
        random.Random(seed).shuffle(every)  # noqa: S311 -- a run that can be repeated
        told = {"acts": len(walks), "calls": sum(len(one.usual.kinds) for one in walks), "points": len(every)}
        told |= {"seed": seed, "judged": 0, "bad": 0, "with leftovers": 0}
        for one, point in every[: count or None]:
            wrong, left = one.judge(point)
            told |= {"judged": told["judged"] + 1, "bad": told["bad"] + bool(wrong)}
            told |= {"with leftovers": told["with leftovers"] + bool(left)}
            if wrong:
                _log(lines, {"act": one.act.name, "point": str(point), "wrong": wrong})
            if told["judged"] % _OFTEN == 0:
                _log(lines, told | {"seconds": round(time.monotonic() - began)})
        _log(lines, told | {"seconds": round(time.monotonic() - began)})
    return told["bad"]


def _memory() -> Path | None:
    """Return a folder in memory where there is one: a walk syncs some hundred thousand times."""
    shared = Path("/dev/shm")  # noqa: S108 -- the folder made in it has a name of its own
    return shared if os.access(shared, os.W_OK) else None


def _log(lines: TextIO, entry: dict[str, Any]) -> None:
    lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
    lines.flush()


def _import_all() -> None:
    import dafu

    for module in walk_packages(dafu.__path__, "dafu."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Compile the shim in *folder* and run this walk with *words* under it."""
    shim = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"LD_PRELOAD": str(shim), "PYTHONPATH": paths}
    command = [sys.executable, "-m", "faults.walk", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def main() -> int:
    """Walk as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--act", help="only the acts whose names begin so")
    parser.add_argument("--place", type=Path, help="a folder on the file system to be tried; in memory without")
    words = parser.parse_args()
    acts = tuple(act for act in ACTS if act.name.startswith(words.act or ""))
    return int(bool(walk(acts, words.points, words.seed, words.log, words.place)))


if __name__ == "__main__":
    sys.exit(main())
