"""Verify the archive: the registers, the bags, and the records that say that they are archived."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import files, store
from dafu.archive import verifying
from dafu.archive.shelf import Shelf
from dafu.archive.verifying import Finding
from dafu.errors import Problem, UnusableError
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dafu.archive.seal import Line
    from dafu.archive.verifying import Stock
    from dafu.store import Record, Workspace

_NOTE = re.compile("归档登记[0-9]{4}年第[1-9][0-9]*号")  # what `archive` notes at the event
_SPELT_OTHERWISE = re.compile(r"\\|''")  # YAML's other ways to write a number


def note_of(line: Line) -> str:
    """Return how the event 归档 names the line of its bag, so that a register that lost its end is found out."""
    return f"归档登记{line.path.partition('/')[0]}年第{line.serial}号"


def stock_of(workspace: Workspace, records: Sequence[Record] | None) -> Stock:
    """Return what is to be verified: the bags of *records*, or all. Raises UnusableError for a record without one."""
    stand = Shelf(workspace.replies)
    if records is None:
        return verifying.take_stock(stand)
    cases = {case_of(record, workspace) for record in records}
    stock = verifying.take_stock(stand, lambda line: line.case in cases)
    for record in records:
        if all(line.case != case_of(record, workspace) for line in stock.lines):
            raise UnusableError(f"{record.proposal.number}：没有归档（用 dafu archive 归档）")
    return stock


def verify(stock: Stock, records: Iterable[Record], tick: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Yield every difference between *stock* and what was archived; *records* are those that speak of it."""
    yield from verifying.judge(stock, tick)
    known = {note_of(line) for line in stock.lines}
    for record in records:
        for note in _notes(record):
            if note not in known:
                message = f"记录里写着{note}，登记里没有这一行"
                problem = Problem("A323", message, "登记不见了或不全，从备份恢复", field="办理过程")
                yield Finding(record.proposal.number, record.problem(problem))


def lost_records(
    workspace: Workspace, stock: Stock, records: Sequence[Record], problems: Iterable[Problem]
) -> Iterator[Finding]:
    """Yield each archived case that has no record: *records* are all that can be read, *problems* why others cannot.

    A file that cannot be read and may be its record counts as one.
    """
    known = {case_of(record, workspace) for record in records}
    lost = {line.case: verifying.number_of(line) for line in stock.lines if line.case not in known}
    broken = {Path(problem.file) for problem in problems} - {record.path for record in records} if lost else ()
    said = "\n".join(map(_said_by, broken))
    for case, number in lost.items():
        if number not in said and not _SPELT_OTHERWISE.search(said):
            message = f"归档登记里有“{case}”，它的记录不见了，或者改了案号、届次、层级、类别"
            yield Finding(number, Problem("A324", message, "从备份恢复记录，或者改回原来的写法"))


def _said_by(path: Path) -> str:
    """Return the name and the text of a file that is no record; where it cannot be read, its name must do."""
    try:
        return path.stem + "\n" + files.read(path, store.RECORD_LIMIT).decode(errors="replace")
    except UnusableError:
        return path.stem


def case_of(record: Record, workspace: Workspace) -> str:
    """Return the identity of a record as the register has it: on one line, in fields without tabs."""
    return " ".join(store.identity_of(record, workspace.office).split())


def _notes(record: Record) -> Iterator[str]:
    """Yield the lines that the record names."""
    for event in record.proposal.events:
        if event.step is Step.ARCHIVE:
            yield from _NOTE.findall(event.note or "")
