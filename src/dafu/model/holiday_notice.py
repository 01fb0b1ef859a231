"""The State Council's yearly notice of days off, read from its text; what it says of weekdays and sums must agree."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dafu.errors import Problem
from dafu.workdays import YearNotice, named_day

if TYPE_CHECKING:
    from collections.abc import Iterator

# All patterns meet text of NFKC: its commas, colons and brackets are half-width, and it holds no blanks.
_TITLE = re.compile(r"([12]\d{3})年(?:部分)?节假日安排")
_NUMBER = re.compile(r"国办发明电[〔\[(【](\d{4})[〕\])】](\d+)号")
_ITEM = re.compile(r"[一二三四五六七八九十]+、([^:。]{2,20}):(.*)")
_ITEM_WITHIN = re.compile(r"(?<=[。;])(?=[一二三四五六七八九十]+、[^:。]{2,20}:)")
_SIGNED = re.compile(r"(?:国务院办公厅)?\d{4}年\d{1,2}月\d{1,2}日")

_DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?"
_SPAN = rf"{_DAY}(?:[至到\-—–~]+{_DAY})?"
_DAYS = rf"(?P<days>{_SPAN}(?:[、和]{_SPAN})*)"
_OFF = re.compile(rf"{_DAYS}放假(?:调休|公休)?(?P<more>.*)")
_COMPENSATED = re.compile(rf"{_DAYS}补休")
_WORKED = re.compile(rf"{_DAYS}(?:正常)?上班")
_ORDER = re.compile(rf"{_DAYS}(?:正常)?(?:放假|上班|补休|补班)")
_SUM = re.compile(r"共?(\d+)天")
_IDLE = ("", "不调休", "与周末连休")  # what a sentence may add without naming another day
_ADVICE = "鼓励"  # a sentence that begins so orders nothing
_ONE_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
_FARTHEST = 31
"""Days that a span holds, or that lie between a holiday and its make-up day, at most; more is a misprint."""

_CURE = "对照通知原文改正；仍不行，就把这一年直接写进节假日.yaml"


class _Line(NamedTuple):
    number: int
    text: str


class _Item(NamedTuple):
    """One numbered item: a holiday and what is ordered for it."""

    line: int
    name: str
    text: str


def read_notice(text: str) -> tuple[YearNotice | None, list[Problem]]:
    """Read the text of 《国务院办公厅关于N年部分节假日安排的通知》, as copied from a web page or a document.

    Nothing is guessed: a weekday or a sum of days that does not agree, a phrase that is not known and a statutory
    day that is not named are problems, each with the line of the text, and then there is no notice.
    """
    lines = list(_lines(text))
    whole = "".join(line.text for line in lines)
    title = _TITLE.search(whole)
    if title is None:
        fault = "没有找到“关于……年部分节假日安排的通知”这样的标题，不知道是哪一年"
        return None, [Problem("R611", fault, "连同标题复制通知全文", line=1)]
    reading = _Reading(int(title[1]))
    for found in _items(lines):
        if isinstance(found, _Item):
            reading.take(found)
        elif _ORDER.search(found.text):
            reading.refuse("R612", found.number, f"没有读懂“{found.text}”")
    notice = YearNotice(reading.year, _source(whole, reading.year), reading.off, reading.makeup)
    reading.check_whole(notice)
    problems = sorted(reading.problems, key=lambda problem: problem.line or 0)
    return (None if problems else notice), problems


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines without blanks; of several items in one line each."""
    for number, line in enumerate(text.splitlines(), start=1):
        plain = "".join(unicodedata.normalize("NFKC", line).split())
        yield from (_Line(number, part) for part in _ITEM_WITHIN.split(plain) if part)


def _source(text: str, year: int) -> str:
    number = _NUMBER.search(text)
    return f"国办发明电〔{number[1]}〕{number[2]}号" if number else f"国务院办公厅关于{year}年部分节假日安排的通知"


def _items(lines: list[_Line]) -> Iterator[_Item | _Line]:
    """Yield the items, joined where the text of a PDF broke them, and the lines that belong to none."""
    item: _Item | None = None
    for line in lines:
        if match := _ITEM.fullmatch(line.text):
            if item:
                yield item
            item = _Item(line.number, match[1], match[2])
        elif item and _continues(item, line):
            item = item._replace(text=item.text + line.text)
        else:
            if item:
                yield item
            item = None
            yield line
    if item:
        yield item


