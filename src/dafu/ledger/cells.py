"""One cell's text → a value: dates, numbers, lists of names and fixed words as lists really have them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity
from dafu.ledger.columns import Column, Form
from dafu.model import nearest_of
from dafu.model.characters import doubtful
from dafu.terms import COMPOUND_SURNAMES, Kind, Language, Level, Openness, Rating, Role
from dafu.yamltext.screening import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.sheets import Cell

NONE = "—"
"""Stands for an empty item among several in one cell."""

_EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"
_DASHES = ("", "/", "-", "--", "—", "——", "\\")
_NOTHING = (*_DASHES, "无")
_POINT_ZERO = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
_COMPACT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_BEFORE = re.compile("(?:以前|之前|前)$")
_SERIAL = re.compile(r"\d{5}")
_MARKS = re.compile(r"[、，,；;\n]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf·]+")
_UNIT = re.compile("(?:局|委|厅|办|院|处|部|会|公司|中心|政府|室|站|队|社|所|行|校|集团)$")
_ET_AL = re.compile(r"[(（]?等(?:\s*([0-9一二三四五六七八九十]+)\s*[人名位])?(?:委员|代表)?[)）]?$")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
_LONGEST_PERSON = 4
_BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")  # no blank was there

_WORDS: dict[str, dict[str, str]] = {
    "类别": {**{str(one): str(one) for one in Kind}, "政协提案": "提案", "委员提案": "提案", "人大建议": "建议"}
    | {"代表建议": "建议", "人大代表建议": "建议", "政协委员提案": "提案", "建议意见": "建议"},
    "层级": {str(one): str(one) for one in Level} | {"全国": "国家", "区": "县", "自治区": "省", "镇": "乡"},
    "会期": {"会间": "会间", "闭会": "闭会", "大会": "会间", "大会期间": "会间", "会议期间": "会间", "平时": "闭会"}
    | {"闭会期间": "闭会", "会后": "闭会", "是": "会间", "否": "闭会"},
    "角色": {str(one): str(one) for one in Role}
    | {"单办": "独办", "协办": "会办", "单独办理": "独办", "分别办理": "分办"},
    "重点": {"是": "是", "否": "否", "√": "是", "✓": "是", "★": "是", "重点": "是", "一般": "否", "Y": "是", "N": "否"},
    "语种": {**{str(one): str(one) for one in Language}, "简体中文": "简体", "繁体中文": "繁体"},
    "类型": {
        "个人": "个人",
        "联名": "联名",
        "集体": "集体",
        "委员": "个人",
        "委员联名": "联名",
        "团体": "集体",
        "界别": "集体",
    }
    | {"党派": "集体", "党派团体": "集体", "单独": "个人", "多人联名": "联名", "个人、联名": "联名"},
    "公开": {str(one): str(one) for one in Openness}
    | {"公开": "主动公开", "是": "主动公开", "同意公开": "主动公开", "不公开": "不予公开", "依申请": "依申请公开"},
}
_RATINGS = {str(one): str(one) for one in Rating}
_ENDS = {"层级": "级", "办理结果": "类"}


@dataclass(slots=True)
class Notes:
    """What is to be said of one row: faults and notices, with the sheet's own name for the cell."""

    file: str
    row: int
    places: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def fault(self, title: str, message: str, cure: str) -> None:
        """Say what makes the row unusable."""
        self._add("L201", title, message, cure, Severity.ERROR)

    def notice(self, title: str, message: str, cure: str = "") -> None:
        """Say what was understood otherwise than it stands there."""
        self._add("L202", title, message, cure, Severity.NOTICE)

    def warn(self, title: str, message: str, cure: str = "") -> None:
        """Say what could not be taken over."""
        self._add("L203", title, message, cure, Severity.WARNING)

    def _add(self, code: str, title: str, message: str, cure: str, severity: Severity) -> None:
        place = self.places.get(title, title)
        self.problems.append(Problem(code, message, cure, place, self.row, self.file, severity))

    @property
    def is_faulty(self) -> bool:
        """Tell whether there is an error among them."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def cleaned(text: str) -> str:
    """Return the text of a cell without blanks at its ends and at the ends of its lines; a dash says nothing."""
    lines = [line.strip(_EDGES) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    joined = "\n".join(lines).strip("\n")
    return "" if joined in _DASHES else joined


@dataclass(frozen=True, slots=True)
class Days:
    """How days are read: the year of `3月5日`, where that year comes from, and the day 0 of serial numbers."""

    year: int
    source: str
    epoch: date


def read_cell(cell: Cell, column: Column, days: Days, notes: Notes) -> str:
    """Return the text of *cell* in the form that *column* takes; what is wrong with it goes to *notes*."""
    if cell.fault:
        notes.fault(column.title, cell.fault.partition("（")[0], cell.fault.partition("（")[2].rstrip("）"))
        return ""
    text = cleaned(cell.text)
    if found := FORBIDDEN.search(text):
        notes.fault(column.title, f"第{found.start() + 1}个字是看不见的控制字符 U+{ord(found[0]):04X}", "删去这个字符")
        return ""
    if not text or (text in _NOTHING and column.form is not Form.LINE):
        return ""
    for char in doubtful(text):
        notes.warn(column.title, f"有{char}，照样读入", "看看是不是从别处粘贴来的，重新打这个字")
    match column.form:
        case Form.DAY:
            return "\n".join(_day(line, days, column.title, notes) for line in text.split("\n"))
        case Form.CODE | Form.CODES:
            return _code(text, column.title, notes)
        case Form.WORD:
            return "\n".join(_word(line, column, notes) for line in text.split("\n"))
        case Form.LINE:
            return _BROKEN.sub("", text).replace("\n", " ") if column.title in ("案由", "届次") else text
        case _:
            return text


def _code(text: str, title: str, notes: Notes) -> str:
    half = unicodedata.normalize("NFKC", text) if any("０" <= char <= "９" or char == "－" for char in text) else text
    if half != text:
        notes.notice(title, f"全角数字“{text}”读作“{half}”")
    if found := _POINT_ZERO.fullmatch(half):
        notes.notice(title, f"“{half}”读作“{found[1]}”", "数字被表格软件加了小数，改成文本格式")
        return found[1]
    if _SCIENTIFIC.fullmatch(half):
        notes.fault(title, f"“{half}”是科学记数，后面几位已经丢了", "改成文本格式，重新填写")
        return ""
    return half


def number_of(text: str) -> str:
    """Return the bare 案号 of `第143069号`."""
    inner = text.removeprefix("第").strip()
    return inner.removesuffix("号").rstrip() or inner or text


def _day(text: str, days: Days, title: str, notes: Notes) -> str:
    half = _BEFORE.sub("", unicodedata.normalize("NFKC", text)).strip()
    if half in _NOTHING:
        return ""
    if found := (_FULL.fullmatch(re.sub(r"(?<=[-./年月]) +| +(?=[-./年月日])", "", half)) or _COMPACT.fullmatch(half)):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SHORT.fullmatch(half):
        year, month, day = days.year, int(found[1]), int(found[2])
        notes.notice(title, f"“{text}”没有年份，按{days.source}算作{year}年", "不对就写明年份")
    elif _SERIAL.fullmatch(half):
        shown = days.epoch + timedelta(days=int(half))
        notes.notice(title, f"序列号“{text}”读作 {shown}", "把这一列改成日期格式")
        return shown.isoformat()
    else:
        notes.fault(title, f"“{text}”不是日期", "写成 2025-03-05，或空着")
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        notes.fault(title, f"没有“{text}”这一天", "核对月份和日数")
        return ""


def words_of(column: Column) -> dict[str, str]:
    """Return what may stand in a column of fixed words, and what each means; grades are the office's own."""
    if column.key in ("整体", "办理态度") or column.title == "反馈办理结果":
        return _RATINGS
    return _WORDS.get(column.key, {})


