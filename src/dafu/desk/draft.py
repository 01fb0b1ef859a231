"""A record becomes its letter: compose, draw, read back, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dafu import check, files, layout, store
from dafu.desk import proof
from dafu.errors import RefusedError, UnusableError
from dafu.terms import Decision, Kind, Paper, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from dafu.compose import Composed, Composer
    from dafu.model import Proposal
    from dafu.store import Record, Workspace

_SENT = (Step.DELIVER, Step.FEEDBACK, Step.CLOSE, Step.ARCHIVE)
_LETTER_LIMIT = 50_000_000  # bytes of a letter on disk


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper that was drawn: where it goes, what it still misses, and whether it was written."""

    number: str
    path: Path
    docx: bytes
    missing: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Drafting:
    """How letters are to be drafted: `new` writes beside an older one, `dry` stops before the write.

    `paper` names another paper than the one that the kind and role of a record ask for.
    """

    workspace: Workspace
    composer: Composer
    today: date
    new: bool = False
    dry: bool = False
    paper: str | None = None


def paper_of(proposal: Proposal) -> Paper:
    """Return the paper that answers *proposal*; raises RefusedError when nothing is to be answered."""
    match proposal.role, proposal.kind:
        case Role.READ, _:
            raise RefusedError(f"{proposal.number}：参阅件不用答复")
        case Role.ASSIST, _:
            return Paper.OPINION
        case _, Kind.SUGGESTION:
            return Paper.SUGGESTION_REPLY
        case _:
            return Paper.REPLY


def is_sent(proposal: Proposal) -> bool:
    """Tell whether the letter of the present round has left the office."""
    return any(event.step in _SENT for event in proposal.rounds[-1])


def is_open(proposal: Proposal) -> bool:
    """Tell whether *proposal* still wants a letter from us."""
    ended = any(event.step is Step.WITHDRAW or event.decision is Decision.GRANTED for event in proposal.events)
    return proposal.role is not Role.READ and not ended and not is_sent(proposal)


def compose(composer: Composer, proposal: Proposal, paper: str) -> Composed:
    """Compose *paper* for the present round of *proposal*; 模板 may name another template for its own paper."""
    turn = len(proposal.rounds) - 1
    chosen = proposal.replies[turn].template if turn < len(proposal.replies) else None
    template = chosen if chosen and paper == str(paper_of(proposal)) else paper
    return composer.compose(template, proposal, turn)


def draft(drafting: Drafting, record: Record, lead: Record | None) -> Iterator[Drafted]:
    """Write the letters of *record* below replies/: its own, and one for each number that it leads (并案).

    Raises RefusedError when one must not be written, and for a record merged into *lead*; UnusableError when the
    template cannot be used or when a value that went in cannot be found in the letter again.
    """
    proposal, office = record.proposal, drafting.workspace.office
    if lead:
        number = store.stem_of(lead.proposal, office)
        raise RefusedError(f"{proposal.number}：已并入 {number} 办理（对 {number} 拟稿）")
    yield _written(drafting, record, proposal)
    for number in proposal.merged:
        other = store.on_file(drafting.workspace, store.series_of(office, proposal, number))
        if other is None:
            raise UnusableError(problems=[record.problem(check.not_on_file(number))])
        yield _written(drafting, record, _answered_with(other.proposal, proposal))


def _answered_with(merged: Proposal, lead: Proposal) -> Proposal:
    """Return *merged* with the handling and the reply of its lead: its own number, proposers and subject stay."""
    shared = ("reply", "later_replies", "events", "role", "lead_unit", "assisting_units", "section", "clerk")
    return replace(merged, **{name: getattr(lead, name) for name in shared})


def _written(drafting: Drafting, record: Record, proposal: Proposal) -> Drafted:
    paper = drafting.paper or str(paper_of(proposal))
    composed = compose(drafting.composer, proposal, paper)
    docx = _drawn(composed, record)
    path = _publish(_path(drafting, record.proposal, paper, proposal.number), proposal, docx, drafting)
    return Drafted(proposal.number, path, docx, composed.missing, written=not drafting.dry)


def to_pdf(drafted: Drafted) -> Path:
    """Write the letter beside itself as PDF, through LibreOffice."""
    from dafu import preview

    path = drafted.path.with_suffix(".pdf")
    files.write(path, preview.pdf(drafted.docx))
    return path


def _drawn(composed: Composed, record: Record) -> bytes:
    """Draw the letter and read it back: every value that went in must be found verbatim."""
    try:
        docx = layout.draw(composed.letter)
    except ValueError as error:
        raise UnusableError(f"{record.path}：{error}") from error
    gone = proof.lost(composed, docx)
    if gone:
        raise UnusableError(f"{record.path}：有内容没有印进答复件，答复件没有写出：{'；'.join(gone)}")
    return docx


def _path(drafting: Drafting, lead: Proposal, paper: str, number: str) -> Path:
    turn = len(lead.rounds) - 1
    parts = [paper, *([number] if number != lead.number else []), *([f"再{turn}"] if turn else [])]
    year = store.year_of(lead, drafting.today.year)
    folder = drafting.workspace.replies / str(year) / store.stem_of(lead, drafting.workspace.office)
    return folder / f"{'-'.join(parts)}.docx"


def _publish(path: Path, proposal: Proposal, docx: bytes, drafting: Drafting) -> Path:
    """Write the letter and return its file: nothing sent, nothing edited by hand is ever overwritten."""
    if drafting.new:
        return _publish_beside(path, docx, dry=drafting.dry)
    if is_sent(proposal):
        raise RefusedError(f"{proposal.number}：答复件已送达，不再改写（另存一份用 --new）")
    old = files.read(path, _LETTER_LIMIT) if path.exists() else None
    if old is not None and _is_edited(old):
        raise RefusedError(f"{path}：改动过，不再覆盖（保留它并另写一份用 --new）")
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
