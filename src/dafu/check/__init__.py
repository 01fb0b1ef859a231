"""Rules, one function each: over a record and the letter that it makes, over all records, over any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check import (
    asks,
    assisting,
    dates,
    delivery,
    explaining,
    grade,
    kinds,
    language,
    matter,
    numbers,
    people,
    records,
    values,
    wording,
)
from dafu.check.matter import Matter
from dafu.check.records import merging, not_on_file, sharing
from dafu.check.rules import Found, Rule, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULES", "Found", "Matter", "Rule", "breaches", "language", "merging", "not_on_file", "problem", "sharing"]

SUBJECTS = (values, numbers, kinds, wording, grade, dates, people, delivery, asks, assisting)  # they fill the book
RULES: dict[str, Rule] = {
    **matter.RECORD.rules,
    **records.OF_ALL,
    **{rule.code: rule for rule in (*explaining.OF_OTHERS, explaining.MUTED_UNKNOWN)},
    **language.RULES,
}


def breaches(thing: Matter) -> Iterator[tuple[Rule, Found]]:
    """Yield what is wrong with a record, its history and the letter that it makes, language included."""
    yield from matter.RECORD.breaches(thing)
    yield from language.breaches(thing.paragraphs, thing.office.checking.confusions)
