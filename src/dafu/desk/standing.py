"""Every record as lists show it on a day: computed once, kept in the index, and looked at anew only when it changed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu import deadlines, files, index, store
from dafu.desk.case import Case
from dafu.model import Proposal, in_words, said_in_words, schema_of
from dafu.terms import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dafu.deadlines import Light, Running
    from dafu.errors import Problem
    from dafu.index import Entry, Memory, Texts
    from dafu.model import Schema
    from dafu.store import Record, Series, Workspace
    from dafu.workdays import Calendar

_PROVISIONAL, _MAIN = "?", "*"  # marks of an open clock in the index
WORDS = ("案号", "类别", "层级", "届次", "案由", "提案人", "角色", "科室", "经办人", "重点", "阶段")
_COMPUTED = ("阶段", "剩余", "灯", "暂定", "待会办")


def _computed_words(summary: dict[str, Any], owing: list[str]) -> dict[str, Any]:
    """Return of a *summary* what no file says."""
    return {word: value for word, value in summary.items() if word in (*_COMPUTED, "期限")} | {"待会办": owing}


def words_of(case: Case) -> dict[str, Any]:
    """Return what a query asks of a record that need not be on file: as a report puts it back to a day."""
    main = deadlines.main(case.clocks)
    summary = {**case.words(), **clock_words(main if main and main.is_open else None)}
    return in_words(case.proposal, case.workspace.office) | _computed_words(summary, case.owing)


def clock_words(clock: Dial | Running | None) -> dict[str, Any]:
    """Return the due day of a clock, the working days left and its light; nothing where it does not run."""
    if clock is None:
        return {"期限": None, "剩余": None, "灯": None, "暂定": False}
    return {
        "期限": clock.due.isoformat(),
        "剩余": clock.left,
        "灯": str(clock.light),
        "暂定": clock.provisional,
    }


def case_schema() -> Schema:
    """Return the schema of what a query asks: the record's own keys, and those that are computed."""
    schema = schema_of(Proposal)
    return schema | {"properties": schema["properties"] | {word: {} for word in _COMPUTED}}


@dataclass(frozen=True, slots=True)
class Dial:
    """An open clock as a list shows it; `left` is in working days."""

    clock: Clock
    unit: str | None
    due: date
    provisional: bool
    is_main: bool
    left: int
    light: Light

    @property
    def name(self) -> str:
        """Return what is due: `答复`, `会办意见（市财政局）`."""
        return f"{self.clock}（{self.unit}）" if self.unit else str(self.clock)


class Standing(NamedTuple):
    """A record with what follows from its history on a day; `load` reads the record itself.

    `name` is the file within the workspace; `said` are the values of `WORDS`, `open` the open clocks in short.
    """

    overview: Overview
    name: str
    said: list[Any]
    open: list[list[Any]]
    owing: list[str]  # the 会办单位 whose opinion is neither in nor waived

    @property
    def path(self) -> Path:
        """Return the file of the record."""
        return self.overview.workspace.root / self.name

    @property
    def words(self) -> dict[str, Any]:
        """Return the words of a list that no day changes: 案号, 案由, 提案人 …, 阶段."""
        return dict(zip(WORDS, self.said, strict=True))

    @property
    def clocks(self) -> list[Dial]:
        """Return the clocks that are open on the day."""
        return [dial for one in self.open if (dial := self._dial(*one))]

    def _dial(self, name: str, unit: str | None, day: str, marks: str) -> Dial | None:
        """Return an open clock as it stands on the day; the day for handing back lapses without a word."""
        clock, due, today = _CLOCKS[name], date.fromisoformat(day), self.overview.today
        if clock is Clock.HANDING_BACK and today > due:
            return None
        left = self.overview.calendar.left(today, due)
        light = deadlines.light_of(due, left, today, self.overview.workspace.office)
        return Dial(clock, unit, due, _PROVISIONAL in marks, _MAIN in marks, left, light)

    def summary(self) -> dict[str, Any]:
        """Return the words of a list: what it is, how far it is, and its main clock while that runs."""
        return {**self.words, **clock_words(next((dial for dial in self.clocks if dial.is_main), None))}

    def in_words(self) -> dict[str, Any]:
        """Return the whole record in the words of the file, and what is computed."""
        said: dict[str, Any] = json.loads(self.overview.said[self.name])
        return said | _computed_words(self.summary(), self.owing)

    def load(self) -> Case:
        """Read the record again, with all that the index does not keep."""
        workspace, today = self.overview.workspace, self.overview.today
        record = store.read(workspace, self.path)
        return Case(workspace, record, self.overview.lead_of(self.name), self.overview.calendar, today)


