"""A .docx of our own → its paragraphs."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat  # quicker to load than a tree, and nothing is asked but the text

from dafu.readback.wordml import CHARACTERS, TEXT_PARTS, W

_PARAGRAPH, _TEXT = (f"{W}{tag}".removeprefix("{") for tag in "pt")  # as expat spells them
_CHARACTERS = {tag.removeprefix("{"): char for tag, char in CHARACTERS.items()}


def paragraphs(docx: bytes) -> list[str]:
    """Return the text of each paragraph of a letter that this process has just drawn, headers and footers included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        read = [package.read(name) for name in package.namelist() if TEXT_PARTS.fullmatch(name)]
    return [text for part in read for text in _paragraphs(part)]


def _paragraphs(part: bytes) -> list[str]:
    found: list[str] = []
    said: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = parser.ordered_attributes = True

    def start(tag: str, _: list[str]) -> None:
        if tag == _TEXT:
            parser.CharacterDataHandler = said.append
        elif tag in _CHARACTERS:
            said.append(_CHARACTERS[tag])

    def end(tag: str) -> None:
        if tag == _TEXT:
            parser.CharacterDataHandler = None
        elif tag == _PARAGRAPH:
            found.append("".join(said))
            said.clear()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(part, True)  # noqa: FBT003 -- it takes no keywords: this is all of it
    return found
