"""A .docx of our own → its paragraphs."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dafu.readback.wordml import CHARACTERS, TEXT_PARTS, W

if TYPE_CHECKING:
    from collections.abc import Iterator


def paragraphs(docx: bytes) -> list[str]:
    """Return the text of each paragraph of a letter that this process has just drawn, headers and footers included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        read = [package.read(name) for name in package.namelist() if TEXT_PARTS.fullmatch(name)]
    return [text for part in read for text in _paragraphs(part)]


def _paragraphs(part: bytes) -> Iterator[str]:
    root = ET.fromstring(part)  # noqa: S314 -- our own bytes: no entity was written into them
    for paragraph in root.iter(f"{W}p"):
        yield "".join(_own_words(paragraph))


def _own_words(paragraph: ET.Element) -> Iterator[str]:
    for node in paragraph.iter():
        yield (node.text or "") if node.tag == f"{W}t" else CHARACTERS.get(node.tag, "")
