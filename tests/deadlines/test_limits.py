from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.deadlines import Reckoned, reckon
from dafu.model import Limit, Measure
from dafu.workdays import Calendar, published

ONE = timedelta(days=1)
DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))
LIMITS = st.one_of(
    st.builds(Limit, st.just(Measure.WORKDAYS), st.integers(1, 60)),
    st.builds(Limit, st.just(Measure.DAYS), st.integers(1, 120)),
    st.builds(Limit, st.just(Measure.MONTHS), st.integers(1, 12)),
    st.builds(Limit, st.just(Measure.DATE), st.integers(1, 28), st.integers(1, 12)),
)

# Working days by chinesecalendar and by holidays, which agreed on every row; months and dates by hand.
WORKDAYS = """
10个工作日 2018-02-08 2018-02-27     1个工作日 2018-02-14 2018-02-22     5个工作日 2018-09-21 2018-09-29
 1个工作日 2018-09-28 2018-09-29     5个工作日 2018-12-24 2018-12-29    10个工作日 2019-01-28 2019-02-14
10个工作日 2019-04-22 2019-05-07     1个工作日 2019-04-30 2019-05-05     5个工作日 2019-09-27 2019-10-10
 1个工作日 2019-12-31 2020-01-02     5个工作日 2020-01-17 2020-01-23     1个工作日 2020-01-23 2020-02-03
10个工作日 2020-04-24 2020-05-11     1个工作日 2020-06-24 2020-06-28    10个工作日 2020-09-25 2020-10-15
15个工作日 2021-02-05 2021-03-03     1个工作日 2021-02-10 2021-02-18    10个工作日 2021-04-23 2021-05-10
 5个工作日 2021-09-17 2021-09-26    10个工作日 2021-09-24 2021-10-13     1个工作日 2021-12-31 2022-01-04
 5个工作日 2022-01-28 2022-02-09     5个工作日 2022-03-31 2022-04-08    15个工作日 2022-04-22 2022-05-16
 3个工作日 2022-09-08 2022-09-14     1个工作日 2022-09-30 2022-10-08     1个工作日 2022-12-30 2023-01-03
10个工作日 2023-01-19 2023-02-07     1个工作日 2023-01-20 2023-01-28    10个工作日 2023-04-21 2023-05-08
 5个工作日 2023-06-20 2023-06-28     1个工作日 2023-09-28 2023-10-07    15个工作日 2023-09-25 2023-10-20
10个工作日 2024-02-02 2024-02-21     1个工作日 2024-02-09 2024-02-18     3个工作日 2024-04-03 2024-04-09
15个工作日 2024-04-26 2024-05-20     1个工作日 2024-06-07 2024-06-11     3个工作日 2024-09-13 2024-09-19
 1个工作日 2024-09-30 2024-10-08    20个工作日 2024-09-27 2024-10-30     1个工作日 2024-12-31 2025-01-02
10个工作日 2025-01-20 2025-02-08     1个工作日 2025-01-27 2025-02-05     3个工作日 2025-01-24 2025-02-05
60个工作日 2025-03-10 2025-06-06    10个工作日 2025-03-05 2025-03-19    15个工作日 2025-03-05 2025-03-26
20个工作日 2025-03-05 2025-04-02     1个工作日 2025-04-03 2025-04-07     5个工作日 2025-04-25 2025-05-06
 1个工作日 2025-04-30 2025-05-06     1个工作日 2025-05-30 2025-06-03    20个工作日 2025-06-06 2025-07-04
 3个工作日 2025-09-26 2025-09-30     1个工作日 2025-09-30 2025-10-09    15个工作日 2025-09-30 2025-10-28
 1个工作日 2025-12-31 2026-01-04     1个工作日 2026-01-01 2026-01-04     2个工作日 2026-01-02 2026-01-05
 1个工作日 2026-02-13 2026-02-14     2个工作日 2026-02-13 2026-02-24    10个工作日 2026-02-12 2026-03-04
 2个工作日 2026-02-27 2026-03-02     1个工作日 2026-04-03 2026-04-07     1个工作日 2026-04-30 2026-05-06
10个工作日 2026-04-30 2026-05-18     1个工作日 2026-06-18 2026-06-22     2个工作日 2026-09-18 2026-09-21
10个工作日 2026-09-24 2026-10-15     1个工作日 2026-09-30 2026-10-08    15个工作日 2026-09-30 2026-10-27
"""
PERIODS = """
1个月 2025-01-31 2025-02-28     1个月 2024-01-31 2024-02-29     1个月 2025-01-30 2025-02-28
1个月 2025-01-29 2025-02-28     1个月 2025-01-28 2025-02-28     2个月 2025-01-31 2025-03-31
3个月 2025-01-31 2025-04-30     4个月 2025-01-31 2025-05-31     1个月 2025-02-28 2025-03-28
1个月 2025-03-31 2025-04-30     3个月 2025-03-05 2025-06-05     6个月 2025-03-05 2025-09-05
3个月 2025-11-30 2026-02-28     3个月 2023-11-30 2024-02-29     6个月 2025-08-31 2026-02-28
12个月 2024-02-29 2025-02-28    1个月 2025-12-31 2026-01-31     2个月 2025-12-31 2026-02-28
3个月 2025-05-31 2025-08-31     3个月 2025-12-01 2026-03-01     5个月 2025-09-30 2026-02-28
20日 2025-03-05 2025-03-25      30日 2025-01-31 2025-03-02      30日 2024-01-31 2024-03-01
1日 2025-12-31 2026-01-01       90日 2025-03-05 2025-06-03      7日 2025-02-25 2025-03-04
08-31 2025-03-05 2025-08-31     08-31 2025-08-31 2025-08-31     08-31 2025-09-01 2026-08-31
06-30 2025-12-31 2026-06-30     1-1 2025-01-02 2026-01-01       2-29 2025-01-10 2025-02-28
2-29 2024-01-10 2024-02-29      2-29 2025-03-01 2026-02-28      12-31 2025-12-31 2025-12-31
答复前20日 2025-08-31 2025-08-11    答复前10日 2025-03-05 2025-02-23    答复前1日 2025-01-01 2024-12-31
"""
ROLLED = """
3个月 2025-05-31 2025-09-01     1个月 2025-09-01 2025-10-09     1个月 2025-08-30 2025-09-30
20日 2025-09-11 2025-10-09      1个月 2025-12-28 2026-01-28     1个月 2025-12-01 2026-01-04
3个月 2025-01-26 2025-04-27     08-31 2025-03-05 2025-08-31     答复前5日 2025-03-06 2025-03-01
"""


