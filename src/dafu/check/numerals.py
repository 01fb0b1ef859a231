"""Hanzi numerals as they stand in 届次 and in the numbering of headings."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
HAN = "[零〇一二两三四五六七八九十百]+"


def value_of(text: str) -> int | None:
    """Return the value of digits or of Hanzi numerals below a thousand, or None when *text* is neither."""
    if text.isascii() and text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + digit if text else None
