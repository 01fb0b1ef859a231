"""Why YAML stopped: the real cause, looked up in the raw lines, and a mend that lets reading go on.

A mend only keeps the count of lines and gets the parser past the place; what is read after it serves to find
further faults and is never used as data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dafu.errors import Problem
from dafu.yamltext.lines import KEY, LEAD, MARK_MESSAGE, NEUTRAL, QUOTE_CURE, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dafu.yamltext.nodes import Scalar

_RESERVED = "@`%&*!|>"

UNSURE = frozenset({"Y199", "Y311", "Y312", "Y314"})
"""Causes that may only echo an earlier fault."""
ROUGH = frozenset({"Y199", "Y301", "Y302", "Y310", "Y311", "Y312", "Y314"})
"""Causes whose mend is a guess, so that an unsure cause after it is not worth saying."""

SEVERAL = "一个文件里有几份内容（中间的 --- 或 ... 分开了它们）"
SEVERAL_CURE = "一份记录一个文件，删去分隔行"


class Stop(NamedTuple):
    """Hold what is known where the parser stopped; lines and columns count from 0.

    `context` and `reason` are the parser's own words, never shown; `opened` is where the construct began that it
    was in, `flow` the innermost open bracket, `last` the latest scalar with the line and column of its end.
    """

    lines: list[str]
    at: int
    column: int
    context: str
    reason: str
    opened: tuple[int, int] | None
    flow: tuple[int, int] | None
    last: Scalar | None
    last_end: tuple[int, int]


class Cause(NamedTuple):
    """Hold the fault and the lines that mend it, by their index."""

    problem: Problem
    mended: dict[int, str]


_Finder: TypeAlias = "Callable[[Stop], Cause | None]"


def find(stop: Stop) -> Cause:
    """Return the cause of *stop*: the first that a finder recognises, else a general one."""
    return next(cause for finder in _FINDERS if (cause := finder(stop)) is not None)


def _cause(code: str, message: str, cure: str, at: int, mended: dict[int, str]) -> Cause:
    return Cause(Problem(code, message, cure, line=at + 1), mended)


def _put(line: str, column: int, mark: str = NEUTRAL) -> str:
    return line[:column] + mark + line[column + 1 :]


def _reserved(stop: Stop) -> Cause | None:
    """Find the mark that no plain value may begin with, wherever in its line it stands."""
    at, column = stop.opened or (stop.at, stop.column)
    mark = stop.lines[at][column : column + 1]
    if "scanning" not in stop.context or not mark or mark not in _RESERVED:
        return None
    message = MARK_MESSAGE.format(value=mark)
    return _cause("Y307", message, QUOTE_CURE, at, {at: _put(stop.lines[at], column)})


def _open_quote(stop: Stop) -> Cause | None:
    """Find the quote that was never closed, or only closed by the next one that was meant to open."""
    place = stop.opened if "quoted" in stop.context and "escape" not in stop.reason else None
    if place is None and _is_just_after_quote(stop) and stop.last and stop.last.line - 1 < stop.at:
        place = (stop.last.line - 1, -1)
    if place is None:
        return None
    line = stop.lines[place[0]]
    column = place[1] if place[1] >= 0 else max(line.rfind('"'), line.rfind("'"))
    message = f"这里开始的引号 {line[column]} 没有合上"
    return _cause("Y309", message, "在值的末尾补上同样的引号", place[0], {place[0]: _put(line, column)})


def _is_just_after_quote(stop: Stop) -> bool:
    if stop.last is None or stop.last.style not in ("'", '"') or stop.last_end[0] != stop.at:
        return False
    return not stop.lines[stop.at][stop.last_end[1] : stop.column].strip()


def _text_after_quote(stop: Stop) -> Cause | None:
    if not _is_just_after_quote(stop):
        return None
    line = stop.lines[stop.at]
    if line[stop.last_end[1] : stop.last_end[1] + 1] in (":", "："):
        return None
    mended = {stop.at: line.replace('"', NEUTRAL).replace("'", NEUTRAL)}
    return _cause("Y308", "引号合上之后还有文字", "整个值用另一种英文引号（'…' 或 \"…\"）括起来", stop.at, mended)


def _escape(stop: Stop) -> Cause | None:
    if "escape" not in stop.reason:
        return None
    mended = {stop.at: stop.lines[stop.at].replace("\\", "/")}
    return _cause("Y315", "英文双引号里的 \\ 不能这样用", "改用英文单引号，或把 \\ 写成 \\\\", stop.at, mended)


def _candidates(stop: Stop) -> Iterator[int]:
    """Yield the lines where the cause may stand: where the key began, where the text ran on from, the place itself."""
    if stop.opened and "simple key" in stop.context:
        yield stop.opened[0]
    if stop.last and "document start" in stop.reason:
        yield stop.last.line - 1
    if stop.last and not stop.last.style and stop.last_end[0] == stop.at:
        yield from range(stop.last.line - 1, stop.at)
    if stop.at < len(stop.lines):
        yield stop.at


def _odd_indent(stop: Stop) -> Cause | None:
    above = [stop.last.line - 1] if stop.last else []
    for at in [*above, *_candidates(stop)]:
        line = stop.lines[at]
        blank = line[: len(line) - len(line.lstrip())]
        if not blank.strip(" ") or blank == line:
            continue
        mended = {at: _fitting_indent(stop.lines, at) + line.lstrip()}
        if "\t" in blank:
            return _cause("Y301", "缩进用了制表符（Tab 键）", "改成空格，每层两个", at, mended)
        return _cause("Y302", "缩进用了全角空格或不断行空格", "改成半角空格，每层两个", at, mended)
    return None


def _fitting_indent(lines: list[str], at: int) -> str:
    """Return the indentation that the line was likely meant to have: that of its neighbours."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    blank = " " * (len(above) - len(above.lstrip(" ")))
    opens = re.sub(r"\s#.*", "", above).rstrip().endswith(":")
    if not opens:
        return blank
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    depth = len(below) - len(below.lstrip(" "))
    return " " * depth if depth > len(blank) else blank + "  "


