"""All letters that are still wanted: found by the index, read and written in portions, many of them on every core.

Only a portion is ever in memory. Where there are few letters, or LibreOffice does most of the work, a second process
would cost more than it saves.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from dafu import store
from dafu.desk.draft import Asked, Drafting, Outcome, outcomes, refuse_shared
from dafu.desk.papers import is_open
from dafu.errors import DafuError
from dafu.terms import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.desk.standing import Overview
    from dafu.store import Record, Series, Workspace

_PORTION = 50  # letters
_MANY = 200  # letters: below that a second process has not started before the first is done
_OVER = {str(stage) for stage in (Stage.CLOSED, Stage.ARCHIVED, Stage.WITHDRAWN, Stage.RETURNED)}


@dataclass(frozen=True, slots=True)
class Job:
    """A record that may want a letter: its file, those whose letters may lie where its own does, those it leads."""

    path: Path
    rivals: tuple[Path, ...]
    members: Mapping[str, Path]


class _Order(NamedTuple):
    """How papers are to be drafted, in what goes to another process."""

    root: Path
    today: date
    new: bool
    dry: bool
    paper: str | None


def jobs(overview: Overview) -> list[Job]:
    """Return a job for each record that no other leads and that is not over."""
    root = overview.workspace.root
    places = {entry.series: root / entry.path for entry in reversed(overview.entries)}  # of two the first
    led = {name for entry in overview.entries for name in entry.leads.splitlines()}
    stems = [_stem(overview.workspace, standing.words) for standing in overview.standings]
    beside = defaultdict(list)
    for stem, standing in zip(stems, overview.standings, strict=True):
        beside[stem].append(standing.path)
    found = []
    for entry, standing, stem in zip(overview.entries, overview.standings, stems, strict=True):
        if entry.series not in led and standing.words["阶段"] not in _OVER:
            rivals = tuple(path for path in beside[stem] if path != standing.path)
            members = {_number(name): places[name] for name in entry.leads.splitlines() if name in places}
            found.append(Job(standing.path, rivals, members))
    return found


def drafted(drafting: Drafting, wanted: Sequence[Job]) -> Iterator[tuple[int, list[Outcome]]]:
    """Yield how many of *wanted* are done and what came of them, portion by portion, without the letters themselves."""
    portions = [wanted[start : start + _PORTION] for start in range(0, len(wanted), _PORTION)]
    yield from zip(map(len, portions), _done(drafting, portions, len(wanted)), strict=True)


def _done(drafting: Drafting, portions: Sequence[Sequence[Job]], count: int) -> Iterator[list[Outcome]]:
    if drafting.render or count < _MANY:
        yield from (_portion(drafting, portion) for portion in portions)
        return
    from dafu.preview import uninterrupted

    order = _Order(drafting.workspace.root, drafting.today, drafting.new, drafting.dry, drafting.paper)
    # fresh processes on every system: copies of this one would share its open files, and Windows makes none
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=_follow_parent) as pool:
        with uninterrupted():  # what starts here never hears of Ctrl-C
            found = pool.map(partial(_elsewhere, order), portions)
        yield from found


def _follow_parent() -> None:
    """Leave Ctrl-C to the process that started this one, and end when it is killed: to wait would be for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows keeps no signal from what starts

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _elsewhere(order: _Order, portion: Sequence[Job]) -> list[Outcome]:
    return _portion(_drafting(order), portion)


@cache
def _drafting(order: _Order) -> Drafting:
    """Open the workspace, once in each process."""
    from dafu.compose import Composer

    workspace = store.open_workspace(order.root)
    composer = Composer(workspace.office, workspace.templates)
    return Drafting(workspace, composer, order.today, order.new, order.dry, order.paper)


def _portion(drafting: Drafting, portion: Sequence[Job]) -> list[Outcome]:
    asked: list[Asked] = []
    failed: list[Outcome] = []
    for job in portion:
        try:
            asked.extend(_asked(drafting, job))
        except DafuError as error:
            failed.append(Outcome([], error))
    done = (
        one._replace(drafted=[each._replace(docx=b"") for each in one.drafted]) for one in outcomes(drafting, asked)
    )
    return [*failed, *done]


def _asked(drafting: Drafting, job: Job) -> Iterator[Asked]:
    """Yield the record of *job* if it wants a letter; one whose letter would lie where another's does is refused."""
    workspace = drafting.workspace
    record = store.read(workspace, job.path)
    if not is_open(record.proposal):
        return
    rivals = store.read_all(workspace, job.rivals)[0]
    refuse_shared(workspace, record, [record, *rivals], drafting.today)
    yield Asked(record, None, partial(_member, job.members))


def _member(places: Mapping[str, Path], workspace: Workspace, series: Series) -> Record | None:
    path = places.get(series[-1])
    return store.read(workspace, path) if path else None


def _number(name: str) -> str:
    return name.rpartition("/")[2]


def _stem(workspace: Workspace, words: Mapping[str, str]) -> str:
    """Return what is the same for records whose letters may lie in folders of one name."""
    return store.folded(store.stem(workspace.office, words["层级"], words["类别"], words["案号"]))
