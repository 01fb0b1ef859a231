"""Proofread a record and the letter that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import check
from dafu.desk.draft import compose, paper_of
from dafu.terms import Role

if TYPE_CHECKING:
    from dafu.compose import Composer
    from dafu.errors import Problem
    from dafu.store import Record


def findings(composer: Composer, record: Record) -> list[Problem]:
    """Return what the rules find in *record*; raises UnusableError when its template cannot be used."""
    proposal = record.proposal
    if proposal.role is Role.READ:
        return []
    composed = compose(composer, proposal, str(paper_of(proposal)))
    return [record.problem(problem) for problem in check.missing_values(proposal, composed)]
