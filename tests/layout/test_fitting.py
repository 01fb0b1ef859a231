"""What is tried once a rendering was looked at: pure rules, and the words of pages by which they are fed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.layout.fitting import PLAIN, Fit, Rendered, Verdict, rendered, settle
from dafu.terms import ImprintSide, PageForm

LAST, EVEN = ImprintSide.LAST, ImprintSide.EVEN
TIGHT, KEPT = Fit(tight=True), Fit(kept=True)
TRACKED = Fit(tight=True, kept=True, tracking=-8)
GOOD = Rendered(signature=2, accompanied=True, text=2, imprint=2)
ALONE = GOOD._replace(accompanied=False)


def settled(shows: Callable[[Fit], Rendered], side: ImprintSide) -> tuple[Verdict, list[Fit]]:
    """Ask until it is final, every rendering showing what *shows* says; return also what was tried."""
    tried: list[tuple[Fit, Rendered]] = []
    for _ in range(9):
        verdict = settle(tried, side)
        if verdict.final:
            return verdict, [fit for fit, _ in tried]
        tried.append((verdict.fit, shows(verdict.fit)))
    raise AssertionError("it never settles")


def test_a_letter_that_is_good_as_it_is_stays_so() -> None:
    assert settled(lambda _: GOOD, LAST) == (Verdict(PLAIN, final=True), [PLAIN])


@pytest.mark.parametrize(("cure", "tried"), [(TIGHT, [PLAIN, TIGHT]), (KEPT, [PLAIN, TIGHT, KEPT])])
def test_a_signature_alone_is_cured_by_the_least_that_helps(cure: Fit, tried: list[Fit]) -> None:
    verdict = settled(lambda fit: GOOD if fit == cure else ALONE, LAST)
    assert verdict == (Verdict(cure, final=True), tried)


def test_tracking_comes_last_and_is_reported() -> None:
    verdict, tried = settled(lambda fit: GOOD if fit == TRACKED else ALONE, LAST)
    assert tried == [PLAIN, TIGHT, KEPT, TRACKED]
    assert verdict.fit == TRACKED
    assert "字距" in verdict.finding


def test_a_signature_that_nothing_helps_is_reported_and_the_letter_is_not_distorted_for_it() -> None:
    verdict, _ = settled(lambda _: ALONE, LAST)
    assert verdict.fit == PLAIN
    assert verdict.finding.startswith("署名在第2面，这一面没有正文（")


def test_an_imprint_alone_on_its_page_is_drawn_back_by_tight_rows_where_that_helps() -> None:
    left_over = Rendered(1, accompanied=True, text=1, imprint=2)
    together = left_over._replace(imprint=1)
    assert settled(lambda fit: together if fit.tight else left_over, LAST)[0].fit == TIGHT
    assert settled(lambda _: left_over, LAST) == (Verdict(PLAIN, final=True), [PLAIN, TIGHT])


def test_tight_rows_that_would_leave_the_signature_alone_are_not_taken() -> None:
    left_over = Rendered(1, accompanied=True, text=1, imprint=2)
    worse = Rendered(1, accompanied=False, text=1, imprint=1)
    assert settled(lambda fit: worse if fit.tight else left_over, LAST)[0].fit == PLAIN


def test_an_imprint_on_an_odd_page_goes_to_the_even_one_behind_it() -> None:
    odd = Rendered(3, accompanied=True, text=3, imprint=3)
    verdict, tried = settled(lambda fit: odd._replace(imprint=3 + fit.breaks), EVEN)
    assert (verdict, tried) == (Verdict(Fit(breaks=1), final=True), [PLAIN, Fit(breaks=1)])


def test_an_imprint_that_fell_alone_onto_an_odd_page_goes_past_a_blank_one() -> None:
    odd = Rendered(2, accompanied=True, text=2, imprint=3)
    verdict, tried = settled(lambda fit: odd._replace(imprint=2 + max(1, fit.breaks)), EVEN)
    assert tried == [PLAIN, TIGHT, Fit(breaks=2)]
    assert verdict == Verdict(Fit(breaks=2), final=True)


def test_an_imprint_alone_on_an_even_page_is_where_it_should_be() -> None:
    even = Rendered(1, accompanied=True, text=1, imprint=2)
    assert settled(lambda _: even, EVEN) == (Verdict(PLAIN, final=True), [PLAIN])


def test_an_imprint_that_cannot_be_brought_to_an_even_page_is_reported() -> None:
    verdict, _ = settled(lambda _: Rendered(3, accompanied=True, text=3, imprint=3), EVEN)
    assert verdict.finding.startswith("版记在第3面，不是偶数面")


def test_a_letter_without_an_imprint_needs_no_even_page() -> None:
    verdict, _ = settled(lambda _: Rendered(1, accompanied=True, text=1, imprint=0), EVEN)
    assert verdict == Verdict(PLAIN, final=True)


@given(
    st.lists(st.tuples(*[st.integers(0, 4)] * 3, st.booleans()), min_size=9, max_size=9), st.sampled_from(ImprintSide)
)
def test_whatever_is_seen_it_settles_on_something_that_was_drawn(seen: list[Any], side: ImprintSide) -> None:
    shown = iter(seen)
    drawn: dict[Fit, Rendered] = {}

    def shows(fit: Fit) -> Rendered:
        signature, text, imprint, accompanied = next(shown)
        return drawn.setdefault(fit, Rendered(signature, accompanied, text, imprint))

    verdict, tried = settled(shows, side)
    assert verdict.fit in tried
    assert len(tried) == len(set(tried))


PAGE_1 = "东河市商务局文件\n东商〔2025〕7号 签发人：周明远\n尊敬的林晓委员：\n您提出的\n— 1 —\n夜市已经开放。\n感谢您\n"
SIGNED = "东河市商务局\n2025 年8 月26 日\n联系单位：东河市商务局市场科 60010023\n"
IMPRINT = "抄送：市政协提案委，市政府督查室。\n东河市商务局办公室 2025年8月26日印发\n"


@pytest.mark.parametrize(
    ("pages", "seen"),
    [
        ([PAGE_1 + "的关心。\n" + SIGNED + IMPRINT], Rendered(1, accompanied=True, text=1, imprint=1)),
        ([PAGE_1, "的关\n心。\n— 2 —\n" + SIGNED + IMPRINT], Rendered(2, accompanied=True, text=2, imprint=2)),
        (
            [PAGE_1 + "的关心。", "— 2 —\n" + SIGNED, "— 3 —\n" + IMPRINT],
            Rendered(2, accompanied=False, text=2, imprint=3),
        ),
        ([PAGE_1, "的关心。\n" + SIGNED, "", IMPRINT], Rendered(2, accompanied=True, text=2, imprint=4)),
    ],
)
def test_the_words_of_the_pages_tell_where_signature_text_and_imprint_are(
    make_letter: Any, pages: list[str], seen: Rendered
) -> None:
    assert rendered(make_letter(), pages) == seen


def test_a_list_of_attachments_is_no_text_to_stand_beside_a_signature(make_letter: Any) -> None:
    letter = make_letter(attachments=("附件：1. 甲", "2. 乙"))
    pages = [PAGE_1 + "的关心。\n", "附件：1. 甲\n2. 乙\n" + SIGNED + IMPRINT]
    assert not rendered(letter, pages).accompanied
    assert rendered(letter, [PAGE_1, "的关心。\n" + pages[1]]).accompanied


def test_in_letter_form_the_imprint_is_what_copies_say(make_letter: Any) -> None:
    letter = make_letter(form=PageForm.LETTER)
    assert rendered(letter, [PAGE_1 + "的关心。\n" + SIGNED, "抄送：市政协提案委，\n市政府督查室。"]).imprint == 2


def test_joint_organs_are_one_signature(make_letter: Any) -> None:
    letter = make_letter(joint=("东河市财政局",))
    pages = [PAGE_1, "的关心。\n东河市商务局 东河市财政局\n2025 年8 月26 日\n" + IMPRINT]
    assert rendered(letter, pages) == GOOD


def test_an_appendix_behind_the_signature_is_text(make_letter: Any) -> None:
    pages = [PAGE_1 + "的关心。\n" + SIGNED, "附件1\n名单\n" + IMPRINT]
    assert rendered(make_letter(), pages) == Rendered(1, accompanied=True, text=2, imprint=2)
