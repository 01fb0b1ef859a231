"""办理过程: a dated event, and which keys each 环节 may and must carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu.model.keys import (
    Keys,
    Reader,
    Schema,
    choice,
    key,
    keys_of,
    mapping_schema,
    read_day,
    read_moment,
    read_name,
    read_signers,
    read_text,
    values_of,
)
from dafu.terms import Decision, Rating, Step
from dafu.yamltext import Mapping, Node, Scalar

if TYPE_CHECKING:
    from datetime import date, datetime

    from dafu.model.faults import Faults


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened on a day; only the keys of its step are ever set.

    Without slots, so that one holds no more than was set: a record has twenty events, each with five keys of thirty.
    """

    day: date = key("日期", read_day, required=True)
    step: Step = key("环节", choice(Step), required=True)
    by: str | None = key("经手人")
    note: str | None = key("说明", read_text)
    entered: datetime | None = key("登记时间", read_moment)

    assigner: str | None = key("交办单位")
    reason: str | None = key("理由", read_text)
    suggested_unit: str | None = key("建议单位")
    decision: Decision | None = key("结果", choice(Decision))
    section: str | None = key("科室")
    clerk: str | None = key("经办人")
    leader: str | None = key("分管领导")
    internal_due: date | None = key("内部期限", read_day)
    way: str | None = key("方式")
    to: str | None = key("对象")
    opinion: str | None = key("意见", read_text)
    unit: str | None = key("单位", read_name)
    due: date | None = key("期限", read_day)
    waived: str | None = key("免")
    signer: str | None = key("签发人", read_signers)
    number: str | None = key("发文字号")
    overall: Rating | None = key("整体", choice(Rating))
    attitude: Rating | None = key("办理态度", choice(Rating))
    result: Rating | None = key("办理结果", choice(Rating))
    until: date | None = key("至", read_day)
    approved_by: str | None = key("批准单位")
    address: str | None = key("网址")
    next_day: date | None = key("下次日期", read_day)
    archive_number: str | None = key("档号")


COMMON = ("day", "step", "by", "note", "entered")

# step → the attributes it may carry; a ! marks those that it must carry
STEP_KEYS: dict[Step, tuple[str, ...]] = {
    Step.ASSIGN: ("assigner",),
    Step.RECEIVE: (),
    Step.RETURN: ("reason!", "suggested_unit"),
    Step.RETURN_RESULT: ("decision!",),
    Step.DISPATCH: ("section", "clerk", "leader", "internal_due"),
    Step.TALK: ("way!", "to!"),
    Step.CONSULT: ("to!", "opinion"),
    Step.ASK_OPINION: ("unit!", "due"),
    Step.OPINION: ("unit!", "waived"),
    Step.DRAFT: (),
    Step.REVIEW: (),
    Step.SEND_BACK: ("reason!",),
    Step.SIGN: ("signer!",),
    Step.ISSUE: ("number!",),
    Step.DELIVER: ("to!", "way"),
    Step.FEEDBACK: ("to!", "overall!", "attitude", "result", "opinion"),
    Step.REDO: ("reason",),
    Step.EXTEND: ("until!", "reason!", "approved_by!"),
    Step.PUBLISH: ("address",),
    Step.FOLLOW: ("next_day",),
    Step.CLOSE: (),
    Step.ARCHIVE: ("archive_number",),
    Step.WITHDRAW: ("reason!",),
}


def _keys_of_step(step: Step) -> Keys:
    own = {mark.rstrip("!"): mark.endswith("!") for mark in STEP_KEYS[step]}
    kept = (one for one in keys_of(Event).values() if one.attribute in own or one.attribute in COMMON)
    return Keys(one._replace(required=own.get(one.attribute, one.required)) for one in kept)


KEYS_OF_STEP = {step: _keys_of_step(step) for step in Step}
_KEYS_OF_WORD = {str(step): keys for step, keys in KEYS_OF_STEP.items()}


def _shape_of_step(step: Step) -> Schema:
    shape = mapping_schema(KEYS_OF_STEP[step])
    return shape | {"properties": shape["properties"] | {"环节": {"const": str(step)}}}


def _read_event(node: Node, path: str, faults: Faults) -> Event | None:
    """Read one event by the keys of its step; a key of another step is reported as unknown."""
    if not isinstance(node, Mapping):
        faults.add("R114", node, path, "应当是一次办理", "写成“- {日期: 2025-03-05, 环节: 交办}”")
        return None
    entry = node.entries.get("环节")
    word = entry.value.text.strip("\n") if entry and isinstance(entry.value, Scalar) else ""
    values = values_of(node, path, faults, _KEYS_OF_WORD.get(word) or keys_of(Event))
    return None if values is None else _event(values)


def _event(values: dict[str, Any]) -> Event:
    """Make an event that has all it must; the constructor would set each absent key as well, one by one."""
    event = object.__new__(Event)
    vars(event).update(values)
    return event


read_event = Reader(_read_event, lambda: {"oneOf": [_shape_of_step(step) for step in Step]})
