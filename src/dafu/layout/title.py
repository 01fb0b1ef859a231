"""标题: broken by sense into lines whose shape pleases (GB/T 9704-2012 7.3.1).

Every way to cut a title into lines has a cost; the cheapest is taken. The weights order the faults: a cut number
is worse than a cut name, that than a cut word, any of them worse than an ill shape.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, inf
from typing import TYPE_CHECKING

from dafu.layout.measures import AUTOSPACE, TITLE_CHARS, TITLE_CHARS_EASY, ems

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"[A-Za-z\d][A-Za-z\d.]*|【[^】]*】")
_HAN = "[一二三四五六七八九十百]+"
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕")
_WORD = re.compile(
    rf"(?:第?{_HAN}届)?(?:委员会|人民代表大会|人大)?第?{_HAN}次(?:全体)?会议|第?{_HAN}[届次]"
    r"|(?:经济技术|高新技术产业)?开发区|新区|委员会|政协|人大|会议|提案|建议|答复|意见|委员|代表|办理|会办|情况|有关|关于|年度"
)
_PLACE = re.compile(  # the end of its name and what it is, with the assembly of it: 临澜市委员会, 自治州第十届
    r"(?:(?![对于届])[^\W\d]){2}(?:自治[区州县旗]|[省市县区州旗](?:委员会|人民代表大会|人大|政协|(?=第)))"
)
_PLACE_AND_TERM = re.compile("[省市县区州旗]第")
_NO_START = frozenset("的和与及等号届次了、，。；：》”）〕】")
_NO_END = frozenset("对关于第《“（〔【和与及在把将为")
_GOOD_START = ("第", "关于", "《", "“")
_GOOD_END = ("会议", "大会", "届", "次", "的", "》", "”", "、", "，", "局", "会", "委", "厅", "政府")
_CUT_NUMBER, _CUT_NAME, _CUT_WORD, _BAD_EDGE, _CUT_QUOTED = 1000, 400, 200, 200, 90
_CUT_PHRASE, _NO_REASON, _BLANK = 40, 12, -20
_KEPT = ((_QUOTED, _CUT_QUOTED), (_PLACE_AND_TERM, _CUT_PHRASE), (_PLACE, _CUT_WORD), (_WORD, _CUT_WORD))
_SHORTEST, _ORPHAN = 4, 150  # ems; the cost of a line that is shorter
_DIFFERENT = 0.5  # ems; lines are equal below that
_EASY_STEP, _EXTRA_LINE, _WIDE, _HOURGLASS, _EQUAL = 6, 30, 40, 60, 20
_SEAM = re.compile(r"(?<=[^\W\dA-Za-z])(?=[\dA-Za-z])|(?<=[\dA-Za-z])(?=[^\W\dA-Za-z])")
_MOST_LINES = 3  # beyond that shape is lost anyway and the ways are too many to try

_Way = tuple[float, tuple[int, ...]]  # what it costs, where it breaks


@lru_cache(maxsize=256)
def title_lines(title: str, unbroken: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return *title* as lines of at most 20 characters, cutting no word of *unbroken* that can be kept whole.

    A blank inside marks a place where its author would break it.
    """
    edges = _edges(title)
    if edges[-1] <= TITLE_CHARS_EASY:
        return (title,)
    costs = _break_costs(title, unbroken)
    best: _Way = (inf, _filled(edges, costs))
    for count in range(ceil(edges[-1] / TITLE_CHARS), _MOST_LINES + 1):
        if best[0] > _EXTRA_LINE * count:  # the least that so many lines cost
            best = _cheapest(edges, costs, count, best)
    return _cut(title, best[1])


def _edges(title: str) -> list[float]:
    """Return where each character begins, in ems, and where the last one ends.

    Hanzi and digits are kept apart as LibreOffice and WPS do it, so that no line runs over there.
    """
    seams = {found.start() for found in _SEAM.finditer(title)}
    return [0.0, *accumulate(ems(char) + AUTOSPACE * (at in seams) for at, char in enumerate(title))]


def _cheapest(edges: list[float], costs: list[int], count: int, best: _Way) -> _Way:
    """Return the best way to make *count* lines, or *best* if that is better."""
    for cost, breaks in sorted((sum(costs[at] for at in way), way) for way in _ways(edges, 0, count)):
        if cost >= best[0]:
            break  # no shape can make up for that
        widths = [edges[end] - edges[start] for start, end in pairwise((0, *breaks, len(costs)))]
        best = min(best, (cost + _shape_cost(widths), breaks))
    return best


def _ways(edges: list[float], start: int, count: int) -> Iterator[tuple[int, ...]]:
    """Yield the places to break what follows *start* into *count* lines that fit."""
    rest = edges[-1] - edges[start]
    if count == 1 and rest <= TITLE_CHARS:
        yield ()
    if count == 1 or rest > count * TITLE_CHARS:
        return
    for at in range(start + 1, len(edges) - 1):
        if edges[at] - edges[start] > TITLE_CHARS:
            return
        yield from ((at, *others) for others in _ways(edges, at, count - 1))


def _filled(edges: list[float], costs: list[int]) -> tuple[int, ...]:
    """Return breaks that fill each line up to its least bad place: all that can be done for an overlong title."""
    breaks = [0]
    while edges[-1] - edges[breaks[-1]] > TITLE_CHARS:
        places = range(breaks[-1] + 1, len(costs))
        fitting = [at for at in places if edges[at] - edges[breaks[-1]] <= TITLE_CHARS]
        breaks.append(min(fitting, key=lambda at: (costs[at], -at)))
    return tuple(breaks[1:])


def _cut(title: str, breaks: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(title[start:end].strip() for start, end in pairwise((0, *breaks, len(title))))


def _break_costs(title: str, unbroken: tuple[str, ...]) -> list[int]:
    """Return what a break before each character of *title* costs."""
    costs = [_edge_cost(title[:at], title[at:]) for at in range(len(title))]
    names = re.compile("|".join(map(re.escape, sorted(filter(None, unbroken), key=len, reverse=True))) or "(?!)")
    for pattern, cost in (*_KEPT, (names, _CUT_NAME), (_NUMBER, _CUT_NUMBER)):
        for found in pattern.finditer(title):
            for at in range(found.start() + 1, found.end()):
                costs[at] = max(costs[at], cost)
    return costs


def _edge_cost(before: str, after: str) -> int:
    if before.endswith(" ") or after.startswith(" "):
        return _BLANK
    if before[-1:] in _NO_END or after[:1] in _NO_START:
        return _BAD_EDGE
    return 0 if before.endswith(_GOOD_END) or after.startswith(_GOOD_START) else _NO_REASON


def _shape_cost(widths: list[float]) -> float:
    """Return how far lines of these widths are from a trapezium or a rhombus."""
    steps = [abs(one - other) for one, other in pairwise(widths)]
    cost = _EXTRA_LINE * len(widths) + sum(_WIDE * max(0, one - TITLE_CHARS_EASY) for one in widths)
    cost += sum(_ORPHAN for one in widths if one < _SHORTEST) + sum(3 * max(0, step - _EASY_STEP) for step in steps)
    if len(widths) > 2:  # noqa: PLR2004 -- two lines are a trapezium whatever they are
        cost += sum(_EQUAL for step in steps if step < _DIFFERENT)
        cost += _HOURGLASS * (min(widths) not in (widths[0], widths[-1]))
    return cost
