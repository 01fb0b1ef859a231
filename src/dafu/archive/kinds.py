"""What a file is by its content: its kind, its pages, and what would keep it from being read in thirty years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive import images, packages, pdf
from dafu.archive.found import Found, Kind, fault, locked, warning
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dafu.errors import Problem

LIMIT = 300_000_000  # bytes of one file
ACCEPTED = "、".join(str(kind) for kind in Kind)
_HEAD = 1024  # bytes in which a PDF must begin and end (ISO 32000-1 Annex H, note 13 of its readers)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old Office files, and of encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS: tuple[tuple[bytes, Callable[[bytes], Found]], ...] = (
    (b"\xff\xd8\xff", images.jpeg),
    (b"\x89PNG\r\n\x1a\n", images.png),
    (b"II*\0", images.tiff),
    (b"MM\0*", images.tiff),
    (b"II+\0", images.tiff),
    (b"MM\0+", images.tiff),
    (b"PK\3\4", packages.package),
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file turned out to be; `kind` and `pages` are None where the content does not tell."""

    kind: Kind | None
    pages: int | None
    problems: tuple[Problem, ...] = ()


def inspect(path: Path) -> Inspected:
    """Tell what the file at *path* is; a file that cannot be read is a problem, too, and no byte is changed."""
    try:
        data = files.read(path, LIMIT)
    except UnusableError as error:
        return Inspected(None, None, error.problems)
    return inspected(data, str(path))


def inspected(data: bytes, name: str) -> Inspected:
    """Tell what the bytes of the file *name* are: errors make it unfit for the archive, warnings do not."""
    found = _found(data)
    problems = [*found.problems, *_lie(found.kind, name)]
    return Inspected(found.kind, found.pages, tuple(problem.within(name) for problem in problems))


def _found(data: bytes) -> Found:
    if not data.strip(b"\0 \t\r\n"):
        return Found(None, None, (fault("A102", "是空的", "核对是不是选错了文件"),))
    if b"%PDF-" in data[:_HEAD]:
        return pdf.pdf(data)
    for beginning, judge in _BEGINNINGS:
        if data.startswith(beginning):
            return judge(data)
    return _ole(data) if data.startswith(_OLE) else _text(data)


def _ole(data: bytes) -> Found:
    if _ENCRYPTED in data:
        return Found(None, None, (locked(),))
    return Found(None, None, (fault("A101", "是旧版 Office 文件", "另存为 .docx 或 PDF"),))


def _text(data: bytes) -> Found:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return Found(Kind.TEXT, None)
    return Found(None, None, (fault("A101", "认不出是什么文件", f"可以归档的有：{ACCEPTED}"),))


def _lie(kind: Kind | None, name: str) -> list[Problem]:
    """Return a warning where the ending of *name* says another kind; a text may end in anything that is no kind's."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    claimed = next((one for one in Kind if ending in one.endings), None)
    if kind is None or claimed is kind or (kind is Kind.TEXT and claimed is None):
        return []
    said = f"名称以 .{ending} 结尾" if ending else "名称没有后缀"
    return [warning("A104", f"{said}，内容却是 {kind}", f"改名，以 .{kind.endings[0]} 结尾")]
