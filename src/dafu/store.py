"""The workspace: find it, read its office and its records, find a record by its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import files, yamltext
from dafu.errors import Problem, UnusableError, WrongUsageError
from dafu.model import Office, Proposal, Reply, line_of, read_office, read_proposal
from dafu.terms import Kind, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.yamltext import Mapping

OFFICE = "dafu.yaml"
PROPOSALS, TEMPLATES, REPLIES = "proposals", "templates", "replies"
RECORD_LIMIT = 2_000_000  # bytes of one record or body file
SUFFIX = ".yaml"


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
    for folder in (start, *start.parents):
        if (folder / OFFICE).is_file():
            return folder
    raise UnusableError(f"{start}：这里和上级文件夹都没有 {OFFICE}（先用 dafu init 建立工作区，或用 -C 指定）")


def open_workspace(start: Path) -> Workspace:
    """Open the workspace around *start*; raises UnusableError with every fault of dafu.yaml."""
    root = root_of(start)
    path = root / OFFICE
    tree, problems = _parsed(files.read(path, RECORD_LIMIT, within=root))[1:]
    office = None
    if tree is not None and not problems:
        office, problems = read_office(tree)
    if office is None:
        raise UnusableError(problems=[problem.within(str(path)) for problem in problems])
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
        return _one(*_read_all(workspace, [here / address]), address)
    number = address.rpartition("/")[2]
    mentioning = [path for path in _record_paths(workspace)[0] if _mentions(path, number)]
    records, problems = _read_all(workspace, mentioning)
    wanted = [record for record in records if _matches(record, address, workspace.office)]
    if len(wanted) > 1:
        full = "、".join(address_of(record, workspace.office) for record in wanted)
        raise WrongUsageError(f"“{address}”有{len(wanted)}件，写明是哪一件：{full}")
    broken = [problem for problem in problems if Path(problem.file).stem.endswith(number)]
    return _one(wanted, broken if not wanted else [], address)


def lead_of(workspace: Workspace, record: Record) -> Record | None:
    """Return the record that leads *record* by its 并案, or None when it stands alone."""
    number = record.proposal.number
    paths = [path for path in _record_paths(workspace)[0] if path != record.path and _mentions(path, number)]
    return leads(workspace, _read_all(workspace, paths)[0]).get(_series_of(workspace, record, number))


def leads(workspace: Workspace, records: Iterable[Record]) -> dict[Series, Record]:
    """Return the leading record of every number that some record names in its 并案."""
    named = ((record, number) for record in records for number in record.proposal.merged)
    return {_series_of(workspace, record, number): record for record, number in named}


def lead_among(workspace: Workspace, record: Record, known: dict[Series, Record]) -> Record | None:
    """Return the record among *known* leads that leads *record*."""
    return known.get(_series_of(workspace, record, record.proposal.number))


def address_of(record: Record, office: Office) -> str:
    """Return the full address of a record, `2025/市/提案/143069`."""
    proposal = record.proposal
    year = proposal.events[0].day.year if proposal.events else None
    parts = (year, proposal.level or office.level, proposal.kind, proposal.number)
    return "/".join(str(part) for part in parts if part is not None)


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
    if root is None or problems:
        return None, problems
    proposal, problems = read_proposal(root, workspace.office)
    if proposal is None:
        return None, problems
    proposal, problems = _with_bodies(proposal, path, workspace)
    located = [replace(problem, line=problem.line or line_of(root, problem.field)) for problem in problems]
    return (None if problems else Record(path, files.digest(data), text, root, proposal)), located


def _parsed(data: bytes) -> tuple[str, Mapping | None, list[Problem]]:
    text, problems = yamltext.decode(data)
    if problems:
        return text, None, problems
    root, problems = yamltext.parse(text)
    return text, root, problems


def _with_bodies(proposal: Proposal, path: Path, workspace: Workspace) -> tuple[Proposal, list[Problem]]:
    """Take in the bodies that stand in files of their own (正文文件)."""
    problems: list[Problem] = []
    replies = []
    for n, reply in enumerate(proposal.replies):
        field = f"再次答复.{n}.正文文件" if n else "答复.正文文件"
        replies.append(_with_body(reply, path.parent, workspace.root, field, problems))
    if replies == list(proposal.replies):
        return proposal, problems
    return replace(proposal, reply=replies[0], later_replies=tuple(replies[1:])), problems


def _with_body(reply: Reply, folder: Path, root: Path, field: str, problems: list[Problem]) -> Reply:
    if not reply.body_file:
        return reply
    path = folder / reply.body_file
    try:
        text, faults = yamltext.decode(files.read(path, RECORD_LIMIT, within=root))
    except UnusableError as error:
        problems += (replace(p, message=f"“{reply.body_file}”{p.message}", field=field, file="") for p in error.problems)
        return reply
    problems += [fault.within(str(path)) for fault in faults]
    return replace(reply, body=text)


def _mentions(path: Path, number: str) -> bool:
    """Tell whether the file may hold *number*; reading it for good will name what is wrong with it."""
    if number in path.stem:
        return True
    try:
        return number.encode() in files.read(path, RECORD_LIMIT)
    except UnusableError:
        return False


def _matches(record: Record, address: str, office: Office) -> bool:
    *qualifiers, number = address.split("/")
    known = {str(record.proposal.level or office.level), str(record.proposal.kind)}
    known |= {str(event.day.year) for event in record.proposal.events[:1]}
    return record.proposal.number == number and all(word in known for word in qualifiers)


def _one(records: list[Record], problems: list[Problem], address: str) -> Record:
    if problems:
        raise UnusableError(problems=problems)
    if not records:
        raise UnusableError(f"没有“{address}”这一件（用 dafu list 看有哪些）")
    return records[0]


def _series_of(workspace: Workspace, record: Record, number: str) -> Series:
    """Return *number* with what makes it one of a kind: kinds, levels and sessions count apart."""
    proposal = record.proposal
    return proposal.kind, proposal.level or workspace.office.level, proposal.session, number


def _twins(workspace: Workspace, records: list[Record]) -> Iterator[Problem]:
    """Yield each record whose number another one of the same kind, level and session already has."""
    seen: dict[Series, Record] = {}
    for record in records:
        proposal = record.proposal
        identity = _series_of(workspace, record, proposal.number)
        first = seen.setdefault(identity, record)
        if first is not record:
            message = f"“{proposal.number}”同 {first.path.name} 重复"
            yield record.problem(Problem("R301", message, "删去其中一个文件，或改正案号", field="案号"))
