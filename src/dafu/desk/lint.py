"""Hold the layout of any .docx against the standard, and mend it in a copy; a workspace is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.errors import UnusableError
from dafu.terms import ImprintSide

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem
    from dafu.model import Office


def findings(path: Path, data: bytes, office: Office | None) -> list[Problem]:
    """Return what the 25 checks find in a .docx, placed in *path*; the pages are measured where LibreOffice is.

    With *office*, its choice of the side that bears 版记 holds. Raises UnusableError for what is no sound .docx.
    """
    from dafu.check.docx.elements import Letter
    from dafu.check.docx.opening import opened
    from dafu.check.docx.rendering import rendered_findings
    from dafu.check.docx.rules import findings as found_in

    side = office.imprint_side if office else ImprintSide.LAST
    try:
        found = list(found_in(Letter(opened(data))))
        found += rendered_findings(data, {problem.code for problem in found}, side)
    except UnusableError as error:
        raise UnusableError(problems=[problem.within(str(path)) for problem in error.problems]) from error
    return [problem.within(str(path)) for problem in found]


def mend(data: bytes) -> tuple[bytes, list[Problem]]:
    """Return a .docx with its layout mended, its words as they were, and what was mended as notices.

    Raises UnusableError for what is no sound .docx, RefusedError for one that bears an electronic signature.
    """
    from dafu.check.docx.mending import mended

    return mended(data)
