"""Who is named in the history: proposers, 会办单位, and whom each step reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu import workflow
from dafu.check.matter import RECORD, Matter
from dafu.check.rules import NOTICE, WARNING, Found, Rule
from dafu.model import nearest_of
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.errors import Severity
    from dafu.model import Event

_BETWEEN = re.compile("[、，,；;]|\\s+")
_TITLE = "(?:委员|代表|同志|先生|女士|老师|教授)"
_TITLES = re.compile(f"(?:等[0-9一二三四五六七八九十两]*[位名]?)?{_TITLE}?(?:等)?$")
_TO_PROPOSERS = (Step.TALK, Step.CONSULT, Step.DELIVER, Step.FEEDBACK)
_ENDED = (Step.CLOSE, Step.ARCHIVE)


@RECORD.rule(
    Rule(
        "L261",
        WARNING,
        "对象是不是提案人",
        "沟通、征求意见、送达、反馈的“对象”是提案人（团体也可以写联系人，会办件是主办单位），几位之间用顿号；"
        "写法要同提案人一致，否则算不出谁还没有送达。",
        "记录格式",
        "提案人是“沈亦安”，对象写成“沈奕安” → 沈亦安",
    )
)
def known_persons(matter: Matter) -> Iterator[Found]:
    """Find a name in 对象 that is nobody's on the record."""
    known = _known(matter)
    for n, event in enumerate(matter.proposal.events, 1):
        if event.step not in _TO_PROPOSERS:
            continue
        for name in _strangers(event.to or "", known):
            near = nearest_of(name, known)
            cure = f"是不是“{near}”？" if near else f"这一件的提案人：{'、'.join(known)}"
            yield Found(f"“{name}”不是提案人", cure, f"办理过程.{n}.对象")


def _known(matter: Matter) -> list[str]:
    """Return every name that may be reached: those of the record, of its lead and of those that it leads."""
    names: list[str] = []
    for proposal in filter(None, (matter.proposal, matter.lead, *matter.merged)):
        for one in proposal.proposers:
            names += filter(None, (one.name, one.contact))
    names += [matter.proposal.lead_unit] if matter.proposal.lead_unit else []
    return list(dict.fromkeys(names))


def _strangers(text: str, known: list[str]) -> list[str]:
    """Return the names of *text* that are not *known*; 林晓委员, 甲和乙, 甲等3位委员 are, 林晓明 is not."""
    pieces = [_TITLES.sub("", piece) for piece in _BETWEEN.split(text)]
    return [piece for piece in pieces if _without(piece, known)]


def _without(piece: str, known: list[str]) -> str:
    """Return what is left of *piece* without the known names and what joins them."""
    for name in sorted(known, key=len, reverse=True):
        piece = piece.replace(name, "、")
    return re.sub(_TITLE, "", _TITLES.sub("", piece)).strip("、和及与等")


@RECORD.rule(
    Rule(
        "L262",
        WARNING,
        "单位是不是会办单位",
        "征求会办、会办意见的“单位”同“会办单位”里写的一致，否则那个单位的意见总算没有到。",
        "记录格式",
        "会办单位是“市农业农村局”，登记成“市农业局” → 市农业农村局",
    )
)
def known_units(matter: Matter) -> Iterator[Found]:
    """Find a unit of 征求会办 or 会办意见 that does not assist."""
    units = matter.proposal.assisting_units
    for n, event in enumerate(matter.proposal.events, 1):
        if event.step in (Step.ASK_OPINION, Step.OPINION) and event.unit not in units:
            near = nearest_of(event.unit or "", units)
            cure = f"是不是“{near}”？" if near else "写进“会办单位”，或删去这一条"
            yield Found(f"“{event.unit}”不在会办单位里", cure, f"办理过程.{n}.单位")


@RECORD.rule(
    Rule(
        "L263",
        NOTICE,
        "每位提案人都要沟通",
        "签发以前，同每位提案人都沟通过，各有记录（提示）；办结以前，每位都送达（警告）。",
        "各地办理规定：联名的逐人沟通、逐人答复",
        "提案人两位，只登记了一位的沟通 → 补登另一位",
    )
)
def everybody_reached(matter: Matter) -> Iterator[Found]:
    """Find proposers without a talk before 签发, or without a letter before 办结."""
    if not matter.answers or matter.lead or len(matter.proposal.proposers) < 2:  # noqa: PLR2004 -- a joint paper
        return
    everything, present = matter.proposal.events, matter.proposal.rounds[-1]
    talked = any(event.step is Step.TALK for event in everything)
    if matter.is_signed and talked:
        yield from _missing(matter, Step.TALK, everything, NOTICE)
    if any(event.step in _ENDED for event in present) and any(event.step is Step.DELIVER for event in present):
        yield from _missing(matter, Step.DELIVER, present, WARNING)


def _missing(matter: Matter, step: Step, events: tuple[Event, ...], weight: Severity) -> Iterator[Found]:
    if names := "、".join(one.name for one in workflow.unreached(matter.proposal, events, step)):
        yield Found(f"没有{step}记录：{names}", f"补登{step}", "提案人", severity=weight)


@RECORD.rule(
    Rule(
        "L264",
        NOTICE,
        "签发的层级",
        "重点提案、党派团体提案和上级交办的件，一般由主要负责人签发，不由分管领导签发；各地不同，只作提示。",
        "各地办理规定：重点件由主要负责人审定",
        "重点: 是，分管领导和签发人都是贺明远 → 核对是不是该由局长签发",
    )
)
def signing_level(matter: Matter) -> Iterator[Found]:
    """Find a weighty paper that the deputy in charge has signed."""
    proposal, signer = matter.proposal, matter.reply.signer
    deputies = {proposal.leader, *(event.leader for event in proposal.events)} - {None}
    higher = proposal.level not in (None, matter.office.level)
    weighty = proposal.is_key or higher or any(one.body for one in proposal.proposers)
    if matter.answers and weighty and signer in deputies:
        what = "重点件" if proposal.is_key else "上级交办的件" if higher else "团体提案"
        message = f"{what}由分管领导{signer}签发"
        yield Found(message, "核对是不是要由主要负责人签发", matter.field_of("签发人", matter.turn))


@RECORD.rule(
    Rule(
        "L265",
        NOTICE,
        "会办意见逾期",
        "会办单位的意见在征求会办写的期限以前送到。",
        "各地办理规定：会办意见的时限",
        "期限 2025-04-14，2025-04-20 才收到 → 在台账里注明，或催办",
    )
)
def opinion_in_time(matter: Matter) -> Iterator[Found]:
    """Find an opinion that came after the day that was asked for."""
    asked = {event.unit: event.due for event in matter.proposal.events if event.step is Step.ASK_OPINION}
    for n, event in enumerate(matter.proposal.events, 1):
        due = asked.get(event.unit) if event.step is Step.OPINION and not event.waived else None
        if due and event.day > due:
            yield Found(f"{event.unit}的意见 {event.day} 才到，期限是 {due}", "核对日期", f"办理过程.{n}.日期")
