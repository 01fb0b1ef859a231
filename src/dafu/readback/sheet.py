"""The sheet of a proposal: its head as labelled lines or as a table, and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from dafu.model.bodies import is_body
from dafu.readback.marks import DATE, closed_up, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LABELS = {
    "number": ("提案编号", "建议编号", "提案号", "建议号", "案号", "编号"),
    "subject": ("提案题目", "提案名称", "提案标题", "建议名称", "建议题目", "建议标题", "案由", "题目", "标题", "事由"),
    "session": ("届次", "会议名称", "会次", "会议"),
    "name": (
        "第一提案人", "首席提案人", "领衔提案人", "领衔代表", "领衔人", "提案委员", "提案人", "提案者", "提案单位",
        "集体提案单位", "提出单位", "提出代表", "提出人", "建议人", "代表姓名", "委员姓名", "姓名",
    ),
    "more": (
        "联名提案人", "联名委员", "联名代表", "联名人", "附议提案人", "附议代表", "附议人", "共同提案人", "其他提案人",
    ),
    "unit": ("工作单位及职务", "工作单位和职务", "单位及职务", "单位职务", "单位和职务", "工作单位", "单位"),
    "sector": ("所属界别", "界别", "所在代表团", "所属代表团", "代表团", "党派"),
    "contact": ("联系人",),
    "phone": ("联系电话", "移动电话", "手机号码", "手机号", "办公电话", "手机", "电话", "联系方式"),
    "address": ("通讯地址", "通信地址", "联系地址", "地址"),
    "text": ("提案内容", "建议内容", "内容摘要", "主要内容", "正文", "内容", "案据", "情况分析"),
    "": (
        "邮政编码", "邮编", "提交日期", "提交时间", "提案日期", "提出日期", "日期", "时间", "分类", "类别", "类型",
        "主题词", "审查意见", "立案意见", "承办单位", "主办单位", "会办单位", "建议承办单位", "办理单位", "是否公开",
        "是否同意公开", "委员证号", "代表证号", "证号", "序号", "签名", "性别", "备注", "提案形式", "提案类型",
        "提案性质", "电子邮箱", "邮箱",
    ),
}  # fmt: skip
_KEYS = {word: key for key, words in _LABELS.items() for word in words}
_SPREAD = "|".join(r"\s*".join(word) for word in sorted(_KEYS, key=len, reverse=True))
_LABEL = re.compile(rf"(?P<word>{_SPREAD})(?:\s*[（(][^（）()]{{0,12}}[）)])?")
_LABELLED = re.compile(rf"(?:^|(?<=[\s，,；;]))(?P<label>{_LABEL.pattern})\s*[:：]\s*")
_SESSION = re.compile(
    r"(?P<session>[^，。：:《“]{0,20}?(?:政协|人大|人民代表大会|委员会|政治协商会议)[^，。：:]{0,40}?次(?:全体)?会议)"
    r"(?:第(?P<number>[^第号]{1,20})号)?(?P<rest>.{0,12})"
)
_NUMBER = re.compile(r"[（(]?\s*(?:提案|建议)?\s*第\s*(?P<number>[^第号\s]{1,20})\s*号\s*(?:提案|建议)?\s*[）)]?")
_TITLE = re.compile(r"[《“]?(?:关于|对).{2,80}的?(?:提案|建议|议案)[》”]?")
_PHONE = re.compile(r"(?:0\d{2,3}[-－—]?)?\d{7,8}(?:[-转]\d+)?|1\d{10}")
_ASIDE = re.compile(r"[（(](?P<words>[^（）()]*)[）)]")
_PERSON = re.compile("[\u4e00-\u9fff·]{2,4}")
_POST = re.compile(
    "(?:[长理任授师员行院司厂店校局站所社队室]|中心|集团|农民|医生|职工|个体户)$"
)  # where or what one is
_FORM = re.compile(r".{0,30}(?:提案|建议)(?:纸|表|登记表|专用纸|信息表)?")  # the name of the sheet
_COUNTED = re.compile(r"等\s?\d*\s?[名位]?(?:委员|代表|人)?$")
_PROSE = re.compile(r"[。，；]|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[）)]|^\d+[.．、]")
_PERSONAL = ("unit", "sector", "contact", "phone", "address")
_LONGEST_HEAD_LINE = 60  # characters; a longer line under the text is text, whatever it begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who put a proposal forward, a person or a body; "" for what is not said."""

    name: str
    unit: str = ""
    sector: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""

    @property
    def is_body(self) -> bool:
        """Tell whether it is a body rather than a person."""
        return is_body(self.name)


