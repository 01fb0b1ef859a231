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
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu.compose.sandbox import Items, Missing, Text, Values, YesNo
from dafu.model import Office, Proposal, Proposer, Reply
from dafu.model.effective import unwritten, written_reply
from dafu.model.event import KEYS_OF_STEP
from dafu.model.keys import keys_of
from dafu.model.office import Archiving, Checking, Contact, Unit, Warnings
from dafu.terms import PageForm, Step, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
_EVENTS = {str(step): step for step in (Step.ASSIGN, Step.RETURN, Step.DISPATCH, Step.REDO, Step.EXTEND)}
_COMPUTED = {
    **{word: tuple(KEYS_OF_STEP[step]) for word, step in _EVENTS.items()},
    "时限": ("期限", "原期限"),
    "会办": ("单位", "日期", "期限"),
    "复文": ("标题", "主送"),
    "统计": (
        *("题名", "范围", "截至", "件数", "比率", "办理结果", "公开属性", "满意度"),
        *("按类别", "按层级", "按角色", "按科室", "按月份", "逾期", "承诺", "口径", "说明"),
    ),
}
WORDS = ("称呼", "代词", "身份", "集体", "引述", "今日")


class Limits(NamedTuple):
    """The due days that a paper may name: those of the main clock, and that of the unit which it goes to."""

    due: date | None = None
    original_due: date | None = None
    unit_due: date | None = None


class Occasion(NamedTuple):
    """What a paper is written for beside its record; what is None prints as 【缺：…】.

    `limits` is asked by papers that name due days. `unit` is the 会办单位 that a copy goes to, `proposer` the one that
    a form is for, `reply` the letter that a sheet goes with.
    """

    today: date | None = None
    limits: Callable[[], Limits] = Limits
    unit: str | None = None
    proposer: Proposer | None = None
    reply: Letter | None = None


NO_OCCASION = Occasion()


class Lazy(Mapping[str, Any]):
    """The values of some words, each made when it is first asked for: a template asks for a few of very many."""

    __slots__ = ("_made", "_make", "_words")

    def __init__(self, words: Collection[str], make: Callable[[str], Any]) -> None:
        self._words, self._make = words, make
        self._made: dict[str, Any] = {}

    def __getitem__(self, word: str) -> Any:
        found = self._made.get(word)
        if found is None:
            if word not in self._words:
                raise KeyError(word)
            found = self._made[word] = self._make(word)
        return found

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class Context(NamedTuple):
    """What a template speaks of: a record and the reply of round `turn`, the office, the form of the page.

    `words` are those of the office, which many letters share.
    """

    proposal: Proposal
    office: Office
    words: Lazy
    form: PageForm
    turn: int = 0
    occasion: Occasion = NO_OCCASION

    def names(self) -> Lazy:
        """Return the names that a template may use, with their values."""
        return Lazy(known_names(), self._value)

    def _value(self, word: str) -> Any:
        if word in _EVENTS:
            return self._last_event(_EVENTS[word])
        if word in _MADE:
            return _value(_MADE[word](self), word)
        return _key(self.proposal, word) if word in keys_of(Proposal) else self.words[word]

    def _last_event(self, step: Step) -> Values:
        """Return the keys of the last event of *step*; all are missing where there is none."""
        rounds, events = self.proposal.rounds, self.proposal.events
        if step is Step.REDO:
            events = rounds[self.turn] if self.turn < len(rounds) else ()
        event, keys = _last(events, step), KEYS_OF_STEP[step]
        return Values(Lazy(keys, lambda word: _value(getattr(event, keys[word].attribute, None), word)))


class ReportContext(NamedTuple):
    """What the template of a report speaks of: the office, the form of the page, today, and figures below 统计."""

    office: Office
    words: Lazy
    form: PageForm
    today: date
    figures: Mapping[str, Any]

    def names(self) -> Lazy:
        """Return the names that the template may use; those of a single record are missing."""
        return Lazy(known_names(), self._value)

    def _value(self, word: str) -> Any:
        match word:
            case "版式":
                return _value(self.form, word)
            case "发文机关标志":
                return _value(_mark(self), word)
            case "今日":
                return _value(self.today, "日期")
            case "统计":
                return _value(dict(self.figures), word)
        return self.words[word] if word in keys_of(Office) else Missing(word)


