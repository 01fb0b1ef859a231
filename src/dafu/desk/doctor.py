"""What the clerk or whoever looks after the machine should put right: programs, faces, notices, leftovers, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import files, preview, store
from dafu.archive import shelf
from dafu.archive.shelf import Shelf
from dafu.desk import numbering
from dafu.errors import Problem, Severity
from dafu.layout.runs import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from dafu.store import Workspace
    from dafu.workdays import Calendar

_COPY = "F205"  # how `files.walk` marks what looks like a copy
_NOVEMBER = 11  # the State Council publishes next year's notice in October or November
_LICENSED = "字体有版权，dafu 不附带"
_SOURCES = {
    XIAOBIAOSONG: "向方正字库购买授权，或用带方正字体的 WPS 政务版、统信或麒麟政务系统",
    FANGSONG: "WPS 政务版和政务系统一般带有；Windows 自带的“仿宋”是另一个名称",
    KAITI: "WPS 政务版和政务系统一般带有；Windows 自带的“楷体”是另一个名称",
    HEITI: "Windows 自带，从有授权的机器上装",
    SONGTI: "Windows 自带，从有授权的机器上装",
}


def findings(workspace: Workspace, calendar: Calendar, today: date) -> list[Problem]:
    """Return what should be put right; a notice is only to be known."""
    records, problems = store.load(workspace)
    copies = (problem for problem in problems if problem.code == _COPY)
    found = (*_programs(), *_faces(), *_notices(calendar, today), *_leftovers(workspace), *copies)
    return [*found, *numbering.findings(workspace, records)]


def _programs() -> Iterator[Problem]:
    for name, cure in preview.lacking().items():
        yield Problem("D101", f"没有安装 {name}，不能预览，也不能转成 PDF", cure, severity=Severity.WARNING)


def _faces() -> Iterator[Problem]:
    if not preview.sees_faces():
        message, cure = "这个系统查不到装了哪些字体", f"在 Word 或 WPS 的字体列表里看有没有：{'、'.join(_SOURCES)}"
        yield Problem("D103", message, cure, severity=Severity.NOTICE)
    substituted = preview.stand_ins()
    for face, source in _SOURCES.items():
        if face in substituted:
            other = substituted[face]
            message = f"没有安装公文字体“{face}”，预览时{f'用“{other}”代替' if other else '由系统另选字体'}"
            yield Problem("D102", message, f"{_LICENSED}：{source}", severity=Severity.WARNING)


def _notices(calendar: Calendar, today: date) -> Iterator[Problem]:
    """Yield the years whose notice should be out: this one, and from 1 November on the next."""
    due = [today.year] + ([today.year + 1] if today.month >= _NOVEMBER else [])
    for year in due:
        if not calendar.settled(year):
            message = f"没有{year}年的节假日安排，到{year}年的期限只能暂定"
            cure = "国务院办公厅的通知公布后，存成 .txt，用 dafu holidays import 读入"
            yield Problem("D104", message, cure, severity=Severity.WARNING)


def _leftovers(workspace: Workspace) -> Iterator[Problem]:
    """Yield files that a write left unfinished when it was killed; what it was to replace is still whole."""
    for path in _unfinished(workspace):
        message, cure = "是没有写完就中断的临时文件，原来的文件没有动", "确认没有人正在保存，再删去"
        yield Problem("D105", message, cure, file=str(path), severity=Severity.WARNING)
    yield from shelf.leftovers(Shelf(workspace.replies))


def _unfinished(workspace: Workspace) -> Iterator[Path]:
    pattern = f".*{files.TEMPORARY}"
    yield from sorted(workspace.root.glob(pattern))
    for folder in (workspace.proposals, workspace.replies, workspace.templates):
        yield from sorted(path for path in folder.rglob(pattern) if not path.is_dir())  # those are unfinished bags
