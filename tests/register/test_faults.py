from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dafu import files
from dafu.model import Series
from dafu.register import Register, faults, void
from dafu.register.entry import written
from numbering import SERIES, claim_of, kept, numbered, register_in, taken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dafu.docnumber import DocNumber

CASES = {claim_of(paper).case for paper in range(31, 40)}
CASE_31, CASE_32, CASE_33 = (claim_of(paper).case for paper in (31, 32, 33))


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Hold number 1 for paper 31 and number 2 for paper 32."""
    register = register_in(tmp_path)
    assert [taken(register, paper) for paper in (31, 32)] == [1, 2]
    return register


def found(
    register: Register, known: Mapping[DocNumber, Sequence[str]], series: Sequence[Series] = (SERIES,)
) -> list[str]:
    problems = faults(register, kept(register), known, CASES, series)
    return [problem.message for problem in problems]


def test_records_that_bear_their_own_numbers_are_without_fault(register: Register) -> None:
    assert found(register, {numbered(1): [CASE_31], numbered(2): [CASE_32], numbered(3): [CASE_33]}) == []


def test_a_number_that_is_kept_for_a_paper_not_yet_issued_is_no_fault(register: Register) -> None:
    assert found(register, {}) == []


def test_a_number_allocated_to_one_and_typed_in_another_is_a_double(register: Register) -> None:
    known = {numbered(1): [CASE_31], numbered(2): [CASE_32, CASE_33]}
    assert found(register, known) == [f"东商提函〔2025〕2号 用在了2份文件上：{CASE_32}、{CASE_33}"]


def test_a_number_typed_in_another_before_its_own_is_issued_is_a_double(register: Register) -> None:
    message = f"东商提函〔2025〕1号 用在了2份文件上：{CASE_33}、{CASE_31}"
    assert found(register, {numbered(1): [CASE_33]}) == [message]


def test_a_number_on_two_papers_of_one_case_is_a_double(register: Register) -> None:
    message = f"东商提函〔2025〕1号 用在了2份文件上：{CASE_31}、{CASE_31}"
    assert found(register, {numbered(1): [CASE_31, CASE_31]}) == [message]


def test_a_number_typed_twice_is_a_double_without_any_entry(register: Register) -> None:
    known = {numbered(3): [CASE_33, CASE_31]}
    assert found(register, known) == [f"东商提函〔2025〕3号 用在了2份文件上：{CASE_33}、{CASE_31}"]


def test_the_numbers_of_a_series_kept_by_hand_are_not_our_matter(register: Register) -> None:
    known = {numbered(9, code="东商"): [CASE_31, CASE_32]}
    assert found(register, known, [SERIES, Series(code="东商")]) == []


def test_a_paper_that_holds_two_live_numbers_is_found(register: Register) -> None:
    twin = replace(kept(register)[0], number=numbered(3))
    files.create(register.path_of(twin.number), written(twin))
    assert found(register, {}) == [f"{CASE_31} 的会办意见已有 东商提函〔2025〕1号，又取了 东商提函〔2025〕3号"]


def test_two_live_numbers_of_one_paper_are_found_behind_a_void_one(register: Register) -> None:
    void(register, numbered(1), "印错")
    assert taken(register, 33) == 3
    twice = replace(kept(register)[-1], number=numbered(4))
    files.create(register.path_of(twice.number), written(twice))
    assert found(register, {}) == [f"{CASE_33} 的会办意见已有 东商提函〔2025〕3号，又取了 东商提函〔2025〕4号"]


def test_a_paper_whose_first_number_is_void_holds_one(register: Register) -> None:
    void(register, numbered(1), "印错")
    assert taken(register, 31) == 3
    assert found(register, {numbered(3): [CASE_31]}) == []


def test_a_void_number_that_a_record_still_bears_is_found(register: Register) -> None:
    void(register, numbered(1), "印错")
    assert found(register, {numbered(1): [CASE_31]}) == [f"东商提函〔2025〕1号 已经作废，{CASE_31} 还在用"]


def test_gaps_are_named_by_series_and_year(register: Register) -> None:
    taken(register, 33, known=[numbered(5)])
    taken(register, 34, known=[numbered(7)])
    assert found(register, {numbered(5): [CASE_33]}) == ["东商提函〔2025〕缺 3号至4号、7号"]


def test_a_gap_is_placed_in_the_folder_of_its_year(register: Register) -> None:
    taken(register, 33, known=[numbered(3)])
    problems = faults(register, kept(register), {}, CASES, [SERIES])
    assert [problem.file for problem in problems] == [str(register.folder / "2025")]


def test_what_lies_before_the_first_number_is_no_gap(register: Register) -> None:
    assert found(register, {numbered(50, 2026): [CASE_33]}, [replace(SERIES, first=50)]) == []
    assert found(register, {numbered(52, 2026): [CASE_33]}, [replace(SERIES, first=50)]) == [
        "东商提函〔2026〕缺 50号至51号"
    ]


def test_two_papers_that_share_a_series_begin_at_the_lower_number(register: Register) -> None:
    assert found(register, {}, [replace(SERIES, first=2), SERIES]) == []
    register.path_of(numbered(1)).rename(register.replies / "1.yaml")
    assert found(register, {}, [replace(SERIES, first=2), SERIES]) == ["东商提函〔2025〕缺 1号"]


def test_a_series_the_office_gave_up_is_still_watched(register: Register) -> None:
    taken(register, 33, known=[numbered(3)])
    assert found(register, {}, []) == ["东商提函〔2025〕缺 3号"]


def test_an_entry_whose_case_is_not_on_file_is_found_unless_it_is_void(register: Register) -> None:
    taken(register, 77)
    assert found(register, {}) == ["“2025/市/提案/77”没有这一件"]
    void(register, numbered(3), "撤案")
    assert found(register, {}) == []


def test_a_double_is_placed_in_the_entry_where_there_is_one_and_nowhere_else(register: Register) -> None:
    known = {numbered(1): [CASE_31, CASE_33], numbered(2): [CASE_32], numbered(3): [CASE_33, CASE_33]}
    doubles = faults(register, kept(register), known, CASES, [SERIES])
    assert [problem.file for problem in doubles] == [str(register.path_of(numbered(1))), ""]