@dataclass(slots=True)
class Sheet:
    """What was found so far; labels are looked for in `plain`, the simplified form of a line, values taken as said."""

    plain: Callable[[str], str]
    values: dict[str, str] = field(default_factory=dict)
    _people: list[Author] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _columns: list[str | None] = field(default_factory=list)
    _awaited: str = ""
    _in_text: bool = False

    def read(self, line: str) -> None:
        """Take in the next line or table row."""
        if line.startswith("|"):
            self._read_row([cell.strip() for cell in line[1:].removesuffix("|").split("|")])
        elif self._is_spread(line):
            self._read_row([cell.strip() for cell in line.split("\t")])
        elif line:
            self._columns = []
            self._read_line(line)

    def authors(self) -> Iterator[Author]:
        """Yield who put it forward, each once, with what was said of them anywhere."""
        known: dict[str, Author] = {}
        for one in self._people:
            before = known.get(one.name, one)
            said = {word: getattr(one, word) for word in _PERSONAL if not getattr(before, word)}
            known[one.name] = replace(before, **said)
        apart = {word: value for word in _PERSONAL if (value := self.values.get(word))}
        for place, one in enumerate(known.values()):
            more = {word: value for word, value in apart.items() if place == 0 and not getattr(one, word)}
            yield replace(one, **more)

    def paragraphs(self) -> list[str]:
        """Return the text without the names and the date under it."""
        text = list(self._text)
        known = {one.name for one in self._people}
        while text and (re.fullmatch(rf"{DATE}", text[-1]) or set(names(text[-1])) <= known):
            text.pop()
        return text

    def _is_spread(self, line: str) -> bool:
        """Tell whether *line* is a row of a table in a PDF, which has lost its rules: `案号⇥143069`."""
        first, tab, _ = line.partition("\t")
        in_table = bool(self._columns) and line.count("\t") + 1 == len(self._columns)
        return bool(tab) and (in_table or _key_of_cell(self.plain(first.strip())) is not None)

    def _read_line(self, line: str) -> None:
        labels = [*_LABELLED.finditer(self.plain(line))]
        if not labels or labels[0].start() or (self._in_text and not self._may_end_with(line, labels)):
            self._read_unlabelled(line)
            return
        ends = [*(label.start() for label in labels[1:]), len(line)]
        for label, end in zip(labels, ends, strict=True):
            self._take(_key(label["word"]), line[label.end() : end].strip(" ，,；;"))

    def _may_end_with(self, line: str, labels: list[re.Match[str]]) -> bool:
        keys = {_key(label["word"]) for label in labels}
        return len(line) <= _LONGEST_HEAD_LINE and bool(keys & {"name", "more", *_PERSONAL})

    def _read_unlabelled(self, line: str) -> None:
        plain = self.plain(line)
        if self._in_text:
            self._text.append(line)
        elif self._awaited:
            self._take(self._awaited, line)
        elif found := _SESSION.match(plain):
            self._take("session", line[slice(*found.span("session"))])
            if found["number"]:
                self._take("number", found["number"])
        elif found := _NUMBER.fullmatch(plain):
            self._take("number", found["number"])
        elif _TITLE.fullmatch(plain):
            self._take("subject", line)
        elif not (_FORM.fullmatch(closed_up(plain)) or re.fullmatch(DATE, plain)):
            self._in_text = bool(_PROSE.search(plain))  # a short line may stand anywhere in the head
            self._text.append(line)

    def _take(self, key: str, value: str) -> None:
        self._awaited = "" if value else key if key in ("subject", "name", "number") else ""
        if key == "text":
            self._in_text = True
            self._text += [value] if value else []
        elif key in ("name", "more"):
            self._people += _authors(value)
        elif key in _PERSONAL and self._people and not getattr(self._people[-1], key):
            self._people[-1] = replace(self._people[-1], **{key: value})
        elif key and value:
            self.values.setdefault(key, value)

    def _read_row(self, cells: list[str]) -> None:
        keys = [_key_of_cell(self.plain(cell)) for cell in cells]
        said = [key for cell, key in zip(cells, keys, strict=True) if cell]
        if None not in said and "name" in said and len(said) > 1:
            self._columns = list(keys)
        elif self._columns and len(cells) == len(self._columns) and keys[0] is None:
            self._read_person(cells)
        else:
            self._columns = []
            self._read_cells(cells, keys)

    def _read_person(self, cells: list[str]) -> None:
        said = {key: cell for key, cell in zip(self._columns, cells, strict=True) if key and cell}
        for one in _authors(said.get("name", "")):
            self._people.append(replace(one, **{key: said[key] for key in _PERSONAL if key in said}))

    def _read_cells(self, cells: list[str], keys: list[str | None]) -> None:
        """Read a row of labels with a value behind each; what has neither is text when it is a paragraph."""
        value_at = -1
        for at, (cell, key, after) in enumerate(zip_longest(cells, keys, keys[1:])):
            if key is not None and at != value_at:
                value_at = at + 1 if after is None and at + 1 < len(cells) else -1
                self._take(key, cells[value_at] if value_at > 0 else "")
            elif at != value_at and cell:
                self._read_line(cell)


def _key(word: str) -> str:
    return _KEYS[re.sub(r"\s", "", word)]


def _key_of_cell(cell: str) -> str | None:
    found = re.fullmatch(rf"{_LABEL.pattern}\s*[:：]?", cell)
    return _key(found["word"]) if found else None


def _authors(value: str) -> Iterator[Author]:
    """Yield the people and bodies in *value*: `甲、乙`, `甲（工商联界，某公司，60010023）`, `甲 某公司 60010023`."""
    for part in re.split("[、，,；;](?![^（(]*[）)])", _COUNTED.sub("", value)):
        aside = _ASIDE.search(part)
        outside = names(_ASIDE.sub(" ", part))
        if all(map(_is_person, outside)):
            yield from (Author(name=name) for name in outside[:-1])
            outside = outside[-1:]  # what is said in brackets is said of the last
        words = [*outside, *(re.split("[，,、；;\\s]+", aside["words"]) if aside else ())]
        name, *others = [word for word in words if word] or [""]
        if name:
            yield _described(Author(name=name), others)


def _is_person(word: str) -> bool:
    """Tell whether *word* can only be a name: neither a place of work nor what somebody is there."""
    return bool(_PERSON.fullmatch(word)) and not (_POST.search(word) or is_body(word))


def _described(author: Author, words: list[str]) -> Author:
    for word in words:
        if phone := _PHONE.search(word):
            author = replace(author, phone=phone[0])
        elif word.endswith("界") and not author.sector:
            author = replace(author, sector=word.removesuffix("界"))
        else:
            author = replace(author, unit=f"{author.unit} {word}".strip())
    return author
