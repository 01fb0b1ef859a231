from __future__ import annotations

from datetime import date

import holidays
import pytest

from dafu.workdays import moved_by, named_day, statutory
from dafu.workdays.statute import festivals


@pytest.mark.parametrize("year", range(2025, 2041))
def test_the_statutory_days_agree_with_an_independent_package(year: int) -> None:
    found = holidays.country_holidays("CN", years=year, observed=False, language="en_US")
    assert set(statutory(year)) == {day for day, name in found.items() if not name.startswith("Day off")}


@pytest.mark.parametrize("year", range(2025, 2041))
def test_a_year_has_thirteen_statutory_days(year: int) -> None:
    festival_days = [day for festival in festivals(year) for day in festival.days]
    assert len(festival_days) == 13


def test_spring_festival_runs_from_the_eve_to_the_third_day() -> None:
    spring = [day for day, name in statutory(2027).items() if name == "春节"]
    assert spring == [date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)]


def test_two_festivals_on_one_day_are_both_named() -> None:
    assert statutory(2031)[date(2031, 10, 1)] == "国庆节、中秋节"


def test_a_year_beyond_the_table_keeps_the_fixed_days() -> None:
    assert sorted(day.strftime("%m-%d") for day in statutory(2077)) == [
        *("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
    ]


def test_a_moved_day_stays_within_the_calendar() -> None:
    assert moved_by(date(2025, 3, 1), -1) == date(2025, 2, 28)
    assert moved_by(date.max, 1) == date.max
    assert moved_by(date.min, -1) == date.min


def test_a_named_day_bears_its_weekday() -> None:
    assert named_day(date(2025, 3, 10)) == "2025-03-10（周一）"
