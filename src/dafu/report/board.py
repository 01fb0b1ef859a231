"""The board: one page for the leader that needs no network, no script and no colour to be read."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from dafu.deadlines import Light
from dafu.report import svg
from dafu.report.account import definitions
from dafu.report.definitions import GENERAL
from dafu.report.figures import section_of
from dafu.report.text import Sheet, kept, late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from dafu.report.account import Account
    from dafu.report.figures import Ratio

_LIGHTS = {Light.OVERDUE: "late", Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "green"}
_TILES = ("办复率", "按时率", "见面率", "满意率", "公开率", "会办按时率")
_MOST_BARS = 16  # 科室 in the chart; the table has all
_MONTHS = 12
_RATIO = "分子/分母 = 比率"
_LONG = {"案由", "承诺", "含义", "分子", "分母"}
_NUMBERS = {_RATIO, "件数", "交办", "印发", "收到", "应答复", "已办复", "办复率", "按时率", "满意率", "迟"}
_NUMBERS |= set(map(str, Light))
_DAYS = {"期限", "办理", "下次日期", "事项", "状态"}  # never broken over two lines


def page(account: Account) -> str:
    """Return the board as HTML; all data in it is escaped."""
    sections = (_lights, _rates, _timeline, _sections, _results, _late, _promised, _notes)
    return (
        svg.piece(
            "page.html",
            title=escape(f"{account.office.unit.full}{account.title}"),
            scope=escape(account.scope),
            style=(svg.PIECES / "board.css").read_text(encoding="utf-8"),
            sections="\n".join(one(account, f"s{number}") for number, one in enumerate(sections, 1)),
        )
        + "\n"
    )


def _section(place: str, title: str, *parts: str) -> str:
    return svg.piece("section.html", id=place, title=escape(title), parts="\n".join(parts))


def _table(sheet: Sheet) -> str:
    if not sheet.rows:
        return f"<p>{escape(sheet.title)}：没有。</p>"
    heads = "".join(f'<th scope="col"{_look(head)}>{escape(head)}</th>' for head in sheet.heads)
    rows = "\n".join(f"<tr>{''.join(_cells(sheet.heads, row))}</tr>" for row in sheet.rows)
    return svg.piece("table.html", title=escape(sheet.title), heads=heads, rows=rows)


def _cells(heads: Sequence[str], row: Iterable[str]) -> Iterator[str]:
    for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
        if place:
            yield f"<td{_look(head)}>{escape(cell)}</td>"
        else:
            yield f'<th scope="row">{escape(cell)}</th>'


def _look(head: str) -> str:
    if head in _DAYS:
        return ' class="day"'
    return ' class="number"' if head in _NUMBERS else ' class="long"' if head in _LONG else ""


def _tiles(tiles: Iterable[tuple[str, str, str, str]]) -> str:
    found = (
        f'<li class="{look}">{escape(name)}<b>{escape(number)}</b><small>{escape(more)}</small></li>'
        for name, number, more, look in tiles
    )
    return f'<ul class="tiles">{"".join(found)}</ul>'


def _lights(account: Account, place: str) -> str:
    counts = Counter(one.light for one in account.standings)
    meaning = {Light.OVERDUE: "过了期限", Light.RED: "马上到期", Light.YELLOW: "快要到期", Light.GREEN: "还有时间"}
    tiles = ((str(one), f"{counts[one]}件", meaning[one], f"light-{look}") for one, look in _LIGHTS.items())
    return _section(place, "在办的灯", _tiles(tiles))


def _rates(account: Account, place: str) -> str:
    rates = account.overall.rates
    tiles = ((name, rates[name].short, f"{rates[name].part}/{rates[name].whole}", "") for name in _TILES)
    counted = Sheet("各项件数", ("项目", "件数"), [(name, str(one)) for name, one in account.overall.counts.items()])
    shared = Sheet("各项比率", ("项目", _RATIO), [(name, str(one)) for name, one in rates.items()])
    return _section(place, "总体情况", _tiles(tiles), _pair(_table(counted), _table(shared)))


def _timeline(account: Account, place: str) -> str:
    """Return what was handed over and what was issued, month by month."""
    months = [*_months(account)]
    handed = Counter(_month(one.facts.assigned) for one in account.standings)
    issued = Counter(_month(one.facts.first_issue) for one in account.standings)
    series = [svg.Series("交办", [handed[one] for one in months]), svg.Series("印发", [issued[one] for one in months])]
    chart = svg.columns("各月交办和印发的件数", [f"{int(one[5:])}月" for one in months], series)
    rows = [(one, str(handed[one]), str(issued[one])) for one in months]
    return _section(place, "各月进度", _pair(chart, _table(Sheet("各月件数", ("月份", "交办", "印发"), rows))))


def _months(account: Account) -> Iterator[str]:
    """Yield the months of the report's year, else the last twelve."""
    if account.year:
        yield from (f"{account.year:04}-{month:02}" for month in range(1, _MONTHS + 1))
        return
    last = account.day.year * _MONTHS + account.day.month - 1
    for month in range(max(_MONTHS, last - _MONTHS + 1), last + 1):
        yield f"{month // _MONTHS:04}-{month % _MONTHS + 1:02}"


