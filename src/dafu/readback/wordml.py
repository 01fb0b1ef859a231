"""How a .docx says its text (ECMA-376 part 1, WordprocessingML): what all who read one go by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same for old programs
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
GONE = (f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", FALLBACK)  # text taken out, or no text at all
CHARACTERS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_BOX = f"{W}txbxContent"
_OFF = ("0", "false", "none", "off")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")

Run = tuple[str, bool]  # the text, and whether it is bold


def boxes(node: ET.Element) -> Iterator[ET.Element]:
    """Yield the contents of the text boxes in a paragraph; not those of boxes within boxes."""
    for child in node:
        if child.tag == _BOX:
            yield child
        elif child.tag not in GONE:
            yield from boxes(child)


def parts(node: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Yield the rows of a table or the cells of a row, out of whatever wraps them; not those of inner tables."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in (*GONE, f"{W}tc"):
            yield from parts(child, tag)


def lines(paragraph: ET.Element) -> list[list[Run]]:
    """Return the lines of *paragraph* that its line breaks make, at least one; a centred one, as titles are, is one."""
    centred = paragraph.find(f"{W}pPr/{W}jc[@{W}val='center']") is not None
    found: list[list[Run]] = [[]]
    for text, bold in _runs(paragraph):
        first, *others = _BREAKS.sub("\n", text).split("\n")
        found[-1].append((first, bold))
        for other in others:
            found += [] if centred else [[]]
            found[-1].append((other, bold))
    return found


def _runs(node: ET.Element) -> Iterator[Run]:
    for child in node:
        if child.tag == f"{W}r":
            bold = child.find(f"{W}rPr/{W}b")
            yield "".join(map(_words, child)), bold is not None and bold.get(f"{W}val", "1") not in _OFF
        elif child.tag not in (*GONE, _BOX):
            yield from _runs(child)


def _words(node: ET.Element) -> str:
    if node.tag == f"{W}t":
        return (node.text or "").replace("\n", " ")  # a line of the file, not of the text
    if node.tag in (f"{W}br", f"{W}cr"):
        return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
    return CHARACTERS.get(node.tag, "")
