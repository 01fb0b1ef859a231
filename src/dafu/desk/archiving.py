"""One act of archiving: what was asked for, and all that its steps share about the record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dafu import store
from dafu.archive.parts import lacking
from dafu.archive.shelf import Shelf
from dafu.desk import filing
from dafu.desk.answers import whole
from dafu.desk.verify import case_of
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from dafu.desk.filing import Item
    from dafu.model import Proposal
    from dafu.store import Author, Record, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be archived: the words for the files and where they lie, the event's day and 档号, and the reasons.

    `partial` says why something is lacking, `force` why a scan that does not agree or an unfit file is taken all the
    same, `version` why an archived case is archived again.
    """

    words: Sequence[str]
    here: Path
    day: str
    number: str = ""
    partial: str = ""
    force: str = ""
    version: str = ""
    dry: bool = False


@dataclass(frozen=True)
class Archiving:
    """One act of archiving; everything about the record and the request that the steps share."""

    workspace: Workspace
    record: Record
    lead: Record | None
    request: Request
    author: Author
    today: date

    @property
    def proposal(self) -> Proposal:
        """Return what the record says."""
        return self.record.proposal

    @property
    def shelf(self) -> Shelf:
        """Return the archive of the workspace."""
        return Shelf(self.workspace.replies)

    @property
    def year(self) -> int:
        """Return the year under which the case is kept."""
        return store.year_of(self.proposal, self.today.year)

    @property
    def folder(self) -> Path:
        """Return the folder of the case below replies/."""
        return store.folder_of(self.workspace, self.proposal, self.today.year)

    @property
    def case(self) -> str:
        """Return the identity of the case as the register has it, on one line."""
        return case_of(self.record, self.workspace)

    @property
    def is_tracked(self) -> bool:
        """Tell whether the record says already that it is archived."""
        return any(event.step is Step.ARCHIVE for event in self.proposal.events)

    @cached_property
    def items(self) -> list[Item]:
        """Return the files that the clerk gives."""
        return filing.items(self.request.words, self.proposal, self.request.here)

    @cached_property
    def letters(self) -> list[Path]:
        """Return the letters as they were drawn."""
        return filing.letters_of(self.workspace, self.record, self.lead, self.today.year)

    @cached_property
    def lacking(self) -> list[str]:
        """Return what the bag would lack."""
        issued = any(event.step is Step.ISSUE for event in self.answered.events)
        absent = ["印发的 .docx"] if issued and not self.letters else []
        return [*lacking(self.proposal, [item.part for item in self.items]), *absent]

    @cached_property
    def answered(self) -> Proposal:
        """Return the proposal with what was issued for it: the reply to a merged one is that of its lead."""
        return whole(self.proposal, self.lead.proposal if self.lead else None)
