"""What was changed in a .docx while changes were tracked, what was remarked on it, and the .docx with all accepted.

All of it is for a .docx that `readback.lines` has read before: it is sound, and not too big.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dafu.readback.faults import unusable
from dafu.readback.wordml import TEXT_PARTS, W

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_TEXT = (f"{W}t", f"{W}delText")
_KINDS = {f"{W}ins": "插入", f"{W}del": "删除", f"{W}moveFrom": "移走", f"{W}moveTo": "移来"}
_OLD_LOOKS = tuple(f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid"))
_TAKEN_OUT = (f"{W}del", f"{W}moveFrom")
_PUT_IN = (f"{W}ins", f"{W}moveTo")
_RUNS_ON = "runs-on"  # our own mark while accepting: this paragraph's end was taken out
_LONGEST = 60  # characters of a place that are quoted


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: `kind` is 插入, 删除, 移走, 移来, 分段, 并段 or 格式; `near` is how its paragraph begins."""

    kind: str
    author: str
    day: date | None
    text: str
    near: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and the words that it is attached to; `settled` when its author has ticked it off."""

    author: str
    day: date | None
    text: str
    anchor: str
    settled: bool


def changes(docx: bytes, name: str) -> list[Change]:
    """Return the tracked changes of the text, those of one kind and author in a row as one; *name* is for errors."""
    document = _document(docx, name)
    found = [change for paragraph in document.iter(f"{W}p") for change in _changes_of(paragraph)]
    return [*found, *(change for row in document.iter(f"{W}tr") for change in _changes_of_row(row))]


def comments(docx: bytes, name: str) -> list[Comment]:
    """Return the comments on the text in the order in which they were made; *name* is for errors."""
    part = _part(docx, "word/comments.xml", name)
    if part is None:
        return []
    settled = _settled(_part(docx, "word/commentsExtended.xml", name))
    anchors = _anchors(_document(docx, name))
    return [
        Comment(
            author=one.get(f"{W}author", ""),
            day=_day(one),
            text="\n".join("".join(_words(line)) for line in one.iter(f"{W}p")).strip(),
            anchor=anchors.get(one.get(f"{W}id", ""), ""),
            settled=any(line.get(_PARAGRAPH_ID) in settled for line in one.iter(f"{W}p")),
        )
        for one in part.iter(f"{W}comment")
    ]


def accepted(docx: bytes, name: str) -> bytes:
    """Return *docx* with every tracked change accepted: for reading, not for a clerk's disk; *name* is for errors."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as package:
        for part in dict.fromkeys(source.namelist()):
            data = source.read(part)
            if TEXT_PARTS.fullmatch(part):
                root = _parsed(data, name)
                _accept(root)
                data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
            package.writestr(part, data)
    return target.getvalue()


def _document(docx: bytes, name: str) -> ET.Element:
    found = _part(docx, "word/document.xml", name)
    return ET.Element(f"{W}document") if found is None else found


def _part(docx: bytes, part: str, name: str) -> ET.Element | None:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return _parsed(package.read(part), name) if part in package.namelist() else None


def _parsed(part: bytes, name: str) -> ET.Element:
    try:
        return ET.fromstring(part)  # noqa: S314 -- expat bounds what entities may unfold to; none leads out of the file
    except (ET.ParseError, ValueError, LookupError) as error:
        raise unusable(name, "文档的一部分已经损坏", "用 Word 或 WPS 打开，另存为 .docx") from error


# Tracked changes -----------------------------------------------------------------------------------------------------


def _changes_of(paragraph: ET.Element) -> Iterator[Change]:
    near = "".join(_kept_words(paragraph))[:_LONGEST]
    marks = _marks(paragraph)
    for (kind, author, day), group in groupby(marks, key=lambda mark: mark[:3]):
        text = "".join(mark[3] for mark in group)
        if text or kind not in _KINDS.values():
            yield Change(kind, author, day, text, near)


def _marks(node: ET.Element) -> Iterator[tuple[str, str, date | None, str]]:
    """Yield kind, author, day and words of each change inside *node*."""
    for child in node:
        if child.tag in _KINDS:
            yield (*_made(_KINDS[child.tag], child), "".join(_words(child)))
            yield from (mark for mark in _marks(child) if mark[0] == "格式")
        elif child.tag == f"{W}pPr":
            yield from _paragraph_marks(child)
        elif child.tag == f"{W}r":
            looks = child.find(f"{W}rPr/{W}rPrChange")
            if looks is not None:
                yield (*_made("格式", looks), "".join(_words(child)))
        else:
            yield from _marks(child)


