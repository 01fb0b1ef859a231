"""Two clerks on one record, and readers beside them, in real processes; a prepared interpreter is forked for each."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn

import yaml

from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_REFUSED = 4
_SOME = 40  # rounds on one record, which grows by them
_TODAY = "2025-05-06"
_BODY = "。".join(f"第{n}条意见已经采纳" for n in range(400))  # a record of some pages, so that a half would show


def _forked(act: Callable[[], int]) -> int:
    """Do *act* in a forked process; return its id."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = act()
    finally:
        os._exit(code)


def _code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _dafu(folder: Path, said: Path, *words: str) -> int:
    """Run `dafu` with *words*, what it says in the file *said*."""
    from dafu.cli import main

    for number in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    os.chdir(folder)
    sys.argv = ["dafu", "--today", _TODAY, *words]
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def _read_until_killed(record: Path, halves: Path) -> NoReturn:
    """Look at the record again and again; note what is no whole record."""
    while True:
        text = record.read_text("utf-8")
        with suppress(yaml.YAMLError):
            found = yaml.load(text, yaml.BaseLoader)  # noqa: S506 -- it makes text only
            if isinstance(found, dict) and len(found["答复"]["正文"]) == len(_BODY):
                continue
        halves.write_text(text, "utf-8")


def rounds(count: int, seed: int, place: Path) -> dict[str, int]:
    """Let two clerks change one record at once, *count* times; return how often what came of it.

    Each round one enters an event and the other an event or a value, the later by a moment of chance. `lost` counts
    the changes that were said to be done and are not there, `unsaid` those refused without a word, `halves` what a
    reader saw between.
    """
    import dafu.cli.set
    import dafu.cli.track  # so that no fork pays for it

    assert dafu.cli.set and dafu.cli.track  # noqa: PT018 -- names for the linter
    chance, told = Random(seed), dict.fromkeys(("both", "refused", "lost", "unsaid", "halves"), 0)  # noqa: S311 -- repeatable
    for begin in range(0, count, _SOME):
        _some_rounds(place / str(begin), range(begin, min(begin + _SOME, count)), chance, told)
    return {"rounds": count} | told


def _some_rounds(place: Path, numbers: range, chance: Random, told: dict[str, int]) -> None:
    """Do these rounds on a new record, watched by a reader."""
    folder = make_workspace(place / "office", OFFICE, **{"143069": RECORD + f"答复: {{正文: {_BODY}}}\n"})
    halves = place / "halves"
    reader = _forked(lambda: _read_until_killed(folder / "proposals/143069.yaml", halves))
    try:
        for number in numbers:
            _round(folder, number, chance, told)
    finally:
        os.kill(reader, signal.SIGKILL)
        _code(reader)
    told["halves"] += halves.exists()


def _round(folder: Path, number: int, chance: Random, told: dict[str, int]) -> None:
    record = folder / "proposals/143069.yaml"
    marks = [f"第{number}次甲", f"第{number}次乙"]
    acts = [_event(marks[0]), _event(marks[1]) if number % 2 else ("set", "143069", f"分管领导={marks[1]}")]
    pause = chance.uniform(0, 0.03)
    said = [folder.parent / f"said-{n}" for n in range(2)]
    first = _forked(lambda: _dafu(folder, said[0], *acts[0]))
    time.sleep(pause)
    codes = [_code(_forked(lambda: _dafu(folder, said[1], *acts[1]))), _code(first)][::-1]
    text = record.read_text("utf-8")
    for mark, code, words in zip(marks, codes, said, strict=True):
        told["lost"] += code == 0 and mark not in text
        told["lost"] += code != 0 and mark in text
        told["unsaid"] += code not in (0, _REFUSED) or (code == _REFUSED and "改过" not in words.read_text("utf-8"))
    told["both"] += codes == [0, 0]
    told["refused"] += _REFUSED in codes


def _event(mark: str) -> tuple[str, ...]:
    return "track", "143069", "沟通", "方式=电话", "对象=林晓", "日期=2025-05-06", f"说明={mark}"


def main() -> int:
    """Run rounds as the command line says; 1 where something was lost, unsaid or seen half."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = place
        told = rounds(words.rounds, words.seed, Path(place))
    sys.stdout.write(json.dumps(told | {"seed": words.seed}) + "\n")
    return int(any(told[name] for name in ("lost", "unsaid", "halves")))


if __name__ == "__main__":
    sys.exit(main())
