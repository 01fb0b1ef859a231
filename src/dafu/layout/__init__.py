"""A `Letter` → the bytes of a .docx in the layout of GB/T 9704-2012."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout.document import document_part
from dafu.layout.fitting import PLAIN, Fit
from dafu.layout.listing import draw_list
from dafu.layout.mark import mark_words
from dafu.layout.package import carried_hash, content_hash, pack, stripped
from dafu.layout.properties import core_part
from dafu.layout.stationery import first_footer, first_header
from dafu.terms import PageForm

if TYPE_CHECKING:
    from dafu.letter import Letter

__all__ = ["PLAIN", "Fit", "carried_hash", "content_hash", "draw", "draw_list", "mark_words", "stripped"]


def draw(letter: Letter, fit: Fit = PLAIN) -> bytes:
    """Return *letter* as a .docx; the same letter and fit give the same bytes.

    What needs the pages of a rendering is in *fit*: without one, `ImprintSide.EVEN` is drawn like `LAST`. Raises
    ValueError for a character that XML cannot hold.
    """
    parts = {"word/document.xml": document_part(letter, fit), "docProps/core.xml": core_part(letter)}
    if letter.style.form is PageForm.LETTER:
        parts |= {"word/header1.xml": first_header(letter), "word/footer3.xml": first_footer(letter)}
    return pack(letter.style.form.name.lower(), {name: text.encode() for name, text in parts.items()})
