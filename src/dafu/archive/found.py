"""The kinds of file that an archive takes, and what the content of a file told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from dafu.errors import Problem, Severity


class _Names(NamedTuple):
    word: str
    endings: tuple[str, ...]


class Kind(Enum):
    """A kind of file by its content; `endings` are those that its name may have, the usual one first."""

    PDF = _Names("PDF", ("pdf",))
    OFD = _Names("OFD", ("ofd",))
    JPEG = _Names("JPEG", ("jpg", "jpeg", "jpe", "jfif"))
    PNG = _Names("PNG", ("png",))
    TIFF = _Names("TIFF", ("tif", "tiff"))
    DOCX = _Names("DOCX", ("docx",))
    TEXT = _Names("文本", ("txt",))

    @property
    def endings(self) -> tuple[str, ...]:
        """Return the endings of its names, in small letters and without the dot."""
        return self.value.endings

    def __str__(self) -> str:
        return self.value.word


@dataclass(frozen=True, slots=True)
class Found:
    """What the content told: the kind, the pages where it has pages, and what is wrong with it."""

    kind: Kind | None
    pages: int | None
    problems: tuple[Problem, ...] = ()


def fault(code: str, message: str, cure: str) -> Problem:
    """Return a problem that makes a file unfit for the archive."""
    return Problem(code, message, cure)


def warning(code: str, message: str, cure: str) -> Problem:
    """Return a problem that the clerk should know of; the file is fit for the archive all the same."""
    return Problem(code, message, cure, severity=Severity.WARNING)


def cut_off(kind: Kind | None) -> Found:
    """Return what there is to say of a file of *kind* whose end is not there."""
    words = f"不完整：{kind or '文件'} 没有写完或者已经损坏"
    return Found(kind, None, (fault("A105", words, "重新扫描，或者重新复制一份"),))


def locked() -> Problem:
    """Return the problem of a file that asks for a password, now or in thirty years."""
    return fault("A103", "加了密或限制了权限，将来可能打不开", "去掉密码和限制另存一份")


def scripted(what: str) -> Problem:
    """Return the problem of a file that acts, so that what it shows may change."""
    return fault("A106", f"带有{what}，显示的内容可能变化", "打印成 PDF 或者重新扫描")


def hidden() -> Problem:
    """Return the problem of a file that carries others which its pages do not show."""
    return warning("A107", "里面还带有别的文件，页面上看不到", "有保存价值的，另存出来一并归档")
