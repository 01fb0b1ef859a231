from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import holidays
import pytest
from chinese_calendar import is_workday  # type: ignore[import-untyped]  # -- it ships no types
from hypothesis import given
from hypothesis import strategies as st

from dafu.workdays import Calendar, YearNotice, published, statute, statutory

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = timedelta(days=1)
DATED = st.dates(date(2018, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(1, 90)


@cache
def calendar() -> Calendar:
    return known_until(2026)


def known_until(year: int, *own: YearNotice) -> Calendar:
    """Return the calendar as it was before the notice of the year after *year* came out."""
    notices = {one: notice for one, notice in published().items() if one <= year}
    return Calendar({notice.year: notice for notice in own}, notices)


def day(text: str) -> date:
    return date.fromisoformat(text)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


# Against two packages that read the notices independently


@pytest.mark.parametrize("year", range(2006, 2027))
def test_every_day_is_judged_as_two_other_packages_judge_it(year: int) -> None:
    other = holidays.country_holidays("CN", years=range(year - 1, year + 2))
    for one in every_day(date(year, 1, 1), date(year, 12, 31)):
        assert calendar().is_working(one) == is_workday(one) == other.is_working_day(one), one


# Known values


def test_60_working_days_after_10_march_2025_end_on_6_june() -> None:
    assert calendar().add(day("2025-03-10"), 60).day == day("2025-06-06")


def test_2025_has_248_working_days() -> None:
    assert calendar().left(day("2024-12-31"), day("2025-12-31")) == 248


def test_the_first_working_day_after_30_september_2025_is_9_october() -> None:
    assert calendar().add(day("2025-09-30"), 1).day == day("2025-10-09")


def test_a_sunday_that_makes_up_for_a_holiday_is_worked() -> None:
    judged = calendar().judge(day("2025-01-26"))
    assert judged.working
    assert judged.why == "补班日：春节（国务院办公厅公布的2025年节假日安排）"


@pytest.mark.parametrize(
    ("text", "working", "why"),
    [
        ("2025-03-12", True, "周三"),
        ("2025-03-15", False, "周六"),
        ("2025-10-01", False, "放假日：国庆节（国务院办公厅公布的2025年节假日安排）"),
        ("2025-10-06", False, "放假日：中秋节（国务院办公厅公布的2025年节假日安排）"),
        ("2025-04-04", False, "放假日：清明节（国务院办公厅公布的2025年节假日安排）"),
        ("2025-05-31", False, "放假日：端午节（国务院办公厅公布的2025年节假日安排）"),
        ("2025-10-11", True, "补班日：国庆节（国务院办公厅公布的2025年节假日安排）"),
        ("2018-12-31", False, "放假日：元旦（国务院办公厅公布的2019年节假日安排）"),
        ("2018-12-29", True, "补班日：元旦（国务院办公厅公布的2019年节假日安排）"),
    ],
)
def test_a_day_says_why_it_is_worked_or_not(text: str, working: bool, why: str) -> None:  # noqa: FBT001 -- a table's column
    judged = calendar().judge(day(text))
    assert (judged.working, judged.why, judged.provisional) == (working, why, False)


# Counting


def test_a_count_tells_the_days_left_out_and_the_make_up_days_that_count() -> None:
    counted = calendar().add(day("2025-04-24"), 5)  # Fri 25, Sun 27 (worked), Mon 28, Tue 29, Wed 30
    assert counted.day == day("2025-04-30")
    assert [judged.day for judged in counted.skipped] == [day("2025-04-26")]
    assert [judged.day for judged in counted.worked] == [day("2025-04-27")]


def test_counting_no_days_stays_where_it_is() -> None:
    assert calendar().add(day("2025-10-01"), 0).day == day("2025-10-01")


def test_on_or_after_stays_on_a_working_day_and_leaves_a_holiday() -> None:
    assert calendar().on_or_after(day("2025-09-30")).day == day("2025-09-30")
    assert calendar().on_or_after(day("2025-10-01")).day == day("2025-10-09")


@given(start=DATED, count=COUNTS)
def test_the_first_day_is_never_counted_and_the_last_is_worked(start: date, count: int) -> None:
    counted = calendar().add(start, count)
    between = every_day(start + ONE, counted.day)
    assert sum(calendar().is_working(one) for one in between) == count
    assert calendar().is_working(counted.day)


@given(start=DATED, count=COUNTS, off=DATED)
def test_one_more_day_off_never_brings_the_end_forward(start: date, count: int, off: date) -> None:
    local = known_until(2026, YearNotice(off.year, "地方公告", {off: "地方节日"}))
    assert local.add(start, count).day >= calendar().add(start, count).day


# What is left


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2025-08-29", "2025-08-29", 0),  # today
        ("2025-08-28", "2025-08-29", 1),
        ("2025-08-29", "2025-09-01", 1),  # Friday → Monday
        ("2025-08-29", "2025-08-31", 0),  # Friday is the last working day before a Sunday
        ("2025-08-30", "2025-08-31", 0),
        ("2025-08-31", "2025-08-31", 0),
        ("2025-09-01", "2025-08-31", -1),
        ("2025-08-30", "2025-08-29", -1),  # past on a Saturday too
        ("2025-08-31", "2025-08-29", -1),
        ("2025-09-01", "2025-08-29", -1),
        ("2025-09-02", "2025-08-29", -2),
        ("2025-09-30", "2025-10-09", 1),  # over eight days off
        ("2025-10-09", "2025-09-30", -1),
        ("2025-01-25", "2025-01-27", 2),  # Sunday 26 January is worked
        ("2025-03-10", "2025-06-06", 60),
        ("2025-12-31", "2024-12-31", -248),
    ],
)
def test_what_is_left_is_counted_in_working_days(today: str, due: str, left: int) -> None:
    assert calendar().left(day(today), day(due)) == left


