"""Proofread a record and the letter that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import check, workflow
from dafu.desk.draft import compose
from dafu.desk.papers import letter_of
from dafu.terms import Role

if TYPE_CHECKING:
    from dafu.compose import Composer
    from dafu.errors import Problem
    from dafu.store import Record


def findings(composer: Composer, record: Record, lead: Record | None = None) -> list[Problem]:
    """Return what the rules find in *record*; raises UnusableError when its template cannot be used.

    One that is merged into *lead* has no letter of its own.
    """
    proposal = record.proposal
    found = [*workflow.breaches(proposal, lead.proposal if lead else None), *check.joined_lines(proposal)]
    found += check.differing_values(proposal)
    if proposal.role is not Role.READ and not lead:
        found += check.missing_values(proposal, compose(composer, proposal, str(letter_of(proposal))))
    return [record.problem(problem) for problem in found]
