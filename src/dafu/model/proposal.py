"""A record: the proposal, who put it forward, the reply and what happened."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from operator import attrgetter
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from dafu.model.event import Event, read_event
from dafu.model.faults import Faults, gathered
from dafu.model.keys import (
    WORDS,
    choice,
    is_empty,
    joined,
    key,
    line_of,
    listed,
    nested,
    read_as,
    read_day,
    read_line,
    read_name,
    read_signers,
    read_text,
    read_yes,
    reader,
    schema_of,
)
from dafu.terms import Kind, Language, Level, Openness, Period, Retention, Role, Step
from dafu.yamltext import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from dafu.errors import Problem
    from dafu.model.office import Office

_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f]')
_LONGEST_NUMBER = 40
_FOLDED = re.compile("[。；：] +\\S")  # where YAML put a blank for a line break
_TURNING = {Step.REDO, Step.FOLLOW, Step.DRAFT}  # what rounds can end at
_ROLES = frozenset(map(str, Role))
_RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?", re.IGNORECASE)  # names that Windows keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """Who put it forward: a person (姓名) or a body (团体) with its contact."""

    person: str | None = key("姓名", read_name)
    body: str | None = key("团体", read_name)
    unit: str | None = key("单位")
    sector: str | None = key("界别")
    contact: str | None = key("联系人")
    phone: str | None = key("电话")
    address: str | None = key("地址")

    @property
    def name(self) -> str:
        """Return the name it goes by."""
        return self.person or self.body or ""


@reader({"anyOf": [{"type": "string"}, schema_of(Proposer)]})
def _proposer(node: Node, path: str, faults: Faults) -> Proposer | None:
    if isinstance(node, Scalar):
        found = read_name(node, path, faults)
        return Proposer(person=found) if found else None
    proposer = read_as(Proposer, node, path, faults)
    if isinstance(node, Mapping) and bool(_value(node, "姓名")) == bool(_value(node, "团体")):
        faults.add("R201", node, path, "应当有“姓名”或“团体”中的一个", "个人写“姓名”，党派、团体、界别等写“团体”")
        return None
    return proposer


@reader(WORDS)
def _number(node: Node, path: str, faults: Faults) -> str | None:
    value: str | None = read_line(node, path, faults)
    if value is None:
        return None
    if len(value) > _LONGEST_NUMBER:
        faults.add("R202", node, path, f"有{len(value)}个字，太长", f"最多{_LONGEST_NUMBER}个字")
    elif hidden := next((char for char in value if unicodedata.category(char) == "Cf"), ""):
        faults.add("R203", node, path, f"里有看不见的字符 U+{ord(hidden):04X}", "删去这个字符")
    elif _FORBIDDEN.search(value) or _RESERVED.fullmatch(value) or value.startswith(".") or value.endswith("."):
        faults.add("R203", node, path, f"“{value}”不能作文件名", r'不用 / \ : * ? " < > | 和控制字符，首尾不用点')
    else:
        return value
    return None


@reader(WORDS)
def _listed_number(node: Node, path: str, faults: Faults) -> str | None:
    return read_name(node, path, faults) if _number(node, path, faults) else None


@reader(WORDS)
def _relative(node: Node, path: str, faults: Faults) -> str | None:
    value: str | None = read_line(node, path, faults)
    if value and (PurePosixPath(value).is_absolute() or PureWindowsPath(value).anchor):
        faults.add("R209", node, path, f"“{value}”不是相对路径", "从本记录所在的文件夹写起，如“正文/143069.txt”")
        return None
    return value


@reader(WORDS)
def _body(node: Node, path: str, faults: Faults) -> str | None:
    """Read a body as it stands; one that YAML has folded into a single paragraph has lost its own."""
    value: str | None = read_text(node, path, faults)
    if value is None or not isinstance(node, Scalar):
        return None
    if value.startswith("｜"):
        faults.add("R117", node, path, "以全角“｜”开头", "写成“正文: |”，用半角的竖线")
    elif node.style == ">" or (node.style != "|" and _FOLDED.search(value)):
        faults.add("R117", node, path, "各段并成了一段", "写成“正文: |”，下面各行比“正文”多缩进两格")
    else:
        return value
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """答复: what the letter says and bears; values not there yet are None or empty."""

    number: str | None = key("发文字号")
    signer: str | None = key("签发人", read_signers)
    grade: str | None = key("办理结果")
    openness: Openness | None = key("公开", choice(Openness))
    openness_reason: str | None = key("公开理由", read_text)
    signed_on: date | None = key("成文日期", read_day)
    issued_on: date | None = key("印发日期", read_day)
    thanks: str | None = key("致谢")
    body: str | None = key("正文", _body)
    body_file: str | None = key("正文文件", _relative)
    attachments: tuple[str, ...] = key("附件", listed(read_line), default=())
    contact_unit: str | None = key("联系单位")
    contact_phone: str | None = key("联系电话")
    contact_persons: tuple[str, ...] = key("联系人", listed(read_name), default=())
    copies: tuple[str, ...] = key("抄送", listed(read_name), default=())
    template: str | None = key("模板", read_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A record as the clerk wrote it, typed; nothing computed is stored."""

    number: str = key("案号", _number, required=True)
    kind: Kind = key("类别", choice(Kind), default=Kind.PROPOSAL)
    level: Level | None = key("层级", choice(Level))
    session: str = key("届次", required=True)
    period: Period = key("会期", choice(Period), default=Period.IN_SESSION)
    subject: str = key("案由", required=True)
    topic: str | None = key("分类")
    proposers: tuple[Proposer, ...] = key("提案人", listed(_proposer), required=True)
    asks: tuple[str, ...] = key("建议事项", listed(read_text), default=())
    role: Role = key("角色", choice(Role), default=Role.SOLE)
    lead_unit: str | None = key("主办单位", read_name)
    assisting_units: tuple[str, ...] = key("会办单位", listed(read_name), default=())
    merged: tuple[str, ...] = key("并案", listed(_listed_number), default=())
    is_key: bool = key("重点", read_yes, default=False)
    language: Language = key("语种", choice(Language), default=Language.SIMPLIFIED)
    leader: str | None = key("分管领导")
    section: str | None = key("科室")
    clerk: str | None = key("经办人")
    due: date | None = key("期限", read_day)
    retention: Retention | None = key("保管期限", choice(Retention))
    reply: Reply | None = key("答复", nested(Reply))
    later_replies: tuple[Reply, ...] = key("再次答复", listed(nested(Reply)), default=())
    events: tuple[Event, ...] = key("办理过程", listed(read_event), default=())

    @property
    def replies(self) -> tuple[Reply, ...]:
        """Return the reply of each round as the file says it, the first one first."""
        return (self.reply or Reply(), *self.later_replies)

    @property
    def handling_section(self) -> str | None:
        """Return 科室: as written, else of the last 分办."""
        return self.section or self._dispatched("section")

    @property
    def handling_clerk(self) -> str | None:
        """Return 经办人: as written, else of the last 分办."""
        return self.clerk or self._dispatched("clerk")

    def _dispatched(self, attribute: str) -> str | None:
        said = (getattr(event, attribute) for event in reversed(self.events) if event.step is Step.DISPATCH)
        return next(filter(None, said), None)

    @property
    def rounds(self) -> tuple[tuple[Event, ...], ...]:
        """Return the events of each round: one ends at 重办, or at the first 拟稿 after 跟踪."""
        return rounds_of(self.events)


