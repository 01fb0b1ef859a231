"""档号 of DA/T 22-2015: 全宗号, 门类·年度, 保管期限, 机构 and 件号, in the form in which the office writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.errors import Problem, UnusableError
from dafu.model import effective_reply
from dafu.model.office import NUMBER_FIELD
from dafu.terms import Retention, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dafu.model import Office, Proposal

USUAL_FORM = "{全宗号}-WS·{年度}-{期限}-{机构}-{件号:04}"
PERIOD_CODES = {Retention.PERMANENT: "Y", Retention.THIRTY: "D30", Retention.TEN: "D10"}
_PERIODS = {code: period for period, code in PERIOD_CODES.items()}
_PATTERNS = {"全宗号": ".+?", "年度": "[0-9]{4}", "期限": "|".join(_PERIODS), "机构": ".+?", "件号": "[0-9]+"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where 档号 puts an item: its 年度, 保管期限, 机构 and 件号; a part that the form leaves out is None."""

    item: int
    year: int | None = None
    period: Retention | None = None
    organ: str | None = None


def next_number(office: Office, taken: Iterable[str], year: int, period: Retention) -> str:
    """Return the 档号 after those *taken* in its 年度, 保管期限 and 机构: 件号 begins at 1, and no gap is filled.

    Raises UnusableError for what the form needs and dafu.yaml does not say.
    """
    form = office.archiving.number_form or USUAL_FORM
    known = {"年度": str(year), "期限": PERIOD_CODES[period], **_of_office(office, form)}
    pattern = _spelt(form, lambda word, _: re.escape(known[word]) if word in known else "([0-9]+)", re.escape)
    found = (re.fullmatch(pattern, number) for number in taken)
    item = 1 + max((int(one[1]) for one in found if one), default=0)
    return _spelt(form, lambda word, width: known.get(word) or f"{item:0{width}}")


def place_of(office: Office, number: str) -> Place | None:
    """Return what *number* says by the form of the office, or None where it is written in another."""
    found = re.fullmatch(_reading(office.archiving.number_form or USUAL_FORM), number)
    if not found:
        return None
    said = found.groupdict()
    year, period = said.get("年度"), said.get("期限")
    return Place(int(said["件号"]), int(year) if year else None, _PERIODS[period] if period else None, said.get("机构"))


def filing_year(proposal: Proposal, office: Office) -> int | None:
    """Return the 年度 of an item: of its last reply, with which the 来文 goes, else of what came before 归档."""
    rounds = range(max(len(proposal.replies), len(proposal.rounds)))
    replies = [effective_reply(proposal, office, turn) for turn in rounds]
    days = [day for reply in replies if (day := reply.issued_on or reply.signed_on)]
    days = days or [event.day for event in proposal.events if event.step is not Step.ARCHIVE]
    return days[-1].year if days else None


def _of_office(office: Office, form: str) -> dict[str, str]:
    said = {"全宗号": ("全宗号", office.archiving.fonds), "机构": ("机构代码", office.archiving.organ_code)}
    used = {found[1] for found in NUMBER_FIELD.finditer(form)} & set(said)
    problems = [
        Problem("A401", "没有填写，编不出档号", f"在 dafu.yaml 的“归档”里补上“{key}: …”", field=f"归档.{key}")
        for word in sorted(used)
        for key, value in [said[word]]
        if not value
    ]
    if problems:
        raise UnusableError(problems=problems)
    return {word: value for word in used if (value := said[word][1])}


def _reading(form: str) -> str:
    """Return the pattern that reads a number of *form*; a word that stands twice must say the same."""
    seen = set[str]()

    def field(word: str, _: str) -> str:
        known = word in seen
        seen.add(word)
        return f"(?P={word})" if known else f"(?P<{word}>{_PATTERNS[word]})"

    return _spelt(form, field, re.escape)


def _spelt(form: str, field: Callable[[str, str], str], literal: Callable[[str], str] = str) -> str:
    """Return *form* with each field as *field* writes it (word, width), and what stands between as *literal* does."""
    return "".join(_pieces(form, field, literal))


def _pieces(form: str, field: Callable[[str, str], str], literal: Callable[[str], str]) -> Iterator[str]:
    end = 0
    for found in NUMBER_FIELD.finditer(form):
        yield literal(form[end : found.start()])
        yield field(found[1], found[2] or "1")
        end = found.end()
    yield literal(form[end:])
