"""The office: what dafu.yaml holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from dafu.model.faults import Faults, gathered
from dafu.model.keys import WORDS, choice, key, listed, nested, read_as, read_line, read_name, read_yes, reader, table
from dafu.terms import (
    Clock,
    GradePlace,
    ImprintSide,
    Kind,
    Letterhead,
    Level,
    NameShown,
    NumberScheme,
    OpennessPlace,
    PageForm,
    Paper,
    Retention,
    Step,
    TextArea,
)
from dafu.yamltext import Mapping, Node, Scalar

if TYPE_CHECKING:
    from dafu.errors import Problem

GRADES = {
    "A": "所提问题已经解决或者基本解决",
    "B": "所提问题正在解决或者列入计划逐步解决",
    "C": "所提问题因条件限制或者其他原因需待以后解决",
    "D": "所提问题留作参考",
}
_LONGEST = (
    31,
    29,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
)  # days of each month; 29 February exists in some years
_OWN_NAMES = {
    "委员会": "我委",
    "办公室": "我办",
    "委": "我委",
    "厅": "我厅",
    "办": "我办",
    "院": "我院",
    "局": "我局",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位: the names that this office goes by."""

    full: str = key("全称", required=True)
    short: str | None = key("简称")
    self_name: str | None = key("自称")
    printer: str | None = key("印发机关")

    def __post_init__(self) -> None:
        own = next((word for end, word in _OWN_NAMES.items() if self.full.endswith(end)), "我单位")
        for attribute, default in (("short", self.full), ("self_name", own), ("printer", self.full)):
            if getattr(self, attribute) is None:
                object.__setattr__(self, attribute, default)


class Measure(Enum):
    """In what a time limit is counted."""

    WORKDAYS = "个工作日"
    DAYS = "日"
    MONTHS = "个月"
    DATE = "月-日"
    BEFORE_REPLY = "答复前"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time, or a fixed date of the year (`month`, `amount` = day of the month)."""

    measure: Measure
    amount: int
    month: int = 0

    def __str__(self) -> str:
        match self.measure:
            case Measure.DATE:
                return f"{self.month:02}-{self.amount:02}"
            case Measure.BEFORE_REPLY:
                return f"答复前{self.amount}日"
            case measure:
                return f"{self.amount}{measure.value}"


_LIMITS = (
    (Measure.WORKDAYS, re.compile(r"()([0-9]{1,3})个工作日")),
    (Measure.DAYS, re.compile(r"()([0-9]{1,3})日")),
    (Measure.MONTHS, re.compile(r"()([0-9]{1,2})个月")),
    (Measure.DATE, re.compile(r"([0-9]{1,2})-([0-9]{1,2})")),
    (Measure.BEFORE_REPLY, re.compile(r"()答复前([0-9]{1,3})日")),
)


@reader(WORDS)
def _whole(node: Node, path: str, faults: Faults) -> int | None:
    value = read_line(node, path, faults)
    if value is not None and not re.fullmatch("[1-9][0-9]{0,5}", value):
        faults.add("R210", node, path, f"“{value}”不是正整数", "写成 1、2、3……")
        return None
    return None if value is None else int(value)


@reader(WORDS)
def _limit(node: Node, path: str, faults: Faults) -> Limit | None:
    value = read_line(node, path, faults)
    if value is None:
        return None
    for measure, form in _LIMITS:
        found = form.fullmatch(value)
        if found and _exists(limit := Limit(measure, int(found[2]), int(found[1] or 0))):
            return limit
    faults.add("R211", node, path, f"“{value}”不是期限", "写成“10个工作日”“20日”“3个月”“08-31”或“答复前20日”")
    return None


@reader(WORDS)
def _workdays(node: Node, path: str, faults: Faults) -> Limit | None:
    limit: Limit | None = _limit(node, path, faults)
    if limit and limit.measure is not Measure.WORKDAYS:
        faults.add("R212", node, path, f"“{limit}”不是工作日数", "灯按剩余的工作日变，写成“10个工作日”")
        return None
    return limit


def _exists(limit: Limit) -> bool:
    if limit.measure is not Measure.DATE:
        return limit.amount > 0
    return 1 <= limit.month <= len(_LONGEST) and 1 <= limit.amount <= _LONGEST[limit.month - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One clock of the office: how long, from which step, and the date that no extension may pass."""

    limit: Limit = key("限", _limit, required=True)
    start: Step = key("起", choice(Step), required=True)
    latest: Limit | None = key("最迟", _limit)


def _rule(limit: Limit, start: Step, latest: Limit | None = None) -> Rule:
    return Rule(limit=limit, start=start, latest=latest)


Rules = dict[Clock | Kind, Any]  # Clock → Rule; Kind → {Clock → Rule}, which overrides
RULES: Rules = {
    Clock.HANDING_BACK: _rule(Limit(Measure.WORKDAYS, 10), Step.ASSIGN),
    Clock.FIRST_TALK: _rule(Limit(Measure.WORKDAYS, 15), Step.ASSIGN),
    Clock.OPINION: _rule(Limit(Measure.MONTHS, 1), Step.ASSIGN),
    Clock.REPLY: _rule(Limit(Measure.MONTHS, 3), Step.ASSIGN, Limit(Measure.MONTHS, 6)),
    Clock.FEEDBACK: _rule(Limit(Measure.WORKDAYS, 15), Step.DELIVER),
    Clock.REDO: _rule(Limit(Measure.MONTHS, 1), Step.REDO),
    Clock.PUBLISHING: _rule(Limit(Measure.WORKDAYS, 20), Step.ISSUE),
}


