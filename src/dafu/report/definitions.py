"""Every figure once: its name, what is counted over what, and the steps that it is taken from.

The words of the figures are those of the year reports and notices of the desk (办复率, 按时率, 见面率, 满意率 …).
Places count some of them otherwise; so each report prints these definitions under its figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.terms import Clock, Openness, Rating, Role, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafu.report.standing import Standing

    _Test = Callable[[Standing], bool]
    _Counted = Callable[[Standing], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many records are so."""

    name: str
    meaning: str
    source: str
    holds: _Test


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many: what `part` and `whole` say in words, `of` counts in one record."""

    name: str
    part: str
    whole: str
    source: str
    of: _Counted


def _share(part: _Test, whole: _Test) -> _Counted:
    def of(one: Standing) -> tuple[int, int]:
        counts = whole(one)
        return int(counts and part(one)), int(counts)

    return of


def _in_time(clock: Clock, *, original: bool = False) -> _Counted:
    """Return the count of clocks met in time; one that is open counts only when its day has passed."""

    def of(one: Standing) -> tuple[int, int]:
        running = None if one.is_over else one.clock(clock)
        if running is None:
            return 0, 0
        late = running.is_late_to_original(one.day) if original else running.is_late(one.day)
        return int(running.is_met and not late), int(running.is_met or (running.is_open and late))

    return of


def _took(step: Step) -> _Test:
    return lambda one: step in one.steps


def _content(one: Standing) -> tuple[int, int]:
    ratings = list(one.ratings)
    return sum(rating is not Rating.DISCONTENT for rating in ratings), len(ratings)


def _is_public(one: Standing) -> bool:
    return one.is_answered and one.facts.openness is Openness.PUBLIC


def _is_delivered(one: Standing) -> bool:
    return one.is_answered and Step.DELIVER in one.steps


def _overdue(one: Standing) -> bool:
    return any(running.is_open for running in one.late)


COUNTS = (
    Count("收到", "已有办理环节的件", "办理过程", lambda _: True),
    Count("重点", "收到的件中的重点件", "重点", lambda one: one.facts.is_key),
    Count("应答复", "独办、主办、分办的件，不含已退办、已撤案", "角色", lambda one: one.answers),
    Count("已办复", "应答复的件中，答复已印发的", "印发", lambda one: one.is_answered),
    Count("应会办", "会办的件，不含已退办、已撤案", "角色", lambda one: one.assists),
    Count(
        "会办已送", "应会办的件中，意见已送达主办单位的", "送达", lambda one: one.assists and Step.DELIVER in one.steps
    ),
    Count("参阅", "只供参考、不答复的件", "角色", lambda one: one.facts.role is Role.READ and not one.is_over),
    Count("逾期未办", "答复、会办意见或重办过了期限还没有办的件", "三种时钟", _overdue),
    Count("申请退办", "申请过退办的件", "退办", _took(Step.RETURN)),
    Count("已退办", "退办获准的件", "退办结果", lambda one: one.facts.is_handed_back),
    Count("已撤案", "提案人撤回的件", "撤案", _took(Step.WITHDRAW)),
    Count("延期", "获准延期的件", "延期", _took(Step.EXTEND)),
    Count("并案", "并入另一件办理的件", "并案", lambda one: one.facts.is_merged),
    Count("重办", "重新办理过的件", "重办", _took(Step.REDO)),
)
_ANSWERS, _ANSWERED = "应答复的件", "已办复的件"
_DUE = "已经办的，加上过了期限还没有办的"
RATES = (
    Rate("办复率", "已办复的件", _ANSWERS, "印发", _share(lambda one: one.is_answered, lambda one: one.answers)),
    Rate("按时率", "在期限（延期的按新期限）以内印发的答复", _DUE, "答复时钟", _in_time(Clock.REPLY)),
    Rate("原期限按时率", "在延期以前的期限以内印发的答复", _DUE, "答复时钟", _in_time(Clock.REPLY, original=True)),
    Rate("沟通率", "同提案人沟通过的件，方式不限", _ANSWERS, "沟通", _share(_took(Step.TALK), lambda one: one.answers)),
    Rate(
        "见面率",
        "当面沟通过（面商、走访、座谈、上门等，不含电话、书面）的件，即面商率",
        _ANSWERS,
        "沟通的方式",
        _share(lambda one: one.facts.has_met, lambda one: one.answers),
    ),
    Rate("反馈率", "收到征询意见表的件", "答复已送达的件", "送达、反馈", _share(_took(Step.FEEDBACK), _is_delivered)),
    Rate("满意率", "满意的份数加基本满意的份数", "收到的征询意见表份数，每个对象取最后一份", "反馈的整体", _content),
    Rate("公开率", "已经上网公开的件", "定为主动公开、已办复的件", "公开", _share(_took(Step.PUBLISH), _is_public)),
    Rate("公开及时率", "在期限以内上网公开的件", _DUE, "公开时钟", _in_time(Clock.PUBLISHING)),
    Rate(
        "会办办复率",
        "意见已送达主办单位的件",
        "应会办的件",
        "送达",
        _share(_took(Step.DELIVER), lambda one: one.assists),
    ),
    Rate("会办按时率", "在期限以内送达的会办意见", _DUE, "会办意见时钟", _in_time(Clock.OPINION)),
    Rate("重办率", "重新办理过的件", _ANSWERED, "重办", _share(_took(Step.REDO), lambda one: one.is_answered)),
    Rate("重办按时率", "在期限以内重新印发的答复、会办意见", _DUE, "重办时钟", _in_time(Clock.REDO)),
    Rate(
        "跟踪率",
        "登记过跟踪或已经转A的件",
        "答复曾定为B、C的件",
        "跟踪、办理结果",
        _share(lambda one: Step.FOLLOW in one.steps or one.is_solved, lambda one: one.has_promised),
    ),
    Rate(
        "转A率",
        "再次答复定为A的件",
        "答复曾定为B、C的件",
        "印发、办理结果",
        _share(lambda one: one.is_solved, lambda one: one.has_promised),
    ),
)
GENERAL = (
    "各项都按办理过程里的环节和日期计算，截止日以后的环节不计，登记时间不计；没有办理过程的记录不计。",
    "年度是第一个环节的年份；按月的数字照第一次印发的月份。已退办、已撤案的件只计收到和退办、撤案件数。",
    "办理结果只计独办、主办、分办的件，取最近一次印发的答复，占已办复的件；没有定等次的列为未定。会办、参阅不定等次。",
    "并入另一件的，印发以前照主件的环节，答复没有另写的照主件；送达、反馈照自己的。",
    "分母为0的写作“—”；百分比四舍五入，留一位小数。",
)
