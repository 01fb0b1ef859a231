"""Publication copies: what must not be published, and what is covered in what may be.

A copy shows what the issued letter shows, 签发人, 抄送 and 版记 too, as published replies do. Covered are private
mobile phones, e-mail addresses but those of offices (gov.cn), identity numbers, whatever the proposers left to be
reached by, and with 隐名 the names of persons who proposed. What is covered keeps its length, so that no line of the
letter breaks elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from dafu.letter import Letter, Paragraph
from dafu.model import Reply
from dafu.terms import COMPOUND_SURNAMES, Letterhead, NameShown, Openness, Role, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from dafu.model import Proposal, Proposer

_GAP = r"[\s()（）－—–\-\u2010\u2011\u200b-\u200f\u2060\ufeff]{0,2}"  # what people put between the digits of a number
_MOBILE = re.compile(rf"(?<!\d)(?:(?:[0０]{{2}})?[8８][6６]{_GAP}|[0０])?[1１][3-9３-９](?:{_GAP}\d){{9}}(?!\d)")
_MONTH, _DAY = rf"(?:[0０]{_GAP}[1-9１-９]|[1１]{_GAP}[0-2０-２])", rf"(?:[0-2０-２]{_GAP}\d|[3３]{_GAP}[01０１])"
_IDENTITY = re.compile(  # GB 11643-1999: region, birthday, serial, check
    rf"(?<!\d)[1-9１-９](?:{_GAP}\d){{5}}{_GAP}(?:[1１]{_GAP}[9９]|[2２]{_GAP}[0０])(?:{_GAP}\d){{2}}"
    rf"{_GAP}{_MONTH}{_GAP}{_DAY}(?:{_GAP}\d){{3}}{_GAP}[\dXxＸｘ](?!\d)"
)
_OF_MAIL = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ._%+*．＿－-]"
_MAIL = re.compile(rf"{_OF_MAIL}{{1,64}}[ \u3000]?[@＠][ \u3000]?{_OF_MAIL}{{1,190}}[.．][A-Za-zＡ-Ｚａ-ｚ]{{2,62}}")
_OFFICIAL = re.compile(r"\.gov\.cn$")
_OF_MOBILE, _OF_IDENTITY, _SHOWN_FIRST, _SHOWN_LAST = 11, 18, 3, 4  # digits: 138****1234
_SHORTEST_PHONE, _SHORTEST_ADDRESS = 7, 4  # digits, characters: with less nobody is reached
_BLANK = "[ \u3000\xa0]?"  # 林　晓: names of two characters are often set apart


class Veil:
    """What is covered in a letter: what tells of private persons, the ways to reach *proposers*, with 隐名 names."""

    def __init__(self, proposers: Iterable[Proposer], shown: NameShown) -> None:
        known = list(proposers)
        numbers = ((_IDENTITY, partial(_middle, _OF_IDENTITY)), (_MOBILE, partial(_middle, _OF_MOBILE)))
        names = _names(known) if shown is NameShown.MASKED else ()
        self._covers = [*_contacts(known), *numbers, (_MAIL, _mail), *names]

    def over(self, text: str) -> str:
        """Return *text* with what must not be published covered; its length stays."""
        return self._over(text, [])

    def covered(self, texts: Iterable[str]) -> list[str]:
        """Return what is left to be seen of each piece that is covered in *texts*, each once."""
        found: list[str] = []
        for text in texts:
            self._over(text, found)
        return list(dict.fromkeys(found))

    def _over(self, text: str, found: list[str]) -> str:
        for pattern, cover in self._covers:
            found += (shown for piece in pattern.finditer(text) if (shown := cover(piece[0])) != piece[0])
            text = pattern.sub(lambda piece, cover=cover: cover(piece[0]), text)
        return text


def _contacts(proposers: Iterable[Proposer]) -> Iterator[tuple[re.Pattern[str], Callable[[str], str]]]:
    """Yield what finds the telephones and addresses of the proposers, and what covers them wholly."""
    wholly = partial(re.sub, r"[^\W_]", "*")
    for proposer in proposers:
        digits = re.findall(r"\d", proposer.phone or "")
        if len(digits) >= _SHORTEST_PHONE:
            yield re.compile(rf"(?<!\d){_GAP.join(digits)}(?!\d)"), wholly
        if proposer.address and len(proposer.address) >= _SHORTEST_ADDRESS:
            yield re.compile(re.escape(proposer.address)), wholly


def _names(proposers: Iterable[Proposer]) -> Iterator[tuple[re.Pattern[str], Callable[[str], str]]]:
    """Yield what finds the names of persons, the longer ones first, and what leaves their surnames."""
    names = {name for one in proposers for name in (one.person, one.contact) if name}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        compound = name[:2] in COMPOUND_SURNAMES and len(name) > len("欧阳")
        yield re.compile(_BLANK.join(map(re.escape, name))), partial(_surname, 2 if compound else 1)


def _middle(length: int, text: str) -> str:
    """Cover the last *length* characters of a number but for its beginning and its end."""
    places = [at for at, char in enumerate(text) if char.isalnum()][-length:]
    hidden = set(places[_SHOWN_FIRST:-_SHOWN_LAST])
    return "".join("*" if at in hidden else char for at, char in enumerate(text))


def _mail(text: str) -> str:
    """Cover the name of an address but for its first character; the mailbox of an office stays."""
    if _OFFICIAL.search(unicodedata.normalize("NFKC", text).lower()):
        return text
    name, mark, place = re.split("([@＠])", text, maxsplit=1)
    kept = 1 if len(name.strip()) > 1 else 0
    return name[:kept] + re.sub(r"\S", "*", name[kept:]) + mark + place


def _surname(kept: int, text: str) -> str:
    letters = [at for at, char in enumerate(text) if char.isalpha()]
    return "".join("某" if at in letters[kept:] else char for at, char in enumerate(text))


def copy_of(letter: Letter, veil: Veil) -> Letter:
    """Return what is published of *letter*: covered, with its head printed, and without what serves the office."""
    printed = Letterhead.PRINTED if letter.style.letterhead is Letterhead.PREPRINTED else letter.style.letterhead
    bare = letter._replace(copy_number="", urgency="", style=letter.style._replace(letterhead=printed))
    copied = _veiled(bare, veil)
    assert isinstance(copied, Letter)  # noqa: S101 -- what goes in comes out
    return copied


def _veiled(part: Any, veil: Veil) -> Any:
    if isinstance(part, str):
        return veil.over(part)
    if isinstance(part, Paragraph):
        return _veiled_paragraph(part, veil)
    if isinstance(part, tuple):
        veiled = [_veiled(one, veil) for one in part]
        return part._make(veiled) if hasattr(part, "_make") else tuple(veiled)
    return part


def _veiled_paragraph(part: Paragraph, veil: Veil) -> Paragraph:
    """Cover a paragraph as a whole: a number may stand half in bold."""
    text = veil.over(part.text)
    edges = pairwise(accumulate((len(run.text) for run in part.runs), initial=0))
    runs = tuple(run._replace(text=text[a:b]) for run, (a, b) in zip(part.runs, edges, strict=True))
    return part._replace(runs=runs)


def obstacle(proposal: Proposal, turn: int | None, day: date, together: Iterable[Proposal]) -> str:
    """Return why round *turn* of *proposal* must not be published on *day*, or "" when it may be.

    *together* are the records that share its reply (并案): what one of them keeps closed none of them publishes. A
    later round that is closed closes the earlier ones, too.
    """
    if proposal.role is Role.READ:
        return "参阅件没有答复，不能公开"
    if turn is None:
        return "还没有送达，不能公开（送达以后再做）"
    own = proposal.replies[turn : turn + 1] or (Reply(),)
    shared = [(f"{one.number}的", reply) for one in together for reply in one.replies]
    for whose, reply in [*(("", reply) for reply in (*own, *proposal.replies[turn + 1 :])), *shared]:
        if reply.openness not in (None, Openness.PUBLIC):
            return f"{whose}公开方式是“{reply.openness}”，不能公开"
    if own[0].openness is None:
        return "没有写明公开方式，不能公开（经公开审查后，在答复里写 公开: 主动公开）"
    sent = max(event.day for event in proposal.rounds[turn] if event.step is Step.DELIVER)
    return f"{day} 还没有送达（{sent} 送达），不能公开（核对日期）" if day < sent else ""
