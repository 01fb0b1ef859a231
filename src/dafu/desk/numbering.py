"""Document numbers of the papers: by hand or from the register, never one on two papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dafu import docnumber, register, store
from dafu.desk.papers import paper_of
from dafu.errors import Problem, RefusedError, WrongUsageError
from dafu.model import effective_reply, rounds_of
from dafu.register import Claim, Register, Stamp
from dafu.terms import Paper, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dafu.docnumber import DocNumber
    from dafu.model import Event, Office, Proposal, Series
    from dafu.store import Author, Record, Workspace

AUTOMATIC = "自动"


def register_of(workspace: Workspace) -> Register:
    """Return the register of *workspace*."""
    return Register(workspace.replies, workspace.proposals)


@dataclass(frozen=True, slots=True)
class Issue:
    """An 印发 that is being entered: the record with it, and its place among the events."""

    proposal: Proposal
    place: int

    @property
    def event(self) -> Event:
        """Return the event itself."""
        return self.proposal.events[self.place]

    @property
    def turn(self) -> int:
        """Return the round that it falls into, from 0."""
        return len(rounds_of(self.proposal.events[: self.place + 1])) - 1


def number_for(workspace: Workspace, record: Record, issue: Issue, author: Author, *, dry: bool) -> str | None:
    """Return the number that *issue* bears, taken from the register where it says 自动.

    A rehearsal takes none and returns None. Raises RefusedError when another paper bears the number already,
    WrongUsageError when the office types the numbers of this paper by hand.
    """
    case = store.identity_of(record, workspace.office)
    if issue.event.number != AUTOMATIC:
        _refuse_taken(workspace, issue, case)
        return issue.event.number
    paper = paper_of(issue.proposal)
    series = _series(workspace.office, paper)
    claim = Claim(case, paper, issue.turn)
    day = effective_reply(issue.proposal, workspace.office, issue.turn).signed_on or issue.event.day
    book = register_of(workspace)
    known = _known_everywhere(workspace, f"{series.code}〔{day.year}〕")
    if dry:
        register.foresee(book, series, claim, day, known)
        return None
    stamp = Stamp(datetime.fromisoformat(author.time), author.user)
    return str(register.take(book, series, claim, day, known, stamp).number)


def refuse_taken(workspace: Workspace, before: Proposal | None, after: Proposal) -> None:
    """Refuse a number that *after* bears and *before* did not, when another paper has it.

    Raises RefusedError too when the record would get another case while the register holds numbers for the old one.
    """
    case = store.case_of(after, workspace.office)
    if before and (old := store.case_of(before, workspace.office)) != case:
        _refuse_orphans(workspace, old)
    numbers, earlier = _papers(after), _papers(before) if before else []
    new = [(turn, number) for turn, number in enumerate(numbers) if number and number not in earlier]
    for turn, text in new:
        number = docnumber.parse(text)
        if number and (holders := _holders(workspace, number, (case, turn), numbers)):
            raise RefusedError(f"{number} 已经用在 {holders[0]} 上（核对发文字号）")


def _refuse_orphans(workspace: Workspace, case: str) -> None:
    kept = [one for one in register.entries(register_of(workspace))[0] if one.case == case and not one.is_void]
    if kept:
        raise RefusedError(
            f"{case}：{kept[0].number} 已经按这个案号取过，案号、届次、层级、类别不能再改"
            f"（先用 dafu numbers void 作废这个号，写明原因）"
        )


def known_numbers(office: Office, records: Iterable[Record]) -> dict[DocNumber, list[str]]:
    """Return the numbers that the records bear, each with the cases that do, once for each paper."""
    found: dict[DocNumber, list[str]] = defaultdict(list)
    for record in records:
        case = store.identity_of(record, office)
        for text in _papers(record.proposal):
            number = docnumber.parse(text or "")
            if number:
                found[number].append(case)
    return found


def typed(workspace: Workspace, records: Iterable[Record]) -> Iterator[tuple[DocNumber, str, date]]:
    """Yield the numbers of allocated series that were typed by hand, for which the register has no file.

    Each comes with its 案号 and its day; one without a day was not issued yet.
    """
    office, book = workspace.office, register_of(workspace)
    allocated = {one.code for one in office.series.values() if one.automatic}
    for record in records:
        for turn, text in enumerate(_papers(record.proposal)):
            number = docnumber.parse(text or "")
            reply = effective_reply(record.proposal, office, turn)
            day = reply.issued_on or reply.signed_on
            if number and day and number.code in allocated and not book.path_of(number).exists():
                yield number, record.proposal.number, day


def _known_everywhere(workspace: Workspace, words: str) -> dict[DocNumber, list[str]]:
    """Return at least the numbers in which *words* stand, of all records.

    Of a record that cannot be used every number counts that its text mentions.
    """
    records, unusable = store.saying(workspace, words)
    found = known_numbers(workspace.office, records)
    for path, text in unusable.items():
        for number in docnumber.mentioned(text):
            found[number].append(str(path))
    return found


def findings(workspace: Workspace, records: list[Record]) -> list[Problem]:
    """Return what is wrong with the register: broken entries, doubles, gaps, numbers without a paper."""
    book = register_of(workspace)
    found, problems = register.entries(book)
    cases = {store.identity_of(record, workspace.office) for record in records}
    known = known_numbers(workspace.office, records)
    series = workspace.office.series.values()
    allocated = {one.code for one in series if one.automatic}
    typed = _doubly_typed(records, {number: cases for number, cases in known.items() if number.code not in allocated})
    return [*problems, *register.faults(book, found, known, cases, series), *typed]


def _doubly_typed(records: Iterable[Record], known: dict[DocNumber, list[str]]) -> Iterator[Problem]:
    """Yield each number typed by hand that several papers bear, at every record that bears it."""
    for record in records:
        for text in dict.fromkeys(filter(None, _papers(record.proposal))):
            number = docnumber.parse(text)
            others = known.get(number, []) if number else []
            if len(others) > 1:
                message = f"{number} 用在了{len(others)}份文件上：{'、'.join(others)}"
                yield record.problem(Problem("N201", message, "核对后改正", field="答复.发文字号"))


def _papers(proposal: Proposal) -> list[str | None]:
    """Return the number of each round's paper: 答复's own, else that of the round's last 印发."""
    rounds = proposal.rounds
    numbers: list[str | None] = []
    for turn in range(max(len(rounds), len(proposal.replies))):
        written = proposal.replies[turn].number if turn < len(proposal.replies) else None
        issued = [event.number for event in (rounds[turn] if turn < len(rounds) else ()) if event.step is Step.ISSUE]
        numbers.append(written or (issued[-1] if issued else None))
    return numbers


