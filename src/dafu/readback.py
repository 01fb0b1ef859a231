"""A .docx or a PDF → what it says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_WORDS = {f"{_W}tab": "\t", f"{_W}br": "", f"{_W}cr": ""}  # a line break inside a title is no character of it


def paragraphs(docx: bytes) -> list[str]:
    """Return the text of each paragraph of a letter that this process has just drawn, headers and footers included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [package.read(name) for name in package.namelist() if _TEXT_PARTS.fullmatch(name)]
    return [text for part in parts for text in _paragraphs(part)]


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page of a rendered letter, in the order in which it was drawn."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _paragraphs(part: bytes) -> Iterator[str]:
    root = ET.fromstring(part)  # noqa: S314 -- our own bytes: no entity was written into them
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_words(paragraph))


def _words(paragraph: ET.Element) -> Iterator[str]:
    for node in paragraph.iter():
        yield (node.text or "") if node.tag == f"{_W}t" else _WORDS.get(node.tag, "")
