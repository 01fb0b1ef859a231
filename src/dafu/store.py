"""The workspace: find it, read its office and its records, find a record by its address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dafu import files, yamltext
from dafu.errors import Problem, UnusableError, WrongUsageError
from dafu.model import Office, Proposal, line_of, read_office, read_proposal, reply_nodes, reply_path
from dafu.terms import Kind, Level
from dafu.yamltext import Scalar
from dafu.yamltext.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.yamltext import Mapping

OFFICE = "dafu.yaml"
PROPOSALS, TEMPLATES, REPLIES = "proposals", "templates", "replies"
RECORD_LIMIT = 2_000_000  # bytes of one record or body file
SUFFIX = ".yaml"
_BODY_FILE = "正文文件"
_YEAR = re.compile("[0-9]{4}")

Series = tuple[Kind, Level, str, str]  # kind, level, session and number: no two records share all four


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read: its file, the digest and text of it, and what it says."""

    path: Path
    digest: str
    text: str
    root: Mapping
    proposal: Proposal

    def problem(self, problem: Problem) -> Problem:
        """Return *problem* placed in this file, at the line of its field."""
        return replace(problem, file=str(self.path), line=problem.line or line_of(self.root, problem.field))


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with dafu.yaml, and the office that it describes."""

    root: Path
    office: Office

    @property
    def proposals(self) -> Path:
        """Return the folder of the records."""
        return self.root / PROPOSALS

    @property
    def templates(self) -> Path:
        """Return the folder of the office's templates."""
        return self.root / TEMPLATES

    @property
    def replies(self) -> Path:
        """Return the folder of what the tool writes."""
        return self.root / REPLIES


