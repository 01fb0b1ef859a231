"""Read a letter back: every value that went in, and every element, must be found in the bytes that go out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dafu import layout, letter, readback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.compose import Composed
    from dafu.letter import Letter


def lost(composed: Composed, docx: bytes) -> list[str]:
    """Return what should be in the letter and is not; blanks do not count, which the layout sets by its own.

    Each element takes its own words away, so that 署名 is not proved by the same words in the mark.
    """
    paragraphs = Counter(map(_bare, readback.paragraphs(docx)))
    printed = "\n".join(paragraphs)
    gone = [text for text in composed.inserted if _bare(text) not in paragraphs and _bare(text) not in printed]
    inside = []  # elements that share a paragraph with others
    for text in map(_bare, _elements(composed.letter)):
        if paragraphs[text]:
            paragraphs[text] -= 1
        else:
            inside.append(text)
    rest = "\n".join(paragraphs.elements())
    for text in sorted(inside, key=len, reverse=True):
        gone += [] if text in rest else [text]
        rest = rest.replace(text, "\n", 1)
    return gone


def _bare(text: str) -> str:
    return "".join(text.split())


def _elements(drawn: Letter) -> Iterator[str]:
    yield from (*layout.mark_words(drawn), drawn.number, *drawn.signer.split(), drawn.grade, drawn.openness)
    yield from (drawn.title, drawn.salutation, *letter.texts(drawn.body), *drawn.attachments)
    yield from (drawn.organ, *drawn.joint, drawn.date, drawn.note, *drawn.contact)
    yield from (drawn.copies, drawn.printer, drawn.printed, drawn.copy_number, drawn.secrecy, drawn.urgency)
    for appendix in drawn.appendices:
        yield from (appendix.label, appendix.title, *letter.texts(appendix.body))
