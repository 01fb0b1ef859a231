"""A workspace of the invented office in which single records are drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import records
from dafu import files, store
from dafu.compose import Composer
from dafu.desk.draft import Drafted, Drafting, draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.store import Record, Workspace

TODAY = date(2026, 1, 5)


@dataclass
class Desk:
    """One workspace, and how its letters are drafted."""

    folder: Path

    @property
    def workspace(self) -> Workspace:
        return store.open_workspace(self.folder)

    def write(self, more: str = "", number: str = "143069", *, record: str = records.RECORD) -> Path:
        """Write the record *number* of the required keys and *more*."""
        path = self.folder / "proposals" / f"{number}.yaml"
        path.write_text(record.replace("143069", number) + records.text_of(more), encoding="utf-8")
        return path

    def record(self, number: str = "143069") -> Record:
        return store.find(self.workspace, number, Path())

    def composer(self) -> Composer:
        return Composer(self.workspace.office, self.workspace.templates)

    def draft(self, number: str = "143069", *, new: bool = False, dry: bool = False) -> Drafted:
        """Draft the letter of the record *number*, the way `dafu draft` does."""
        workspace, record = self.workspace, self.record(number)
        drafting = Drafting(workspace, self.composer(), TODAY, new, dry)
        return next(iter(draft(drafting, record, store.lead_of(workspace, record))))

    def papers(self, paper: str, number: str = "143069", *, new: bool = False) -> list[Drafted]:
        """Draft *paper* for the record *number*, the way `dafu draft --paper` does."""
        workspace, record = self.workspace, self.record(number)
        drafting = Drafting(workspace, self.composer(), TODAY, new, paper=paper)
        return list(draft(drafting, record, store.lead_of(workspace, record)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(records.make_workspace(tmp_path))


@pytest.fixture
def lasting() -> Iterator[None]:
    """Let files be believed that were only just written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "is_fresh", lambda *_: False)
        yield
