"""What ten times as much costs: letters, lists and bags by number, in a table and a picture."""

from __future__ import annotations

import gc
import os
import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.page import Goal, Section
from bench.timing import DAFU, peak, process

from bench import desk, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.sizes import Sizes

LETTERS, COLD, WARM, DUE = "draft --all -n", "list，没有索引", "list，有索引", "due，有索引"
REPORT = "report，有索引"
FIRST, FIND, BAGS = "find，第一次", "find，以后", "核对档案包"
LISTING, DUES, FINDING, REPORTING = ("list",), ("due",), ("find", "第1件"), ("report",)
MEMORY = {LISTING: "list 的内存 MB", FINDING: "find 的内存 MB", REPORTING: "report 的内存 MB"}
PICTURE = "performance.png"
_LINEAR = 1.25  # as much as one of two runs may be slowed by others
Costs = dict[str, dict[int, float]]  # what → number → seconds


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure each thing at each number, and draw the picture."""
    costs: Costs = {way: {} for way in (LETTERS, COLD, WARM, DUE, FIRST, FIND, REPORT, BAGS)}
    memory: Costs = {row: {} for row in MEMORY.values()}
    for number in sizes.growth:
        _letters(number, folder, costs)
        _records(number, folder, costs, memory)
    for number in sizes.bags:
        costs[BAGS][number] = _bags(folder / f"bags-{number}", number)
    picture(costs, folder / PICTURE)
    yield _section(costs, memory, folder / PICTURE)


def _letters(number: int, folder: Path, costs: Costs) -> None:
    office, cache = folder / "letters", {"XDG_CACHE_HOME": str(folder / "cache")}
    desk.make(office, number, letters=True)
    process([*DAFU, "list"], office, cache)()
    costs[LETTERS][number] = _seconds(process([*DAFU, "draft", "--all", "-n"], office, cache))
    shutil.rmtree(office)
    shutil.rmtree(folder / "cache")


def _records(number: int, folder: Path, costs: Costs, memory: Costs) -> None:
    office, cache = folder / "records", {"XDG_CACHE_HOME": str(folder / "cache")}
    desk.make(office, number)
    ends = ((LISTING, 0), (DUES, 1), (FINDING, 0), (REPORTING, 0))
    listing, dues, finding, reporting = (process([*DAFU, *words], office, cache, end) for words, end in ends)
    costs[COLD][number], costs[FIRST][number] = _seconds(listing), _seconds(finding)
    for way, act in ((WARM, listing), (DUE, dues), (FIND, finding), (REPORT, reporting)):
        costs[way][number] = min(_seconds(act) for _ in range(3))
    for words, row in MEMORY.items():
        memory[row][number] = peak([*DAFU, *words], office, cache)
    shutil.rmtree(office)
    shutil.rmtree(folder / "cache")


def _section(costs: Costs, memory: Costs, drawn: Path) -> Section:
    numbers = sorted({number for some in costs.values() for number in some})
    rows = [[way, *(_cell(some, number) for number in numbers)] for way, some in costs.items()]
    rows += [[row, *(f"{some[n]:.0f}" if n in some else "—" for n in numbers)] for row, some in memory.items()]
    goals = [
        Goal(f"{way}：多十倍时每件的代价（与多之前相比）", steepest(some), most=_LINEAR) for way, some in costs.items()
    ]
    text = "整个进程的秒数；括号里是每件的毫秒数，它不随件数上升，代价就不比件数长得快。"
    heads = ("做什么", *(f"{number:,} 件" for number in numbers))
    return Section("越做越多时", text, heads, rows, goals, drawn)


def _cell(some: dict[int, float], number: int) -> str:
    return f"{some[number]:.2f}（{some[number] / number * 1000:.2f}）" if number in some else "—"


def steepest(some: dict[int, float]) -> float:
    """Return by how much the cost of each one rose at most from a number to the next."""
    each = [seconds / number for number, seconds in sorted(some.items())]
    return max((after / before for before, after in pairwise(each)), default=1.0)


def _bags(folder: Path, number: int) -> float:
    from dafu.archive import fixity, reading
    from dafu.archive.bag import build

    for n in range(number):
        build(folder / str(n), {"答复件.pdf": os.urandom(50_000), "答复.docx": os.urandom(10_000)}, [])

    def judged() -> None:
        for problems in fixity.judge([reading.read(folder / str(n)) for n in range(number)]):
            if problems:
                raise RuntimeError("\n".join(map(str, problems)))

    usual = gc.get_threshold()
    gc.set_threshold(50_000)  # as every command of dafu does
    seconds = min(_seconds(judged) for _ in range(3))
    gc.set_threshold(*usual)
    shutil.rmtree(folder)
    return seconds


def _seconds(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def picture(costs: Costs, path: Path) -> None:
    """Draw seconds over number, both by tens: what rises no steeper than the dotted line is no worse than linear."""
    mpl = environment.peer("matplotlib")
    if mpl is None:
        return
    mpl.use("agg")
    plt = environment.peer("matplotlib.pyplot")
    plt.rcParams["font.family"] = ["Noto Sans CJK SC", "Noto Sans CJK JP", "SimHei", "sans-serif"]
    figure, axes = plt.subplots(figsize=(7, 4.5))
    for way, some in costs.items():
        axes.loglog([*some], [*some.values()], marker="o", label=way)
    numbers = sorted(costs[LETTERS])
    axes.loglog(numbers, [number / 1000 for number in numbers], ":", color="gray", label="与件数成正比")
    axes.set_xlabel("件")
    axes.set_ylabel("秒")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=80)
