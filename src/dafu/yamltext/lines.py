"""What one raw line shows by itself: a table of faults, each with its cure and a mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dafu.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

WIDE_BLANKS = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
"""Blanks that look like indentation and are letters to YAML."""

LEAD = rf"^(?P<lead>[ \t{WIDE_BLANKS}]*(?:- +)*)"
_WORD = r"[^\W\d_][^\s：:，。；！？、,#\"'“”‘’]{0,19}"
KEY = rf"(?P<key>\"{_WORD}\"|'{_WORD}'|“{_WORD}”|{_WORD})"
NEUTRAL = "〇"
"""What takes the place of a mark that stopped the parser."""

_MARK = r"(?:[@`%&*!\]},]|[|>](?![-+0-9]*\s*(?:#.*)?$))"
MARK_MESSAGE = "值不能以“{value:.1}”开头，它在 YAML 里另有用处"

COLON_CURE = "键后面用半角冒号加一个空格；本来就是文字，则整个值加引号"
QUOTE_CURE = "给整个值加英文引号"


class Row(NamedTuple):
    """One fault that a single line shows."""

    code: str
    pattern: str
    message: str
    cure: str
    mend: Callable[[re.Match[str]], str]

    def problem(self, match: re.Match[str], number: int) -> Problem:
        """Return the fault of line *number* (from 1) with its key as the field."""
        groups = match.groupdict()
        field = (groups.get("key") or "").strip("\"'“”‘’")
        return Problem(self.code, self.message.format(**groups), self.cure, field, number)


def _spaced_colon(match: re.Match[str]) -> str:
    return f"{match['lead']}{match['key']}: {match['rest'].lstrip()}"


def _spaced_dash(match: re.Match[str]) -> str:
    return f"{match['lead']}- {match['rest'].lstrip()}"


def _neutral_value(match: re.Match[str]) -> str:
    start = match.start("value")
    return match.string[:start] + re.sub(r"[^\w\s]", NEUTRAL, match.string[start:])


ROWS = tuple(
    Row(*row)
    for row in (
        ("Y304", rf"{LEAD}{KEY}[ 　]*：(?P<rest>.*)", "键后面是全角冒号“：”", COLON_CURE, _spaced_colon),
        (
            "Y305",
            rf"{LEAD}{KEY}:(?!//)(?P<rest>[^ \t].*)",
            "冒号后面少一个半角空格",
            COLON_CURE,
            _spaced_colon,
        ),
        (
            "Y303",
            r"^(?P<lead> *(?:- +)*)(?:-(?![-\s])|-(?=[^\S \t])|[－—–−](?=\s))(?P<rest>.+)",
            "列表的“-”要用半角，后面要有一个半角空格",
            "写成“- 内容”",
            _spaced_dash,
        ),
        ("Y209", rf"{LEAD}:(?:\s.*|$)", "冒号前面没有键", "补上键；是文字就给整个值加英文引号", lambda _: ""),
        (
            "Y204",
            r"^(?P<value>%.*)",
            "不能用 % 开头的 YAML 指令",
            "删去这一行；是文字就给整个值加英文引号",
            lambda _: "",
        ),
        ("Y307", rf"{LEAD}{KEY}: +(?P<value>{_MARK}.*|[-?] .*)", MARK_MESSAGE, QUOTE_CURE, _neutral_value),
        ("Y307", rf"{LEAD}(?P<value>{_MARK}.*)", MARK_MESSAGE, QUOTE_CURE, _neutral_value),
        (
            "Y306",
            rf"{LEAD}{KEY} *: +(?P<value>[“‘](?:(?!\s#).)*:(?:\s.*|$))",
            "值用的是中文引号，不起引号的作用，里面的“: ”把它断开了",
            "最外层改用英文引号",
            _neutral_value,
        ),
        (
            "Y306",
            rf"{LEAD}{KEY} *: +(?P<value>[^\"'\[{{#\s](?:(?!\s#).)*:(?:\s.*|$))",
            "值里又有半角“: ”，分不清哪个是键",
            "给整个值加英文引号，或改用全角冒号",
            _neutral_value,
        ),
    )
)


def line_cause(line: str, number: int, codes: frozenset[str]) -> Problem | None:
    """Return the fault of one of *codes* that *line* shows by itself; *number* counts from 1."""
    for row in ROWS:
        match = re.match(row.pattern, line) if row.code in codes else None  # compiled when first needed
        if match:
            return row.problem(match, number)
    return None