def root_of(start: Path) -> Path:
    """Return the nearest folder at or above *start* that has dafu.yaml."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if (folder / OFFICE).is_file():
            return folder
    raise UnusableError(f"{start}：这里和上级文件夹都没有 {OFFICE}（先用 dafu init 建立工作区，或用 -C 指定）")


def open_workspace(start: Path) -> Workspace:
    """Open the workspace around *start*; raises UnusableError with every fault of dafu.yaml."""
    root = root_of(start)
    path = root / OFFICE
    tree, problems = _parsed(files.read(path, RECORD_LIMIT, within=root))[1:]
    office, faults = read_office(tree) if tree is not None else (None, [])
    if office is None or problems:
        raise UnusableError(problems=[problem.within(str(path)) for problem in _by_line([*problems, *faults])])
    return Workspace(root, office)


def load(workspace: Workspace) -> tuple[list[Record], list[Problem]]:
    """Read every record; a broken one becomes problems and never hides the others."""
    paths, problems = _record_paths(workspace)
    records, faults = _read_all(workspace, paths)
    return records, [*problems, *faults, *_twins(workspace, records)]


def find(workspace: Workspace, address: str, here: Path) -> Record:
    """Return the record at *address*: a path that ends in .yaml, else `[年/][层级/][类别/]案号`.

    Raises WrongUsageError when several records match, UnusableError when none does or when it cannot be read.
    """
    if address.endswith(SUFFIX):
        records, problems = _read_all(workspace, [here / address])
        if problems:
            raise UnusableError(problems=problems)
        return records[0]
    number = address.rpartition("/")[2]
    mentioning = [path for path in _record_paths(workspace)[0] if _mentions(path, number)]
    records, problems = _read_all(workspace, mentioning)
    wanted = [record for record in records if _matches(record, address, workspace.office)]
    if len(wanted) > 1:
        full = "、".join(_full_addresses(wanted, workspace.office))
        raise WrongUsageError(f"“{address}”有{len(wanted)}件，写明是哪一件：{full}")
    if not wanted:
        _not_found(address, number, problems)
    return wanted[0]


def lead_of(workspace: Workspace, record: Record) -> Record | None:
    """Return the record that leads *record* by its 并案, or None when it stands alone."""
    number = record.proposal.number
    paths = [path for path in _record_paths(workspace)[0] if path != record.path and _mentions(path, number)]
    return leads(workspace, _read_all(workspace, paths)[0]).get(series_of(workspace.office, record.proposal, number))


def leads(workspace: Workspace, records: Iterable[Record]) -> dict[Series, Record]:
    """Return the leading record of every number that some record names in its 并案."""
    named = ((record, number) for record in records for number in record.proposal.merged)
    return {series_of(workspace.office, record.proposal, number): record for record, number in named}


def lead_among(workspace: Workspace, record: Record, known: dict[Series, Record]) -> Record | None:
    """Return the record among *known* leads that leads *record*."""
    return known.get(series_of(workspace.office, record.proposal, record.proposal.number))


def on_file(workspace: Workspace, series: Series) -> Record | None:
    """Return the record of this kind, level, session and number, or None when there is none that can be read."""
    paths = [path for path in _record_paths(workspace)[0] if _mentions(path, series[-1])]
    records = _read_all(workspace, paths)[0]
    office = workspace.office
    return next((one for one in records if series_of(office, one.proposal, one.proposal.number) == series), None)


def address_of(record: Record, office: Office) -> str:
    """Return the full address of a record, `2025/市/提案/143069`."""
    return "/".join([*filter(None, _qualifiers(record, office)), record.proposal.number])


def stem_of(proposal: Proposal, office: Office) -> str:
    """Return the name that files and folders of this record bear: `143069`, `建议-31`, `省-建议-31`."""
    level = proposal.level or office.level
    parts = [str(level)] if level is not office.level else []
    parts += [str(proposal.kind)] if proposal.kind is not Kind.PROPOSAL else []
    return "-".join([*parts, proposal.number])


def year_of(proposal: Proposal, this_year: int) -> int:
    """Return the year under which the record is kept: of its first event, else *this_year*."""
    return proposal.events[0].day.year if proposal.events else this_year


def _record_paths(workspace: Workspace) -> tuple[list[Path], list[Problem]]:
    if not workspace.proposals.is_dir():
        raise UnusableError(f"{workspace.proposals}：文件夹不在了（共享盘是否已连接？没有记录时不会重新开始）")
    return files.walk(workspace.proposals, SUFFIX)


def _read_all(workspace: Workspace, paths: Iterable[Path]) -> tuple[list[Record], list[Problem]]:
    records: list[Record] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            record, faults = _read(workspace, path)
        except UnusableError as error:
            problems += error.problems
            continue
        problems += [problem if problem.file else problem.within(str(path)) for problem in faults]
        records += [record] if record else []
    return records, problems


def _read(workspace: Workspace, path: Path) -> tuple[Record | None, list[Problem]]:
    data = files.read(path, RECORD_LIMIT, within=workspace.root)
    text, root, problems = _parsed(data)
    if root is None:
        return None, problems
    proposal, faults = read_proposal(root, workspace.office)
    bodies, absent = _bodies(root, path, workspace.root)
    told = {fault.field for fault in faults}
    problems = _by_line([*problems, *faults, *(one for one in absent if not one.field or one.field not in told)])
    if proposal is None or problems:
        return None, problems
    return Record(path, files.digest(data), text, root, _with_bodies(proposal, bodies)), []


def _parsed(data: bytes) -> tuple[str, Mapping | None, list[Problem]]:
    text, problems = yamltext.decode(data)
    if problems:
        return text, None, problems
    root, problems = yamltext.parse(text)
    return text, root, problems


def _by_line(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))


def _bodies(root: Mapping, path: Path, within: Path) -> tuple[dict[int, str], list[Problem]]:
    """Read the bodies that stand in files of their own (正文文件), by the round of their reply."""
    bodies: dict[int, str] = {}
    problems: list[Problem] = []
    for turn, reply in reply_nodes(root):
        entry = reply.entries.get(_BODY_FILE)
        name = entry.value.text.strip() if entry and isinstance(entry.value, Scalar) else ""
        if not name:
            continue
        field = f"{reply_path(turn)}.{_BODY_FILE}"
        try:
            bodies[turn], faults = _body(path.parent / name, within)
        except UnusableError as error:
            line = line_of(root, field)
            told = (replace(p, message=f"“{name}”{p.message}", field=field, line=line, file="") for p in error.problems)
            problems += told
        else:
            problems += faults
    return bodies, problems


def _body(path: Path, within: Path) -> tuple[str, list[Problem]]:
    text, problems = yamltext.decode(files.read(path, RECORD_LIMIT, within=within))
    return text, [problem.within(str(path)) for problem in problems or screen(text)[1]]


def _with_bodies(proposal: Proposal, bodies: dict[int, str]) -> Proposal:
    if not bodies:
        return proposal
    replies = (replace(one, body=bodies.get(turn, one.body)) for turn, one in enumerate(proposal.replies))
    first, *later = replies
    return replace(proposal, reply=first, later_replies=tuple(later))


def _mentions(path: Path, number: str) -> bool:
    """Tell whether the file may hold *number*; reading it for good will name what is wrong with it."""
    if number in path.stem:
        return True
    try:
        return number.encode() in files.read(path, RECORD_LIMIT)
    except UnusableError:
        return True


def _matches(record: Record, address: str, office: Office) -> bool:
    *qualifiers, number = address.split("/")
    full = iter(_qualifiers(record, office))  # `in` moves it on, so the words must come in this order
    return record.proposal.number == number and all(word in full for word in qualifiers)


def _qualifiers(record: Record, office: Office) -> tuple[str, str, str]:
    """Return year, level and kind; without events the year is that of the folder, if it bears one."""
    proposal, folder = record.proposal, record.path.parent.name
    year = str(proposal.events[0].day.year) if proposal.events else folder if _YEAR.fullmatch(folder) else ""
    return year, str(proposal.level or office.level), str(proposal.kind)


def _full_addresses(records: list[Record], office: Office) -> Iterator[str]:
    """Yield what tells *records* apart: the full address, or the path where two records share it."""
    addresses = [address_of(record, office) for record in records]
    for record, address in zip(records, addresses, strict=True):
        yield str(record.path) if addresses.count(address) > 1 else address


def _not_found(address: str, number: str, problems: list[Problem]) -> NoReturn:
    """Raise what is wrong with the files that bear *number*, else say that there is none."""
    own = [problem for problem in problems if f"-{Path(problem.file).stem}".endswith(f"-{number}")]
    others = len({problem.file for problem in problems})
    hint = f"；另有{others}个文件读不通，用 dafu check 看" if others else ""
    raise UnusableError("" if own else f"没有“{address}”这一件（用 dafu list 看有哪些{hint}）", own)


def series_of(office: Office, proposal: Proposal, number: str) -> Series:
    """Return *number* with what makes it one of a kind: kinds, levels and sessions count apart."""
    return proposal.kind, proposal.level or office.level, proposal.session, number


def _twins(workspace: Workspace, records: list[Record]) -> Iterator[Problem]:
    """Yield each record whose number another one of the same kind, level and session already has."""
    seen: dict[Series, Record] = {}
    for record in records:
        proposal = record.proposal
        identity = series_of(workspace.office, proposal, proposal.number)
        first = seen.setdefault(identity, record)
        if first is not record:
            message = f"“{proposal.number}”同 {first.path.relative_to(workspace.root).as_posix()} 重复"
            yield record.problem(Problem("R301", message, "删去其中一个文件，或改正案号", field="案号"))
