"""Hold the bags of a workspace against the registers of their years: nothing changed, lost, added or moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive import fixity, reading, shelf
from dafu.archive.bag import TAG_MANIFEST
from dafu.errors import Problem, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from dafu.archive.bag import Bag
    from dafu.archive.seal import Line
    from dafu.archive.shelf import Shelf

_RESTORE = "从备份恢复"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was archived; `case` is the 案号, "" where it concerns no single one."""

    case: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Stock:
    """What registers and folders hold: the lines, the bags to look into, and what is wrong already."""

    lines: tuple[Line, ...]
    bags: tuple[tuple[str, Bag], ...]  # 案号 and bag
    findings: tuple[Finding, ...]

    @property
    def total(self) -> int:
        """Return how many digests will be computed."""
        return sum(len(fixity.wanted(bag)) for _, bag in self.bags)


def take_stock(stand: Shelf, wanted: Callable[[Line], bool] | None = None) -> Stock:
    """Read the registers of all years and the tag files of their bags, of those *wanted* alone where that is given.

    The registers are judged whole in either case; what no line knows is looked for only where all is wanted.
    """
    chains = {year: shelf.chain_of(stand, year) for year in shelf.registered_years(stand)}
    found = [
        Finding("", problem.within(str(stand.register(year))))
        for year, one in chains.items()
        for problem in one.problems
    ]
    lines = tuple(line for chain in chains.values() for line in chain.lines)
    there = {stand.name_of(path): path for path in shelf.bags_on(stand)}
    sealed = {line.path for line in lines}
    strangers = {name: path for name, path in there.items() if name not in sealed}
    found += [Finding("", problem) for problem in shelf.leftovers(stand)]
    pending = {stand.name_of(place) for _, place in shelf.unfinished(stand) if place}
    bags = []
    for line in lines if wanted is None else filter(wanted, lines):
        if line.path in there:
            bags.append((number_of(line), reading.read(there[line.path])))
        if line.path not in pending:
            found += _against(stand, line, there.get(line.path), strangers)
    if wanted is None:
        found += [Finding(path.parent.name, shelf.unsealed(path)) for path in strangers.values()]
    return Stock(lines, tuple(bags), tuple(found))


def judge(stock: Stock, tick: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Hash what the bags of *stock* hold and yield all findings; *tick* is called for each digest."""
    yield from stock.findings
    judged = fixity.judge([bag for _, bag in stock.bags], tick)
    for (case, _), problems in zip(stock.bags, judged, strict=True):
        yield from (Finding(case, problem) for problem in problems)


def number_of(line: Line) -> str:
    """Return the 案号 of the case that *line* names."""
    return line.case.rpartition("/")[2]


def _against(stand: Shelf, line: Line, bag: Path | None, strangers: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield what is wrong between a line and the bag that it seals; one that was moved is told by its digest."""
    place = bag or stand.replies / line.path
    if bag is None:
        beside = (path for path in sorted(place.parent.glob("*")) if path.is_dir() and not path.is_symlink())
        now = next((path for path in (*strangers.values(), *beside) if _seal_of(path) == line.manifest), None)
        gone = "归档包换成了链接" if place.is_symlink() else "归档包不见了"
        message = f"归档包不在原处，改名或移到了 {stand.name_of(now)}" if now else gone
        cure = "移回原处" if now else _RESTORE
        yield Finding(number_of(line), Problem("A321", message, cure, file=str(place)))
        return
    seal = _seal_of(bag)
    if seal != line.manifest:
        message = "不是归档时的那一份（同归档登记不符）" if seal else "不见了"
        file = str(place / TAG_MANIFEST)
        yield Finding(number_of(line), Problem("A322", message, "从备份恢复；查明是谁改的", file=file))


def _seal_of(bag: Path) -> str:
    try:
        return files.digest_of(bag / TAG_MANIFEST)
    except UnusableError:
        return ""
