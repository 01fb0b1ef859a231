"""The index brought up to date: only records that changed are read, a portion at a time."""

from __future__ import annotations

import json
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dafu import deadlines, files, index, store
from dafu.desk.case import Case
from dafu.errors import Problem
from dafu.model import said_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.deadlines import Running
    from dafu.index import Entry, Kept, Memory
    from dafu.store import Record, Series, Workspace
    from dafu.workdays import Calendar

PROVISIONAL, MAIN = "?", "*"  # marks of an open clock in the index
_PORTION = 64  # records that are held at a time: few enough not to start a search for cycles
_AT_ONCE = 512  # what is kept of so many goes into the index together
_JSON = json.JSONEncoder(ensure_ascii=False).encode


class Renewal:
    """Compute what is kept of the records that changed, and of those whose lead did."""

    def __init__(
        self,
        workspace: Workspace,
        calendar: Calendar,
        today: date,
        memory: Memory,
        facts_of: Callable[[Case], str] | None = None,
    ) -> None:
        """Look at every file, and at what is known of it; with *facts_of*, a record without facts counts as changed."""
        self._workspace, self._calendar, self._today, self._memory = workspace, calendar, today, memory
        self._facts_of, self._with_facts = facts_of, memory.with_facts() if facts_of else set[str]()
        self._root, self._prefix = workspace.root, len(str(workspace.root)) + 1
        self._now = time.time_ns()  # before any file is looked at
        stamps, self.problems = store.record_stamps(workspace)
        self._stamps = {path[self._prefix :]: stamp for path, stamp in stamps.items()}
        for name in [name for name in self._stamps if not (name.isascii() or _is_text(name))]:
            self.problems.append(_unlisted(workspace, name))
            del self._stamps[name]
        self._entries = {entry.path: entry for entry in memory.entries()}
        self._leading = {path: entry.leads for path, entry in self._entries.items() if entry.leads}

    def done(self) -> list[Entry]:
        """Return the entry of every record that can be read, in the order of the files; add what is wrong."""
        with self._memory.understanding():
            changed = [path for path, stamp in self._stamps.items() if not self._holds(path, stamp)]
        gone = self._entries.keys() - self._stamps.keys()
        for path in (*changed, *gone):
            self._entries.pop(path, None)
            self._leading.pop(path, None)
        if gone:
            self._memory.replace(gone, [])
        self.problems += self._renew(changed)
        self._renew(self._misled())
        entries = [self._entries[path] for path in self._stamps if path in self._entries]
        self.problems += self._twins(entries)
        return entries

    def _holds(self, path: str, stamp: str) -> bool:
        entry = self._entries.get(path)
        if entry is None or entry.stamp != stamp or (self._facts_of and path not in self._with_facts):
            return False
        if not entry.beside:
            return True
        beside: dict[str, str] = json.loads(entry.beside)
        return all(then and files.stamp(self._root / name) == then for name, then in beside.items())

    def _misled(self) -> list[str]:
        """Return the records that were computed before their lead was known."""
        leads = self._leads()
        return [one.path for one in self._entries.values() if one.lead != leads.get(one.series, "")]

    def _renew(self, paths: Sequence[str]) -> list[Problem]:
        problems: list[Problem] = []
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            portions = (some[at : at + _PORTION] for at in range(0, len(some), _PORTION))
            new = [one for portion in portions for one in self._read(portion, problems)]
            self._memory.replace(some, new)
            self._entries |= {one.entry.path: one.entry for one in new}
        return problems

    def _read(self, paths: Sequence[str], problems: list[Problem]) -> list[Kept]:
        records, faults = store.read_all(self._workspace, (self._root / path for path in paths))
        problems += faults
        return self._kept(records)

    def _kept(self, records: Iterable[Record]) -> list[Kept]:
        read = {self._name(record.path): record for record in records}
        self._leading |= {path: led for path, record in read.items() if (led := self._led(record))}
        leads, kept = self._leads(), []
        for path, record in read.items():
            lead = leads.get(self._series(record), "")
            leading = read.get(lead) or (store.read(self._workspace, self._root / lead) if lead else None)
            kept.append(self._one(path, record, lead, leading))
        return kept

    def _leads(self) -> dict[str, str]:
        """Return the path of the first record on file that leads each that is led, as far as is known."""
        leads: dict[str, str] = {}
        for path in sorted(self._leading, key=lambda path: self._places[path]):
            for name in self._leading[path].splitlines():
                leads.setdefault(name, path)
        return leads

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self._stamps)}

    def _one(self, path: str, record: Record, lead: str, leading: Record | None) -> Kept:
        case = Case(self._workspace, record, leading, self._calendar, self._today)
        beside = {self._name(one): files.stamp(one) for one in store.body_files(record)}
        beside |= {lead: self._stamps[lead]} if lead else {}
        running = self._running(case)
        return index.Kept(
            entry=index.Entry(
                path=path,
                stamp=self._lasting(self._stamps[path]),
                beside=_JSON({name: self._lasting(stamp) for name, stamp in beside.items()}) if beside else "",
                series=self._series(record),
                leads=self._led(record),
                lead=lead,
            ),
            face=_JSON([[*case.words().values()], running, case.owing]),
            runs=bool(running),
            words=_JSON(said_in_words(record.proposal, self._workspace.office)),
            facts=self._facts_of(case) if self._facts_of else "",
        )

    def _running(self, case: Case) -> list[list[Any]]:
        """Return the open clocks, as values of JSON that no day changes.

        They are asked on the day of the first event, when the one that may lapse has not done so for want of time.
        """
        first = min((event.day for event in case.proposal.events), default=self._today)
        lead = case.lead.proposal if case.lead else None
        clocks = deadlines.unmet(case.proposal, self._workspace.office, self._calendar, first, lead)
        main = deadlines.main(clocks)
        return [_open(clock, is_main=clock is main) for clock in clocks if clock.is_open]

    def _lasting(self, stamp: str) -> str:
        """Return *stamp*, or nothing for a file so fresh that one more change might not show."""
        return "" if not stamp or files.is_fresh(stamp, self._now) else stamp

    def _name(self, path: Path | str) -> str:
        return str(path)[self._prefix :]

    def _series(self, record: Record) -> str:
        return store.identity_of(record, self._workspace.office)

    def _led(self, record: Record) -> str:
        office, proposal = self._workspace.office, record.proposal
        return "\n".join(_named(store.series_of(office, proposal, number)) for number in proposal.merged)

    def _twins(self, entries: Sequence[Entry]) -> Iterable[Problem]:
        """Return what is wrong with records that share number, kind, level and session: those are read again."""
        if len({entry.series for entry in entries}) == len(entries):
            return ()
        by_series: dict[str, list[str]] = {}
        for entry in entries:
            by_series.setdefault(entry.series, []).append(entry.path)
        shared = [path for paths in by_series.values() if len(paths) > 1 for path in paths]
        records, _ = store.read_all(self._workspace, (self._root / path for path in shared))
        return store.twins(self._workspace, records)


def _is_text(name: str) -> bool:
    """Tell whether SQLite can keep *name*: one out of an archive in another encoding is no text."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _unlisted(workspace: Workspace, name: str) -> Problem:
    cure = "给文件改名，或者用能认汉字文件名的程序重新解压"
    return Problem("I102", "文件名不是 UTF-8 编码，没有列出", cure, file=str(workspace.root / name))


def _named(series: Series) -> str:
    kind, level, session, number = series
    return f"{level}/{kind}/{session}/{number}"


def _open(clock: Running, *, is_main: bool) -> list[Any]:
    marks = PROVISIONAL * clock.provisional + MAIN * is_main
    return [str(clock.clock), clock.unit, clock.due.isoformat(), marks]