def _is_out_of_place(stop: Stop) -> bool:
    """Tell whether the line as a whole is in the wrong place, whatever it says."""
    line = stop.lines[stop.at]
    is_at_start = stop.column == _depth(line) and not line.lstrip().startswith(":")
    return is_at_start and "block" in stop.context and "expected" in stop.reason


def _line_shows(stop: Stop) -> Cause | None:
    for at in _candidates(stop):
        line = stop.lines[at]
        if at == stop.at and _is_out_of_place(stop):
            continue
        for row in ROWS:
            match = re.match(row.pattern, line)
            if match:
                return Cause(row.problem(match, at + 1), {at: row.mend(match)})
    return None


def _in_brackets(stop: Stop) -> Cause | None:
    if stop.flow is None:
        return None
    at, column = stop.flow
    line, mark = stop.lines[at], stop.lines[at][column]
    if cut := re.search(r"\s(#.*)", line[column:]):
        message = "括号里的 # 把后面的文字变成了注释"
        return _cause("Y316", message, QUOTE_CURE, at, {at: line.replace(cut[1], NEUTRAL + cut[1][1:])})
    if at == stop.at and "，" in line[column:]:
        cure = "各项之间用半角逗号加一个空格“, ”"
        return _cause("Y317", "括号里用了全角逗号“，”", cure, at, {at: line.replace("，", ", ")})
    if at == stop.at and re.match(":[,}]", line[stop.column :]):
        mended = {at: _put(line, stop.column, ": ")}
        return _cause("Y305", "冒号后面少一个半角空格", "空着的值也写成“键: ”", at, mended)
    if at == stop.at and line[stop.column : stop.column + 1] == ":":
        message = "括号里的值又有半角“: ”，分不清哪个是键"
        return _cause("Y306", message, "给这个值加英文引号，或改用全角冒号", at, {at: _put(line, stop.column)})
    message = f"这里开始的括号 {mark} 没有合上"
    closer = "}" if mark == "{" else "]"
    return _cause("Y310", message, f"在末尾补上 {closer}", at, {at: f"{line[:column]}{NEUTRAL}"})


