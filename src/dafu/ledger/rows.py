"""A row's texts → the leaves of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.ledger.cells import NONE, Days, Notes, names_of, number_of, parted_by_blanks, told_count
from dafu.ledger.columns import (
    ASSIST_DUE,
    ASSISTING,
    COLUMNS,
    JOINT,
    LEADING,
    PROPOSERS,
    SHARING,
    TYPE,
    Column,
    Form,
    Part,
    required_of,
)
from dafu.ledger.leaves import BODY, EVENTS, REPLY, Leaves, labels
from dafu.model.bodies import is_body
from dafu.terms import Kind, Level, Role, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dafu.model import Office

BREAK = "\u2424"
"""Stands for a line break inside one of several items in a cell."""

OF_REPLY = ("签发人", "发文字号")
"""Values of an event without a day that the reply itself may bear."""

IDENTITY = ("案号", "届次", "类别", "层级")

_SUBJECT = re.compile("关于(.+)的(?:提案|建议|议案)")
_UPPER_LEVELS = {"全国": Level.NATION, "省": Level.PROVINCE, "自治区": Level.PROVINCE}
_SESSION_LEVEL = re.compile(r"(全国|省|自治区)(?:政协|人大|[一二三四五六七八九十0-9]+届)")
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all rows of a sheet: the office, the session that its title names, how days are read."""

    office: Office
    session: str
    heading: str
    days: Days

    def is_own(self, unit: str) -> bool:
        """Tell whether *unit* is this office: by its full or short name, or by the full one without its place."""
        bare = re.sub(r"[(（][^()（）]*[)）]$", "", unit)
        names = (self.office.unit.full, self.office.unit.short or "")
        return bare in names or (len(bare) >= _SHORTEST_NAME and self.office.unit.full.endswith(bare))


def leaves_of_row(texts: Mapping[str, str], setting: Setting, notes: Notes) -> Leaves | None:
    """Return what the row says, by address, an empty value where it says nothing in a column that it has.

    *texts* are those of its columns by title. None is the row of an item in which this office has no part.
    """
    roles = _roles(texts, setting, notes)
    if roles is None:
        return None
    found: Leaves = {}
    for title, text in texts.items():
        column = COLUMNS[title]
        if column.part is Part.RECORD:
            found[column.key] = _plain(column, text)
        elif column.part is Part.REPLY:
            found |= _by_round(column.key, text)
    due = found.pop(ASSIST_DUE.key, "")
    if due and roles.get("角色") == str(Role.ASSIST):
        found["期限"] = due
    found |= _named_by_session(found, setting, notes)
    return found | _proposers(texts, notes) | roles | _events(texts, notes)


def identity_of_row(texts: Mapping[str, str], setting: Setting, notes: Notes) -> Leaves:
    """Return what tells the item of a row from any other: 案号, 届次, 类别 and 层级."""
    found = {title: _plain(COLUMNS[title], texts[title]) for title in IDENTITY if title in texts}
    return found | _named_by_session(found, setting, notes)


def _plain(column: Column, text: str) -> str | list[str]:
    match column.form:
        case Form.CODES:
            return [number_of(one) for one in names_of(text)]
        case Form.LINES:
            return [one.replace(BREAK, "\n") for one in text.split("\n") if one]
    if column.key == "案号":
        return number_of(text)
    found = _SUBJECT.fullmatch(text.removeprefix("《").removesuffix("》")) if column.key == "案由" else None
    return found[1].strip() if found else text


def _by_round(key: str, text: str) -> Leaves:
    """Return the values of the replies, a line for each round."""
    lines = text.split("\n")
    return {f"{REPLY}/{turn}/{key}": _item(line) for turn, line in enumerate(lines)}


def _item(text: str) -> str:
    return "" if text == NONE else text.replace(BREAK, "\n")


def _named_by_session(found: Leaves, setting: Setting, notes: Notes) -> Leaves:
    """Return session, kind and level where the row itself does not say them."""
    session = found.get("届次") or setting.session
    more: Leaves = {"届次": session}
    if not found.get("类别"):
        words = session + setting.heading
        suggests = "人大" in words or ("建议" in words and "提案" not in words)
        more["类别"] = str(Kind.SUGGESTION if suggests and "政协" not in words else Kind.PROPOSAL)
    upper = _SESSION_LEVEL.search(session)
    if not found.get("层级") and upper and _UPPER_LEVELS[upper[1]] is not setting.office.level:
        more["层级"] = str(_UPPER_LEVELS[upper[1]])
        notes.notice("届次", f"“{session}”的层级记作“{more['层级']}”", "不对就加“层级”一列写明")
    return more


# Who put it forward


def _proposers(texts: Mapping[str, str], notes: Notes) -> Leaves:
    first = names_of(texts.get(PROPOSERS.title, ""))
    names = [*first, *(name for name in names_of(texts.get(JOINT.title, "")) if name not in first)]
    told = max(told_count(texts.get(column.title, "")) for column in (PROPOSERS, JOINT))
    if told > len(names):
        notes.warn(PROPOSERS.title, f"写着{told}人，只列出{len(names)}人", "向交办机关要全名单，补进记录")
    _tell_doubtful(texts, names, notes)
    known = labels(names)
    found: Leaves = {PROPOSERS.title: names}
    kinds = texts.get(TYPE.title, "").split("\n")
    for n, (name, label) in enumerate(zip(names, known, strict=True)):
        word = kinds[n] if len(kinds) == len(names) else kinds[0]
        joined = BODY if word == BODY or (word != "个人" and is_body(name)) else ""
        found[f"{PROPOSERS.title}/{label}/{TYPE.key}"] = joined
    for title, text in texts.items():
        column = COLUMNS[title]
        if column.part is Part.PROPOSER and column not in (PROPOSERS, JOINT, TYPE):
            values = _for_each(text, len(names), title, notes)
            found |= {
                f"{PROPOSERS.title}/{label}/{column.key}": value for label, value in zip(known, values, strict=True)
            }
    return found


