from __future__ import annotations

import pytest

from dafu.ledger.columns import COLUMNS, LEDGER, chosen, column_of, nearest_title, plain_heading
from dafu.ledger.header import Header, find_header
from dafu.sheets import Cell, Sheet


def header(*rows: tuple[str, ...], **names: str) -> Header:
    cells = {
        n: {place: Cell(text) for place, text in enumerate(row, 1) if text} for n, row in enumerate(rows, 1) if any(row)
    }
    explained = {plain_heading(heading): COLUMNS[title] for heading, title in names.items()}
    found = find_header(Sheet(title="", rows=cells), explained)
    assert found is not None
    return found


def titles(found: Header) -> dict[int, str]:
    return {place: column.title for place, column in found.columns.items()}


def test_the_row_that_names_most_columns_is_the_header() -> None:
    found = header(("提案", "交办清单"), ("序号", "编号", "题目", "领衔代表"), ("1", "143069", "夜市", "林晓"))

    assert (found.last, titles(found)) == (2, {1: "序号", 2: "案号", 3: "案由", 4: "提案人"})
    assert found.title == "提案 交办清单"


def test_a_header_of_two_rows_takes_both_or_the_lower_one() -> None:
    found = header(
        ("案号", "案由", "提案人", "", "签发", "", "办理单位", ""),
        ("", "", "姓名", "电话", "日期", "人", "主办", "会办"),
        ("143069", "夜市", "林晓", "60010023", "", "", "市商务局", ""),
    )

    assert found.last == 2
    assert titles(found) == {
        1: "案号",
        2: "案由",
        3: "提案人",
        4: "联系电话",
        5: "签发日期",
        6: "签发人",
        7: "主办单位",
        8: "会办单位",
    }


def test_one_heading_over_several_units_gives_way_to_the_row_that_tells_them_apart() -> None:
    found = header(
        ("案号", "案由", "提案人", "承办单位", "承办单位", "承办单位"),
        ("案号", "案由", "提案人", "主办", "协办", "分办"),
        ("143069", "夜市", "林晓", "市财政局", "市商务局", ""),
    )

    assert found.last == 2
    assert list(titles(found).values())[3:] == ["主办单位", "会办单位", "分办单位"]


def test_the_first_row_of_data_is_never_taken_for_a_second_row_of_heads() -> None:
    found = header(("案号", "案由", "任务"), ("143069", "夜市", "主办"))

    assert (found.last, titles(found)) == (1, {1: "案号", 2: "案由"})


def test_of_two_columns_that_mean_the_same_the_better_name_wins() -> None:
    found = header(("编号", "案号", "案由"), ("1", "143069", "夜市"))

    assert (titles(found), found.unread) == ({2: "案号", 3: "案由"}, {1: "编号"})


def test_several_columns_of_names_belong_together() -> None:
    assert titles(header(("案号", "会办单位", "协办单位"), ("1", "甲局", "乙局"))) == {
        1: "案号",
        2: "会办单位",
        3: "会办单位",
    }


def test_what_the_office_has_explained_comes_before_the_usual_names() -> None:
    found = header(("编号", "内部号", "题目内容"), ("1", "143069", "夜市"), 内部号="案号", 题目内容="案由")

    assert titles(found) == {2: "案号", 3: "案由"}


@pytest.mark.parametrize("heading", ["案 由", "案\n由", "案由（必填）", "案由*", "随便"])
def test_blanks_and_remarks_in_a_heading_do_not_matter(heading: str) -> None:
    assert (column_of(heading) is COLUMNS["案由"]) == (heading != "随便")


def test_every_column_is_found_by_its_own_title_and_no_name_means_two() -> None:
    assert all(column_of(title) is column for title, column in COLUMNS.items())
    names = [plain_heading(name) for column in COLUMNS.values() for name in (column.title, *column.also)]
    assert sorted(names) == sorted(set(names))


def test_the_nearest_column_is_suggested() -> None:
    assert nearest_title("交办时问") == "交办日期"


def test_a_name_in_the_settings_that_is_no_column_is_told_with_the_nearest() -> None:
    columns, problems = chosen(("案号", "题目", "签发日"), "台账列")

    assert [column.title for column in columns] == ["案号", "案由"]
    assert [(problem.field, problem.message, problem.cure) for problem in problems] == [
        ("台账列", "“签发日”不是台账的列", "是不是“签发日期”？")
    ]


def test_the_ledger_has_a_fixed_order_of_columns() -> None:
    assert LEDGER[:9] == ("序号", "类别", "层级", "届次", "会期", "案号", "案由", "提案类型", "提案人")
    assert LEDGER[-4:] == ("阶段", "到期日", "剩余", "灯")
    assert len(LEDGER) == len(set(LEDGER))
