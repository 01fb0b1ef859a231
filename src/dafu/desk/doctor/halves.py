"""Acts over several files of which one half is done: numbers, bags and copies whose event was never entered."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import register, store
from dafu.archive import shelf
from dafu.archive.shelf import Shelf
from dafu.desk import numbering
from dafu.desk.archive import complete, settle
from dafu.desk.archiving import Archiving, Request
from dafu.desk.doctor.finding import Finding, Repair
from dafu.desk.publish import FOLDER
from dafu.desk.verify import case_of
from dafu.errors import Problem, Severity, UnusableError
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.archive.seal import Line
    from dafu.desk.doctor.finding import Checkup
    from dafu.store import Record

_DOCX = ".docx"


def findings(checkup: Checkup) -> Iterator[Finding]:
    """Yield what was begun and not finished; what rests on the clerk's decision has a cure and no repair."""
    for part in (_unfinished_bags, _bags_without_event, _numbers_without_event, _letters):
        try:
            yield from part(checkup)
        except UnusableError as error:
            yield from map(Finding, error.problems)


def _unfinished_bags(checkup: Checkup) -> Iterator[Finding]:
    for problem in shelf.leftovers(Shelf(checkup.workspace.replies)):
        act = partial(settle, checkup.workspace, Path(problem.file), checkup.author)
        yield Finding(problem._replace(severity=Severity.ERROR), Repair("按归档登记，补完或清除它", act))


def _bags_without_event(checkup: Checkup) -> Iterator[Finding]:
    """Yield each bag that was sealed and whose record does not say so."""
    stand = Shelf(checkup.workspace.replies)
    lines = {line.case: line for year in shelf.registered_years(stand) for line in shelf.chain_of(stand, year).lines}
    for record in checkup.records if lines else ():
        line = lines.get(case_of(record, checkup.workspace))
        if line and not any(event.step is Step.ARCHIVE for event in record.proposal.events):
            yield _bag(checkup, record, line)


def _bag(checkup: Checkup, record: Record, line: Line) -> Finding:
    day, workspace = line.time[:10], checkup.workspace
    message = f"包已经归档（{line.path}），记录里没有登记“归档”"
    problem = Problem("D106", message, "同样的 dafu archive 再做一次", file=str(record.path))
    request = Request(words=(), here=workspace.root, day=day)
    act = Archiving(workspace, record, store.lead_of(workspace, record), request, checkup.author, checkup.today)
    return Finding(problem, Repair(f"补登记“归档”，日期 {day}，档号由本工具接着编", partial(complete, act, line)))


def _numbers_without_event(checkup: Checkup) -> Iterator[Finding]:
    """Yield each number that was taken for a paper and that its record does not bear; an `undo` leaves the same."""
    office, book = checkup.workspace.office, numbering.register_of(checkup.workspace)
    known = numbering.known_numbers(office, checkup.records)
    by_case = {store.identity_of(record, office): record for record in checkup.records}
    for entry in register.entries(book)[0]:
        record = by_case.get(entry.case)
        if record and not entry.is_void and entry.case not in known.get(entry.number, ()):
            message = f"{entry.number} 已经取给这一件的{entry.paper}，记录里还没有"
            number = record.proposal.number
            cure = (
                f"再登记一次：dafu track {number} 印发 发文字号=自动，用的是同一号；"
                f"不发了：dafu numbers void {entry.number} 原因=…"
            )
            yield Finding(Problem("D107", message, cure, file=str(record.path), severity=Severity.WARNING))


def _letters(checkup: Checkup) -> Iterator[Finding]:
    """Yield the copies for the web whose record says nothing of it, and the letters that no record stands behind."""
    workspace, this_year = checkup.workspace, checkup.today.year
    folders = {store.folder_of(workspace, one.proposal, this_year): one for one in checkup.records}
    stems = {folder.name for folder in folders}  # the year is no sign: a record without events has none of its own
    for folder in sorted(workspace.replies.glob("[0-9][0-9][0-9][0-9]/*")):
        record = folders.get(folder)
        if checkup.is_whole and folder.name not in stems and any(folder.glob(f"*{_DOCX}")):
            message, cure = "里面有答复件，却没有这一件的记录", "找回记录；案号或年份改过的，把这里的文件移到新的文件夹"
            yield Finding(Problem("D108", message, cure, file=str(folder), severity=Severity.WARNING))
        elif record and not any(event.step is Step.PUBLISH for event in record.proposal.events):
            yield from (_copy(record, path) for path in sorted((folder / FOLDER).glob(f"*{_DOCX}")))


def _copy(record: Record, path: Path) -> Finding:
    message = "公开件已经写出，记录里没有登记“公开”"
    cure = f"再做一次 dafu publish {record.proposal.number}；不公开了，就删去这个文件"
    return Finding(Problem("D115", message, cure, file=str(path), severity=Severity.WARNING))
