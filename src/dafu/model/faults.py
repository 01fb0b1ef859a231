"""The problems met while one file is read: all of them in one run, up to a flood."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from dafu.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafu.yamltext import Node

T = TypeVar("T")
MOST_FAULTS = 200  # of one file


class Faults:
    """Collects the problems found while one file is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, code: str, at: Node | int, key: str, message: str, cure: str) -> None:
        """Report a fault of the field *key* at the line of *at*."""
        line = at if isinstance(at, int) else at.line
        self.problems.append(Problem(code, message, cure, field=key, line=line))
        if len(self.problems) == MOST_FAULTS:
            self.problems.append(Problem("R100", f"错误太多，先列{MOST_FAULTS}处", "改正以后再校核", line=line))
            raise TooManyFaultsError


class TooManyFaultsError(Exception):
    """A file is so broken that reading on helps nobody."""


def gathered(read: Callable[[Faults], T | None]) -> tuple[T | None, list[Problem]]:
    """Return what *read* makes of a file, and every fault it reported, by line; a value comes only without faults."""
    faults = Faults()
    value = None
    with suppress(TooManyFaultsError):
        value = read(faults)
    problems = sorted(faults.problems, key=lambda problem: problem.line or 0)
    return (None if problems else value), problems
