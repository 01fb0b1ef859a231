"""The catalogue of what was archived, read from the records and their bags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import layout, sheets, store
from dafu.archive import catalogue
from dafu.archive.catalogue import HEADS, STAMP, STAMP_WIDTHS, WIDTHS, Item, bag_of, pages_in
from dafu.archive.numbers import filing_year, place_of
from dafu.compose.context import citation
from dafu.desk.answers import answer, last_turn, whole
from dafu.errors import UnusableError
from dafu.model import effective_reply
from dafu.terms import Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.compose import Composer
    from dafu.desk.case import Case
    from dafu.model import Office, Proposal

TITLE = "归档文件目录"
_PER_CHARACTER = 5  # tenths of an em


@dataclass(frozen=True, slots=True)
class _Paper:
    """The paper that stands for an item: the last letter that was issued, or what came in where none was."""

    document: str
    author: str
    title: str
    day: date | None
    secrecy: str
    earlier: tuple[str, ...] = ()


def items(cases: Iterable[Case], composer: Composer) -> list[Item]:
    """Return what was archived, in the order of the catalogue.

    Raises UnusableError when a title cannot be composed, since its template cannot be used.
    """
    archived = (case for case in cases if any(one.step is Step.ARCHIVE for one in case.proposal.events))
    return catalogue.in_order(_item(case, composer) for case in archived)


def _item(case: Case, composer: Composer) -> Item:
    office, proposal = case.workspace.office, case.proposal
    answered = whole(proposal, case.lead.proposal if case.lead else None)
    number = next((one.archive_number for one in reversed(proposal.events) if one.archive_number), None) or ""
    place, paper, bag = place_of(office, number), _paper(answered, composer, office), _bag(case)
    return Item(
        case=store.stem_of(proposal, office),
        number=number,
        place=place,
        fonds=office.archiving.fonds or "",
        organ=(place and place.organ) or office.archiving.organ_code or "",
        year=(place and place.year) or filing_year(answered, office),
        period=proposal.retention or (place and place.period) or office.retention,
        document=paper.document,
        author=paper.author,
        title=paper.title,
        day=paper.day,
        secrecy=paper.secrecy,
        pages=pages_in(bag) if bag else None,
        remarks=tuple(_remarks(case, number, paper, bag)),
    )


def _bag(case: Case) -> Path | None:
    return bag_of(store.folder_of(case.workspace, case.proposal, case.today.year))


def _remarks(case: Case, number: str, paper: _Paper, bag: Path | None) -> Iterator[str]:
    if not number:
        yield "没有编档号"
    if not bag:
        yield "没有归档包"
    if case.lead:
        yield f"与{case.lead.proposal.number}并案"
    if paper.earlier:
        yield f"含{'、'.join(paper.earlier)}"


def _paper(proposal: Proposal, composer: Composer, office: Office) -> _Paper:
    if proposal.role is Role.READ:
        names = "、".join(one.name for one in proposal.proposers)
        return _Paper("", names, citation(proposal), proposal.events[0].day, "")
    turn = last_turn(proposal, Step.ISSUE) or 0
    letter = answer(composer, proposal, turn)[1].letter
    reply, *earlier = (effective_reply(proposal, office, one) for one in range(turn, -1, -1))
    author = "、".join([letter.organ or office.unit.full, *letter.joint])
    numbers = tuple(one.number for one in reversed(earlier) if one.number)
    return _Paper(reply.number or "", author, letter.title, reply.signed_on or reply.issued_on, letter.secrecy, numbers)


def drawn(chosen: Sequence[Item], xlsx: Path | None, docx: Path | None, *, stamps: bool) -> dict[Path, bytes]:
    """Return *chosen* as a spreadsheet and as a list to be printed, by the paths where they are wanted."""
    heads, rows = (STAMP, _stamps(chosen)) if stamps else (HEADS, catalogue.rows(chosen))
    widths = STAMP_WIDTHS if stamps else WIDTHS
    title = "归档章" if stamps else TITLE
    made: dict[Path, bytes] = {}
    try:
        if xlsx:
            page = sheets.Page(title, heads, rows, [width // _PER_CHARACTER for width in widths])
            made[xlsx] = sheets.xlsx_bytes([page])
        if docx:
            made[docx] = layout.draw_list(title, _note(chosen), heads, rows, widths)
    except ValueError as error:
        raise UnusableError(str(error)) from error
    return made


def _stamps(chosen: Iterable[Item]) -> list[list[str]]:
    return [list(item.stamp.values()) for item in chosen]


def _note(chosen: Sequence[Item]) -> str:
    """Return the line above the list: whose papers, of which years, how many."""
    fonds = "、".join(dict.fromkeys(item.fonds for item in chosen if item.fonds))
    years = sorted({item.year for item in chosen if item.year})
    span = f"{years[0]}—{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    return f"全宗号：{fonds}　年度：{span}　共{len(chosen)}件"
