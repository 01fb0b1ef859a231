"""The numbers that Word counts itself, `一、` or `（1）`: they are no text of their paragraphs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dafu.readback.wordml import W

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from docx.document import Document

_HAN = "〇一二三四五六七八九"
_DEEPEST = 9  # levels of a list (ECMA-376 part 1, 17.9)
_Levels = dict[int, tuple[str, str, int]]  # level → format, text with %1 …, first number


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted; paragraphs are asked for in their order."""

    lists: dict[str, _Levels] = field(default_factory=dict)
    styles: dict[str, ET.Element] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, paragraph: ET.Element) -> str:
        """Return the number before *paragraph*, counted on; "" where it has none."""
        place = self._place(paragraph)
        levels = self.lists.get(place[0]) if place else None
        if not place or not levels or place[1] not in levels:
            return ""
        number_id, level = place
        counts = self._counts[number_id]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in range(level + 1, _DEEPEST):
            counts.pop(deeper, None)
        text = levels[level][1]
        for one, (form, _, first) in levels.items():
            text = text.replace(f"%{one + 1}", _spelt(counts.get(one, first), form))
        return text

    def _place(self, paragraph: ET.Element) -> tuple[str, int] | None:
        """Return the list and the level of *paragraph*: its own, else those of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        numbered = own if own is not None else self.styles.get(_value(style))
        if numbered is None:
            return None
        level = _value(numbered.find(f"{W}ilvl"))
        return _value(numbered.find(f"{W}numId")), int(level) if level.isdecimal() else 0


def numbering_of(document: Document) -> Numbering:
    """Return the lists of *document*; none where it has no part for them."""
    styles = {
        style.get(f"{W}styleId", ""): numbered
        for style in document.styles.element
        if (numbered := style.find(f"{W}pPr/{W}numPr")) is not None
    }
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
    return Numbering(_lists(parts[0].element) if parts else {}, styles)


def _lists(root: Any) -> dict[str, _Levels]:
    kinds = {one.get(f"{W}abstractNumId"): one for one in root.iter(f"{W}abstractNum")}
    found = {one.get(f"{W}numId"): kinds.get(_value(one.find(f"{W}abstractNumId"))) for one in root.iter(f"{W}num")}
    return {number_id: _levels(kind) for number_id, kind in found.items() if kind is not None}


def _levels(kind: ET.Element) -> _Levels:
    levels = {}
    for one in kind.iter(f"{W}lvl"):
        level, first = one.get(f"{W}ilvl", ""), _value(one.find(f"{W}start"))
        form, text = _value(one.find(f"{W}numFmt")), _value(one.find(f"{W}lvlText"))
        if level.isdecimal() and form not in ("bullet", "none"):
            levels[int(level)] = (form, text, int(first) if first.isdecimal() else 1)
    return levels


def _value(node: ET.Element | None) -> str:
    return "" if node is None else node.get(f"{W}val", "")


def _spelt(number: int, form: str) -> str:
    """Return *number* in Chinese digits where the list counts so, else in Arabic ones."""
    if not (form.startswith(("chinese", "japanese", "taiwanese")) or form == "ideographDigital"):
        return chr(0x245F + number) if form == "decimalEnclosedCircle" and number <= 20 else str(number)  # noqa: PLR2004 -- ⑳
    tens, ones = divmod(number, 10)
    if not 0 < tens < 10:  # noqa: PLR2004 -- one digit
        return "".join(_HAN[int(digit)] for digit in str(number))
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")
