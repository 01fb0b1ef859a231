"""One number of the register, and how its file says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dafu import docnumber, yamltext
from dafu.errors import Problem, WrongUsageError
from dafu.model.faults import Faults, gathered
from dafu.model.keys import choice, key, read_as, read_day, read_line, read_moment, read_text, reader
from dafu.model.spelling import as_keys
from dafu.terms import Paper, Term

if TYPE_CHECKING:
    from datetime import date, datetime

    from dafu.docnumber import DocNumber
    from dafu.yamltext import Mapping, Node

_CODE = re.compile(r"[^\W\d_]{1,20}")  # letters of any script are safe in every file name, and short
_TURN = re.compile("[1-9][0-9]?")


class State(Term):
    """状态: what became of a number."""

    USED = "在用", "属于登记的那一件"
    VOID = "作废", "不再使用，也不再发给别的文件"


@dataclass(frozen=True, slots=True)
class Claim:
    """The paper that a number is for: 案号 as full address, 文种, and the round, from 0."""

    case: str
    paper: Paper
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a number is taken, by the real clock with its zone, and by whom."""

    at: datetime
    by: str | None = None


def can_be_kept(number: DocNumber) -> bool:
    """Tell whether *number* can be a file of the register and be read back from it."""
    return docnumber.parse(str(number)) == number and _CODE.fullmatch(number.code) is not None


@reader({"type": "string"})
def _read_number(node: Node, path: str, faults: Faults) -> DocNumber | None:
    value = read_line(node, path, faults)
    if value is None:
        return None
    number = docnumber.parse(value)
    if number and can_be_kept(number):
        return number
    faults.add("N101", node, path, f"“{value}”不是可以登记的发文字号", "写成“洛商〔2025〕67号”，代字只用汉字或字母")
    return None


@reader({"type": ["string", "number"]})
def _read_turn(node: Node, path: str, faults: Faults) -> int | None:
    value = read_line(node, path, faults)
    if value is None:
        return None
    if _TURN.fullmatch(value):
        return int(value) - 1
    faults.add("N102", node, path, f"“{value}”不是轮次", "首次办理写 1，以后各次写 2、3……")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One number of the register; `turn` counts from 0, 轮次 in the file from 1."""

    number: DocNumber = key("发文字号", _read_number, required=True)
    case: str = key("案号", required=True)
    paper: Paper = key("文种", choice(Paper), required=True)
    turn: int = key("轮次", _read_turn, required=True)
    day: date = key("日期", read_day, required=True)
    entered: datetime = key("登记时间", read_moment, required=True)
    by: str | None = key("经手人")
    state: State = key("状态", choice(State), required=True)
    reason: str | None = key("原因", read_text)

    @property
    def claim(self) -> Claim:
        """Return the paper that the number is for."""
        return Claim(self.case, self.paper, self.turn)

    @property
    def is_void(self) -> bool:
        """Tell whether the number is no longer used."""
        return self.state is State.VOID


@lru_cache(maxsize=8192)
def understand(data: bytes) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Return the entry that the bytes of a file say, or what is wrong with them; a run meets the same ones again."""
    text, problems = yamltext.decode(data)
    root, problems = (None, problems) if problems else yamltext.parse(text)
    if root is None or problems:
        return None, tuple(problems) or (Problem("N103", "没有内容", "从备份恢复；确知无人用过这个号才可删去"),)
    entry, problems = gathered(lambda faults: _read(root, faults))
    return entry, tuple(problems)


def _read(root: Mapping, faults: Faults) -> Entry | None:
    entry = read_as(Entry, root, "", faults)
    if entry and entry.is_void and not entry.reason:
        faults.add("N104", root.entries["状态"].key.line, "状态", "作废没有写原因", "补上“原因: …”一行")
    return entry


def written(entry: Entry) -> bytes:
    """Return the bytes of the file of *entry*; WrongUsageError when they would not read back as meant."""
    words = as_keys(entry) | {"轮次": str(entry.turn + 1)}
    return rewritten("发文字号: x\n", {word: value for word, value in words.items() if value is not None}, entry)


def rewritten(text: str, words: dict[str, str], meant: Entry) -> bytes:
    """Return *text* with *words* set in it, proved to say *meant*; every other byte stays."""
    try:
        for word, value in words.items():
            text = yamltext.set_value(text, (word,), value)
    except ValueError as error:
        raise WrongUsageError(f"登记簿里写不下这些内容：{error}") from error
    data = text.encode()
    if understand(data)[0] != meant:
        raise WrongUsageError("登记簿里写不下这些内容：写出后再读，与原意不符（请核对经手人、原因里有没有特殊字符）")
    return data
