from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.letter import Block, Letter, Paragraph, Run, Style, Table, blocks, lines, pieces, plain, texts


def paragraph(text: str) -> Paragraph:
    (found,) = blocks(text)
    assert isinstance(found, Paragraph)
    return found


def table(text: str) -> Table:
    (found,) = blocks(text)
    assert isinstance(found, Table)
    return found


def words(some: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in some.rows]


# --- the official numbering is the markup


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、基本情况", 1),
        ("十二、下一步打算", 1),
        ("二十一、附则", 1),
        ("（一）盘活存量", 2),
        ("(十)盘活存量", 2),
        ("1.加强巡查", 3),
        ("12．加强巡查", 3),
        ("（1）每季度一次", 4),
        ("(12)每季度一次", 4),
        ("今年以来，我局…", 0),
        ("1.5亿元已经拨付", 0),
        ("1、加强巡查", 0),
        ("2025年6月", 0),
        ("一是加强巡查", 0),
        ("第一、二季度", 0),
        ("（略）", 0),
        ("（一", 0),
    ],
)
def test_the_number_at_the_start_of_a_line_tells_its_level(line: str, level: int) -> None:
    assert paragraph(line).level == level


def test_a_heading_alone_in_its_line_has_its_face_all_through() -> None:
    assert paragraph("一、基本情况").runs == (Run("一、基本情况", heading=True),)
    assert paragraph("（一）盘活存量。").runs == (Run("（一）盘活存量。", heading=True),)


@pytest.mark.parametrize("number", ["一、", "（一）"])
def test_text_behind_the_first_full_stop_of_a_heading_has_the_face_of_the_body(number: str) -> None:
    runs = paragraph(f"{number}盘活存量。清理31处。全部签约。").runs
    assert runs == (Run(f"{number}盘活存量。", heading=True), Run("清理31处。全部签约。"))


@pytest.mark.parametrize("number", ["1.", "（1）"])
def test_the_lower_levels_have_no_face_of_their_own(number: str) -> None:
    assert paragraph(f"{number}巡查。每季度一次。").runs == (Run(f"{number}巡查。每季度一次。"),)


def test_each_line_is_a_paragraph() -> None:
    found = blocks("开头。\n一、情况\n（一）存量\n1.巡查\n（1）每季\n结尾。")
    assert [one.level for one in found if isinstance(one, Paragraph)] == [0, 1, 2, 3, 4, 0]


# --- bold


def test_two_stars_on_either_side_make_bold() -> None:
    runs = paragraph("今年**完成31处**，明年继续").runs
    assert runs == (Run("今年"), Run("完成31处", bold=True), Run("，明年继续"))


def test_bold_comes_as_often_as_it_is_written() -> None:
    assert [run.text for run in paragraph("**甲**和**乙**").runs if run.bold] == ["甲", "乙"]


@pytest.mark.parametrize("line", ["面积2*3*4米", "面积2**3米", "****"])
def test_stars_that_enclose_nothing_are_printed(line: str) -> None:
    assert paragraph(line).runs == (Run(line),)


def test_a_heading_keeps_its_face_where_it_is_bold() -> None:
    assert paragraph("一、**基本**情况").runs == (Run("一、基本情况", heading=True),)


def test_bold_behind_a_heading_stays_bold() -> None:
    runs = paragraph("（一）盘活存量。清理**31处**。").runs
    assert runs == (Run("（一）盘活存量。", heading=True), Run("清理"), Run("31处", bold=True), Run("。"))


@pytest.mark.parametrize("line", ["（一）**盘活存量。**清理31处", "**（一）盘活存量。**清理31处"])
def test_bold_around_the_full_stop_of_a_heading_leaves_no_stars(line: str) -> None:
    assert paragraph(line).text == "（一）盘活存量。清理31处"


def test_bold_over_the_end_of_a_heading_goes_on_behind_it() -> None:
    runs = paragraph("一、**盘活。清理**31处").runs
    assert runs == (Run("一、盘活。", heading=True), Run("清理", bold=True), Run("31处"))


# --- values that are not there yet


def test_a_missing_value_is_a_run_of_its_own_wherever_it_stands() -> None:
    assert pieces("请拨【缺：联系电话】，找【缺：联系人】") == (
        Run("请拨"),
        Run("【缺：联系电话】", missing=True),
        Run("，找"),
        Run("【缺：联系人】", missing=True),
    )


def test_a_missing_value_keeps_the_kind_of_the_text_around_it() -> None:
    assert paragraph("一、关于【缺：案由】").runs[1] == Run("【缺：案由】", heading=True, missing=True)
    assert paragraph("今年**【缺：案由】**").runs[1] == Run("【缺：案由】", bold=True, missing=True)


@pytest.mark.parametrize("text", ["【缺：】", "【缺案由】", "【注：案由】", "缺：案由"])
def test_other_words_in_brackets_are_text(text: str) -> None:
    assert pieces(text) == (Run(text),)


# --- tables


def test_rows_between_pipes_are_a_table_and_a_rule_below_the_first_names_the_columns() -> None:
    found = table("| 区 | 处数 |\n|---|:--:|\n| 东岸区 | 6 |\n| 澄湖区 | **3** |")
    assert found.headed
    assert words(found) == [["区", "处数"], ["东岸区", "6"], ["澄湖区", "3"]]
    assert found.rows[2][1].lines[0].runs == (Run("3", bold=True),)


def test_a_table_without_a_rule_has_no_head() -> None:
    found = table("|东岸区|6|\n|澄湖区|3|")
    assert not found.headed
    assert words(found) == [["东岸区", "6"], ["澄湖区", "3"]]