def _unindented_text(stop: Stop) -> Cause | None:
    """Find text below `|` that does not stand deeper than its key."""
    at = _place(stop)
    if stop.last is None or stop.last.style not in ("|", ">") or at >= len(stop.lines):
        return None
    if any(line.strip() for line in stop.lines[stop.last_end[0] : at]):
        return None
    mended = {}
    for index in range(at, len(stop.lines)):
        if re.match(rf"{LEAD}(?:{KEY} *)?[:：]|^\s*-\s", stop.lines[index]):
            break
        mended[index] = ""
    key_line, line = stop.lines[stop.last.line - 1], stop.lines[at]
    if _indent(line) > _indent(key_line):
        message = f"“{stop.last.style}”下面第一行比别的行缩进深"
        cure = "各行缩进一样多；段首的空格不用打，印出来时会空两字"
    else:
        message, cure = f"“{stop.last.style}”下面的文字缩进不够", "每一行都比键多缩进两个空格"
    return _cause("Y311", message, cure, at, mended) if mended else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(stop: Stop) -> int:
    return stop.opened[0] if stop.opened and "simple key" in stop.context else stop.at


def _no_colon(stop: Stop) -> Cause | None:
    at = _place(stop)
    if "simple key" not in stop.context or at >= len(stop.lines) or re.search("[:：]", stop.lines[at]):
        return None
    message = "这一行没有冒号，不知道是键还是上一行的文字"
    cure = "补上半角冒号和空格；是上一行的文字，就比上一行多缩进两个空格"
    return _cause("Y313", message, cure, at, {at: ""})


def _too_deep_indent(stop: Stop) -> Cause | None:
    """Find a key below one that already has its value."""
    if not stop.last or stop.last.line - 1 >= stop.at or stop.last_end != (stop.at, stop.column):
        return None
    above = stop.lines[stop.last.line - 1]
    blank = above[: len(above) - len(above.lstrip())]
    message = f"缩进比第{stop.last.line}行深，可那一行已经有值"
    mended = {stop.at: blank + stop.lines[stop.at].lstrip()}
    return _cause("Y312", message, "与同级的行左边对齐", stop.at, mended)


def _stray_item(stop: Stop) -> Cause | None:
    if "expected key" not in stop.reason or not stop.lines[stop.at].lstrip().startswith("- "):
        return None
    cure = "列表写在“键:”的下面，各个“-”左边对齐"
    return _cause("Y314", "列表项不在任何键的下面", cure, stop.at, {stop.at: ""})


def _second_document(stop: Stop) -> Cause | None:
    if "document start" not in stop.reason or not any(
        re.match(r"\.\.\.(\s|$)", line) for line in stop.lines[: stop.at]
    ):
        return None
    return _cause("Y205", SEVERAL, SEVERAL_CURE, stop.at, dict.fromkeys(range(stop.at, len(stop.lines)), ""))


def _misaligned(stop: Stop) -> Cause | None:
    """Find a key or an item that begins in a column where no block stands."""
    line = stop.lines[stop.at]
    if "expected" not in stop.reason or "block" not in stop.context or stop.column != _depth(line):
        return None
    mended = {stop.at: _fitting_indent(stop.lines, stop.at) + line.lstrip()}
    return _cause("Y312", "缩进与上面同级的行对不齐", "与同级的行左边对齐", stop.at, mended)


def general(stop: Stop) -> Cause:
    """Name the place, and take the line with all that hangs below it out of the way."""
    at = min(_place(stop), len(stop.lines) - 1)
    mended = {at: ""}
    depth = _depth(stop.lines[at])
    for index in range(at + 1, len(stop.lines)):
        if stop.lines[index].strip() and _depth(stop.lines[index]) <= depth:
            break
        mended[index] = ""
    return _cause("Y199", "缩进或符号有误", "与同级的行左边对齐；有特殊符号的值加英文引号", at, mended)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


_FINDERS: tuple[_Finder, ...] = (
    _open_quote,
    _text_after_quote,
    _escape,
    _unindented_text,
    _odd_indent,
    _line_shows,
    _reserved,
    _in_brackets,
    _no_colon,
    _too_deep_indent,
    _second_document,
    _stray_item,
    _misaligned,
    general,
)
