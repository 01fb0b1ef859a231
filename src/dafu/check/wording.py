"""Two wordings side by side: which paragraph became which, and what was changed inside it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")  # as which some PDFs give the same characters
_CLAUSE = re.compile(r"[^，。；：、！？]*[，。；：、！？]?")
_ALIKE = 0.4  # of the pairs of characters: paragraphs more unlike are two
_MOST_PAIRS = 10_000  # of paragraphs whose likeness is weighed
_MOST_CHARACTERS = 4_000_000  # product of two texts that are compared character by character
_CONTEXT, _SHORT = 8, 4  # characters shown on either side of a change; so few more are shown too
_WORD = re.compile(r"[0-9A-Za-z.%]{2}")

Pair = tuple[int | None, int | None]
_Span = tuple[int, int, int]  # where equal stretches begin in either text, and how long they are


def bare(text: str) -> str:
    """Return *text* as it is compared: without blanks, which every program sets by its own."""
    return _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), "".join(text.split()))


def aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """Pair the paragraphs of *ours* with those of *theirs* in order; None stands where there is no partner."""
    one, other = [*map(bare, ours)], [*map(bare, theirs)]
    top = _common(one, other)
    tail = _common(one[top:][::-1], other[top:][::-1])
    pairs: list[Pair] = [(at, at) for at in range(top)]
    matcher = SequenceMatcher(None, one[top : len(one) - tail], other[top : len(other) - tail], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        first, second = range(top + a1, top + a2), range(top + b1, top + b2)
        if tag == "equal":
            pairs += zip(first, second, strict=True)
        else:
            pairs += _paired(one, other, first, second)
    return [*pairs, *((len(one) - at, len(other) - at) for at in range(tail, 0, -1))]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items at the beginning are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _paired(one: Sequence[str], other: Sequence[str], first: range, second: range) -> Iterator[Pair]:
    """Yield the pairs of two stretches without equal paragraphs: the like ones, and between them as many as many."""
    anchors = [(first.start - 1, second.start - 1), *_like(one, other, first, second), (first.stop, second.stop)]
    for (a, b), (next_a, next_b) in pairwise(anchors):
        between_a, between_b = range(a + 1, next_a), range(b + 1, next_b)
        if len(between_a) == len(between_b):
            yield from zip(between_a, between_b, strict=True)
        else:
            yield from ((at, None) for at in between_a)
            yield from ((None, at) for at in between_b)
        if next_a < first.stop:
            yield next_a, next_b


def _like(one: Sequence[str], other: Sequence[str], first: range, second: range) -> list[tuple[int, int]]:
    """Return the pairs in order whose likeness is greatest in sum."""
    if not first or not second or len(first) * len(second) > _MOST_PAIRS:
        return []
    grams = {at: _grams(one[at]) for at in first}, {at: _grams(other[at]) for at in second}
    best: list[tuple[float, list[tuple[int, int]]]] = [(0, [])] * (len(second) + 1)
    for a in first:
        row: list[tuple[float, list[tuple[int, int]]]] = [(0, [])]
        for n, b in enumerate(second):
            likeness = _likeness(grams[0][a], grams[1][b])
            joined = (best[n][0] + likeness, [*best[n][1], (a, b)]) if likeness >= _ALIKE else (0.0, [])
            row.append(max(best[n + 1], row[-1], joined, key=lambda found: found[0]))
        best = row
    return best[-1][1]


def _grams(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(f"^{text}$")))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def marked(old: str, new: str) -> str:
    """Return the changes from *old* to *new* like `…共〔-26-〕〔+27+〕个社区…`, each with a little around it.

    A number or a word in Latin letters is changed as a whole.
    """
    one, other = bare(old), bare(new)
    spans = [(0, 0, 0), *_of_whole_words(spans_of(one, other), one, other), (len(one), len(other), 0)]
    shown, end = "", 0
    for (a, b, size), (next_a, next_b, next_size) in pairwise(spans):
        gone, come = one[a + size : next_a], other[b + size : next_b]
        if gone or come:
            start = a + size - _CONTEXT
            shown += f"…{one[start : a + size]}" if start > end + _SHORT else one[end : a + size]
            shown += (f"〔-{gone}-〕" if gone else "") + (f"〔+{come}+〕" if come else "")
            end = min(next_a + _CONTEXT, next_a + next_size)
            shown += one[next_a:end]
    rest = one[end:]
    return shown + (rest if len(rest) <= _SHORT else "…")


def _of_whole_words(spans: list[_Span], one: str, other: str) -> Iterator[_Span]:
    """Yield *spans* without the parts of words that they begin or end with."""
    for a, b, size in spans:
        clear = [n for n in range(size + 1) if not (_cuts_word(one, a + n) or _cuts_word(other, b + n))]
        if clear and clear[-1] > clear[0]:
            yield a + clear[0], b + clear[0], clear[-1] - clear[0]


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(_WORD.fullmatch(text[at - 1 : at + 1]))


def spans_of(one: str, other: str) -> list[_Span]:
    """Return the stretches that two texts share: whole clauses first, then characters between them."""
    clauses, others = _CLAUSE.findall(one)[:-1], _CLAUSE.findall(other)[:-1]
    starts, other_starts = _starts(clauses), _starts(others)
    spans: list[_Span] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, clauses, others, autojunk=False).get_opcodes():
        a, b = starts[a1], other_starts[b1]
        if tag == "equal":
            spans.append((a, b, starts[a2] - a))
        elif tag == "replace":
            spans += _shared(one[a : starts[a2]], other[b : other_starts[b2]], a, b)
    return _joined(spans)


def _starts(clauses: list[str]) -> list[int]:
    starts = [0]
    for clause in clauses:
        starts.append(starts[-1] + len(clause))
    return starts


def _shared(one: str, other: str, a: int, b: int) -> list[_Span]:
    if len(one) * len(other) > _MOST_CHARACTERS:
        return []
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(a + block.a, b + block.b, block.size) for block in blocks if block.size]


def _joined(spans: list[_Span]) -> list[_Span]:
    """Return *spans* with those in one that follow each other in both texts."""
    joined: list[_Span] = []
    for a, b, size in spans:
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((a, b, size))
    return joined


def cut_like(ours: Sequence[str], flow: str) -> list[str]:
    """Cut *flow*, a text without paragraphs as PDFs have it, where the paragraphs of *ours* end in it."""
    one = [*map(bare, ours)]
    ends = _starts(one)[1:]
    spans = [*spans_of("".join(one), flow), (ends[-1], len(flow), 0)]
    cuts = [0, *(_placed(spans, end) for end in ends[:-1]), len(flow)]
    return [flow[start:end] for start, end in pairwise(cuts)]


def _placed(spans: list[_Span], at: int) -> int:
    """Return where the place *at* of one text is in the other; what was put in just there goes before it."""
    end, other_end = 0, 0  # of the equal stretch before the place
    for a, b, size in spans:
        if at < a:
            return other_end + (b - other_end) * (at - end) // (a - end)
        if at < a + size:
            return b + at - a
        end, other_end = a + size, b + size
    return other_end