@cache
def calendar() -> Calendar:
    return Calendar(notices={year: notice for year, notice in published().items() if year <= 2026})


def rows(text: str) -> list[tuple[str, str, str]]:
    words = text.split()
    return list(zip(words[::3], words[1::3], words[2::3], strict=True))


def limit_of(text: str) -> Limit:
    if text.startswith("答复前"):
        return Limit(Measure.BEFORE_REPLY, int(text[3:-1]))
    if "-" in text:
        month, day = text.split("-")
        return Limit(Measure.DATE, int(day), int(month))
    measure = next(one for one in (Measure.WORKDAYS, Measure.MONTHS, Measure.DAYS) if text.endswith(one.value))
    return Limit(measure, int(text.removesuffix(measure.value)))


def reckoned(limit: str, start: str, *, rolls_over: bool = False) -> Reckoned:
    return reckon(limit_of(limit), date.fromisoformat(start), calendar(), rolls_over=rolls_over)


def test_the_tables_hold_more_than_a_hundred_cases() -> None:
    assert len(rows(WORKDAYS) + rows(PERIODS) + rows(ROLLED)) >= 100


@pytest.mark.parametrize(("limit", "start", "due"), rows(WORKDAYS))
def test_working_days_end_where_the_notices_say(limit: str, start: str, due: str) -> None:
    found = reckoned(limit, start)
    assert found.due == found.end == date.fromisoformat(due)


