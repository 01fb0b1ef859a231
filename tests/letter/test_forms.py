from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.letter import Cell, Paragraph, Run, Table, appendices, blocks, form, guarded, texts


def the_form(text: str) -> Table:
    (found,) = form(text)
    assert isinstance(found, Table)
    return found


def extents(some: Table) -> list[list[tuple[str, int, int]]]:
    """Return what each cell says and how many columns and rows it takes."""
    return [[(cell.text, cell.across, cell.down) for cell in row] for row in some.rows]


# --- columns and heights


def test_the_first_row_gives_the_columns_their_shares_and_tells_labels_from_values() -> None:
    found = the_form("|=3=|-7-|\n|案号|143069|")
    assert found.shares == (3, 7)
    assert [cell.label for cell in found.rows[0]] == [True, False]


def test_a_number_behind_the_last_pipe_is_the_least_height_of_the_row() -> None:
    assert the_form("|-1-|\n|甲|\n|乙| 4\n|丙|12").heights == (0, 4, 12)


def test_without_a_rule_all_columns_are_alike_and_hold_values() -> None:
    found = the_form("|甲|乙|")
    assert found.shares == (1, 1)
    assert extents(found) == [[("甲", 1, 1), ("乙", 1, 1)]]
    assert not found.rows[0][0].label


def test_short_rows_are_filled_and_long_ones_make_a_column() -> None:
    found = the_form("|=1=|-2-|\n|甲|\n|乙|丙|丁|")
    assert found.shares == (1, 2, 1)
    assert [len(row) for row in found.rows] == [3, 3]


def test_a_last_pipe_that_is_wanting_loses_no_cell() -> None:
    assert extents(the_form("|-1-|-1-|\n|甲|乙"))[0] == [("甲", 1, 1), ("乙", 1, 1)]


# --- merged cells


def test_a_cell_takes_the_places_at_its_right_that_point_to_the_left() -> None:
    assert extents(the_form("|-1-|-1-|-1-|\n|甲|<|<|\n|乙|丙|<|")) == [
        [("甲", 3, 1)],
        [("乙", 1, 1), ("丙", 2, 1)],
    ]


def test_a_cell_takes_the_places_below_it_that_point_up() -> None:
    assert extents(the_form("|-1-|-1-|\n|甲|乙|\n|^|丙|\n|^|丁|")) == [
        [("甲", 1, 3), ("乙", 1, 1)],
        [("丙", 1, 1)],
        [("丁", 1, 1)],
    ]


@pytest.mark.parametrize("below", ["|^|<|丙|", "|^|^|丙|"])
def test_a_cell_may_take_a_rectangle(below: str) -> None:
    assert extents(the_form(f"|-1-|-1-|-1-|\n|甲|<|乙|\n{below}")) == [[("甲", 2, 2), ("乙", 1, 1)], [("丙", 1, 1)]]


@pytest.mark.parametrize(("rows", "text"), [("|^|甲|", "^"), ("|甲|<|\n|^|乙|", "^")])
def test_a_mark_that_has_nothing_to_join_is_seen_as_text(rows: str, text: str) -> None:
    assert text in list(texts(form(f"|-1-|-1-|\n{rows}")))


@given(st.lists(st.lists(st.sampled_from(["甲", "", "<", "^"]), min_size=1, max_size=5), min_size=1, max_size=6))
def test_whatever_is_merged_each_place_belongs_to_one_cell(grid: list[list[str]]) -> None:
    found = the_form("|-1-|-1-|\n" + "\n".join(f"|{'|'.join(row)}|" for row in grid))
    areas = sum(cell.across * cell.down for row in found.rows for cell in row)
    assert areas == len(found.rows) * len(found.shares)


# --- lines of a cell


def test_two_strokes_between_blanks_begin_a_new_line_of_the_cell() -> None:
    (row,) = the_form("|-1-|\n|甲 // 乙　//　丙 http://a|").rows
    assert [line.text for line in row[0].lines] == ["甲", "乙", "丙 http://a"]


def test_a_line_that_points_to_the_right_stands_there_below_the_others() -> None:
    (row,) = the_form("|-1-|\n|>年　月　日 // 同意|").rows
    assert row[0].lines == (Paragraph((Run("同意"),)),)
    assert row[0].closing == (Paragraph((Run("年　月　日"),)),)


def test_a_cell_without_words_is_one_empty_line() -> None:
    (row,) = the_form("|=1=|\n||").rows
    assert row == (Cell((Paragraph(()),), label=True),)


def test_a_row_goes_on_in_lines_without_a_pipe_and_in_those_that_only_merge() -> None:
    assert extents(the_form("|=1=|-1-|-1-|\n|办理|\n□甲\n☑乙\n|<|")) == [[("办理", 1, 1), ("□甲　☑乙", 2, 1)]]


def test_lines_above_the_first_row_are_paragraphs() -> None:
    above, table = form("一、说明\n|甲|")
    assert above == Paragraph((Run("一、说明"),))
    assert isinstance(table, Table)


def test_what_is_missing_is_a_run_of_its_own() -> None:
    (row,) = the_form("|-1-|\n|【缺：科室】|").rows
    assert row[0].lines[0].runs == (Run("【缺：科室】", missing=True),)


# --- values in a form


@pytest.mark.parametrize("value", ["甲|乙", "<", "^", ">右", "甲 // 乙", "**甲**", "\\甲", "|---|", "=3="])
def test_a_guarded_value_is_never_markup(value: str) -> None:
    found = the_form(f"|=1=|-1-|\n|名|{guarded(value)}|")
    assert extents(found) == [[("名", 1, 1), (value, 1, 1)]]


def test_the_lines_of_a_value_are_lines_of_its_cell() -> None:
    (row,) = the_form(f"|-1-|\n|{guarded('甲乙' + chr(10) + '|丙|')}|").rows
    assert [line.text for line in row[0].lines] == ["甲乙", "|丙|"]


@given(st.text(alphabet="甲1|<>^/\n *=-", max_size=20))
def test_a_guarded_value_keeps_every_character_but_blanks_at_the_ends_of_its_lines(value: str) -> None:
    (row,) = the_form(f"|=1=|-1-|\n|名|{guarded(value)}|").rows
    assert "".join(row[1].text.split()) == "".join(value.split())


def test_a_rule_of_a_form_in_a_body_is_a_row_like_any_other() -> None:
    (found,) = blocks("|=3=|-7-|\n|甲|<|")
    assert isinstance(found, Table)
    assert extents(found) == [[("=3=", 1, 1), ("-7-", 1, 1)], [("甲", 1, 1), ("<", 1, 1)]]
    assert found.shares == ()


# --- 附件正文


def test_an_appendix_begins_with_its_label_then_come_title_and_body() -> None:
    first, second = appendices("附件1\n任务分工表\n一、总的要求\n|甲|乙|\n附件2\n名单\n某某")
    assert (first.label, first.title, list(texts(first.body))) == ("附件1", "任务分工表", ["一、总的要求", "甲", "乙"])
    assert (second.label, second.title, list(texts(second.body))) == ("附件2", "名单", ["某某"])


def test_the_word_inside_a_line_begins_no_appendix() -> None:
    (only,) = appendices("附件\n说明\n见附件1\n附件：清单")
    assert list(texts(only.body)) == ["见附件1", "附件：清单"]


def test_without_a_text_there_is_no_appendix() -> None:
    assert appendices("\n　\n") == ()
