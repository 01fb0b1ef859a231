"""Letters to PDF: beside LibreOffice called by hand, one by one, many at once, and two at a time."""

from __future__ import annotations

import shutil
import subprocess
import time
from itertools import count
from typing import TYPE_CHECKING

from bench.letters import Bench
from bench.page import Goal, Section, milliseconds
from bench.timing import interleaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bench.letters import Ways
    from bench.sizes import Sizes

FRESH, SEEDED, ONE = "LibreOffice，新的设置文件夹，一件", "LibreOffice，用过的设置文件夹，一件", "dafu，一件"
BATCH, PAIR, MANY = "LibreOffice，一个进程转一批", "LibreOffice，两个进程各转一半", "dafu，一批"
_FILTER = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--convert-to", "pdf")


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure one PDF and a batch."""
    from dafu import preview

    letter, office, number = Bench(folder).letter, preview.office(), sizes.pdfs
    names = [f"{n}.docx" for n in range(number)]
    for name in names:
        (folder / name).write_bytes(letter)
    ways: Ways = {}
    if office:
        ways = {**_by_hand(office, folder, names)}
        ways |= {ONE: lambda: preview.pdf(letter), MANY: lambda: preview.pdfs([letter] * number)}
    times = interleaved(ways, max(1, sizes.runs // 3), time.perf_counter)
    single = [[way, milliseconds(times.median(way)), milliseconds(times.median(way))] for way in (FRESH, SEEDED, ONE)]
    batch = [
        [way, milliseconds(seconds), milliseconds(seconds and seconds / number)]
        for way in (BATCH, PAIR, MANY)
        for seconds in (times.median(way),)
    ]
    goals = [
        Goal("一件 PDF，与用过的设置文件夹相比", times.ratio(ONE, SEEDED), most=1.1),
        Goal(f"{number} 件 PDF，与两个进程同时转相比", times.ratio(MANY, PAIR), most=1.2),
    ]
    text = f"四面的答复件转成 PDF，看钟；一批是 {number} 件。"
    yield Section("转成 PDF", text, ("做法", "毫秒", "每件毫秒"), [*single, *batch], goals)


def _by_hand(office: Path, folder: Path, names: Sequence[str]) -> Ways:
    half, fresh = -(-len(names) // 2), count()

    def start(profile: str, some: Sequence[str]) -> subprocess.Popen[bytes]:
        command = [str(office), f"-env:UserInstallation={(folder / profile).as_uri()}", *_FILTER, *some]
        return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def convert(*shares: tuple[str, Sequence[str]]) -> None:
        running = [start(*share) for share in shares if share[1]]
        codes = [process.wait() for process in running]
        if any(codes):
            raise RuntimeError("LibreOffice failed")

    def unused() -> None:
        profile = f"fresh-{next(fresh)}"
        convert((profile, names[:1]))
        shutil.rmtree(folder / profile)

    return {
        FRESH: unused,
        SEEDED: lambda: convert(("one", names[:1])),
        BATCH: lambda: convert(("one", names)),
        PAIR: lambda: convert(("one", names[:half]), ("two", names[half:])),
    }
