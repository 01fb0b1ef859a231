"""The records of the workspace, as they stood on a day, become a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dafu import layout
from dafu.desk import proof
from dafu.desk.case import cases
from dafu.desk.query import chooser
from dafu.desk.standing import case_schema, words_of
from dafu.errors import UnusableError, WrongUsageError
from dafu.report import Account, Standing, until
from dafu.report.paper import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.compose import Composer
    from dafu.desk.case import Case
    from dafu.store import Record, Workspace
    from dafu.workdays import Calendar


TEMPLATE = "办理情况报告"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records a report counts: those of `year` (None: all) that `words` choose, as they stood on `day`."""

    day: date
    year: int | None = None
    words: tuple[str, ...] = ()


def chosen(today: date, year: int | None, as_of: date | None, words: tuple[str, ...] = ()) -> Choice:
    """Return the choice that the words of a command mean; a year that is over is counted as of its last day.

    Raises WrongUsageError for a year or a day that is still to come.
    """
    if as_of and as_of > today:
        raise WrongUsageError(f"{as_of} 还没有到（截止日不晚于今天）")
    if year and year > (as_of or today).year:
        raise WrongUsageError(f"{year}年还没有到（年度不晚于截止日）")
    last = date(year, 12, 31) if year else today
    return Choice(as_of or min(last, today), year, words)


def account(workspace: Workspace, records: Iterable[Record], calendar: Calendar, choice: Choice) -> Account:
    """Return the report of *records*; raises WrongUsageError for a condition with an unknown key."""
    past = [record._replace(proposal=until(record.proposal, choice.day)) for record in records]
    wanted = chooser(choice.words, case_schema())
    found = [
        standing
        for case in cases(workspace, past, calendar, choice.day)
        if (standing := _standing(case)) and _is_of(choice.year, standing)
        if not choice.words or wanted(words_of(case))
    ]
    return Account(workspace.office, choice.day, choice.year, choice.words, tuple(_in_order(found)))


def docx(account: Account, composer: Composer, today: date) -> bytes:
    """Return 办理情况报告 as a .docx; raises UnusableError when the template cannot be used or has lost a number."""
    composed = composer.compose_report(TEMPLATE, today, values(account))
    try:
        drawn = layout.draw(composed.letter)
    except ValueError as error:
        raise UnusableError(f"{TEMPLATE}：{error}") from error
    if gone := proof.lost(composed, drawn):
        raise UnusableError(f"{TEMPLATE}：有内容没有印进报告，没有写出：{'；'.join(gone)}")
    return drawn


def _standing(case: Case) -> Standing | None:
    """Return the record as it stood; None where nothing had happened yet."""
    lead = case.lead.proposal if case.lead else None
    level = case.proposal.level or case.workspace.office.level
    standing = Standing(case.proposal, lead, level, case.clocks)
    return standing if standing.events else None


def _is_of(year: int | None, standing: Standing) -> bool:
    return year is None or standing.events[0].day.year == year


def _in_order(some: list[Standing]) -> Iterator[Standing]:
    """Yield *some* in an order that does not depend on where their files lie."""
    return iter(sorted(some, key=lambda one: (one.events[0].day, one.proposal.number, str(one.proposal.kind))))
