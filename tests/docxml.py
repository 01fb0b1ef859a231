"""Change the XML of a .docx in one place, to see what comes of it."""

from __future__ import annotations

import re

from dafu.files.package import members, packed

MAIN = "word/document.xml"


def edited(data: bytes, *changes: tuple[str, str], part: str = MAIN, words: str = "") -> bytes:
    """Replace texts in a part, each of which must be there; with *words* only in the paragraphs that hold them."""
    parts = members(data)
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, old
        if words:
            paragraphs = re.split(r"(<w:p>.*?</w:p>)", text, flags=re.DOTALL)
            text = "".join(one.replace(old, new) if words in _said(one) else one for one in paragraphs)
        else:
            text = text.replace(old, new)
    changed = packed(parts | {part: text.encode()})
    assert changed != packed(parts), changes
    return changed


def _said(paragraph: str) -> str:
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph))
