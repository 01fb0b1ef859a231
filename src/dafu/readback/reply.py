"""The lines of an existing letter → its elements (GB/T 9704-2012 7, 10.1), whatever its place prints and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu.letter import MISSING, rejoined
from dafu.readback import wording
from dafu.readback.ending import ending_of
from dafu.readback.head import GRADE, SIGNER, head_of
from dafu.readback.marks import closed_up, number_in, tidy
from dafu.terms import Kind, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_COLON = re.compile("[:：]$")
_CALLS = re.compile(r"(?P<call>(?:尊敬的)?[^，。：:“《]{2,60}?(?:委员|代表)(?:[（(][^）)]*[）)])?[:：])(?P<rest>.+)")
_OPENING = re.compile("收悉|提出的?|如下[:：]")
_LEADS_ON = re.compile("(?:答复|回复|函复|函告|意见|情况|说明|汇报|反馈|落实)[^。]{0,15}如下[^。：:]{0,40}[：:。]?")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．](?!\d)")
_CLOSING = re.compile(
    "^(?:同时，?|最后，?)?(?:再一?次)?(?:非常|衷心|诚挚|再次)?(?:地)?感谢|^特此|^专此|^此复|^此致|^敬礼|^以上(?:答复|意见)"
    "|如有不妥|欢迎.{0,20}(?:意见|建议)|希望(?:您|你|今后|以后|继续|一如既往|代表|委员).*(?:意见|建议|关心|支持|关注)"
    "|您对(?:我们的)?答复|(?:征询|反馈)意见表|^本件的办理结果由|^本次为阶段性答复"
)
_LONGEST_CLOSING, _MOST_CLOSING, _OPENING_WITHIN = 160, 4, 4  # characters; paragraphs
_ABOVE_SALUTATION = 40  # lines at most
_LONGEST_SALUTATION = 100
_ELEMENTS = {
    "heading": "发文机关标志",
    "number": "发文字号",
    "signer": "签发人",
    "grade": "办理结果",
    "title": "标题",
    "salutation": "称谓",
    "opening": "开头",
    "body": "正文",
    "office": "署名",
    "day": "成文日期",
    "contact_unit": "联系单位",
    "contact_phone": "联系电话",
    "contacts": "联系人",
    "copies": "抄送",
    "printer": "印发机关",
    "printed": "印发日期",
    "session": "届次",
    "case": "案号",
    "kind": "类别",
    "subject": "案由",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an existing letter says; "", () or None where it does not bear the element.

    `number` has the form 洛商〔2025〕67号 whatever was printed, `grade` is the letter alone, `openness` the words as
    printed (`marks.openness_of` says what they mean), `salutation` has no colon. `subject` is 案由 as it is quoted.
    `addressees` are the proposers, or the 主办 unit of a 会办 opinion, whose `proposers` its opening names. `thanks`
    and `assisting` are 致谢 and the 会办单位 in the opening. `missing` names the elements that were not found.
    """

    heading: str = ""
    number: str = ""
    signer: str = ""
    grade: str = ""
    openness: str = ""
    title: str = ""
    salutation: str = ""
    opening: str = ""
    body: tuple[str, ...] = ()
    closing: str = ""
    annexes: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    day: date | None = None
    note: str = ""
    contact_unit: str = ""
    contact_phone: str = ""
    contacts: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: date | None = None
    session: str = ""
    case: str = ""
    kind: Kind | None = None
    subject: str = ""
    addressees: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    paper: Paper = Paper.REPLY
    proposers: tuple[str, ...] = ()
    thanks: str = ""
    assisting: tuple[str, ...] = ()


def read(lines: Sequence[str]) -> Reading:
    """Return every element of a reply or a 会办 opinion that *lines* bear; nothing is guessed where it is not there."""
    known = [line for line in (MISSING.sub("", line) for line in lines) if line.strip(" \t\u3000|")]
    above, salutation, below = _parted(known)
    head = head_of([line.replace("**", "") for line in above])
    text, ending = ending_of(below)
    opening, body, closing = _text(text)
    found: dict[str, Any] = {
        "heading": head.heading,
        "number": head.number,
        "signer": " ".join([*head.signers, *ending.signers]),
        "grade": head.grade or ending.grade,
        "openness": head.openness or (ending.note if "公开" in ending.note else ""),
        "title": head.title,
        "salutation": salutation,
        "opening": opening,
        "body": body,
        "closing": closing,
        "annexes": tuple(ending.annexes),
        "office": tuple(ending.office),
        "day": ending.day,
        "note": ending.note,
        "contact_unit": ending.unit,
        "contact_phone": ending.phone,
        "contacts": tuple(ending.contacts),
        "copies": ending.copies,
        "printer": ending.printer,
        "printed": ending.printed,
    } | _meant(head.title, salutation, opening)
    optional = ("grade",) if found["paper"] is Paper.OPINION else ()
    missing = tuple(word for name, word in _ELEMENTS.items() if not found[name] and name not in optional)
    return Reading(**found, missing=missing)


