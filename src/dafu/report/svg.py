"""Bar charts as SVG from constant pieces: every bar bears its number, every colour its word."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PIECES = Path(__file__).parent / "html"
_WIDTH = 400
_COLOURS = ("#1f5a96", "#b45309", "#4d7c0f", "#6b21a8")  # each at least 4.5 : 1 on white
_INK, _LINE = "#1b1f24", "#8a929b"
_LEGEND, _ROW, _GAP, _NAME, _NUMBER, _NAME_LIMIT = 20, 13, 8, 104, 30, 9  # units; the last in characters
_PLOT, _FOOT = 130, 18


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one colour, one for each name of the chart."""

    name: str
    values: Sequence[int]


def piece(name: str, **words: str) -> str:
    """Return a piece of the page with *words* set in it; they must be escaped already."""
    return Template((PIECES / name).read_text(encoding="utf-8")).substitute(words).rstrip()


def rows(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Return a figure of bars that lie beside their *names*, long names cut."""
    step = _ROW * len(series) + _GAP
    scale = (_WIDTH - _NAME - _NUMBER) / _most(series)
    marks, head = list(_legend(series)), _LEGEND if len(series) > 1 else 0
    for place, name in enumerate(names):
        top = head + place * step
        marks.append(_text(_NAME - 6, top + step / 2, _cut(name), "end"))
        for turn, one in enumerate(series):
            y, width = top + turn * _ROW, one.values[place] * scale
            marks.append(_bar(_NAME, y, width, _ROW - 1, turn))
            marks.append(_text(_NAME + width + 3, y + _ROW - 3, str(one.values[place])))
    return _figure(title, marks, head + len(names) * step)


def columns(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Return a figure of bars that stand over their *names*, in the order of time."""
    step = _WIDTH / max(1, len(names))
    width = (step - 4) / len(series)
    scale = (_PLOT - 14) / _most(series)
    floor = _LEGEND + _PLOT
    marks = [*_legend(series), f'<path d="M0 {floor}H{_WIDTH}" stroke="{_LINE}"/>']
    for place, name in enumerate(names):
        marks.append(_text((place + 0.5) * step, floor + 13, name, "middle"))
        for turn, one in enumerate(series):
            x, height = place * step + 2 + turn * width, one.values[place] * scale
            marks.append(_bar(x, floor - height, width - 1, height, turn))
            if one.values[place]:
                marks.append(_text(x + width / 2, floor - height - 3, str(one.values[place]), "middle"))
    return _figure(title, marks, floor + _FOOT)


def _legend(series: Sequence[Series]) -> Iterator[str]:
    if len(series) == 1:
        return  # the title says what it is
    for turn, one in enumerate(series):
        x = turn * 80
        yield _bar(x, 3, 10, 10, turn)
        yield _text(x + 14, 12, one.name)


def _figure(title: str, marks: Sequence[str], height: float) -> str:
    words = {"label": escape(f"{title}，数字见下表"), "caption": escape(title)}
    return piece("figure.html", width=str(_WIDTH), height=f"{height:g}", marks="\n".join(marks), **words)


def _most(series: Sequence[Series]) -> int:
    return max([1, *(value for one in series for value in one.values)])


def _cut(name: str) -> str:
    return name if len(name) <= _NAME_LIMIT else f"{name[: _NAME_LIMIT - 1]}…"


def _bar(x: float, y: float, width: float, height: float, turn: int) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{_COLOURS[turn % len(_COLOURS)]}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>'
