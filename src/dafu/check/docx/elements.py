"""Which element of the standard each paragraph of a foreign .docx is, told by its words and its place."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from dafu.check.docx.reading import Text
from dafu.layout.measures import ems
from dafu.letter import MISSING, Paragraph, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.check.docx.reading import Para, Section


class Role(Enum):
    """What a paragraph is; a cell is one of a table in the text, an edge one of the corner above the mark."""

    BLANK = "空行"
    EDGE = "份号、密级、紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNER = "签发人"
    GRADE = "办理结果"
    TITLE = "标题"
    SALUTATION = "主送机关"
    TEXT = "正文"
    CELL = "表格"
    ATTACHMENT = "附件说明"
    ORGAN = "署名"
    DATE = "成文日期"
    NOTE = "附注"
    APPENDIX = "附件"
    COPIES = "抄送机关"
    PRINT = "印发机关和印发日期"


_TOP = 25  # inked paragraphs within which 版头 ends
_BOTTOM = 15  # inked paragraphs within which 版记 begins
NUMBER = re.compile(
    r"[^\d\s，。：:]{1,20}\s*[〔\[【（(［{]\s*\d{2,4}\s*年?\s*[〕\]】）)］}]\s*第?\s*\d+\s*号|【缺：发文字号】"
)
_SIGNER = re.compile(r"签\s*发\s*人\s*[：:]?")
_GRADE = re.compile(
    r"(?:办理结果|答复类别|办理类别|公开方式|是否公开)\s*[：:]|[A-DＡ-Ｄ]类?$|(?:主动公开|依申请公开|不予公开)$"
)
_EDGE = re.compile(r"\d{6}|(?:秘密|机密|绝密)\S{0,8}|特急|加急|特提|平急")
_DAY = re.compile(r"[\d０-９〇○零一二三四五六七八九OoＯ]{2,4}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*[日号]")
_DATE = re.compile(rf"(?:{_DAY.pattern})")
_PRINT = re.compile(r"印发?\s*$")
_COPIES = re.compile(r"\s*(?:抄\s*送|抄\s*报|分\s*送|主\s*送)\s*[：:]")
_ATTACHED = re.compile(r"\s*附\s*件\s*[：:]")
_APPENDIX = re.compile(r"附件\s*\d*\s*[：:]?")
_CONTACT = re.compile(r"(?:联系(?:单位|人|电话|方式)|承办(?:单位|人)|电话|经办人)\s*[：:]")
_ADDRESSEE = re.compile(r"尊敬的\S{1,40}[^。，；]$")
_ORGAN_END = re.compile(r"(?:局|委|会|厅|办|部|院|府|处|所|中心|公司|社|馆|站|队)$")
_SENTENCE = re.compile("[。；，！？;,]")
_UNSIGNED = re.compile("[。；，！？;,]|[：:]$")  # no 署名
_DARKEST_RED = 160  # of 255
_MARK_SIZE = 52  # half points
_TITLE_SIZE = 36
_FAR_RIGHT = 2000  # twips of indent that only a signature has
_ORGANS = 8  # joint organs, and the blank rows for their seals


def is_red(colour: str) -> bool:
    """Tell whether a colour (RRGGBB) is red: within ten degrees of it, neither pale nor dark."""
    if not re.fullmatch("[0-9A-F]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= _DARKEST_RED and max(green, blue) <= red / 3 and abs(green - blue) <= (red - min(green, blue)) / 6


def heading(text: str) -> Paragraph | None:
    """Return *text* as the official numbering reads it, with its level and the stretch that has the heading's face."""
    found = blocks(text.strip(" \u3000\xa0\t"))
    return found[0] if len(found) == 1 and isinstance(found[0], Paragraph) else None


