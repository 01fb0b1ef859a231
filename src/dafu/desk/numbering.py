"""Document numbers of the papers: by hand or from the register, never one on two papers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import docnumber, files, register, store
from dafu.desk.draft import paper_of
from dafu.errors import RefusedError, Severity, WrongUsageError
from dafu.model import effective_reply
from dafu.register import Claim, Register, Stamp
from dafu.terms import Paper, Step

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dafu.docnumber import DocNumber
    from dafu.errors import Problem
    from dafu.model import Office, Proposal, Series
    from dafu.store import Author, Record, Workspace

AUTOMATIC = "自动"


def register_of(workspace: Workspace) -> Register:
    """Return the register of *workspace*."""
    return Register(workspace.replies, workspace.proposals)


def number_for(workspace: Workspace, record: Record, after: Proposal, author: Author, *, dry: bool) -> str | None:
    """Return the number that the last 印发 of *after* bears, taken from the register where it says 自动.

    A rehearsal takes none and returns None. Raises RefusedError when another paper bears the number already,
    WrongUsageError when the office types the numbers of this paper by hand.
    """
    turn = len(after.rounds) - 1
    issue = [event for event in after.rounds[turn] if event.step is Step.ISSUE][-1]
    known = _known_everywhere(workspace)
    case = store.identity_of(record, workspace.office)
    if issue.number != AUTOMATIC:
        _refuse_taken(workspace, issue.number or "", case, known)
        return issue.number
    series = _series(workspace.office, paper_of(after))
    claim = Claim(case, paper_of(after), turn)
    day = _signed_on(after, workspace.office, turn) or issue.day
    book = register_of(workspace)
    if dry:
        register.foresee(book, series, claim, day, known)
        return None
    stamp = Stamp(datetime.fromisoformat(author.time), author.user)
    return str(register.take(book, series, claim, day, known, stamp).number)


def known_numbers(office: Office, records: Iterable[Record]) -> dict[DocNumber, list[str]]:
    """Return the numbers that the records bear, each with the cases that do, once for each paper."""
    found: dict[DocNumber, list[str]] = defaultdict(list)
    for record in records:
        case = store.identity_of(record, office)
        for text in _papers(record.proposal):
            number = docnumber.parse(text)
            if number:
                found[number].append(case)
    return found


def _known_everywhere(workspace: Workspace) -> dict[DocNumber, list[str]]:
    """Return the numbers of all records; of a record that cannot be read, every number that its text mentions."""
    records, problems = store.load(workspace)
    found = known_numbers(workspace.office, records)
    for path in {problem.file for problem in problems if problem.severity is Severity.ERROR}:
        text = files.read(Path(path), store.RECORD_LIMIT).decode(errors="replace")
        for number in docnumber.mentioned(text):
            found[number].append(path)
    return found


def findings(workspace: Workspace, records: list[Record]) -> list[Problem]:
    """Return what is wrong with the register: broken entries, doubles, gaps, numbers without a paper."""
    book = register_of(workspace)
    found, problems = register.entries(book)
    cases = {store.identity_of(record, workspace.office) for record in records}
    known = known_numbers(workspace.office, records)
    return [*problems, *register.faults(book, found, known, cases, workspace.office.series.values())]


def _papers(proposal: Proposal) -> list[str]:
    """Return the number of each round's paper: 答复's own, else that of the round's last 印发."""
    rounds = proposal.rounds
    numbers = []
    for turn in range(max(len(rounds), len(proposal.replies))):
        written = proposal.replies[turn].number if turn < len(proposal.replies) else None
        issued = [event.number for event in (rounds[turn] if turn < len(rounds) else ()) if event.step is Step.ISSUE]
        numbers.append(written or (issued[-1] if issued else None))
    return [number for number in numbers if number]


def _series(office: Office, paper: Paper) -> Series:
    series = office.series.get(paper) or (office.series.get(Paper.REPLY) if paper is Paper.SUGGESTION_REPLY else None)
    if series is None or not series.automatic:
        code = series.code if series else "某"
        raise WrongUsageError(
            f"{paper}的发文字号由手工编（写 发文字号={code}〔2025〕1号；"
            f"要自动编号，在 dafu.yaml 的“发文字号”里写 {paper}: {{代字: {code}, 自动: 是}}）"
        )
    return series


def _signed_on(proposal: Proposal, office: Office, turn: int) -> date | None:
    return effective_reply(proposal, office, turn).signed_on


def _refuse_taken(workspace: Workspace, text: str, case: str, known: dict[DocNumber, list[str]]) -> None:
    number = docnumber.parse(text)
    if number is None:
        return
    holders = [other for other in known.get(number, []) if other != case]
    kept = register.entries(register_of(workspace))[0]
    holders += [one.case for one in kept if one.number == number and one.case != case]
    if holders:
        raise RefusedError(f"{number} 已经用在 {holders[0]} 上（核对发文字号）")
