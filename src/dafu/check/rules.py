"""What a rule of `check` is: its code, its words, and the book in which the rules of one kind stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from dafu.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
MOST_BREACHES = 100  # of one rule in one letter: who has so many is helped by no more
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `check --explain` tells it: what must hold, where that is laid down, a fault and its mending."""

    code: str
    severity: Severity
    title: str
    text: str
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class Found:
    """One breach of a rule; `quote` are the words of the file in which it stands.

    `severity` is given where this breach weighs otherwise than its rule.
    """

    message: str
    cure: str
    field: str = ""
    quote: str = ""
    severity: Severity | None = None


class Book(Generic[T]):
    """The rules over one kind of thing, each a function that finds its breaches."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}
        self._finders: list[tuple[Rule, Callable[[T], Iterable[Found]]]] = []

    def rule(self, rule: Rule) -> Callable[[Callable[[T], Iterable[Found]]], Callable[[T], Iterable[Found]]]:
        """Register a function as the finder of *rule*."""

        def register(find: Callable[[T], Iterable[Found]]) -> Callable[[T], Iterable[Found]]:
            self.rules[rule.code] = rule
            self._finders.append((rule, find))
            return find

        return register

    def breaches(self, thing: T) -> Iterator[tuple[Rule, Found]]:
        """Yield the breaches in *thing*, each with the rule that it breaks; of a flood of one rule only the first."""
        for rule, find in self._finders:
            for found in islice(find(thing), MOST_BREACHES):
                yield rule, found


def problem(rule: Rule, found: Found, line: int | None = None) -> Problem:
    """Return the breach *found* of *rule* as a problem."""
    return Problem(rule.code, found.message, found.cure, found.field, line, severity=found.severity or rule.severity)
