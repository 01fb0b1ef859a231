"""One clock of a record: from when, until when, and the lines that explain it to the clerk."""

from __future__ import annotations

from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dafu.model import Limit, Measure
from dafu.workdays import named_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dafu.deadlines.limits import Reckoned
    from dafu.model import Event
    from dafu.terms import Clock, Step
    from dafu.workdays import Counted, Judged


class Light(Enum):
    """灯: how near an open clock is to its due day; the bounds are those of 预警."""

    OVERDUE = "逾期"
    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"

    def __str__(self) -> str:
        return self.value


class Running(NamedTuple):
    """A clock that has started, open or stopped, as it stands on the day `today`.

    `unit` names the 会办单位 whose opinion a 主办 waits for. `start` and `started` are None where the record sets a
    due day before anything happened. `reckoned` is None where a day was set instead of a rule. `original` is the due
    day before the first of `extensions`, None without any; `cap` is the day of 最迟. A stopped clock, and a 退办 that
    nobody asked for in time (`lapsed`), has neither `left` (working days) nor `light`.
    """

    clock: Clock
    unit: str | None
    start: Step | None
    started: date | None
    rule: str
    due: date
    original: date | None
    cap: date | None
    reckoned: Reckoned | None
    extensions: tuple[Event, ...]
    stop: Step | None
    stopped: date | None
    lapsed: bool
    today: date
    left: int | None
    light: Light | None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something."""
        return self.stopped is None and not self.lapsed

    @property
    def is_late(self) -> bool:
        """Tell whether it was, or is being, done after the due day that holds."""
        return not self.lapsed and (self.stopped or self.today) > self.due

    @property
    def is_late_to_original(self) -> bool:
        """Tell whether it was, or is being, done after the due day that held before any extension."""
        return not self.lapsed and (self.stopped or self.today) > (self.original or self.due)

    @property
    def provisional(self) -> bool:
        """Tell whether a notice that is not out yet may move the due day."""
        counted = self._counted
        return counted is not None and counted.provisional

    @property
    def earliest(self) -> date:
        """Return the earliest day on which it may fall due."""
        return self._counted.earliest if self._counted else self.due

    @property
    def latest(self) -> date:
        """Return the latest day on which it may fall due."""
        return self._counted.latest if self._counted else self.due

    @property
    def _counted(self) -> Counted | None:
        return self.reckoned.counted if self.reckoned and self.original is None else None

    @property
    def basis(self) -> tuple[str, ...]:
        """Return how the due day came about, line by line: start, rule, days left out, 顺延, 延期, stop."""
        return tuple(_basis(self))


def _basis(running: Running) -> Iterator[str]:
    if running.started:
        yield f"起算：{named_day(running.started)}{running.start}"
    yield f"规则：{running.rule}"
    if running.reckoned:
        yield from _reckoning(running.reckoned)
    else:
        yield f"写明的期限：{named_day(running.original or running.due)}，不推算，也不顺延"
    yield from _extensions(running)
    if running.cap:
        over = "，现期限已经超过" if running.due > running.cap else ""
        yield f"延期最迟到{named_day(running.cap)}{over}"
    yield from _ending(running)


def _reckoning(reckoned: Reckoned) -> Iterator[str]:
    limit, start, end = reckoned.limit, reckoned.start, named_day(reckoned.end)
    match limit.measure:
        case Measure.WORKDAYS:
            yield f"{start}当日不计，从次日数起（民法典第二百零一条）"
            yield from _days_on_the_way(reckoned.counted)
            yield f"第{limit.amount}个工作日：{end}"
        case Measure.DAYS:
            yield f"{start}当日不计，从次日数起（民法典第二百零一条），第{limit.amount}日：{end}"
        case Measure.MONTHS:
            yield f"{start}当日不计（民法典第二百零一条）"
            where = "对应日" if reckoned.end.day == start.day else f"那个月没有{start.day}日，到月末"
            yield f"满{limit.amount}个月，{where}：{end}（民法典第二百零二条）"
        case Measure.DATE:
            yield f"{start}当日或以后的第一个{spelt_date(limit)}：{end}"
        case Measure.BEFORE_REPLY:
            yield f"答复期限{named_day(start)}往前{limit.amount}日：{end}"
    yield from _last_day(reckoned)
    yield from _provisional(reckoned.counted)


def spelt_date(limit: Limit) -> str:
    """Return a fixed date as it is spoken: 8月31日."""
    return f"{limit.month}月{limit.amount}日"


def _days_on_the_way(counted: Counted) -> Iterator[str]:
    by_reason = groupby(counted.skipped, key=lambda judged: "" if judged.why.startswith("周") else judged.why)
    rows = [(why, list(days)) for why, days in by_reason]
    weekends = [judged for why, days in rows if not why for judged in days]
    if weekends:
        yield f"不计周六、周日{len(weekends)}天：{_spans(weekends)}"
    yield from (f"不计{_spans(days)}，{why}" for why, days in rows if why)
    yield from (f"照计{named_day(judged.day)}，{judged.why}" for judged in counted.worked)


def _spans(days: Iterable[Judged]) -> str:
    """Return `2025-03-15至2025-03-16、2025-03-22`: days in a row as one."""
    in_rows = groupby(enumerate(judged.day for judged in days), key=lambda at: at[1].toordinal() - at[0])
    rows = [[day for _, day in row] for _, row in in_rows]
    return "、".join(f"{row[0]}至{row[-1]}" if len(row) > 1 else str(row[0]) for row in rows)


def _last_day(reckoned: Reckoned) -> Iterator[str]:
    """Say what becomes of a period that ends on a day off."""
    if reckoned.limit.measure is Measure.WORKDAYS:
        return
    judged = reckoned.counted.calendar.judge(reckoned.end)
    if judged.working:
        return
    if reckoned.rolls_over:
        yield f"末日是{judged.why}，顺延到{named_day(reckoned.due)}（民法典第二百零三条）"
    elif reckoned.limit.measure in (Measure.DAYS, Measure.MONTHS):
        yield f"末日是{judged.why}；dafu.yaml 的“顺延”是否，不照民法典第二百零三条顺延"
    else:
        yield f"这一天是{judged.why}；定日不顺延"


def _provisional(counted: Counted) -> Iterator[str]:
    if not counted.provisional:
        return
    years = range(counted.start.year, counted.latest.year + 2)
    unknown = next(year for year in years if not counted.calendar.settled(year))
    bounds = f"，最早{counted.earliest}，最迟{counted.latest}" if counted.earliest < counted.latest else ""
    yield f"暂定：{unknown}年节假日安排尚未公布，按周末和法定节假日推算{bounds}"


def _extensions(running: Running) -> Iterator[str]:
    due = running.original or running.due
    for event in running.extensions:
        granted = f"延期：{event.day}{event.approved_by}同意延到"
        if event.until is not None and event.until > due:
            yield f"{granted}{named_day(event.until)}，理由：{event.reason}"
            due = event.until
        else:
            yield f"{granted}{event.until}，不晚于当时的期限{due}，不作数"
    if running.original:
        yield f"原期限：{named_day(running.original)}"


def _ending(running: Running) -> Iterator[str]:
    if running.lapsed:
        yield "期限内没有申请退办，不再提示"
    elif running.stopped:
        yield f"止于{named_day(running.stopped)}{running.stop}"
    end = running.stopped or running.today
    if running.is_late:
        yield f"比期限迟{(end - running.due).days}天"
    if running.original and running.is_late_to_original:
        yield f"比原期限迟{(end - running.original).days}天"
