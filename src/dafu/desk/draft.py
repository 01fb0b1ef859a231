"""A record becomes its papers: compose, draw, read back, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dafu import check, deadlines, files, layout, readback, store, workflow
from dafu.desk import proof
from dafu.desk.case import calendar_of
from dafu.desk.papers import answers, chosen_papers, copies_of, is_ended, is_sent, letter_of, misplaced
from dafu.desk.taken import is_superseded
from dafu.errors import RefusedError, UnusableError
from dafu.layout.fitting import rendered, settle
from dafu.terms import ImprintSide, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from dafu.compose import Composed, Composer
    from dafu.compose.context import Occasion
    from dafu.desk.papers import Copy
    from dafu.layout.fitting import Fit, Rendered
    from dafu.letter import Letter
    from dafu.model import Proposal
    from dafu.store import Record, Workspace
    from dafu.workdays import Calendar

# One for all the numbers that a record leads; every other paper is written for each number (并案).
_OF_LEAD = {Paper.INTERNAL_ORDER, Paper.ASKING_OPINION, Paper.DRAFT_SHEET, Paper.REMINDER}
_LETTER_LIMIT = 50_000_000  # bytes of a letter on disk


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper that was drawn: where it goes, what it still misses, what is odd about it, if it was written."""

    number: str
    path: Path
    docx: bytes
    missing: tuple[str, ...]
    finding: str
    written: bool


@dataclass(frozen=True)
class Drafting:
    """How papers are to be drafted: `new` writes beside an older one, `dry` stops before the write.

    `paper` names another paper than the one that answers a record; `USUAL` stands for those that are usual now.
    `render` looks at the pages through LibreOffice and eases the letter onto them.
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
    proposal, office = record.proposal, drafting.workspace.office
    if lead:
        number = store.stem_of(lead.proposal, office)
        raise RefusedError(f"{proposal.number}：已并入 {number} 办理（对 {number} 拟稿）")
    if is_ended(proposal):
        raise RefusedError(f"{proposal.number}：{workflow.state(proposal).stage}，没有要写的")
    papers = chosen_papers(drafting.paper, proposal)
    yield from _all_written(drafting, record, proposal, papers)
    for number in proposal.merged:
        other = store.on_file(drafting.workspace, store.series_of(office, proposal, number))
        if other is None:
            raise UnusableError(problems=[record.problem(check.not_on_file(number))])
        of_each = [paper for paper in papers if paper not in map(str, _OF_LEAD)]
        yield from _all_written(drafting, record, answered_with(other.proposal, proposal), of_each)


def answered_with(merged: Proposal, lead: Proposal) -> Proposal:
    """Return *merged* with the handling and the reply of its lead: its own number, proposers and subject stay."""
    shared = ("reply", "later_replies", "events", "role", "lead_unit", "assisting_units", "section", "clerk")
    return replace(merged, **{name: getattr(lead, name) for name in shared})


def _all_written(drafting: Drafting, record: Record, proposal: Proposal, papers: Iterable[str]) -> Iterator[Drafted]:
    for paper in papers:
        for copy in copies_of(paper, proposal):
            yield _written(drafting, record, proposal, copy)


def _occasion(drafting: Drafting, proposal: Proposal, copy: Copy) -> Occasion:
    from dafu.compose.context import Occasion

    clocks = deadlines.clocks(proposal, drafting.workspace.office, drafting.calendar, drafting.today)
    main = deadlines.main(clocks)
    asked = next((one.due for one in clocks if copy.unit and one.unit == copy.unit), None)
    answer = None
    if copy.paper == str(Paper.DRAFT_SHEET):
        answer = compose(drafting.composer, proposal, str(letter_of(proposal))).letter
    return Occasion(
        today=drafting.today,
        due=main.due if main else None,
        original_due=(main.original or main.due) if main else None,
        unit=copy.unit,
        unit_due=asked,
        proposer=copy.proposer,
        reply=answer,
    )


def _written(drafting: Drafting, record: Record, proposal: Proposal, copy: Copy) -> Drafted:
    composed = compose(drafting.composer, proposal, copy.paper, _occasion(drafting, proposal, copy))
    docx, finding = _drawn(drafting, composed, record)
    if is_sent(proposal) and answers(copy.paper, proposal) and not drafting.new:
        raise RefusedError(f"{proposal.number}：答复件已送达，不再改写（另存一份用 --new）")
    path = _publish(_path(drafting, record.proposal, copy, proposal.number), docx, drafting)
    told = "；".join(filter(None, (misplaced(copy.paper, proposal), finding)))
    return Drafted(proposal.number, path, docx, composed.missing, told, written=not drafting.dry)


def to_pdf(drafted: Drafted) -> Path:
    """Write the letter beside itself as PDF, through LibreOffice."""
    from dafu import preview

    path = drafted.path.with_suffix(".pdf")
    files.write(path, preview.pdf(drafted.docx))
    return path


def _drawn(drafting: Drafting, composed: Composed, record: Record) -> tuple[bytes, str]:
    """Draw the letter and read it back; returns the bytes, and what the clerk should know of its pages."""
    fit, finding = _fitted(drafting, composed.letter)
    try:
        docx = layout.draw(composed.letter, fit)
    except ValueError as error:
        raise UnusableError(f"{record.path}：{error}") from error
    gone = proof.lost(composed, docx)
    if gone:
        raise UnusableError(f"{record.path}：有内容没有印进答复件，答复件没有写出：{'；'.join(gone)}")
    return docx, finding


def _fitted(drafting: Drafting, drawn: Letter) -> tuple[Fit, str]:
    """Return how the letter is eased onto its pages, where they are to be looked at (GB/T 9704-2012 7.3.5.5, 7.4)."""
    is_even = drawn.style.imprint_side is ImprintSide.EVEN
    if not (drafting.render or is_even):
        return layout.PLAIN, ""
    from dafu import preview

    if preview.office() is None:
        return layout.PLAIN, "没有 LibreOffice，版记没有移到偶数面（装上后重新 draft）" if is_even else ""
    tried: list[tuple[Fit, Rendered]] = []
    while not (verdict := settle(tried, drawn.style.imprint_side)).final:
        pages = readback.pages(preview.pdf(layout.draw(drawn, verdict.fit)))
        tried.append((verdict.fit, rendered(drawn, pages)))
    return verdict.fit, verdict.finding


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
    if old is not None and _is_edited(old) and not is_superseded(drafting.workspace, old, docx):
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
