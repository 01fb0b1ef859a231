"""节假日.yaml: the office's own notices of days off and make-up days.

    2027:
      通知: 国办发明电〔2026〕8号
      放假:
        春节: [2027-02-05至2027-02-11]
      补班:
        春节: [2027-01-31, 2027-02-20]

Each item is a day or a span of days. A year that names every statutory day stands in place of the published notice;
one that names fewer, say a local holiday, changes the days it names and no others. 补班 also takes back a day off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dafu import yamltext
from dafu.model.faults import Faults, gathered
from dafu.model.keys import WORDS, joined, key, listed, read_as, read_day, read_line, reader, table
from dafu.workdays import YearNotice
from dafu.yamltext import Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping as Days

    from dafu.errors import Problem
    from dafu.yamltext import Mapping, Node
    from dafu.yamltext.nodes import Value

_TO = "至"
_LONGEST = 31
_YEARS = range(1000, 9999)


@reader(WORDS)
def _span(node: Node, path: str, faults: Faults) -> tuple[date, ...] | None:
    """Read `2027-02-05` or `2027-02-05至2027-02-11` as its days."""
    value = read_line(node, path, faults)
    if value is None or not isinstance(node, Scalar):
        return None
    ends = [_day(part.strip(), node, path, faults) for part in value.split(_TO, 1)]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return None
    if not 0 <= (last - first).days < _LONGEST:
        faults.add("R601", node, path, f"“{value}”不是一段日子", f"先写第一天，再写最后一天，最多{_LONGEST}天")
        return None
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def _day(text: str, node: Scalar, path: str, faults: Faults) -> date | None:
    day: date | None = read_day(Scalar(text, node.line, node.start, node.end), path, faults)
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """One year of the file."""

    source: str = key("通知", required=True)
    off: dict[str, tuple[tuple[date, ...], ...]] = key("放假", table(listed(_span)), default={})
    makeup: dict[str, tuple[tuple[date, ...], ...]] = key("补班", table(listed(_span)), default={})


def read_holidays(root: Mapping) -> tuple[dict[int, YearNotice], list[Problem]]:
    """Read 节假日.yaml by year, as `Calendar` takes it; with faults the notices without any still come."""
    found: dict[int, YearNotice] = {}
    return found, gathered(lambda faults: _read_years(root, found, faults))[1]


def _read_years(root: Mapping, found: dict[int, YearNotice], faults: Faults) -> None:
    for word, entry in root.entries.items():
        before = len(faults.problems)
        year = _year(word, entry.key, faults)
        read = read_as(_Year, entry.value, word, faults)
        if year is None or read is None or len(faults.problems) > before:
            continue
        notice = YearNotice(year, read.source, _days(read.off), _days(read.makeup))
        _check(notice, entry.key, faults)
        if len(faults.problems) == before:
            found[year] = notice


def _year(word: str, at: Node, faults: Faults) -> int | None:
    if not (word.isascii() and word.isdecimal() and int(word) in _YEARS):
        faults.add("R602", at, word, f"“{word}”不是年份", "最外层写四位年份，如“2027:”")
        return None
    return int(word)


def _days(by_holiday: Days[str, tuple[tuple[date, ...], ...]]) -> dict[date, str]:
    return {day: name for name, spans in by_holiday.items() for span in spans for day in span}


def _check(notice: YearNotice, at: Node, faults: Faults) -> None:
    """Report days of another year, and days that are both off and worked."""
    first, last = date(notice.year - 1, 12, 1), date(notice.year, 12, 31)
    for word, days in (("放假", notice.off), ("补班", notice.makeup)):
        for day in days:
            if not first <= day <= last:
                path = joined(str(notice.year), word)
                faults.add("R603", at, path, f"{day}不在{notice.year}年", "改正日期，或移到那一年下面")
    for day in notice.off.keys() & notice.makeup.keys():
        faults.add("R604", at, str(notice.year), f"{day}又放假又补班", "只留一处")


def with_notice(text: str, notice: YearNotice) -> str:
    """Return the text of 节假日.yaml with *notice* under its year; every other byte stays.

    A text that is empty but for comments gets its first year. Raises ValueError when *text* has faults.
    """
    year = str(notice.year)
    if all(not line.strip() or line.startswith("#") for line in text.splitlines()):
        text = f"{text.rstrip()}\n{year}: x\n".lstrip()
    return yamltext.set_value(text, (year,), _as_value(notice))


def _as_value(notice: YearNotice) -> Value:
    parts: dict[str, Any] = {"通知": notice.source}
    for word, days in (("放假", notice.off), ("补班", notice.makeup)):
        if days:
            parts[word] = {name: _spans(days, name) for name in dict.fromkeys(days[day] for day in sorted(days))}
    return parts


def _spans(days: Days[date, str], name: str) -> list[str]:
    """Return the days of one holiday, days in a row as one span."""
    own = sorted(day for day in days if days[day] == name)
    in_rows = groupby(enumerate(own), key=lambda at: at[1].toordinal() - at[0])
    rows = [[day for _, day in row] for _, row in in_rows]
    return [f"{row[0]}{_TO}{row[-1]}" if len(row) > 1 else str(row[0]) for row in rows]