class Letter(Text):
    """A document whose paragraphs have roles."""

    @cached_property
    def roles(self) -> dict[int, Role]:
        """Return the role of each paragraph by its number."""
        return _Sorting(self.paragraphs).roles

    def of(self, *roles: Role) -> list[Para]:
        """Return the paragraphs of these roles, in order."""
        return [para for para in self.paragraphs if self.roles[para.number] in roles]

    def first(self, role: Role) -> Para | None:
        """Return the first paragraph of a role."""
        return next(iter(self.of(role)), None)

    def section(self, para: Para) -> Section:
        """Return the section that *para* stands in."""
        return self.sections[para.section - 1]

    def blanks_above(self, para: Para) -> tuple[Para | None, list[Para]]:
        """Return the paragraph above *para* that says anything, and the empty ones between."""
        between: list[Para] = []
        for other in reversed(self.paragraphs[: para.number - 1]):
            if other.words or other.drawn:
                return other, between
            between.append(other)
        return None, between

    @cached_property
    def is_unfinished(self) -> bool:
        """Tell whether this is a draft of ours that still lacks values."""
        return any(MISSING.search(para.text) for para in self.paragraphs)

    @cached_property
    def first_header(self) -> list[Para]:
        """Return what stands in the header of the first page."""
        section = self.sections[0]
        name = section.parts.get("header-first" if section.hides_first else "header-default", "")
        return [para for para in self.part_paragraphs(name) if para.words]

    @cached_property
    def header_mark(self) -> Para | None:
        """Return 发文机关标志 of 信函, which stands in the header of the first page."""
        return next((para for para in self.first_header if is_red(para.type.colour)), None)

    @cached_property
    def is_stationery(self) -> bool:
        """Tell whether this is 信函 (10.1): its first page has a header and a footer of its own."""
        return self.header_mark is not None or (self.sections[0].hides_first and self.first(Role.MARK) is None)


