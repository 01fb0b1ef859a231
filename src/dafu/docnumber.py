"""发文字号: parse and format (GB/T 9704-2012 7.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"(?P<code>[^\d〔〕\[\]()（）【】\s:：]+)〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]{0,5})号"
)


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
