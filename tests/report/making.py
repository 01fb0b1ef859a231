"""Reports of records that are written as short YAML texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dafu import deadlines
from dafu.report import Account, Standing, facts_of, until
from dafu.workdays import Calendar
from records import office_of, proposal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Office, Proposal
    from dafu.report import Facts

CALENDAR = Calendar({})
OFFICE = office_of()
LAST = date(2026, 6, 30)
ANSWERED = """\
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - {日期: 2025-05-12, 环节: 沟通, 方式: 上门走访, 对象: 林晓}
  - {日期: 2025-06-05, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-06-05, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-06-06, 环节: 送达, 对象: 林晓}
"""


def standing(proposal: Proposal, day: date = LAST, lead: Proposal | None = None) -> Standing:
    """Return the record, to which something had happened, as it stood on *day*."""
    return next(begun([(proposal, lead)], day))


def begun(some: Iterable[tuple[Proposal, Proposal | None]], day: date = LAST) -> Iterator[Standing]:
    """Yield those of the records, each with its lead, to which something had happened by *day*, as they stood on it."""
    for proposal, lead in some:
        if facts := _facts(proposal, lead, day):
            yield Standing(facts, day, CALENDAR, OFFICE)


def _facts(proposal: Proposal, lead: Proposal | None, day: date) -> Facts | None:
    past, led = until(proposal, day), lead and until(lead, day)
    clocks = deadlines.clocks(past, OFFICE, CALENDAR, day, led)
    return facts_of(past, led, past.level or OFFICE.level, clocks)


def account_of(*records: str, day: str = "2026-06-30", year: int | None = None, office: Office = OFFICE) -> Account:
    """Return the report of *records*, numbered from 1 on."""
    on = date.fromisoformat(day)
    some = (replace(proposal_of(one), number=str(number)) for number, one in enumerate(records, 1))
    return Account(office, on, year, (), tuple(begun(((one, None) for one in some), on)))
