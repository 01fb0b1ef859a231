"""What `import` says of each row of a list and of each text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem


class Outcome(Enum):
    """What came of a row or a text."""

    NEW = "新增"
    UPDATED = "更新"
    SAME = "未变"
    FAULTY = "有误"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One row of a list, or one text, and what came of it; `row` counts from 1 and is None for a text.

    `problems` holds the errors of a faulty one (nothing of it was written) and the notices of any other; their
    `severity` tells them apart, their `file` is the source.
    """

    source: Path
    outcome: Outcome
    number: str | None = None
    row: int | None = None
    record: Path | None = None
    problems: tuple[Problem, ...] = ()
