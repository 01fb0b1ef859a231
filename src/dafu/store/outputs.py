"""Files that the tool writes for others to read; it remembers them by digest and replaces only what nobody changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import files
from dafu.errors import RefusedError
from dafu.store.workspace import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dafu.store.workspace import Workspace

_LIST = ".dafu/写出.txt"
_LIMIT = 1_000_000  # bytes
_KEPT = 1_000  # digests, the newest last


def write_outputs(workspace: Workspace, made: Mapping[Path, bytes], *, dry: bool) -> None:
    """Write the files of *made*; an older one is replaced where the tool wrote it and nobody has changed it since.

    Raises RefusedError, before the first is written, for any other file that is there already, and for a place among
    what the workspace itself is made of; a *dry* run refuses the same and writes nothing.
    """
    known = _digests(workspace)
    older = {path: _older(workspace, path, known) for path in made}
    if dry or not made:
        return
    _remember(workspace, known, map(files.digest, made.values()))
    for path, data in made.items():
        if older[path]:
            files.write(path, data, expected=older[path])
        else:
            files.create(path, data)


def _older(workspace: Workspace, path: Path, known: list[str]) -> str:
    """Return the digest of the file that *path* may replace, "" where there is none."""
    own = (workspace.root / OFFICE, workspace.proposals, workspace.templates, workspace.replies)
    if any(path.resolve().is_relative_to(part.resolve()) for part in own):
        raise RefusedError(f"{path}：不能写在记录、模板和答复件里（换一个地方）")
    digest = files.digest_of(path) if path.exists() else ""
    if digest and digest not in known:
        raise RefusedError(f"{path}：已经有这个文件，不是本工具写的，或写出以后改过，没有覆盖（换一个名称，或先移走）")
    return digest


def _remember(workspace: Workspace, known: list[str], digests: Iterable[str]) -> None:
    """Remember *digests* before the files are there: one that never comes does no harm."""
    new = dict.fromkeys(digests)
    kept = [*(digest for digest in known if digest not in new), *new]
    files.write(workspace.root / _LIST, "\n".join(kept[-_KEPT:]).encode())


def _digests(workspace: Workspace) -> list[str]:
    path = workspace.root / _LIST
    return files.read(path, _LIMIT).decode(errors="replace").split() if path.exists() else []
