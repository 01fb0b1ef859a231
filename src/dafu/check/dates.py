"""The history: events in order, none after today, none before what must precede it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dafu import deadlines
from dafu.check.matter import RECORD, Matter
from dafu.check.rules import ERROR, NOTICE, WARNING, Found, Rule
from dafu.model import reply_path
from dafu.terms import Openness, Rating, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

# what cannot come on an earlier day than the other, where both stand in one round
_ORDER = (
    (Step.ASSIGN, Step.RECEIVE),
    (Step.ASSIGN, Step.DISPATCH),
    (Step.ASSIGN, Step.TALK),
    (Step.RETURN, Step.RETURN_RESULT),
    (Step.DRAFT, Step.REVIEW),
    (Step.DRAFT, Step.SIGN),
    (Step.SIGN, Step.ISSUE),
    (Step.ISSUE, Step.DELIVER),
    (Step.DELIVER, Step.FEEDBACK),
    (Step.SIGN, Step.PUBLISH),
    (Step.DELIVER, Step.CLOSE),
    (Step.CLOSE, Step.ARCHIVE),
)


@RECORD.rule(
    Rule(
        "L251",
        ERROR,
        "办理过程按日期排列",
        "办理过程从早到晚排列，阶段按这个顺序算。",
        "记录格式",
        "2025-05-20 送达 后面是 2025-05-02 反馈 → 核对日期，或调整先后",
    )
)
def in_order_of_days(matter: Matter) -> Iterator[Found]:
    """Find an event that stands behind a later one."""
    for n, (before, event) in enumerate(pairwise(matter.proposal.events), 2):
        if event.day < before.day:
            message = f"{event.step}（{event.day}）排在{before.step}（{before.day}）后面"
            yield Found(message, "核对日期；日期没有错的，调整先后", f"办理过程.{n}.日期")


@RECORD.rule(
    Rule(
        "L252",
        WARNING,
        "今天以后的日期",
        "办理过程登记的是已经发生的事，日期不会在今天以后。",
        "记录格式",
        "今天是 2025-06-20，登记了 2026-05-12 沟通 → 2025-05-12",
    )
)
def not_after_today(matter: Matter) -> Iterator[Found]:
    """Find an event after today."""
    for n, event in enumerate(matter.proposal.events, 1):
        if event.day > matter.today:
            yield Found(f"{event.step}的日期 {event.day} 在今天以后", "核对年份和月份", f"办理过程.{n}.日期")


@RECORD.rule(
    Rule(
        "L253",
        ERROR,
        "先后颠倒",
        "签收不早于交办，审核不早于拟稿，印发不早于签发，送达不早于印发，反馈不早于送达，归档不早于办结。",
        "各地办理规定的办理程序",
        "2025-05-22 印发，2025-05-20 送达 → 核对日期",
    )
)
def possible_order(matter: Matter) -> Iterator[Found]:
    """Find a step on an earlier day than what must precede it."""
    for turn in range(len(matter.proposal.rounds)):
        events = list(matter.events_of(turn))
        for first, then in _ORDER:
            starts = [event.day for _, event in events if event.step is first]
            n, early = next(((n, one) for n, one in events if one.step is then), (0, None))
            if early and starts and early.day < min(starts):
                message = f"{then}（{early.day}）早于{first}（{min(starts)}）"
                yield Found(message, "核对两处的日期", f"办理过程.{n}.日期")


@RECORD.rule(
    Rule(
        "L254",
        WARNING,
        "同一轮重复签发、印发",
        "一轮只签发一次、印发一次；退回重拟以后可以再签发。重复的以最后一次为准，多半是记重了。",
        "记录格式",
        "5月22日、5月23日各登记了一次印发 → 删去一次",
    )
)
def signed_once(matter: Matter) -> Iterator[Found]:
    """Find a second 签发 or 印发 in a round."""
    for turn in range(len(matter.proposal.rounds)):
        seen = set[Step]()
        for n, event in matter.events_of(turn):
            if event.step is Step.SEND_BACK:
                seen.clear()
            if event.step in seen:
                yield Found(f"这一轮登记了两次{event.step}", "删去一次；退回重拟的先登记退回", f"办理过程.{n}")
            seen |= {event.step} & {Step.SIGN, Step.ISSUE}


@RECORD.rule(
    Rule(
        "L255",
        ERROR,
        "印发日期早于成文日期",
        "先签发（成文日期），后印发；印发日期不早于成文日期。",
        "GB/T 9704-2012 7.3.5.4、7.4.3",
        "成文日期 2025-08-26，印发日期 2025-08-25 → 核对",
    )
)
def issued_after_signing(matter: Matter) -> Iterator[Found]:
    """Find 印发日期 before 成文日期."""
    for turn, reply in enumerate(matter.replies):
        if reply.signed_on and reply.issued_on and reply.issued_on < reply.signed_on:
            message = f"印发日期 {reply.issued_on} 早于成文日期 {reply.signed_on}"
            yield Found(message, "核对两个日期", matter.field_of("印发日期", turn))


@RECORD.rule(
    Rule(
        "L256",
        ERROR,
        "延期的日子",
        "延到的日子在批准那一天以后；再次延期的，比上一次晚。",
        "各地办理规定：延期须在期限以前申请并获准",
        "2025-06-10 延期，至 2025-06-01 → 核对",
    )
)
def extension_goes_on(matter: Matter) -> Iterator[Found]:
    """Find an extension that extends nothing."""
    last = None
    for n, event in enumerate(matter.proposal.events, 1):
        if event.step is not Step.EXTEND or event.until is None:
            continue
        if event.until <= event.day or (last and event.until <= last):
            other = event.day if event.until <= event.day else last
            yield Found(f"延到 {event.until}，并不晚于 {other}", "核对“至”的日期", f"办理过程.{n}.至")
        last = event.until


@RECORD.rule(
    Rule(
        "L257",
        ERROR,
        "不主动公开的件登记了公开",
        "只有主动公开的答复才在网上公开；依申请公开、不予公开的登记了“公开”，要么是属性错了，要么是误公开。",
        "国办发〔2014〕46号：办理复文与公开同步审查",
        "公开: 不予公开，办理过程里有公开 → 立即核对网上是否已经公布",
    )
)
def published_though_closed(matter: Matter) -> Iterator[Found]:
    """Find 公开 entered for a reply that is not to be published."""
    for turn, reply in enumerate(matter.replies):
        closed = reply.openness not in (None, Openness.PUBLIC)
        for n, event in matter.events_of(turn):
            if closed and event.step is Step.PUBLISH:
                yield Found(f"公开属性是{reply.openness}，却登记了公开", "核对网上有没有公布，再改正", f"办理过程.{n}")


@RECORD.rule(
    Rule(
        "L258",
        WARNING,
        "公开属性和理由",
        "签发以前定公开属性；主动公开的不写公开理由（写了是提示）。",
        "国办发〔2014〕46号：办理复文与公开同步审查",
        "已签发，答复里没有“公开” → 补上 公开: 主动公开",
    )
)
def openness_decided(matter: Matter) -> Iterator[Found]:
    """Find a signed reply whose openness nobody decided, or a reason that explains nothing."""
    path = reply_path(matter.turn)
    if matter.is_signed and matter.composed and not matter.reply.openness:
        yield Found("已签发，还没有定公开属性", "写主动公开、依申请公开或者不予公开", f"{path}.公开")
    if matter.reply.openness is Openness.PUBLIC and matter.reply.openness_reason:
        yield Found("主动公开不用写理由", "删去，或核对公开属性", f"{path}.公开理由", severity=NOTICE)


@RECORD.rule(
    Rule(
        "L259",
        NOTICE,
        "不满意，还没有重办",
        "有不满意的反馈，要重新办理，再次答复。",
        "各地办理规定：不满意的重新办理",
        "反馈整体不满意，后面没有重办 → 登记 重办",
    )
)
def redone_when_unhappy(matter: Matter) -> Iterator[Found]:
    """Find a 不满意 that nothing follows."""
    for n, event in matter.events_of(matter.turn):
        if event.step is Step.FEEDBACK and Rating.DISCONTENT in (event.overall, event.result):
            yield Found(f"{event.to}不满意，还没有重办", "登记重办，限期再次答复", f"办理过程.{n}")


@RECORD.rule(
    Rule(
        "L260",
        WARNING,
        "延期超过最迟的一天",
        "延期不超过“最迟”：答复一般三个月，延期以后最长六个月。",
        "dafu.yaml 的期限；各地办理规定",
        "2025-03-05 交办，延到 2025-12-20 → 最迟 2025-09-05",
    )
)
def extended_too_long(matter: Matter) -> Iterator[Found]:
    """Find a 延期 beyond the day that the office's rule lets none pass; one of the lead is told there."""
    running = deadlines.clocks(matter.proposal, matter.office, matter.calendar, matter.today, matter.lead)
    caps = [(event, one.cap) for one in running if one.cap for event in one.extensions]
    for n, event in enumerate(matter.proposal.events, 1):
        cap = next((cap for extension, cap in caps if extension is event), None)
        if cap and event.until and event.until > cap:
            yield Found(
                f"延到{event.until}，超过了最迟的{cap}", "核对日期；确实批准的，在说明里写明", f"办理过程.{n}.至"
            )
