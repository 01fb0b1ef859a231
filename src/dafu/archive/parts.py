"""What belongs into the archive of a case, by its role and by what happened, and how its files are told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.terms import Role, Step, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Proposal


class Part(Term):
    """What a file of the archive is."""

    LETTER = "正本", "签署盖章后的答复件（扫描件）"
    ASSIGNMENT = "交办单", "交办机关的交办通知"
    PROPOSAL = "提案原件", "提案、建议的原文"
    TALKS = "沟通记录", "同提案人面商、走访、通话的记录"
    OPINION = "会办意见", "会办单位送来的意见"
    DRAFT_SHEET = "发文稿纸", "拟稿、核稿、签发的稿纸"
    FEEDBACK = "征询意见表", "提案人填写的意见表"
    OTHER = "其他", "其他有保存价值的文件"


_WORDS = (
    (Part.OPINION, re.compile("会办意见|协办意见")),
    (Part.FEEDBACK, re.compile("意见表|意见反馈|反馈表|征询意见|征求意见")),
    (Part.DRAFT_SHEET, re.compile("稿纸|签发单|发文处理")),
    (Part.TALKS, re.compile("沟通|面商|走访|座谈|通话")),
    (Part.ASSIGNMENT, re.compile("交办")),
    (Part.PROPOSAL, re.compile("原件|原文")),
    (Part.LETTER, re.compile("正本|答复|复函|复文")),
)
_NO_ANSWER = (Role.READ,)
_NO_PROPOSERS = (Role.ASSIST, Role.READ)


def recognised(name: str, role: Role) -> Part | None:
    """Return what the file *name* says that it is, or None; where we assist, the 会办意见 is our own letter."""
    part = next((part for part, words in _WORDS if words.search(name)), None)
    return Part.LETTER if part is Part.OPINION and role is Role.ASSIST else part


def lacking(proposal: Proposal, parts: Iterable[Part]) -> list[str]:
    """Return what the archive of *proposal* still lacks beside *parts* (one for each file), in words."""
    present = list(parts)
    missing = [str(part) for part in _due(proposal) if part not in present]
    issued = sum(any(event.step is Step.ISSUE for event in events) for events in proposal.rounds)
    if 0 < present.count(Part.LETTER) < issued:
        missing.append(f"{Part.LETTER}（共{issued}份，再次答复也要）")
    return missing


def _due(proposal: Proposal) -> Iterator[Part]:
    happened = {event.step for event in proposal.events}
    opinions = [event for event in proposal.events if event.step is Step.OPINION and not event.waived]
    if proposal.role not in _NO_ANSWER:
        yield Part.LETTER
    yield Part.ASSIGNMENT
    yield Part.PROPOSAL
    if proposal.role not in _NO_PROPOSERS and Step.TALK in happened:
        yield Part.TALKS
    if proposal.role is Role.LEAD and opinions:
        yield Part.OPINION
    if proposal.role not in _NO_ANSWER:
        yield Part.DRAFT_SHEET
    if proposal.role not in _NO_PROPOSERS and Step.FEEDBACK in happened:
        yield Part.FEEDBACK