def office_words(office: Office) -> Lazy:
    """Return what dafu.yaml says, as templates see it."""
    return Lazy(keys_of(Office), lambda word: _key(office, word))


def _key(thing: Office | Proposal, word: str) -> Any:
    return _value(getattr(thing, keys_of(type(thing))[word].attribute), word)


def _mark(context: Context | ReportContext) -> str:
    """Return 发文机关标志, which drops 文件 in the letter form (GB/T 9704-2012 10.1)."""
    mark = context.office.mark or f"{context.office.unit.full}文件"
    return mark.removesuffix("文件") if context.form is PageForm.LETTER else mark


def _standing(context: Context, turn: int) -> Values:
    """Return the keys of the `effective_reply` of round *turn*, each looked up when it is asked for."""
    written, keys = written_reply(context.proposal, turn), keys_of(Reply)
    known = unwritten(written, context.proposal, context.office, turn)

    def value(word: str) -> Any:
        name = keys[word].attribute
        return _value(known[name] if name in known else getattr(written, name), word)

    return Values(Lazy(keys, value))


def _limits(context: Context) -> Values:
    limits = context.occasion.limits()
    return _group("时限", limits.due, limits.original_due)


def _asked(context: Context) -> Values:
    unit = context.occasion.unit
    if not unit:
        return _group("会办", None, None, None)
    asked = _last(context.proposal.events, Step.ASK_OPINION, unit)
    return _group("会办", unit, asked and asked.day, (asked and asked.due) or context.occasion.limits().unit_due)


def _reply(context: Context) -> Values:
    reply = context.occasion.reply
    if not reply:
        return _group("复文", None, None)
    return _group("复文", reply.title, reply.salutation.removeprefix("尊敬的").rstrip("："))


def _group(word: str, *values: Any) -> Values:
    return Values({key: _value(value, key) for key, value in zip(_COMPUTED[word], values, strict=True)})


# what does not stand in a record or in dafu.yaml as it is
_MADE: dict[str, Callable[[Context], Any]] = {
    "版式": lambda c: c.form,
    "发文机关标志": _mark,
    "层级": lambda c: c.proposal.level or c.office.level,
    "保管期限": lambda c: c.proposal.retention or c.office.retention,
    "科室": lambda c: c.proposal.handling_section,
    "经办人": lambda c: c.proposal.handling_clerk,
    "答复": lambda c: _standing(c, c.turn),
    "首次": lambda c: _standing(c, 0),
    "称呼": lambda c: address(c.proposal.proposers, c.proposal.kind.title_of_person),
    "代词": lambda c: pronoun(c.proposal.proposers),
    "身份": lambda c: c.proposal.kind.title_of_person,
    "集体": lambda c: any(one.body for one in c.proposal.proposers),
    "引述": lambda c: citation(c.proposal),
    "今日": lambda c: c.occasion.today or Missing("日期"),
    "对方": lambda c: c.occasion.proposer or Proposer(),
    "时限": _limits,
    "会办": _asked,
    "复文": _reply,
    "统计": lambda _: _group("统计", *(None for _ in _COMPUTED["统计"])),
}


@cache
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


def _last(events: Iterable[Event], step: Step, unit: str | None = None) -> Event | None:
    found = [event for event in events if event.step is step and unit in (None, event.unit)]
    return max(reversed(found), key=lambda event: event.day, default=None)


def _names_itself(subject: str) -> bool:
    return subject.endswith(("的提案", "的建议"))


def _value(value: Any, word: str) -> Any:
    """Turn a value of the model into what a template sees: text, lists of text, keys with values, or missing."""
    match value:
        case str():  # nearly all are
            return Text(value) if value else Missing(word)
        case Term():
            return Text(value)
        case bool():
            return YesNo("是" if value else "否")
        case int() | Values() | Missing():
            return value
        case date():
            return Text(f"{value.year}年{value.month}月{value.day}日")
        case None | ():
            return Missing(word)
        case tuple():
            return Items(_value(item, word) for item in value)
        case dict():
            return Values({str(key): _value(item, str(key)) for key, item in value.items()}) if value else Missing(word)
        case _:
            return _fields(value)


def _fields(value: Any) -> Values | str:
    known = keys_of(type(value)) if dataclasses.is_dataclass(value) else None
    if not known:
        return Text(value)
    entries = Lazy(known, lambda word: _value(getattr(value, known[word].attribute), word))
    return Values(entries, str(getattr(value, "name", "")))
