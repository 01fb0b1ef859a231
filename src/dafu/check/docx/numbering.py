"""Check 24: page numbers (GB/T 9704-2012 7.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.docx.faces import SONG
from dafu.check.docx.opening import value, w
from dafu.check.docx.reporting import Fault, mm, type_size
from dafu.errors import Severity
from dafu.layout import measures as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para, Section

_FIELD = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_FORM = re.compile(r"— ?\d* ?—")
_BARE = re.compile(r"[第共页总·・/\-—–－―_~～\s\d]*|(?i:page|of|\d|\s|/)*")
_NEAR = 20
_BY_HAND = "页脚里还有别的字，请在 Word 里改"
_NAMES = {"default": "页脚", "even": "偶数页页脚", "first": "首页页脚"}
_WORDPROCESSING_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def page_numbers(letter: Letter) -> Iterator[Fault]:
    """24. Each page bears — 1 — in 宋体 of 14 pt: odd pages at the right, even ones at the left, a character in."""
    for section in letter.sections:
        numbered = {kind: para for kind in _NAMES if (para := number_of(letter, section, kind)) is not None}
        if section.number == 1 and "default" not in numbered:
            yield Fault("页脚", "没有页码", "单页居右、双页居左的“— 1 —”", mends=True)
            continue
        if section.hides_first and "first" not in numbered and not letter.is_stationery and section.number == 1:
            yield Fault("首页页脚", "首页没有页码", "从首页起编页码", mends=True)
        yield from _sides(letter, section, numbered)
        for kind, para in numbered.items():
            yield from _form(para, _NAMES[kind])


def is_bare(words: str) -> bool:
    """Tell whether a paragraph says nothing but the number of its page, so that it may be set anew."""
    return bool(_BARE.fullmatch(words))


def number_of(letter: Letter, section: Section, kind: str) -> Para | None:
    """Return the paragraph with the page number in a footer of *section*: `default`, `even` or `first`."""
    root = letter.package.part(section.parts.get(f"footer-{kind}", ""))
    if root is None:
        return None
    holder = next((one for one in root.iter(w("p")) if has_number(one)), None)
    return None if holder is None else letter.read(holder)


def has_number(paragraph: Element) -> bool:
    """Tell whether a paragraph, the text boxes in it left out, holds the page's number."""
    simple = (value(one, "instr") for one in paragraph.iter(w("fldSimple")) if _owner(one) is paragraph)
    complex_ = (one.text or "" for one in paragraph.iter(w("instrText")) if _owner(one) is paragraph)
    return any(_FIELD.match(words) for words in (*simple, "".join(complex_).strip()))


def _owner(node: Element) -> Element | None:
    return next(node.iterancestors(w("p")), None)


def _sides(letter: Letter, section: Section, numbered: dict[str, Para]) -> Iterator[Fault]:
    """Find numbers at the wrong side; a box that moves outwards by itself is right on every page."""
    odd = numbered.get("default")
    if odd is None or _frame(odd) == "outside":
        return
    if not letter.has_even_pages:
        place = {"center": "都居中", "right": "都居右", "left": "都居左"}.get(_side(odd), "单双页位置相同")
        yield Fault("页脚", f"页码{place}", "单页居右、双页居左", cure=_BY_HAND, mends=is_bare(odd.words))
        return
    yield from _side_faults(odd, "right", "单页页码")
    even = numbered.get("even")
    if even is None and section.number == 1:
        yield Fault("偶数页页脚", "双页没有页码", "居左空一字", mends=True)
    elif even is not None:
        yield from _side_faults(even, "left", "双页页码")


def _side_faults(para: Para, wanted: str, what: str) -> Iterator[Fault]:
    name = {"right": "居右", "left": "居左", "center": "居中"}
    side = _side(para)
    if side != wanted:
        yield Fault(
            f"{what[:2]}页脚",
            f"{what}{name.get(side, '位置不明')}",
            f"{name[wanted]}空一字",
            cure=_BY_HAND,
            mends=is_bare(para.words),
        )
        return
    gap = para.indents.right if wanted == "right" else para.indents.left + para.indents.first
    lead = len(para.text) - len(para.text.rstrip() if wanted == "right" else para.text.lstrip())
    if not _frame(para) and not lead and abs(gap - m.CHAR_4) > _NEAR:
        yield Fault(
            f"{what[:2]}页脚",
            f"{what}空 {mm(gap)}",
            f"空一字（{mm(m.CHAR_4)}）",
            cure=_BY_HAND,
            mends=is_bare(para.words),
        )


def _side(para: Para) -> str:
    return _frame(para) or ("left" if para.align == "both" else para.align)


def _frame(para: Para) -> str:
    """Return where the frame or text box of a paragraph stands across the page, or "" where it has none."""
    framed = next((found for one in para.chain if (found := one.find(w("framePr"))) is not None), None)
    if framed is not None and value(framed, "xAlign"):
        return value(framed, "xAlign")
    for box in para.element.iterancestors(f"{_WORDPROCESSING_DRAWING}anchor"):
        return str(box.findtext(f"{_WORDPROCESSING_DRAWING}positionH/{_WORDPROCESSING_DRAWING}align", "")) or "box"
    return ""


def _form(para: Para, place: str) -> Iterator[Fault]:
    mends = is_bare(para.words)
    if not _FORM.fullmatch(para.words):
        measured = f"页码写成“{para.words}”" if para.words else "页码两边没有一字线"
        yield Fault(place, measured, "“— 1 —”", Severity.WARNING, _BY_HAND, mends)
    for piece in para.pieces:
        if not piece.text.strip():
            continue
        if piece.type.size != m.SIZE_4:
            measured = f"页码字号 {type_size(piece.type.size)}"
            yield Fault(place, measured, f" {type_size(m.SIZE_4)}", Severity.WARNING, _BY_HAND, mends)
        face = piece.type.latin
        if face not in SONG.faces | SONG.like:
            yield Fault(place, f"页码字体 {face or '没有指定'}", SONG.first, Severity.WARNING, _BY_HAND, mends)
