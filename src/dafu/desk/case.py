"""A record as it stands on a day: its stage, its clocks, and who still owes something."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dafu import deadlines, files, store, workflow, yamltext
from dafu.errors import UnusableError
from dafu.model.holidays import read_holidays
from dafu.terms import Stage, Step
from dafu.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from dafu.deadlines import Running
    from dafu.model import Proposal
    from dafu.store import Record, Workspace
    from dafu.workdays import YearNotice

HOLIDAYS = "节假日.yaml"
_LIMIT = 1_000_000  # bytes


@dataclass(frozen=True)
class Case:
    """A record with all that follows from its history on a day; `lead` is the one that it is merged into."""

    workspace: Workspace
    record: Record
    lead: Record | None
    calendar: Calendar
    today: date

    @property
    def proposal(self) -> Proposal:
        """Return what the record says."""
        return self.record.proposal

    @property
    def _leading(self) -> Proposal | None:
        return self.lead.proposal if self.lead else None

    @cached_property
    def state(self) -> workflow.State:
        """Return the stage and why."""
        return workflow.state(self.proposal, self._leading)

    @cached_property
    def stage(self) -> Stage:
        """Return the stage alone."""
        return workflow.stage_of(self.proposal, self._leading)

    @cached_property
    def clocks(self) -> tuple[Running, ...]:
        """Return every clock that has started."""
        return self.clocks_by(self.calendar)

    def clocks_by(self, calendar: Calendar) -> tuple[Running, ...]:
        """Return the clocks as another *calendar* has them."""
        return deadlines.clocks(self.proposal, self.workspace.office, calendar, self.today, self._leading)

    @property
    def owing(self) -> list[str]:
        """Return the 会办单位 whose opinion is neither in nor waived; what is over waits for none."""
        if self.stage in (Stage.CLOSED, *workflow.FINAL):
            return []
        given = {event.unit for event in self.proposal.events if event.step is Step.OPINION}
        return [unit for unit in self.proposal.assisting_units if unit not in given]

    def words(self) -> dict[str, Any]:
        """Return the words of a list that no day changes: what it is, and how far it is."""
        proposal = self.proposal
        return {
            "案号": proposal.number,
            "类别": str(proposal.kind),
            "层级": str(proposal.level or self.workspace.office.level),
            "届次": proposal.session,
            "案由": proposal.subject,
            "提案人": [proposer.name for proposer in proposal.proposers],
            "角色": str(proposal.role),
            "科室": proposal.handling_section,
            "经办人": proposal.handling_clerk,
            "重点": proposal.is_key,
            "阶段": str(self.stage),
        }


def cases(workspace: Workspace, records: Iterable[Record], calendar: Calendar, today: date) -> Iterator[Case]:
    """Yield *records* with their leads among them."""
    known = list(records)
    leads = store.leads(workspace, known)
    for record in known:
        yield Case(workspace, record, store.lead_among(workspace, record, leads), calendar, today)


def calendar_of(workspace: Workspace) -> Calendar:
    """Return the working calendar of the office: the published notices under its own ones."""
    return Calendar(own_notices(workspace))


def own_notices(workspace: Workspace) -> dict[int, YearNotice]:
    """Return the office's own notices of days off by year; raises UnusableError with every fault of the file."""
    path = holidays_path(workspace)
    if workspace.office.holidays is None and not path.exists():
        return {}
    text, problems = yamltext.decode(files.read(path, _LIMIT, within=workspace.root))
    root = None
    if not problems:
        root, problems = yamltext.parse(text)
    notices, faults = read_holidays(root) if root else ({}, [])
    if problems or faults:
        raise UnusableError(problems=[problem.within(str(path)) for problem in [*problems, *faults]])
    return notices


def holidays_path(workspace: Workspace) -> Path:
    """Return the file of the office's own notices."""
    return workspace.root / (workspace.office.holidays or HOLIDAYS)
