"""A letter as somebody has it against the letter that its record makes: element by element, and what hangs on it.

Wrong numbers, signers, grades, addressees and dates are errors, all else that differs is a warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu.check.wording import bare
from dafu.errors import Problem, Severity
from dafu.readback.marks import openness_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dafu.readback.reply import Reading
    from dafu.readback.revisions import Change, Comment

_MOST = 50  # tracked changes that are told one by one
_QUOTED = 30  # characters of a text that is quoted
_FROM_FILE = "以记录为准，改文件"


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding, with the words of the record's letter and those of the file; "" where one has none."""

    problem: Problem
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the values of a letter come from: the record's address, its reply (`答复`), the steps that say a value."""

    address: str
    reply: str
    by_step: Mapping[str, str]


class _Element(NamedTuple):
    code: str
    name: str
    attribute: str
    severity: Severity
    source: str  # where it is changed in the record or the office: a key of 答复, else a sentence
    is_key: bool = False


def _of_reply(code: str, name: str, attribute: str, severity: Severity = Severity.WARNING) -> _Element:
    return _Element(code, name, attribute, severity, name, is_key=True)


_PROPOSAL, _TEMPLATE = "改记录里的届次、案号", "改模板或 dafu.yaml"
ELEMENTS = (
    _Element("C101", "案号", "case", Severity.ERROR, "核对拿的是哪一件的文件"),
    _Element("C102", "届次", "session", Severity.WARNING, "改记录里的届次"),
    _Element("C103", "类别", "kind", Severity.WARNING, "改记录里的类别"),
    _of_reply("C104", "发文字号", "number", Severity.ERROR),
    _of_reply("C105", "签发人", "signer", Severity.ERROR),
    _of_reply("C106", "办理结果", "grade", Severity.ERROR),
    _Element("C107", "标题", "title", Severity.WARNING, _PROPOSAL),
    _Element("C108", "称谓", "salutation", Severity.ERROR, "改记录里的提案人（会办：主办单位）"),
    _of_reply("C109", "成文日期", "day", Severity.ERROR),
    _of_reply("C110", "印发日期", "printed", Severity.ERROR),
    _of_reply("C111", "公开", "openness"),
    _Element("C112", "附注", "note", Severity.WARNING, _TEMPLATE),
    _of_reply("C113", "联系单位", "contact_unit"),
    _of_reply("C114", "联系电话", "contact_phone"),
    _of_reply("C115", "联系人", "contacts"),
    _of_reply("C116", "抄送", "copies"),
    _of_reply("C117", "附件", "annexes"),
    _Element("C118", "署名", "office", Severity.WARNING, _TEMPLATE),
    _Element("C119", "印发机关", "printer", Severity.WARNING, _TEMPLATE),
    _Element("C120", "发文机关标志", "heading", Severity.WARNING, _TEMPLATE),
)
_OPENNESS, _NOTE = "C111", "C112"  # a note that is nothing but 公开 is told once
_ONLY_WHEN_BOTH = ("case", "session", "kind")  # they are read out of the title, which is compared itself
_ONLY_WHEN_OURS = ("heading",)  # paper with a head of its own


def is_other_case(ours: Reading, theirs: Reading) -> bool:
    """Tell whether the file says to answer another paper than the record's."""
    return bool(ours.case and theirs.case and bare(ours.case) != bare(theirs.case))


def elements(ours: Reading, theirs: Reading, origin: Origin) -> list[Difference]:
    """Return the elements that differ, in the order of `ELEMENTS`."""
    values = ((one, getattr(ours, one.attribute), getattr(theirs, one.attribute)) for one in ELEMENTS)
    found = [difference for value in values if (difference := _element(*value, origin))]
    told = {(one.ours, one.theirs) for one in found if one.problem.code == _OPENNESS}
    return [one for one in found if one.problem.code != _NOTE or (one.ours, one.theirs) not in told]


def _element(one: _Element, our_value: Any, their_value: Any, origin: Origin) -> Difference | None:
    ours, theirs = _shown(our_value), _shown(their_value)
    if bare(ours) == bare(theirs) or (not ours and one.attribute in _ONLY_WHEN_OURS):
        return None
    if not (ours and theirs) and one.attribute in _ONLY_WHEN_BOTH:
        return None
    field = f"{origin.reply}.{one.source}" if one.is_key else one.name
    problem = Problem(one.code, _message(ours, theirs), _cure(one, theirs, origin), field, severity=one.severity)
    return Difference(problem, ours, theirs)


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case tuple():
            return "、".join(value)
        case _:
            return str(value)


def printed(text: str) -> str:
    """Return a value of `Difference` as a letter prints it, bare: a day as 2025年8月26日."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return bare(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _message(ours: str, theirs: str) -> str:
    if not theirs:
        return f"文件里没有，记录是“{ours}”"
    return f"文件里是“{theirs}”，记录" + (f"是“{ours}”" if ours else "没有")


def _cure(one: _Element, theirs: str, origin: Origin) -> str:
    if one.attribute == "case":
        return one.source
    if not theirs:
        return "补到文件里；本来不该有的，从记录或模板里删去"
    if not one.is_key:
        return f"以文件为准，{one.source}；{_FROM_FILE}"
    step = origin.by_step.get(one.source)
    if step:
        return f"以文件为准，在记录的办理过程里改“{step}”那一行；{_FROM_FILE}"
    value = openness_of(theirs) if one.code == _OPENNESS else theirs
    return f"以文件为准，dafu set {origin.address} {origin.reply}.{one.source}={value or theirs}；{_FROM_FILE}"


# What hangs on a file ------------------------------------------------------------------------------------------------


def hanging(
    changes: Sequence[Change], comments: Iterable[Comment], numbered: Iterable[str], objects: Iterable[str]
) -> Iterator[Difference]:
    """Yield what a .docx has beside its words: tracked changes, comments, counted numbers, pictures and the like."""
    for change in changes[:_MOST]:
        yield _hanging("C131", _of_change(change), "在 Word 或 WPS 里接受或者拒绝", change.text)
    if len(changes) > _MOST:
        yield _hanging("C131", f"另有{len(changes) - _MOST}处修订", "在 Word 或 WPS 里接受或者拒绝", "")
    for comment in comments:
        on = f"“{_quoted(comment.anchor)}”上的批注" if comment.anchor else "有批注"
        message = f"{on}：“{_quoted(comment.text)}”（{_by(comment.author, comment.day)}）"
        severity = Severity.NOTICE if comment.settled else Severity.WARNING
        yield _hanging("C132", message, "处理以后删去批注", comment.text, severity)
    for text in numbered:
        yield _hanging("C133", f"自动编号不是文字：“{_quoted(text)}”", "去掉自动编号，把号打成文字", text)
    for name in objects:
        yield _hanging("C134", f"有{name}，取不回记录", "答复件要带它的，作为附件", name, Severity.NOTICE)


def _hanging(code: str, message: str, cure: str, text: str, severity: Severity = Severity.WARNING) -> Difference:
    return Difference(Problem(code, message, cure, severity=severity), theirs=text)


def _of_change(change: Change) -> str:
    what = f"{change.kind}“{_quoted(change.text)}”" if change.text else change.kind
    near = f"，在“{_quoted(change.near)}”一段" if change.near and change.near != change.text else ""
    return f"修订：{what}{near}（{_by(change.author, change.day)}）"


def _by(author: str, day: date | None) -> str:
    return " ".join(filter(None, (author or "没有署名", day.isoformat() if day else "")))


def _quoted(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _QUOTED else f"{one_line[:_QUOTED]}…"
