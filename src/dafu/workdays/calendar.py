"""The one calendar of lists, letters, reminders and statistics: judge a day, add working days, count what is left."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dafu.workdays.notices import YearNotice, published
from dafu.workdays.statute import MOST_MAKEUP, festivals, moved_by, statutory, weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_SATURDAY, _SUNDAY = 5, 6
_LAST_DAYS = (12, 28)
"""From this day on the next year's notice may change a year's days, when New Year stands near a weekend."""
_REACHING_BACK = frozenset({_SUNDAY, 0, 1})
"""Weekdays of 1 January with which notices have changed days of the December before: Sunday, Monday, Tuesday."""


class Judged(NamedTuple):
    """A day, whether it is worked, and why; `provisional` where a notice may still change it."""

    day: date
    working: bool
    why: str
    provisional: bool


class _Named(NamedTuple):
    """What a notice says of a day."""

    working: bool
    holiday: str
    source: str


class Counted(NamedTuple):
    """The end of a count, and between which days it lies while a notice is not out.

    `start` is not counted itself; without open notices `earliest` and `latest` are `day`.
    """

    start: date
    day: date
    earliest: date
    latest: date
    provisional: bool
    calendar: Calendar

    @property
    def skipped(self) -> tuple[Judged, ...]:
        """Return the days on the way that were not counted."""
        return tuple(judged for judged in self._on_the_way() if not judged.working)

    @property
    def worked(self) -> tuple[Judged, ...]:
        """Return the make-up days on the way: weekend days that were counted."""
        return tuple(judged for judged in self._on_the_way() if judged.working and judged.day.weekday() >= _SATURDAY)

    def _on_the_way(self) -> Iterator[Judged]:
        return map(self.calendar.judge, _days(self.start, self.day))


class Calendar:
    """Working days by the published notices, under the office's own ones.

    An own notice that names every statutory day of its year stands in place of the published one. One that names
    fewer (a local holiday, a correction) only changes the days it names, and does not make its year certain.
    """

    def __init__(
        self,
        own: Mapping[int, YearNotice] | None = None,
        notices: Mapping[int, YearNotice] | None = None,
    ) -> None:
        known = published() if notices is None else notices
        own = own or {}
        whole = {year for year, notice in own.items() if not notice.missing}
        self._settled = frozenset(known) | whole
        self._named: dict[date, _Named] = {}
        kept = (notice for year, notice in known.items() if year not in whole)
        for notice in chain(kept, (own[year] for year in sorted(own))):
            self._name(notice)
        self._shifts: dict[int, tuple[tuple[date, int], ...]] = {}
        self._counted: dict[tuple[date, int], Counted] = {}

    def _name(self, notice: YearNotice) -> None:
        for working, days in ((False, notice.off), (True, notice.makeup)):
            self._named |= {day: _Named(working, holiday, notice.source) for day, holiday in days.items()}

    @property
    def edition(self) -> str:
        """Return the notices that it goes by as one text: calendars of one edition judge every day alike."""
        named = sorted((day.toordinal(), *named) for day, named in self._named.items())
        return f"{sorted(self._settled)} {named}"

    def settled(self, year: int) -> bool:
        """Tell whether the notice of *year* is known."""
        return year in self._settled

    def is_working(self, day: date) -> bool:
        """Tell whether *day* is worked: by its notice, else a weekday that is no statutory day off."""
        named = self._named.get(day)
        if named is not None:
            return named.working
        return day.weekday() < _SATURDAY and (day.year in self._settled or day not in statutory(day.year))

    def judge(self, day: date) -> Judged:
        """Return whether *day* is worked, and why."""
        named, provisional = self._named.get(day), self._is_open(day)
        if named is not None:
            kind = "补班日" if named.working else "放假日"
            holiday = f"：{named.holiday}" if named.holiday else ""
            return Judged(day, named.working, f"{kind}{holiday}（{named.source}）", provisional)
        if not self.settled(day.year) and (name := statutory(day.year).get(day)):
            why = f"放假日：{name}（法定，{day.year}年节假日安排尚未公布）"
            return Judged(day, working=False, why=why, provisional=provisional)
        return Judged(day, day.weekday() < _SATURDAY, weekday(day), provisional)

    def add(self, start: date, count: int) -> Counted:
        """Return the day on which *count* working days after *start* are full; *start* itself is not counted.

        Civil Code art. 201: where a period is counted in days, its first day is left out.
        """
        found = self._counted.get((start, count))
        if found is None:  # hundreds of records are handed over on one day
            found = self._counted[start, count] = self._added(start, count)
        return found

    def _added(self, start: date, count: int) -> Counted:
        day = _walk(start, count, self.is_working)
        if not self._is_any_open(start, day):
            return Counted(start, day, day, day, provisional=False, calendar=self)
        earliest = _walk(start, count, self._at_most(start, day))
        latest = _walk(start, count, self._at_least)
        return Counted(start, day, min(earliest, day), latest, provisional=True, calendar=self)

    def on_or_after(self, day: date) -> Counted:
        """Return the first working day that is not before *day*."""
        return self.add(moved_by(day, -1), 1)

    def left(self, today: date, due: date) -> int:
        """Return the working days after *today* up to and including *due*; less than 0 when *due* is past.

        On the last working day before a *due* on a weekend nothing is left: whatever is done, is done today. After
        *due* the working days gone since are counted, today too, and at least one: past is past on a Saturday too.
        """
        if today > due:
            return -max(1, self._count(due, today))
        return self._count(today, due)

    def _count(self, after: date, until: date) -> int:
        """Return the working days after *after* up to *until*: all weekdays, put right by the days named otherwise."""
        plain = _weekdays_before(until) - _weekdays_before(after)
        years = range(after.year, until.year + 1)
        return plain + sum(shift for year in years for day, shift in self._shifts_of(year) if after < day <= until)

    def _shifts_of(self, year: int) -> tuple[tuple[date, int], ...]:
        """Return the days of *year* that are not as their weekday says: +1 where worked, -1 where off."""
        if year not in self._shifts:
            special = {day for day in self._named if day.year == year} | set(statutory(year))
            odd = (day for day in special if self.is_working(day) != (day.weekday() < _SATURDAY))
            self._shifts[year] = tuple((day, 1 if self.is_working(day) else -1) for day in odd)
        return self._shifts[year]

    # While a notice is not out: what it may say at most and at least.

    def _is_open(self, day: date) -> bool:
        """Tell whether a notice that is not out may change *day*."""
        if not self.settled(day.year):
            return True
        if (day.month, day.day) < _LAST_DAYS or self.settled(day.year + 1) or day.year == date.max.year:
            return False
        return date(day.year + 1, 1, 1).weekday() in _REACHING_BACK

    def _is_any_open(self, after: date, until: date) -> bool:
        """Tell whether a day after *after* and up to *until* is open; in a settled year only its last days are."""
        years = range(moved_by(after, 1).year, until.year + 1)
        return after < until and (not all(map(self.settled, years)) or self._is_open(until))

    def _at_least(self, day: date) -> bool:
        """Tell whether *day* is surely worked: outside the longest holidays, and no weekend."""
        if day in self._named or not self._is_open(day):
            return self.is_working(day)
        near = chain(festivals(day.year), festivals(min(day.year + 1, date.max.year)))
        return day.weekday() < _SATURDAY and not any(one.longest[0] <= day <= one.longest[1] for one in near)

    def _at_most(self, start: date, end: date) -> Callable[[date], bool]:
        """Return the judgement that wins the most working days after *start*: short holidays, make-up days at once."""
        last = min(end.year + 1, date.max.year)
        near = [festival for year in range(start.year, last + 1) for festival in festivals(year)]
        makeup = {day for one in near for day in self._first_makeup(one.reach, start)}
        return lambda day: self.is_working(day) or day in makeup

    def _first_makeup(self, reach: tuple[date, date], start: date) -> Collection[date]:
        first = max(start, moved_by(reach[0], -1))
        open_days = (day for day in _days(first, reach[1]) if self._is_open(day) and day not in self._named)
        free = [day for day in open_days if day.weekday() >= _SATURDAY and day not in statutory(day.year)]
        return free[:MOST_MAKEUP]


def _days(after: date, until: date) -> Iterator[date]:
    return map(date.fromordinal, range(after.toordinal() + 1, until.toordinal() + 1))


def _walk(start: date, count: int, is_worked: Callable[[date], bool]) -> date:
    """Return the *count*-th worked day after *start*, or the calendar's last day."""
    if count <= 0:
        return start
    for day in _days(start, date.max):
        count -= is_worked(day)
        if not count:
            return day
    return date.max


def _weekdays_before(day: date) -> int:
    """Return the Mondays to Fridays up to and including *day* since 0001-01-01, a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * _SATURDAY + min(rest, _SATURDAY)
