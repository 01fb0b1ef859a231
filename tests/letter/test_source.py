"""Blocks become the body text that means them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dafu.letter import Cell, Paragraph, Run, Table, blocks, plain, texts
from dafu.letter.source import source


def paragraphs(*some: str) -> list[Paragraph]:
    return [Paragraph((Run(text),)) for text in some]


def test_text_and_headings_are_written_as_they_are() -> None:
    assert (
        source(paragraphs("一、情况", "（一）今年。已经办理。", "1.5亿元。"))
        == "一、情况\n（一）今年。已经办理。\n1.5亿元。\n"
    )


def test_bold_words_get_their_stars_and_a_heading_stays_one() -> None:
    bold = Paragraph((Run("今年"), Run("投资", bold=True), Run("多。")))
    heading = Paragraph((Run("一、情况", bold=True),))

    assert source([bold, heading]) == "今年**投资**多。\n一、情况\n"


@pytest.mark.parametrize("text", ["|甲|", "**甲**", "\\甲", "— 2 —"])
def test_what_would_be_markup_is_escaped(text: str) -> None:
    assert source(paragraphs("办理。", text)) == f"办理。\n\\{text}\n"


def test_a_table_gets_its_rule_only_under_a_row_that_names_the_columns() -> None:
    rows = tuple(tuple(Cell((Paragraph((Run(text),)),)) for text in row) for row in ("甲乙", "12"))

    assert source([Table(rows)]) == "| 甲 | 乙 |\n| 1 | 2 |\n"
    assert source([Table(rows, headed=True)]) == "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n"


def test_two_tables_in_a_row_become_one() -> None:
    one, other = (
        Table(tuple(tuple(Cell(plain(text)) for text in row) for row in rows), headed=True)
        for rows in (["甲乙", "12"], ["丙丁戊"])
    )

    assert source([one, other]) == "| 甲 | 乙 |  |\n| --- | --- | --- |\n| 1 | 2 |  |\n| 丙 | 丁 | 戊 |\n"


def test_an_unchanged_body_stays_byte_for_byte() -> None:
    old = "\u3000\u3000已经办理。\n\n|甲|  乙|\n|:-|-:|\n|1|2|\n\\一、不是标题"

    assert source(blocks(old), old) == old


def test_unchanged_lines_of_a_changed_body_stay_as_they_were_typed() -> None:
    old = "|甲|  乙|\n|1|2|\n\\一、不是标题\n结论。\n"

    assert source([*blocks(old)[:-1], *paragraphs("总之。")], old) == old.replace("结论", "总之")


TEXTS = (
    st.text(st.sampled_from("夜市一二（）、。，1.*|\\—- a【】"), min_size=1, max_size=30).map(str.strip).filter(bool)
)


@given(st.lists(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=3), max_size=5))
@example([[("|", False)], [("a" * 45, True)], [("。", False)]])
def test_whatever_is_written_reads_as_the_same_words(some: list[list[tuple[str, bool]]]) -> None:
    wanted = [Paragraph(tuple(Run(text, bold) for text, bold in runs)) for runs in some]

    assert list(texts(blocks(source(wanted)))) == [one.text for one in wanted]