def _series(office: Office, paper: Paper) -> Series:
    series = office.series.get(paper) or (office.series.get(Paper.REPLY) if paper is Paper.SUGGESTION_REPLY else None)
    if series is None or not series.automatic:
        code = series.code if series else "某"
        raise WrongUsageError(
            f"{paper}的发文字号由手工编（写 发文字号={code}〔2025〕1号；"
            f"要自动编号，在 dafu.yaml 的“发文字号”里写 {paper}: {{代字: {code}, 自动: 是}}）"
        )
    return series


def _refuse_taken(workspace: Workspace, issue: Issue, case: str) -> None:
    """Refuse a typed number that another record, another round of this one or the register has."""
    number = docnumber.parse(issue.event.number or "")
    place = case, issue.turn
    if number and (holders := _holders(workspace, number, place, _papers(issue.proposal))):
        raise RefusedError(f"{number} 已经用在 {holders[0]} 上（核对发文字号）")


def _holders(
    workspace: Workspace, number: DocNumber, place: tuple[str, int], numbers: Iterable[str | None]
) -> list[str]:
    """Return who bears *number* besides *place*, a case and its round: others, its own *numbers*, the register."""
    case, own = place
    known = _known_everywhere(workspace, str(number)).get(number, [])
    holders = [other for other in known if other != case]
    twice = (turn for turn, text in enumerate(numbers) if text == str(number) and turn != own)
    holders += [f"{case} 的另一份" for _ in twice]
    kept = [one for one in register.entries(register_of(workspace))[0] if one.number == number]
    return holders + [one.case for one in kept if (one.case, one.turn) != place or one.is_void]
