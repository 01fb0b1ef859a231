"""Every record as lists show it on a day: computed once, kept in the index, and looked at anew only when it changed."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dafu import deadlines, files, index, store
from dafu.desk.case import Case
from dafu.desk.renewal import MAIN, PROVISIONAL, Renewal
from dafu.model import Proposal, in_words, schema_of
from dafu.terms import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dafu.deadlines import Light, Running
    from dafu.index import Memory
    from dafu.model import Schema
    from dafu.store import Record, Workspace
    from dafu.workdays import Calendar

T = TypeVar("T")
_AT_ONCE = 1000  # standings that are read from one text
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


class Dial(NamedTuple):
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
        return Dial(clock, unit, due, PROVISIONAL in marks, MAIN in marks, left, light)

    def summary(self) -> dict[str, Any]:
        """Return the words of a list: what it is, how far it is, and its main clock while that runs."""
        return {**self.words, **clock_words(next((dial for dial in self.clocks if dial.is_main), None))}

    def in_words(self) -> dict[str, Any]:
        """Return the whole record in the words of the file, and what is computed."""
        return self.overview.words(self.name) | _computed_words(self.summary(), self.owing)

    def load(self) -> Case:
        """Read the record again, with all that the index does not keep."""
        return self.overview.load(self.name)


_CLOCKS = {str(clock): clock for clock in Clock}


class Overview:
    """The standings of all records of a workspace on a day, and what is wrong with its files.

    `entries` are what the index, `memory`, knows of each record that can be read, in the order of the files.
    """

    def __init__(
        self, workspace: Workspace, calendar: Calendar, today: date, facts_of: Callable[[Case], str] | None = None
    ) -> None:
        """Bring the index up to date with the files, and with what *facts_of* says of each record as JSON."""
        self.workspace, self.calendar, self.today, self._facts_of = workspace, calendar, today, facts_of
        try:
            self._look(index.place_of(workspace.root))
        except index.FailedError:
            self.recompute()

    def recompute(self) -> None:
        """Compute everything anew, without the index."""
        self._look(None)

    def _look(self, place: Path | None) -> None:
        self.memory = index.open_memory(place, _key(self.workspace, self.calendar))
        renewal = Renewal(self.workspace, self.calendar, self.today, self.memory, self._facts_of)
        self.entries = renewal.done()
        self.problems = renewal.problems
        self._leads = {entry.path: entry.lead for entry in self.entries if entry.lead}

    def _told(self, ask: Callable[[Memory], T]) -> T:
        """Return what the index answers, from one made anew where it fails."""
        try:
            with self.memory.understanding():
                return ask(self.memory)
        except index.FailedError:
            self.recompute()
            return ask(self.memory)

    @cached_property
    def standings(self) -> list[Standing]:
        """Return how every record stands, in the order of the files."""

        def all_of_them(memory: Memory) -> list[Standing]:
            names, faces = self._names(), memory.faces(running=False)
            _refuse_dropped(len(set(names) - faces.keys()))
            return [*self._shown(names, faces)]

        return self._told(all_of_them)

    @cached_property
    def running(self) -> list[Standing]:
        """Return how the records with an open clock stand, in the order of the files."""

        def running(memory: Memory) -> list[Standing]:
            faces = memory.faces(running=True)
            _refuse_dropped(len(self.entries) - memory.count())
            return [*self._shown([name for name in self._names() if name in faces], faces)]

        return self._told(running)

    def _names(self) -> list[str]:
        return [entry.path for entry in self.entries]

    def _shown(self, names: list[str], faces: dict[str, str]) -> Iterator[Standing]:
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            read = json.loads(f"[{','.join(map(faces.pop, some))}]")  # one long text is read faster than many
            yield from (Standing(self, name, *face) for name, face in zip(some, read, strict=True))

    def facts(self, choose: Callable[[Any], T | None]) -> dict[str, T]:
        """Return by its file what *choose* makes of the facts of each record; what it makes None of is left out."""

        def chosen(memory: Memory) -> Iterator[tuple[str, T]]:
            names = {entry.path for entry in self.entries}
            for some in memory.facts():
                read = json.loads(f"[{','.join(facts for _, facts in some)}]")
                for (name, _), said in zip(some, read, strict=True):
                    if name in names and (one := choose(said)) is not None:
                        yield name, one
                    names.discard(name)
            _refuse_dropped(len(names))

        return self._told(lambda memory: dict(chosen(memory)))

    def standing(self, name: str) -> Standing | None:
        """Return how the record in the file *name* stands, None where there is none."""

        def told(memory: Memory) -> Standing | None:
            face = memory.face(name)
            return Standing(self, name, *json.loads(face)) if face else None

        return self._told(told)

    def words(self, name: str) -> dict[str, Any]:
        """Return all that the record in the file *name* says."""

        def said(memory: Memory) -> dict[str, Any]:
            return dict(json.loads(memory.words(name) or "{}"))

        words = self._told(said)
        if not words:  # dropped meanwhile, since a record says something
            self.recompute()
            words = said(self.memory)
        return words

    def load(self, name: str) -> Case:
        """Read the record in the file *name* again, with all that the index does not keep."""
        record = store.read(self.workspace, self.workspace.root / name)
        return Case(self.workspace, record, self.lead_of(name), self.calendar, self.today)

    def lead_of(self, name: str) -> Record | None:
        """Read the record that leads the one in the file *name*."""
        lead = self._leads.get(name)
        return store.read(self.workspace, self.workspace.root / lead) if lead else None


def _refuse_dropped(count: int) -> None:
    """Raise FailedError for records that a command run at the same time has dropped; what else is kept stays."""
    if count > 0:
        raise index.FailedError(f"{count} dropped")


def _key(workspace: Workspace, calendar: Calendar) -> str:
    """Return what all standings rest on besides the records: the office, the calendar, and this program."""
    office = files.read(workspace.root / store.OFFICE, store.RECORD_LIMIT)
    program = files.stamps(Path(__file__).parents[1], ".py")[0]  # any of them may say what is kept, or how
    return files.digest(b"\0".join([office, calendar.edition.encode(), *map(str.encode, program.values())]))
