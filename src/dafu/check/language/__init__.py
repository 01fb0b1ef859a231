"""Rules over any Chinese text: headings, punctuation, figures, words, scripts.

They know nothing of proposals: the letters of this office and any other document go through the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.language import figures, headings, punctuation, script, text, words
from dafu.check.language.script import language_of
from dafu.check.rules import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dafu.check.rules import Found, Rule
    from dafu.errors import Problem

__all__ = ["RULES", "breaches", "findings", "language_of"]

RULES: dict[str, Rule] = text.TEXT.rules
SUBJECTS = (headings, punctuation, figures, words, script)  # importing them fills the book


def findings(paragraphs: Sequence[str], confusions: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with *paragraphs*, each at `第N段`; *confusions* are the office's own 易错词."""
    return [problem(rule, found) for rule, found in breaches(paragraphs, confusions)]


def breaches(paragraphs: Sequence[str], confusions: Mapping[str, str]) -> Iterator[tuple[Rule, Found]]:
    """Yield each breach with its rule; its `quote` is the whole paragraph."""
    return text.TEXT.breaches(text.Text(tuple(paragraphs), confusions))