_CLOCKS = {str(clock): clock for clock in Clock}


class Overview:
    """The standings of all records of a workspace on a day, and what is wrong with its files."""

    def __init__(self, workspace: Workspace, calendar: Calendar, today: date) -> None:
        """Bring the index up to date with the files."""
        self.workspace, self.calendar, self.today = workspace, calendar, today
        try:
            self._look(index.place_of(workspace.root))
        except index.FailedError:
            self.recompute()

    def recompute(self) -> None:
        """Compute everything anew, without the index."""
        self._look(None)

    def _look(self, place: Path | None) -> None:
        self._memory = index.open_memory(place, _key(self.workspace, self.calendar))
        stamps, self.problems = store.record_stamps(self.workspace)
        renewal = _Renewal(self, self._memory, stamps)
        self.entries, faults = renewal.done()
        self.problems += faults
        # one long text is read faster than many
        faces = json.loads(f"[{','.join(entry.face for entry in self.entries)}]")
        self.standings = [Standing(self, entry.path, *face) for entry, face in zip(self.entries, faces, strict=True)]

    @property
    def texts(self) -> Texts:
        """Return the full texts that the index keeps."""
        return self._memory.texts

    def lead_of(self, name: str) -> Record | None:
        """Read the first record on file that leads the one in the file *name*."""
        series = next(entry.series for entry in self.entries if entry.path == name)
        path = next((entry.path for entry in self.entries if series in entry.leads.splitlines()), None)
        return store.read(self.workspace, self.workspace.root / path) if path else None

    @cached_property
    def said(self) -> dict[str, str]:
        """Return all that each record says, as JSON, by the name of its file; what was just read counts."""
        try:
            kept = self._memory.words()
        except index.FailedError:
            self.recompute()
            kept = {}
        return kept | {entry.path: entry.words for entry in self.entries if entry.words}


def _key(workspace: Workspace, calendar: Calendar) -> str:
    """Return what all standings rest on besides the records: the office, the calendar, and this program."""
    office = files.read(workspace.root / store.OFFICE, store.RECORD_LIMIT)
    program = max(files.stamps(Path(__file__).parents[1], ".py")[0].items())
    return files.digest(b"\0".join([office, calendar.edition.encode(), repr(program).encode()]))


