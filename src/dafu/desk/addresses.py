"""The shortest words by which a command finds each record."""

from __future__ import annotations

import os
import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dafu.desk.standing import Standing

_SPECIAL = re.compile(r"[^\w@%+=:,./…、〔〕-]")  # \w has all Hanzi, shlex.quote has none


def addresses(standings: Sequence[Standing], here: Path) -> dict[str, str]:
    """Return the address of each record by the name of its file, in the order of the files.

    It is 案号 alone; where several records bear it, level and kind come before it; where they share these too (in two
    years), it is the path as typed from *here*.
    """
    series = [one.said[:3] for one in standings]  # 案号, 类别, 层级
    numbers = Counter(number for number, _, _ in series)
    full = Counter(map(tuple, series))
    return {
        one.name: number
        if numbers[number] == 1
        else f"{level}/{kind}/{number}"
        if full[number, kind, level] == 1
        else _path(one.path, here)
        for one, (number, kind, level) in zip(standings, series, strict=True)
    }


def _path(path: Path, here: Path) -> str:
    try:
        return os.path.relpath(path, here)
    except ValueError:  # another drive of Windows
        return str(path)


def typed(word: str) -> str:
    """Return *word* as it is typed in a shell: in quotes where it holds what a shell understands."""
    return shlex.quote(word) if _SPECIAL.search(word) else word
