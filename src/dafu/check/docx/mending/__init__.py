"""Mend the layout of a .docx without touching its words: each mender answers one check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.docx.effective import Looks
from dafu.check.docx.elements import Letter
from dafu.check.docx.mending import footers, pages, text
from dafu.check.docx.opening import opened
from dafu.check.docx.reporting import FIX
from dafu.check.docx.rules import findings
from dafu.errors import RefusedError, Severity
from dafu.files.package import packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from dafu.errors import Problem

_PASSES = 3  # what one mender moves another may have to mend
_SIGNED = "_xmlsignatures/"
# In this order: the width of a line follows from the type, the place of 署名 from both.
_MENDERS: dict[str, Callable[[Letter], None]] = {
    **dict.fromkeys(("P301", "P302", "P303", "P304"), pages.pages),
    **dict.fromkeys(("P305", "P307", "P308"), pages.rows),
    "P309": text.sizes,
    "P306": text.tracking,
    "P310": text.first_lines,
    "P311": text.marks,
    "P312": text.numbers,
    "P313": text.signers,
    "P314": text.red_lines,
    "P315": text.titles,
    "P316": text.salutations,
    "P318": text.headings,
    "P320": text.signatures,
    "P322": text.imprints,
    "P323": pages.anchors,
    "P324": footers.page_numbers,
    "P325": text.rare_characters,
}


def mended(data: bytes) -> tuple[bytes, list[Problem]]:
    """Return a .docx with its layout mended, and what was mended as notices; the same bytes if there was nothing.

    Raises UnusableError for what is no sound .docx, RefusedError for one that bears an electronic signature.
    """
    package = opened(data)
    if any(name.startswith(_SIGNED) for name in package.members):
        raise RefusedError("文件有电子签名，改动会使签名失效，没有改（请改签名前的文件）")
    looks = Looks(package)
    first = now = _mendable(Letter(package, looks))
    for _ in range(_PASSES):
        codes = {problem.code for problem in now}
        for mender in dict.fromkeys(mender for code, mender in _MENDERS.items() if code in codes):
            mender(Letter(package, looks))
        now = _mendable(Letter(package, looks)) if codes else now
    left = {(problem.code, problem.message) for problem in now}
    done = [problem for problem in first if (problem.code, problem.message) not in left]
    notices = [one._replace(message=f"已改：{one.message}", cure="", severity=Severity.NOTICE) for one in done]
    return (packed(package.changed()), notices) if done else (data, [])


def _mendable(letter: Letter) -> list[Problem]:
    return [problem for problem in findings(letter) if problem.cure == FIX]
