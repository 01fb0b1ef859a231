"""Bags written by hand, for tests that must not trust our own writer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dafu.archive import fixity, reading
from dafu.errors import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OLD = DECLARED.replace("1.0", "0.97")


def sha256(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def put(folder: Path, **contents: str | bytes) -> Path:
    """Write files below *folder*; their names are keys of the call."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def listing(**payload: str | bytes) -> str:
    """Return a sha256 manifest of files, names and contents."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in payload.items())


def bag(folder: Path, payload: dict[str, str | bytes], **beside: str | bytes) -> Path:
    """Write a bag of *payload* (names with data/); *beside* adds tag files or replaces the usual ones."""
    (folder / "data").mkdir(parents=True)
    tags: dict[str, str | bytes] = {"bagit.txt": DECLARED, "manifest-sha256.txt": listing(**payload)}
    return put(folder, **{**payload, **tags, **beside})


def judged(folder: Path) -> list[Problem]:
    """Return all that is wrong with the bag in *folder*."""
    return next(fixity.judge([reading.read(folder)]))


def is_valid(folder: Path) -> bool:
    return not any(problem.severity is Severity.ERROR for problem in judged(folder))
