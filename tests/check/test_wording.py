"""Which paragraph became which, and how a change is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.check.wording import aligned, bare, cut_like, marked, spans_of

LONG = "我局会同市城管局对全市夜市作了一次摸底"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("共26个社区", "共27个社区", "共〔-26-〕〔+27+〕个社区"),
        ("投资1.5亿元", "投资1.25亿元", "投资〔-1.5-〕〔+1.25+〕亿元"),
        ("已经办理。", "已经基本办理。", "已经〔+基本+〕办理。"),
        ("已经基本办理。", "已经办理。", "已经〔-基本-〕办理。"),
        (f"{LONG}，共26个，{LONG}", f"{LONG}，共27个，{LONG}", "…作了一次摸底，共〔-26-〕〔+27+〕个，我局会同市城…"),
        ("甲", "", "〔-甲-〕"),
        ("", "甲", "〔+甲+〕"),
        ("同样", "同 样", "同样"),
    ],
)
def test_changed_characters_are_marked_with_a_little_around_them(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_changes_close_together_share_what_is_between_them() -> None:
    assert marked("东街三处西街四处", "东街两处西街五处") == "东街〔-三-〕〔+两+〕处西街〔-四-〕〔+五+〕处"


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs"),
    [
        ("甲乙丙", "甲乙丙", [(0, 0), (1, 1), (2, 2)]),
        ("甲乙丙", "甲丙", [(0, 0), (1, None), (2, 1)]),
        ("甲丙", "甲乙丙", [(0, 0), (None, 1), (1, 2)]),
        ("甲乙丙", "甲丁丙", [(0, 0), (1, 1), (2, 2)]),
        ("", "甲", [(None, 0)]),
    ],
)
def test_paragraphs_are_paired_in_order(ours: str, theirs: str, pairs: list[tuple[int | None, int | None]]) -> None:
    assert aligned(list(ours), list(theirs)) == pairs


def test_a_changed_paragraph_finds_its_like_beside_a_new_one() -> None:
    assert aligned(["甲", LONG], ["甲", "又一段全新的话", f"{LONG}。"]) == [(0, 0), (None, 1), (1, 2)]


def test_radicals_that_a_pdf_gives_count_as_the_characters_that_they_are() -> None:
    assert bare("\u2f00 次") == "一次"


def test_a_text_without_paragraphs_is_cut_where_the_paragraphs_end() -> None:
    assert cut_like(["甲乙丙。", "丁戊。", "己庚。"], "甲乙丙。丁午戊。己庚。") == ["甲乙丙。", "丁午戊。", "己庚。"]
    assert cut_like(["甲乙丙。", "丁戊。", "己庚。"], "甲乙丙。己庚。") == ["甲乙丙。", "", "己庚。"]
    assert cut_like(["甲。"], "") == [""]


SOME = st.text(st.sampled_from("夜市管理，。12a "), max_size=30)


@given(SOME, SOME)
def test_what_is_marked_is_enough_to_see_both_wordings(old: str, new: str) -> None:
    spans = spans_of(bare(old), bare(new))

    assert all(bare(old)[a : a + size] == bare(new)[b : b + size] for a, b, size in spans)
    assert ("〔" in marked(old, new)) == (bare(old) != bare(new))


@given(st.lists(SOME, max_size=8), st.lists(SOME, max_size=8))
def test_every_paragraph_of_either_side_is_paired_once_and_in_order(ours: list[str], theirs: list[str]) -> None:
    pairs = aligned(ours, theirs)

    assert [a for a, _ in pairs if a is not None] == list(range(len(ours)))
    assert [b for _, b in pairs if b is not None] == list(range(len(theirs)))


@given(st.lists(SOME, min_size=1, max_size=8), SOME)
def test_a_flow_is_cut_without_loss(ours: list[str], flow: str) -> None:
    assert "".join(cut_like(ours, bare(flow))) == bare(flow)


def test_a_flood_of_text_comes_to_an_end() -> None:
    assert "〔" in marked("夜" * 50_000, "市夜" * 30_000)
    assert len(aligned(["夜市" * 9] * 400 + ["甲"], ["市夜" * 9] * 400 + ["乙"])) == 401
