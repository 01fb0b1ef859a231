"""A part of the geometry suite, every form, header mode and length in it; `docs/layout.md` shows the whole."""

from itertools import product

import pytest

import geometry
from dafu import preview
from dafu.terms import Letterhead, PageForm, TextArea

pytestmark = pytest.mark.office
SOME = geometry.cases()[::11]
INK = [
    geometry.Case(form, letterhead, pages, 12, 3, TextArea.INK)
    for form, (letterhead, pages) in product(PageForm, zip(Letterhead, (3, 3, 2), strict=True))
]


def test_every_number_of_the_standard_is_kept_within_its_tolerance() -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: no page was rendered")
    found = geometry.measurements([*SOME, *INK])
    assert len(found) > 300
    assert [one for one in found if not one.ok] == []
    assert {one.what for one in found} >= {f"套打与印制同高：{where}" for where in ("发文字号", "标题", "正文首行")}


def test_the_part_that_is_tested_has_every_form_header_mode_length_and_number_of_copies_and_signers() -> None:
    for some, whole in zip(zip(*SOME, strict=True), zip(*geometry.cases(), strict=True), strict=True):
        assert set(some) >= set(whole) - {TextArea.INK}


def test_the_whole_suite_has_every_combination_once() -> None:
    assert len(set(geometry.cases())) == len(geometry.cases()) == 2 * 3 * 4 * 3 * 2 + 2
