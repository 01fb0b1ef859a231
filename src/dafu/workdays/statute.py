"""The days off that are certain before a year's notice is out, and how far a notice may stretch them.

Statutory days: 《全国年节及纪念日放假办法》(国务院令第270号), as amended by 国务院令第795号 and in force since 2025:
thirteen days off a year, four of them at Spring Festival (除夕 to 初三) and two at Labour Day. Of earlier years, whose
notices are all out, only the days fixed in the common calendar stand here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

# year → 正月初一, 清明, 五月初五, 八月十五 by the calendar of GB/T 33661-2017 (Beijing time), month-day.
# ICU puts the first day of 2027 and 2030 one day off: those new moons stand minutes from midnight.
_LUNAR = {
    2025: "01-29 04-04 05-31 10-06",
    2026: "02-17 04-05 06-19 09-25",
    2027: "02-06 04-05 06-09 09-15",
    2028: "01-26 04-04 05-28 10-03",
    2029: "02-13 04-04 06-16 09-22",
    2030: "02-03 04-05 06-05 09-12",
    2031: "01-23 04-05 06-24 10-01",
    2032: "02-11 04-04 06-12 09-19",
    2033: "01-31 04-04 06-01 09-08",
    2034: "02-19 04-05 06-20 09-27",
    2035: "02-08 04-05 06-10 09-16",
    2036: "01-28 04-04 05-30 10-04",
    2037: "02-15 04-04 06-18 09-24",
    2038: "02-04 04-05 06-07 09-13",
    2039: "01-24 04-05 05-27 10-02",
    2040: "02-12 04-04 06-14 09-20",
}


class Festival(NamedTuple):
    """A holiday of one year: its statutory days, and the days that a notice may add to it or take back.

    The notices of 2008 to 2026 never went beyond `longest` with days off nor beyond `reach` with make-up days, of
    which a holiday had two at most; only the prolonged Spring Festival of 2020 did.
    """

    name: str
    days: tuple[date, ...]
    longest: tuple[date, date]
    reach: tuple[date, date]


# name → how many statutory days before and from the festival's own day, days off and make-up days around it
_SHAPES = {
    "元旦": (0, 1, (-2, 2), (-4, 5)),
    "春节": (1, 3, (-2, 7), (-7, 11)),
    "清明节": (0, 1, (-2, 2), (-4, 4)),
    "劳动节": (0, 2, (-2, 4), (-8, 10)),
    "端午节": (0, 1, (-2, 2), (-4, 4)),
    "中秋节": (0, 1, (-2, 2), (-4, 4)),
    "国庆节": (0, 3, (-2, 7), (-11, 11)),
}
_AMENDED = 2025
MOST_MAKEUP = 2
"""Make-up days of one holiday at most."""
_LUNAR_NAMES = ("春节", "清明节", "端午节", "中秋节")


def moved_by(day: date, days: int) -> date:
    """Return *day* moved by *days*; the ends of the calendar, years 1 and 9999, are as far as it goes."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def named_day(day: date) -> str:
    """Return a day with its weekday, `2025-03-10（周一）`."""
    return f"{day}（{weekday(day)}）"


def weekday(day: date) -> str:
    """Return 周一 to 周日."""
    return "周" + "一二三四五六日"[day.weekday()]


@cache
def festivals(year: int) -> tuple[Festival, ...]:
    """Return the holidays of *year*; those by the lunar calendar only in the years of the table, 2025 to 2040."""
    own_days = {"元旦": "01-01", "劳动节": "05-01", "国庆节": "10-01"}
    own_days |= dict(zip(_LUNAR_NAMES, _LUNAR.get(year, "").split(), strict=False))
    return tuple(_festival(name, date.fromisoformat(f"{year:04}-{day}")) for name, day in own_days.items())


def _festival(name: str, day: date) -> Festival:
    before, count, longest, reach = _SHAPES[name]
    if name == "劳动节" and day.year < _AMENDED:
        count = 1
    statutory_days = tuple(day + timedelta(n) for n in range(-before, count))
    return Festival(name, statutory_days, _span(day, longest), _span(day, reach))


def _span(day: date, offsets: tuple[int, int]) -> tuple[date, date]:
    return moved_by(day, offsets[0]), moved_by(day, offsets[1])


@cache
def statutory(year: int) -> dict[date, str]:
    """Return the statutory days off of *year*, each with its holiday."""
    found: dict[date, str] = {}
    for festival in festivals(year):
        for day in festival.days:
            found[day] = f"{found[day]}、{festival.name}" if day in found else festival.name
    return found
