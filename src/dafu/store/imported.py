"""What lists have set in each record, so that a corrected list changes no more than that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dafu import files
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dafu.store.workspace import Workspace

_FOLDER = ".dafu/导入"
_LIMIT = 1_000_000  # bytes


def imported(workspace: Workspace, record: Path) -> dict[str, Any]:
    """Return what lists last set in *record*, by address; nothing where that is not known."""
    path = _path(workspace, record)
    if not path.exists():
        return {}
    try:
        values = json.loads(files.read(path, _LIMIT))
    except (ValueError, RecursionError, UnusableError):  # then nothing of the record is changed
        return {}
    return values if isinstance(values, dict) else {}


def remember_imported(workspace: Workspace, record: Path, values: Mapping[str, Any]) -> None:
    """Keep what a list has set in *record*."""
    files.write(_path(workspace, record), json.dumps(values, ensure_ascii=False, indent=1).encode())


def _path(workspace: Workspace, record: Path) -> Path:
    name = record.resolve().relative_to(workspace.root.resolve()).with_suffix(".json")
    return workspace.root / _FOLDER / name
