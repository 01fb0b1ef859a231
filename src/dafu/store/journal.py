"""What the tool changed in a record, when and by whom; the last change can be taken back.

The journal of a record is written before the record itself: an entry whose change never came about is told by its
digests and passed over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from dafu import files
from dafu.errors import Problem, RefusedError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from dafu.store.workspace import Record, Workspace

_FOLDER = ".dafu/日志"
_LIMIT = 50_000_000  # bytes of one journal
_UNDO, _NEW = "撤销", "新建"
_WAIT = 10  # seconds for a colleague's write to end; a write takes milliseconds


class Author(NamedTuple):
    """Who changes something, and when (ISO, with zone)."""

    user: str
    time: str


class Change(NamedTuple):
    """One change of a record: the digests of the file before and after it, and its text before."""

    user: str
    time: str
    act: str
    before: str
    after: str
    text: str


def save(workspace: Workspace, record: Record, text: str, author: Author, act: str) -> None:
    """Make *text* the content of a record; RefusedError when the file changed since it was read."""
    path = _path(workspace, record.path)
    with _alone(workspace, author):
        data = files.read(record.path, _LIMIT)
        changes = _changes(path)
        if files.digest(data) != record.digest:
            raise RefusedError(f"{record.path}：读出以后{_by_whom(changes, data)}改过，没有写入（看过以后重新登记）")
        mark = data[: len(data) - len(record.text.encode())]  # a byte-order mark stays where it was
        new = mark + text.encode()
        change = Change(author.user, author.time, act, record.digest, files.digest(new), record.text)
        _write(path, [*changes, change])
        files.write(record.path, new, expected=record.digest)


def create(workspace: Workspace, path: Path, text: str, author: Author) -> None:
    """Publish a new record; RefusedError when the name is taken."""
    data = text.encode()
    journal = _path(workspace, path)
    with _alone(workspace, author):
        if path.exists():
            raise RefusedError(f"{path}：已经有这个文件了")
        change = Change(author.user, author.time, _NEW, "", files.digest(data), "")
        _write(journal, [*_changes(journal), change])
        files.create(path, data)


def undo(workspace: Workspace, record: Record, author: Author, *, dry: bool) -> Change:
    """Take back the last change that the tool made to *record* and return it."""
    changes = _changes(_path(workspace, record.path))
    standing = _standing(changes, record.digest)
    if not standing:
        raise RefusedError(f"{record.path}：{_why_none(changes, record.digest)}，没有可以撤销的（直接在文件里改）")
    if standing[-1].act == _NEW:
        raise RefusedError(f"{record.path}：这一件是新建的（不要了，就删去这个文件）")
    if not dry:
        save(workspace, record, standing[-1].text, author, _UNDO)
    return standing[-1]


def _standing(changes: list[Change], digest: str) -> list[Change]:
    """Return the changes that led to the content of *digest* and were not taken back, the last one last."""
    standing: list[Change] = []
    contents = [*(change.before for change in changes), digest]
    for change, content in zip(changes, contents[1:], strict=True):
        if change.after != content:
            if change.before != content:  # changed by hand; else it never came about
                standing.clear()
        elif change.act != _UNDO:
            standing.append(change)
        elif standing:
            standing.pop()
    return standing


def _why_none(changes: list[Change], digest: str) -> str:
    if not changes:
        return "没有用本工具改过"
    return "改动都已撤销" if digest in (changes[-1].before, changes[-1].after) else "在那以后手工改过"


def _path(workspace: Workspace, record: Path) -> Path:
    name = record.resolve().relative_to(workspace.root.resolve()).with_suffix(".jsonl")
    return workspace.root / _FOLDER / name


def _changes(path: Path) -> list[Change]:
    if not path.exists():
        return []
    changes, rest = _understood(files.read(path, _LIMIT))
    if rest:
        cure = "用 dafu doctor --fix 把坏的部分移开；那以前的改动还可以撤销"
        raise UnusableError(problems=[Problem("J101", "日志读不通", cure, file=str(path), line=len(changes) + 1)])
    return changes


def _understood(data: bytes) -> tuple[list[Change], bytes]:
    """Return the changes of a journal up to the first line that is none, and the bytes from there on."""
    changes = []
    lines = data.splitlines(keepends=True)
    for line in lines:
        try:
            changes.append(Change(**json.loads(line)))
        except (ValueError, TypeError, RecursionError):
            return changes, b"".join(lines[len(changes) :])
    return changes, b""


def _alone(workspace: Workspace, author: Author) -> AbstractContextManager[str | None]:
    """Hold the lock without which no record is written."""
    return files.locked(workspace.root / ".dafu" / "写入.lock", author.user, _WAIT)


def torn_journals(workspace: Workspace) -> Iterator[Problem]:
    """Yield each journal that cannot be read to its end, at the line where it breaks off; it locks its record."""
    for path in sorted((workspace.root / _FOLDER).rglob("*.jsonl")):
        try:
            _changes(path)
        except UnusableError as error:
            yield from error.problems


def mend_journal(workspace: Workspace, path: Path, author: Author) -> Path:
    """Keep the lines of a torn journal that are whole and put all of it aside; return where that lies now."""
    with _alone(workspace, author):
        data = files.read(path, _LIMIT)
        aside = path.with_name(f"{path.name}.{files.digest(data)[:8]}.bak")
        if not aside.exists():  # else it was put there by a run that was killed
            files.create(aside, data)
        whole = data[: len(data) - len(_understood(data)[1])]
        files.write(path, whole, expected=files.digest(data))
    return aside


def _write(path: Path, changes: list[Change]) -> None:
    lines = (json.dumps(change._asdict(), ensure_ascii=False) + "\n" for change in changes)
    files.write(path, "".join(lines).encode())


def _by_whom(changes: list[Change], data: bytes) -> str:
    digest = files.digest(data)
    last = next((change for change in reversed(changes) if change.after == digest), None)
    return f"被 {last.user} 在 {last.time} " if last else "被"
