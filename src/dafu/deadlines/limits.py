"""How a time limit runs from its first day to its last, by the Civil Code (民法典) arts. 200 to 204.

200: periods go by years, months and days of the Gregorian calendar. 201: the day on which a period of days, months or
years begins is not counted. 202: a period of months ends on the day of the same number in its last month, and on that
month's last day where there is none. 203: an end on a statutory day off moves to the day after the days off. 204: the
law or an agreement may say otherwise; so a day that was set explicitly stands, and 203 applies where the office says.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dafu.model import Limit, Measure
from dafu.workdays import Counted, moved_by

if TYPE_CHECKING:
    from dafu.workdays import Calendar

_MONTHS = 12
_PERIODS = (Measure.DAYS, Measure.MONTHS)


class Reckoned(NamedTuple):
    """A limit reckoned from *start*: `end` is its last day, `counted.day` the due day after any 顺延."""

    limit: Limit
    start: date
    end: date
    counted: Counted
    rolls_over: bool

    @property
    def due(self) -> date:
        """Return the day by which it has to be done."""
        return self.counted.day


def reckon(limit: Limit, start: date, calendar: Calendar, *, rolls_over: bool) -> Reckoned:
    """Reckon a limit from *start*; one of `Measure.BEFORE_REPLY` takes the reply's due day for its start.

    Only periods of days and months roll over: working days end on one, and a date of the year is a day that was set.
    """
    if limit.measure is Measure.WORKDAYS:
        counted = calendar.add(start, limit.amount)
        return Reckoned(limit, start, counted.day, counted, rolls_over=False)
    end = _end(limit, start)
    rolls = rolls_over and limit.measure in _PERIODS
    counted = calendar.on_or_after(end) if rolls else Counted(end, end, end, end, provisional=False, calendar=calendar)
    return Reckoned(limit, start, end, counted, rolls_over=rolls)


def _end(limit: Limit, start: date) -> date:
    match limit.measure:
        case Measure.MONTHS:
            return months_after(start, limit.amount)
        case Measure.DATE:
            return _next_date(start, limit.month, limit.amount)
        case Measure.BEFORE_REPLY:
            return moved_by(start, -limit.amount)
        case _:
            return moved_by(start, limit.amount)


def months_after(start: date, months: int) -> date:
    """Return the day *months* after *start*, the month's last day where it has no such day (art. 202).

    Several months are one step from *start*, never month by month: 31 January and 2 months is 31 March.
    """
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    return date.max if year > date.max.year else _in_month(year, month + 1, start.day)


def _next_date(start: date, month: int, day: int) -> date:
    """Return the first such date on or after *start*; 29 February is the 28th in most years."""
    this_year = _in_month(start.year, month, day)
    if this_year >= start:
        return this_year
    return _in_month(start.year + 1, month, day) if start.year < date.max.year else date.max


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
