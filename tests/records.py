"""Short YAML texts of an invented office and its records, and how they are read."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from dafu import yamltext
from dafu.model import Office, Proposal, read_office, read_proposal

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem
    from dafu.yamltext import Mapping

OFFICE = """\
单位: {全称: 东河市商务局, 简称: 市商务局, 自称: 我局, 印发机关: 东河市商务局办公室}
抄送: {提案: [市政协提案委], 建议: [市人大代表工委]}
联系: {联系单位: 市商务局办公室, 联系电话: "60010023"}
"""
RECORD = """\
案号: 143069
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
"""


def text_of(indented: str) -> str:
    """Return the text without the indentation that it has in a test, beginning with its first line."""
    return dedent(indented).lstrip("\n")


def root_of(text: str) -> Mapping:
    root, problems = yamltext.parse(text_of(text))
    assert root is not None, problems
    return root


def office_of(text: str = OFFICE) -> Office:
    office, problems = read_office(root_of(text))
    assert office is not None, problems
    return office


def proposal_of(more: str = "", office: str = OFFICE) -> Proposal:
    """Read a record of the four required keys and *more*; it must be without fault."""
    proposal, problems = read_proposal(root_of(RECORD + text_of(more)), office_of(office))
    assert proposal is not None, problems
    return proposal


def faults_of(more: str, record: str = RECORD, office: str = OFFICE) -> list[Problem]:
    """Read a record whose line 5 is the first one of *more*; it must have faults."""
    proposal, problems = read_proposal(root_of(record + text_of(more)), office_of(office))
    assert proposal is None
    return problems


def places(problems: list[Problem]) -> list[tuple[int | None, str]]:
    """Return line and field of each problem."""
    return [(problem.line, problem.field) for problem in problems]


def make_workspace(folder: Path, office_yaml: str = OFFICE, **records: str) -> Path:
    """Write dafu.yaml and `proposals/<name>.yaml` of each record below *folder*; return *folder*."""
    texts = {"dafu": office_yaml} | {f"proposals/{name}": text for name, text in records.items()}
    (folder / "proposals").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text_of(text), encoding="utf-8", newline="")
    return folder
