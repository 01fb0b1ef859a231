"""Faults in the user's data are values (`Problem`); what stops a command is an exception (`DafuError`)."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(Enum):
    """How much a finding weighs: only an error makes a command fail."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


class Problem(NamedTuple):
    """One fault in a record, a template or a letter, with its place and its cure."""

    code: str
    message: str
    cure: str = ""
    field: str = ""
    line: int | None = None
    file: str = ""
    severity: Severity = Severity.ERROR

    def within(self, file: str) -> Problem:
        """Return the same problem, placed in *file*."""
        return self._replace(file=file)

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        words = " ".join(part for part in (self.field, self.message) if part)
        sentence = f"{words}（{self.cure}）" if self.cure else words
        return printable(f"{place}: {sentence}" if place else sentence).replace("\n", r"\n")  # a fault is one line


class DafuError(Exception):
    """A command cannot go on; the message is the sentence the clerk reads."""

    exit_code = 5


class WrongUsageError(DafuError):
    """The words of the command are wrong."""

    exit_code = 2


class UnusableError(DafuError):
    """Records, templates or files cannot be used; carries every problem that was found."""

    exit_code = 3

    def __init__(self, sentence: str = "", problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(sentence or "\n".join(map(str, self.problems)))


class RefusedError(DafuError):
    """The act is against a rule or would overwrite what must stay."""

    exit_code = 4


def printable(text: str) -> str:
    r"""Return *text* with control and direction characters written out (`\x1b`), line breaks kept."""
    if text.isprintable():
        return text
    return "".join(char if char == "\n" or not _is_hidden(char) else _escaped(char) for char in text)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
