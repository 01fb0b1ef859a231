"""The register as it lies on the disk: its entries, and the trace that outlives it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import docnumber, files, yamltext
from dafu.docnumber import DocNumber
from dafu.errors import Problem, Severity, UnusableError
from dafu.register.entry import Entry, can_be_kept, understand

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIX = ".yaml"
_LIMIT = 100_000  # bytes of one entry, or of the trace
_PATIENCE, _PAUSE = 10, 0.05  # how often, and how many seconds apart, an empty file is looked at again
_HEAD = """\
# 由 dafu 填写，请勿改动：每个自动编号取到了第几号。
# 登记簿（replies/发文登记）一旦丢失，靠它发现，不会从头取号。
"""


@dataclass(frozen=True, slots=True)
class Register:
    """Where numbers are kept: the register in *replies*, its trace in *proposals*."""

    replies: Path
    proposals: Path

    @property
    def folder(self) -> Path:
        """Return the folder of the entries."""
        return self.replies / "发文登记"

    @property
    def trace(self) -> Path:
        """Return the file that says how far each series has come."""
        return self.proposals / "已取号.txt"

    def path_of(self, number: DocNumber) -> Path:
        """Return the file of the entry of *number*."""
        return self.folder / str(number.year) / f"{number.code}-{number.serial}{_SUFFIX}"


def entries(register: Register) -> tuple[list[Entry], list[Problem]]:
    """Return every entry of all years in the order of the files, and what is wrong with the register.

    Broken, misnamed and foreign files are problems, and so is an entry that the trace knows and the folder lacks.
    A register that was never begun is empty and without fault.
    """
    missing = lost(register)  # first, since whoever takes a number meanwhile writes the entry before the trace
    found, problems = read_all(register)
    return found, [*problems, *missing]


def read_all(register: Register) -> tuple[list[Entry], list[Problem]]:
    """Return the entries that the folder holds, and what is wrong with its files."""
    if is_absent(register.folder):
        return [], []
    stamps, problems = files.stamps(register.folder, "")
    now = time.time_ns()
    found: list[Entry] = []
    for path, stamp in stamps.items():
        read = _read_own.__wrapped__ if files.is_fresh(stamp, now) else _read_own
        try:
            entry, faults = read(register, path, stamp)
        except UnusableError as error:
            entry, faults = None, error.problems
        problems += faults
        found += [entry] if entry else []
    return found, problems


def read_entry(path: Path) -> tuple[bytes, Entry | None, list[Problem]]:
    """Return the bytes of one entry's file, what they say, and what is wrong with them."""
    data = files.read(path, _LIMIT)
    for _ in range(_PATIENCE):
        if data:
            break
        time.sleep(_PAUSE)  # on a share without links a name is taken just before its content comes
        data = files.read(path, _LIMIT)
    entry, problems = understand(data)
    return data, entry, [problem.within(str(path)) for problem in problems]


@lru_cache(maxsize=20_000)
def _read_own(register: Register, name: str, _stamp: str) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Return what the file *name* says in the state of *_stamp*: a run that takes many numbers reads each once."""
    path = Path(name)
    if path.suffix != _SUFFIX:
        message, cure = "不是登记簿里的文件", "移到别处"
        return None, (Problem("N105", message, cure, file=name, severity=Severity.WARNING),)
    _, entry, problems = read_entry(path)
    if entry is None or register.path_of(entry.number) == path:
        return entry, tuple(problems)
    message, cure = f"文件名同里面的 {entry.number} 不符", "查明是哪一号，改回文件名或内容"
    return None, (Problem("N106", message, cure, field="发文字号", file=name),)


def lost(register: Register) -> list[Problem]:
    """Return a problem for each number that the trace knows and that has no file in the register."""
    try:
        marks = _marks(register)
    except UnusableError as error:
        return list(error.problems)
    numbers = (DocNumber(code, year, serial) for (code, year), serial in sorted(marks.items()))
    return [_loss(register, number) for number in numbers if is_absent(register.path_of(number))]


def _loss(register: Register, number: DocNumber) -> Problem:
    message = f"登记簿不见了，或不全：{number} 已经取过，却没有登记，现在不能再取号"
    cure = f"连上共享盘，或从备份恢复；确知这个号已另行登记，才可删去 {register.trace} 里的这一行"
    return Problem("N107", message, cure, file=str(register.path_of(number)))


def leave_trace(register: Register, number: DocNumber) -> None:
    """Note durably, outside the register, that its series has come as far as *number*.

    Two who do so at once may leave the lower one; the next number sets that right.
    """
    marks = _marks(register)
    series = number.code, number.year
    if marks.get(series, 0) >= number.serial:
        return
    marks[series] = number.serial
    lines = (f"{DocNumber(code, year, serial)}\n" for (code, year), serial in sorted(marks.items()))
    files.write(register.trace, (_HEAD + "".join(lines)).encode())


def _marks(register: Register) -> dict[tuple[str, int], int]:
    """Return the highest number of each series and year; UnusableError when the trace cannot be understood."""
    if is_absent(register.trace):
        return {}
    text, problems = yamltext.decode(files.read(register.trace, _LIMIT))
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1)]
    written = [(place, line, docnumber.parse(line)) for place, line in lines if line and not line.startswith("#")]
    problems += [_unclear(place, line) for place, line, number in written if not (number and can_be_kept(number))]
    if problems:
        raise UnusableError(problems=[problem.within(str(register.trace)) for problem in problems])
    return _highest(number for *_, number in written if number)


def _unclear(place: int, line: str) -> Problem:
    return Problem("N108", f"“{line}”不是发文字号", "改成“洛商函〔2025〕12号”的样子；多余的行删去", line=place)


def _highest(numbers: Iterable[DocNumber]) -> dict[tuple[str, int], int]:
    marks: dict[tuple[str, int], int] = {}
    for number in numbers:
        series = number.code, number.year
        marks[series] = max(number.serial, marks.get(series, 0))
    return marks


def is_absent(path: Path) -> bool:
    """Tell whether nothing bears this name; what cannot be looked at is not absent."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
