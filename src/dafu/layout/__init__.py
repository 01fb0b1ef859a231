"""A `Letter` → the bytes of a .docx in the layout of GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout.document import document_part
from dafu.layout.package import carried_hash, content_hash, pack
from dafu.layout.properties import core_part
from dafu.layout.stationery import first_footer, first_header
from dafu.terms import PageForm

if TYPE_CHECKING:
    from dafu.letter import Letter

__all__ = ["carried_hash", "content_hash", "draw"]


def draw(letter: Letter) -> bytes:
    """Return *letter* as a .docx; the same letter gives the same bytes.

    `ImprintSide.EVEN` needs the number of rendered pages and is drawn like `LAST`. Raises ValueError for a
    character that XML cannot hold.
    """
    parts = {"word/document.xml": document_part(letter), "docProps/core.xml": core_part(letter)}
    if letter.style.form is PageForm.LETTER:
        parts |= {"word/header1.xml": first_header(letter), "word/footer3.xml": first_footer(letter)}
    return pack(letter.style.form.name.lower(), {name: text.encode() for name, text in parts.items()})
