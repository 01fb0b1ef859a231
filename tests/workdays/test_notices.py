from __future__ import annotations

from datetime import date

from chinese_calendar import constants  # type: ignore[import-untyped]  # -- it ships no types

from dafu.workdays import YearNotice, published


def test_the_published_years_end_where_the_package_ends() -> None:
    assert max(published()) == max(constants.holidays).year
    assert min(published()) == 2004


def test_every_day_of_the_package_stands_in_one_notice() -> None:
    off = [day for notice in published().values() for day in notice.off]
    makeup = [day for notice in published().values() for day in notice.makeup]
    assert sorted(off) == sorted(constants.holidays)
    assert sorted(makeup) == sorted(constants.workdays)


def test_a_day_of_december_belongs_to_the_next_new_year() -> None:
    assert date(2018, 12, 31) in published()[2019].off
    assert date(2018, 12, 29) in published()[2019].makeup


def test_a_notice_names_no_number_that_the_package_does_not_give() -> None:
    assert published()[2025].source == "国务院办公厅公布的2025年节假日安排"


def test_what_a_notice_lacks_of_the_statutory_days_is_known() -> None:
    assert published()[2026].missing == {}
    assert YearNotice(2026, "", {date(2026, 1, 1): "元旦"}).missing[date(2026, 10, 3)] == "国庆节"
