"""The report as the pages of a workbook, with charts of the grades, the 科室 and the months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.report.account import definitions
from dafu.report.definitions import GENERAL
from dafu.report.text import GROUP_COUNTS, GROUP_RATES, kept, late
from dafu.sheets.charts import Chart, Page, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.report.account import Account
    from dafu.report.figures import Figures, Ratio
    from dafu.report.text import Sheet
    from dafu.sheets.charts import Value

_RATIO = ("分子", "分母", "比率")
_DONE = ("应答复", "已办复")


def xlsx(account: Account) -> bytes:
    """Return the report as an .xlsx."""
    return workbook([*_pages(account)])


def _pages(account: Account) -> Iterator[Page]:
    some = account.overall
    yield Page("件数", ("项目", "件数"), [("范围", account.scope), *some.counts.items()])
    yield Page("比率", ("项目", *_RATIO), [(name, *_ratio(one)) for name, one in some.rates.items()])
    shares = (("办理结果", some.grades), ("公开属性", some.openness), ("满意度", some.ratings))
    for title, named in shares:
        rows = [(name, *_ratio(one)) for name, one in named.items() if one.part]
        yield Page(title, (title, *_RATIO), rows, Chart("pie", title, ("分子",)))
    grades = tuple(account.office.grades)
    for title, members in account.groups.items():
        heads = (title, *GROUP_COUNTS, *GROUP_RATES, *grades)
        rows = [(name, *_group(one, grades)) for name, one in members.items()]
        yield Page(f"按{title}", heads, rows, Chart("bars", f"按{title}", _DONE))
    yield from map(_table, (late(account), kept(account)))
    known = [[one[head] for head in _NOTES] for one in definitions()]
    yield Page("口径", _NOTES, [*known, *(("说明", text, None, None) for text in GENERAL)])


_NOTES = ("名称", "分子", "分母", "依据")


def _table(sheet: Sheet) -> Page:
    return Page(sheet.title, sheet.heads, sheet.rows)


def _ratio(one: Ratio) -> tuple[Value, ...]:
    return one.part, one.whole, one.part / one.whole if one.whole else None


def _group(some: Figures, grades: tuple[str, ...]) -> Iterator[Value]:
    yield from (some.counts[name] for name in GROUP_COUNTS)
    yield from (_ratio(some.rates[name])[-1] for name in GROUP_RATES)
    yield from (some.grades[name].part for name in grades)