def _continues(item: _Item, line: _Line) -> bool:
    if not item.text.endswith("。"):
        return True
    return line.text[0].isdecimal() and not _SIGNED.fullmatch(line.text)


class _Reading:
    """The days found so far, and what is wrong with them."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.off: dict[date, str] = {}
        self.makeup: dict[date, str] = {}
        self.problems: list[Problem] = []

    def refuse(self, code: str, line: int, message: str) -> None:
        """Report what is wrong in a line."""
        self.problems.append(Problem(code, message, _CURE, line=line))

    def take(self, item: _Item) -> None:
        """Take the days of one item."""
        for sentence in re.split("[。;]", item.text):
            if sentence.startswith(_ADVICE) or not re.search(r"\d日", sentence) or _SIGNED.fullmatch(sentence):
                continue
            if match := _OFF.fullmatch(sentence):
                self._take_off(item, match)
            else:
                self._clause(item, sentence)

    def _take_off(self, item: _Item, match: re.Match[str]) -> None:
        days = self._days(item, match["days"])
        self.off |= dict.fromkeys(days, item.name)
        for clause in match["more"].split(","):
            if total := _SUM.fullmatch(clause):
                if days and int(total[1]) != len(days):
                    self.refuse(
                        "R613", item.line, f"{item.name}：“{match['days']}”是{len(days)}天，通知写的是{total[1]}天"
                    )
            elif clause not in _IDLE:
                self._clause(item, clause)

    def _clause(self, item: _Item, clause: str) -> None:
        if match := _COMPENSATED.fullmatch(clause):
            self.off |= dict.fromkeys(self._days(item, match["days"]), item.name)
        elif match := _WORKED.fullmatch(clause):
            for day in self._days(item, match["days"]):
                self._take_makeup(item, day)
        else:
            self.refuse("R612", item.line, f"{item.name}：没有读懂“{clause}”")

    def _take_makeup(self, item: _Item, day: date) -> None:
        near = [abs((day - other).days) for other, name in self.off.items() if name == item.name]
        if day.weekday() < _SATURDAY:
            self.refuse("R614", item.line, f"{item.name}：补班日{named_day(day)}不是周末")
        elif min(near, default=_FARTHEST) >= _FARTHEST:
            self.refuse("R615", item.line, f"{item.name}：补班日{day}离假期太远")
        else:
            self.makeup[day] = item.name

    def _days(self, item: _Item, text: str) -> list[date]:
        """Return the days of `10月1日(周四)至7日(周三)、9日`, or none when one of them is wrong."""
        found: list[date] = []
        for span in re.findall(_SPAN, text):
            ends: list[date] = []
            for match in _ONE_DAY.finditer(span):
                day = self._day(item, match, [*found, *ends])
                if day is None:
                    return []
                ends.append(day)
            if not 0 <= (ends[-1] - ends[0]).days < _FARTHEST:
                self.refuse("R616", item.line, f"{item.name}：“{span}”从{ends[0]}到{ends[-1]}，不是一段假期")
                return []
            found += map(date.fromordinal, range(ends[0].toordinal(), ends[-1].toordinal() + 1))
        return found

    def _day(self, item: _Item, match: re.Match[str], before: list[date]) -> date | None:
        """Return one day; a month that is not written is that of the day before it, a year then too."""
        year, month, day, remark = match.groups()
        if not month and not before:
            self.refuse("R617", item.line, f"{item.name}：“{match[0]}”没有写月份")
            return None
        stated_year = int(year) if year else self.year if month else before[-1].year
        try:
            found = date(stated_year, int(month or before[-1].month), int(day))
        except ValueError:
            self.refuse("R618", item.line, f"{item.name}：没有“{match[0]}”这一天")
            return None
        said = _WEEKDAY.search(remark or "")
        if said and _WEEKDAYS[found.weekday()] != said[1].replace("天", "日"):
            self.refuse("R619", item.line, f"{item.name}：{named_day(found)}，通知写的是{said[0]}")
            return None
        return found

    def check_whole(self, notice: YearNotice) -> None:
        """Refuse a notice that leaves out a statutory day, or names a day twice against itself."""
        for day in sorted(notice.off.keys() & notice.makeup.keys()):
            self.refuse("R620", 1, f"{named_day(day)}又放假又补班")
        if self.problems:  # then days are missing because they could not be read
            return
        for day, name in sorted(notice.missing.items()):
            self.refuse("R621", 1, f"{name}{named_day(day)}是法定节假日，通知里没有写它放假")