def test_dashes_further_down_are_cells_and_not_dropped() -> None:
    assert words(table("|区|处数|\n|---|---|\n|甲|6|\n|-|-|"))[2] == ["-", "-"]


def test_short_rows_are_filled_with_empty_cells() -> None:
    assert words(table("|甲|乙|丙|\n|丁|")) == [["甲", "乙", "丙"], ["丁", "", ""]]


def test_empty_cells_stay_and_blanks_around_words_go() -> None:
    assert words(table("|　甲 ||")) == [["甲", ""]]


def test_a_table_ends_at_the_next_text() -> None:
    kinds = [type(one) for one in blocks("说明：\n|甲|\n|乙|\n以上。\n|丙|")]
    assert kinds == [Paragraph, Table, Paragraph, Table]


@pytest.mark.parametrize("line", ["|", "甲|乙", "|甲", "甲|"])
def test_a_line_without_a_pipe_at_both_ends_is_text(line: str) -> None:
    assert paragraph(line).text == line


def test_a_rule_alone_is_not_lost() -> None:
    assert words(table("|---|")) == [["---"]]


# --- the leading backslash


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (r"\一、二、三产业融合", "一、二、三产业融合"),
        (r"\1.甲", "1.甲"),
        (r"\|甲|乙|", "|甲|乙|"),
        (r"\面积**大**", "面积**大**"),
        (r"\\甲", r"\甲"),
        (r"\ 甲", " 甲"),
    ],
)
def test_a_leading_backslash_makes_the_whole_line_plain(line: str, printed: str) -> None:
    assert paragraph(line) == Paragraph((Run(printed),), level=0)


def test_a_backslash_elsewhere_is_printed() -> None:
    assert paragraph(r"路径C:\甲").text == r"路径C:\甲"


# --- lines


def test_blank_lines_and_blanks_at_the_ends_go_full_width_ones_too() -> None:
    assert lines("\n　　甲 乙　\n\u3000\n \t\n\xa0丙\r\n\n") == ("甲 乙", "丙")


def test_an_indented_heading_is_a_heading() -> None:
    assert paragraph("　　一、基本情况").level == 1


def test_nothing_makes_no_block() -> None:
    assert blocks("　\n\n") == ()


def test_plain_lines_have_no_markup_but_show_what_is_missing() -> None:
    assert plain("一、**甲**\n【缺：正文】") == (
        Paragraph((Run("一、**甲**"),)),
        Paragraph((Run("【缺：正文】", missing=True),)),
    )


# --- lines that a PDF broke


def test_a_sentence_that_was_broken_in_the_middle_is_joined() -> None:
    text = "今年以来，我局会同两个区组成办理小组，用一个月时间走访了\n二十六个社区。\n下一步继续推进。"
    assert list(texts(blocks(text))) == [
        "今年以来，我局会同两个区组成办理小组，用一个月时间走访了二十六个社区。",
        "下一步继续推进。",
    ]


def test_a_page_number_between_broken_lines_goes() -> None:
    text = "我局会同两个区组成办理小组，用一个月时间走访了\n— 2 —\n二十六个社区。"
    assert list(texts(blocks(text))) == ["我局会同两个区组成办理小组，用一个月时间走访了二十六个社区。"]


def test_latin_words_on_either_side_of_a_break_keep_their_blank() -> None:
    assert list(texts(blocks("今年以来我局引进的智慧零售管理系统名为 Night\nMarket，运行良好。"))) == [
        "今年以来我局引进的智慧零售管理系统名为 Night Market，运行良好。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "有关情况说明如下。\n市财政局落实补助资金共计一千二百万元整\n市商务局负责组织实施并督促检查各项工作",
        "各县增幅依次为。\n-5-\n完。",
        "一、关于补齐老城区社区的便民网点的情况\n我局逐个核对。",  # a heading needs no full stop
        "主要做法如下：\n清理存量；\n补上业态。",
        "沟通会上的承诺\n我局逐个核对。",  # short as a caption
        "我局已经逐个核对了全部社区的全部网点\n|甲|乙|\n以上。",
        "我局已经逐个核对了全部社区的全部网点\n二、下一步\n继续推进。",
        "我局已经逐个核对了全部社区的全部网点\n\\第二段。",
    ],
)
def test_lines_that_end_by_themselves_stay_apart(text: str) -> None:
    assert len(blocks(text)) == text.count("\n") + 1


def test_a_body_without_any_full_stop_is_taken_as_it_stands() -> None:
    assert len(blocks("我局会同两个区组成办理小组，用一个月时间走访了\n二十六个社区")) == 2


# --- the words alone


def test_texts_are_the_words_of_paragraphs_and_filled_cells() -> None:
    assert list(texts(blocks("甲。\n|乙||\n|丙|丁|"))) == ["甲。", "乙", "丙", "丁"]


def test_a_letter_without_choices_has_the_common_look_and_nothing_to_print() -> None:
    letter = Letter("题", "称谓：", ())
    assert letter.style == Style()
    assert not any((letter.mark, letter.number, letter.attachments, letter.contact, letter.copies, letter.unbroken))


LINES = st.text(st.sampled_from("一二（）()1.、。*|\\-甲乙【缺：】 　"), max_size=20)


@given(LINES)
def test_markup_only_ever_takes_away_its_own_signs(line: str) -> None:
    def kept(text: str) -> str:
        return "".join(char for char in text if char not in "*|\\- \u3000")

    found: tuple[Block, ...] = blocks(line)
    assert kept("".join(texts(found))) == kept(line)
