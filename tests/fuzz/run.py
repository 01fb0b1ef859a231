"""Give spoiled inputs to everything that reads the input of others: no traceback, no hang, no flood of memory."""

from __future__ import annotations

import argparse
import faulthandler
import json
import logging
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TextIO

from dafu.errors import DafuError
from fuzz.readers import READERS, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS, MEMORY = 2, 1_000_000_000
_ALLOWED = (DafuError,)
_OFTEN = 256  # inputs
_HANG = 600  # seconds for so many: whoever takes longer hangs where no signal reaches it


class TooLongError(BaseException):
    """A reader did not come to its end in time."""


class Run(NamedTuple):
    """Which inputs are made and read: those below *inputs* that fall to *part* of *parts*, for *minutes* at most."""

    inputs: int
    minutes: float
    seed: int
    log: Path
    reader: str = ""
    part: int = 0
    parts: int = 1


class Told(NamedTuple):
    """What came of a run: inputs of each reader, kinds of faults, megabytes at most."""

    done: Counter[str]
    kinds: int
    megabytes: int


def _stop(*_: object) -> NoReturn:
    raise TooLongError


def fault_of(reader: Reader, data: bytes) -> str:
    """Return what went wrong when *data* was read: a traceback, too long a time, idle talk; "" when nothing did."""
    said = StringIO()
    with redirect_stdout(said):
        fault = _stopped(reader, data)
    return fault or (f"said among the output: {said.getvalue()}" if said.getvalue() else "")


def _stopped(reader: Reader, data: bytes) -> str:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reader.read(data)
    except _ALLOWED:
        return ""
    except TooLongError:
        return f"over {SECONDS} s: {traceback.format_exc()[-600:]}"
    except ValueError as error:  # what no letter can hold; the desk turns it into a message
        return "" if reader.name in ("templates", "bodies") and "draw" in traceback.format_exc() else _told(error)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is a find
        return _told(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def _told(error: Exception) -> str:
    return "".join(traceback.format_exception(error)[-4:])


@contextmanager
def limited() -> Iterator[None]:
    """Hold readers to their time; `fault_of` counts it."""
    before = signal.signal(signal.SIGPROF, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


@cache
def _chosen(wanted: str) -> tuple[list[Reader], list[int]]:
    chosen = [one for one in READERS if wanted in one.name]
    return chosen, [one.weight for one in chosen]


def made(number: int, seed: int, wanted: str = "") -> tuple[Reader, bytes]:
    """Return input *number* of *seed* and the reader that it is for; no other input has a part in it."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 -- a run that can be repeated
    readers, weights = _chosen(wanted)
    reader = chance.choices(readers, weights)[0]
    return reader, reader.make(chance)


def fuzz(run: Run) -> Told:
    """Read the inputs of one part; log each kind of fault once with its input."""
    warnings.simplefilter("ignore")
    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    done: Counter[str] = Counter()
    kinds: set[tuple[str, str]] = set()
    until = time.monotonic() + 60 * run.minutes
    with limited(), run.log.open("a", encoding="utf-8") as log:
        for place, number in enumerate(range(run.part, run.inputs, run.parts)):
            if place % _OFTEN == 0:
                if time.monotonic() > until:
                    break
                faulthandler.dump_traceback_later(_HANG, exit=True, file=log)
            reader, data = made(number, run.seed, run.reader)
            fault = fault_of(reader, data)
            done[reader.name] += 1
            if fault and (kind := (reader.name, fault[-160:])) not in kinds:
                kinds.add(kind)
                _note(log, {"reader": reader.name, "number": number, "fault": fault, "input": data[:4000]})
    faulthandler.cancel_dump_traceback_later()
    return Told(done, len(kinds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _note(log: TextIO, entry: dict[str, Any]) -> None:
    print(json.dumps(entry, ensure_ascii=False, default=lambda data: data.decode("latin-1")), file=log, flush=True)


def _shared(run: Run, workers: int) -> Told:
    """Let *workers* processes read the inputs, each its part; raises BrokenProcessPool when one ends at a hang."""
    parts = [run._replace(part=part, parts=workers) for part in range(workers)]
    if workers == 1:
        return fuzz(run)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        told = list(pool.map(fuzz, parts))
    done = sum((one.done for one in told), Counter[str]())
    return Told(done, sum(one.kinds for one in told), max(one.megabytes for one in told))


def main() -> int:
    """Fuzz as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="", help="only readers whose names hold this")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--log", type=Path, required=True)
    words = parser.parse_args()
    began = time.monotonic()
    told = _shared(Run(words.inputs, words.minutes, words.seed, words.log, words.reader), words.workers)
    figures = {"inputs": told.done.total(), **dict(sorted(told.done.items())), "kinds of faults": told.kinds}
    figures |= {"seed": words.seed, "workers": words.workers, "MB at most": told.megabytes}
    figures |= {"seconds": round(time.monotonic() - began)}
    with words.log.open("a", encoding="utf-8") as log:
        _note(log, figures)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    return int(bool(told.kinds))


if __name__ == "__main__":
    sys.exit(main())
