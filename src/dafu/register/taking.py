"""Take a number, and void one."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dafu import files, yamltext
from dafu.docnumber import DocNumber
from dafu.errors import RefusedError, Severity, UnusableError, WrongUsageError
from dafu.register.book import is_absent, leave_trace, lost, read_all, read_entry
from dafu.register.entry import Entry, State, can_be_kept, rewritten, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dafu.model import Series
    from dafu.register.book import Register
    from dafu.register.entry import Claim, Stamp

_PATIENCE, _PAUSE = 20, 0.05  # how often one number is tried, and how many seconds apart


def take(
    register: Register, series: Series, claim: Claim, day: date, known: Iterable[DocNumber], stamp: Stamp
) -> Entry:
    """Return the entry of the number that *claim* holds, a new one if it holds none; it is on the disk for good.

    The year is that of *day*, the 成文日期. *known* are the numbers in all records: those typed by hand count as taken.
    Raises RefusedError when the register has vanished or the paper holds a number of another series or year, and
    UnusableError when an entry cannot be read, since that may be any number of any paper.
    """
    known = frozenset(known)
    refused: Counter[DocNumber] = Counter()
    while True:
        number, entry = _look(register, series, claim, day, known)
        if entry is None:
            number, entry = _climbed(register, series, number, claim, day, stamp)
        if entry:
            return _settled(register, entry)
        refused[number] += 1
        if refused[number] == _PATIENCE:
            raise RefusedError(f"{register.path_of(number)}：名称被占，里面却不是这一号的登记（请移走它，再取号）")
        if refused[number] > 1:
            time.sleep(_PAUSE)  # some shares show a colleague's file late


def foresee(register: Register, series: Series, claim: Claim, day: date, known: Iterable[DocNumber]) -> DocNumber:
    """Return the number that `take` would give now and refuse what it would refuse; nothing is written."""
    return _look(register, series, claim, day, known)[0]


def _look(
    register: Register, series: Series, claim: Claim, day: date, known: Iterable[DocNumber]
) -> tuple[DocNumber, Entry | None]:
    """Return the number for *claim*, and its entry where it holds one."""
    missing = lost(register)  # before the entries are read, see there
    if missing:
        raise RefusedError("\n".join(map(str, missing)))
    found, problems = read_all(register)
    serious = [problem for problem in problems if problem.severity is Severity.ERROR]
    if serious:
        raise UnusableError(problems=serious)
    held = next((entry for entry in found if entry.claim == claim and not entry.is_void), None)
    if held:
        _check_held(held.number, series, day)
        return held.number, held
    return _next(series, day.year, [*(entry.number for entry in found), *known]), None


def _check_held(number: DocNumber, series: Series, day: date) -> None:
    if (number.code, number.year) != (series.code, day.year):
        due = f"{series.code}〔{day.year}〕"
        raise RefusedError(f"这一件已取过 {number}，不能再取 {due} 的号（核对成文日期；原号不用了，先作废它）")


def _next(series: Series, year: int, used: Sequence[DocNumber]) -> DocNumber:
    """Return the number after the highest of the series and year, 起号 where there is none yet."""
    taken = (number.serial for number in used if (number.code, number.year) == (series.code, year))
    number = DocNumber(series.code, year, max(series.first, max(taken, default=0) + 1))
    if not can_be_kept(number):
        raise RefusedError(
            f"{number} 不能自动编号（代字只用汉字或字母，最多20个；号最多六位；改 dafu.yaml 的“发文字号”）"
        )
    return number


def _climbed(
    register: Register, series: Series, number: DocNumber, claim: Claim, day: date, stamp: Stamp
) -> tuple[DocNumber, Entry | None]:
    """Publish the entry of *number*, or of the first after it that nobody takes meanwhile.

    Whoever is overtaken looks at that one entry and goes on behind it: reading the whole register again for each
    colleague who was quicker would take time by the square. Returns no entry where a name is taken by none.
    """
    while True:
        entry = _published(register, number, claim, day, stamp)
        other = None if entry else _taken_by(register, number)
        if entry or other is None:
            return number, entry
        if other.claim == claim and not other.is_void:
            return number, other
        number = _next(series, day.year, [number])


def _taken_by(register: Register, number: DocNumber) -> Entry | None:
    """Return the sound entry that bears the name of *number*, if one does."""
    try:
        _, entry, problems = read_entry(register.path_of(number))
    except UnusableError:
        return None
    return entry if entry and entry.number == number and not problems else None


def _published(register: Register, number: DocNumber, claim: Claim, day: date, stamp: Stamp) -> Entry | None:
    """Publish the entry of *number* and return it, or None when another was first."""
    entry = Entry(
        number=number,
        case=claim.case,
        paper=claim.paper,
        turn=claim.turn,
        day=day,
        entered=stamp.at,
        by=stamp.by,
        state=State.USED,
    )
    try:
        files.create(register.path_of(number), written(entry))
    except RefusedError:
        return None
    return entry


def _settled(register: Register, entry: Entry) -> Entry:
    """Make durable what may come from one who was killed before he could, and leave the trace."""
    path = register.path_of(entry.number)
    for name in (path, path.parent, register.folder):
        files.confirm(name)
    leave_trace(register, entry.number)
    return entry


def void(register: Register, number: DocNumber, reason: str, *, dry: bool = False) -> Entry:
    """Mark *number* as 作废 with *reason*, durably, and return its entry; it stays in the register for good.

    A *dry* run refuses what the real one would, and writes nothing.

    Raises RefusedError for a number that is not in the register or is void already, WrongUsageError without a reason.
    """
    if not reason.strip():
        raise WrongUsageError("作废要写明原因（原因=…）")
    path = register.path_of(number)
    if not can_be_kept(number) or is_absent(path):
        raise RefusedError(f"登记簿里没有 {number}（用 dafu numbers 看有哪些；手工填写的号不在其中）")
    data, entry, problems = read_entry(path)
    if entry is None or entry.number != number:
        raise UnusableError(f"{path}：里面不是 {number}（改正后再作废）" if entry else "", problems)
    if entry.is_void:
        raise RefusedError(f"{number} 已经作废：{entry.reason}")
    after = replace(entry, state=State.VOID, reason=reason)
    words = {"状态": str(after.state), "原因": reason}
    new = rewritten(yamltext.decode(data)[0], words, after)
    if not dry:
        files.write(path, new, expected=files.digest(data))
    return after
