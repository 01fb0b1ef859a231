"""Rules over all records of an office together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.rules import ERROR, Found, Rule, problem
from dafu.store import series_of, sharers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.errors import Problem
    from dafu.model import Office
    from dafu.store import Record, Series, Workspace

NOT_ON_FILE = Rule(
    "L102",
    ERROR,
    "并案没有记录",
    "并案里的每个案号都有自己的记录，保留自己的提案人和反馈。",
    "各地办理规定：并案的逐件答复",
    "并案: [143070]，没有 143070 的记录 → 先用 dafu new 建这一件",
)
TWO_LEADS = Rule(
    "L103",
    ERROR,
    "一件并到两处",
    "一个案号只能并入一件。",
    "记录格式",
    "143069、143070 都并了 143071 → 只留一处",
)
LEADS_ITSELF = Rule(
    "L105",
    ERROR,
    "并案的件又有并案",
    "并进来的件自己不再有并案。",
    "记录格式",
    "143069 并了 143070，143070 又并了 143071 → 都并到 143069",
)
SHARED_FOLDER = Rule(
    "L106",
    ERROR,
    "两件的答复件放在一处",
    "年份、层级、类别、案号都相同的两件，答复件会互相覆盖。",
    "记录格式",
    "两件都没有登记交办，案号都是 31 → 先登记交办，分到各自的年份",
)
OF_ALL = {rule.code: rule for rule in (NOT_ON_FILE, TWO_LEADS, LEADS_ITSELF, SHARED_FOLDER)}


def merging(records: Iterable[Record], office: Office) -> Iterator[Problem]:
    """Find in 并案 the numbers that are not on file, that another record leads already, or that lead others."""
    known = list(records)
    on_file = {_series(record, office): record for record in known}
    leads: dict[Series, Record] = {}
    for record in known:
        for number in record.proposal.merged:
            series = series_of(office, record.proposal, number)
            first = leads.setdefault(series, record)
            if series not in on_file:
                yield record.problem(not_on_file(number))
            elif on_file[series].proposal.merged:
                found = Found(f"“{number}”自己还有并案", "都并到一件上，另一件的并案删去", "并案")
                yield record.problem(problem(LEADS_ITSELF, found))
            if first is not record:
                found = Found(f"“{number}”已经并入 {first.proposal.number}", "只留在一件的并案里", "并案")
                yield record.problem(problem(TWO_LEADS, found))


def sharing(records: Sequence[Record], workspace: Workspace, this_year: int) -> Iterator[Problem]:
    """Find the records whose letters would lie in one folder and replace each other."""
    others = sharers(workspace, records, this_year)
    for record in records:
        if record.path in others:
            message = f"答复件会同 {others[record.path].path.name} 的放在一起"
            found = Found(message, "先登记交办，分到各自的年份；或改正案号", "案号")
            yield record.problem(problem(SHARED_FOLDER, found))


def not_on_file(number: str) -> Problem:
    """Return the problem that a merged number has no record of its own."""
    return problem(NOT_ON_FILE, Found(f"“{number}”没有记录", "先用 dafu new 建这一件，或改正案号", "并案"))


def _series(record: Record, office: Office) -> Series:
    return series_of(office, record.proposal, record.proposal.number)
