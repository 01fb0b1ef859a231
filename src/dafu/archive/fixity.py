"""Hold the files of bags against their digests, many at once."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive.manifest import PAYLOAD
from dafu.errors import Problem, Severity, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dafu.archive.bag import Bag

_MOST_THREADS = 8  # a disk gains nothing from more
_RESTORE = "从备份恢复"

Key = tuple[str, str]  # name of a file in a bag, algorithm
Digests = dict[Key, str]


def judge(bags: Sequence[Bag], tick: Callable[[], None] = lambda: None) -> Iterator[list[Problem]]:
    """Hash what *bags* hold and yield all that is wrong with each, in their order; *tick* is called for each digest."""
    pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
    try:
        queued = deque(pool.submit(_digests, bag, tick) for bag in bags)
        for bag in bags:
            yield _verdict(bag, queued.popleft().result())
    finally:
        pool.shutdown(cancel_futures=True)


def wanted(bag: Bag) -> list[Key]:
    """Return the digests that must be computed to judge *bag*."""
    lost = {algorithm for digests in bag.missing.values() for algorithm in digests}
    listed = [(name, algorithm) for name, digests in bag.listed.items() for algorithm in digests]
    return [*listed, *((name, algorithm) for name in bag.added for algorithm in sorted(lost))]


def _digests(bag: Bag, tick: Callable[[], None]) -> dict[Key, str | Problem]:
    """Hash what a bag holds: a thread for each bag, since to hand over each small file costs more than to hash it."""
    return {key: _digest(bag.folder, key, tick) for key in wanted(bag)}


def _digest(folder: Path, key: Key, tick: Callable[[], None]) -> str | Problem:
    name, algorithm = key
    try:
        return files.digest_of(folder / name, algorithm)
    except UnusableError as error:
        return error.problems[0]
    finally:
        tick()


def _verdict(bag: Bag, results: dict[Key, str | Problem]) -> list[Problem]:
    found = {key: one for key, one in results.items() if isinstance(one, str)}
    moved = dict(_moved(bag, found))
    return [
        *bag.problems,
        *(one for one in results.values() if isinstance(one, Problem)),
        *_changed(bag, found),
        *(_at(bag, new, Problem("A231", f"由“{old}”改了名", f"改回“{old}”")) for new, old in moved.items()),
        *(_at(bag, name, Problem("A232", "不见了", _RESTORE)) for name in bag.missing if name not in moved.values()),
        *(_at(bag, name, _foreign(name)) for name in bag.added if name not in moved),
    ]


def _moved(bag: Bag, found: Digests) -> Iterator[Key]:
    """Yield the new and the old name of each missing file whose content lies under another name."""
    left = [*bag.added]
    for name, digests in bag.missing.items():
        same = (new for new in left if all(found.get((new, one)) == digest for one, digest in digests.items()))
        if new := next(same, None):
            left.remove(new)
            yield new, name


def _changed(bag: Bag, found: Digests) -> Iterator[Problem]:
    owners = {digest: name for name, some in (*bag.missing.items(), *bag.listed.items()) for digest in some.values()}
    for name, digests in bag.listed.items():
        now = [found[name, one] for one, digest in digests.items() if found.get((name, one), digest) != digest]
        if now:
            owner = next((owners[digest] for digest in now if digest in owners), "")
            message = f"里面是“{owner}”的内容" if owner else "内容改动过"
            yield _at(bag, name, Problem("A230", message, _RESTORE))


def _foreign(name: str) -> Problem:
    severity = Severity.ERROR if name.startswith(PAYLOAD) else Severity.WARNING  # other tag files are lawful
    return Problem("A233", "是多出来的，清单里没有", "移到包外", severity=severity)


def _at(bag: Bag, name: str, problem: Problem) -> Problem:
    return problem.within(str(bag.folder / name))
