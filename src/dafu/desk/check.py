"""Proofread records, the letters that they make, and the register behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dafu import check, docnumber, register, store, workflow
from dafu.check import book, language, leftovers
from dafu.check.matter import Matter
from dafu.desk import numbering
from dafu.desk.draft import compose
from dafu.desk.papers import is_ended, letter_of
from dafu.model import line_of, nearest_of
from dafu.terms import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.compose import Composed, Composer
    from dafu.errors import Problem
    from dafu.model import Office, Proposal
    from dafu.store import Record, Series, Workspace
    from dafu.workdays import Calendar

_SEEN_IN_LAYOUT = ("H101", "H102")  # the layout of a .docx has a check of the same: P318
_JOINED = 8  # characters of a line that is known again in a paragraph of several lines


@dataclass(frozen=True)
class Proofreading:
    """One run of `check`: *everything* are all records on file, against which single ones are held."""

    workspace: Workspace
    composer: Composer
    everything: Sequence[Record]
    calendar: Calendar
    today: date

    @cached_property
    def _leads(self) -> dict[Series, Record]:
        return store.leads(self.workspace, self.everything)

    @cached_property
    def _on_file(self) -> dict[Series, Proposal]:
        office = self.workspace.office
        known = (record.proposal for record in self.everything)
        return {store.series_of(office, one, one.number): one for one in known}

    def findings(self, record: Record) -> list[Problem]:
        """Return what the rules find in *record*; raises UnusableError when its template cannot be used.

        One that is merged into another has no letter of its own.
        """
        lead = store.lead_among(self.workspace, record, self._leads)
        led = lead.proposal if lead else None
        found = [record.problem(problem) for problem in workflow.breaches(record.proposal, led)]
        thing = self._matter(record.proposal, led)
        return found + [_placed(record, thing, rule, one) for rule, one in book.breaches(thing)]

    def _matter(self, proposal: Proposal, lead: Proposal | None) -> Matter:
        composed: Composed | None = None
        if proposal.role is not Role.READ and not lead and not is_ended(proposal):
            composed = compose(self.composer, proposal, str(letter_of(proposal)))
        series = (store.series_of(self.workspace.office, proposal, number) for number in proposal.merged)
        merged = tuple(self._on_file[one] for one in series if one in self._on_file)
        return Matter(proposal, self.workspace.office, self.calendar, self.today, composed, lead, merged)

    def together(self, records: Iterable[Record]) -> Iterator[Problem]:
        """Yield what is wrong with *records* beside the others: 并案, shared folders, numbers in the register."""
        chosen = list(records)
        files = {str(record.path) for record in chosen}
        found = [
            *check.merging(self.everything, self.workspace.office),
            *check.sharing(self.everything, self.workspace, self.today.year),
        ]
        yield from (problem for problem in found if problem.file in files)
        numbers = numbering.findings(self.workspace, list(self.everything))
        if len(chosen) == len(self.everything):
            yield from numbers
        else:
            yield from (problem for problem in numbers if problem.file in files or self._concerns(problem, chosen))

    def _concerns(self, problem: Problem, records: Iterable[Record]) -> bool:
        """Tell whether a finding of the register is about a number that one of *records* bears or has taken."""
        office = self.workspace.office
        cases = {store.identity_of(record, office) for record in records}
        own = set(numbering.known_numbers(office, records))
        book = numbering.register_of(self.workspace)
        own |= {entry.number for entry in register.entries(book)[0] if entry.case in cases}
        paths = {str(book.path_of(number)) for number in own}
        return problem.file in paths or bool(own & set(docnumber.mentioned(problem.message)))


def of_document(path: Path, data: bytes, office: Office | None) -> list[Problem]:
    """Return what is wrong with the layout and the language of any .docx; *office* is that around, if there is one.

    Raises UnusableError for what is no sound .docx.
    """
    from dafu.check.docx.elements import Letter, Role
    from dafu.check.docx.opening import opened
    from dafu.desk import lint

    found = lint.findings(path, data, office)
    letter = Letter(opened(data))
    paragraphs = letter.of(Role.TEXT)
    confusions = office.checking.confusions if office else {}
    for problem in language.findings([one.words for one in paragraphs], confusions):
        place = int(problem.field.strip("第段")) - 1
        if problem.code not in _SEEN_IN_LAYOUT:
            found.append(problem._replace(field=f"第{paragraphs[place].number}段", file=str(path)))
    texts = [(f"第{one.number}段", one.words) for one in letter.of(Role.TITLE, Role.SALUTATION, Role.TEXT)]
    return found + [check.problem(rule, one).within(str(path)) for rule, one in leftovers.breaches(texts)]


def unknown_muted(workspace: Workspace) -> Iterator[Problem]:
    """Yield the codes in 停用 that are no rule's."""
    file = str(workspace.root / store.OFFICE)
    for n, one in enumerate(workspace.office.checking.muted, 1):
        if one.code not in book.RULES:
            near = nearest_of(one.code, book.RULES)
            cure = f"是不是“{near}”？" if near else "删去这一项"
            found = check.Found(f"没有“{one.code}”这条规则", cure, f"检查.停用.{n}.代码")
            yield check.problem(book.RULES["L108"], found).within(file)


def _placed(record: Record, thing: Matter, rule: check.Rule, found: check.Found) -> Problem:
    """Return a breach as a problem of the record: at the line of its words where the record holds them."""
    line = _line_of_words(record, thing.body_field, found.quote) if found.quote else None
    if rule.code in language.RULES:
        found = replace(found, field=thing.body_field if line else f"答复件{found.field}")
    return record.problem(check.problem(rule, found, line))


def _line_of_words(record: Record, field: str, words: str) -> int | None:
    """Return the line, from that of *field* on, that holds *words* or, where lines were joined, a part of them."""
    start = line_of(record.root, field)
    lines = [line.replace("**", "").strip() for line in record.text.splitlines()[start - 1 :]]
    holding = (n for n, line in enumerate(lines, start) if words in line)
    inside = (n for n, line in enumerate(lines, start) if len(line) >= _JOINED and line in words)
    return next(holding, None) or next(inside, None)