class _Sorting:
    """Sorts the paragraphs of one document."""

    def __init__(self, paragraphs: list[Para]) -> None:
        self.roles = {para.number: Role.TEXT if para.words or para.drawn else Role.BLANK for para in paragraphs}
        self.inked = [para for para in paragraphs if para.words]
        self._imprint()
        rest = [para for para in self.inked if self.roles[para.number] is Role.TEXT]
        start = self._head(rest)
        self._ending(rest[start:])
        for para in rest[start:]:
            if para.table and self.roles[para.number] in (Role.TEXT, Role.ATTACHMENT, Role.ORGAN, Role.NOTE):
                self.roles[para.number] = Role.CELL

    def _set(self, some: Iterable[Para], role: Role) -> None:
        self.roles.update({para.number: role for para in some})

    def _imprint(self) -> None:
        """Find 版记 from the end: 抄送 and 印发, and whatever stands between them."""
        last = self.inked[-_BOTTOM:]
        copies = [at for at, para in enumerate(last) if _COPIES.match(para.text)]
        prints = [at for at, para in enumerate(last) if _PRINT.search(para.words) and _DAY.search(para.words)]
        if copies and len(self.inked) > len(last[copies[0] :]):
            end = prints[-1] if prints and prints[-1] > copies[0] else copies[-1] + 1
            self._set(last[copies[0] : end], Role.COPIES)
        for at in prints:
            above = last[at - 1] if at else None
            apart = above and above.table and above.table == last[at].table and at - 1 not in copies
            if apart and above and self.roles[above.number] is Role.COPIES and not _SENTENCE.search(above.words):
                self._set([above], Role.PRINT)  # 印发机关 in a paragraph of its own
            self._set([last[at]], Role.PRINT)

    def _head(self, rest: list[Para]) -> int:
        """Find 版头, 标题 and 主送机关; return how many of *rest* they take."""
        top = rest[:_TOP]
        number = next((at for at, para in enumerate(top) if number_of(para)), None)
        addressee = next((at for at, para in enumerate(top) if at > (number or -1) and _is_addressee(para)), None)
        end = number + 1 if number is not None else 0
        if number is not None:
            self._above(top[:number], named=True)
            self._set([top[number]], Role.NUMBER)
        elif addressee:
            end = self._above(top[:addressee], named=False)
        while end < len(top) and (role := _under_number(top[end])):
            self._set([top[end]], role)
            end += 1
        titles = self._title(top, end, addressee)
        self._set(titles, Role.TITLE)
        if addressee is None:
            return end + len(titles)
        self._set([top[addressee]], Role.SALUTATION)
        return addressee + 1

    def _above(self, above: list[Para], *, named: bool) -> int:
        """Give the paragraphs over 发文字号 their roles; without a number only what is red or huge is 版头."""
        count = 0
        for at, para in enumerate(above, 1):
            is_mark = is_red(para.type.colour) or para.type.size >= _MARK_SIZE
            is_mark |= named and para.words.replace(" ", "").endswith("文件")
            role = Role.MARK if is_mark else _under_number(para)
            if role or named:
                self._set([para], role or Role.EDGE)
            if role:
                count = at
        return count

    def _title(self, top: list[Para], start: int, addressee: int | None) -> list[Para]:
        """Return the paragraphs of the title: those that touch each other above 主送机关, else what is centred."""
        stop = len(top) if addressee is None else addressee
        found: list[Para] = []
        for para in top[start:stop]:
            apart = found and para.number != found[-1].number + 1
            looks = para.align == "center" or para.type.size >= _TITLE_SIZE
            if apart or para.table or (not looks and (addressee is None or _SENTENCE.search(para.words[-1:]))):
                if found:
                    break
                if addressee is None:
                    return []
                continue
            found.append(para)
        return found

    def _ending(self, rest: list[Para]) -> None:
        """Find what follows the body."""
        free = [para for para in rest if not para.table]
        labels = [at for at, para in enumerate(free) if at and _APPENDIX.fullmatch(para.words)]
        dates = [at for at, para in enumerate(free[: labels[0] if labels else None]) if _DATE.fullmatch(para.words)]
        if labels:
            after = free[labels[0]].number
            self._set([para for para in rest if para.number >= after], Role.APPENDIX)
        end = labels[0] if labels else len(free)
        self._attachments(free[:end])
        if dates:
            self._set([free[dates[-1]]], Role.DATE)
            self._set(self._organs(free[: dates[-1]]), Role.ORGAN)
            self._set(free[dates[-1] + 1 : end], Role.NOTE)
        self._set([para for para in free[:end] if _CONTACT.match(para.words)], Role.NOTE)

    def _organs(self, above: list[Para]) -> list[Para]:
        found: list[Para] = []
        for para in reversed(above[-_ORGANS:]):
            placed = para.align in ("center", "right") or max(para.indents.left, len(para.lead) * 320) >= _FAR_RIGHT
            placed |= para.text.startswith("\t")
            if self.roles[para.number] is not Role.TEXT or _UNSIGNED.search(para.words) or ems(para.words) > 2 * _TOP:
                break
            if not placed and (found or not _ORGAN_END.search(para.words)):
                break
            found.append(para)
        return found

    def _attachments(self, free: list[Para]) -> None:
        """Find 附件说明: the line that begins it and the numbered ones under it."""
        start = next((at for at, para in enumerate(free) if _ATTACHED.match(para.text)), None)
        if start is None:
            return
        for para in free[start:]:
            listed = _ATTACHED.match(para.text) or re.match(r"\s*\d+\s*[.．、]", para.text)
            if not listed or self.roles[para.number] is not Role.TEXT:
                return
            self._set([para], Role.ATTACHMENT)


def _is_addressee(para: Para) -> bool:
    words = para.words
    if _ADDRESSEE.fullmatch(words):
        return True
    if not words.endswith(("：", ":")) or re.search("。|如下|签发人|附件|抄送", words) or _CONTACT.match(words):
        return False
    return not para.table and not (heading(words) or Paragraph(())).level


def number_of(para: Para) -> str:
    """Return 发文字号 as a row of 版头 has it, or "" where it has none; something may stand at its left."""
    found = (NUMBER.match(part) for part in parts_of(para))
    return next((one[0] for one in found if one), "")


def parts_of(para: Para) -> list[str]:
    """Return what stands side by side in a row."""
    return re.split(r"\t|[ \u3000\xa0]{3,}", para.words)


def _under_number(para: Para) -> Role | None:
    """Return the role of a row of 版头 that says what it is; a name that a tab leads in follows those above it."""
    last = parts_of(para)[-1]
    if _SIGNER.match(last):
        return Role.SIGNER
    if _GRADE.match(last) and ems(last) < _TOP:
        return Role.GRADE
    if _EDGE.fullmatch(para.words):
        return Role.EDGE
    return Role.SIGNER if para.lead.endswith("\t") and ems(para.words) < _TOP and para.align != "center" else None
