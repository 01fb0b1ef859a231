"""A record becomes its papers: compose, draw, read back, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from dafu import files, layout, store, workflow
from dafu.desk import proof
from dafu.desk.paging import Paged, paged
from dafu.desk.papers import answers, chosen_papers, copies_of, is_ended, is_sent, letter_of, misplaced
from dafu.errors import DafuError, RefusedError, UnusableError
from dafu.terms import ImprintSide, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.compose import Composed, Composer
    from dafu.compose.context import Limits, Occasion
    from dafu.desk.papers import Copy
    from dafu.layout.fitting import Fit
    from dafu.model import Proposal
    from dafu.store import Record, Series, Workspace
    from dafu.workdays import Calendar

# One for all the numbers that a record leads; every other paper is written for each number (并案).
_OF_LEAD = {Paper.INTERNAL_ORDER, Paper.ASKING_OPINION, Paper.DRAFT_SHEET, Paper.REMINDER}
_LETTER_LIMIT = 50_000_000  # bytes of a letter on disk


class Drafted(NamedTuple):
    """A paper that was drawn: where it goes, what it still misses, what is odd about it, if it was written."""

    number: str
    path: Path
    docx: bytes
    missing: tuple[str, ...]
    finding: str
    written: bool


class Outcome(NamedTuple):
    """What came of one record: its papers, up to the one that could not be written."""

    drafted: list[Drafted]
    error: DafuError | None


class Asked(NamedTuple):
    """A record whose papers are wanted, the one that leads it, and how a record that it leads is found."""

    record: Record
    lead: Record | None
    member: Callable[[Workspace, Series], Record | None] = store.on_file


class _Sheet(NamedTuple):
    """A paper of *record* that was composed: for it, or for *proposal*, one that it leads."""

    record: Record
    proposal: Proposal
    copy: Copy
    composed: Composed


@dataclass(frozen=True)
class Drafting:
    """How papers are to be drafted: `new` writes beside an older one, `dry` stops before the write.

    `paper` names another paper than the one that answers a record; `USUAL` stands for those that are usual now.
    `render` looks at the pages through LibreOffice, eases the letter onto them and writes its PDF too.
    """

    workspace: Workspace
    composer: Composer
    today: date
    new: bool = False
    dry: bool = False
    paper: str | None = None
    render: bool = False

    @cached_property
    def calendar(self) -> Calendar:
        """Return the working calendar of the office."""
        from dafu.desk.case import calendar_of

        return calendar_of(self.workspace)


def compose(composer: Composer, proposal: Proposal, paper: str, occasion: Occasion | None = None) -> Composed:
    """Compose *paper* for the present round of *proposal*; 模板 may name another template for its own paper."""
    turn = len(proposal.rounds) - 1
    chosen = proposal.replies[turn].template if turn < len(proposal.replies) else None
    template = chosen if chosen and answers(paper, proposal) else paper
    return composer.compose(template, proposal, turn, *([occasion] if occasion else []))


def draft(drafting: Drafting, record: Record, lead: Record | None) -> Iterator[Drafted]:
    """Write the papers of *record* below replies/: its own, and those for each number that it leads (并案).

    Raises RefusedError when one must not be written, and for a record merged into *lead*; UnusableError when the
    template cannot be used or when a value that went in cannot be found in the letter again.
    """
    (outcome,) = outcomes(drafting, [Asked(record, lead)])
    yield from outcome.drafted
    if outcome.error:
        raise outcome.error


def outcomes(drafting: Drafting, asked: Iterable[Asked]) -> Iterator[Outcome]:
    """Write the papers of each record that is *asked* for; pages that are to be looked at are so in one run."""
    begun = [_composed(drafting, one) for one in asked]
    pages = iter(_paged(drafting, [sheet for sheets, _ in begun for sheet in sheets]))
    for sheets, error in begun:
        yield _written(drafting, [(sheet, next(pages)) for sheet in sheets], error)


def refuse_shared(workspace: Workspace, record: Record, near: Iterable[Record], today: date) -> None:
    """Refuse a letter that would lie where that of another record does; *near* are those with its number."""
    other = store.sharers(workspace, near, today.year).get(record.path)
    if other:
        told = f"{record.proposal.number}：答复件会同 {other.path} 的放在一起，没有写出"
        raise RefusedError(f"{told}（先登记交办，分到各自的年份；或改正案号）")


def answered_with(merged: Proposal, lead: Proposal) -> Proposal:
    """Return *merged* with the handling and the reply of its lead: its own number, proposers and subject stay."""
    shared = ("reply", "later_replies", "events", "role", "lead_unit", "assisting_units", "section", "clerk")
    return replace(merged, **{name: getattr(lead, name) for name in shared})


def _composed(drafting: Drafting, asked: Asked) -> tuple[list[_Sheet], DafuError | None]:
    """Compose the papers of one record, up to the first that cannot be had."""
    sheets: list[_Sheet] = []
    try:
        sheets.extend(_sheets(drafting, asked))
    except DafuError as error:
        return sheets, error
    return sheets, None


def _sheets(drafting: Drafting, asked: Asked) -> Iterator[_Sheet]:
    record, proposal, office = asked.record, asked.record.proposal, drafting.workspace.office
    if asked.lead:
        number = store.stem_of(asked.lead.proposal, office)
        raise RefusedError(f"{proposal.number}：已并入 {number} 办理（对 {number} 拟稿）")
    if is_ended(proposal):
        raise RefusedError(f"{proposal.number}：{workflow.stage_of(proposal)}，没有要写的")
    papers = chosen_papers(drafting.paper, proposal)
    yield from _sheets_of(drafting, record, proposal, papers)
    for number in proposal.merged:
        other = asked.member(drafting.workspace, store.series_of(office, proposal, number))
        if other is None:
            raise _not_on_file(record, number)
        of_each = [paper for paper in papers if paper not in map(str, _OF_LEAD)]
        yield from _sheets_of(drafting, record, answered_with(other.proposal, proposal), of_each)


def _not_on_file(record: Record, number: str) -> UnusableError:
    from dafu import check

    return UnusableError(problems=[record.problem(check.not_on_file(number))])


def _sheets_of(drafting: Drafting, record: Record, proposal: Proposal, papers: Iterable[str]) -> Iterator[_Sheet]:
    for paper in papers:
        for copy in copies_of(paper, proposal):
            composed = compose(drafting.composer, proposal, paper, _occasion(drafting, proposal, copy))
            yield _Sheet(record, proposal, copy, composed)


def _occasion(drafting: Drafting, proposal: Proposal, copy: Copy) -> Occasion:
    from dafu.compose.context import Occasion

    answer = None
    if copy.paper == str(Paper.DRAFT_SHEET):
        answer = compose(drafting.composer, proposal, str(letter_of(proposal))).letter
    return Occasion(
        today=drafting.today,
        limits=lambda: _limits(drafting, proposal, copy),
        unit=copy.unit,
        proposer=copy.proposer,
        reply=answer,
    )


def _limits(drafting: Drafting, proposal: Proposal, copy: Copy) -> Limits:
    from dafu import deadlines
    from dafu.compose.context import Limits

    clocks = deadlines.clocks(proposal, drafting.workspace.office, drafting.calendar, drafting.today)
    main = deadlines.main(clocks)
    asked = next((one.due for one in clocks if copy.unit and one.unit == copy.unit), None)
    return Limits(main.due, main.original or main.due, asked) if main else Limits(unit_due=asked)


def _paged(drafting: Drafting, sheets: Sequence[_Sheet]) -> Iterator[Paged]:
    """Yield how each letter is eased onto its pages; only those are looked at that have to be."""
    letters = [sheet.composed.letter for sheet in sheets]
    looked_at = [drafting.render or letter.style.imprint_side is ImprintSide.EVEN for letter in letters]
    seen = iter(paged(compress(letters, looked_at)) if any(looked_at) else ())
    return (next(seen) if is_seen else Paged() for is_seen in looked_at)


def _written(drafting: Drafting, sheets: Iterable[tuple[_Sheet, Paged]], error: DafuError | None) -> Outcome:
    """Draw the papers of one record and write them, up to the first that fails."""
    done: list[Drafted] = []
    try:
        for sheet, page in sheets:
            done.append(_published(drafting, sheet, page))
            if drafting.render and not drafting.dry:
                _write_pdf(done[-1], page)
    except DafuError as failure:
        error = failure
    return Outcome(done, error)


def _published(drafting: Drafting, sheet: _Sheet, page: Paged) -> Drafted:
    if page.error:
        raise page.error
    docx = _drawn(sheet, page.fit)
    proposal, copy = sheet.proposal, sheet.copy
    if is_sent(proposal) and answers(copy.paper, proposal) and not drafting.new:
        raise RefusedError(f"{proposal.number}：答复件已送达，不再改写（另存一份用 --new）")
    path = _publish(_path(drafting, sheet.record.proposal, copy, proposal.number), docx, drafting)
    told = "；".join(filter(None, (misplaced(copy.paper, proposal), page.finding)))
    return Drafted(proposal.number, path, docx, sheet.composed.missing, told, written=not drafting.dry)


def _write_pdf(drafted: Drafted, page: Paged) -> None:
    """Write the letter beside itself as PDF; raises UnusableError without LibreOffice."""
    from dafu import preview

    files.write(drafted.path.with_suffix(".pdf"), page.pdf or preview.pdf(drafted.docx))


def _drawn(sheet: _Sheet, fit: Fit) -> bytes:
    """Draw the letter and read it back."""
    path = sheet.record.path
    try:
        docx = layout.draw(sheet.composed.letter, fit)
    except ValueError as error:
        raise UnusableError(f"{path}：{error}") from error
    gone = proof.lost(sheet.composed, docx)
    if gone:
        raise UnusableError(f"{path}：有内容没有印进答复件，答复件没有写出：{'；'.join(gone)}")
    return docx


def _path(drafting: Drafting, lead: Proposal, copy: Copy, number: str) -> Path:
    turn = len(lead.rounds) - 1
    words = [copy.paper, number if number != lead.number else "", copy.word, f"再{turn}" if turn else ""]
    year = store.year_of(lead, drafting.today.year)
    folder = drafting.workspace.replies / str(year) / store.stem_of(lead, drafting.workspace.office)
    return folder / f"{'-'.join(filter(None, words))}.docx"


def _publish(path: Path, docx: bytes, drafting: Drafting) -> Path:
    """Write the letter and return its file: nothing edited by hand is ever overwritten."""
    if drafting.new:
        return _publish_beside(path, docx, dry=drafting.dry)
    old = files.read(path, _LETTER_LIMIT) if path.exists() else None
    if old is not None and _is_edited(old) and not _is_superseded(drafting.workspace, old, docx):
        cure = "取回正文用 dafu compare --accept；保留它并另写一份用 --new"
        raise RefusedError(f"{path}：改动过，不再覆盖（{cure}）")
    if drafting.dry:
        return path
    if old is None:
        files.create(path, docx)
    else:
        files.write(path, docx, expected=files.digest(old))
    return path


def _publish_beside(path: Path, docx: bytes, *, dry: bool) -> Path:
    """Write the letter under the next free name; another process may take one meanwhile."""
    for n in range(2, 1000):
        other = path.with_stem(f"{path.stem}-{n}")
        if other.exists():
            continue
        if not dry:
            try:
                files.create(other, docx)
            except RefusedError:
                continue
        return other
    raise RefusedError(f"{path}：另存的稿太多了（删去不要的）")


def _is_edited(docx: bytes) -> bool:
    carried = layout.carried_hash(docx)
    return not carried or carried != layout.content_hash(docx)


def _is_superseded(workspace: Workspace, old: bytes, docx: bytes) -> bool:
    from dafu.desk.taken import is_superseded

    return is_superseded(workspace, old, docx)
