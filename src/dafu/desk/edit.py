"""Make a record, or set single values of one; every other byte of a clerk's file stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dafu import files, store, yamltext
from dafu.desk import numbering
from dafu.desk.words import assignment
from dafu.errors import Problem, RefusedError, WrongUsageError
from dafu.model import Office, Proposal, read_proposal, schema_of
from dafu.yamltext import Scalar
from dafu.yamltext.nodes import child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from dafu.desk.words import Assignment
    from dafu.store import Author, Record, Workspace

SCHEMA = "记录格式.json"
OPENING = f"# yaml-language-server: $schema=../{SCHEMA}\n案号:\n"
"""How a new record begins; the comment tells editors what may stand in it."""

_ORDER = ("案号", "类别", "层级", "届次", "会期", "案由", "分类", "提案人")


def new(
    workspace: Workspace, number: str, wanted: Sequence[Assignment], today: date, author: Author, *, dry: bool
) -> Path:
    """Write a new record and return its file; raises RefusedError where there is one already."""
    text = OPENING
    named = [assignment("案号", number)] if number else []
    given = [one for one in wanted if one.value]  # `KEY=` takes away what a new record has not
    for one in sorted([*named, *given], key=lambda one: _rank(one.key)):
        text = _applied(text, one)
    proposal = _proposal_of(text, workspace.office)
    path = path_of(workspace, proposal, today)
    if path.exists():
        raise _taken(path)
    _refuse_twin(workspace, proposal)
    numbering.refuse_taken(workspace, None, proposal)
    if not dry:
        publish(workspace, path, text, author)
    return path


def path_of(workspace: Workspace, proposal: Proposal, today: date) -> Path:
    """Return the file that a new record gets."""
    folder = workspace.proposals / str(store.year_of(proposal, today.year))
    return folder / f"{store.stem_of(proposal, workspace.office)}{store.SUFFIX}"


def publish(workspace: Workspace, path: Path, text: str, author: Author) -> None:
    """Write the new record *path*, and beside the records what editors need to know of them."""
    schema = workspace.proposals / SCHEMA
    if not schema.exists():
        files.write(schema, schema_text().encode())
    store.create(workspace, path, text, author)


def set_values(workspace: Workspace, record: Record, wanted: Sequence[Assignment], author: Author, *, dry: bool) -> str:
    """Set single values of *record* and return its new text; refused when the file changed meanwhile."""
    text = record.text
    for one in wanted:
        text = _applied(text, one)
    proposal = _proposal_of(text, workspace.office)
    if _series(workspace, proposal) != _series(workspace, record.proposal):
        _refuse_twin(workspace, proposal)
    numbering.refuse_taken(workspace, record.proposal, proposal)
    if not dry and text != record.text:
        store.save(workspace, record, text, author, "改" + "、".join(one.key for one in wanted))
    return text


def schema_text() -> str:
    """Return the JSON Schema of a record, for editors."""
    shape = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "dafu 的一件记录"} | schema_of(Proposal)
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def _applied(text: str, one: Assignment) -> str:
    try:
        if one.value == "":
            return yamltext.remove(text, one.path)
        return yamltext.set_value(_roomy(text, one), one.path, one.value)
    except ValueError as error:
        raise WrongUsageError(f"“{one.key}”：{error}") from error


def _roomy(text: str, one: Assignment) -> str:
    """Turn a proposer in the short form (`- 甲`) into a mapping when one of its keys is to be set."""
    if one.path[0] != "提案人" or len(one.path) < len(("提案人", 0, "电话")):
        return text
    root, _ = yamltext.parse(text)
    proposers = child(root, "提案人") if root else None
    node = child(proposers, one.path[1]) if proposers else None
    return (
        yamltext.set_value(text, one.path[:2], {"姓名": node.text}) if isinstance(node, Scalar) and node.text else text
    )


def _proposal_of(text: str, office: Office) -> Proposal:
    text, faults = yamltext.decode(text.encode())  # as the file will be read: a text too large is refused
    root, faults = (None, faults) if faults else yamltext.parse(text)
    proposal, problems = read_proposal(root, office) if root and not faults else (None, faults)
    if proposal is None:
        raise WrongUsageError("\n".join(_words(problem) for problem in problems))
    return proposal


def _words(problem: Problem) -> str:
    return str(Problem(problem.code, problem.message, problem.cure, problem.field))


def _rank(key: str) -> int:
    first = key.partition(".")[0]
    return _ORDER.index(first) if first in _ORDER else len(_ORDER)


def _refuse_twin(workspace: Workspace, proposal: Proposal) -> None:
    twin = store.on_file(workspace, _series(workspace, proposal))
    if twin:
        raise _taken(twin.path)


def _taken(path: Path) -> RefusedError:
    return RefusedError(f"{path}：已经有这一件了（改内容用 dafu set）")


def _series(workspace: Workspace, proposal: Proposal) -> store.Series:
    return store.series_of(workspace.office, proposal, proposal.number)
