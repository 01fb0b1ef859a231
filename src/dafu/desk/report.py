"""The records of the workspace, as they stood on a day, become a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dafu import layout
from dafu.desk import proof
from dafu.desk.query import chooser
from dafu.desk.standing import Overview, case_schema, words_of
from dafu.errors import UnusableError, WrongUsageError
from dafu.report import Account, Standing, facts_of, restored, until
from dafu.report.paper import values

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafu.compose import Composer
    from dafu.desk.case import Case
    from dafu.desk.standing import Standing as Overviewed
    from dafu.errors import Problem
    from dafu.report import Facts
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


def account(workspace: Workspace, calendar: Calendar, choice: Choice) -> tuple[Account, list[Problem]]:
    """Return the report of the records that can be read, and what is wrong with files.

    Raises WrongUsageError for a condition with an unknown key.
    """
    wanted = chooser(choice.words, case_schema())
    overview = Overview(workspace, calendar, choice.day, _facts_in_json)
    known = overview.facts(lambda said: _counting(said, choice))
    shown = {one.name: one for one in overview.standings} if choice.words else {}
    found: list[Facts] = []
    problems = [*overview.problems]
    for name in [entry.path for entry in overview.entries if entry.path in known]:
        try:
            facts, words = _on_the_day(overview, name, known[name], shown.get(name))
        except UnusableError as error:  # spoilt since it was looked at
            problems += error.problems
            continue
        if facts and _is_of(choice.year, facts) and (not choice.words or wanted(words())):
            found.append(facts)
    standings = (Standing(facts, choice.day, calendar, workspace.office) for facts in _in_order(found))
    return Account(workspace.office, choice.day, choice.year, choice.words, tuple(standings)), problems


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


def _facts_in_json(case: Case) -> str:
    facts = _facts(case)
    return facts.in_json() if facts else "null"


def _facts(case: Case) -> Facts | None:
    lead = case.lead.proposal if case.lead else None
    return facts_of(case.proposal, lead, case.proposal.level or case.workspace.office.level, case.clocks)


def _counting(said: Any, choice: Choice) -> Facts | None:
    """Return the facts of a record that may count; the first event of a merged one may be another on an earlier day."""
    facts = None if said is None else restored(said)
    if facts and facts.earliest <= choice.day and (facts.is_merged or _is_of(choice.year, facts)):
        return facts
    return None


def _on_the_day(
    overview: Overview, name: str, facts: Facts, standing: Overviewed | None
) -> tuple[Facts | None, Callable[[], dict[str, Any]]]:
    """Return the facts of a record on the day of *overview*, and how to ask for its words.

    What is kept holds unless something has happened since; then the record is read and put back.
    """
    if facts.latest <= overview.today:
        return facts, lambda: standing.in_words() if standing else {}
    case = _put_back(overview.load(name))
    return _facts(case), lambda: words_of(case)


def _put_back(case: Case) -> Case:
    """Return *case* with what had happened by its day."""

    def past(record: Record) -> Record:
        return record._replace(proposal=until(record.proposal, case.today))

    return replace(case, record=past(case.record), lead=case.lead and past(case.lead))


def _is_of(year: int | None, facts: Facts) -> bool:
    return year is None or facts.began.year == year


def _in_order(some: list[Facts]) -> list[Facts]:
    """Return *some* in an order that does not depend on where their files lie."""
    return sorted(some, key=lambda one: (one.began, one.number, str(one.kind)))
