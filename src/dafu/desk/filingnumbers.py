"""档号 for what is being archived: the next one that no record bears, readable or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu import store
from dafu.archive.numbers import filing_year, next_number
from dafu.errors import RefusedError
from dafu.model.office import Archiving
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dafu.model import Proposal
    from dafu.store import Record, Workspace

_WRITTEN = re.compile(r"档号[\"']? *: *[\"']?([^,}\"'\r\n]+)")


def number_for(workspace: Workspace, answered: Proposal) -> str:
    """Return the next 档号 for *answered* (with the reply of its lead); "" where dafu.yaml says nothing of 归档.

    The caller holds the lock of the archive until the number stands in the record. Raises UnusableError where
    dafu.yaml says a part of what the form needs.
    """
    office = workspace.office
    if office.archiving == Archiving():
        return ""
    year = filing_year(answered, office)
    return next_number(office, _taken(workspace), year, answered.retention or office.retention) if year else ""


def refuse_taken(workspace: Workspace, record: Record, number: str) -> None:
    """Raise RefusedError where another file than that of *record* bears *number* already."""
    if number in _taken(workspace, but=record.path):
        raise RefusedError(f"{record.proposal.number}：档号 {number} 已经用了（换一个，或不写，由本工具编）")


def _taken(workspace: Workspace, but: Path | None = None) -> Iterator[str]:
    records, unusable = store.saying(workspace, "档号")
    for record in records:
        archived = (event for event in record.proposal.events if event.step is Step.ARCHIVE and record.path != but)
        yield from (event.archive_number for event in archived if event.archive_number)
    for path, text in unusable.items():
        if path != but:
            yield from (number.strip() for number in _WRITTEN.findall(text))
