"""What the tool wrote for others to read, by its digest: only such a file is ever replaced, and only unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import files

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.store.workspace import Workspace

_LIST = ".dafu/写出.txt"
_LIMIT = 1_000_000  # bytes
_KEPT = 1_000  # digests, the newest last


def is_output(workspace: Workspace, data: bytes) -> bool:
    """Tell whether the tool wrote a file of exactly *data*."""
    return files.digest(data) in _digests(workspace)


def write_output(workspace: Workspace, path: Path, data: bytes) -> None:
    """Write *data* to *path* and remember that it is the tool's own."""
    digests = [*_digests(workspace), files.digest(data)]
    files.write(workspace.root / _LIST, "\n".join(digests[-_KEPT:]).encode())
    files.write(path, data)


def _digests(workspace: Workspace) -> list[str]:
    path = workspace.root / _LIST
    return files.read(path, _LIMIT).decode(errors="replace").split() if path.exists() else []
