"""What a template can name: every key of the contract, and what follows from the record and the occasion.

- 称呼, 代词, 身份, 集体, 引述: how the proposers are addressed and their paper is cited.
- 交办, 退办, 分办, 重办, 延期: the last event of that step in 办理过程 with its keys; 重办 of this round only.
- 首次: the first reply, for a later one that refers to it.
- 今日: the day on which the paper is written. 时限: 期限 and 原期限 of the main clock.
- 会办: 单位, 日期, 期限 of the request to the unit that this copy goes to. 对方: the proposer that this copy is for.
- 复文: 标题, 主送 of the reply that this sheet goes with.
- 统计: the figures of a report; missing in the papers of a single record, as those are in a report.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dafu.compose.sandbox import Items, Missing, Text, Values, YesNo
from dafu.model import Office, Proposal, Proposer, Reply, effective_reply
from dafu.model.event import KEYS_OF_STEP
from dafu.model.keys import keys_of
from dafu.model.office import Archiving, Checking, Contact, Unit, Warnings
from dafu.terms import PageForm, Step, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dafu.letter import Letter
    from dafu.model import Event

_NAMED_AT_MOST = 4  # of five and more only the first is named
_COMMITTEE_ENDS = ("委", "委会", "委员会")

_GROUPS = {
    "单位": Unit,
    "预警": Warnings,
    "联系": Contact,
    "归档": Archiving,
    "检查": Checking,
    "答复": Reply,
    "首次": Reply,
    "对方": Proposer,
}
_EVENTS = (Step.ASSIGN, Step.RETURN, Step.DISPATCH, Step.REDO, Step.EXTEND)
_COMPUTED = {
    **{str(step): tuple(KEYS_OF_STEP[step]) for step in _EVENTS},
    "时限": ("期限", "原期限"),
    "会办": ("单位", "日期", "期限"),
    "复文": ("标题", "主送"),
    "统计": (
        *("题名", "范围", "截至", "件数", "比率", "办理结果", "公开属性", "满意度"),
        *("按类别", "按层级", "按角色", "按科室", "按月份", "逾期", "承诺", "口径", "说明"),
    ),
}
WORDS = ("称呼", "代词", "身份", "集体", "引述", "今日")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a paper is written for beside its record; what is None prints as 【缺：…】.

    `due` and `original_due` are of the main clock, `unit` is the 会办单位 that a copy goes to, `proposer` the one that
    a form is for, `reply` the letter that a sheet goes with.
    """

    today: date | None = None
    due: date | None = None
    original_due: date | None = None
    unit: str | None = None
    unit_due: date | None = None
    proposer: Proposer | None = None
    reply: Letter | None = None


NO_OCCASION = Occasion()


def context_of(proposal: Proposal, office: Office, turn: int = 0, occasion: Occasion = NO_OCCASION) -> dict[str, Any]:
    """Return the names that a template may use, with their values; 答复 is the reply of round *turn*."""
    named = {word: _value(getattr(office, one.attribute), word) for word, one in keys_of(Office).items()}
    named |= {word: _value(getattr(proposal, one.attribute), word) for word, one in keys_of(Proposal).items()}
    return named | {
        "层级": str(proposal.level or office.level),
        "保管期限": str(proposal.retention or office.retention),
        "科室": _value(proposal.handling_section, "科室"),
        "经办人": _value(proposal.handling_clerk, "经办人"),
        "答复": _value(effective_reply(proposal, office, turn), "答复"),
        "称呼": address(proposal.proposers, proposal.kind.title_of_person),
        "代词": pronoun(proposal.proposers),
        "身份": proposal.kind.title_of_person,
        "集体": YesNo("是" if any(one.body for one in proposal.proposers) else "否"),
        "引述": citation(proposal),
        "首次": _value(effective_reply(proposal, office), "首次"),
        **_last_events(proposal, turn),
        **_of_occasion(proposal, occasion),
    }


