"""Letters edited by hand whose body was taken back into the record: a new draft may replace them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dafu import files, letter
from dafu.readback.manuscript import blocks, objects
from dafu.readback.revisions import accepted, comments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dafu.store import Author, Workspace

_FOLDER = ".dafu/采纳"


def remember(workspace: Workspace, docx: bytes, author: Author) -> None:
    """Note that the body of this very file is in its record now."""
    path = _path(workspace, docx)
    if not path.exists():
        files.write(path, json.dumps(author._asdict(), ensure_ascii=False).encode())


def is_superseded(workspace: Workspace, old: bytes, new: bytes) -> bool:
    """Tell whether *new* may replace the edited letter *old*: its body was taken, and *new* says all that it says.

    A value that was still missing in *old* may be there in *new*; pictures, and comments that nobody ticked off, would
    be lost.
    """
    if not _path(workspace, old).exists() or any(not one.settled for one in comments(old, "")):
        return False
    plain = accepted(old, "")
    if objects(plain):
        return False
    said, says = [*_said(plain)], [*_said(new)]
    return len(said) == len(says) and all(map(_matches, said, says))


def keep(workspace: Workspace, body: bytes) -> Path:
    """Keep a body that is about to be replaced in its own file, since `undo` knows records only."""
    path = workspace.root / _FOLDER / f"{files.digest(body)}.txt"
    files.write(path, body)
    return path


def _path(workspace: Workspace, docx: bytes) -> Path:
    return workspace.root / _FOLDER / f"{files.digest(docx)}.json"


def _said(docx: bytes) -> Iterator[str]:
    return ("".join(text.split()) for text in letter.texts(blocks(docx)))


def _matches(old: str, new: str) -> bool:
    if old == new:
        return True
    known = letter.MISSING.split(old)[::2]  # between them stand the names of the fields
    return len(known) > 1 and re.fullmatch(".*".join(map(re.escape, known)), new) is not None