def rounds_of(events: Iterable[Event]) -> tuple[tuple[Event, ...], ...]:
    """Return *events* by round: one ends at 重办, or at the first 拟稿 after 跟踪."""
    known, starts, following = tuple(events), [0], False
    for n, event in enumerate(known):
        if event.step not in _TURNING:
            continue
        if event.step is Step.FOLLOW:
            following = True
        elif event.step is Step.REDO or following:
            starts.append(n)
            following = False
    return tuple(known[start:end] for start, end in zip(starts, [*starts[1:], len(known)], strict=True))


def one_history(own: Iterable[Event], leads: Collection[Iterable[Event]]) -> tuple[Event, ...]:
    """Return in order of date the events of a merged record and, round by round, those of its lead.

    On one day a round is opened before the lead's events of that round, and those stand before the record's own.
    """
    if not leads:  # most records are handled alone
        return tuple(sorted(own, key=attrgetter("day")))
    opened = 0
    placed: list[tuple[tuple[date, int, int], Event]] = []
    for event in own:
        opens = event.step in (Step.REDO, Step.FOLLOW)
        opened += opens
        placed.append(((event.day, opened, 0 if opens else 2), event))
    placed += (((event.day, turn, 1), event) for turn, events in enumerate(leads) for event in events)
    return tuple(event for _, event in sorted(placed, key=lambda one: one[0]))