def context_of_report(office: Office, today: date, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names that the template of a report may use: the office's own, 今日, and *figures* below 统计."""
    named: dict[str, Any] = {word: Missing(word) for word in known_names()}
    named |= {word: _value(getattr(office, one.attribute), word) for word, one in keys_of(Office).items()}
    return named | {"今日": _value(today, "日期"), "统计": _value(dict(figures), "统计")}


def with_form(named: dict[str, Any], office: Office, form: PageForm) -> dict[str, Any]:
    """Return *named* for a paper in *form*: the mark drops 文件 in the letter form (GB/T 9704-2012 10.1)."""
    mark = office.mark or f"{office.unit.full}文件"
    if form is PageForm.LETTER:
        mark = mark.removesuffix("文件")
    return named | {"版式": str(form), "发文机关标志": mark}


def known_names() -> dict[str, tuple[str, ...]]:
    """Return every name that a template may use, each with the keys of the group that it is (mostly none)."""
    plain = dict.fromkeys([*keys_of(Office), *keys_of(Proposal), *WORDS], ())
    return plain | {word: tuple(keys_of(model)) for word, model in _GROUPS.items()} | _COMPUTED


def address(proposers: Sequence[Proposer], title: str) -> str:
    """Return how the proposers are called: `甲、乙委员`, `甲等5位委员`, a body by its name."""
    persons = [one.name for one in proposers if not one.body]
    called = [one.name for one in proposers if one.body]
    if len(persons) > _NAMED_AT_MOST:
        called.append(f"{persons[0]}等{len(persons)}位{title}")
    elif persons:
        called.append("、".join(persons) + title)
    return "、".join(called)


def pronoun(proposers: Sequence[Proposer]) -> str:
    """Return 您 for one person, 你们 for several, 贵委 or 贵单位 for a body."""
    if len(proposers) > 1:
        return "你们"
    if not proposers[0].body:
        return "您"
    return "贵委" if proposers[0].name.endswith(_COMMITTEE_ENDS) else "贵单位"


def citation(proposal: Proposal) -> str:
    """Return how the reply cites the paper, `关于“案由”的提案`, without saying 关于 or 的提案 twice."""
    subject = proposal.subject
    head = "" if subject.startswith("关于") or _names_itself(subject) else "关于"
    tail = "" if _names_itself(subject) else f"的{proposal.kind}"
    return f"{head}“{subject}”{tail}"


def _last_events(proposal: Proposal, turn: int) -> dict[str, Values]:
    rounds = proposal.rounds
    of_round = rounds[turn] if turn < len(rounds) else ()
    return {
        str(step): _event(_last(of_round if step is Step.REDO else proposal.events, step), step) for step in _EVENTS
    }


def _last(events: Iterable[Event], step: Step, unit: str | None = None) -> Event | None:
    found = [event for event in events if event.step is step and unit in (None, event.unit)]
    return max(reversed(found), key=lambda event: event.day, default=None)


def _event(event: Event | None, step: Step) -> Values:
    """Return the keys of an event of *step*; all are missing where there is none."""
    keys = KEYS_OF_STEP[step]
    return Values({word: _value(getattr(event, one.attribute, None), word) for word, one in keys.items()})


def _of_occasion(proposal: Proposal, occasion: Occasion) -> dict[str, Any]:
    asked = _last(proposal.events, Step.ASK_OPINION, occasion.unit) if occasion.unit else None
    reply = occasion.reply
    groups = {
        "时限": (occasion.due, occasion.original_due),
        "会办": (occasion.unit, asked and asked.day, (asked and asked.due) or occasion.unit_due),
        "复文": (reply.title, reply.salutation.removeprefix("尊敬的").rstrip("：")) if reply else (None, None),
    }
    named = {
        word: Values({key: _value(value, key) for key, value in zip(_COMPUTED[word], values, strict=True)})
        for word, values in groups.items()
    }
    named["统计"] = Values({key: Missing(key) for key in _COMPUTED["统计"]})
    proposer = _fields(occasion.proposer or Proposer())
    return {**named, "今日": _value(occasion.today, "日期"), "对方": proposer}


def _names_itself(subject: str) -> bool:
    return subject.endswith(("的提案", "的建议"))


def _value(value: Any, word: str) -> Any:
    """Turn a value of the model into what a template sees: text, lists of text, keys with values, or missing."""
    match value:
        case bool():
            return YesNo("是" if value else "否")
        case int():
            return value
        case Term():
            return Text(value)
        case date():
            return Text(f"{value.year}年{value.month}月{value.day}日")
        case None | "" | ():
            return Missing(word)
        case tuple():
            return Items(_value(item, word) for item in value)
        case dict():
            return Values({str(key): _value(item, str(key)) for key, item in value.items()}) if value else Missing(word)
        case _ if dataclasses.is_dataclass(value):
            return _fields(value)
        case _:
            return Text(value)


def _fields(value: Any) -> Values | str:
    known = keys_of(type(value))
    if not known:
        return Text(value)
    entries = {word: _value(getattr(value, one.attribute), word) for word, one in known.items()}
    return Values(entries, str(getattr(value, "name", "")))
