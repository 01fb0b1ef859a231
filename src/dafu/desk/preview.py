"""A letter as it would be drafted now, as PDF and page pictures; the .docx is never touched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dafu import files, preview
from dafu.desk.draft import draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dafu.desk.draft import Drafted, Drafting
    from dafu.store import Record

FOLDER = "预览"


@dataclass(frozen=True, slots=True)
class Previewed:
    """The preview of a paper: its PDF, the pictures of its pages, and which faces stood in for which.

    `stale` are pictures of pages that an earlier preview had and this one has not.
    """

    number: str
    pdf: Path
    pages: tuple[Path, ...]
    stale: tuple[Path, ...]
    missing: tuple[str, ...]
    stand_ins: dict[str, str]
    written: bool


def render(drafting: Drafting, record: Record, lead: Record | None) -> Iterator[Previewed]:
    """Write PDF and page pictures of what `draft` would write now; raises UnusableError without LibreOffice.

    A letter that was sent or edited by hand has a preview too: nothing that exists is replaced but older previews.
    """
    rehearsal = replace(drafting, new=True, dry=True)
    drawn = list(draft(rehearsal, record, lead))
    substituted = preview.stand_ins()
    for drafted, pdf in zip(drawn, preview.pdfs([one.docx for one in drawn]), strict=True):
        named = preview.faces(drafted.docx)
        faces = {face: other for face, other in substituted.items() if face in named}
        yield _written(drafted, pdf, faces, dry=drafting.dry)


def _written(drafted: Drafted, pdf: bytes, faces: dict[str, str], *, dry: bool) -> Previewed:
    path = _path(drafted)
    pictures = preview.pages(pdf)
    pages = tuple(path.with_stem(f"{path.stem}-{n}").with_suffix(".png") for n in range(1, len(pictures) + 1))
    if not dry:
        for place, data in zip((path, *pages), (pdf, *pictures), strict=True):
            files.write(place, data)
    stale = tuple(sorted(set(_pictures_of(path)) - set(pages)))
    return Previewed(drafted.number, path, pages, stale, drafted.missing, faces, written=not dry)


def _path(drafted: Drafted) -> Path:
    """Return the place of the PDF; a new letter's name ends in the number that sets it apart from older ones."""
    name = drafted.path.stem.rpartition("-")[0]
    return drafted.path.parent / FOLDER / f"{name}.pdf"


def _pictures_of(pdf: Path) -> Iterator[Path]:
    for path in pdf.parent.glob("*.png"):
        name, _, number = path.stem.rpartition("-")
        if name == pdf.stem and number.isdecimal():
            yield path
