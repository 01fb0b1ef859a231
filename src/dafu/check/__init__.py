"""Rules, one function each: over a record, and over the letter that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity
from dafu.terms import Step

if TYPE_CHECKING:
    from dafu.compose import Composed
    from dafu.model import Proposal

_SIGNED = (Step.SIGN, Step.ISSUE, Step.DELIVER)
_MISSING_CURE = {
    "发文字号": "登记印发，或在答复里填写",
    "印发日期": "登记印发，或在答复里填写",
    "签发人": "登记签发，或在答复里填写",
    "成文日期": "登记签发，或在答复里填写",
}


def missing_values(proposal: Proposal, composed: Composed) -> list[Problem]:
    """Find the values that the letter still prints as 【缺：…】: expected before 签发, errors after it."""
    signed = any(event.step in _SIGNED for event in proposal.rounds[-1])
    severity = Severity.ERROR if signed else Severity.NOTICE
    message = "已签发，答复件上却没有这一项" if signed else "答复件上还没有这一项"
    return [
        Problem("L101", message, _MISSING_CURE.get(field, "在记录里填写"), field=_path(field), severity=severity)
        for field in composed.missing
    ]


def _path(field: str) -> str:
    return f"答复.{field}"
