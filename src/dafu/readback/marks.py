"""Numbers, dates and marks as they are printed, in whatever brackets and digits → their one form."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dafu.terms import Openness

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN, CLOSE = r"[〔\[【(（［〖〈]", r"[〕\]】)）］〗〉]"
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}  # ０–９, Ａ–Ｚ
_NUMBER = re.compile(
    rf"(?P<code>[^\s\d〔〕\[\]【】()（）［］:：|]{{1,20}})\s?[:：]?\s?{OPEN}\s?(?P<year>(?:19|20)\d\d)\s?{CLOSE}"
    r"\s?第?\s?0*(?P<serial>[1-9]\d{0,5}(?:-\d+)?)\s?号"
)
_DIGITS = "〇○Ｏ零0一二三四五六七八九"
_VALUES = {char: max(0, n - 4) for n, char in enumerate(_DIGITS)}
DATE = (
    r"(?:(?:19|20)\d\d\s?年\s?[01]?\d\s?月\s?[0-3]?\d\s?[日号]"
    rf"|[一二][{_DIGITS}]{{3}}年[元一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十廿卅]{{1,3}}[日号])"
)
_OPEN_WORDS = ("公开", "是", "同意", "同意公开", "主动公开", "全文公开", "公开发布", "此件公开发布", "此件主动公开")
_CLOSED_WORDS = ("否", "不公开", "不予公开", "不同意", "不同意公开", "此件不公开", "此件不予公开")


def tidy(line: str) -> str:
    """Return *line* with half-width digits and capitals, plain blanks, and nothing around it."""
    return line.translate(_WIDE).replace("\u3000", " ").replace("\xa0", " ").strip()


def closed_up(text: str) -> str:
    """Return *text* without the blanks that only a line break or a spread name left in Chinese."""
    return re.sub(r"(?<![A-Za-z,.]) +| +(?![A-Za-z])", "", text.replace("\t", " "))


def number_in(text: str) -> tuple[str, str]:
    """Return the 发文字号 in *text* in the form 洛商〔2025〕67号, and the text without it; "" where there is none."""
    found = _NUMBER.search(text)
    if not found:
        return "", text
    number = f"{found['code']}〔{found['year']}〕{found['serial']}号"
    return number, f"{text[: found.start()]} {text[found.end() :]}"


def day_of(text: str) -> date | None:
    """Return the day that a printed date means, in Arabic or Chinese digits; None for a day that no calendar has."""
    year, month, day = re.split("[年月日号]", re.sub(r"\s", "", text))[:3]
    try:
        return date(_year(year), count(month), count(day))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else int("".join(str(_VALUES[char]) for char in text))


def count(text: str) -> int:
    """Return a number below 100 in Arabic or Chinese digits."""
    if text.isdecimal() and text.isascii():
        return int(text)
    spelt = text.replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = spelt.rpartition("十")
    return (_VALUES.get(tens, 1) * 10 if ten else 0) + (_VALUES[ones] if ones else 0)


def openness_of(words: str) -> Openness | None:
    """Return what the printed *words* say of 公开, or None where they are none of the usual ones."""
    if words in _OPEN_WORDS:
        return Openness.PUBLIC
    if words in _CLOSED_WORDS:
        return Openness.CLOSED
    return next((one for one in Openness if str(one) in words), None)


def names(text: str) -> tuple[str, ...]:
    """Return the names in *text*, set apart by blanks or marks; `马 文 忠` is one that was spread."""
    parts = [part for part in re.split(r"[\s、，,；;]+", text.strip(" \t。.")) if part]
    return tuple(_whole(parts))


def _whole(parts: Iterable[str]) -> Iterable[str]:
    spread = ""
    for part in parts:
        if len(part) == 1:
            spread += part
            continue
        if spread:
            yield spread
        spread = ""
        yield part
    if spread:
        yield spread
