"""All rules together: their explanations by code, and what they find in one record."""

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
    leftovers,
    matter,
    numbers,
    people,
    records,
    values,
)
from dafu.check.docx import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.check.rules import Found, Rule

SUBJECTS = (values, numbers, kinds, leftovers, grade, dates, people, delivery, asks, assisting)  # they fill the book
RULES: dict[str, Rule] = {
    **matter.RECORD.rules,
    **records.OF_ALL,
    **{rule.code: rule for rule in (*explaining.OF_OTHERS, explaining.MUTED_UNKNOWN)},
    **language.RULES,
    **catalogue.RULES,
}


def breaches(thing: matter.Matter) -> Iterator[tuple[Rule, Found]]:
    """Yield what is wrong with a record, its history and the letter that it makes, language included."""
    yield from matter.RECORD.breaches(thing)
    yield from language.breaches(thing.paragraphs, thing.office.checking.confusions)
