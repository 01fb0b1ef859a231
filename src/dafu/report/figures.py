"""Records as they stood → counts, rates and shares, for all of them and by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu.report.definitions import COUNTS, RATES
from dafu.terms import Kind, Level, Openness, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dafu.report.standing import Standing

NOTHING = "—"
UNGRADED, NO_SECTION, NOT_ISSUED = "未定", "未分科室", "未印发"
_TENTH, _WHOLE = Decimal("0.1"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many; prints as `3/4 = 75.0%`, of nothing as `—`."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Return the percentage to one decimal, halves rounded up; None of nothing."""
        if not self.whole:
            return None
        return (self.part * _WHOLE / self.whole).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def short(self) -> str:
        """Return the percentage alone: `75.0%`."""
        return NOTHING if self.percent is None else f"{self.percent}%"

    def __str__(self) -> str:
        return f"{self.part}/{self.whole} = {self.short}" if self.whole else NOTHING


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some records, each under its Chinese name."""

    counts: Mapping[str, int]
    rates: Mapping[str, Ratio]
    grades: Mapping[str, Ratio]
    openness: Mapping[str, Ratio]
    ratings: Mapping[str, Ratio]


class Counted(NamedTuple):
    """The figures of all records, and by what they are grouped by the figures of each group."""

    overall: Figures
    groups: dict[str, dict[str, Figures]]


def counted(standings: Sequence[Standing], grades: Sequence[str]) -> Counted:
    """Return the figures of *standings*, and those by kind, level, role, 科室 and month of 印发.

    *grades* are those of the office in their order. Groups without a record are left out.
    """
    everything: Counter[_Tally] = Counter()
    members: dict[str, dict[str, Counter[_Tally]]] = {name: defaultdict(Counter) for name in _GROUPINGS}
    for one in standings:
        tally = _tally(one)
        everything[tally] += 1
        for name, (word, _) in _GROUPINGS.items():
            members[name][word(one)][tally] += 1
    groups = {
        name: {key: _figures(members[name][key], grades) for key in sorted(members[name], key=order)}
        for name, (_, order) in _GROUPINGS.items()
    }
    return Counted(_figures(everything, grades), groups)


class _Tally(NamedTuple):
    """What one record adds to each figure; no grade and no openness are told of one that is not answered."""

    counts: tuple[bool, ...]
    rates: tuple[tuple[int, int], ...]
    grade: str | None
    openness: str | None
    ratings: tuple[str, ...]


def _tally(standing: Standing) -> _Tally:
    is_answered = standing.is_answered
    return _Tally(
        counts=tuple(one.holds(standing) for one in COUNTS),
        rates=tuple(one.of(standing) for one in RATES),
        grade=standing.grade or UNGRADED if is_answered else None,
        openness=str(standing.facts.openness or UNGRADED) if is_answered else None,
        ratings=tuple(map(str, standing.ratings)),
    )


def _figures(tallies: Mapping[_Tally, int], grades: Iterable[str]) -> Figures:
    """Return the figures of so many records of each tally; there are few tallies, however many the records."""
    some = tallies.items()
    return Figures(
        counts={one.name: sum(tally.counts[n] * many for tally, many in some) for n, one in enumerate(COUNTS)},
        rates={one.name: _rate(tallies, n) for n, one in enumerate(RATES)},
        grades=_shares(((tally.grade, many) for tally, many in some), (*grades, UNGRADED)),
        openness=_shares(((tally.openness, many) for tally, many in some), (*map(str, Openness), UNGRADED)),
        ratings=_shares(((one, many) for tally, many in some for one in tally.ratings), map(str, Rating)),
    )


def _rate(tallies: Mapping[_Tally, int], place: int) -> Ratio:
    part, whole = (sum(tally.rates[place][side] * many for tally, many in tallies.items()) for side in (0, 1))
    return Ratio(part, whole)


def _shares(words: Iterable[tuple[str | None, int]], order: Iterable[str]) -> dict[str, Ratio]:
    found: Counter[str] = Counter()
    for word, many in words:
        if word:
            found[word] += many
    return {word: Ratio(found[word], found.total()) for word in order}


def month_of_issue(one: Standing) -> str:
    """Return the month of the first 印发, `2025-06`."""
    return one.facts.first_issue.isoformat()[:7] if one.facts.first_issue else NOT_ISSUED


def section_of(one: Standing) -> str:
    """Return 科室, or that there is none."""
    return one.facts.section or NO_SECTION


def _last(word: str) -> Callable[[str], tuple[bool, str]]:
    return lambda key: (key == word, key)


_KINDS, _LEVELS, _ROLES = ([str(one) for one in vocabulary] for vocabulary in (Kind, Level, Role))
_GROUPINGS: dict[str, tuple[Callable[[Standing], str], Callable[[str], Any]]] = {
    "类别": (lambda one: str(one.facts.kind), _KINDS.index),
    "层级": (lambda one: str(one.facts.level), _LEVELS.index),
    "角色": (lambda one: str(one.facts.role), _ROLES.index),
    "科室": (section_of, _last(NO_SECTION)),
    "月份": (month_of_issue, _last(NOT_ISSUED)),
}
