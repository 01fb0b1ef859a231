"""Folders that are filled beside their place and published whole; files of any size, block by block."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dafu.errors import RefusedError, printable
from dafu.files.faults import not_regular, told
from dafu.files.writing import TEMPORARY, confirm, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BLOCK = 1 << 20  # bytes
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone translates line ends


class Stored(NamedTuple):
    """A file as it was written: its SHA-256 in hex, and its size in bytes."""

    digest: str
    size: int


def digest_of(path: Path, algorithm: str = "sha256") -> str:
    """Return the digest of a regular file in hex, whatever its size; every failure is an UnusableError."""
    state = hashlib.new(algorithm, usedforsecurity=False)
    with told(path, "不能读取"):
        _each_block(path, state.update)
    return state.hexdigest()


def fill(folder: Path, contents: Mapping[str, bytes | Path]) -> dict[str, Stored]:
    """Write new files below *folder* durably and return what was written, by name (`a/b.txt`).

    The content of each is given as bytes, or as the file to copy. Nothing that exists is ever overwritten.
    """
    written = {}
    for name, content in contents.items():
        path = folder / name
        with told(path, "没有写成"):
            make_folder(path.parent)
            written[name] = _written(path, content)
    for one in {path.parent: path for path in map(folder.joinpath, contents)}.values():
        confirm(one)
    return written


def publish(temporary: Path, place: Path) -> None:
    """Give a finished folder its name *place* in the same folder, durably; RefusedError when the name is taken."""
    with told(place, "没有就位"):
        if os.path.lexists(place):
            raise RefusedError(f"{printable(str(place))} 已经存在，没有覆盖（请核对，或换一个名称）")
        temporary.rename(place)
    confirm(place)


def discard(unfinished: Path) -> None:
    """Remove an unfinished file or folder of ours, and nothing else; one that is gone already is no fault."""
    if not unfinished.name.endswith(TEMPORARY):
        raise ValueError(f"{unfinished} is no temporary file or folder")
    with told(unfinished, "没有清理干净"):
        if unfinished.is_dir() and not unfinished.is_symlink():
            from shutil import rmtree

            rmtree(unfinished)
        else:
            unfinished.unlink(missing_ok=True)


def _written(path: Path, content: bytes | Path) -> Stored:
    state, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)

    def write(block: memoryview) -> None:
        nonlocal size
        state.update(block)
        size += len(block)
        while block:  # the system may take less than it was given
            block = block[os.write(descriptor, block) :]

    try:
        _each_block(content, write) if isinstance(content, Path) else write(memoryview(content))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return Stored(state.hexdigest(), size)


def _each_block(path: Path, act: Callable[[memoryview], None]) -> None:
    """Give the content of a regular file to *act*, block by block."""
    if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: a pipe would wait for a writer
        raise not_regular(path)
    buffer = memoryview(bytearray(_BLOCK))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            act(buffer[:count])
