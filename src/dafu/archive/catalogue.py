"""归档文件目录 and 归档章 by DA/T 22-2015: which items, in which order, with how many pages, and for how long."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu.archive.kinds import inspect
from dafu.errors import Problem
from dafu.terms import Retention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.archive.numbers import Place

BAG = "归档"  # the folder of the first version; later ones have their number behind it
PAYLOAD = "data"
HEADS = ("序号", "件号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
WIDTHS = (27, 27, 80, 87, 67, 101, 48, 27, 27, 40)  # tenths of an em of 小四: together a page turned sideways
STAMP = ("全宗号", "年度", "件号", "机构", "保管期限", "页数")
STAMP_WIDTHS = (100, 80, 80, 100, 100, 71)
_YEARS = {Retention.THIRTY: 30, Retention.TEN: 10}
_PERIODS = list(Retention)
_VERSION = re.compile(rf"{BAG}(?:-(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An archived item: its 档号 and what that says, the paper that stands for it, and the pages in its bag."""

    case: str
    number: str
    place: Place | None
    fonds: str
    organ: str
    year: int | None
    period: Retention
    document: str
    author: str
    title: str
    day: date | None
    secrecy: str
    pages: int | None
    remarks: tuple[str, ...]

    @property
    def due(self) -> int | None:
        """Return the year from whose first day it is due for appraisal: 年度 itself does not count."""
        years = _YEARS.get(self.period)
        return self.year + years + 1 if years and self.year else None

    def is_due(self, today: date) -> bool:
        """Tell whether its time is over on *today*."""
        return self.due is not None and self.due <= today.year

    @property
    def stamp(self) -> dict[str, str]:
        """Return what 归档章 says."""
        values = (self.fonds, self.year, self.place and self.place.item, self.organ, self.period, self.pages)
        return dict(zip(STAMP, map(_said, values), strict=True))


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return *items* by 年度, 保管期限, 机构 and 件号; those without a 档号 of the office's form come last."""
    return sorted(items, key=_order)


def _order(item: Item) -> tuple[Any, ...]:
    placed = item.place.item if item.place else 0
    day = item.day.isoformat() if item.day else ""
    return (
        item.year or 0,
        _PERIODS.index(item.period),
        item.organ,
        not item.place,
        placed,
        item.number,
        day,
        item.case,
    )


def rows(items: Iterable[Item]) -> list[list[str]]:
    """Return the lines of 归档文件目录 under `HEADS`."""
    return [[_said(value) for value in _line(at, item)] for at, item in enumerate(items, 1)]


def _line(at: int, item: Item) -> tuple[Any, ...]:
    day = item.day and f"{item.day:%Y%m%d}"
    number = item.place and item.place.item
    paper = (item.document, item.author, item.title, day, item.secrecy, item.pages)
    return (at, number, item.number, *paper, "；".join(item.remarks))


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def faults(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield each 档号 that several items bear."""
    for number, count in Counter(item.number for item in items if item.number).items():
        if count > 1:
            cases = "、".join(item.case for item in items if item.number == number)
            yield Problem("A402", f"{number} 用在了{count}件上：{cases}", "核对后改正归档环节的档号")


def bag_of(folder: Path) -> Path | None:
    """Return the latest bag in the *folder* of a case, or None where it has none."""
    versions = {
        int(found[1] or 1): path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (found := _VERSION.fullmatch(path.name)) and path.is_dir() and not path.is_symlink()
    }
    return versions[max(versions)] if versions else None


def pages_in(bag: Path) -> int | None:
    """Return the pages of all papers in *bag*; one that is there in two formats under one name counts once.

    Files whose pages only a printer knows (.docx, texts) do not count; None where no file tells.
    """
    pages: dict[Path, int] = defaultdict(int)
    for path in sorted((bag / PAYLOAD).rglob("*")):
        if path.is_file() and not path.is_symlink() and (count := inspect(path).pages):
            pages[path.with_suffix("")] = max(pages[path.with_suffix("")], count)
    return sum(pages.values()) or None
