"""What the clerk or whoever looks after the machine should put right, and what the tool can mend by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import store
from dafu.desk.doctor import books, halves, leftovers, machine, notices
from dafu.desk.doctor.finding import Checkup, Finding, Repair
from dafu.errors import Severity

if TYPE_CHECKING:
    from datetime import date

    from dafu.errors import Problem
    from dafu.store import Author, Workspace
    from dafu.workdays import Calendar

__all__ = ["Finding", "Repair", "examine"]

_TWIN = "R301"  # how `store.twins` marks a number that two records bear


def examine(
    workspace: Workspace, calendar: Calendar, today: date, author: Author
) -> tuple[list[Finding], list[Problem]]:
    """Return what should be put right, and the faults of records that cannot be read: what they hide is not known.

    Nothing is changed but for two files of the shortest life in .dafu, by which the file system is tried.
    """
    records, told = store.load(workspace)
    unread = [one for one in told if one.severity is Severity.ERROR and one.code != _TWIN]
    checkup = Checkup(workspace, records, not unread, calendar, today, author)
    parts = (machine.findings, notices.findings, leftovers.findings, halves.findings, books.findings)
    found = [finding for part in parts for finding in part(checkup)]
    return [*found, *(Finding(problem) for problem in told if problem not in unread)], unread
