"""docs/performance.md: what was measured, in tables, and what of it was promised."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bench.timing import Times

_PAGE = """\
# 速度

本页由 `python -m bench` 写出，不要手改。

- **怎么量**：各种做法轮流各做一次，做{rounds}，取中位数；倍数取每一轮两者之比的中位数。\
从头到尾量几次的，目标表里每次的倍数都写上，按居中的一次下结论；下面各表是最后一次的（“越做越多时”只量一次）。\
时间是占用处理器的时间（连同它启动的进程），别的程序忙不忙不掺进来；几个进程同时做的、越做越多的，看钟。\
机器不同，毫秒数就不同，倍数大体不变。
- **在哪里量**：{machine}。
- **各是哪一版**：{versions}。
- “—”是这台机器上没有装。

## 目标

| 目标 | 要求 | 量得 | 结果 |
| --- | --- | ---: | --- |
{goals}

{sections}
"""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was promised: `most` or `least` is the bound of the ratio that was `found`."""

    what: str
    found: float | None
    most: float | None = None
    least: float | None = None

    def row(self, earlier: Sequence[Goal] = ()) -> str:
        """Return the line of the table, with what was found *earlier*."""
        asked = f"≤ {self.most:g} 倍" if self.most is not None else f"≥ {self.least:g} 倍"
        found = [goal.found for goal in (*earlier, self) if goal.found is not None]
        told = "、".join(map(_rounded, found)) + " 倍" if found else "—"
        return f"| {self.what} | {asked} | {told} | {self._verdict(found)} |"

    def _verdict(self, found: Sequence[float]) -> str:
        if not found:
            return "没有量"
        middle = statistics.median_low(found) if self.least is not None else statistics.median_high(found)
        met = middle <= self.most if self.most is not None else middle >= (self.least or 0)
        return "达到" if met else "**没有达到**"


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a heading, what stands around it, and the goals that it shows."""

    title: str
    text: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    goals: Sequence[Goal] = ()
    picture: Path | None = None

    def __str__(self) -> str:
        marks = ["---", *("---:" for _ in self.heads[1:])]
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, marks, *self.rows)]
        seen = ["", f"![]({self.picture.name})"] if self.picture else []
        return "\n".join([f"## {self.title}", "", self.text, "", *lines, *seen])


@dataclass(frozen=True, slots=True)
class Report:
    """All that goes onto the page."""

    rounds: str
    machine: str
    versions: Iterable[str]
    sections: dict[str, Section] = field(default_factory=dict)
    goals: dict[str, list[Goal]] = field(default_factory=dict)

    def take(self, section: Section) -> None:
        """Put *section* onto the page, in place of an earlier one, but for what that found of the goals."""
        self.sections[section.title] = section
        for goal in section.goals:
            self.goals.setdefault(goal.what, []).append(goal)

    def __str__(self) -> str:
        return _PAGE.format(
            rounds=self.rounds,
            machine=self.machine,
            versions="，".join(self.versions),
            goals="\n".join(last.row(earlier) for *earlier, last in self.goals.values()),
            sections="\n\n".join(map(str, self.sections.values())),
        )


def compared(times: Times, ways: Iterable[str], own: str) -> list[list[str]]:
    """Return a row for each of *ways*: its name, its milliseconds, and how many times those of *own* it takes."""
    return [[way, milliseconds(times.median(way)), _times(times.ratio(way, own))] for way in ways]


def milliseconds(seconds: float | None) -> str:
    """Return *seconds* as milliseconds to three places."""
    if seconds is None:
        return "—"
    return _rounded(seconds * 1000)


def _times(ratio: float | None) -> str:
    return "—" if ratio is None else f"{_rounded(ratio)} 倍"


def _rounded(number: float) -> str:
    """Return three figures of *number*, two behind the point at most."""
    return f"{number:,.{2 - min(2, len(str(int(number))) - 1)}f}"
