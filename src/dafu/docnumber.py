"""发文字号: parse and format (GB/T 9704-2012 7.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORM = re.compile(
    r"(?P<code>[^\d〔〕\[\]()（）【】\s:：]+)〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]{0,5})号"
)
_MARKS = re.compile("[\"'“”‘’《》,，。、；;=|{}<>]")  # what may stand before a number in a text


@dataclass(frozen=True, slots=True, order=True)
class DocNumber:
    """A document number: 机关代字, year in four digits, serial without leading zeros."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


def parse(text: str) -> DocNumber | None:
    """Return the number that *text* says, or None when it breaks the form `代字〔2025〕67号`."""
    found = _FORM.fullmatch(text)
    return DocNumber(found["code"], int(found["year"]), int(found["serial"])) if found else None


def mentioned(text: str) -> Iterator[DocNumber]:
    """Yield every number that *text* mentions, in whatever quotes and brackets."""
    for found in _FORM.finditer(text):
        code = _MARKS.split(found["code"])[-1]
        if code:
            yield DocNumber(code, int(found["year"]), int(found["serial"]))
