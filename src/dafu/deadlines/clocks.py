"""Which clocks a record's history has started and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu.deadlines.history import History
from dafu.deadlines.limits import Reckoned, reckon
from dafu.deadlines.running import Light, Running, spelt_date
from dafu.model import Measure
from dafu.terms import Clock, Role, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from dafu.model import Event, Office, Proposal, Rule
    from dafu.workdays import Calendar

_ANSWERING = (Role.SOLE, Role.LEAD, Role.SHARE)


def clocks(
    proposal: Proposal, office: Office, calendar: Calendar, today: date, lead: Proposal | None = None
) -> tuple[Running, ...]:
    """Return every clock that has started, in the order of `Clock`, as it stands on *today*.

    A clock does not run before the step that its rule names. Each stands once (会办意见 of a 主办 once per unit),
    for the last round that has its start. 答复 runs for who answers; a 会办 has 会办意见 in its place, and no clock
    that waits for the proposer; 参阅 has none of these. A record named in another's 并案 gets that one as *lead*:
    up to 印发 its history is the lead's.
    """
    return tuple(_Case(History(proposal, lead), office, calendar, today).clocks())


def unmet(
    proposal: Proposal, office: Office, calendar: Calendar, today: date, lead: Proposal | None = None
) -> tuple[Running, ...]:
    """Return those of `clocks` that are open, and 重办 in any case: `main` is open among them where it is among all."""
    case = _Case(History(proposal, lead), office, calendar, today)
    running = () if case.is_over() else case.clocks(closed=(Clock.REDO,))
    return tuple(one for one in running if one.is_open or one.clock is Clock.REDO)


def main(running: Iterable[Running]) -> Running | None:
    """Return the main clock: 重办 once there was one, else 答复, else a 会办's own 会办意见."""
    own = {one.clock: one for one in running if one.unit is None}
    return own.get(Clock.REDO) or own.get(Clock.REPLY) or own.get(Clock.OPINION)


def moved(before: Iterable[Running], after: Iterable[Running]) -> tuple[tuple[Running, Running], ...]:
    """Return the open clocks of a record that fall due on another day by another calendar, each with its new self."""
    later = {(one.clock, one.unit): one for one in after}
    pairs = ((one, later[one.clock, one.unit]) for one in before)
    return tuple((one, other) for one, other in pairs if one.due != other.due and (one.is_open or other.is_open))


def light_of(due: date, left: int, today: date, office: Office) -> Light:
    """Return the light of an open clock with *left* working days until *due*."""
    if today > due:
        return Light.OVERDUE
    bounds = office.warnings
    if left <= bounds.red.amount:
        return Light.RED
    return Light.YELLOW if left <= bounds.yellow.amount else Light.GREEN


class _Span(NamedTuple):
    """Where a clock starts and stops in the history, and the days that were set for it."""

    clock: Clock
    start: Event | None
    end: Event | None
    fixed: date | None = None
    extensions: tuple[Event, ...] = ()
    unit: str | None = None