@given(today=DATED, due=DATED)
def test_what_is_left_agrees_with_counting_day_by_day(today: date, due: date) -> None:
    first, last = min(today, due), max(today, due)
    worked = sum(map(is_workday, every_day(first + ONE, last)))
    assert calendar().left(today, due) == (worked if today <= due else -max(1, worked))


# The office's own notices


def test_a_local_holiday_is_laid_over_the_published_notice() -> None:
    local = known_until(2026, YearNotice(2026, "自治区公告", {day("2026-04-20"): "三月三"}))
    assert local.judge(day("2026-04-20")) == (day("2026-04-20"), False, "放假日：三月三（自治区公告）", False)
    assert not local.is_working(day("2026-10-07"))  # published


def test_a_whole_own_notice_stands_in_place_of_the_published_one() -> None:
    off = dict(statutory(2026))
    own = known_until(2026, YearNotice(2026, "国办发明电〔2025〕99号", off))
    assert own.is_working(day("2026-10-06"))  # off by the published notice alone
    assert not own.is_working(day("2026-10-10"))  # a make-up day by the published notice alone
    assert own.judge(day("2026-10-01")).why == "放假日：国庆节（国办发明电〔2025〕99号）"


def test_an_own_notice_settles_a_year_only_when_it_is_whole() -> None:
    whole = YearNotice(2027, "国办发明电〔2026〕9号", dict(statutory(2027)))
    part = YearNotice(2027, "自治区公告", {day("2027-04-09"): "三月三"})
    assert known_until(2026, whole).settled(2027)
    partly = known_until(2026, part)
    assert not partly.settled(2027)
    assert not partly.is_working(day("2027-04-09"))
    assert not partly.is_working(day("2027-10-01"))


def test_a_make_up_day_of_the_office_takes_back_a_day_off() -> None:
    own = known_until(2026, YearNotice(2026, "县政府通知", {}, {day("2026-10-07"): "防汛"}))
    assert own.judge(day("2026-10-07")).why == "补班日：防汛（县政府通知）"


