"""Import a list: its rows become records; a corrected list changes what the first one set, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu import ledger, sheets, store, yamltext
from dafu.desk import edit
from dafu.desk.imports import Imported, Outcome
from dafu.errors import DafuError, Problem, Severity, UnusableError, WrongUsageError
from dafu.model import read_proposal
from dafu.terms import Kind, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from dafu.ledger import Column, Leaves, Listing, Row
    from dafu.model import Office, Proposal
    from dafu.store import Author, Record, Series, Workspace

_NAMES = "导入列名"
_ACT = "导入"


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who imports, on which day, and whether it is a rehearsal; `names` explain headings: `题目内容` → `案由`."""

    author: Author
    today: date
    dry: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the rows of one list are held against."""

    workspace: Workspace
    known: Mapping[Series, Record]
    clerk: Clerk
    source: Path


def import_list(workspace: Workspace, path: Path, data: bytes, clerk: Clerk) -> tuple[list[Imported], list[Problem]]:
    """Make records of the rows of a list, and return what came of each row and what is to be said of the whole.

    Raises UnusableError for a file that is no list, WrongUsageError for a name that is no column.
    """
    listing = _listing(workspace, path, data, clerk)
    records, problems = store.load(workspace)
    office = workspace.office
    known = {store.series_of(office, one.proposal, one.proposal.number): one for one in records}
    desk = _Desk(workspace, known, clerk, path)
    ours = [row for row in listing.rows if row.leaves is not None]
    twins = Counter(_series(row.leaves, office) for row in ours)
    done = [_imported(row, desk, twins) for row in ours]
    _remember_names(workspace, listing, clerk)
    return done, [*listing.problems, *_strangers(listing, path), *_moved(listing, desk), *problems]


def _listing(workspace: Workspace, path: Path, data: bytes, clerk: Clerk) -> Listing:
    book = sheets.read_book(data, str(path))
    names = _explained(workspace, clerk)
    return ledger.read_list(book, str(path), path.stem, workspace.office, clerk.today, names)


def _explained(workspace: Workspace, clerk: Clerk) -> dict[str, Column]:
    """Return the headings that the office and the clerk have explained."""
    given = {**workspace.office.import_names, **clerk.names}
    columns, problems = ledger.chosen(tuple(given.values()), _NAMES)
    if problems and any(ledger.column_of(name) is None for name in clerk.names.values()):
        raise WrongUsageError("\n".join(f"--column：{problem.message}（{problem.cure}）" for problem in problems))
    if problems:
        raise UnusableError(problems=[problem.within(str(workspace.root / store.OFFICE)) for problem in problems])
    return {ledger.plain_heading(heading): column for heading, column in zip(given, columns, strict=True)}


def _remember_names(workspace: Workspace, listing: Listing, clerk: Clerk) -> None:
    absent = [heading for heading in clerk.names if ledger.plain_heading(heading) not in listing.headings]
    if absent:
        listing.problems.append(
            Problem("L103", f"没有“{'”“'.join(absent)}”这一列", "照清单上的列名写 --column", severity=Severity.WARNING)
        )
    found = {heading: key for heading, key in clerk.names.items() if heading not in absent}
    if {**workspace.office.import_names, **found} != workspace.office.import_names and not clerk.dry:
        store.set_office(workspace, _NAMES, found)


def _strangers(listing: Listing, path: Path) -> Iterable[Problem]:
    rows = [row for row in listing.rows if row.leaves is None]
    if rows:
        which = "、".join(str(row.number) for row in rows[:10]) + ("等" if len(rows) > 10 else "")  # noqa: PLR2004 -- enough to look up
        message = f"有{len(rows)}行的主办、会办、分办单位里没有本单位，没有读入：第{which}行"
        yield Problem("L204", message, "单位的全称、简称在 dafu.yaml 里", file=str(path), severity=Severity.NOTICE)


def _moved(listing: Listing, desk: _Desk) -> Iterable[Problem]:
    """Yield a warning for each record of ours that the list now gives to others."""
    for row in listing.rows:
        series = _series(row.identity, desk.workspace.office) if row.leaves is None else None
        if series and (record := desk.known.get(series)):
            message = f"“{record.proposal.number}”在清单上已经不归本单位，记录没有动"
            cure = "核对是不是改办了；是的，用 dafu track 登记退办和退办结果"
            yield Problem("L205", message, cure, line=row.number, file=str(desk.source), severity=Severity.WARNING)


def _series(leaves: Leaves | None, office: Office) -> Series | None:
    """Return what makes a row one of a kind, None where it does not say enough."""
    said = leaves or {}
    number, session = said.get("案号"), said.get("届次")
    if not number or not session:
        return None
    kind = next((kind for kind in Kind if str(kind) == said.get("类别")), Kind.PROPOSAL)
    level = next((level for level in Level if str(level) == said.get("层级")), office.level)
    return kind, level, session, number


def _imported(row: Row, desk: _Desk, twins: Mapping[Series | None, int]) -> Imported:
    """Make or change the record of one row; a fault of any kind stays with the row."""
    leaves = row.leaves or {}
    outcome, path = Outcome.FAULTY, None
    series = None if row.notes.is_faulty else _series(leaves, desk.workspace.office)
    _check(leaves, row, twins[series] if series else 0)
    if series and not row.notes.is_faulty:
        bare = ledger.bared(leaves, str(desk.workspace.office.level))
        record = desk.known.get(series)
        try:
            outcome, path = _updated(bare, record, row, desk) if record else _created(bare, row, desk)
        except (DafuError, ValueError) as error:  # a ValueError is a text that YAML cannot hold where it should stand
            row.notes.fault("案号", str(error), "")
    if row.notes.is_faulty:
        outcome, path = Outcome.FAULTY, None
    return Imported(
        source=desk.source,
        outcome=outcome,
        number=leaves.get("案号") or None,
        row=row.number,
        record=path,
        problems=tuple(row.notes.problems),
    )


def _check(leaves: Leaves, row: Row, count: int) -> None:
    if not row.notes.is_faulty and not leaves.get("案号"):
        row.notes.fault("案号", "没有填写", "补上案号，或删去这一行")
    if not row.notes.is_faulty and not leaves.get("届次"):
        row.notes.fault("届次", "没有填写", "加一列“届次”，或在表的标题里写明，如“市政协十四届三次会议”")
    if count > 1:
        row.notes.fault("案号", f"“{leaves['案号']}”在清单里有{count}行", "留下对的一行，或写明届次、类别")


def _created(leaves: Leaves, row: Row, desk: _Desk) -> tuple[Outcome, Path | None]:
    kept = ledger.without_empty(leaves)
    text = edit.OPENING
    for key, value in ledger.tree_of(kept).items():
        text = yamltext.set_value(text, (key,), value)
    proposal = _valid(text, row, desk.workspace.office)
    if proposal is None:
        return Outcome.FAULTY, None
    path = edit.path_of(desk.workspace, proposal, desk.clerk.today)
    if path.exists():
        cure = "核对届次、类别、层级；同事刚导入的，再导入一次"
        row.notes.fault("案号", f"{path.relative_to(desk.workspace.root)} 已经有了，是另一件", cure)
    elif not desk.clerk.dry:
        edit.publish(desk.workspace, path, text, desk.clerk.author)
        store.remember_imported(desk.workspace, path, kept)
    return Outcome.NEW, path


def _updated(leaves: Leaves, record: Record, row: Row, desk: _Desk) -> tuple[Outcome, Path | None]:
    workspace = desk.workspace
    tree = yamltext.plain(record.root)
    assert isinstance(tree, dict)  # noqa: S101 -- a record is a mapping, else it were none
    ours = ledger.without_empty(ledger.bared(ledger.leaves_of(tree), str(workspace.office.level)))
    base = store.imported(workspace, record.path)
    merged = ledger.merge(leaves, ours, base)
    for address, value in merged.kept.items():
        told = (
            f"清单上是“{_shown(value)}”，记录里是“{_shown(ours.get(address))}”，没有改"
            if value
            else "记录里手工填写过，没有改"
        )
        row.notes.notice(address.replace("/", "."), told, "记录里是手工改的，要改就用 dafu set")
    if not merged.changes:
        return Outcome.SAME, record.path
    text = ledger.applied(record.text, tree, ours, merged.changes)
    if _valid(text, row, workspace.office) is None:
        return Outcome.FAULTY, None
    if not desk.clerk.dry:
        store.save(workspace, record, text, desk.clerk.author, _ACT)
        store.remember_imported(workspace, record.path, ledger.without_empty({**base, **merged.changes}))
    return Outcome.UPDATED, record.path


def _shown(value: object) -> str:
    """Return *value* on one line: names by 、, events by ；."""
    if not isinstance(value, list):
        return str(value or "")
    told = [" ".join(one.values()) if isinstance(one, dict) else str(one) for one in ledger.told_by_lists(value)]
    return ("；" if any(isinstance(one, dict) for one in value) else "、").join(told)


def _valid(text: str, row: Row, office: Office) -> Proposal | None:
    """Return the proposal that *text* is, or None after telling the row what is wrong with it."""
    root, problems = yamltext.parse(text)
    proposal = None
    if root is not None and not problems:
        proposal, problems = read_proposal(root, office)
    for problem in problems:
        row.notes.fault(problem.field, problem.message, problem.cure)
    return proposal