class _Renewal:
    """Compute the entries of the records that changed, and of those that a change of another one touches."""

    def __init__(self, overview: Overview, memory: Memory, stamps: Mapping[str, str]) -> None:
        self._overview, self._memory = overview, memory
        self._root = overview.workspace.root
        self._stamps = {path[len(str(self._root)) + 1 :]: stamp for path, stamp in stamps.items()}
        self._entries = {entry.path: entry for entry in memory.entries()}
        self._now = time.time_ns()

    def done(self) -> tuple[list[Entry], list[Problem]]:
        """Return every entry in the order of the files, and what is wrong with those that were read."""
        changed = [path for path, stamp in self._stamps.items() if not self._holds(path, stamp)]
        gone = self._entries.keys() - self._stamps.keys()
        problems = self._renew(changed, gone) if changed or gone else []
        entries = [self._entries[path] for path in self._stamps if path in self._entries]
        return entries, [*problems, *self._twins(entries)]

    def _holds(self, path: str, stamp: str) -> bool:
        entry = self._entries.get(path)
        if entry is None or entry.stamp != stamp:
            return False
        beside = (line.split("\t") for line in entry.beside.splitlines())
        return all(then and files.stamp(self._root / name) == then for name, then in beside)

    def _renew(self, changed: Iterable[str], gone: Iterable[str]) -> list[Problem]:
        old = [self._entries.pop(path, None) for path in (*changed, *gone)]
        records, problems = store.read_all(self._overview.workspace, (self._root / path for path in changed))
        touched = {name for entry in old if entry for name in entry.leads.splitlines()}
        touched |= {name for record in records for name in self._leads(record)}
        members = [path for path, entry in self._entries.items() if entry.series in touched]
        records += store.read_all(self._overview.workspace, (self._root / path for path in members))[0]
        new = [self._entry(record, lead) for record, lead in self._with_leads(records)]
        self._memory.replace([*gone, *changed], new)
        self._entries |= {entry.path: entry for entry in new}
        return problems

    def _with_leads(self, records: list[Record]) -> Iterator[tuple[Record, Record | None]]:
        """Yield *records*, each with the first one on file that leads it."""
        read = {self._name(record.path): record for record in records}
        leading = {path: self._leads(record) for path, record in read.items()}
        leading |= {path: one.leads.splitlines() for path, one in self._entries.items() if path not in read}
        leads: dict[str, str] = {}
        for path in filter(leading.get, self._stamps):
            for name in leading[path]:
                leads.setdefault(name, path)
        for record in records:
            lead = leads.get(self._series(record))
            if lead is not None and lead not in read:
                read[lead] = store.read(self._overview.workspace, self._root / lead)
            yield record, read[lead] if lead is not None else None

    def _entry(self, record: Record, lead: Record | None) -> Entry:
        path = self._name(record.path)
        beside = ((self._name(one), self._lasting(files.stamp(one))) for one in store.body_files(record))
        return index.Entry(
            path=path,
            stamp=self._lasting(self._stamps[path]),
            series=self._series(record),
            leads="\n".join(self._leads(record)),
            beside="\n".join("\t".join(one) for one in beside),
            face=json.dumps(_face(self._overview, record, lead), ensure_ascii=False),
            words=json.dumps(said_in_words(record.proposal, self._overview.workspace.office), ensure_ascii=False),
        )

    def _lasting(self, stamp: str) -> str:
        """Return *stamp*, or nothing for a file so fresh that one more change might not show."""
        return "" if not stamp or files.is_fresh(stamp, self._now) else stamp

    def _name(self, path: Path) -> str:
        return str(path)[len(str(self._root)) + 1 :]

    def _series(self, record: Record) -> str:
        return store.identity_of(record, self._overview.workspace.office)

    def _leads(self, record: Record) -> list[str]:
        office, proposal = self._overview.workspace.office, record.proposal
        return [_named(store.series_of(office, proposal, number)) for number in proposal.merged]

    def _twins(self, entries: Iterable[Entry]) -> list[Problem]:
        """Return what is wrong with records that share number, kind, level and session: those are read again."""
        by_series: dict[str, list[str]] = {}
        for entry in entries:
            by_series.setdefault(entry.series, []).append(entry.path)
        shared = [path for paths in by_series.values() if len(paths) > 1 for path in paths]
        records, _ = store.read_all(self._overview.workspace, (self._root / path for path in shared))
        return list(store.twins(self._overview.workspace, records))


def _named(series: Series) -> str:
    kind, level, session, number = series
    return f"{level}/{kind}/{session}/{number}"


def _face(overview: Overview, record: Record, lead: Record | None) -> list[Any]:
    """Return what a list shows of a record and no day changes, as values of JSON.

    The clocks are asked on the day of the first event, when the one that may lapse has not done so for want of time.
    """
    first = min((event.day for event in record.proposal.events), default=overview.today)
    case = Case(overview.workspace, record, lead, overview.calendar, first)
    main = deadlines.main(case.clocks)
    running = [_open(clock, is_main=clock is main) for clock in case.clocks if clock.is_open]
    return [[*case.words().values()], running, case.owing]


def _open(clock: Running, *, is_main: bool) -> list[Any]:
    marks = _PROVISIONAL * clock.provisional + _MAIN * is_main
    return [str(clock.clock), clock.unit, clock.due.isoformat(), marks]
