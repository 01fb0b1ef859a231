"""Body text → blocks: the official numbering is the markup (GB/T 9704-2012 7.3.3)."""

from __future__ import annotations

import re
from itertools import groupby

from dafu.letter.parts import Appendix, Block, Cell, Paragraph, Run, Table

LACKING = "【缺"  # how every value begins that is missing
MISSING = re.compile(rf"{LACKING}：([^【】]+)】")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HAN = "[一二三四五六七八九十百]+"
_LEVELS = re.compile(rf"({_HAN}、)|([（(]{_HAN}[）)])|(\d+[.．](?!\d))|([（(]\d+[）)])")  # a group for each level
_RUN_IN_LEVELS = (1, 2)  # only these have a face of their own: 黑体, 楷体 (GB/T 9704-2012 7.3.3)
_APPENDIX = re.compile(r"附件\d*")
_RULE_ROW = re.compile(r"\|(\s*:?-+:?\s*\|)+")
_SENTENCE_ENDS = tuple("。！？；：…”’）》】*")
_DASHES = "—–－-"
_PAGE_NUMBER = rf"[{_DASHES}]\s*\d+\s*[{_DASHES}]"  # compiled where a line begins with a dash
_NARROWEST = 20  # Hanzi in a line of any page; a shorter line without an end is a caption or an item of a list
_MOST_COLUMNS = 20  # of a table on an A4 page
BLANKS = " \t\u3000\xa0"


def pieces(text: str) -> tuple[Run, ...]:
    """Split *text* into plain runs and `【缺：…】` runs."""
    return _split(text, bold=False, heading=False)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of *text* without blanks at their ends; empty ones are left out."""
    return tuple([line for raw in text.splitlines() if (line := raw.strip(BLANKS))])


def plain(text: str) -> tuple[Paragraph, ...]:
    """Return each line of *text* as a paragraph without markup."""
    return tuple(Paragraph(pieces(line)) for line in lines(text))


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs, headings and tables that the markup of *text* means."""
    found: list[Block] = []
    for is_row, group in groupby(rejoined(text), key=_is_table_row):
        rows = tuple(group)
        is_table = is_row and max(row.count("|") for row in rows) - 1 <= _MOST_COLUMNS
        found.extend([_table(rows)] if is_table else map(_paragraph, rows))
    return tuple(found)


def appendices(text: str) -> tuple[Appendix, ...]:
    """Return the appendices of *text*: each begins with a line `附件` or `附件1`; its title and its body follow."""
    found: list[list[str]] = []
    for line in lines(text):
        if _APPENDIX.fullmatch(line) or not found:
            found.append([])
        found[-1].append(line)
    return tuple(Appendix(rows[0], "".join(rows[1:2]), blocks("\n".join(rows[2:]))) for rows in found)


def is_page_number(line: str) -> bool:
    """Tell whether *line* is a page number between dashes: `— 2 —`."""
    return line[:1] in _DASHES and re.fullmatch(_PAGE_NUMBER, line) is not None


def rejoined(text: str) -> list[str]:
    """Return the lines of a body, those joined that a PDF broke in mid-sentence; page numbers go (`— 2 —`).

    Only prose is joined: a body without a single full stop is taken as it stands.
    """
    broken = lines(text)
    if "。" not in text:
        return list(broken)
    joined: list[str] = []
    is_cut = False
    for line in broken:
        if is_page_number(line) and (is_cut or line.startswith("—")):
            continue
        if is_cut and not _is_marked(line):
            gap = " " if re.fullmatch("[A-Za-z]{2}", joined[-1][-1] + line[0]) else ""
            joined[-1] += gap + line
        else:
            joined.append(line)
        is_cut = _is_cut(line, joined[-1])
    return joined


def _is_cut(line: str, whole: str) -> bool:
    """Tell whether a sentence goes on behind *line*, the last of *whole* so far: no end, and too long for a caption."""
    if line.endswith(_SENTENCE_ENDS) or _is_table_row(line) or whole.startswith("\\"):
        return False
    if _level(whole) and "。" not in whole:
        return False  # a heading that stands alone has no end
    return line.endswith(("，", "、")) or _ems(line) >= _NARROWEST


def _ems(line: str) -> float:
    """Return how wide *line* is in Hanzi; digits and Latin letters are half as wide."""
    return sum(0.5 if char.isascii() else 1 for char in line)


def _is_marked(line: str) -> bool:
    return bool(_level(line)) or _is_table_row(line) or line.startswith("\\")


def _is_table_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|") and len(line) > 1


def _table(rows: tuple[str, ...]) -> Table:
    headed = len(rows) > 1 and bool(_RULE_ROW.fullmatch(rows[1]))  # elsewhere dashes are cells without a value
    kept = rows[:1] + rows[2:] if headed else rows
    cells = [tuple(_cell(_inline(cell.strip(BLANKS))) for cell in row[1:-1].split("|")) for row in kept]
    width = max(map(len, cells), default=0)
    return Table(tuple(row + (_cell(()),) * (width - len(row)) for row in cells), headed)


def _cell(runs: tuple[Run, ...]) -> Cell:
    return Cell((Paragraph(runs),))


def _paragraph(line: str) -> Paragraph:
    if line.startswith("\\"):
        return Paragraph(pieces(line[1:]))
    level = _level(line)
    if level not in _RUN_IN_LEVELS:
        return Paragraph(_inline(line), level)
    return Paragraph(_run_in(line), level)


def _run_in(line: str) -> tuple[Run, ...]:
    """Split a heading from the text behind its first 。; `**` may stand on either side of it or around it."""
    head, rest = "", tuple[Run, ...]()
    for n, part in enumerate(_BOLD.split(line)):
        start, stop, end = ("", "", part) if "。" in head else part.partition("。")
        head += start + stop
        rest += _split(end, bold=bool(n % 2), heading=False)
    return (*_split(head, bold=False, heading=True), *rest)


def _level(line: str) -> int:
    found = _LEVELS.match(line)
    return (found.lastindex or 0) if found else 0


def _inline(text: str) -> tuple[Run, ...]:
    if "**" not in text:
        return _split(text, bold=False, heading=False)
    parts = _BOLD.split(text)  # plain, bold, plain, bold, … plain
    return tuple(run for n, part in enumerate(parts) if part for run in _split(part, bold=bool(n % 2), heading=False))


def _split(text: str, *, bold: bool, heading: bool) -> tuple[Run, ...]:
    if LACKING not in text:
        return (Run(text, bold, heading),) if text else ()
    parts = MISSING.split(text)  # plain, field, plain, field, … plain
    return tuple(
        Run(f"【缺：{part}】" if n % 2 else part, bold, heading, missing=bool(n % 2))
        for n, part in enumerate(parts)
        if part
    )
