"""A .docx of others → its paragraphs, after a look at what it would unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from dafu.errors import UnusableError
from dafu.files.package import Limits, members
from dafu.readback import wordml
from dafu.readback.faults import unusable
from dafu.readback.numbering import numbering_of
from dafu.readback.wordml import GONE, W, boxes, parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from dafu.readback.numbering import Numbering
    from dafu.readback.wordml import Run

_LONGEST_ROW = 200  # characters of a row that is no text
_MOST_NODES = 500_000  # elements of the text; a letter of a hundred pages, run by run, has some 100,000
_LIMITS = Limits(unpacked=100_000_000, part=10_000_000)  # bytes; scanned pages are large, a text is not
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def is_package(data: bytes) -> bool:
    """Tell whether *data* is a zip archive, as every .docx is."""
    return data.startswith(b"PK\x03\x04")


def lines(data: bytes, name: str) -> list[str]:
    """Return the paragraphs and table rows of a .docx, the head of its first page first; see `readback.lines`.

    Text under revision counts as accepted, and numbers that Word counts itself stand before their paragraphs. Raises
    UnusableError for a package that is broken or unpacks to too much.
    """
    try:
        members(data, _LIMITS)  # unpacked once within limits, before anything else holds it
    except UnusableError as error:
        raise UnusableError(problems=[problem.within(name) for problem in error.problems]) from error
    from docx import Document
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        heads = [part.first_page_header for part in document.sections[:1] if part.different_first_page_header_footer]
        roots = [*(head._element for head in heads), *document.element.xpath("w:body")]  # noqa: SLF001 -- has no public name
        numbering = numbering_of(document)
    except (*_BROKEN, KeyError, AttributeError, TypeError, LxmlError) as error:
        raise unusable(name, "不是 Word 文档，或者已经损坏", "用 Word 或 WPS 打开，另存为 .docx") from error
    if sum(1 for root in roots for _ in root.iter()) > _MOST_NODES:
        raise unusable(name, "段落和格式太多，不像公文", "看看是不是选错了文件；另存为 .txt 再导入")
    return [line for root in roots for line in _lines_of(root, numbering)]


def _lines_of(root: ET.Element, numbering: Numbering) -> Iterator[str]:
    """Yield the paragraphs and rows below *root* in the order of the document, those of text boxes at their place."""
    for node in root:
        if node.tag == f"{W}p":
            yield from _texts(node, numbering.of(node))
            for box in boxes(node):
                yield from _lines_of(box, numbering)
        elif node.tag == f"{W}tbl":
            yield from _rows(node, numbering)
        elif node.tag not in GONE:
            yield from _lines_of(node, numbering)


def _rows(table: ET.Element, numbering: Numbering) -> Iterator[str]:
    """Yield a table: one of a single column is its paragraphs, else each row is `|甲|乙|`.

    A row that holds a whole text, as sheets for proposals have, is followed by its paragraphs from the second one on.
    """
    for row in parts(table, f"{W}tr"):
        cells = [[line for line in _lines_of(cell, numbering) if line.strip()] for cell in parts(row, f"{W}tc")]
        if len(cells) == 1:
            yield from cells[0]
        elif sum(len(line) for cell in cells for line in cell) > _LONGEST_ROW:
            yield _row([cell[:1] for cell in cells])
            yield from (line for cell in cells for line in cell[1:])
        elif any(cells):
            yield _row(cells)


def _row(cells: list[list[str]]) -> str:
    return "|" + "|".join("".join(cell).replace("|", "｜") for cell in cells) + "|"


def _texts(paragraph: ET.Element, number: str) -> Iterator[str]:
    """Yield *number* and the lines of *paragraph*."""
    first, *others = map(_marked, wordml.lines(paragraph))
    yield number + first if first.strip() else first
    yield from others


def _marked(runs: list[Run]) -> str:
    """Return the words of *runs*; where only some are bold, those in `**`."""
    if len({bold for text, bold in runs if text.strip()}) < 2:  # noqa: PLR2004 -- both bold and not
        return "".join(text for text, _ in runs)
    whole = "".join(f"**{text}**" if bold and text.strip() else text for text, bold in runs)
    return whole.replace("****", "")
