from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu import docnumber
from dafu.docnumber import DocNumber


def test_a_number_has_the_code_of_the_organ_the_year_and_the_serial() -> None:
    assert docnumber.parse("东商〔2025〕67号") == DocNumber("东商", 2025, 67)


def test_a_number_prints_with_the_brackets_of_the_standard() -> None:
    assert str(DocNumber("东商提函", 2026, 1)) == "东商提函〔2026〕1号"


@given(st.sampled_from(["东商", "东商提函", "东政办函"]), st.integers(1900, 2099), st.integers(1, 999_999))
def test_what_is_printed_reads_back_the_same(code: str, year: int, serial: int) -> None:
    number = DocNumber(code, year, serial)
    assert docnumber.parse(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "东商〔2025〕067号",  # GB/T 9704-2012 7.2.5: no leading zeros
        "东商〔2025〕第67号",  # and no 第
        "东商[2025]67号",
        "东商（2025）67号",
        "东商【2025】67号",
        "东商〔25〕67号",
        "东商〔3025〕67号",
        "东商〔2025〕67",
        "东商〔2025〕0号",
        "东商〔2025〕６７号",
        "东商〔２０２５〕67号",
        "〔2025〕67号",
        "东商 〔2025〕67号",
        "东商〔2025〕 67号",
        "东商〔2025〕67号 ",
        "发文字号：东商〔2025〕67号",
        "东商2〔2025〕67号",
        f"东商〔2025〕{'9' * 5000}号",
    ],
)
def test_another_form_is_no_number(text: str) -> None:
    assert docnumber.parse(text) is None


def test_numbers_of_a_series_sort_as_they_count() -> None:
    texts = ["东商〔2025〕10号", "东商〔2024〕99号", "东商〔2025〕9号"]
    numbers = sorted(filter(None, map(docnumber.parse, texts)))
    assert [str(number) for number in numbers] == ["东商〔2024〕99号", "东商〔2025〕9号", "东商〔2025〕10号"]
