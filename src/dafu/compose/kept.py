"""Compiled templates, kept from one command to the next: to compile one takes longer than to use it.

What is kept is code. It is believed only when it bears the digest of itself, of the very source that it was made from
and of the programs that made it, and it lies where the user's own programs keep theirs, never in a workspace: whoever
can write there has no need of a template. A kept file that is missing, spoilt, of another state or in a folder of
somebody else (a cache that users share, `sudo`) is passed over.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jinja2

from dafu import files
from dafu.errors import DafuError

if TYPE_CHECKING:
    from types import CodeType

_LIMIT = 5_000_000  # bytes; that of a template of 200 kB has some 500,000
_SEAL = 64  # characters of the digest before the code


class Compiled(NamedTuple):
    """A template without faults: the name of the one that it extends, and its code."""

    parent: str | None
    code: CodeType


def recall(path: Path, source: str) -> Compiled | None:
    """Return what was kept of the template at *path* when it had this *source*, or None."""
    place = _place_of(path)
    if place is None or not _is_own(place.parent):
        return None
    try:
        data = files.read(place, _LIMIT)
    except DafuError:
        return None
    packed = data[_SEAL:]
    return Compiled(*marshal.loads(packed)) if data[:_SEAL] == _seal(source, packed) else None  # noqa: S302 -- our own


def keep(path: Path, source: str, compiled: Compiled) -> None:
    """Keep the template at *path* for the next command; where that cannot be done it is compiled anew."""
    place, packed = _place_of(path), marshal.dumps(tuple(compiled))
    if place is not None:
        with suppress(DafuError):
            files.write(place, _seal(source, packed) + packed)


def _place_of(path: Path) -> Path | None:
    folder, name = files.cache_folder(), files.digest(os.fsencode(path.absolute()))
    return folder / "templates" / name if folder else None


def _is_own(folder: Path) -> bool:
    """Tell whether *folder* is this user's and not open to everybody."""
    if sys.platform == "win32":  # the profile of a user is closed to others
        return True
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & stat.S_IWOTH


def _seal(source: str, packed: bytes) -> bytes:
    return files.digest(b"\0".join((_makers(), source.encode(), packed))).encode()


@cache
def _makers() -> bytes:
    """Return the state of all that makes code of a template: whoever installs it writes every file anew."""
    made_by = [*sorted(Path(__file__).parent.glob("*.py")), Path(jinja2.__file__)]
    return "\n".join([sys.version, *map(files.stamp, made_by)]).encode()