def _meant(title: str, salutation: str, opening: str) -> dict[str, Any]:
    """Return what title, 称谓 and opening say of the paper that is answered."""
    session, case, kind = wording.of_title(title)
    subject, cited, cited_kind = wording.citation_in(opening)
    whom = wording.called(salutation)
    paper = wording.paper_of(title, opening, kind or cited_kind or whom.kind)
    by = wording.proposers_in(opening) if paper is Paper.OPINION else whom
    return {
        "session": session or wording.session_in(opening),
        "case": case or cited,
        "kind": kind or cited_kind or by.kind,
        "subject": subject,
        "addressees": whom.names,
        "paper": paper,
        "proposers": by.names,
        "thanks": wording.thanks_in(opening),
        "assisting": wording.units_in(opening),
    }


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], str, Sequence[str]]:
    """Part *lines* at 称谓: what is above it, its words without colon, what is below."""
    for at, line in enumerate(lines[:_ABOVE_SALUTATION]):
        plain = closed_up(tidy(line.replace("**", "")))
        if _is_salutation(plain):
            return lines[:at], _COLON.sub("", plain), lines[at + 1 :]
        if match := _CALLS.fullmatch(plain):
            return lines[:at], match["call"][:-1], [match["rest"], *lines[at + 1 :]]
        if _OPENING.search(plain) and not _is_title(plain):
            unmarked = at and not _is_title(closed_up(tidy(lines[at - 1]))) and not _is_headline(lines[at - 1])
            above = at - 1 if unmarked else at
            return lines[:above], closed_up(tidy(lines[above])) if unmarked else "", lines[at:]
    return lines[:0], "", lines


def _is_salutation(line: str) -> bool:
    return bool(
        _COLON.search(line)
        and len(line) <= _LONGEST_SALUTATION
        and not _OPENING.search(line)
        and not SIGNER.search(line)
    )


def _is_title(line: str) -> bool:
    return line.endswith(("答复", "函", "回复", "意见", "复", "书")) and "如下" not in line


def _is_headline(line: str) -> bool:
    return bool(number_in(line)[0] or SIGNER.search(line) or GRADE.search(line) or line.endswith("文件"))


def _text(lines: Sequence[str]) -> tuple[str, tuple[str, ...], str]:
    """Part the text into opening, body and closing; what a page has broken is joined again."""
    paragraphs = rejoined("\n".join(re.sub(":$", "：", line) for line in lines))
    opening, rest = _opening(paragraphs)
    count = 0
    while count < min(_MOST_CLOSING, len(rest)) and _closes(rest[-1 - count]):
        count += 1
    body, closing = rest[: len(rest) - count], rest[len(rest) - count :]
    return opening, tuple(body), "\n".join(closing)


def _opening(paragraphs: list[str]) -> tuple[str, list[str]]:
    for at, paragraph in enumerate(paragraphs[:_OPENING_WITHIN]):
        if _HEADING.match(paragraph):
            break
        if match := _LEADS_ON.search(paragraph):
            rest = paragraph[match.end() :]
            first = [*paragraphs[:at], paragraph[: match.end()]]
            return "\n".join(first).replace("**", ""), [*([rest] if rest else []), *paragraphs[at + 1 :]]
    if paragraphs and _OPENING.search(paragraphs[0]) and not _HEADING.match(paragraphs[0]):
        return paragraphs[0], paragraphs[1:]
    return "", paragraphs


def _closes(paragraph: str) -> bool:
    short = len(paragraph) <= _LONGEST_CLOSING and not _HEADING.match(paragraph)
    return short and bool(_CLOSING.search(paragraph))
