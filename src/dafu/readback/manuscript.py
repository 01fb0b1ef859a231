"""A .docx → its paragraphs and tables as blocks, with what is bold: what a body is taken back from.

It is for a .docx that `readback.lines` has read before and whose tracked changes are accepted.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dafu.letter import BLANKS, Block, Cell, Paragraph, Run, Table
from dafu.readback import wordml
from dafu.readback.wordml import GONE, W

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = re.compile("[\x7f-\x84\x86-\x9f\ufeff]")  # no record can hold them
_OBJECTS = {
    f"{W}drawing": "图片或图形",
    f"{W}pict": "图片或图形",
    f"{W}object": "嵌入对象",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "公式",
}


def blocks(docx: bytes) -> tuple[Block, ...]:
    """Return what the text of *docx* consists of, without empty paragraphs.

    A line break ends a paragraph, except in one that is centred, as titles are. A table of one column is its
    paragraphs.
    """
    return tuple(_blocks(_body(docx)))


def auto_numbered(docx: bytes) -> list[str]:
    """Return the text of each paragraph whose number the program counts: that number is no text."""
    found = (one for one in _body(docx).iter(f"{W}p") if one.find(f"{W}pPr/{W}numPr/{W}numId") is not None)
    return [
        "".join(run.text for line in _lines(one) for run in line)
        for one in found
        if one.find(f"{W}pPr/{W}numPr/{W}numId[@{W}val='0']") is None
    ]


def objects(docx: bytes) -> list[str]:
    """Return what *docx* has that no body of a record can hold, each kind once."""
    return list(dict.fromkeys(_OBJECTS[one.tag] for one in _body(docx).iter() if one.tag in _OBJECTS))


def _body(docx: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return ET.fromstring(package.read("word/document.xml"))  # noqa: S314 -- expat bounds what entities unfold to


def _blocks(root: ET.Element) -> Iterator[Block]:
    for node in root:
        if node.tag == f"{W}p":
            yield from _paragraphs(node)
            for box in wordml.boxes(node):
                yield from _blocks(box)
        elif node.tag == f"{W}tbl":
            yield from _table(node)
        elif node.tag not in GONE:
            yield from _blocks(node)


def _table(table: ET.Element) -> Iterator[Block]:
    rows = [tuple(_cells(row)) for row in wordml.parts(table, f"{W}tr")]
    width = max(map(len, rows), default=0)
    if width == 1:
        yield from (line for (cell,) in rows for line in cell.lines)
    elif width:
        headed = table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        yield Table(tuple(row + (Cell(()),) * (width - len(row)) for row in rows), headed)


def _cells(row: ET.Element) -> Iterator[Cell]:
    """Yield the cells of a row; one that takes several columns is followed by empty ones."""
    for node in wordml.parts(row, f"{W}tc"):
        yield Cell(tuple(line for one in node.iter(f"{W}p") for line in _paragraphs(one)))
        span = node.find(f"{W}tcPr/{W}gridSpan")
        across = span.get(f"{W}val", "1") if span is not None else "1"
        yield from [Cell(())] * (min(int(across), 64) - 1 if across.isdecimal() else 0)


def _paragraphs(node: ET.Element) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in _lines(node) if line)


def _lines(paragraph: ET.Element) -> list[tuple[Run, ...]]:
    """Return the lines of *paragraph*, each as runs that a record can hold."""
    lines = wordml.lines(paragraph)
    return [_merged([Run(_UNSEEN.sub("", text), bold) for text, bold in line]) for line in lines]


def _merged(line: list[Run]) -> tuple[Run, ...]:
    """Return *line* with neighbours alike in one run, without blanks at its ends."""
    merged: list[Run] = []
    for run in line:
        text = run.text if merged else run.text.lstrip(BLANKS)
        if merged and (merged[-1].bold == run.bold or not text.strip(BLANKS)):
            merged[-1] = Run(merged[-1].text + text, merged[-1].bold)
        elif text:
            merged.append(Run(text, run.bold))
    if merged:
        merged[-1] = Run(merged[-1].text.rstrip(BLANKS), merged[-1].bold)
    return tuple(merged)