_RULED = tuple(clock for clock in Clock if clock in RULES)  # the others have a day of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of document numbers: typed by hand, or allocated from `first` on."""

    code: str = key("代字", required=True)
    automatic: bool = key("自动", read_yes, default=False)
    first: int = key("起号", _whole, default=1)


@reader({"type": ["object", "null"]})
def _rules(node: Node, path: str, faults: Faults) -> Rules | None:
    found: Rules | None = table(_rule_or_kind, _RULED, Kind)(node, path, faults)
    return None if found is None else {**RULES, **found}


@reader({"type": ["object", "null"]})
def _rule_or_kind(node: Node, path: str, faults: Faults) -> Any:
    word = path.rpartition(".")[2]
    is_kind = any(word == str(kind) for kind in Kind)
    return table(_rule_of_clock, _RULED)(node, path, faults) if is_kind else _rule_of_clock(node, path, faults)


@reader({"type": ["object", "null"]})
def _rule_of_clock(node: Node, path: str, faults: Faults) -> Rule | None:
    rule = read_as(Rule, node, path, faults)
    if rule and rule.limit.measure is Measure.BEFORE_REPLY and path.endswith(str(Clock.REPLY)):
        faults.add("R213", node, path, "答复的期限不能从答复的期限倒数", "写成“3个月”“08-31”等")
        return None
    return rule


@reader({"anyOf": [WORDS, {"type": "object"}]})
def _series(node: Node, path: str, faults: Faults) -> Series | None:
    if isinstance(node, Scalar):
        code = read_line(node, path, faults)
        return Series(code=code) if code else None
    return read_as(Series, node, path, faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """预警: so many working days before a due day its light turns yellow, then red."""

    yellow: Limit = key("黄", _workdays, default=Limit(Measure.WORKDAYS, 10))
    red: Limit = key("红", _workdays, default=Limit(Measure.WORKDAYS, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """联系: the contact that a letter names unless its record does."""

    unit: str | None = key("联系单位")
    phone: str | None = key("联系电话")


NUMBER_FIELD = re.compile(r"\{(全宗号|年度|期限|机构|件号)(?::0([1-9]))?\}")  # of 档号式; `:04` is filled up with zeros


@reader(WORDS)
def _number_form(node: Node, path: str, faults: Faults) -> str | None:
    value: str | None = read_line(node, path, faults)
    if value is None:
        return None
    if found := re.search("[{}]", NUMBER_FIELD.sub("", value)):
        message = f"“{found[0]}”处不是档号的一部分"
        faults.add("R214", node, path, message, "花括号里只写：全宗号、年度、期限、机构、件号，可带“:04”")
        return None
    if [one[1] for one in NUMBER_FIELD.finditer(value)].count("件号") != 1:
        faults.add("R214", node, path, "应当有一个“{件号}”", "写成“{全宗号}-WS·{年度}-{期限}-{机构}-{件号:04}”")
        return None
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Archiving:
    """归档: the parts of 档号 (DA/T 22-2015)."""

    fonds: str | None = key("全宗号")
    organ_code: str | None = key("机构代码")
    number_form: str | None = key("档号式", _number_form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """One rule of `check` that the office has switched off, and why."""

    code: str = key("代码", required=True)
    reason: str = key("理由", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """检查: rules switched off, and words often mistyped here."""

    muted: tuple[Muted, ...] = key("停用", listed(nested(Muted)), default=())
    confusions: dict[str, str] = key("易错词", table(read_line), default={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The choices of one office; every default is the most common practice."""

    unit: Unit = key("单位", nested(Unit), required=True)
    level: Level = key("层级", choice(Level), default=Level.CITY)
    form: PageForm = key("版式", choice(PageForm), default=PageForm.DOCUMENT)
    mark: str | None = key("发文机关标志")
    letterhead: Letterhead = key("版头", choice(Letterhead), default=Letterhead.PRINTED)
    grade_place: GradePlace = key("结果位置", choice(GradePlace), default=GradePlace.UNDER_SIGNER)
    openness_place: OpennessPlace = key("公开标注", choice(OpennessPlace), default=OpennessPlace.ABSENT)
    imprint_side: ImprintSide = key("版记面", choice(ImprintSide), default=ImprintSide.LAST)
    text_area: TextArea = key("版心", choice(TextArea), default=TextArea.MARGIN)
    series: dict[Paper, Series] = key("发文字号", table(_series, Paper), default={})
    grades: dict[str, str] = key("办理结果", table(read_line), default=GRADES)
    rules: Rules = key("期限", _rules, default=RULES)
    rolls_over: bool = key("顺延", read_yes, default=False)
    warnings: Warnings = key("预警", nested(Warnings), default=Warnings())
    copies: dict[Kind, tuple[str, ...]] = key("抄送", table(listed(read_name), Kind), default={})
    contact: Contact = key("联系", nested(Contact), default=Contact())
    number_scheme: NumberScheme = key("编号规则", choice(NumberScheme), default=NumberScheme.FREE)
    holidays: str | None = key("节假日")
    retention: Retention = key("保管期限", choice(Retention), default=Retention.THIRTY)
    archiving: Archiving = key("归档", nested(Archiving), default=Archiving())
    ledger_columns: tuple[str, ...] = key("台账列", listed(read_line), default=())
    import_names: dict[str, str] = key("导入列名", table(read_line), default={})
    name_shown: NameShown = key("公开署名", choice(NameShown), default=NameShown.FULL)
    checking: Checking = key("检查", nested(Checking), default=Checking())


def read_office(root: Mapping) -> tuple[Office | None, list[Problem]]:
    """Read dafu.yaml; an Office comes only when nothing is wrong with it."""
    return gathered(lambda faults: read_as(Office, root, "", faults))
