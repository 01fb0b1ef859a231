"""What was computed from each record, kept in one SQLite file and believed while the record stays as it is.

The file lies in the cache of the user, not in the workspace: SQLite cannot lock safely on a share, and whoever looks at
a list changes nothing where others work. Deleting it loses nothing. A file that cannot be opened, written or understood
is passed over: everything is then computed anew, only slower.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from dafu import files
from dafu.errors import DafuError
from dafu.index.failing import FailedError, forget_spoilt, told
from dafu.index.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

_TEMPORARY = ""  # SQLite's name for a database that is gone with the process, and spills onto the disk when large
_AT_ONCE = 1000  # facts that are held at a time
_WAIT = 2  # seconds for a colleague's write to end; after that the index is done without
_TABLES = """
CREATE TABLE key (value TEXT NOT NULL);
CREATE TABLE record (
    path TEXT PRIMARY KEY, stamp TEXT, beside TEXT, series TEXT, leads TEXT, lead TEXT
) WITHOUT ROWID;
CREATE TABLE face (path TEXT PRIMARY KEY, face TEXT, runs INTEGER, sum INTEGER) WITHOUT ROWID;
CREATE TABLE said (path TEXT PRIMARY KEY, words TEXT);
CREATE TABLE fact (path TEXT PRIMARY KEY, facts TEXT, sum INTEGER) WITHOUT ROWID;
CREATE TABLE text (path TEXT UNIQUE, stamp TEXT, subject TEXT, body TEXT);
CREATE VIRTUAL TABLE sign USING fts5 (subject, body, content = '');
"""


class Entry(NamedTuple):
    """How it is told whether what is kept of a record still holds.

    `path` is relative to the workspace; `stamp` tells one state of the file from another, `beside` are the other files
    that it rests on, each with its stamp, as JSON. `series` names the record, `leads` those that it leads (并案),
    `lead` is the path of the one that leads it, if there is one.
    """

    path: str
    stamp: str
    beside: str
    series: str
    leads: str
    lead: str


class Kept(NamedTuple):
    """What is kept of a record: what a list shows of it (`face`) and all that it says (`words`), both JSON.

    `runs` tells whether it has an open clock. `facts` are what statistics ask of it, JSON too; "" where only lists did.
    """

    entry: Entry
    face: str
    runs: bool
    words: str
    facts: str


class Memory:
    """What is kept of the records of one workspace, computed under one `key`; another key empties it.

    Reading raises FailedError when the file is spoilt, or held by a colleague for too long.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Take the index at *path*, None for one of this process only."""
        self._connection, self._path = connection, path

    @property
    def texts(self) -> Texts:
        """Return the full texts, to be searched."""
        return Texts(self._connection, self._path)

    def entries(self) -> list[Entry]:
        """Return every entry."""
        with told(self._path):
            return [*map(Entry._make, self._connection.execute("SELECT * FROM record"))]

    def faces(self, *, running: bool) -> dict[str, str]:
        """Return the faces by path: all of them, or only of what has an open clock."""
        return dict(self._faces("runs >= ?", running))

    def count(self) -> int:
        """Return how many faces there are."""
        with told(self._path):
            (count,) = self._connection.execute("SELECT count(*) FROM face").fetchone()
        return int(count)

    def face(self, path: str) -> str | None:
        """Return the face of one record, None where there is none."""
        return next((face for _, face in self._faces("path = ?", path)), None)

    def _faces(self, condition: str, value: object) -> list[tuple[str, str]]:
        """Return paths and faces, which tell due days: SQLite does not notice a bit that was lost on the disk."""
        with told(self._path):
            query = f"SELECT path, face, sum FROM face WHERE {condition}"  # noqa: S608 -- ours
            rows = self._connection.execute(query, (value,)).fetchall()
            if any(_sum(face) != kept for _, face, kept in rows):
                raise ValueError(self._path)
            return [(path, face) for path, face, _ in rows]

    def with_facts(self) -> set[str]:
        """Return the paths of the records whose facts are kept."""
        with told(self._path):
            return {path for (path,) in self._connection.execute("SELECT path FROM fact")}

    def facts(self) -> Iterator[list[tuple[str, str]]]:
        """Yield paths and facts of the records, so many at a time; they tell days as the faces do."""
        with told(self._path):
            rows = self._connection.execute("SELECT path, facts, sum FROM fact")
            while some := rows.fetchmany(_AT_ONCE):
                if any(_sum(facts) != kept for _, facts, kept in some):
                    raise ValueError(self._path)
                yield [(path, facts) for path, facts, _ in some]

    def words(self, path: str) -> str | None:
        """Return the words of one record, None where there are none."""
        with told(self._path):
            found = self._connection.execute("SELECT words FROM said WHERE path = ?", (path,)).fetchone()
        return found[0] if found else None

    def understanding(self) -> AbstractContextManager[None]:
        """Raise FailedError in the block for what was kept and cannot be understood; the next command makes it anew."""
        return told(self._path)

    def replace(self, gone: Iterable[str], new: Sequence[Kept]) -> None:
        """Forget what is kept of the paths *gone* and keep *new*, all or nothing.

        While a colleague holds the file, this process goes on with a copy of it.
        """
        paths = [(path,) for path in {*gone} - {one.entry.path for one in new}]
        try:
            self._replace(paths, new)
        except FailedError:
            self._copy()
            self._replace(paths, new)

    def _replace(self, gone: Sequence[tuple[str]], new: Sequence[Kept]) -> None:
        with told(self._path), self._connection:
            for table in ("record", "face", "said", "fact"):
                self._connection.executemany(f"DELETE FROM {table} WHERE path = ?", gone)  # noqa: S608 -- ours
            put = self._connection.executemany
            put("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?)", (one.entry for one in new))
            faces = ((one.entry.path, one.face, one.runs, _sum(one.face)) for one in new)
            put("INSERT OR REPLACE INTO face VALUES (?, ?, ?, ?)", faces)
            put("INSERT OR REPLACE INTO said VALUES (?, ?)", ((one.entry.path, one.words) for one in new))
            self._keep_facts(new)

    def _keep_facts(self, new: Sequence[Kept]) -> None:
        self._connection.executemany("DELETE FROM fact WHERE path = ?", ((one.entry.path,) for one in new))
        facts = ((one.entry.path, one.facts, _sum(one.facts)) for one in new if one.facts)
        self._connection.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)

    def _copy(self) -> None:
        with told(self._path):
            copy = sqlite3.connect(_TEMPORARY)
            self._connection.backup(copy)
        self._connection, self._path = copy, None


def _sum(kept: str) -> int:
    return zlib.crc32(kept.encode())


def place_of(workspace: Path) -> Path | None:
    """Return the file of the index of *workspace*: one for each folder and user; None where there is no home."""
    folder, name = files.cache_folder(), files.digest(os.fsencode(workspace.resolve()))[:32]
    return folder / f"{name}.sqlite" if folder else None


def open_memory(path: Path | None, key: str) -> Memory:
    """Return the index at *path*, emptied unless it was computed under *key*.

    Where there is none to be had it is one of this process, which spills onto the disk; for None it holds all in memory
    and cannot fail.
    """
    return (path and (_opened(path, key) or _opened(None, key))) or _nothing()


def _opened(path: Path | None, key: str) -> Memory | None:
    try:
        if path and not path.exists():
            files.write(path, b"")  # an empty file is an empty database
        connection = sqlite3.connect(path or _TEMPORARY, timeout=_WAIT)
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
    """Return the key of an index of ours, which has no views and triggers: they could go on without end."""
    foreign = "SELECT 1 FROM sqlite_master WHERE type IN ('view', 'trigger')"
    try:
        with closing(connection.execute(f"SELECT value FROM key WHERE NOT EXISTS ({foreign})")) as rows:  # noqa: S608 -- ours
            found = rows.fetchone()
    except sqlite3.OperationalError:  # no such table yet
        return None
    return found[0] if found else None


def _empty(connection: sqlite3.Connection, key: str) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("key", "record", "face", "said", "fact", "text", "sign"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.strip().split(";")[:-1]:
            connection.execute(statement)
        connection.execute("INSERT INTO key VALUES (?)", (key,))
