"""Read a regular file, within a limit of size."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from dafu.files.faults import not_regular, told, unusable


def read(path: Path, limit: int, within: Path | None = None) -> bytes:
    """Return the bytes of a regular file of at most *limit* bytes.

    With *within* a path that leads out of that folder, by links or `..`, is refused. Every failure is an
    UnusableError that carries its Problem.
    """
    with told(path, "不能读取"):
        real, found = _behind(path)
        if within is not None and not _lies_in(real.parent, within) and not real.is_relative_to(_real_folder(within)):
            raise unusable("F203", path, "指向工作区以外，不予读取", "请把文件本身放进工作区")
        if not stat.S_ISREG(found.st_mode):
            raise not_regular(path)
        with real.open("rb") as file:
            data = _bytes_of(file, min(found.st_size, limit), limit + 1)
    if len(data) > limit:
        raise unusable("F204", path, f"超过 {limit:,} 字节的上限", "请核对是不是选错了文件")
    return data


def _behind(path: Path) -> tuple[Path, os.stat_result]:
    """Return the path behind all links and what it is; that of its folder is looked up once, thousands share it."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        real = Path(os.path.realpath(path, strict=True))
        return real, real.stat()
    return _real_folder(path.parent) / path.name, found


@lru_cache(maxsize=1024)
def _lies_in(folder: Path, within: Path) -> bool:
    return folder.is_relative_to(_real_folder(within))


def _bytes_of(file: BinaryIO, expected: int, most: int) -> bytes:
    """Read at most *most* bytes; room is made for what is *expected*, and for more only where there is more."""
    data = file.read(expected + 1)
    return data if len(data) <= expected else data + file.read(most - len(data))


@lru_cache(maxsize=1024)
def _real_folder(folder: Path) -> Path:
    return Path(os.path.realpath(folder, strict=True))  # Path.resolve of 3.11 has no OSError for a loop


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* in hex."""
    return hashlib.sha256(data).hexdigest()