def word_of(text: str, column: Column) -> str:
    """Return the fixed word that *text* means, or nothing."""
    known = words_of(column)
    plain = unicodedata.normalize("NFKC", text).strip("()[] “”'\"")
    plain = plain.upper() if plain.isascii() else plain
    bare = plain.removesuffix(_ENDS.get(column.key, "\0"))
    return (known.get(plain) or known.get(bare, "")) if known else bare


def _word(text: str, column: Column, notes: Notes) -> str:
    if text in _NOTHING:
        return ""
    found = word_of(text, column)
    if not found:
        known = dict.fromkeys(words_of(column).values())
        near = nearest_of(text, known)
        hint = f"是不是“{near}”？" if near else ""
        notes.fault(column.title, f"不能是“{text}”", f"{hint}只能是：{'、'.join(known)}")
    return found


def names_of(text: str) -> list[str]:
    """Return the names in a cell: set apart by 、 or the like, by line breaks, or by blanks alone; no “等3人”."""
    pieces = (_ET_AL.sub("", piece).strip(_EDGES) for piece in _MARKS.split(text))
    return [name for piece in pieces if piece not in _NOTHING for name in _by_blanks(piece)]


def parted_by_blanks(text: str) -> list[str]:
    """Return the names in *text* that nothing but blanks sets apart: `张三 李四`."""
    groups = (_by_blanks(_ET_AL.sub("", piece).strip(_EDGES)) for piece in _MARKS.split(text))
    return [name for group in groups if len(group) > 1 for name in group]


def told_count(text: str) -> int:
    """Return the number that “等3人” at the end of *text* tells, 0 where there is none."""
    found = _ET_AL.search(unicodedata.normalize("NFKC", text).strip(_EDGES))
    if not found or not found[1]:
        return 0
    return int(found[1]) if found[1].isdecimal() else _DIGITS.get(found[1], 0)


def _by_blanks(piece: str) -> list[str]:
    """Split `张三 李四` and `市财政局 市教育局`; close up `张　三`; leave anything else as it is."""
    tokens = piece.split()
    if len(tokens) == 1 or not all(_CHINESE.fullmatch(token) for token in tokens):
        return [" ".join(tokens)]
    people = list(_closed_up(tokens))
    if all(1 < len(name) <= _LONGEST_PERSON and not _UNIT.search(name) for name in people):
        return people
    return tokens if all(_UNIT.search(token) for token in tokens) else ["".join(tokens)]


def _closed_up(tokens: Iterable[str]) -> Iterable[str]:
    """Join single characters two by two, and a surname of two to what follows: names are often stretched by a blank."""
    waiting = ""
    for token in tokens:
        if len(token) == 1 or (token in COMPOUND_SURNAMES and not waiting):
            waiting, whole = ("", waiting + token) if waiting else (token, "")
        else:
            waiting, whole = "", waiting + token
        if whole:
            yield whole
    if waiting:
        yield waiting
