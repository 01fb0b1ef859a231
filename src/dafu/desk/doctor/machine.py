"""What the machine lacks: programs, faces, and what the file system under the workspace can do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dafu import files, preview
from dafu.desk.doctor.finding import Finding
from dafu.errors import Problem, Severity, UnusableError
from dafu.layout.runs import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.doctor.finding import Checkup
    from dafu.store import Workspace

_LICENSED = "字体有版权，dafu 不附带"
_SOURCES = {
    XIAOBIAOSONG: "向方正字库购买授权，或用带方正字体的 WPS 政务版、统信或麒麟政务系统",
    FANGSONG: "WPS 政务版和政务系统一般带有；Windows 自带的“仿宋”是另一个名称",
    KAITI: "WPS 政务版和政务系统一般带有；Windows 自带的“楷体”是另一个名称",
    HEITI: "Windows 自带，从有授权的机器上装",
    SONGTI: "Windows 自带，从有授权的机器上装",
}


def findings(checkup: Checkup) -> Iterator[Finding]:
    """Yield the programs and faces that are missing, and what the file system of the workspace lacks."""
    yield from map(Finding, (*_programs(), *_faces(), *_file_system(checkup.workspace)))


def _programs() -> Iterator[Problem]:
    for name, cure in preview.lacking().items():
        yield Problem("D101", f"没有安装 {name}，不能预览，也不能转成 PDF", cure, severity=Severity.WARNING)


def _faces() -> Iterator[Problem]:
    try:
        substituted, is_seen = preview.stand_ins(), preview.sees_faces()
    except UnusableError as error:
        yield Problem("D116", f"查不到装了哪些字体：{error}", severity=Severity.WARNING)
        return
    if not is_seen:
        message, cure = "这个系统查不到装了哪些字体", f"在 Word 或 WPS 的字体列表里看有没有：{'、'.join(_SOURCES)}"
        yield Problem("D103", message, cure, severity=Severity.NOTICE)
    for face, source in _SOURCES.items():
        if face in substituted:
            other = substituted[face]
            message = f"没有安装公文字体“{face}”，预览时{f'用“{other}”代替' if other else '由系统另选字体'}"
            yield Problem("D102", message, f"{_LICENSED}：{source}", severity=Severity.WARNING)


def _file_system(workspace: Workspace) -> Iterator[Problem]:
    folder = workspace.root / ".dafu"
    try:
        traits = files.probe(folder)
    except UnusableError as error:
        yield from error.problems
        return
    if not traits.links and os.name != "nt":  # Windows has another way to publish a name only once
        message = "这里的文件系统不能给文件加第二个名称（硬链接），取号少一重保证"
        yield Problem("D112", message, "把工作区移到 ext4、NTFS、APFS 上", file=str(folder), severity=Severity.WARNING)
    if traits.share:
        message = f"工作区在网络共享（{traits.share}）上，别的电脑上的锁未必看得见"
        cure = "尽量不要两台电脑同时写；取号和改动仍各自核对"
        yield Problem("D113", message, cure, file=str(folder), severity=Severity.NOTICE)
    if not traits.case:
        message, cure = "这里的文件名不分大小写", "不要给两个文件起只差大小写的名称"
        yield Problem("D114", message, cure, file=str(folder), severity=Severity.NOTICE)
