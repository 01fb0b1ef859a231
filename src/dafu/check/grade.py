"""办理结果 against what the letter says; the meaning of each grade is the office's own."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, Matter
from dafu.check.rules import NOTICE, WARNING, Found, Rule
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sense(Enum):
    """What a grade means, read from the words of the office."""

    SOLVED = "已经解决"
    SOLVING = "正在解决"
    LATER = "以后解决"
    NOTED = "留作参考"


_SENSES = (  # in this order: “条件限制…待以后解决” is no solution though it says so
    (Sense.LATER, re.compile("条件|限制|以后|暂|制约|不可行")),
    (Sense.NOTED, re.compile("参考")),
    (Sense.SOLVING, re.compile("正在|计划|规划|逐步|部分|启动")),
    (Sense.SOLVED, re.compile("解决|采纳|落实|实施")),
)
_REFUSAL = re.compile(
    "(?:无法|难以)(?!满足|为继|适应)|暂不(?![收征缴罚]|处罚)|暂时不|不具备|尚不|不可行|不宜|不予采纳|没有(?:政策|法律|法规|文件)?依据|无(?:政策|法律|法规)依据"
    "|条件(?:还|尚)?不(?:够)?成熟|(?<!不)受[^，。]{0,12}限制"
)
# a difficulty that is told of the past, or of others, or that is over
_PAST = re.compile(
    "原来|原先|过去|以前|此前|以往|曾|长期以来|一度|反映|提出|指出|提到|针对|解决了|已(?:经)?解决|破解|避免|防止|杜绝"
    "|改变|扭转|不再|如果|如有|对于?(?:确实?|因)|凡|的[，、]|严禁|禁止|关停|清退|取缔"
    "|对[^，。；]{0,12}(?:无法|难以|不具备|尚不|不宜)[^，。；]{1,14}的"
)
_PLAN = re.compile("列入[^，。]{0,12}(?:计划|规划)|(?:计划|拟)于|正在(?:研究|制定|起草|解决|协调)|逐步解决")
_REASON = re.compile("因|由于|受[^，。]{0,16}(?:限制|制约|影响)|条件|尚|暂|无法|难以|不足|有限|依据|目前|权限|不属于")
_PROGRESS = re.compile("将|正在|计划|拟|下一步|继续|推进|逐步|力争|争取|预计|年底前|月底前|着手|启动|抓紧")
_ALL_DONE = re.compile(
    "(?:均|都|全部)已(?:经)?(?:得到)?(?:解决|落实|办结|完成)|已(?:经)?全部(?:解决|落实|办结|完成)"
    "|问题(?:已经?|得到)(?:圆满|全部|彻底)?解决"
)
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")


def sense_of(definition: str) -> Sense | None:
    """Return what a grade means by its *definition*, or None when its words say nothing."""
    return next((sense for sense, pattern in _SENSES if pattern.search(definition)), None)


def _sense(matter: Matter) -> Sense | None:
    grade = matter.reply.grade
    return sense_of(matter.office.grades.get(grade, "")) if grade and matter.has_body else None


@RECORD.rule(
    Rule(
        "L241",
        WARNING,
        "已经解决的，正文却说办不到",
        "办理结果定为已经解决或者基本解决的，正文里不应当说“无法”“暂不”“尚不具备”。"
        "说过去、说对方反映的困难、说已经克服的不算。只写了“列入计划”“正在研究”的是提示。",
        "各地办理结果分类的定义（dafu.yaml 的“办理结果”）",
        "A类，正文写“目前尚不具备建设条件” → 改为C类，或说明怎样解决的",
    )
)
def solved_but_refused(matter: Matter) -> Iterator[Found]:
    """Find sentences in a letter of a solved case that say it cannot be done, or only that it is planned."""
    if _sense(matter) is not Sense.SOLVED:
        return
    for pattern, weight in ((_REFUSAL, WARNING), (_PLAN, NOTICE)):
        hits = (pattern.search(_QUOTED.sub("", one)) for one in matter.sentences if not _PAST.search(one))
        if hit := next(filter(None, hits), None):
            message = f"办理结果是{matter.reply.grade}类，正文里却说“{hit[0]}”"
            yield Found(message, "核对办理结果，或把办到了什么写清楚", matter.body_field, hit[0], weight)


@RECORD.rule(
    Rule(
        "L242",
        WARNING,
        "以后解决的，没有说明原因",
        "办理结果定为因条件限制等待以后解决的，正文要说明是什么条件、为什么。",
        "各地办理规定：不能解决的说明原因",
        "C类，正文只写“我局将认真研究” → 写明受什么条件限制、何时再研究",
    )
)
def later_without_reason(matter: Matter) -> Iterator[Found]:
    """Find a letter that puts off without saying why."""
    if _sense(matter) is Sense.LATER and not any(_REASON.search(one) for one in _own_words(matter)):
        message = f"办理结果是{matter.reply.grade}类，正文没有说明原因"
        yield Found(message, "写明受什么条件限制，什么时候再办", matter.body_field)


@RECORD.rule(
    Rule(
        "L243",
        WARNING,
        "没有解决的，正文却说全部解决",
        "办理结果不是已经解决的，正文里不应当说“已全部解决”。",
        "各地办理结果分类的定义（dafu.yaml 的“办理结果”）",
        "C类，正文写“上述问题均已解决” → 改为A类，或改写正文",
    )
)
def unsolved_but_done(matter: Matter) -> Iterator[Found]:
    """Find a letter of an unsolved case that says all is done."""
    if _sense(matter) not in (Sense.SOLVING, Sense.LATER, Sense.NOTED):
        return
    hits = (_ALL_DONE.search(_QUOTED.sub("", one)) for one in matter.sentences)
    if hit := next(filter(None, hits), None):
        message = f"办理结果是{matter.reply.grade}类，正文里却说“{hit[0]}”"
        weight = NOTICE if _sense(matter) is Sense.SOLVING else WARNING
        yield Found(message, "核对办理结果，或改写正文", matter.body_field, hit[0], weight)


@RECORD.rule(
    Rule(
        "L244",
        WARNING,
        "正在解决的，没有写下一步",
        "办理结果定为正在解决或者列入计划的，正文要写明下一步做什么、什么时候完成。",
        "各地办理规定：列入计划的明确时限",
        "B类，正文只介绍已有的工作 → 写明“9月底前建成”",
    )
)
def solving_without_plan(matter: Matter) -> Iterator[Found]:
    """Find a letter of a running case that promises nothing."""
    if _sense(matter) is Sense.SOLVING and not any(_PROGRESS.search(one) for one in _own_words(matter)):
        message = f"办理结果是{matter.reply.grade}类，正文没有写下一步怎样办"
        yield Found(message, "写明下一步的措施和时限", matter.body_field)


@RECORD.rule(
    Rule(
        "L245",
        WARNING,
        "办结以后没有跟踪",
        "正在解决、以后解决的件，办结以后要登记跟踪；跟踪写明下次日期（没有写的是提示）。",
        "各地办理规定：承诺事项跟踪落实，解决后再次答复",
        "B类，办结以后没有别的环节 → 登记 跟踪 下次日期=2025-12-15",
    )
)
def promise_followed(matter: Matter) -> Iterator[Found]:
    """Find a promise that nobody follows after 办结."""
    grade = matter.reply.grade
    sense = sense_of(matter.office.grades.get(grade or "", ""))
    if not matter.answers or sense not in (Sense.SOLVING, Sense.LATER):
        return
    events = list(matter.events_of(matter.turn))
    closed = next((n for n, event in events if event.step is Step.CLOSE), None)
    following = [(n, event) for n, event in events if event.step is Step.FOLLOW]
    if closed and not following:
        yield Found(f"{grade}类，办结以后没有登记跟踪", "登记“跟踪”，写下次日期", f"办理过程.{closed}")
    for n, event in following:
        if event.next_day is None:
            yield Found("跟踪没有写下次日期", "补上“下次日期: …”", f"办理过程.{n}", severity=NOTICE)


def _own_words(matter: Matter) -> tuple[str, ...]:
    """Return the sentences without the opening and the closing, which the template says in every letter."""
    own = matter.reply.body or ""
    return tuple(one for one in matter.sentences if one.strip() and one[:12] in own.replace("**", ""))
