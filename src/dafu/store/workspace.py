"""What a workspace and a record are, and what names a record goes by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dafu.model import Office, Proposal, line_of
from dafu.terms import Kind, Level

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem
    from dafu.yamltext import Mapping

OFFICE = "dafu.yaml"
PROPOSALS, TEMPLATES, REPLIES = "proposals", "templates", "replies"
SUFFIX = ".yaml"
_YEAR = re.compile("[0-9]{4}")

Series = tuple[Kind, Level, str, str]  # kind, level, session and number: no two records share all four


class Record(NamedTuple):
    """A record as it was read: its file, the digest and text of it, and what it says."""

    path: Path
    digest: str
    text: str
    root: Mapping
    proposal: Proposal

    def problem(self, problem: Problem) -> Problem:
        """Return *problem* placed in this file, at the line of its field."""
        return problem._replace(file=str(self.path), line=problem.line or line_of(self.root, problem.field))


class Workspace(NamedTuple):
    """A folder with dafu.yaml, and the office that it describes."""

    root: Path
    office: Office

    @property
    def proposals(self) -> Path:
        """Return the folder of the records."""
        return self.root / PROPOSALS

    @property
    def templates(self) -> Path:
        """Return the folder of the office's templates."""
        return self.root / TEMPLATES

    @property
    def replies(self) -> Path:
        """Return the folder of what the tool writes."""
        return self.root / REPLIES


def address_of(record: Record, office: Office) -> str:
    """Return the full address of a record, `2025/市/提案/143069`."""
    return "/".join([*filter(None, qualifiers(record, office)), record.proposal.number])


def qualifiers(record: Record, office: Office) -> tuple[str, str, str]:
    """Return year, level and kind of a record; without events the year is that of the folder, if it bears one."""
    proposal, folder = record.proposal, record.path.parent.name
    year = str(proposal.events[0].day.year) if proposal.events else folder if _YEAR.fullmatch(folder) else ""
    return year, str(proposal.level or office.level), str(proposal.kind)


def identity_of(record: Record, office: Office) -> str:
    """Return what a record is known by for good: level, kind, session and number; no date can change it."""
    return case_of(record.proposal, office)


def case_of(proposal: Proposal, office: Office) -> str:
    """Return what the record of *proposal* is known by for good."""
    kind, level, session, number = series_of(office, proposal, proposal.number)
    return f"{level}/{kind}/{session}/{number}"


def stem_of(proposal: Proposal, office: Office) -> str:
    """Return the name that files and folders of this record bear: `143069`, `建议-31`, `省-建议-31`."""
    return stem(office, str(proposal.level or office.level), str(proposal.kind), proposal.number)


def stem(office: Office, level: str, kind: str, number: str) -> str:
    """Return the name that files and folders of such a record bear."""
    parts = [level] if level != str(office.level) else []
    parts += [kind] if kind != str(Kind.PROPOSAL) else []
    return "-".join([*parts, number])


def year_of(proposal: Proposal, this_year: int) -> int:
    """Return the year under which the record is kept: of its first event, else *this_year*."""
    return proposal.events[0].day.year if proposal.events else this_year


def folder_of(workspace: Workspace, proposal: Proposal, this_year: int) -> Path:
    """Return the folder of what the tool writes for the record of *proposal*: its letters and its archive."""
    return workspace.replies / str(year_of(proposal, this_year)) / stem_of(proposal, workspace.office)


def series_of(office: Office, proposal: Proposal, number: str) -> Series:
    """Return *number* with what makes it one of a kind: kinds, levels and sessions count apart."""
    return proposal.kind, proposal.level or office.level, proposal.session, number
