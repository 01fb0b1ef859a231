"""What was computed from each record, kept in one SQLite file and believed while the record stays as it is.

The file lies in the cache of the user, not in the workspace: SQLite cannot lock safely on a share, and whoever looks at
a list changes nothing where others work. Deleting it loses nothing. A file that cannot be opened, written or understood
is passed over: everything is then computed anew, only slower.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dafu import files
from dafu.errors import DafuError
from dafu.index.failing import FailedError, forget_spoilt, told
from dafu.index.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

_WAIT = 2  # seconds for a colleague's write to end; after that the index is done without
_CACHES = {
    "win32": ("LOCALAPPDATA", "AppData/Local"),
    "darwin": ("XDG_CACHE_HOME", "Library/Caches"),
    "linux": ("XDG_CACHE_HOME", ".cache"),
}  # the variable that names the folder, and where in the home it is otherwise
_TABLES = """
CREATE TABLE key (value TEXT NOT NULL);
CREATE TABLE record (path TEXT PRIMARY KEY, stamp TEXT, series TEXT, leads TEXT, beside TEXT, face TEXT, words TEXT);
CREATE TABLE text (path TEXT UNIQUE, stamp TEXT, subject TEXT, body TEXT);
CREATE VIRTUAL TABLE sign USING fts5 (subject, body, content = '');
"""
_COLUMNS = "path, stamp, series, leads, beside, face"


class Entry(NamedTuple):
    """What is known of one record.

    `path` is relative to the workspace; `stamp` tells one state of the file from another. `series` names the record,
    `leads` those that it leads (并案), `beside` the other files that it rests on, each with its stamp, a line each.
    `face` is what a list shows of it, `words` all that it says (only in an entry that is to be kept); both JSON.
    """

    path: str
    stamp: str
    series: str
    leads: str
    beside: str
    face: str
    words: str = ""


class Memory:
    """The entries of one workspace, computed under one `key`; another key empties it.

    Reading raises FailedError when the file is spoilt, or held by a colleague for too long.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Take the index at *path*, None for one in memory."""
        self._connection, self._path = connection, path

    @property
    def texts(self) -> Texts:
        """Return the full texts, to be searched."""
        return Texts(self._connection, self._path)

    def entries(self) -> list[Entry]:
        """Return every entry, without its words, in the order in which they were kept."""
        with told(self._path):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM record ORDER BY rowid")  # noqa: S608 -- constant
            return [Entry._make((*row, "")) for row in rows]

    def words(self) -> dict[str, str]:
        """Return the words of every entry by its path."""
        with told(self._path):
            return dict(self._connection.execute("SELECT path, words FROM record"))

    def replace(self, gone: Iterable[str], new: Iterable[Entry]) -> None:
        """Forget the entries of the paths *gone* and keep *new* ones, all or nothing; silent where it cannot."""
        with suppress(FailedError), told(self._path), self._connection:
            self._connection.executemany("DELETE FROM record WHERE path = ?", [(path,) for path in gone])
            self._connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", new)


def place_of(workspace: Path) -> Path | None:
    """Return the file of the index of *workspace*: one for each folder and user; None where there is no home."""
    variable, usual = _CACHES.get(sys.platform, _CACHES["linux"])
    try:
        cache = Path(os.environ.get(variable) or Path.home() / usual)
    except RuntimeError:
        return None
    name = files.digest(os.fsencode(workspace.resolve()))[:32]
    return cache / "dafu" / f"{name}.sqlite"


def open_memory(path: Path | None, key: str) -> Memory:
    """Return the index at *path*, emptied unless it was computed under *key*; one in memory where none can be had."""
    return _opened(path, key) or _opened(None, key) or _nothing()


def _opened(path: Path | None, key: str) -> Memory | None:
    try:
        if path and not path.exists():
            files.write(path, b"")  # an empty file is an empty database
        connection = sqlite3.connect(path or ":memory:", timeout=_WAIT)
    except (sqlite3.Error, DafuError, OSError):
        return None
    try:
        if _key_of(connection) != key:
            _empty(connection, key)
    except sqlite3.Error as error:
        connection.close()
        forget_spoilt(path, error)
        return None
    return Memory(connection, path)


def _nothing() -> Memory:
    connection = sqlite3.connect(":memory:")
    connection.executescript(_TABLES)
    return Memory(connection, None)


def _key_of(connection: sqlite3.Connection) -> str | None:
    try:
        with closing(connection.execute("SELECT value FROM key")) as rows:
            found = rows.fetchone()
    except sqlite3.OperationalError:  # no such table yet
        return None
    return found[0] if found else None


def _empty(connection: sqlite3.Connection, key: str) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("key", "record", "text", "sign"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.strip().split(";")[:-1]:
            connection.execute(statement)
        connection.execute("INSERT INTO key VALUES (?)", (key,))
