"""Hold a scan that has text against what was issued: what the record says must stand in it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dafu import docnumber
from dafu.compose.context import address
from dafu.model import effective_reply
from dafu.terms import GradePlace, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Office, Proposal

_LEAST = 30  # characters; fewer are a stamp or a page number on a picture
_BLANKS = re.compile(r"\s+")
_BRACKETS = str.maketrans("[(【〈", "〔〔〔〔") | str.maketrans("])】〉", "〕〕〕〕")
_CASE = re.compile(r"(?<![0-9〕])([0-9][0-9A-Za-z-]{0,40}号)的?(?:提案|建议|议案)")
_ALWAYS = ("案号", "发文字号")
_ONE_LETTER = re.compile("[A-Za-z]")


def has_text(lines: Iterable[str]) -> bool:
    """Tell whether the pages bear text, not pictures alone."""
    return len(_plain(lines)) >= _LEAST


def disagreements(proposal: Proposal, office: Office, lines: Iterable[str], issued: Iterable[str] = ()) -> list[str]:
    """Return what *lines*, the text of a signed letter, do not agree with, a sentence each.

    Any round of *proposal* may be the one of the letter; the nearest counts. *issued* is the text of the letter as it
    was drawn: but for 案号 and 发文字号 only what it bears is looked for, since forms differ; without it 签发人 and
    办理结果 are not looked for.
    """
    rows, drawn = [_plain([row]) for page in lines for row in page.splitlines()], _plain(issued)
    rounds = range(max(1, len(proposal.replies), len(proposal.rounds)))
    return min((list(_of_round(proposal, office, turn, rows, drawn)) for turn in rounds), key=len)


def _of_round(proposal: Proposal, office: Office, turn: int, rows: list[str], drawn: str) -> Iterator[str]:
    text = "".join(rows)
    for name, value in _values(proposal, office, turn, drawn):
        if drawn and name not in _ALWAYS and not _stands(value, drawn):
            continue
        if not _stands(value, text):
            other = _other(name, value, rows)
            yield f"{name}：记录里是“{value}”，扫描件里{f'是“{other}”' if other else '没有'}"


def _values(proposal: Proposal, office: Office, turn: int, drawn: str) -> Iterator[tuple[str, str]]:
    """Yield the values that the letter of round *turn* should bear, with their names."""
    reply = effective_reply(proposal, office, turn)
    yield "案号", f"{proposal.number}号"
    yield "届次", proposal.session
    yield "发文字号", reply.number or ""
    if proposal.role is Role.ASSIST:
        yield "称谓", proposal.lead_unit or ""
    else:
        called = address(proposal.proposers, proposal.kind.title_of_person)
        yield from (("称谓", one.name) for one in proposal.proposers if one.name in called)
    if reply.signed_on:
        day = reply.signed_on
        yield "成文日期", f"{day.year}年{day.month}月{day.day}日"
    if drawn:
        yield from (("签发人", name) for name in re.split("[、，,；; ]", reply.signer or ""))
        if office.grade_place is not GradePlace.ABSENT:
            yield "办理结果", reply.grade or ""


def _stands(value: str, text: str) -> bool:
    value = _plain([value])
    if _ONE_LETTER.fullmatch(value):  # a grade: never a letter of a word
        return re.search(f"(?<![0-9A-Za-z.]){value}(?![0-9A-Za-z.])", text) is not None
    if value[:1].isdigit():  # 69号 does not stand in 143069号, nor in 洛商〔2025〕69号
        return re.search(f"(?<![0-9〕]){re.escape(value)}", text) is not None
    return value in text


def _other(name: str, value: str, rows: list[str]) -> str:
    """Return what stands there instead, where that can be told."""
    text = "\n".join(rows)
    if name == "案号":
        return "、".join(dict.fromkeys(_CASE.findall(text)))
    if name == "发文字号":
        return "、".join(dict.fromkeys(str(one) for one in docnumber.mentioned(text)))
    if name == "办理结果":
        return "、".join(dict.fromkeys(re.findall("(?<![0-9A-Za-z.])[A-D](?![0-9A-Za-z.])", text.replace(value, ""))))
    return ""


def _plain(lines: Iterable[str]) -> str:
    """Return the characters alone: without blanks, compatibility forms and the differences of brackets."""
    text = unicodedata.normalize("NFKC", "".join(lines))
    return _BLANKS.sub("", text).translate(_BRACKETS)
