"""A .docx → its paragraphs: our own quickly, one of others after a look at what it would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dafu.readback.faults import unusable
from dafu.readback.numbering import numbering_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.readback.numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same for old programs
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_WORDS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_GONE = (f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", _FALLBACK)  # text taken out, or no text at all
_OFF = ("0", "false", "none")

_MOST_MEMBERS, _LARGEST_INSIDE = 5_000, 100_000_000  # files and bytes in a package; scanned pages are large
_LONGEST_ROW = 200  # characters of a row that is no text
_LARGEST_PART = 10_000_000  # bytes of the part that holds the text
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def paragraphs(docx: bytes) -> list[str]:
    """Return the text of each paragraph of a letter that this process has just drawn, headers and footers included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [package.read(name) for name in package.namelist() if _TEXT_PARTS.fullmatch(name)]
    return [text for part in parts for text in _paragraphs(part)]


def _paragraphs(part: bytes) -> Iterator[str]:
    root = ET.fromstring(part)  # noqa: S314 -- our own bytes: no entity was written into them
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_own_words(paragraph))


def _own_words(paragraph: ET.Element) -> Iterator[str]:
    for node in paragraph.iter():
        yield (node.text or "") if node.tag == f"{_W}t" else _WORDS.get(node.tag, "")


def is_package(data: bytes) -> bool:
    """Tell whether *data* is a zip archive, as every .docx is."""
    return data.startswith(b"PK\x03\x04")


def lines(data: bytes, name: str) -> list[str]:
    """Return the paragraphs and table rows of a .docx, the head of its first page first; see `readback.lines`.

    Text under revision counts as accepted, and numbers that Word counts itself stand before their paragraphs. Raises
    UnusableError for a package that is broken or unpacks to too much.
    """
    _screen(data, name)
    from docx import Document
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        heads = [part.first_page_header for part in document.sections[:1] if part.different_first_page_header_footer]
        roots = [*(head._element for head in heads), document.element.body]  # noqa: SLF001 -- has no public name
        numbering = numbering_of(document)
    except (*_BROKEN, KeyError, AttributeError, TypeError, LxmlError) as error:
        raise unusable(name, "不是 Word 文档，或者已经损坏", "用 Word 或 WPS 打开，另存为 .docx") from error
    return [line for root in roots for line in _lines_of(root, numbering)]


def _screen(data: bytes, name: str) -> None:
    """Unpack every member once, in pieces, so that a lying size or a bomb is met before anything holds it."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > _MOST_MEMBERS:
                raise unusable(name, f"里面有{len(members):,}个文件，太多", "看看是不是选错了文件")
            for member in members:
                most = _LARGEST_PART if member.filename.endswith(".xml") else _LARGEST_INSIDE
                total += _unpacked(package, member, min(most, _LARGEST_INSIDE - total), name)
    except _BROKEN as error:
        raise unusable(name, "压缩包已经损坏或者加了密码", "用 Word 或 WPS 打开，另存为 .docx") from error


def _unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, name: str) -> int:
    size = 0
    with package.open(member) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise unusable(name, "解压后太大", "看看是不是选错了文件；图片太大的，压缩图片后另存")
    return size


def _lines_of(root: ET.Element, numbering: Numbering) -> Iterator[str]:
    """Yield the paragraphs and rows below *root* in the order of the document, those of text boxes at their place."""
    for node in root:
        if node.tag == f"{_W}p":
            yield from _texts(node, numbering.of(node))
            for box in _boxes(node):
                yield from _lines_of(box, numbering)
        elif node.tag == f"{_W}tbl":
            yield from _rows(node, numbering)
        elif node.tag not in _GONE:
            yield from _lines_of(node, numbering)


def _boxes(node: ET.Element) -> Iterator[ET.Element]:
    for child in node:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _GONE:
            yield from _boxes(child)


def _rows(table: ET.Element, numbering: Numbering) -> Iterator[str]:
    """Yield a table: one of a single column is its paragraphs, else each row is `|甲|乙|`.

    A row that holds a whole text, as sheets for proposals have, is followed by its paragraphs from the second one on.
    """
    for row in _parts(table, f"{_W}tr"):
        cells = [[line for line in _lines_of(cell, numbering) if line.strip()] for cell in _parts(row, f"{_W}tc")]
        if len(cells) == 1:
            yield from cells[0]
        elif sum(len(line) for cell in cells for line in cell) > _LONGEST_ROW:
            yield _row([cell[:1] for cell in cells])
            yield from (line for cell in cells for line in cell[1:])
        elif any(cells):
            yield _row(cells)


def _parts(node: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Yield the rows of a table or the cells of a row, out of whatever wraps them; not those of inner tables."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in (*_GONE, f"{_W}tc"):
            yield from _parts(child, tag)


def _row(cells: list[list[str]]) -> str:
    return "|" + "|".join("".join(cell).replace("|", "｜") for cell in cells) + "|"


def _texts(paragraph: ET.Element, number: str) -> Iterator[str]:
    """Yield *number* and the lines of *paragraph* that its line breaks make; a centred one is a single line."""
    centred = paragraph.find(f"{_W}pPr/{_W}jc[@{_W}val='center']") is not None
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, bold in _runs(paragraph):
        first, *others = text.split("\n")
        lines[-1].append((first, bold))
        for other in others:
            lines += [] if centred else [[]]
            lines[-1].append((other, bold))
    first, *others = map(_marked, lines)
    yield number + first if first.strip() else first
    yield from others


def _marked(runs: list[tuple[str, bool]]) -> str:
    """Return the words of *runs*; where only some are bold, those in `**`."""
    if len({bold for text, bold in runs if text.strip()}) < 2:  # noqa: PLR2004 -- both bold and not
        return "".join(text for text, _ in runs)
    whole = "".join(f"**{text}**" if bold and text.strip() else text for text, bold in runs)
    return whole.replace("****", "")


def _runs(node: ET.Element) -> Iterator[tuple[str, bool]]:
    for child in node:
        if child.tag == f"{_W}r":
            yield "".join(_words(child)), _is_bold(child)
        elif child.tag not in (*_GONE, f"{_W}txbxContent"):
            yield from _runs(child)


def _words(run: ET.Element) -> Iterator[str]:
    for node in run:
        if node.tag == f"{_W}t":
            yield (node.text or "").replace("\n", " ")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n" if node.get(f"{_W}type", "textWrapping") == "textWrapping" else ""
        else:
            yield _WORDS.get(str(node.tag), "")


def _is_bold(run: ET.Element) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "1") not in _OFF
