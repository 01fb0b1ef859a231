"""Faults that stand in the bare characters of a text, whatever YAML makes of it."""

from __future__ import annotations

import re

from dafu.errors import Problem

LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""Line breaks as YAML and the clerk's editor count them."""

# YAML 1.2.2 §5.1 c-printable, without the line breaks U+0085, U+2028 and U+2029 that no editor shows.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_MOST = 200  # faults of one kind that are worth telling
_STAND_IN = "\ufffd"
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$")


def screen(text: str) -> tuple[str, list[Problem]]:
    """Return *text* with the faults masked, so that reading goes on, and the faults; lines stay where they are."""
    problems: list[Problem] = []
    if FORBIDDEN.search(text):
        problems += _forbidden(text)
        text = FORBIDDEN.sub(_STAND_IN, text)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        text, conflicts = _without_conflicts(text)
        problems += conflicts
    return text, problems


def _forbidden(text: str) -> list[Problem]:
    found: dict[tuple[int, str], Problem] = {}
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        for match in FORBIDDEN.finditer(line):
            name = f"U+{ord(match[0]):04X}"
            message = f"第{match.start() + 1}个字是看不见的控制字符 {name}"
            found.setdefault((number, name), Problem("Y106", message, "删去这个字符", line=number))
            if len(found) == _MOST:
                return list(found.values())
    return list(found.values())


def _without_conflicts(text: str) -> tuple[str, list[Problem]]:
    """Blank the marks and the second version of each conflict, which would only repeat the keys of the first."""
    problems, kept, is_second = [], [], False
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        if _CONFLICT.match(line):
            message = f"{line[:7]} 是合并冲突的标记：两个人改了同一处"
            problems.append(Problem("Y107", message, "两种内容留一种，删去三行标记", line=number))
            is_second = line[0] == "=" or (is_second and line[0] != ">")
            kept.append("")
        else:
            kept.append("" if is_second else line)
    return ("\n".join(kept), problems) if problems else (text, [])