# A year without a notice


def test_a_year_without_a_notice_keeps_weekends_and_statutory_days_and_says_so() -> None:
    unknown = known_until(2026)
    off = [one for one in every_day(day("2027-01-01"), day("2027-12-31")) if not unknown.is_working(one)]
    weekdays_off = [one for one in off if one.weekday() < 5]
    assert weekdays_off == [
        *map(day, ("2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"))
    ]
    assert len(off) - len(weekdays_off) == 104
    judged = unknown.judge(day("2027-02-05"))
    assert judged.why == "放假日：春节（法定，2027年节假日安排尚未公布）"
    assert judged.provisional


def test_a_count_is_provisional_when_it_enters_a_year_without_a_notice() -> None:
    unknown = known_until(2026)
    assert not unknown.add(day("2026-12-01"), 22).provisional  # ends on 31 December
    counted = unknown.add(day("2026-12-01"), 23)
    assert counted.provisional
    assert counted.day == day("2027-01-04")


def test_the_last_days_of_a_year_are_open_while_new_year_may_reach_back() -> None:
    assert known_until(2018).judge(day("2018-12-31")).provisional  # 1 January 2019 is a Tuesday
    assert not known_until(2025).judge(day("2025-12-31")).provisional  # 1 January 2026 is a Thursday
    assert not known_until(2018).judge(day("2018-12-27")).provisional


def test_a_long_holiday_that_may_lie_inside_gives_both_bounds() -> None:
    counted = known_until(2026).add(day("2027-01-29"), 5)
    # Sat 30 and Sun 31 may be worked: 30, 31, 1, 2, 3; off at the longest from 4 to 13: 1, 2, 3, 15, 16
    assert (counted.earliest, counted.latest) == (day("2027-02-03"), day("2027-02-16"))
    assert counted.day == day("2027-02-09")  # off: weekend, 5 (除夕), 6, 7, 8


def test_far_from_every_holiday_the_bounds_meet() -> None:
    counted = known_until(2026).add(day("2027-07-05"), 10)
    assert counted.provisional
    assert counted.earliest == counted.day == counted.latest == day("2027-07-19")


EARLIER_LUNAR_DAYS = {
    2021: "02-12 04-04 06-14 09-21",
    2022: "02-01 04-05 06-03 09-10",
    2023: "01-22 04-05 06-22 09-29",
}


@pytest.fixture
def earlier_years(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lengthen the table of lunar days into years whose notices are known by now."""
    monkeypatch.setattr(statute, "_LUNAR", statute._LUNAR | EARLIER_LUNAR_DAYS)  # noqa: SLF001 -- a table too short to test
    forget_festivals()
    yield
    forget_festivals()


def forget_festivals() -> None:
    statute.festivals.cache_clear()
    statute.statutory.cache_clear()


@pytest.mark.usefixtures("earlier_years")
@pytest.mark.parametrize("year", [2021, 2022, 2023, 2025, 2026])
@pytest.mark.parametrize("count", [1, 2, 5, 10, 20, 60])
def test_the_notice_that_came_out_lay_within_the_bounds(count: int, year: int) -> None:
    before, after = known_until(year - 1), known_until(year)
    for start in every_day(date(year - 1, 12, 10), date(year, 12, 1)):
        counted, real = before.add(start, count), after.add(start, count).day
        assert real.year > year or counted.earliest <= real <= counted.latest, start
        assert counted.earliest <= counted.day <= counted.latest, start


# The ends of the calendar


def test_no_day_that_a_clerk_can_mistype_makes_it_stumble() -> None:
    assert calendar().add(day("9999-12-20"), 60).day == date.max
    assert calendar().judge(day("0001-01-01")).provisional
    assert calendar().left(day("2025-03-10"), date.max) > 2_000_000
    assert calendar().on_or_after(date.min).day >= date.min
