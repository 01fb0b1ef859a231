"""Records as they stood → counts, rates and shares, for all of them and by group."""

from __future__ import annotations

from collections import Counter
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


def figures(standings: Sequence[Standing], grades: Iterable[str]) -> Figures:
    """Return the figures of *standings*; *grades* are those of the office in their order."""
    return _figures([*map(_tally, standings)], grades)


def groups(standings: Sequence[Standing], grades: Sequence[str]) -> dict[str, dict[str, Figures]]:
    """Return the figures by kind, level, role, 科室 and month of 印发; groups without a record are left out."""
    tallies = [*map(_tally, standings)]  # once: each record is in a group of every name
    found: dict[str, dict[str, Figures]] = {}
    for name, (word, order) in _GROUPINGS.items():
        members: dict[str, list[_Tally]] = {}
        for one, tally in zip(standings, tallies, strict=True):
            members.setdefault(word(one), []).append(tally)
        found[name] = {key: _figures(members[key], grades) for key in sorted(members, key=order)}
    return found


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


def _figures(tallies: Sequence[_Tally], grades: Iterable[str]) -> Figures:
    return Figures(
        counts={one.name: sum(tally.counts[n] for tally in tallies) for n, one in enumerate(COUNTS)},
        rates={one.name: _total([tally.rates[n] for tally in tallies]) for n, one in enumerate(RATES)},
        grades=_shares((one.grade for one in tallies), (*grades, UNGRADED)),
        openness=_shares((one.openness for one in tallies), (*map(str, Openness), UNGRADED)),
        ratings=_shares((rating for one in tallies for rating in one.ratings), map(str, Rating)),
    )


def _total(pairs: Sequence[tuple[int, int]]) -> Ratio:
    return Ratio(sum(part for part, _ in pairs), sum(whole for _, whole in pairs))


def _shares(words: Iterable[str | None], order: Iterable[str]) -> dict[str, Ratio]:
    counted = Counter(filter(None, words))
    return {word: Ratio(counted[word], counted.total()) for word in order}


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
