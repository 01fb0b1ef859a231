"""How a letter is eased onto its pages once a rendering was looked at (GB/T 9704-2012 7.3.5.5, 7.4, 7.5).

Only a rendering knows where pages end. The caller draws, renders, reads the text of the pages, and asks `settle`
until it says that nothing is left to try.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dafu import letter as words
from dafu.layout.measures import TRACKING, TRACKING_TIGHT
from dafu.terms import ImprintSide, PageForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dafu.letter import Letter

_PAGE_NUMBER = re.compile(r"—\d+—")
_BLANKS = re.compile(r"\s+")
_TAIL = 6  # characters of the body's end that a page must show to bear text of it


class Fit(NamedTuple):
    """What is changed in a letter to ease it onto its pages.

    `breaks` page breaks stand before 版记, `tight` makes the blank rows above 署名 half rows, `kept` holds the last
    paragraph of the body on the page of 署名, `tracking` is that of the body in twips.
    """

    breaks: int = 0
    tight: bool = False
    kept: bool = False
    tracking: int = TRACKING


PLAIN = Fit()
_TIGHT = Fit(tight=True)
# Half rows cost the seal its room, so they go again where only the paragraph that moves along helps.
_LADDER = (PLAIN, _TIGHT, Fit(kept=True), Fit(tight=True, kept=True, tracking=TRACKING_TIGHT))


class Rendered(NamedTuple):
    """What a rendering shows, as page numbers from 1; 0 where there is no such thing.

    `text` is the last page that bears anything but 版记; `accompanied` says that the page of 署名 bears body text.
    """

    signature: int
    accompanied: bool
    text: int
    imprint: int


class Verdict(NamedTuple):
    """The fit to draw with, whether it is final, and what the clerk should know."""

    fit: Fit
    final: bool
    finding: str = ""


def rendered(letter: Letter, pages: Sequence[str]) -> Rendered:
    """Return what *pages*, the text of each page, show of *letter*."""
    bare = [_PAGE_NUMBER.sub("", _bare(page)) for page in pages]
    imprint = _last(bare, _imprint(letter))
    if imprint:
        bare[imprint - 1] = "".join(bare[imprint - 1].rsplit(_imprint(letter), 1))
    text = max((number for number, page in enumerate(bare, 1) if page), default=0)
    signed = _bare("".join((letter.organ, *(letter.joint if letter.organ else ()), letter.date)))
    signature = _last(bare, signed)
    above = bare[signature - 1].rpartition(signed)[0] if signature else ""
    return Rendered(signature, _shows_body(letter, above), text, imprint)


def settle(tried: Sequence[tuple[Fit, Rendered]], side: ImprintSide) -> Verdict:
    """Return what to try after *tried*: the fits so far and what each showed."""
    known = dict(tried)
    for fit in _LADDER:
        if fit not in known:
            return Verdict(fit, final=False)
        if known[fit].accompanied:
            break
    else:
        fit = PLAIN
    if fit == PLAIN and _is_left_over(known[fit], side):
        if _TIGHT not in known:
            return Verdict(_TIGHT, final=False)
        seen = known[_TIGHT]
        fit = _TIGHT if seen.accompanied and not _is_left_over(seen, side) else PLAIN
    if side is ImprintSide.EVEN and known[fit].imprint % 2:
        fit = fit._replace(breaks=1 if known[fit].imprint == known[fit].text else 2)
        if fit not in known:
            return Verdict(fit, final=False)
    return Verdict(fit, final=True, finding="；".join(_findings(fit, known[fit], side)))


def _findings(fit: Fit, seen: Rendered, side: ImprintSide) -> Iterator[str]:
    if not seen.accompanied:
        yield f"署名在第{seen.signature}面，这一面没有正文（请增减正文，使正文最后几行与署名同面）"
    if fit.tracking != TRACKING:
        yield "为使署名与正文同面，正文字距已收紧（GB/T 9704 7.3.5.5；也可增减正文后重新生成）"
    if side is ImprintSide.EVEN and seen.imprint % 2:
        yield f"版记在第{seen.imprint}面，不是偶数面（请增减正文后重新生成）"


def _is_left_over(seen: Rendered, side: ImprintSide) -> bool:
    """Tell whether 版记 has a page for itself alone that it need not have."""
    return seen.imprint > seen.text and not (side is ImprintSide.EVEN and seen.imprint % 2 == 0)


def _shows_body(letter: Letter, above: str) -> bool:
    """Tell whether body text stands in *above*, what its page shows before 署名; 附件说明 is none (7.3.5.5)."""
    *_, last = ["", *words.texts(letter.body)]
    end = _bare(last)
    if not end or not (letter.organ or letter.date):
        return True  # there is nothing that could stand alone
    above = above.removesuffix(_bare("".join(letter.attachments)))
    return bool(above) and (end.endswith(above[-_TAIL:]) or above.endswith(end[-_TAIL:]))


def _imprint(letter: Letter) -> str:
    printed = "" if letter.style.form is PageForm.LETTER else letter.printer + letter.printed
    return _bare(letter.copies + printed)


def _last(pages: Sequence[str], text: str) -> int:
    """Return the number of the last page that holds *text*; 0 where none does."""
    return max((number for number, page in enumerate(pages, 1) if text and text in page), default=0)


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
