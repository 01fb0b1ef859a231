"""The whole report: figures of all and of groups, what is late, what is promised, and how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dafu.report.definitions import COUNTS, GENERAL, RATES
from dafu.report.figures import Counted, Figures, Ratio, counted
from dafu.report.promises import Promise, promises

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dafu.model import Office
    from dafu.report.facts import Timing
    from dafu.report.standing import Standing


@dataclass(frozen=True)
class Late:
    """An answer, an opinion or a second answer that was, or is being, given after its day."""

    standing: Standing
    clock: Timing

    def words(self) -> dict[str, Any]:
        """Return the row in its columns; 迟 counts calendar days."""
        facts, clock = self.standing.facts, self.clock
        return {
            "案号": facts.number,
            "案由": facts.subject,
            "事项": str(clock.clock),
            "期限": clock.due.isoformat(),
            "办理": clock.stopped and clock.stopped.isoformat(),
            "迟": ((clock.stopped or self.standing.day) - clock.due).days,
            "科室": facts.section,
            "经办人": facts.clerk,
        }


@dataclass(frozen=True)
class Account:
    """The records of a report as they stood on `day`; `year` and `words` say how they were chosen."""

    office: Office
    day: date
    year: int | None
    words: tuple[str, ...]
    standings: tuple[Standing, ...]

    @property
    def title(self) -> str:
        """Return what the report is called: `2025年提案建议办理情况`."""
        return f"{f'{self.year}年' if self.year else ''}提案建议办理情况"

    @property
    def scope(self) -> str:
        """Return which records it counts, and as of which day."""
        chosen = f"，条件：{'，'.join(self.words)}" if self.words else ""
        day = self.day
        return (
            f"{f'{self.year}年交办的件' if self.year else '全部件'}{chosen}，截至{day.year}年{day.month}月{day.day}日"
        )

    @cached_property
    def _counted(self) -> Counted:
        return counted(self.standings, tuple(self.office.grades))

    @property
    def overall(self) -> Figures:
        """Return the figures of all."""
        return self._counted.overall

    @property
    def groups(self) -> dict[str, dict[str, Figures]]:
        """Return the figures by kind, level, role, 科室 and month."""
        return self._counted.groups

    @cached_property
    def late(self) -> list[Late]:
        """Return what was or is late: the open ones first, the latest before others."""
        found = [Late(one, clock) for one in self.standings for clock in one.late]

        def order(one: Late) -> tuple[bool, int, str]:
            return not one.clock.is_open, -one.words()["迟"], one.standing.facts.number

        return sorted(found, key=order)

    @cached_property
    def promises(self) -> list[Promise]:
        """Return 承诺台账."""
        return promises(self.standings, self.day)

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON value."""
        return {
            "截至": self.day.isoformat(),
            "年度": self.year,
            "条件": list(self.words),
            **_entry(self.overall),
            "分组": {name: {key: _entry(one) for key, one in some.items()} for name, some in self.groups.items()},
            "逾期": [one.words() for one in self.late],
            "承诺": [one.words() for one in self.promises],
            "口径": definitions(),
            "说明": list(GENERAL),
        }


def definitions() -> list[dict[str, str | None]]:
    """Return how each figure is counted; a count of records has no 分母."""
    rows: list[tuple[str, str, str | None, str]] = [(one.name, one.meaning, None, one.source) for one in COUNTS]
    rows += [(one.name, one.part, one.whole, one.source) for one in RATES]
    return [dict(zip(("名称", "分子", "分母", "依据"), row, strict=True)) for row in rows]


def notes() -> list[str]:
    """Return the definitions as sentences."""
    counts = [f"{one.name}：{one.meaning}（依据：{one.source}）。" for one in COUNTS]
    rates = [f"{one.name} = {one.part} ÷ {one.whole}（依据：{one.source}）。" for one in RATES]
    return [*counts, *rates, *GENERAL]


def _entry(some: Figures) -> dict[str, Any]:
    return {
        "件数": dict(some.counts),
        "比率": _ratios(some.rates),
        "办理结果": _ratios(some.grades),
        "公开属性": _ratios(some.openness),
        "满意度": _ratios(some.ratings),
    }


def _ratios(some: Mapping[str, Ratio]) -> dict[str, Any]:
    return {
        name: {"分子": one.part, "分母": one.whole, "百分比": None if one.percent is None else float(one.percent)}
        for name, one in some.items()
    }
