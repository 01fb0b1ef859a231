"""Letters are looked at through LibreOffice, many in one run, and each is eased onto its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu import layout
from dafu.errors import UnusableError
from dafu.layout.fitting import rendered, settle
from dafu.terms import ImprintSide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dafu.layout.fitting import Fit, Rendered, Verdict
    from dafu.letter import Letter


class Paged(NamedTuple):
    """How a letter is drawn, what the clerk should know of its pages, its PDF, or why it has none."""

    fit: Fit = layout.PLAIN
    finding: str = ""
    pdf: bytes | None = None
    error: UnusableError | None = None


def paged(letters: Iterable[Letter]) -> list[Paged]:
    """Return how each letter is eased onto its pages (GB/T 9704-2012 7.3.5.5, 7.4); one that fails stops no other."""
    from dafu import preview

    trials = [_Trial(letter) for letter in letters]
    if preview.office() is None:
        return [trial.unseen() for trial in trials]
    while waiting := [trial for trial in trials if not trial.is_over]:
        for trial, pdf in zip(waiting, _pdfs([trial.drawn() for trial in waiting]), strict=True):
            trial.see(pdf)
    return [trial.result() for trial in trials]


def _pdfs(docxs: Sequence[bytes]) -> list[bytes | UnusableError]:
    """Return the PDF of each letter, or why it has none: where a run fails for all, each gets one of its own."""
    from dafu import preview

    try:
        return [*preview.pdfs(docxs)]
    except UnusableError as error:
        return [error] if len(docxs) == 1 else [_pdfs([docx])[0] for docx in docxs]


class _Trial:
    """A letter, the fits that were tried on it, and the PDF of each."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._tried: list[tuple[Fit, Rendered]] = []
        self._pdfs: dict[Fit, bytes] = {}
        self._error: UnusableError | None = None

    @property
    def _verdict(self) -> Verdict:
        return settle(self._tried, self._letter.style.imprint_side)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to try."""
        return self._error is not None or self._verdict.final

    def drawn(self) -> bytes:
        """Return the letter with the fit that is to be tried next."""
        return layout.draw(self._letter, self._verdict.fit)

    def see(self, pdf: bytes | UnusableError) -> None:
        """Take in what came of the fit that was to be tried."""
        if isinstance(pdf, UnusableError):
            self._error = pdf
            return
        from dafu.readback.pdf import pages

        fit = self._verdict.fit
        self._pdfs[fit] = pdf
        self._tried.append((fit, rendered(self._letter, pages(pdf))))

    def result(self) -> Paged:
        """Return the fit that was found best, and its PDF."""
        if self._error:
            return Paged(error=self._error)
        return Paged(self._verdict.fit, self._verdict.finding, self._pdfs[self._verdict.fit])

    def unseen(self) -> Paged:
        """Return what holds where nothing can be looked at."""
        is_even = self._letter.style.imprint_side is ImprintSide.EVEN
        return Paged(finding="没有 LibreOffice，版记没有移到偶数面（装上后重新 draft）" if is_even else "")
