"""What the rules over a record look at: the record, its office, and the letter that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dafu.check.rules import Book
from dafu.letter import MISSING, Paragraph
from dafu.model import effective_reply, reply_path
from dafu.model.keys import joined, keys_of
from dafu.model.proposal import Reply
from dafu.model.spelling import said_keys
from dafu.terms import Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dafu.compose import Composed
    from dafu.letter import Letter
    from dafu.model import Event, Office, Proposal
    from dafu.workdays import Calendar

_SIGNED = (Step.SIGN, Step.ISSUE, Step.DELIVER, Step.FEEDBACK, Step.CLOSE, Step.ARCHIVE)
_SAID_BY = {"签发人": Step.SIGN, "成文日期": Step.SIGN, "发文字号": Step.ISSUE, "印发日期": Step.ISSUE}
_KEY_OF_EVENT = {"成文日期": "日期", "印发日期": "日期"}
SENTENCE_END = re.compile("(?<=[。！？；])")


@dataclass(frozen=True)
class Matter:
    """A record on a day; `composed` is None when it has no letter, `merged` are the records that it leads."""

    proposal: Proposal
    office: Office
    calendar: Calendar
    today: date
    composed: Composed | None = None
    lead: Proposal | None = None
    merged: tuple[Proposal, ...] = ()

    @property
    def letter(self) -> Letter | None:
        """Return the letter of the present round, if there is one."""
        return self.composed.letter if self.composed else None

    @property
    def turn(self) -> int:
        """Return the present round, from 0."""
        return len(self.proposal.rounds) - 1

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return each value that the record says, as text, with its address in the file."""
        return tuple(_texts(said_keys(self.proposal), ""))

    @cached_property
    def replies(self) -> tuple[Reply, ...]:
        """Return the reply of each round with every value that is known from anywhere."""
        count = max(len(self.proposal.rounds), len(self.proposal.replies))
        return tuple(effective_reply(self.proposal, self.office, turn) for turn in range(count))

    @property
    def reply(self) -> Reply:
        """Return the reply of the present round."""
        return self.replies[self.turn]

    @property
    def is_signed(self) -> bool:
        """Tell whether the present round has come as far as 签发."""
        return any(event.step in _SIGNED for event in self.proposal.rounds[-1])

    @property
    def answers(self) -> bool:
        """Tell whether the letter goes to the proposers, not to a lead unit."""
        return self.proposal.role not in (Role.ASSIST, Role.READ)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of the letter's body, from the opening to the closing; tables are left out."""
        blocks = self.letter.body if self.letter else ()
        texts = (MISSING.sub("", block.text) for block in blocks if isinstance(block, Paragraph))
        return tuple(text for text in texts if text)

    @property
    def has_body(self) -> bool:
        """Tell whether the letter says anything of its own."""
        return bool(self.letter and self.reply.body)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences of the letter's body."""
        pieces = (piece for paragraph in self.paragraphs for piece in SENTENCE_END.split(paragraph))
        return tuple(piece for piece in pieces if piece)

    @property
    def body_field(self) -> str:
        """Return where the record holds the body of the letter."""
        return f"{reply_path(self.turn)}.正文"

    def field_of(self, word: str, turn: int) -> str:
        """Return the address of a value of 答复 in the file: its own, else that of the event that says it."""
        reply = self.proposal.replies[turn] if turn < len(self.proposal.replies) else Reply()
        step = _SAID_BY.get(word)
        if step and not getattr(reply, keys_of(Reply)[word].attribute):
            ordinals = [n for n, event in self.events_of(turn) if event.step is step]
            if ordinals:
                return f"办理过程.{ordinals[-1]}.{_KEY_OF_EVENT.get(word, word)}"
        return f"{reply_path(turn)}.{word}"

    def events_of(self, turn: int) -> Iterator[tuple[int, Event]]:
        """Yield the events of a round with their ordinals in the record."""
        rounds = self.proposal.rounds
        start = 1 + sum(map(len, rounds[:turn]))
        yield from enumerate(rounds[turn] if turn < len(rounds) else (), start)


def _texts(said: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each text below *said* with its address."""
    if isinstance(said, str):
        yield path, said
        return
    parts = said.items() if isinstance(said, dict) else enumerate(said, 1) if isinstance(said, list) else ()
    for name, one in parts:
        yield from _texts(one, joined(path, name))


RECORD: Book[Matter] = Book()
