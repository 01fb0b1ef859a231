"""发文字号: parse and format (GB/T 9704-2012 7.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = r"[^\d〔〕\[\]()（）【】\s:：]"  # one character of it
_REST = r"〔(?P<year>(?:19|20)[0-9]{2})〕(?P<serial>[1-9][0-9]{0,5})号"
_FORM = re.compile(f"(?P<code>{_CODE}+){_REST}")
_END, _CODE_BEFORE = re.compile(_REST), re.compile(f"{_CODE}*\\Z")
_LONGEST_CODE = 100  # characters that are looked through; a code has 20 at most
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
    end = 0
    for found in _END.finditer(text):  # from the brackets backwards: a long run without any is passed over at once
        before = _CODE_BEFORE.search(text[max(end, found.start() - _LONGEST_CODE) : found.start()])
        code = _MARKS.split(before[0])[-1] if before else ""
        end = found.end()
        if code:
            yield DocNumber(code, int(found["year"]), int(found["serial"]))