def _tell_doubtful(texts: Mapping[str, str], names: Sequence[str], notes: Notes) -> None:
    """Say which names were understood and may have been meant otherwise: they are printed in a letter."""
    for column in (PROPOSERS, JOINT):
        if parted := parted_by_blanks(texts.get(column.title, "")):
            notes.notice(column.title, f"按空格分作{len(parted)}个：{'、'.join(parted)}", "不对就用、隔开")
    for name in names:
        if re.search("[(（]", name):
            cure = "提案人里只留姓名，括号里的放到单位、界别一列"
            notes.warn(PROPOSERS.title, f"“{name}”连同括号作了姓名", cure)


def _for_each(text: str, count: int, title: str, notes: Notes) -> list[str]:
    """Return a value for each of *count* proposers: a line each, or items set apart by 、, or the first one's alone."""
    if count <= 1:
        return [" ".join(text.split("\n"))] * count
    ways = (text.split("\n"), re.split("[、；;，,]", text))
    lines = next((way for way in ways if len(way) == count), ways[0])
    if len(lines) > count:
        notes.warn(title, f"有{len(lines)}项，提案人只有{count}个，没有读入", "一人一行")
        return [""] * count
    return [_item(line.strip()) for line in lines] + [""] * (count - len(lines))


# What part this office has


def _roles(texts: Mapping[str, str], setting: Setting, notes: Notes) -> Leaves | None:
    units = {column: names_of(texts.get(column.title, "")) for column in (LEADING, ASSISTING, SHARING)}
    told = texts.get("角色", "")
    if not told and not any(units.values()):
        return {}
    role = told or _role_by_place(units, setting, notes)
    if not role:
        return None
    leads, assists = ([one for one in units[column] if not setting.is_own(one)] for column in (LEADING, ASSISTING))
    if role != str(Role.LEAD) and role != str(Role.ASSIST) and assists:
        notes.warn(ASSISTING.title, f"角色是{role}，会办单位没有读入", "核对角色")
    if role == str(Role.ASSIST) and len(leads) > 1:
        notes.warn(LEADING.title, f"有{len(leads)}个，只记第一个“{leads[0]}”", "会办意见只送一个主办单位，不对就改记录")
    return {
        "角色": role,
        "主办单位": leads[0] if leads and role == str(Role.ASSIST) else "",
        "会办单位": assists if role == str(Role.LEAD) else [],
    }


def _role_by_place(units: Mapping[Column, list[str]], setting: Setting, notes: Notes) -> str:
    """Return the role that follows from the column in which this office stands, nothing where it stands in none."""
    own = {column for column, names in units.items() if any(setting.is_own(name) for name in names)}
    if LEADING in own and len(units[LEADING]) > 1:
        notes.warn(LEADING.title, f"有{len(units[LEADING])}个单位，按分办记", "不对就在记录里改角色")
        return str(Role.SHARE)
    if LEADING in own:
        return str(Role.LEAD if units[ASSISTING] else Role.SOLE)
    return str(Role.SHARE) if SHARING in own else str(Role.ASSIST) if ASSISTING in own else ""


# What happened


def _events(texts: Mapping[str, str], notes: Notes) -> Leaves:
    found: Leaves = {}
    for step in Step:
        columns = [column for column in COLUMNS.values() if column.step is step and column.title in texts]
        day = next((column for column in columns if column.key == "日期"), None)
        days = texts[day.title].split("\n") if day and texts[day.title] else []
        others = [column for column in columns if column is not day]
        if days:
            found[f"{EVENTS}/{step}"] = _entered(step, days, {c: texts[c.title] for c in others}, notes)
            continue
        if day:
            found[f"{EVENTS}/{step}"] = []
        for column in others:
            found |= _without_day(column, texts[column.title], notes, has_day=day is not None and not notes.is_faulty)
    return found


def _without_day(column: Column, text: str, notes: Notes, *, has_day: bool) -> Leaves:
    """Return where a value goes whose event has no day: to the key that may bear it, else nowhere, and say so."""
    if column.fallback in OF_REPLY:
        return _by_round(column.fallback, text)
    if column.fallback:
        return {column.fallback: text}
    if text and has_day:
        notes.warn(column.title, f"没有{column.step}日期，没有登记", f"补上{column.step}日期")
    return {}


def _entered(step: Step, days: list[str], texts: Mapping[Column, str], notes: Notes) -> list[dict[str, str]]:
    """Return the events of *step*, a line of each cell for each."""
    values = {column.key: _lined_up(column, text, len(days), notes) for column, text in texts.items() if text}
    events = [
        {"日期": day} | {key: lines[n] for key, lines in values.items() if lines[n]} for n, day in enumerate(days)
    ]
    kept = [event for event in events if all(event.get(key) for key in required_of(step))]
    if len(kept) < len(events):
        lacking = "、".join(key for key in required_of(step) if not all(event.get(key) for event in events))
        notes.warn(f"{step}日期", f"没有{lacking}，{step}没有登记", f"补上{lacking}")
    return [event for event in kept if event["日期"]]


def _lined_up(column: Column, text: str, count: int, notes: Notes) -> list[str]:
    lines = text.split("\n") if count > 1 else [text]
    if len(lines) == 1:
        return [*[""] * (count - 1), lines[0]]  # one value is that of the last time
    if len(lines) != count:
        notes.fault(column.title, f"有{len(lines)}行，{column.step}日期有{count}行", "一次一行，没有的写“—”")
        return [""] * count
    return [_item(line) for line in lines]
