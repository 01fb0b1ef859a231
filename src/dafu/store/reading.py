"""Read dafu.yaml and the records; a broken file becomes problems and never hides the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dafu import files, yamltext
from dafu.errors import UnusableError
from dafu.model import line_of, read_office, read_proposal, reply_nodes, reply_path
from dafu.store.workspace import OFFICE, SUFFIX, Record, Workspace
from dafu.yamltext import Scalar
from dafu.yamltext.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dafu.errors import Problem
    from dafu.model import Proposal
    from dafu.yamltext import Mapping

RECORD_LIMIT = 1_000_000  # bytes of one record or body file
_BODY_FILE = "正文文件"


def root_of(start: Path) -> Path:
    """Return the nearest folder at or above *start* that has dafu.yaml."""
    here = start.resolve() if ".." in start.parts else start.absolute()  # x does not lie above x/..
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


def record_paths(workspace: Workspace) -> tuple[list[Path], list[Problem]]:
    """Return the files of the records, and what lies among them that is none."""
    return files.walk(_folder(workspace), SUFFIX)


def record_stamps(workspace: Workspace) -> tuple[dict[str, str], list[Problem]]:
    """Return the files of the records in the same order, each with the stamp of its state."""
    return files.stamps(_folder(workspace), SUFFIX)


def _folder(workspace: Workspace) -> Path:
    if not workspace.proposals.is_dir():
        raise UnusableError(f"{workspace.proposals}：文件夹不在了（共享盘是否已连接？没有记录时不会重新开始）")
    return workspace.proposals


def read(workspace: Workspace, path: Path) -> Record:
    """Return the record at *path*; raises UnusableError with every fault of it."""
    records, problems = read_all(workspace, [path])
    if problems:
        raise UnusableError(problems=problems)
    return records[0]


def read_all(workspace: Workspace, paths: Iterable[Path]) -> tuple[list[Record], list[Problem]]:
    """Read the records at *paths*."""
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


def body_files(record: Record) -> list[Path]:
    """Return the files of their own in which bodies of *record* stand."""
    names = (reply.entries.get(_BODY_FILE) for _, reply in reply_nodes(record.root))
    texts = (one.value.text.strip() for one in names if one and isinstance(one.value, Scalar))
    return [record.path.parent / name for name in texts if name]


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
            told = (p._replace(message=f"“{name}”{p.message}", field=field, line=line, file="") for p in error.problems)
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
