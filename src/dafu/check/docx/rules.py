"""The checks of a foreign .docx's layout, run in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.docx import body, ending, head, numbering, page
from dafu.check.docx.reporting import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reporting import Fault
    from dafu.errors import Problem

# What the XML alone shows; 17 and 21 are seen on rendered pages only.
_FINDERS: dict[str, Callable[[Letter], Iterable[Fault]]] = {
    "P301": page.paper,
    "P302": page.top_margin,
    "P303": page.left_margin,
    "P304": page.text_area,
    "P305": page.lines_per_page,
    "P306": page.chars_per_line,
    "P307": page.grid,
    "P308": page.uniform_spacing,
    "P309": body.body_type,
    "P310": body.first_line,
    "P311": head.mark,
    "P312": head.document_number,
    "P313": head.signer,
    "P314": head.red_line,
    "P315": head.title,
    "P316": head.salutation,
    "P318": body.headings,
    "P319": ending.dates,
    "P320": ending.signature,
    "P322": ending.imprint,
    "P323": ending.imprint_place,
    "P324": numbering.page_numbers,
    "P325": body.characters,
}


def findings(letter: Letter) -> Iterator[Problem]:
    """Yield what every check finds in the XML alone, in the order of the checks."""
    for code, find in _FINDERS.items():
        yield from problems(code, find(letter))
