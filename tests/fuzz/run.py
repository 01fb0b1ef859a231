"""Give spoiled inputs to everything that reads the input of others: no traceback, no hang, no flood of memory."""

from __future__ import annotations

import argparse
import json
import logging
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NoReturn

from dafu.errors import DafuError
from fuzz.readers import READERS, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS, MEMORY = 2, 1_000_000_000
_ALLOWED = (DafuError,)


class TooLongError(BaseException):
    """A reader did not come to its end in time."""


def _stop(*_: object) -> NoReturn:
    raise TooLongError


def fault_of(reader: Reader, data: bytes) -> str:
    """Return what went wrong when *data* was read: the traceback, or that it took too long; "" when nothing did."""
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


def fuzz(count: int, minutes: float, seed: int, log: Path, wanted: str = "") -> int:
    """Read *count* inputs, or as many as *minutes* allow; log each kind of fault once with its input; count them."""
    warnings.simplefilter("ignore")
    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chosen = [one for one in READERS if wanted in one.name]
    order = Random(seed)  # noqa: S311 -- a run that can be repeated
    done: Counter[str] = Counter()
    kinds: set[tuple[str, str]] = set()
    began = time.monotonic()
    with limited(), log.open("w", encoding="utf-8") as lines:
        for number in range(count):
            if number % 256 == 0 and time.monotonic() - began > 60 * minutes:
                break
            reader = order.choices(chosen, [one.weight for one in chosen])[0]
            data = reader.make(Random(f"{seed}/{number}"))  # noqa: S311 -- so one input can be made again alone
            fault = fault_of(reader, data)
            done[reader.name] += 1
            if fault and (kind := (reader.name, fault[-160:])) not in kinds:
                kinds.add(kind)
                entry = {
                    "reader": reader.name,
                    "number": number,
                    "fault": fault,
                    "input": data[:4000].decode("latin-1"),
                }
                print(json.dumps(entry, ensure_ascii=False), file=lines, flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = {"inputs": sum(done.values()), **done, "kinds of faults": len(kinds), "seed": seed}
        told |= {"MB at most": peak, "seconds": round(time.monotonic() - began)}
        print(json.dumps(told, ensure_ascii=False), file=lines)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return len(kinds)


def main() -> int:
    """Fuzz as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="")
    parser.add_argument("--log", type=Path, required=True)
    words = parser.parse_args()
    return int(bool(fuzz(words.inputs, words.minutes, words.seed, words.log, words.reader)))


if __name__ == "__main__":
    sys.exit(main())
