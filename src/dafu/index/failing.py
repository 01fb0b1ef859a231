"""What happens when SQLite fails: a spoilt index is forgotten, one that is only held by a colleague stays."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dafu import files
from dafu.errors import DafuError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPOILT = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH}
# what is met where something else was kept
_NOT_OURS = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
_PRIMARY = 0xFF  # the part of SQLite's code that names the kind of failure


class FailedError(Exception):
    """The index could not be read or written: everything is to be computed without it."""


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Raise FailedError for what is wrong with the index at *path* (None for one in memory) and with what it holds."""
    try:
        yield
    except (sqlite3.Error, *_NOT_OURS) as error:
        forget_spoilt(path, error)
        raise FailedError(str(error)) from error


def forget_spoilt(path: Path | None, error: Exception) -> None:
    """Empty the index at *path*, for the next command to make it anew, when *error* says that it is spoilt."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if path and (code in _SPOILT or isinstance(error, _NOT_OURS)):
        with suppress(DafuError, OSError):
            files.write(path, b"")  # an empty file is an empty database
