"""Put the signed reply of a record into the archive, in one act: bag, seal, event."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import files, readback
from dafu.archive import fixity, reading, shelf
from dafu.archive.bag import build
from dafu.archive.parts import Part
from dafu.archive.shelf import Shelf
from dafu.desk import filing, scans
from dafu.desk.filingnumbers import number_for, refuse_taken
from dafu.desk.track import track
from dafu.desk.verify import note_of
from dafu.errors import DafuError, RefusedError, Severity, UnusableError
from dafu.model import effective_reply
from dafu.terms import Step

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from dafu.archive.seal import Chain, Line
    from dafu.desk.archiving import Archiving
    from dafu.desk.filing import Item
    from dafu.errors import Problem
    from dafu.store import Author, Record, Workspace

_WAIT = 120  # seconds for a colleague's archiving to end; big scans on a slow share take a while
_LIMIT = 300_000_000  # bytes of one letter


@dataclass(frozen=True, slots=True)
class Archived:
    """What was archived and where; `serial` is its number in the register, None in a dry run.

    `number` is its 档号, "" where the office has none or where a dry run has taken none.
    """

    record: Record
    place: Path
    items: tuple[Item, ...]
    lacking: tuple[str, ...]
    notices: tuple[str, ...]
    problems: tuple[Problem, ...]
    serial: int | None
    number: str


def archive(act: Archiving) -> Archived:
    """Archive the files of *act* durably: all of it or nothing, and what a killed run left is finished first.

    Raises UnusableError for files that cannot be kept, RefusedError for what lacks or does not agree and has no reason,
    and for a case that is archived already.
    """
    _ = act.items  # what is wrong with the words is told before anything is locked
    if act.request.dry:
        return _archived(act, [])
    with _alone(act.workspace, act.author) as taken_over:
        return _archived(act, [*filter(None, [taken_over]), *shelf.recover(act.shelf)])


def settle(workspace: Workspace, leftover: Path, author: Author) -> None:
    """Finish or clear away what a killed run left at *leftover*, as the register has it."""
    with _alone(workspace, author):
        shelf.settle(Shelf(workspace.replies), leftover)


def complete(act: Archiving, line: Line) -> None:
    """Enter the event that is lacking for the bag that *line* sealed."""
    with _alone(act.workspace, act.author):
        _enter(act, line)


def _alone(workspace: Workspace, author: Author) -> AbstractContextManager[str | None]:
    """Hold the lock of the archive, without which nobody changes it; yields what was taken over from the dead."""
    return files.locked(workspace.root / ".dafu" / "归档.lock", author.user, _WAIT)


def _archived(act: Archiving, notices: list[str]) -> Archived:
    sealed = _sealed(act)
    if sealed and not act.request.version:
        return _completed(act, sealed[-1], notices)
    if not act.is_tracked:
        track(act.workspace, act.record, _event(act, ""), act.author, dry=True)
    problems, digests = _judged(act)
    notices += _compared(act)
    shelf.trusted(act.shelf, act.year)
    place, serial, number = shelf.place_for(act.folder), None, _known_number(act)
    if not act.request.dry:
        line = _committed(act, place, digests)
        serial, number = line.serial, _enter(act, line)
    return Archived(act.record, place, tuple(act.items), tuple(act.lacking), tuple(notices), problems, serial, number)


def _sealed(act: Archiving) -> list[Line]:
    """Return the lines of the case, of whatever year: its first event may have been given another date since."""
    path = f"{act.shelf.name_of(act.folder)}/"
    lines = [line for year in shelf.registered_years(act.shelf) for line in shelf.chain_of(act.shelf, year).lines]
    other = next((line for line in lines if line.path.startswith(path) and line.case != act.case), None)
    if other:
        raise RefusedError(f"{act.folder} 里归档的是 {other.case}，不是这一件（改正案号，或分到各自的年份）")
    return [line for line in lines if line.case == act.case]


def _completed(act: Archiving, line: Line, notices: list[str]) -> Archived:
    """Enter the event that is still lacking for a bag that was sealed from the same files."""
    place = act.shelf.replies / line.path
    data = shelf.manifest_of(place)
    same = all(files.digest_of(item.path).encode() in data for item in act.items)
    if act.is_tracked or not same or not act.items:
        raise RefusedError(f"{act.proposal.number}：已经归档：{place}（要归档新的版本，用 --reason 写明理由）")
    serial, number = (None, _known_number(act)) if act.request.dry else (line.serial, _enter(act, line))
    told = f"{place}：包已经归档，补登记“归档”"
    return Archived(act.record, place, tuple(act.items), (), (*notices, told), (), serial, number)


def _judged(act: Archiving) -> tuple[tuple[Problem, ...], dict[str, str]]:
    """Return what the clerk should know of the files, and their digests by name below data/.

    Raises UnusableError for files that cannot be kept, RefusedError where something lacks.
    """
    problems = filing.faults(act.items)
    if any(problem.severity is Severity.ERROR for problem in problems) and not act.request.force:
        raise UnusableError(problems=problems)
    if act.lacking and not act.request.partial:
        lacks = "、".join(act.lacking)
        raise RefusedError(f"{act.proposal.number}：还缺 {lacks}（补齐；确实没有的，用 --partial 写明理由）")
    digests = {name: files.digest_of(path) for name, path in _payload(act).items()}
    given = [(item.path, digests[item.name]) for item in act.items]
    return (*problems, *filing.duplicates(act.workspace, given, act.folder)), digests


def _payload(act: Archiving) -> dict[str, Path]:
    sources = filing.sources_of(act.record, act.workspace.root)
    return filing.payload(act.items, act.letters, sources, act.workspace.root)


def _compared(act: Archiving) -> list[str]:
    """Return a notice for each signed letter that could not be compared; RefusedError for those that do not agree."""
    notices, wrong = [], []
    for item in act.items:
        if item.part is not Part.LETTER:
            continue
        lines = _lines(item)
        if scans.has_text(lines):
            wrong += [f"{item.path}：{one}" for one in _disagreements(act, lines)]
        else:
            notices.append(f"{item.path}：没有可以读的文字，没有同记录核对")
    if wrong and not act.request.force:
        raise RefusedError(
            "\n".join([*wrong, "同印发的不一致，没有归档（核对是不是拿错了件；确实无误的，用 --force 写明理由）"])
        )
    return notices + wrong


def _disagreements(act: Archiving, lines: list[str]) -> list[str]:
    drawn = [readback.paragraphs(files.read(path, _LIMIT)) for path in act.letters]
    texts = drawn or [[]]
    return min((scans.disagreements(act.answered, act.workspace.office, lines, one) for one in texts), key=len)


def _lines(item: Item) -> list[str]:
    """Return what a signed letter says; a picture, and what is locked or broken, says nothing."""
    data = files.read(item.path, _LIMIT)
    try:
        return readback.lines(data, str(item.path))
    except UnusableError:
        return []


def _committed(act: Archiving, place: Path, digests: dict[str, str]) -> Line:
    """Build the bag beside its place, prove it, seal it and put it there; return its line in the register."""
    temporary = files.beside(place)
    try:
        listed = filing.contents(act.items, (name for name in digests if name not in _own(act)), _about(act))
        stored = build(temporary, {**_payload(act), filing.CONTENTS: listed}, _info(act))
        _prove(act, temporary, {name: one.digest for name, one in stored.items()}, digests)
        return shelf.commit(act.shelf, act.year, temporary, place, act.case, act.author.time)
    except BaseException:
        with suppress(DafuError, OSError):  # the first failure is the one to be told
            shelf.recover(act.shelf)
        raise


def _own(act: Archiving) -> set[str]:
    return {item.name for item in act.items}


def _prove(act: Archiving, temporary: Path, stored: dict[str, str], digests: dict[str, str]) -> None:
    """Refuse a bag that does not hold what was judged, byte for byte."""
    changed = [name for name, digest in digests.items() if stored[name] != digest]
    record = filing.source_name(filing.sources_of(act.record, act.workspace.root)[0], act.workspace.root)
    if stored[record] != act.record.digest or changed:
        raise RefusedError(f"{'、'.join(changed or [record])} 在归档时被别人改动过，没有归档（核对后再做一次）")
    faults = next(fixity.judge([reading.read(temporary)]))
    if faults:
        raise UnusableError("写出的归档包读回来不对，没有归档（检查磁盘后再做一次）：" + "；".join(map(str, faults)))


def _known_number(act: Archiving) -> str:
    """Return the 档号 that the record has, else the one that the clerk gives."""
    numbers = (event.archive_number for event in reversed(act.proposal.events) if event.step is Step.ARCHIVE)
    return next(filter(None, numbers), act.request.number)


def _enter(act: Archiving, line: Line) -> str:
    """Enter the event 归档 where it is lacking; return the 档号 that the record has then."""
    if act.is_tracked:
        return _known_number(act)
    try:
        event = _event(act, note_of(line))
        track(act.workspace, act.record, event, act.author, dry=False)
    except DafuError as error:
        told = "包已经归档，“归档”这一环节没有登记上（同样的命令再做一次）"
        raise type(error)(f"{act.proposal.number}：{told}：{error}") from error
    return event["档号"]


def _event(act: Archiving, note: str) -> dict[str, str]:
    number = act.request.number or number_for(act.workspace, act.answered)
    if act.request.number:
        refuse_taken(act.workspace, act.record, number)
    return {"日期": act.request.day, "环节": str(Step.ARCHIVE), "档号": number, "说明": note}


def _about(act: Archiving) -> list[tuple[str, str]]:
    proposal = act.proposal
    return [
        ("案号", act.case),
        ("案由", proposal.subject),
        ("提案人", "、".join(one.name for one in proposal.proposers)),
        ("发文字号", effective_reply(act.answered, act.workspace.office).number or ""),
        ("归档时间", act.author.time),
        ("缺", "、".join(act.lacking)),
        ("缺的理由", act.request.partial if act.lacking else ""),
        ("不一致仍归档的理由", act.request.force),
        ("另行归档的理由", act.request.version),
    ]


def _info(act: Archiving) -> list[tuple[str, str]]:
    """Return what bag-info.txt says, under the labels of RFC 8493, 2.2.2, and three of ours for the reasons."""
    reply = effective_reply(act.answered, act.workspace.office)
    said = [
        ("Source-Organization", act.workspace.office.unit.full),
        ("External-Identifier", act.case),
        ("Internal-Sender-Identifier", reply.number or ""),
        ("External-Description", act.proposal.subject),
        ("Bagging-Date", act.author.time[:10]),
        ("Partial-Reason", act.request.partial if act.lacking else ""),
        ("Force-Reason", act.request.force),
        ("Version-Reason", act.request.version),
    ]
    return [(label, value) for label, value in said if value]


def seal_of(workspace: Workspace, year: int) -> Chain:
    """Return the register of *year*, whose root digest proves all its bags; raises UnusableError when it is damaged."""
    chain = shelf.trusted(Shelf(workspace.replies), year)
    if not chain.lines:
        raise UnusableError(f"{year}年还没有归档的件（用 dafu archive 归档）")
    return chain
