"""What contradicts itself in the books: the numbers, and the registers of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.archive import shelf, verifying
from dafu.archive.shelf import Shelf
from dafu.desk import numbering
from dafu.desk.doctor.finding import Finding
from dafu.desk.verify import verify
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.doctor.finding import Checkup
    from dafu.errors import Problem

_UNFINISHED = "A312"  # how `shelf.leftovers` marks what is no damage


def findings(checkup: Checkup) -> Iterator[Finding]:
    """Yield doubled and missing numbers, and every break of the chains; what is in the bags is for `verify`."""
    yield from map(Finding, numbering.findings(checkup.workspace, [*checkup.records]))
    try:
        yield from map(Finding, _broken(checkup))
    except UnusableError as error:
        yield from map(Finding, error.problems)


def _broken(checkup: Checkup) -> Iterator[Problem]:
    stand = Shelf(checkup.workspace.replies)
    stock = verifying.take_stock(stand, lambda _: False)  # the registers alone
    told = (finding.problem for finding in verify(stock, checkup.records))
    yield from (problem for problem in told if problem.code != _UNFINISHED)
    sealed = {line.path for line in stock.lines}
    yield from (shelf.unsealed(bag) for bag in shelf.bags_on(stand) if stand.name_of(bag) not in sealed)
