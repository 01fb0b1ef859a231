"""Time several ways of doing one thing in turns, so that what else the machine does meets all of them alike."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Way = "Callable[[], object]"
Times = dict[str, list[float]]  # way → seconds, one for each round

_SHORTEST = 0.005  # seconds: what takes less is done several times in each round


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Return the seconds that each of *ways* took in each of *rounds*; a first turn warms up and does not count."""
    counts = {name: max(1, round(_SHORTEST / max(_once(act), 1e-6))) for name, act in ways.items()}
    times: Times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, act in ways.items():
            times[name].append(_mean(act, counts[name]))
    return times


def median(seconds: list[float]) -> float:
    """Return the middle one."""
    return statistics.median(seconds)


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of ours by theirs, each pair of one round."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _once(act: Callable[[], object]) -> float:
    act()
    return _mean(act, 1)


def _mean(act: Callable[[], object], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        act()
    return (time.perf_counter() - start) / count
