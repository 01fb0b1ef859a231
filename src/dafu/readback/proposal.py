"""The lines of a proposal or a suggestion → who asks for what, on whatever sheet its place uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dafu.letter import rejoined
from dafu.readback import script
from dafu.readback.asks import asks_in
from dafu.readback.marks import tidy
from dafu.readback.sheet import Author, Sheet
from dafu.readback.wording import core
from dafu.terms import Kind, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_KIND_WORDS = ("政协|政治协商|提案|委员(?!会)", "人大|人民代表大会|领衔代表|代表姓名|代表建议|代表团")
_HEAD = 30  # lines that say what the paper is
_ELEMENTS = {"number": "案号", "session": "届次", "subject": "案由", "proposers": "提案人", "asks": "建议事项"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a proposal says; "", () or None where it does not. `subject` is 案由 without 关于…的提案.

    `proposers` come in signing order, `text` in paragraphs, `asks` as the numbered suggestions say them. `missing`
    names what was not found.
    """

    number: str = ""
    session: str = ""
    kind: Kind | None = None
    subject: str = ""
    proposers: tuple[Author, ...] = ()
    text: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    language: Language = Language.SIMPLIFIED
    missing: tuple[str, ...] = ()


def read(lines: Sequence[str]) -> Asked:
    """Return what a proposal says: its head as lines `案由：…` or as a table, and its text; labels in either script."""
    language = script.language("".join(lines))
    plain = script.simplified if language is Language.TRADITIONAL else str
    sheet = Sheet(plain)
    for line in lines:
        sheet.read(tidy(line.replace("**", "")))
    text = rejoined("\n".join(sheet.paragraphs()))
    found = Asked(
        number=sheet.values.get("number", ""),
        session=sheet.values.get("session", ""),
        kind=_kind(plain("".join(lines[:_HEAD])), plain(sheet.values.get("session", ""))),
        subject=_core_as_said(sheet.values.get("subject", ""), plain),
        proposers=tuple(sheet.authors()),
        text=tuple(text),
        asks=tuple(_as_said(text, plain)),
        language=language,
    )
    return replace(found, missing=tuple(word for name, word in _ELEMENTS.items() if not getattr(found, name)))


def _as_said(text: list[str], plain: Callable[[str], str]) -> Iterator[str]:
    """Yield the asks in the script of the text; character for character it has the same length in the other one."""
    said = "\n".join(text)
    mirrored = plain(said)
    for ask in asks_in(mirrored.split("\n")):
        at = mirrored.find(ask)
        yield said[at : at + len(ask)] if at >= 0 else ask


def _core_as_said(title: str, plain: Callable[[str], str]) -> str:
    start = plain(title).find(kept := core(plain(title)))
    return title[start : start + len(kept)]


def _kind(head: str, session: str) -> Kind | None:
    """Return the kind by the assembly, else by the words of the sheet: a 提案 may be called 关于…的建议."""
    for words, others in ((session, ""), (head, head)):
        of_proposal, of_suggestion = (len(re.findall(one, words)) for one in _KIND_WORDS)
        if of_proposal != of_suggestion:
            return Kind.PROPOSAL if of_proposal > of_suggestion else Kind.SUGGESTION
        if others and of_proposal:
            return Kind.PROPOSAL
    return None
