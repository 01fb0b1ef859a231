"""How much is measured: enough for the page, everything, or just so much that every part has run."""

from __future__ import annotations

from typing import NamedTuple


class Sizes(NamedTuple):
    """Rounds of what takes milliseconds, runs of whole processes, and how much of each thing."""

    rounds: int
    runs: int
    few: int  # records in the lists
    records: int  # the same, many: papis takes minutes to index them once
    letters: tuple[int, ...]  # at once, the memory of each is told
    growth: tuple[int, ...]
    bags: tuple[int, ...]
    pdfs: int
    megabytes: int


_GROWTH = (100, 1000, 10_000, 100_000)
USUAL = Sizes(20, 9, 1000, 10_000, (100, 1000), _GROWTH, _GROWTH[:3], 20, 256)
FULL = USUAL._replace(letters=_GROWTH[:3])
SMOKE = Sizes(1, 1, 3, 12, (2, 4), (2, 4), (1, 2), 1, 1)
