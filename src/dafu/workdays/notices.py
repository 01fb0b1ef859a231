"""The yearly notices of the State Council: which days are off, and which days off are worked."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dafu.workdays.statute import statutory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_DECEMBER = 12
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


class YearNotice(NamedTuple):
    """What one notice says of a year: days off and make-up days, each with its holiday.

    `source` is the notice as an explanation names it. Days of the December before belong to it with New Year.
    """

    year: int
    source: str
    off: Mapping[date, str] = MappingProxyType({})
    makeup: Mapping[date, str] = MappingProxyType({})

    @property
    def missing(self) -> dict[date, str]:
        """Return the statutory days of the year that it does not name as days off."""
        return {day: name for day, name in statutory(self.year).items() if day not in self.off}


@cache
def published() -> Mapping[int, YearNotice]:
    """Return the published notices by year, as the package chinesecalendar holds them.

    It gives days and holidays but no number of the notice. A day of December belongs to the New Year that follows.
    """
    from chinese_calendar import constants  # type: ignore[import-untyped]  # -- it ships no types

    names = {holiday.value: _FULL_NAMES.get(holiday.chinese, holiday.chinese) for holiday in constants.Holiday}
    off, makeup = (_by_year(days, names) for days in (constants.holidays, constants.workdays))
    years = sorted({day.year for day in constants.holidays if (day.month, day.day) == (1, 1)})
    return {
        year: YearNotice(year, f"国务院办公厅公布的{year}年节假日安排", off.get(year, {}), makeup.get(year, {}))
        for year in years
    }


def _by_year(days: Mapping[date, str], names: Mapping[str, str]) -> dict[int, dict[date, str]]:
    found: dict[int, dict[date, str]] = {}
    for day, word in days.items():
        found.setdefault(day.year + (day.month == _DECEMBER), {})[day] = names[word]
    return found