def _paragraph_marks(properties: ET.Element) -> Iterator[tuple[str, str, date | None, str]]:
    for path, kind in ((f"{W}pPrChange", "格式"), (f"{W}rPr/{W}ins", "分段"), (f"{W}rPr/{W}del", "并段")):
        mark = properties.find(path)
        if mark is not None:
            yield (*_made(kind, mark), "")


def _changes_of_row(row: ET.Element) -> Iterator[Change]:
    for name in ("ins", "del"):
        mark = row.find(f"{W}trPr/{W}{name}")
        if mark is not None:
            text = "｜".join("".join(_words(cell)) for cell in row.iter(f"{W}tc"))
            yield Change(*_made(_KINDS[mark.tag], mark), text, text[:_LONGEST])


def _made(kind: str, mark: ET.Element) -> tuple[str, str, date | None]:
    return kind, mark.get(f"{W}author", ""), _day(mark)


def _day(mark: ET.Element) -> date | None:
    try:
        return date.fromisoformat(mark.get(f"{W}date", "")[:10])
    except ValueError:
        return None


def _words(node: ET.Element) -> Iterator[str]:
    return ((one.text or "") for one in node.iter() if one.tag in _TEXT)


def _kept_words(node: ET.Element) -> Iterator[str]:
    """Yield the words of *node* as they are once all is accepted."""
    for child in node:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag not in _TAKEN_OUT:
            yield from _kept_words(child)


# Comments ------------------------------------------------------------------------------------------------------------


def _anchors(document: ET.Element) -> dict[str, str]:
    """Return the first words that each comment is attached to, by its id."""
    anchors: dict[str, str] = {}
    waiting = set[str]()
    for node in document.iter():
        if node.tag == f"{W}commentRangeStart":
            waiting.add(node.get(f"{W}id", ""))
        elif node.tag == f"{W}commentRangeEnd":
            waiting.discard(node.get(f"{W}id", ""))
        elif node.tag in _TEXT:
            for one in tuple(waiting):
                anchors[one] = (anchors.get(one, "") + (node.text or ""))[:_LONGEST]
            waiting -= {one for one in waiting if len(anchors[one]) == _LONGEST}
    return anchors


def _settled(part: ET.Element | None) -> set[str]:
    """Return the ids of the paragraphs whose comments are ticked off ([MS-DOCX] 2.5.1)."""
    if part is None:
        return set()
    ticked = (one for one in part.iter(f"{_W15}commentEx") if one.get(f"{_W15}done") in ("1", "true"))
    return {one.get(f"{_W15}paraId", "") for one in ticked}


# All accepted --------------------------------------------------------------------------------------------------------


def _accept(node: ET.Element) -> None:
    """Accept every change below *node* in place; a paragraph whose mark was taken out runs into the next one."""
    kept: list[ET.Element] = []
    for child in list(node):
        if child.tag in (*_TAKEN_OUT, *_OLD_LOOKS) or _is_deleted_row(child):
            continue
        runs_on = _lacks_mark(child)
        _accept(child)
        if kept and child.tag == f"{W}p" and kept[-1].get(_RUNS_ON):
            _prepend(kept.pop(), child)
        if runs_on:
            child.set(_RUNS_ON, "1")
        kept += list(child) if child.tag in _PUT_IN else [child] if _says_something(child) else []
    node[:] = kept


def _lacks_mark(node: ET.Element) -> bool:
    return any(node.find(f"{W}pPr/{W}rPr/{name}") is not None for name in _TAKEN_OUT)


def _is_deleted_row(node: ET.Element) -> bool:
    return node.tag == f"{W}tr" and node.find(f"{W}trPr/{W}del") is not None


def _says_something(node: ET.Element) -> bool:
    """Tell whether *node* remains: a table without rows does not."""
    return node.tag != f"{W}tbl" or node.find(f".//{W}tr") is not None


def _prepend(gone: ET.Element, paragraph: ET.Element) -> None:
    """Put the words of *gone* before those of *paragraph*, which keeps its own look."""
    words = [child for child in gone if child.tag != f"{W}pPr"]
    at = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
    paragraph[at:at] = words
