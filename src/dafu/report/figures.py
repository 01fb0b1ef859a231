"""Records as they stood → counts, rates and shares, for all of them and by group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

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
    answered = [one for one in standings if one.is_answered]
    return Figures(
        counts={one.name: sum(map(one.holds, standings)) for one in COUNTS},
        rates={one.name: _total(map(one.of, standings)) for one in RATES},
        grades=_shares((one.grade or UNGRADED for one in answered), (*grades, UNGRADED)),
        openness=_shares((str(one.openness or UNGRADED) for one in answered), (*map(str, Openness), UNGRADED)),
        ratings=_shares((str(one) for standing in standings for one in standing.ratings), map(str, Rating)),
    )


def groups(standings: Sequence[Standing], grades: Sequence[str]) -> dict[str, dict[str, Figures]]:
    """Return the figures by kind, level, role, 科室 and month of 印发; groups without a record are left out."""
    found: dict[str, dict[str, Figures]] = {}
    for name, (word, order) in _GROUPINGS.items():
        members: dict[str, list[Standing]] = {}
        for one in standings:
            members.setdefault(word(one), []).append(one)
        found[name] = {key: figures(members[key], grades) for key in sorted(members, key=order)}
    return found


def _total(pairs: Iterable[tuple[int, int]]) -> Ratio:
    parts, wholes = zip((0, 0), *pairs, strict=True)
    return Ratio(sum(parts), sum(wholes))


def _shares(words: Iterable[str], order: Iterable[str]) -> dict[str, Ratio]:
    counted = Counter(words)
    return {word: Ratio(counted[word], counted.total()) for word in order}


def month_of_issue(one: Standing) -> str:
    """Return the month of the first 印发, `2025-06`."""
    return one.first_issue.isoformat()[:7] if one.first_issue else NOT_ISSUED


def section_of(one: Standing) -> str:
    """Return 科室, or that there is none."""
    return one.proposal.handling_section or NO_SECTION


def _last(word: str) -> Callable[[str], tuple[bool, str]]:
    return lambda key: (key == word, key)


_KINDS, _LEVELS, _ROLES = ([str(one) for one in vocabulary] for vocabulary in (Kind, Level, Role))
_GROUPINGS: dict[str, tuple[Callable[[Standing], str], Callable[[str], Any]]] = {
    "类别": (lambda one: str(one.proposal.kind), _KINDS.index),
    "层级": (lambda one: str(one.level), _LEVELS.index),
    "角色": (lambda one: str(one.proposal.role), _ROLES.index),
    "科室": (section_of, _last(NO_SECTION)),
    "月份": (month_of_issue, _last(NOT_ISSUED)),
}
