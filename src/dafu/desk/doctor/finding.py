"""What an examination finds, and what would put it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dafu.errors import Problem
    from dafu.store import Author, Record, Workspace
    from dafu.workdays import Calendar


class Repair(NamedTuple):
    """What the tool can do about a finding: in words, and the act itself, which raises DafuError where it cannot."""

    words: str
    act: Callable[[], object]


class Finding(NamedTuple):
    """Something to put right, and the repair where the tool can do it by itself."""

    problem: Problem
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """What is examined: the workspace with the records that can be read, the day, and who would mend things.

    `is_whole` says that all records could be read.
    """

    workspace: Workspace
    records: Sequence[Record]
    is_whole: bool
    calendar: Calendar
    today: date
    author: Author