def read_proposal(root: Mapping, office: Office) -> tuple[Proposal | None, list[Problem]]:
    """Read a record by the contract of the office; a Proposal comes only when nothing is wrong with it."""
    return gathered(lambda faults: _read(root, office, faults))


def _read(root: Mapping, office: Office, faults: Faults) -> Proposal | None:
    proposal = read_as(Proposal, root, "", faults)
    _check_roles(root, faults)
    _check_merged(root, faults)
    for turn, reply in reply_nodes(root):
        for code, word, message, cure in _faults_of_reply(reply, _said(root, "角色"), office):
            path = joined(reply_path(turn), word)
            beside = word if word in reply.entries else "公开"  # only 公开理由 is ever missed
            faults.add(code, line_of(root, joined(reply_path(turn), beside)), path, message, cure)
    return proposal


def reply_path(turn: int) -> str:
    """Return the dotted address of the reply of round *turn* (0 is the first)."""
    return f"再次答复.{turn}" if turn else "答复"


def reply_nodes(root: Mapping) -> Iterator[tuple[int, Mapping]]:
    """Yield the round and the node of each reply in a record that is a mapping at all."""
    later = _value(root, "再次答复")
    nodes = [_value(root, "答复"), *(later.items if isinstance(later, Sequence) else ())]
    return ((turn, node) for turn, node in enumerate(nodes) if isinstance(node, Mapping))


# What does not go together is looked up in the file itself, so that a fault elsewhere in the record hides none of it.


def _value(node: Mapping, name: str) -> Node | None:
    """Return what stands under *name*, None when it is empty or absent."""
    entry = node.entries.get(name)
    return None if entry is None or is_empty(entry.value) else entry.value


def _said(node: Mapping, name: str) -> str:
    value = _value(node, name)
    return value.text.strip() if isinstance(value, Scalar) else ""


def _check_roles(root: Mapping, faults: Faults) -> None:
    role = _said(root, "角色") or str(Role.SOLE)
    if role not in _ROLES:
        return
    if role == str(Role.ASSIST) and not _value(root, "主办单位"):
        faults.add("R103", line_of(root, "角色"), "主办单位", "没有填写", "角色是会办时，补上“主办单位: …”")
    for code, word, owner in (("R204", "主办单位", Role.ASSIST), ("R205", "会办单位", Role.LEAD)):
        if role != str(owner) and _value(root, word):
            faults.add(code, line_of(root, word), word, f"角色是{role}，不填{word}", f"删去这一行，或把角色改为{owner}")


def _check_merged(root: Mapping, faults: Faults) -> None:
    number, merged = _said(root, "案号"), _value(root, "并案")
    items = merged.items if isinstance(merged, Sequence) else ()
    if number and any(isinstance(item, Scalar) and item.text == number for item in items):
        faults.add("R206", line_of(root, "并案"), "并案", "列了自己的案号", "只列并进来的其他案号")


def _faults_of_reply(reply: Mapping, role: str, office: Office) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, key, message and cure of what does not go together in a reply."""
    grade, openness = _said(reply, "办理结果"), _said(reply, "公开")
    if grade and role == str(Role.ASSIST):
        yield "R207", "办理结果", "会办意见不定办理结果", "删去这一行"
    elif grade and grade not in office.grades:
        yield "R111", "办理结果", f"不能是“{grade}”", f"只能是：{'、'.join(office.grades)}"
    if openness in (str(Openness.ON_REQUEST), str(Openness.CLOSED)) and not _value(reply, "公开理由"):
        yield "R103", "公开理由", "没有填写", f"公开是“{openness}”时，补上“公开理由: …”"
    if _value(reply, "正文") and _value(reply, "正文文件"):
        yield "R208", "正文文件", "同“正文”只能有一个", "删去其中一个"
