"""Read a regular file, within a limit of size."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from dafu.files.faults import not_regular, told, unusable


def read(path: Path, limit: int, within: Path | None = None) -> bytes:
    """Return the bytes of a regular file of at most *limit* bytes.

    With *within* a path that leads out of that folder, by links or `..`, is refused. Every failure is an
    UnusableError that carries its Problem.
    """
    with told(path, "不能读取"):
        real = _real(path)
        if within is not None and not real.is_relative_to(_real_folder(within)):
            raise unusable("F203", path, "指向工作区以外，不予读取", "请把文件本身放进工作区")
        if not stat.S_ISREG(real.stat().st_mode):
            raise not_regular(path)
        with real.open("rb") as file:
            data = file.read(limit + 1)
    if len(data) > limit:
        raise unusable("F204", path, f"超过 {limit:,} 字节的上限", "请核对是不是选错了文件")
    return data


def _real(path: Path) -> Path:
    """Return the path behind all links; that of its folder is looked up once, thousands share it."""
    if path.is_symlink():
        return Path(os.path.realpath(path, strict=True))
    return _real_folder(path.parent) / path.name


@lru_cache(maxsize=1024)
def _real_folder(folder: Path) -> Path:
    return Path(os.path.realpath(folder, strict=True))  # Path.resolve of 3.11 has no OSError for a loop


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* in hex."""
    return hashlib.sha256(data).hexdigest()
