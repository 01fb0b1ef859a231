"""The separate asks of a proposal: what stands under its heading 建议 or 对策."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = "[一二三四五六七八九十]+"
_LEVELS = (
    re.compile(rf"(?:{_HAN}[、.．]|第{_HAN}[,，、])\s*"),
    re.compile(rf"[（(]{_HAN}[）)]\s*[、.]?\s*"),
    re.compile(r"\d+\s*[.．、](?!\d)\s*|[①-⑳]\s*"),
    re.compile(r"[（(]\d+[）)]\s*|\d+[）)]\s*"),
    re.compile(rf"(?:{_HAN}是|其{_HAN}|首先|其次|再次|最后)[,，：:]?\s*"),
)
_ASKING = re.compile("建议|对策|举措|办法|意见|诉求|解决(?:方案|途径)")
_LEADING = re.compile("(?:建议|对策|举措|办法|意见|诉求)(?:和.{0,6}|与.{0,6})?(?:如下|是)?[:：]?$|建议(?:如下)?[:：]")
_LED = re.compile("(?:建议|对策|举措|办法|意见|诉求)(?:如下)?[:：]")
_INLINE = re.compile(rf"(?:(?<=[。；;：:，,])|^)\s*(?:\d+[.．、](?!\d)|[（(](?:\d+|{_HAN})[）)]|[①-⑳]|{_HAN}是)\s*")
_LONGEST = 80  # characters of an ask; what explains it is left in the text
_LONGEST_HEADING = 30
_MOST = 50


def asks_in(text: Sequence[str]) -> tuple[str, ...]:
    """Return the asks in *text*, each as its numbered line says it, without what explains it."""
    start, below = _section(text)
    if start is None:
        return tuple(_self_asking(text))[:_MOST]
    led = re.split(_LED, text[start], maxsplit=1)
    same_line = led[1].strip() if len(led) > 1 else ""
    found = [*_inline(same_line)] or [*_items(below)] or [*(line for one in below for line in _inline(one))]
    return tuple(found or filter(None, map(_short, [same_line, *below])))[:_MOST]


def _section(text: Sequence[str]) -> tuple[int | None, list[str]]:
    """Return where the last heading for asks stands, and the lines below it up to the next heading of its level."""
    for at in reversed(range(len(text))):
        level = _level(text[at])
        bare = _bare(text[at])
        heads = level and len(bare) <= _LONGEST_HEADING and _ASKING.search(bare) and not bare.startswith("建议")
        if heads or (level and _LEADING.fullmatch(bare)) or (not level and _is_lead(bare)):
            return at, [*_until_next(text[at + 1 :], level)]
    return None, []


def _until_next(lines: Sequence[str], level: int) -> Iterator[str]:
    """Yield *lines* up to the next heading of *level*; under a plain line there is none."""
    return takewhile(lambda line: not (level and 0 < _level(line) <= level), lines)


def _is_lead(line: str) -> bool:
    """Tell whether a plain line announces the asks: `为此，建议：`, `具体建议如下：`."""
    return bool(_LED.search(line) or (len(line) <= _LONGEST_HEADING and _LEADING.search(line)))


def _self_asking(text: Sequence[str]) -> Iterator[str]:
    """Yield the numbered lines that themselves begin with 建议, where no heading stands over them."""
    for line in text:
        if _level(line) and _bare(line).startswith("建议"):
            yield _short(_bare(line).removeprefix("建议"))


def _items(below: Sequence[str]) -> Iterator[str]:
    levels = [level for line in below if (level := _level(line))]
    highest = levels[0] if levels else 0
    return (_short(_bare(line)) for line in below if highest and _level(line) == highest)


def _inline(line: str) -> Iterator[str]:
    """Yield the asks of one paragraph: `1.……；2.……`, `一是……；二是……`."""
    marks = [*_INLINE.finditer(line)]
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    if len(marks) > 1:
        yield from (_short(line[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))


def _level(line: str) -> int:
    return next((n for n, pattern in enumerate(_LEVELS, 1) if pattern.match(line)), 0)


def _bare(line: str) -> str:
    pattern = next((pattern for pattern in _LEVELS if pattern.match(line)), None)
    return pattern.sub("", line, count=1).strip() if pattern else line.strip()


def _short(line: str) -> str:
    """Return the ask itself: up to the first full stop, or to a lesser mark where that is still too long."""
    first = re.split("[。！？]", line, maxsplit=1)[0]
    for marks in ("[；;：:]", "[，,]"):
        if len(first) > _LONGEST:
            first = re.split(marks, first, maxsplit=1)[0]
    return first.strip(" \t，,；;：:*")
