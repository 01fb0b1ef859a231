import pytest

from dafu.layout import measures as m
from dafu.terms import TextArea

TWIPS_PER_MM = 1440 / 25.4
BODY_16_PT = 320  # twips


def test_the_text_area_is_156_by_225_mm_with_37_above_and_28_at_the_left() -> None:
    area = m.AREAS[TextArea.MARGIN]
    assert pytest.approx(156 * TWIPS_PER_MM, abs=1) == m.TEXT_WIDTH
    assert m.PAGE_HEIGHT - area.top - area.bottom == pytest.approx(225 * TWIPS_PER_MM, abs=1)
    assert area.top == pytest.approx(37 * TWIPS_PER_MM, abs=1)
    assert pytest.approx(28 * TWIPS_PER_MM, abs=1) == m.LEFT


@pytest.mark.parametrize("kind", TextArea)
def test_a_page_holds_22_rows_and_no_more(kind: TextArea) -> None:
    area = m.AREAS[kind]
    height = m.PAGE_HEIGHT - area.top - area.bottom
    assert 22 * area.row <= height < 22 * (area.row + 1)


def test_a_line_holds_28_characters_and_no_more() -> None:
    assert 28 * (BODY_16_PT + m.TRACKING) <= m.TEXT_WIDTH < 29 * (BODY_16_PT + m.TRACKING)
    assert 28 * (BODY_16_PT + m.TRACKING + 1) > m.TEXT_WIDTH


def test_the_ink_profile_spans_225_mm_between_the_em_boxes_of_rows_1_and_22() -> None:
    area = m.AREAS[TextArea.INK]
    ascent, descent = 0.88 * BODY_16_PT, 0.12 * BODY_16_PT
    first_baseline = area.top + 0.8 * area.row
    last_baseline = first_baseline + 21 * area.row
    assert first_baseline - ascent == pytest.approx(37 * TWIPS_PER_MM, abs=5)
    assert last_baseline + descent == pytest.approx(262 * TWIPS_PER_MM, abs=5)


def test_digits_are_half_as_wide_as_hanzi() -> None:
    assert m.ems("2025年8月26日") == 6.5
    assert m.width("2025年8月26日") == 7 * (160 - 5) + 3 * (320 - 5)
