"""Bags held against their digests, beside sha256sum over the same files."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

from bench.page import Goal, Section, milliseconds
from bench.timing import interleaved, process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.letters import Ways
    from bench.sizes import Sizes

FILES, MEGABYTE = 16, 1 << 20
SUMS, OURS = "sha256sum -c", "dafu verify 的核对"


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure how fast a bag of random bytes is held against its digests."""
    from dafu.archive import fixity, reading
    from dafu.archive.bag import build

    bag, size = folder / "bag", sizes.megabytes * MEGABYTE // FILES
    build(bag, {f"{number}.pdf": os.urandom(size) for number in range(FILES)}, [])

    def ours() -> None:
        problems = next(fixity.judge([reading.read(bag)]))
        if problems:
            raise RuntimeError("\n".join(map(str, problems)))

    ways: Ways = {OURS: ours}
    if shutil.which("sha256sum"):
        ways[SUMS] = process(["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], bag)
    times = interleaved(ways, sizes.runs, time.perf_counter)
    rows = [[way, milliseconds(times.median(way)), _speed(times.median(way), sizes.megabytes)] for way in (SUMS, OURS)]
    goals = [Goal("核对档案，与 sha256sum 相比（快多少）", times.ratio(SUMS, OURS), least=0.8)]
    text = f"{FILES} 个文件，共 {sizes.megabytes} MB；看钟。"
    yield Section("核对档案", text, ("做法", "毫秒", "每秒 MB"), rows, goals)


def _speed(seconds: float | None, megabytes: int) -> str:
    return f"{megabytes / seconds:,.0f}" if seconds else "—"
