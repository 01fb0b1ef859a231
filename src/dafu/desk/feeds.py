"""Today's list for others: a calendar to subscribe to, and a digest for the leader."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from dafu import files, store
from dafu.desk.agenda import lights
from dafu.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.desk.agenda import Item
    from dafu.store import Workspace

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
_LIMIT = 50_000_000  # bytes of an older feed
_TITLE = "提案建议办理到期情况"
_MARKS = (b"PRODID:-//dafu//CN", _TITLE.encode())  # a feed of ours bears one of them
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


def _is_feed(data: bytes) -> bool:
    return any(mark in data for mark in _MARKS)


def publish(
    path: Path, data: bytes, workspace: Workspace, is_ours: Callable[[bytes], bool] = _is_feed, *, dry: bool = False
) -> None:
    """Write a file for others; only an older one that *is_ours* is ever replaced, and nothing of the workspace itself.

    With *dry* nothing is written, and what would be refused is.
    """
    refuse_inside(path, workspace)
    old = files.read(path, _LIMIT) if path.exists() else None
    if old is not None and not is_ours(old):
        raise RefusedError(f"{path}：已经有别的文件了，没有覆盖（换一个名称）")
    if dry:
        return
    if old is None:
        files.create(path, data)
    else:
        files.write(path, data, expected=files.digest(old))


def refuse_inside(path: Path, workspace: Workspace) -> None:
    """Refuse to write among what the workspace itself is made of."""
    own = (workspace.root / store.OFFICE, workspace.proposals, workspace.templates, workspace.replies)
    if any(path.resolve().is_relative_to(part.resolve()) for part in own):
        raise RefusedError(f"{path}：不能写在记录、模板和答复件里（换一个地方）")


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
