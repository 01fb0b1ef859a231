"""Full texts, in which any run of characters is found: SQLite's FTS5 with every character as a word of its own.

FTS5 cuts text into words at blanks, and Chinese has none; and what it takes for a letter depends on its version of
Unicode. So each character goes in as the number that it has there: a run of them is a phrase, whatever they are.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu.index.failing import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

_SUBJECT_WEIGHT = 4.0  # what a record is about says more than one mention in its body
_FOUND = "FROM sign JOIN text ON text.rowid = sign.rowid WHERE sign MATCH ?"
_BEST_FIRST = f"ORDER BY bm25(sign, {_SUBJECT_WEIGHT}), path"


class Text(NamedTuple):
    """What one file says, as it says it; `stamp` is the state in which it was read."""

    path: str
    stamp: str
    subject: str
    body: str


def plain(text: str) -> str:
    """Return *text* as it is searched: without blanks and line breaks, wide and small letters as one (NFKC)."""
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


class Texts:
    """The texts of one workspace in its index; everything raises FailedError when that cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Take the index at *path*, None for one in memory."""
        self._connection, self._path = connection, path

    def stamps(self) -> dict[str, str]:
        """Return the stamp of every text by its path."""
        with told(self._path):
            return dict(self._connection.execute("SELECT path, stamp FROM text"))

    def replace(self, gone: Iterable[str], new: Iterable[Text]) -> None:
        """Forget the texts of the paths *gone* and take in *new* ones, all or nothing."""
        with told(self._path), self._connection:
            for path in gone:
                self._forget(path)
            for text in new:
                cursor = self._connection.execute("INSERT INTO text VALUES (?, ?, ?, ?)", text)
                row = (cursor.lastrowid, _signs(text.subject), _signs(text.body))
                self._connection.execute("INSERT INTO sign (rowid, subject, body) VALUES (?, ?, ?)", row)

    def _forget(self, path: str) -> None:
        """Take a text out; an FTS5 table without content must be told what it was."""
        found = self._connection.execute("SELECT rowid, subject, body FROM text WHERE path = ?", (path,)).fetchone()
        if found:
            row = (found[0], _signs(found[1]), _signs(found[2]))
            self._connection.execute("INSERT INTO sign (sign, rowid, subject, body) VALUES ('delete', ?, ?, ?)", row)
            self._connection.execute("DELETE FROM text WHERE rowid = ?", (found[0],))

    def containing(self, words: Iterable[str]) -> list[str]:
        """Return the paths of the texts that contain every one of *words*, those that tell most of them first."""
        asked = " AND ".join(_phrase(word) for word in words)
        return [path for (path,) in self._asked(f"SELECT path {_FOUND} {_BEST_FIRST}", asked)]

    def body(self, path: str) -> str:
        """Return what the file at *path* says."""
        found = self._asked("SELECT body FROM text WHERE path = ?", path)
        return str(found[0][0]) if found else ""

    def like(self, words: Iterable[str], most: int, folder: str) -> list[Text]:
        """Return the *most* texts below *folder* that share most of the rare ones among *words*, best first."""
        asked = " OR ".join(_phrase(word) for word in words)
        columns = "path, stamp, text.subject, text.body"
        query = f"SELECT {columns} {_FOUND} AND path GLOB ? {_BEST_FIRST} LIMIT ?"
        return [*map(Text._make, self._asked(query, asked, f"{folder}/*", most))]

    def silent(self) -> list[str]:
        """Return the paths of the files that say nothing."""
        return [path for (path,) in self._asked("SELECT path FROM text WHERE body = '' ORDER BY path")]

    def _asked(self, query: str, *values: str | int) -> list[Any]:
        with told(self._path):
            return self._connection.execute(query, values).fetchall()


def _signs(text: str) -> str:
    return " ".join(f"{ord(char):x}" for char in plain(text))


def _phrase(word: str) -> str:
    return f'"{_signs(word)}"'