@pytest.mark.parametrize(("limit", "start", "due"), rows(PERIODS))
def test_days_months_and_dates_end_on_their_day_whatever_day_it_is(limit: str, start: str, due: str) -> None:
    assert reckoned(limit, start).due == date.fromisoformat(due)


@pytest.mark.parametrize(("limit", "start", "due"), rows(ROLLED))
def test_an_office_that_rolls_over_moves_periods_only(limit: str, start: str, due: str) -> None:
    assert reckoned(limit, start, rolls_over=True).due == date.fromisoformat(due)


def test_a_period_that_rolls_over_keeps_the_day_on_which_it_ended() -> None:
    found = reckoned("3个月", "2025-05-31", rolls_over=True)
    assert (found.end, found.due) == (date(2025, 8, 31), date(2025, 9, 1))


def test_only_what_depends_on_an_open_notice_is_provisional() -> None:
    assert not reckoned("3个月", "2026-11-06").counted.provisional
    assert reckoned("15个工作日", "2026-12-20").counted.provisional
    rolled = reckoned("3个月", "2026-11-06", rolls_over=True).counted  # ends on Saturday 6 February 2027
    assert rolled.provisional
    # 除夕 to 初三 are off for certain, 4 to 13 February at the longest; the Saturday itself is statutory
    assert (rolled.day, rolled.earliest, rolled.latest) == (date(2027, 2, 9), date(2027, 2, 9), date(2027, 2, 15))


# Properties


def months_later(start: date, months: int) -> date:
    """Walk to the month by its first days, then to the day or the month's end."""
    first = start.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(start.day, monthrange(first.year, first.month)[1]))


@given(start=DAYS, months=st.integers(1, 36))
def test_months_agree_with_walking_month_by_month_from_the_first(start: date, months: int) -> None:
    assert reckon(Limit(Measure.MONTHS, months), start, calendar(), rolls_over=False).due == months_later(start, months)


@given(start=DAYS, limit=LIMITS, rolls_over=st.booleans())
def test_no_limit_ends_before_it_starts_and_only_a_date_on_the_day_itself(
    start: date, limit: Limit, *, rolls_over: bool
) -> None:
    due = reckon(limit, start, calendar(), rolls_over=rolls_over).due
    assert due > start or (due == start and limit.measure is Measure.DATE)


@given(start=DAYS, limit=LIMITS)
def test_a_later_start_never_ends_earlier(start: date, limit: Limit) -> None:
    first = reckon(limit, start, calendar(), rolls_over=True).due
    assert reckon(limit, start + ONE, calendar(), rolls_over=True).due >= first


@given(start=DAYS, limit=LIMITS)
def test_rolling_over_ends_on_a_working_day_and_passes_none(start: date, limit: Limit) -> None:
    found = reckon(limit, start, calendar(), rolls_over=True)
    if limit.measure in (Measure.DAYS, Measure.MONTHS):
        assert calendar().is_working(found.due)
        passed = (found.end + timedelta(n) for n in range((found.due - found.end).days))
        assert not any(map(calendar().is_working, passed))


@pytest.mark.parametrize("limit", ["999个工作日", "999日", "99个月", "08-31"])
def test_the_end_of_the_calendar_is_as_far_as_a_limit_goes(limit: str) -> None:
    assert reckoned(limit, "9999-12-01").due == date.max


def test_a_limit_before_the_reply_stops_at_the_first_day_there_is() -> None:
    assert reckoned("答复前20日", "0001-01-05").due == date.min


def test_the_last_month_of_the_calendar_is_reckoned_and_none_after_it() -> None:
    ends = [
        reckon(Limit(Measure.MONTHS, months), date(9999, 11, 15), Calendar(), rolls_over=False) for months in (1, 2)
    ]
    assert [found.due for found in ends] == [date(9999, 12, 15), date.max]


def test_working_days_never_roll_over_since_they_end_on_one() -> None:
    assert not reckoned("10个工作日", "2025-03-05", rolls_over=True).rolls_over
