"""The register of a year's bags: each line carries the digest of a bag's manifest and of the line before.

Whoever changes a bag together with its manifest is found by the line; whoever changes a line, by the next one, and by
the digest of the last one that was printed or registered elsewhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = "# {year}年归档登记，请勿改动。每行：序号、时间、件、归档包、清单的摘要、前一行的摘要、本行的摘要（SHA-256）\n"
_FIELDS = 7
_RESTORE = "从备份恢复；查明是谁改的"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, when (ISO, with zone), the case by its identity, the bag by its path below replies/.

    `manifest` is the digest of the bag's tag manifest, `previous` that of the line before, `own` of this line.
    """

    serial: int
    time: str
    case: str
    path: str
    manifest: str
    previous: str
    own: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The register of a year as it was read: its lines that are whole, and what is wrong with it.

    `torn` is the beginning of a last line that was never finished.
    """

    year: int
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    torn: str = ""

    @property
    def root(self) -> str:
        """Return the digest that proves the whole year: that of the last line, or of the head alone."""
        return self.lines[-1].own if self.lines else _digest(_HEAD.format(year=self.year))


def read(year: int, data: bytes) -> Chain:
    """Read the register of *year*; every change of any byte is a problem, but for a torn last line, which is told."""
    head, *rest = data.decode(errors="surrogateescape").split("\n")
    torn = (rest or [head])[-1]
    expected = _HEAD.format(year=year)[:-1]
    if not rest and expected.startswith(head):
        return Chain(year, problems=(_torn(1),) if head else (), torn=head)
    problems = [] if head == expected else [Problem("A301", "第一行改动过", _RESTORE, line=1)]
    lines: list[Line] = []
    last = len(rest) + 1
    if _line(torn):  # whole but for its end
        rest.append("")
    for place, text in enumerate(rest[:-1], 2):
        line = _line(text)
        if line is None:
            problems.append(Problem("A302", "这一行改动过", _RESTORE, line=place))
            continue
        problems += _against(line, lines[-1] if lines else None, year, place)
        lines.append(line)
    problems += [_torn(last)] if torn else []
    return Chain(year, tuple(lines), tuple(problems), torn)


def append(chain: Chain, time: str, case: str, path: str, manifest: str) -> tuple[Line, bytes]:
    """Return the line that seals a bag as the next of *chain*, and the bytes of the register with it.

    A torn last line is left out: nothing had been sealed by it.
    """
    text = f"{len(chain.lines) + 1}\t{time}\t{case}\t{path}\t{manifest}\t{chain.root}"
    line = _line(f"{text}\t{_digest(text)}")
    if line is None:
        raise ValueError(f"{text!r} does not make a line")
    written = "".join(map(_written, (*chain.lines, line)))
    return line, (_HEAD.format(year=chain.year) + written).encode()


def _written(line: Line) -> str:
    return "\t".join(map(str, _fields(line))) + "\n"


def _fields(line: Line) -> tuple[int, str, str, str, str, str, str]:
    return line.serial, line.time, line.case, line.path, line.manifest, line.previous, line.own


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def _line(text: str) -> Line | None:
    """Return what *text* says, or None where its own digest does not bear it out."""
    fields = text.split("\t")
    if "\n" in text or len(fields) != _FIELDS or _digest(text.rpartition("\t")[0]) != fields[-1]:
        return None
    serial, *others = fields
    line = Line(int(serial), *others) if serial.isdecimal() and len(serial) < 10 else None  # noqa: PLR2004 -- no int of any length
    return line if line and _written(line) == f"{text}\n" else None


def _against(line: Line, before: Line | None, year: int, place: int) -> Iterator[Problem]:
    """Yield what is wrong between *line* and the one before it."""
    expected = before.serial + 1 if before else 1
    if line.serial > expected:
        last = line.serial - 1
        which = f"{expected}" if last == expected else f"{expected}至{last}"
        yield Problem("A303", f"前面缺第{which}号", _RESTORE, line=place)
    elif line.serial < expected:
        yield Problem("A304", f"第{line.serial}号的次序颠倒或重复了", _RESTORE, line=place)
    elif line.previous != (before.own if before else _digest(_HEAD.format(year=year))):
        yield Problem("A305", "同前一行接不上，这两行有一行改动过", _RESTORE, line=place)


def _torn(place: int) -> Problem:
    message, cure = "最后一行没有写完", "再做一次没有做完的归档，这半行自会去掉"
    return Problem("A306", message, cure, line=place, severity=Severity.WARNING)
