"""A register of an invented office, and how numbers are asked from it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dafu import docnumber
from dafu.model import Series
from dafu.register import Claim, Entry, Register, Stamp, entries, take
from dafu.terms import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dafu.docnumber import DocNumber

SERIES = Series(code="东商提函", automatic=True)
DAY = date(2025, 8, 26)
STAMP = Stamp(datetime(2025, 8, 26, 1, 30, tzinfo=UTC), "林晓")


def register_in(folder: Path) -> Register:
    """Return the register of a workspace that has no number yet."""
    return Register(folder / "replies", folder / "proposals")


def claim_of(number: int, paper: Paper = Paper.OPINION, turn: int = 0) -> Claim:
    return Claim(f"2025/市/提案/{number}", paper, turn)


def numbered(serial: int, year: int = 2025, code: str = SERIES.code) -> DocNumber:
    found = docnumber.parse(f"{code}〔{year}〕{serial}号")
    assert found is not None
    return found


def taken(
    register: Register, number: int, day: date = DAY, known: Iterable[DocNumber] = (), series: Series = SERIES
) -> int:
    """Take a number for the opinion on paper *number* and return its serial."""
    return take(register, series, claim_of(number), day, known, STAMP).number.serial


def kept(register: Register) -> list[Entry]:
    """Return the entries of a register that is without fault."""
    found, problems = entries(register)
    assert problems == []
    return found
