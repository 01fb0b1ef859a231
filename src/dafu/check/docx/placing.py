"""Where a line of a foreign .docx stands in 版心, computed from its words, its indents and its tabs; in twips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.docx.opening import number, value, w
from dafu.check.docx.reading import height, row_of
from dafu.layout import measures as m

if TYPE_CHECKING:
    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para

_BLANKS = " \u3000\xa0"


def extent(para: Para, width: int = m.TEXT_WIDTH) -> tuple[float, float] | None:
    """Return the edges of the only line of a paragraph, or None where it has tabs or several lines."""
    text = para.text
    own = m.width(text, para.type.size, para.type.tracking)
    left, right = para.indents.left + para.indents.first, width - para.indents.right
    if "\t" in text.strip() or "\n" in text or own > right - left:
        return None
    if text.startswith("\t"):
        return _after_tabs(para, width)
    lead = m.width(text[: len(text) - len(text.lstrip(_BLANKS))], para.type.size, para.type.tracking)
    trail = m.width(text[len(text.rstrip(_BLANKS)) :], para.type.size, para.type.tracking)
    start = {"right": right - own, "center": (left + right - own) / 2}.get(para.align, left)
    return start + lead, start + own - trail


def _after_tabs(para: Para, width: int) -> tuple[float, float] | None:
    """Return the edges of a line behind one tab that ends or begins at a stop of its own."""
    stops = tab_stops(para)
    if para.text.count("\t") != 1 or not stops:
        return None
    kind, at = stops[0]
    own = m.width(para.words, para.type.size, para.type.tracking)
    return {"right": (at - own, at), "center": (at - own / 2, at + own / 2)}.get(kind, (at, min(width, at + own)))


def tab_stops(para: Para) -> list[tuple[str, int]]:
    """Return kind and place of the tab stops of a paragraph, from left to right."""
    nearest = next((found for one in para.chain if (found := one.find(w("tabs"))) is not None), None)
    stops = [(value(stop) or "left", number(value(stop, "pos")) or 0) for stop in (() if nearest is None else nearest)]
    return sorted((stop for stop in stops if stop[0] != "clear"), key=lambda stop: stop[1])


def rows_between(letter: Letter, para: Para) -> tuple[Para | None, float | None]:
    """Return what stands above *para*, and how many rows of white lie between; None where only a face knows."""
    above, blanks = letter.blanks_above(para)
    section = letter.section(para)
    heights = [height(one, section) for one in blanks]
    if above is None or None in heights:
        return above, None
    white = sum(one for one in heights if one is not None) + above.spacing.after + para.spacing.before
    return above, white / row_of(section)