def _month(day: date | None) -> str:
    return day.isoformat()[:7] if day else ""


def _sections(account: Account, place: str) -> str:
    members = account.groups["科室"]
    lights = Counter((section_of(one), one.light) for one in account.standings)
    heads = ("科室", "收到", "应答复", "已办复", "办复率", "按时率", "满意率", *map(str, _LIGHTS))
    rows = []
    for name, some in members.items():
        counts = (str(some.counts[word]) for word in ("收到", "应答复", "已办复"))
        rates = (some.rates[word].short for word in ("办复率", "按时率", "满意率"))
        rows.append((name, *counts, *rates, *(str(lights[name, light]) for light in _LIGHTS)))
    most = sorted(members, key=lambda name: -members[name].counts["收到"])[:_MOST_BARS]
    series = [svg.Series(word, [members[name].counts[word] for name in most]) for word in ("应答复", "已办复")]
    title = "各科室应答复和已办复的件数"
    chart = svg.rows(title if len(most) == len(members) else f"{title}（件数最多的{len(most)}个）", most, series)
    return _section(place, "各科室", chart, _table(Sheet("各科室办理情况", heads, rows)))


def _results(account: Account, place: str) -> str:
    some = account.overall
    parts = [_share("办理结果", some.grades, account.office.grades)]
    parts += [_share("满意度", some.ratings), _share("公开属性", some.openness)]
    return _section(place, "办理结果、满意度和公开", _pair(*parts))


def _share(title: str, shares: Mapping[str, Ratio], meanings: Mapping[str, str] | None = None) -> str:
    """Return a chart and a table of *shares*; those of the office's own words stay even where there is none."""
    named = {name: one for name, one in shares.items() if one.part or name in (meanings or {})}
    chart = svg.rows(f"{title}（件数）", [*named], [svg.Series(title, [one.part for one in named.values()])])
    rows = [(name, *([meanings.get(name, "")] if meanings else []), str(one)) for name, one in named.items()]
    heads = (title, *(["含义"] if meanings else []), _RATIO)
    return f"<div>{chart}{_table(Sheet(f'{title}占比', heads, rows))}</div>"


def _late(account: Account, place: str) -> str:
    return _section(place, "逾期的件", _table(late(account)))


def _promised(account: Account, place: str) -> str:
    return _section(place, "承诺台账", _table(kept(account)))


def _notes(account: Account, place: str) -> str:  # noqa: ARG001 -- a section like the others
    heads = ("名称", "分子", "分母", "依据")
    rows = [[one[head] or "" for head in heads] for one in definitions()]
    told = "".join(f"<li>{escape(one)}</li>" for one in GENERAL)
    return _section(place, "统计口径", _table(Sheet("各项怎样计算", heads, rows)), f"<ul>{told}</ul>")


def _pair(*parts: str) -> str:
    return f'<div class="pair">{"".join(parts)}</div>'
