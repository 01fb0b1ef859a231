"""Edge data for templates: invented records, each at a limit of what a paper may have to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dafu.compose.context import NO_OCCASION, Limits, Occasion
from dafu.letter import Letter
from dafu.model import Event, Proposal, Proposer, Reply
from dafu.terms import Kind, Openness, Role, Step

if TYPE_CHECKING:
    from dafu.model import Office

_DAY = date(2025, 8, 26)
_PERSONS = tuple(Proposer(person=name) for name in ("甲一", "乙二", "丙三", "丁四", "戊五"))
_BODY = Proposer(body="某某党派某市委员会")
_LONG = "中国人民政治协商会议第十四届某某市某某区委员会第三次会议"
_MARKUP = """\
一、黑体标题
二、黑体标题。后面接着正文。
（一）楷体标题
1. 三级标题
（1）四级标题
**加粗**的字，和全角“引号”、《书名》。
| 事项 | 进度 |
|---|---|
| 第一项 | **已办** |
\\一、不作标题的一行
【缺：数据】"""
_ASSISTING = ("某市财政局", "某市教育局")
_REPLY = Reply(
    number="某商〔2025〕1号",
    signer="甲某 乙某",
    openness=Openness.PUBLIC,
    signed_on=_DAY,
    issued_on=_DAY,
    thanks="某项工作",
    body=_MARKUP,
    attachments=("征询意见表", "清单"),
    contact_unit="某局办公室",
    contact_phone="60010023",
    contact_persons=("丙某", "丁某"),
    copies=("某委", "某办"),
)
_FULL = Proposal(
    number="000000",
    session="某市政协一届一次会议",
    subject="某项工作",
    topic="经济",
    proposers=_PERSONS[:1],
    asks=("第一件事", "第二件事"),
    role=Role.LEAD,
    assisting_units=_ASSISTING,
    is_key=True,
    leader="甲某",
    section="某科",
    clerk="丙某",
    due=_DAY,
    reply=_REPLY,
    events=(
        Event(day=_DAY, step=Step.ASSIGN, assigner="某办"),
        Event(day=_DAY, step=Step.DISPATCH, section="某科", clerk="丙某", leader="甲某", internal_due=_DAY),
        Event(day=_DAY, step=Step.RETURN, reason="不属于本单位职责", suggested_unit="某市某委"),
        Event(day=_DAY, step=Step.TALK, way="面商", to="甲一"),
        *(Event(day=_DAY, step=Step.ASK_OPINION, unit=unit, due=_DAY) for unit in _ASSISTING),
        Event(day=_DAY, step=Step.EXTEND, until=_DAY, reason="需要进一步调研", approved_by="某办"),
    ),
)
_BARE = Proposal(number="000000", session="某市政协一届一次会议", subject="某项工作", proposers=_PERSONS[:1])


class Trial(NamedTuple):
    """What `Composer.compose` takes beside the template."""

    proposal: Proposal
    turn: int
    occasion: Occasion


def trials(office: Office) -> dict[str, Trial]:
    """Return the trials by what is special about each; grades are those of *office*."""
    proposals = _proposals(office)
    return {name: Trial(one, len(one.rounds) - 1, _occasion(one)) for name, one in proposals.items()}


def _occasion(proposal: Proposal) -> Occasion:
    if proposal is _BARE:
        return NO_OCCASION
    return Occasion(
        today=_DAY,
        limits=lambda: Limits(_DAY, _DAY, _DAY),
        unit=next(iter(proposal.assisting_units), None),
        proposer=proposal.proposers[0],
        reply=Letter("对某件的答复", "某某委员：", ()),
    )


def _proposals(office: Office) -> dict[str, Proposal]:
    grade = next(iter(office.grades), None)
    full = replace(_FULL, reply=replace(_REPLY, grade=grade))
    opinion = replace(full, role=Role.ASSIST, lead_unit="某市某委", assisting_units=(), reply=_REPLY)
    again = Event(day=_DAY, step=Step.REDO, reason="提案人不满意")
    return {
        "一位提案人，各项齐全": full,
        "五位提案人": replace(full, proposers=_PERSONS),
        "党派团体": replace(full, proposers=(_BODY,)),
        "个人和团体联名": replace(full, proposers=(*_PERSONS[:2], _BODY)),
        "人大建议": replace(full, kind=Kind.SUGGESTION),
        "没有会办单位": replace(full, role=Role.SOLE, assisting_units=()),
        "分办": replace(full, role=Role.SHARE, assisting_units=()),
        "会办": opinion,
        "标题三行": replace(full, session=_LONG, subject=_LONG * 2),
        "第二轮": replace(full, later_replies=(full.replies[0],), events=(*full.events, again)),
        "只有必填项": _BARE,
    }
