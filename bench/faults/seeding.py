"""Faults to be seeded into clean letters: each has the code by which `check` must find it.

A function changes the case and returns it, or returns None where the case has no place for the fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.faults.case import Case

    Seeding = Callable[[Case, Random], Case | None]

FAULTS: list[tuple[str, str, Seeding]] = []


def fault(name: str, code: str) -> Callable[[Seeding], Seeding]:
    """Register a function as the seeding of the fault *name*, which the rule *code* must find."""

    def register(seeding: Seeding) -> Seeding:
        FAULTS.append((name, code, seeding))
        return seeding

    return register


def replaced(name: str, code: str, pattern: str, *others: str) -> None:
    """Register the fault that a place of the body that *pattern* matches becomes one of *others*."""

    @fault(name, code)
    def seeding(case: Case, random: Random) -> Case | None:
        body = case.reply["正文"]
        places = list(re.finditer(pattern, body))
        if not places:
            return None
        place = random.choice(places)
        case.reply["正文"] = body[: place.start()] + place.expand(random.choice(others)) + body[place.end() :]
        return case


def added(name: str, code: str, *sentences: str) -> None:
    """Register the fault that one of *sentences* stands behind a paragraph of the body."""

    @fault(name, code)
    def seeding(case: Case, random: Random) -> Case | None:
        lines = case.reply["正文"].splitlines()
        prose = [n for n, line in enumerate(lines) if line.endswith("。")]
        lines[random.choice(prose)] += random.choice(sentences)
        case.reply["正文"] = "\n".join(lines) + "\n"
        return case


def answers(case: Case) -> bool:
    """Tell whether the letter goes to the proposers."""
    return bool(case.record["角色"] != "会办")


def persons(case: Case) -> list[str]:
    """Return the names of the persons among the proposers."""
    found = (one if isinstance(one, str) else one.get("姓名", "") for one in case.record["提案人"])
    return [name for name in found if name]
