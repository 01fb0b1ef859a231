"""An invented office whose templates a test may write, and records made from the keys that a test names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from dafu import yamltext
from dafu.compose import Composer
from dafu.errors import UnusableError
from dafu.model import read_office, read_proposal

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.compose import Composed
    from dafu.errors import Problem
    from dafu.letter import Letter
    from dafu.model import Office, Proposal

UNIT = {
    "全称": "东河市商务局",
    "简称": "市商务局",
    "印发机关": "东河市商务局办公室",
}
OFFICE = {
    "单位": UNIT,
    "抄送": {"提案": ["市政协提案委"], "建议": ["市人大代表工委"]},
    "联系": {"联系单位": "市商务局办公室", "联系电话": "60010023"},
}
RECORD = {
    "案号": "143069",
    "届次": "市政协十四届三次会议",
    "案由": "优化夜市管理",
    "提案人": ["林晓"],
}


@dataclass
class Drafter:
    """One workspace's templates folder, and what is composed with it."""

    folder: Path

    def template(self, text: str, name: str = "答复") -> Path:
        """Write the workspace's own template *name*."""
        path = self.folder / f"{name}.j2"
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def block(self, name: str, text: str) -> Path:
        """Write an own 答复 that changes a single block."""
        return self.template(f'{{% extends "标准/答复.j2" %}}\n{{% block {name} %}}{text}{{% endblock %}}\n')

    def composed(
        self, office: dict[str, Any] | None = None, *, paper: str = "答复", turn: int = 0, **record: Any
    ) -> Composed:
        """Compose *paper* for a record of the required keys and those named."""
        its_office = office_of(OFFICE | (office or {}))
        return Composer(its_office, self.folder).compose(paper, proposal_of(RECORD | record, its_office), turn)

    def letter(self, office: dict[str, Any] | None = None, *, paper: str = "答复", **record: Any) -> Letter:
        """Compose and return the letter alone."""
        return self.composed(office, paper=paper, **record).letter

    def problems(self, *, paper: str = "答复", **record: Any) -> tuple[Problem, ...]:
        """Compose what cannot be composed and return its problems."""
        with pytest.raises(UnusableError) as stopped:
            self.composed(paper=paper, **record)
        return stopped.value.problems

    def sentences(self, **record: Any) -> list[str]:
        """Compose what cannot be composed and return what the clerk reads, without the file."""
        return [str(problem).rpartition(".j2:")[2] for problem in self.problems(**record)]


def office_of(keys: dict[str, Any]) -> Office:
    """Read dafu.yaml of *keys*; JSON is YAML."""
    root, problems = yamltext.parse(json.dumps(keys, ensure_ascii=False))
    assert root is not None, problems
    office, problems = read_office(root)
    assert office is not None, problems
    return office


def proposal_of(keys: dict[str, Any], office: Office) -> Proposal:
    """Read a record of *keys*."""
    root, problems = yamltext.parse(json.dumps(keys, ensure_ascii=False))
    assert root is not None, problems
    proposal, problems = read_proposal(root, office)
    assert proposal is not None, problems
    return proposal


@pytest.fixture
def drafter(tmp_path: Path) -> Drafter:
    return Drafter(tmp_path)