class _Case:
    """One record on one day."""

    def __init__(self, history: History, office: Office, calendar: Calendar, today: date) -> None:
        self._history, self._proposal = history, history.proposal
        self._calendar, self._today, self._office = calendar, today, office
        self._rules: dict[Clock, Rule] = {**office.rules, **office.rules.get(self._proposal.kind, {})}  # type: ignore[dict-item]  # -- the office keeps rules and overrides in one table

    def clocks(self, closed: Collection[Clock] = tuple(Clock)) -> Iterator[Running]:
        """Yield the clocks that run; those that have stopped only where they are among *closed*."""
        for span in self._spans():
            running = self._run(span) if span.end is None or span.clock in closed else None
            if running:
                yield running

    def is_over(self) -> bool:
        """Tell whether all clocks have stopped, and nothing has happened since that could start one."""
        since = self._history.since_closing
        starts = {rule.start for clock, rule in self._rules.items() if isinstance(clock, Clock)}
        return since is not None and since.isdisjoint(starts | {Step.ASK_OPINION, Step.FOLLOW})

    def _spans(self) -> Iterator[_Span]:
        role = self._proposal.role
        answers = role in _ANSWERING
        yield from self._early(Clock.HANDING_BACK, {Step.RETURN})
        if answers:
            yield from self._early(Clock.FIRST_TALK, {Step.TALK})
        if role is Role.LEAD:
            yield from self._of_units()
        if role is Role.ASSIST:
            yield self._of_first_round(Clock.OPINION, {Step.DELIVER})
        if answers:
            yield self._of_first_round(Clock.REPLY, {Step.ISSUE})
            yield from self._of_last_round(Clock.FEEDBACK, {Step.FEEDBACK, Step.REDO})
        if role is not Role.READ:
            yield from self._redo()
        if self._history.is_public():
            yield from self._of_last_round(Clock.PUBLISHING, {Step.PUBLISH, Step.REDO})
        yield from self._promised()

    def _early(self, clock: Clock, stops: Collection[Step]) -> Iterator[_Span]:
        start = self._history.first({self._rules[clock].start})
        if start is not None:
            end = self._history.end(start, self._history.first(stops))
            yield _Span(clock=clock, start=self._event(start), end=self._event(end))

    def _of_first_round(self, clock: Clock, stops: Collection[Step]) -> _Span:
        """Return the main clock before any 重办; with a day that the record sets it runs without a start."""
        history = self._history
        start = history.first({self._rules[clock].start})
        end = history.end(-1 if start is None else start, history.first(stops))
        return _Span(
            clock=clock,
            start=self._event(start),
            end=self._event(end),
            fixed=self._proposal.due,
            extensions=history.extensions(-1, history.first_redo if end is None else min(end, history.first_redo)),
        )

    def _redo(self) -> Iterator[_Span]:
        """Yield 重办. A 期限 of the record that lies before it was set for the first reply and does not count here."""
        history = self._history
        start = history.in_last_round(self._rules[Clock.REDO].start)
        if start is None or history.last_redo is None:
            return
        end = history.end(start, history.first({Step.ISSUE}, start))
        due = self._proposal.due
        yield _Span(
            clock=Clock.REDO,
            start=self._event(start),
            end=self._event(end),
            fixed=due if due and due >= history.events[start].day else None,
            extensions=history.extensions(history.last_redo, end),
        )

    def _of_last_round(self, clock: Clock, stops: Collection[Step]) -> Iterator[_Span]:
        start = self._history.in_last_round(self._rules[clock].start)
        if start is not None:
            end = self._history.end(start, self._history.first(stops, start))
            yield _Span(clock=clock, start=self._event(start), end=self._event(end))

    def _of_units(self) -> Iterator[_Span]:
        for unit, (start, stop) in self._history.asked_units().items():
            asked, end = self._history.events[start], self._event(self._history.end(start, stop))
            yield _Span(clock=Clock.OPINION, start=asked, end=end, fixed=asked.due, unit=unit)

    def _promised(self) -> Iterator[_Span]:
        """Yield the day that the last 跟踪 set for the next one; a later reply stops it too."""
        start = self._history.last(Step.FOLLOW)
        if start is None:
            return
        event = self._history.events[start]
        if event.next_day:
            end = self._history.end(start, self._history.first({Step.ISSUE}, start))
            yield _Span(clock=Clock.FOLLOWING, start=event, end=self._event(end), fixed=event.next_day)

    def _event(self, place: int | None) -> Event | None:
        return None if place is None else self._history.events[place]

    # From the span to the days

    def _run(self, span: _Span) -> Running | None:
        """Return the clock, or None where there is neither a start nor a set day to reckon from."""
        reckoned = self._reckoned(span.clock, span.start) if span.start and not span.fixed else None
        base = span.fixed or (reckoned.due if reckoned else None)
        if base is None:
            return None
        due = max([base, *(event.until for event in span.extensions if event.until)])
        lapsed = self._has_lapsed(span, due)
        end = None if lapsed else span.end
        left = None if lapsed or end else self._calendar.left(self._today, due)
        return Running(
            clock=span.clock,
            unit=span.unit,
            start=span.start.step if span.start else None,
            started=span.start.day if span.start else None,
            rule=self._spelt(span),
            due=due,
            original=base if due > base else None,
            cap=self._cap(span),
            reckoned=reckoned,
            extensions=span.extensions,
            stop=end.step if end else None,
            stopped=end.day if end else None,
            lapsed=lapsed,
            today=self._today,
            left=left,
            light=None if left is None else light_of(due, left, self._today, self._office),
        )

    def _reckoned(self, clock: Clock, start: Event) -> Reckoned | None:
        limit = self._rules[clock].limit
        base = self._reply_due() if limit.measure is Measure.BEFORE_REPLY else start.day
        return None if base is None else reckon(limit, base, self._calendar, rolls_over=self._office.rolls_over)

    def _reply_due(self) -> date | None:
        """Return the due day of 答复; for a 会办, whose own it is not, that of the office's rule."""
        if self._rules[Clock.REPLY].limit.measure is Measure.BEFORE_REPLY:
            return None  # a reply so many days before itself
        span = self._of_first_round(Clock.REPLY, {Step.ISSUE})
        if self._proposal.role in _ANSWERING:
            running = self._run(span)
            return running.due if running else None
        reckoned = self._reckoned(Clock.REPLY, span.start) if span.start else None
        return reckoned.due if reckoned else None

    def _has_lapsed(self, span: _Span, due: date) -> bool:
        """Tell whether the day for handing back went by unused."""
        if span.clock is not Clock.HANDING_BACK or (span.end and span.end.step is Step.RETURN):
            return False
        return (span.end.day if span.end else self._today) > due

    def _cap(self, span: _Span) -> date | None:
        if span.clock not in self._rules:
            return None  # 跟踪 has its own day
        latest = self._rules[span.clock].latest
        if not (latest and span.start) or latest.measure is Measure.BEFORE_REPLY:
            return None
        return reckon(latest, span.start.day, self._calendar, rolls_over=False).due

    def _spelt(self, span: _Span) -> str:
        if span.fixed:
            is_asked = span.unit or span.clock is Clock.FOLLOWING
            return f"{span.start.step}时写明" if is_asked and span.start else "期限由记录写明"
        limit = self._rules[span.clock].limit
        if limit.measure is Measure.BEFORE_REPLY:
            return f"答复期限前{limit.amount}日"
        if limit.measure is Measure.DATE:
            return f"{span.start.step if span.start else ''}后第一个{spelt_date(limit)}"
        return f"{span.start.step if span.start else ''}后{limit}"
