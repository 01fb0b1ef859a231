"""Judge a workspace after a fault, by what lies on the disk and nothing of the program's own code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile, is_zipfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Files = Mapping[str, bytes]

_DONE_NOTHING = ("没有保存", "没有写入", "没有改动", "没有写出")
_JOURNAL, _LOCK = ".dafu/日志/", ".lock"
_TEMPORARY = ".dafu-tmp"
_TRACEBACK = 5
_OUTPUTS, _DIGEST = "写出.txt", re.compile(b"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of a command ended: its exit code, negative for a signal, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What an act makes of a workspace when nothing happens: once, and done again; `kinds` are its calls."""

    old: Files
    new: Files
    newer: Files
    once: Outcome
    again: Outcome
    lists: tuple[str, str]
    kinds: str


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below *folder* by its path, links and folders left out."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): _content(path.name, path.read_bytes()) for path in found}


def _content(name: str, data: bytes) -> bytes:
    """Return *data*, of a spreadsheet its parts: openpyxl dates them by files of its own."""
    if name == _OUTPUTS:
        return _DIGEST.sub(b"?", data)  # of such spreadsheets
    if not name.endswith(".xlsx") or not is_zipfile(BytesIO(data)):
        return data
    with ZipFile(BytesIO(data)) as parts:
        return b"".join(one.filename.encode() + b"\n" + parts.read(one) for one in parts.infolist())


def visible(files: Files) -> dict[str, bytes]:
    """Return what a clerk sees of *files*."""
    return {name: data for name, data in files.items() if not any(part.startswith(".") for part in name.split("/"))}


def leftovers(files: Files) -> list[str]:
    """Return the names of what was not finished."""
    return [name for name in files if any(part.endswith(_TEMPORARY) for part in name.split("/"))]


def breaches(usual: Undisturbed, commit: str, ended: Outcome, found: Files) -> Iterator[str]:
    """Yield what a fault must not have done: a half, a loss, a lie, a traceback."""
    if ended.code == _TRACEBACK or "Traceback" in ended.err:
        yield f"traceback: {ended.err}"
    yield from _halves(usual, found)
    complete = visible(found) == visible(usual.new)
    is_done = bool(commit) and _is_new(usual, commit, found)
    if is_done and not complete:
        yield f"{commit} is new, but not all that belongs to it"
    if ended.code == usual.once.code and not complete:
        yield f"said to be done, but it is not: {ended.out}{ended.err}"
    if ended.code not in (usual.once.code, *range(-64, 0)) and not ended.err.strip():
        yield f"failed with {ended.code} without a word"
    if is_done and any(word in ended.err for word in _DONE_NOTHING):
        yield f"said not to be done, but it is: {ended.err}"


def _is_new(usual: Undisturbed, commit: str, found: Files) -> bool:
    return found.get(commit) == usual.new.get(commit) != usual.old.get(commit)


def _halves(usual: Undisturbed, found: Files) -> Iterator[str]:
    for name in {*usual.old, *usual.new, *found} - set(leftovers(found)):
        if name.startswith(".dafu/") and _LOCK in name:
            continue
        if found.get(name) not in (usual.old.get(name), usual.new.get(name)):
            state = "lost" if name not in found else "neither old nor new"
            yield f"{name}: {state}, {len(found.get(name, b''))} bytes"


def unsettled(usual: Undisturbed, commit: str, before: Files, again: Outcome, found: Files) -> Iterator[str]:
    """Yield what is wrong after the same command was given once more to what was left *before*."""
    was_done = bool(commit) and _is_new(usual, commit, before)
    wanted, ended = (usual.newer, usual.again) if was_done else (usual.new, usual.once)
    if again.code != ended.code:
        yield f"the retry ended with {again.code}, not {ended.code}: {again.err}"
    shown, meant = visible(found), visible(wanted)
    for name in {*shown, *meant}:
        if shown.get(name) != meant.get(name):
            yield f"the retry left {name} otherwise than an undisturbed run"
    for name, data in found.items():
        if name.startswith(_JOURNAL) and name.endswith(".jsonl") and not _is_journal(data):
            yield f"{name} is no journal any more"


def _is_journal(data: bytes) -> bool:
    try:
        return all("after" in json.loads(line) for line in data.decode().splitlines())
    except ValueError:
        return False
