"""Plain paragraphs as the rules of language see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.check.rules import Book, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dafu.errors import Severity

HANZI = "\u3400-\u9fff\U00020000-\U0003134f〇"
_AROUND = 6  # characters on either side of what is quoted
_LONGEST = 60  # characters that are quoted


@dataclass(frozen=True)
class Text:
    """Paragraphs in their order, and the office's own words that are often mistyped, each with the right one."""

    paragraphs: tuple[str, ...]
    confusions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text: the paragraph, from 0, and where in it the fault begins and ends."""

    paragraph: int
    start: int
    end: int

    def quoted(self, text: Text) -> str:
        """Return the words at this place with some of those around them; of many the first ones."""
        whole = text.paragraphs[self.paragraph]
        before, behind = max(0, self.start - _AROUND), min(len(whole), self.end + _AROUND)
        behind = min(behind, before + _LONGEST)
        return ("…" if before else "") + whole[before:behind] + ("…" if behind < len(whole) else "")

    def words(self, text: Text) -> str:
        """Return the words at this place alone."""
        return text.paragraphs[self.paragraph][self.start : self.end]


def field_of(paragraph: int) -> str:
    """Return how the paragraph, from 0, is called in a finding."""
    return f"第{paragraph + 1}段"


def found(text: Text, spot: Spot, message: str, cure: str, severity: Severity | None = None) -> Found:
    """Return the breach at *spot*, its words quoted with those around them."""
    said = f"“{spot.quoted(text)}”{message}" if spot.end > spot.start else message
    return Found(said, cure, field_of(spot.paragraph), text.paragraphs[spot.paragraph], severity)


def matches(pattern: str, message: str, cure: str) -> Callable[[Text], Iterator[Found]]:
    """Return a finder of every place that *pattern* matches; group 1, where it is, is the fault."""
    compiled = re.compile(pattern)

    def find(text: Text) -> Iterator[Found]:
        for n, paragraph in enumerate(text.paragraphs):
            for hit in compiled.finditer(paragraph):
                group = 1 if compiled.groups else 0
                yield found(text, Spot(n, hit.start(group), hit.end(group)), message, cure)

    return find


TEXT: Book[Text] = Book()
