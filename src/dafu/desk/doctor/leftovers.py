"""What killed runs left lying about: unfinished files, broken journals, locks of the dead; and copies of files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import files, store
from dafu.desk.doctor.finding import Finding, Repair
from dafu.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.doctor.finding import Checkup
    from dafu.store import Workspace

_OWN = ".dafu"


def findings(checkup: Checkup) -> Iterator[Finding]:
    """Yield what is left over in the workspace of *checkup*."""
    yield from _temporaries(checkup.workspace)
    yield from _journals(checkup)
    yield from _locks(checkup)
    yield from _copies(checkup.workspace)


def _temporaries(workspace: Workspace) -> Iterator[Finding]:
    """Yield files that a write left unfinished when it was killed; what it was to replace is still whole."""
    for path in _unfinished(workspace):
        message, cure = "是没有写完就中断的临时文件，原来的文件没有动", "确认没有人正在保存，再删去"
        problem = Problem("D105", message, cure, file=str(path))
        yield Finding(problem, Repair("删去这个临时文件", partial(files.discard, path)))


def _unfinished(workspace: Workspace) -> Iterator[Path]:
    pattern = f".*{files.TEMPORARY}"
    yield from sorted(workspace.root.glob(pattern))
    for folder in (workspace.proposals, workspace.replies, workspace.templates, workspace.root / _OWN):
        yield from sorted(path for path in folder.rglob(pattern) if not path.is_dir())  # those are unfinished bags


def _journals(checkup: Checkup) -> Iterator[Finding]:
    for problem in store.torn_journals(checkup.workspace):
        path = Path(problem.file)
        mend = partial(store.mend_journal, checkup.workspace, path, checkup.author)
        yield Finding(problem, Repair("把这个日志另存一份，只留读得通的部分", mend))


def _locks(checkup: Checkup) -> Iterator[Finding]:
    for note in sorted((checkup.workspace.root / _OWN).glob("*.lock.json")):
        lock = note.with_suffix("")
        held = files.holder_left(lock)
        if held is None:
            continue
        who, is_dead = held
        if is_dead:
            problem = _problem("D109", f"{who} 没有做完就中断了，锁还在", "下一次写入会自行接手", note)
            yield Finding(problem, Repair("解开这个锁", partial(_release, lock, checkup.author.user)))
        else:
            message, cure = f"{who} 正在使用", "在那台电脑上核对；确知已没有在运行，就删去这个文件"
            yield Finding(_problem("D110", message, cure, note))


def _release(lock: Path, user: str) -> None:
    """Take the lock over and give it back; one that is held meanwhile is refused."""
    with files.locked(lock, user, 0):
        pass


def _copies(workspace: Workspace) -> Iterator[Finding]:
    """Yield copies beside dafu.yaml and among the templates; those among records and numbers are told with these."""
    beside = (path for path in workspace.root.glob("*.yaml*") if path.is_file() and files.is_copy(path.name))
    for path in sorted(beside):
        message, cure = "像是复制或同步冲突留下的副本，没有读取", "请核对后删去，或改名"
        yield Finding(_problem("F205", message, cure, path))
    if workspace.templates.is_dir():
        yield from map(Finding, files.walk(workspace.templates, "")[1])


def _problem(code: str, message: str, cure: str, path: Path) -> Problem:
    return Problem(code, message, cure, file=str(path), severity=Severity.WARNING)
