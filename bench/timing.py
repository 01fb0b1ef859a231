"""Time several ways of doing one thing in turns, so that what else the machine does meets all of them alike."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

DAFU = (sys.executable, "-c", "from dafu.cli import main; main()")  # what its command does
_SHORTEST = 0.05  # seconds: what takes less is done several times in each round, so that it is warm


class Times:
    """The seconds that each way took in each round."""

    def __init__(self, seconds: Mapping[str, list[float]]) -> None:
        self._seconds = seconds

    def __contains__(self, way: str) -> bool:
        return way in self._seconds

    def median(self, way: str) -> float | None:
        """Return the middle one of *way* in seconds; None for one that was not to be had."""
        return statistics.median(self._seconds[way]) if way in self._seconds else None

    def ratio(self, way: str, other: str) -> float | None:
        """Return *way* by *other*: the median over the rounds, each pair of one round."""
        if way not in self._seconds or other not in self._seconds:
            return None
        pairs = zip(self._seconds[way], self._seconds[other], strict=True)
        return statistics.median(one / two for one, two in pairs)


def work() -> float:
    """Return the seconds of processor that this process has taken, with those that it has started and waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = work) -> Times:
    """Time each of *ways* in each of *rounds*; a first turn warms up and does not count.

    The clock is that of the processor, which stands still while others have it; what overlaps needs the one on the
    wall. A way that returns a float has taken its time itself, in seconds.
    """
    counts = {way: max(1, round(_SHORTEST / max(_mean(act, 1, clock), 1e-6))) for way, act in _warmed(ways).items()}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, act in ways.items():
            gc.collect()  # nobody pays for what others left behind
            seconds[way].append(_mean(act, counts[way], clock))
    return Times(seconds)


def process(
    command: Iterable[object], folder: Path, environment: Mapping[str, str] | None = None, ends: int = 0
) -> Callable[[], None]:
    """Return a run of a whole process that must end with the code *ends*."""
    words = [str(word) for word in command]

    def run() -> None:
        told = subprocess.run(
            words, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, check=False
        )
        if told.returncode != ends:
            raise RuntimeError(f"{words}: {told.stderr.decode(errors='replace')}")

    return run


def peak(command: Iterable[object], folder: Path, environment: Mapping[str, str] | None = None) -> float:
    """Return the most memory that a process held at any time, in MB."""
    words = [str(word) for word in command]
    running = subprocess.Popen(words, cwd=folder, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(running.pid, 0)
    running.returncode = 0  # it has been waited for
    return usage.ru_maxrss / 1024


def _warmed(ways: Mapping[str, Callable[[], object]]) -> Mapping[str, Callable[[], object]]:
    for act in ways.values():
        act()
    return ways


def _mean(act: Callable[[], object], count: int, clock: Callable[[], float]) -> float:
    start = clock()
    told = [act() for _ in range(count)]
    taken = clock() - start
    return sum(one if isinstance(one, float) else taken / count for one in told) / count
