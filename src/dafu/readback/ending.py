"""What stands below the body of a letter: 附件, 署名, 成文日期, 附注, 联系 and 版记."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu.readback.head import GRADE, SIGNER
from dafu.readback.marks import DATE, closed_up, day_of, names, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_COPIES = re.compile(r"抄\s*[送报]\s*[:：]")
# Nobody's name is longer than some bound: without one a long line takes time by its square.
_PRINTED = re.compile(rf"(?P<office>.{{0,200}}?)\s*(?P<day>{DATE})\s*印发?\s*(?:[（(]?共印.*)?")
_PRINTING = re.compile(rf"{DATE}\s*印")
_DATED = re.compile(rf"(?P<office>[^，。；：]{{0,200}}?)\s*(?P<day>{DATE})")
_ANNEX = re.compile(r"附\s?件\s*[:：]\s*")
_ITEM = re.compile(r"\d+\s*[.．、]\s*")
_APPENDIX = re.compile(r"附\s?件\s*\d*\s*[:：]?")
_NOTE = re.compile(r"[（(](?P<words>.+)[）)]")
_LABEL = re.compile(
    r"(?P<unit>联系单位|联系科室|承办单位|承办科室)|(?P<both>联系人(?:及|、|和)(?:联系)?(?:电话|方式))"
    r"|(?P<who>联\s*系\s*人|经\s*办\s*人|承\s*办\s*人)|(?P<phone>联系电话|联系方式|电\s*话)"
)
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})\s*[:：]\s*")
_PHONE = re.compile(r"\(?(?:0\d{2,3}\)?[-－—\s]?)?[\d*]{7,8}(?:[-转]\d{1,6})?|1[\d*]{10}")
_OFFICE_MARKS = re.compile(r"[，。；：！？、“”《》|]")
_NOT_OFFICE = re.compile("此致|敬礼|特此|专此|此复|附件")
_LONGEST_OFFICE = 40


@dataclass(slots=True)
class Ending:
    """The elements below the body."""

    annexes: list[str] = field(default_factory=list)
    office: list[str] = field(default_factory=list)
    day: date | None = None
    note: str = ""
    unit: str = ""
    phone: str = ""
    contacts: list[str] = field(default_factory=list)
    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: date | None = None
    grade: str = ""
    signers: list[str] = field(default_factory=list)


def ending_of(lines: Sequence[str]) -> tuple[list[str], Ending]:
    """Part the lines below 称谓 into the text and what follows it."""
    found = Ending()
    text = max((n for n, line in enumerate(lines) if "。" in line and not _is_below(line)), default=-1)
    rest = [_unframed(line) if n > text and _is_framed(line) else line for n, line in enumerate(lines)]
    rest = _without_imprint(rest, found)
    rest = _without_signature(rest, found)
    return rest, found


def _is_below(line: str) -> bool:
    return line.startswith("|") or bool(_COPIES.match(tidy(line)))


def _is_framed(line: str) -> bool:
    """Tell whether a row of a table bears an element of 版记 or 联系."""
    if not line.startswith("|"):
        return False
    first = tidy(line.strip("|").partition("|")[0])
    return bool(_LABEL.fullmatch(first) or _COPIES.search(line) or _LABELLED.search(line) or _PRINTING.search(line))


def _unframed(line: str) -> str:
    """Return a row of a table as a line, a colon behind each label that stands in a cell of its own."""
    cells = [tidy(cell) for cell in line.strip("|").split("|")]
    return "\t".join(f"{cell}：" if _LABEL.fullmatch(cell) else cell for cell in cells)


def _without_imprint(lines: list[str], found: Ending) -> list[str]:
    """Take 版记 off the end: from 抄送 on, or the line with the day of printing."""
    at = next((n for n in reversed(range(len(lines))) if _COPIES.match(tidy(lines[n]))), len(lines))
    below = [tidy(line) for line in lines[at:]]
    for n, line in enumerate(tidy(line) for line in lines[:at]):
        if _PRINTED.fullmatch(line):  # an imprint without 抄送
            alone = line[:1].isdigit() and n and _is_office(lines[n - 1])
            at, below = (n - 1, [tidy(lines[n - 1]), line]) if alone else (n, [line])
            break
    copies = ""
    for n, line in enumerate(below):
        if match := _PRINTED.fullmatch(line):
            found.printed = day_of(match["day"])
            above = below[n - 1] if n and not copies.endswith(below[n - 1]) else ""
            found.printer = match["office"] or above
        elif _LABELLED.match(line):
            _read_contact(line, found)
        elif n == 0 or not (copies.endswith(("。", ".")) or _is_printer(below, n)):
            copies += line
    found.copies = names(_COPIES.sub("", copies)) if _COPIES.match(copies) else ()
    return lines[:at]


def _is_printer(below: list[str], at: int) -> bool:
    """Tell whether the day of printing stands alone under this line."""
    match = _PRINTED.fullmatch(below[at + 1]) if at + 1 < len(below) else None
    return bool(match and not match["office"])


def _without_signature(lines: list[str], found: Ending) -> list[str]:
    dated = next((n for n in reversed(range(len(lines))) if _DATED.fullmatch(tidy(lines[n]))), None)
    end = len(lines)
    if dated is not None:
        below = lines[dated + 1 :]
        appendix = next((n for n, line in enumerate(below) if _APPENDIX.fullmatch(tidy(line))), len(below))
        for line in below[:appendix]:
            _read_below(tidy(line), found)
        match = _DATED.fullmatch(tidy(lines[dated]))
        found.day = day_of(match["day"]) if match else None
        found.office = [closed_up(match["office"])] if match and match["office"] else []
        end = dated
        while not (found.office and match and match["office"]) and end and _is_office(lines[end - 1]):
            found.office[:0] = names(tidy(lines[end - 1]))
            end -= 1
    while end and _read_below(tidy(lines[end - 1]), found):
        end -= 1
    return lines[: _without_annexes(lines, end, found)]


def _is_office(line: str) -> bool:
    line = tidy(line)
    return 2 < len(line) <= _LONGEST_OFFICE and not (  # noqa: PLR2004 -- no office has two characters
        _OFFICE_MARKS.search(line)
        or _NOT_OFFICE.match(line)
        or _ITEM.match(line)
        or _LABELLED.match(line)  # with a half-width colon, which is no mark of the others
        or re.match("[（(]", line)
    )


def _read_below(line: str, found: Ending) -> bool:
    """Read one line under the text, and tell whether it is one of 附注, 联系, 签发人 and 办理结果."""
    note = _NOTE.fullmatch(line)
    if note and not _LABELLED.match(note["words"]):
        found.note = note["words"]
        return not re.match("[一二三四五六七八九十\\d]+[）)]", note["words"])
    if _LABELLED.match(line) or note:
        _read_contact(note["words"] if note else line, found)
    elif match := SIGNER.match(line):
        found.signers += names(match["names"])
    elif match := GRADE.fullmatch(line):
        found.grade = match["grade"]
    else:
        return False
    return True


def _read_contact(line: str, found: Ending) -> None:
    """Read the labels of a line of 联系 and what follows each."""
    places = [*_LABELLED.finditer(line)]
    for place, after in zip(places, [*places[1:], None], strict=True):
        value = line[place.end() : after.start() if after else len(line)].strip(" \t，。；;,、")
        phones = [phone.strip() for phone in _PHONE.findall(value)]
        words = _PHONE.sub(" ", value).strip(" \t，、,；;")
        if place["phone"]:
            found.phone = value
        elif place["unit"]:
            unit, _, phone = value.partition(" ")
            if phones and phones[0] in unit:  # the blank between them was lost in a PDF
                unit, phone = unit[: value.index(phones[0])], value[value.index(phones[0]) :]
            found.unit = unit.strip(" \t，、,；;") if phones else value
            found.phone = phone.strip() if phones and phone else "、".join(phones) or found.phone
        else:
            found.contacts = [*names(words), *found.contacts]
            found.phone = "、".join(phones) or found.phone


def _without_annexes(lines: list[str], end: int, found: Ending) -> int:
    start = next((n for n in reversed(range(end)) if _ANNEX.match(tidy(lines[n]))), None)
    if start is None or not all(_ITEM.match(tidy(line)) for line in lines[start + 1 : end]):
        return end
    rows = [_ANNEX.sub("", tidy(line)) for line in lines[start:end]]
    found.annexes = [name for row in rows if (name := _ITEM.sub("", row, count=1).rstrip("；;。"))]
    return start
