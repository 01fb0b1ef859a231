"""Today's list for others: a calendar to subscribe to, and a digest for the leader."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dafu.desk.agenda import lights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dafu.desk.agenda import Item

_WARNED = timedelta(hours=9)  # on the morning of the day itself; the yellow light warns before
_PAGE = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: "仿宋", "FangSong", serif; max-width: 50em; margin: 2em auto; line-height: 1.6 }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border: 1px solid; padding: .2em .5em; text-align: left; vertical-align: top }}
</style>
<h1>{title}</h1>
<p>{counts}</p>
{sections}
</html>
"""
_TITLE = "提案建议办理到期情况"
_HEADS = ("灯", "剩余（工作日）", "期限", "事项", "案号", "案由", "经办人")


def ics(items: Iterable[Item]) -> bytes:
    """Return *items* as all-day events of an iCalendar file (RFC 5545); an event keeps its UID when its day moves."""
    from icalendar import Alarm, Calendar, Event

    page = Calendar()
    page.add("prodid", "-//dafu//CN")
    page.add("version", "2.0")
    for item in items:
        event = Event()
        event.add("uid", _uid(item))
        event.add("dtstamp", datetime.combine(item.case.overview.today, time(), UTC))
        event.add("dtstart", item.clock.due)
        event.add("summary", f"{item.clock.name}：{item.case.words['案号']} {item.case.words['案由']}")
        event.add("description", "\n".join(item.basis))
        for before in (timedelta(0), timedelta(days=-3)):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"{item.clock.name}到期：{item.case.words['案号']}")
            alarm.add("trigger", before + _WARNED)
            event.add_component(alarm)
        page.add_component(event)
    return bytes(page.to_ical())


def _uid(item: Item) -> str:
    series = (item.case.words[word] for word in ("类别", "层级", "届次", "案号"))
    return "-".join([*series, item.clock.name]) + "@dafu"


def digest(items: Sequence[Item], today: date, *, as_html: bool) -> str:
    """Return what a leader wants to read: how many of each light, and the items by 科室."""
    title = f"{_TITLE}（{today.year}年{today.month}月{today.day}日）"
    told = lights(items)
    if as_html:
        sections = "\n".join(_table(section, list(some)) for section, some in _by_section(items))
        return _PAGE.format(title=title, counts=escape(told), sections=sections)
    return (
        "\n".join([title, told, *(line for section, some in _by_section(items) for line in _lines(section, some))])
        + "\n"
    )


def _by_section(items: Sequence[Item]) -> Iterator[tuple[str, Iterator[Item]]]:
    def section(item: Item) -> str:
        return item.case.words["科室"] or "未分科室"

    return groupby(sorted(items, key=section), key=section)  # sorting is stable: the pressing ones stay first


def _lines(section: str, items: Iterable[Item]) -> Iterator[str]:
    yield ""
    yield section
    for item in items:
        yield "  " + "  ".join(_cells(item))


def _table(section: str, items: list[Item]) -> str:
    head = "".join(f"<th scope=col>{one}" for one in _HEADS)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in _cells(item)) for item in items)
    return f"<h2>{escape(section)}</h2>\n<table>\n<tr>{head}\n{rows}\n</table>"


def _cells(item: Item) -> tuple[str, ...]:
    clock, words = item.clock, item.case.words
    due = clock.due.isoformat() + ("（暂定）" if clock.provisional else "")
    return str(clock.light), str(clock.left), due, clock.name, words["案号"], words["案由"], words["经办人"] or ""
