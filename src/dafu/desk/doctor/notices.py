"""The notices of days off: which are not known yet, and which say otherwise than the published calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.desk.case import holidays_path, own_notices
from dafu.desk.doctor.finding import Finding
from dafu.errors import Problem, Severity
from dafu.workdays import Calendar, published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.doctor.finding import Checkup
    from dafu.workdays import YearNotice

_NOVEMBER = 11  # the State Council publishes next year's notice in October or November
_SHOWN = 3  # days that are named


def findings(checkup: Checkup) -> Iterator[Finding]:
    """Yield the years whose notice should be out (from 1 November the next one), and own notices that differ."""
    for year in [checkup.today.year] + ([checkup.today.year + 1] if checkup.today.month >= _NOVEMBER else []):
        if not checkup.calendar.settled(year):
            message = f"没有{year}年的节假日安排，到{year}年的期限只能暂定"
            cure = "国务院办公厅的通知公布后，存成 .txt，用 dafu holidays import 读入"
            yield Finding(Problem("D104", message, cure, severity=Severity.WARNING))
    path = str(holidays_path(checkup.workspace))
    for year, own in own_notices(checkup.workspace).items():
        if theirs := published().get(year):
            yield from (Finding(problem.within(path)) for problem in _differences(own, theirs))


def _differences(own: YearNotice, theirs: YearNotice) -> Iterator[Problem]:
    """Yield one problem for the days of a year of which *own* says otherwise; single days may be local holidays."""
    ours, public = Calendar({own.year: own}), Calendar()
    named = {*own.off, *own.makeup, *theirs.off, *theirs.makeup}
    days = [day for day in sorted(named) if ours.is_working(day) != public.is_working(day)]
    if days:
        said = "、".join(f"{day.month}月{day.day}日" for day in days[:_SHOWN])
        more = f"等{len(days)}天" if len(days) > _SHOWN else ""
        severity = Severity.NOTICE if own.missing else Severity.WARNING
        message = f"{own.year}年{said}{more}同国务院公布的安排不同"
        yield Problem("D111", message, "对照通知核对；本地另有规定的不用改", field=str(own.year), severity=severity)
