"""Publish a reply: a copy for the web, and the event that says so; and the index of what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dafu import check, files, layout, readback, sheets, store
from dafu.archive.publication import Veil, copy_of, obstacle
from dafu.desk.answers import answer, last_turn, whole
from dafu.desk.track import track
from dafu.errors import RefusedError, UnusableError
from dafu.model import effective_reply
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dafu.compose import Composer
    from dafu.desk.case import Case
    from dafu.letter import Letter
    from dafu.model import Proposal
    from dafu.store import Author, Record, Workspace
    from dafu.terms import Paper, Stage

FOLDER = "公开"
TITLE, INDEX = "公开目录", ("案号", "案由", "文号", "日期", "网址")
_INDEX_WIDTHS = (12, 40, 20, 12, 50)  # characters
_LIMIT = 50_000_000  # bytes of a letter on disk


@dataclass(frozen=True, slots=True)
class Published:
    """A copy that was made: where it lies, what is covered in it, what the clerk should look at, if it was written."""

    number: str
    path: Path
    stage: Stage
    covered: tuple[str, ...]
    finding: str
    written: bool


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a reply is published: the *event* (日期, 环节, 网址 …), who enters it, and where else the copy goes."""

    workspace: Workspace
    composer: Composer
    event: Mapping[str, str]
    author: Author
    out: Path | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The round that is published: the whole record, the round from 0, its paper and letter."""

    proposal: Proposal
    turn: int
    paper: Paper
    letter: Letter


def publish(publishing: Publishing, record: Record) -> Published:
    """Write the publication copy of the last letter of *record* that was delivered, then enter 公开.

    Raises RefusedError for whatever must not be published. A run that was cut short between copy and event is made
    good by doing it again.
    """
    workspace, lead = publishing.workspace, store.lead_of(publishing.workspace, record)
    group = _group(workspace, record, lead)
    chosen = _chosen(publishing, record, lead, group)
    _refuse_published(chosen, publishing.event)
    rehearsed = track(workspace, record, publishing.event, publishing.author, dry=True)
    veil = Veil((who for one in (record, *group) for who in one.proposal.proposers), workspace.office.name_shown)
    docx = _drawn(chosen, veil)
    path = publishing.out or _folder(record, workspace) / FOLDER / f"{_name(chosen)}.docx"
    _write(path, docx, dry=publishing.dry)
    if not publishing.dry:
        track(workspace, record, publishing.event, publishing.author, dry=False)
    covered = veil.covered(readback.paragraphs(layout.draw(chosen.letter)))
    finding = _edited(chosen, lead or record, record, workspace)
    return Published(record.proposal.number, path, rehearsed.stage, tuple(covered), finding, written=not publishing.dry)


def _group(workspace: Workspace, record: Record, lead: Record | None) -> list[Record]:
    """Return the other records that share the reply of *record*; raises UnusableError when one is not on file."""
    head = lead or record
    found = [lead] if lead else []
    for number in head.proposal.merged:
        other = store.on_file(workspace, store.series_of(workspace.office, head.proposal, number))
        if other is None:
            raise UnusableError(problems=[head.problem(check.not_on_file(number))])
        found += [other] if other.path != record.path else []
    return found


def _chosen(publishing: Publishing, record: Record, lead: Record | None, group: list[Record]) -> _Chosen:
    proposal = whole(record.proposal, lead.proposal if lead else None)
    turn = last_turn(proposal, Step.DELIVER)
    merged = [one.proposal for one in (record, *group) if one is not (lead or record)]
    reason = obstacle(proposal, turn, date.fromisoformat(publishing.event["日期"]), merged)
    if reason or turn is None:
        raise RefusedError(f"{proposal.number}：{reason}")
    paper, composed = answer(publishing.composer, proposal, turn)
    if composed.missing:
        raise RefusedError(f"{proposal.number}：还缺 {'、'.join(composed.missing)}，不能公开（补全记录再做）")
    if composed.letter.secrecy:
        raise RefusedError(f"{proposal.number}：标有密级“{composed.letter.secrecy}”，不能公开")
    return _Chosen(proposal, turn, paper, composed.letter)


def _refuse_published(chosen: _Chosen, event: Mapping[str, str]) -> None:
    """Refuse to publish a round twice; only the address may follow later."""
    before = [one for one in chosen.proposal.rounds[chosen.turn] if one.step is Step.PUBLISH]
    address = event.get("网址")
    if before and (not address or address in [one.address for one in before]):
        cure = "补登网址写 网址=…" if not before[-1].address else "要改登记用 dafu undo"
        raise RefusedError(f"{chosen.proposal.number}：{before[-1].day} 已经公开（{cure}）")


def _drawn(chosen: _Chosen, veil: Veil) -> bytes:
    """Draw the copy without metadata, and read it back: nothing that is to be covered may still be read in it."""
    docx = layout.stripped(layout.draw(copy_of(chosen.letter, veil)))
    if any(veil.over(text) != text for text in readback.paragraphs(docx)):
        raise UnusableError(f"{chosen.proposal.number}：有要遮去的内容没有遮住，公开件没有写出")
    return docx


def _folder(record: Record, workspace: Workspace) -> Path:
    return store.folder_of(workspace, record.proposal, date.min.year)  # one that was delivered has events: has a year


def _name(chosen: _Chosen, *words: str) -> str:
    return "-".join(filter(None, [str(chosen.paper), *words, f"再{chosen.turn}" if chosen.turn else ""]))


def _write(path: Path, docx: bytes, *, dry: bool) -> None:
    if path.exists():
        if files.read(path, _LIMIT) != docx:
            raise RefusedError(f"{path} 已经存在，同这次的不一样，没有覆盖（请核对后移走，或用 --out 另写）")
    elif not dry:
        files.create(path, docx)


def _edited(chosen: _Chosen, head: Record, record: Record, workspace: Workspace) -> str:
    """Return what to look at when the letter on disk was edited by hand: the copy is written from the record."""
    number = record.proposal.number if head is not record else ""
    path = _folder(head, workspace) / f"{_name(chosen, number)}.docx"
    if not path.exists():
        return ""
    docx = files.read(path, _LIMIT)
    if layout.carried_hash(docx) == layout.content_hash(docx) != "":
        return ""
    return f"{path.name} 手工改过，公开件按记录写出（核对两者是否一致）"


def index(cases: Iterable[Case]) -> list[list[str]]:
    """Return what was published, by the day, under `INDEX`: a line for each letter, with its latest address."""
    rows = [row for case in cases for row in _rows(case)]
    return sorted(rows, key=lambda row: (row[3], row[0]))


def _rows(case: Case) -> Iterable[list[str]]:
    proposal = whole(case.proposal, case.lead.proposal if case.lead else None)
    for turn, events in enumerate(proposal.rounds):
        known = [event for event in events if event.step is Step.PUBLISH]
        if known:
            number = effective_reply(proposal, case.workspace.office, turn).number or ""
            address = next((one.address for one in reversed(known) if one.address), "") or ""
            yield [proposal.number, proposal.subject, number, known[0].day.isoformat(), address]


def drawn_index(rows: list[list[str]], path: Path) -> bytes:
    """Return *rows* as the kind of file that *path* names, .xlsx or .csv."""
    try:
        if path.suffix.lower() == ".xlsx":
            return sheets.xlsx_bytes([sheets.Page(TITLE, INDEX, rows, _INDEX_WIDTHS)])
        return sheets.csv_bytes(INDEX, rows)
    except ValueError as error:
        raise UnusableError(str(error)) from error
