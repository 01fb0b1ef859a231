from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dafu import store, yamltext
from dafu.desk.imports import Outcome
from dafu.desk.lists import Clerk, import_list
from dafu.errors import UnusableError, WrongUsageError
from dafu.store import Author
from records import OFFICE, RECORD, make_workspace
from spreadsheets import listed

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.desk.imports import Imported
    from dafu.errors import Problem

HEADS = ["案号", "案由", "提案人", "电话", "交办日期", "交办单位"]
ROW = ["143069", "优化夜市管理", "林晓、苏晚晴", "60010023", "2025-03-05", "市政府办公室"]
CLERK = Clerk(Author("苏晚晴", "2025-05-06T09:00:00+08:00"), date(2025, 5, 6), dry=False)

NEW, UPDATED, SAME, FAULTY = Outcome


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def imported(folder: Path, *rows: list[Any], clerk: Clerk = CLERK, heads: list[str] = HEADS) -> list[Imported]:
    return full(folder, *rows, clerk=clerk, heads=heads)[0]


def full(
    folder: Path, *rows: list[Any], clerk: Clerk = CLERK, heads: list[str] = HEADS
) -> tuple[list[Imported], list[Problem]]:
    path = listed(folder / "清单.xlsx", heads, *rows)
    return import_list(store.open_workspace(folder), path, path.read_bytes(), clerk)


def text_in(folder: Path, name: str = "2025/143069") -> str:
    return (folder / "proposals" / f"{name}.yaml").read_text(encoding="utf-8")


def by_hand(folder: Path, old: str, new: str) -> None:
    """Change the record the way a clerk does in an editor."""
    path = folder / "proposals" / "2025" / "143069.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def row(**values: str) -> list[str]:
    return [values.get(head, value) for head, value in zip(HEADS, ROW, strict=True)]


def said(one: Imported) -> list[str]:
    return [f"{problem.field} {problem.message}" for problem in one.problems]


def test_a_new_record_is_as_new_writes_it(workspace: Path) -> None:
    (one,) = imported(workspace, ROW)

    assert (one.outcome, one.number, one.row) == (NEW, "143069", 3)
    assert text_in(workspace) == (
        "# yaml-language-server: $schema=../记录格式.json\n"
        "案号: 143069\n"
        "届次: 市政协十四届三次会议\n"
        "案由: 优化夜市管理\n"
        "提案人:\n"
        "  - {姓名: 林晓, 电话: 60010023}\n"
        "  - 苏晚晴\n"
        "办理过程:\n"
        "  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}\n"
    )
    assert (workspace / "proposals" / "记录格式.json").exists()


def test_a_corrected_list_changes_what_the_first_one_set_and_nothing_else(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "案由: 优化夜市管理\n", "案由: 优化夜市管理  # 原题\n重点: 是\n")

    (one,) = imported(workspace, row(案由="规范夜市管理", 交办日期="2025-03-06"))

    assert one.outcome is UPDATED
    assert "案由: 规范夜市管理  # 原题\n重点: 是\n" in text_in(workspace)
    assert "- {日期: 2025-03-06, 环节: 交办, 交办单位: 市政府办公室}\n" in text_in(workspace)
    assert one.problems == ()


def test_a_list_that_is_corrected_twice_changes_its_own_correction(workspace: Path) -> None:
    imported(workspace, ROW)
    imported(workspace, row(案由="规范夜市管理"))

    (one,) = imported(workspace, row(案由="繁荣夜市"))

    assert (one.outcome, one.problems) == (UPDATED, ())
    assert "案由: 繁荣夜市\n" in text_in(workspace)


def test_what_a_clerk_set_by_hand_stays_and_the_row_says_so(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "优化夜市管理", "优化夜市和早市管理")

    (one,) = imported(workspace, row(案由="规范夜市管理", 电话="60010099"))

    assert one.outcome is UPDATED
    assert "案由: 优化夜市和早市管理\n" in text_in(workspace)
    assert "60010099" in text_in(workspace)
    assert said(one) == ["B列“案由” 清单上是“规范夜市管理”，记录里是“优化夜市和早市管理”，没有改"]
    assert [len(problem.cure) > 0 for problem in one.problems] == [True]


def test_it_says_so_again_at_every_import_and_changes_nothing(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "优化夜市管理", "优化夜市和早市管理")
    imported(workspace, row(案由="规范夜市管理"))
    before = text_in(workspace)

    (one,) = imported(workspace, row(案由="规范夜市管理"))

    assert (one.outcome, len(one.problems), text_in(workspace)) == (SAME, 1, before)


def test_an_unchanged_list_is_silent_about_what_a_clerk_changed(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "优化夜市管理", "优化夜市和早市管理")

    (one,) = imported(workspace, ROW)

    assert (one.outcome, one.problems) == (SAME, ())


def test_what_a_clerk_took_away_stays_away(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "{姓名: 林晓, 电话: 60010023}", "林晓")

    (one,) = imported(workspace, row(电话="60010099"))

    assert (one.outcome, len(one.problems)) == (SAME, 1)
    assert "6001" not in text_in(workspace)


def test_an_event_that_a_clerk_has_annotated_is_the_clerks(workspace: Path) -> None:
    imported(workspace, ROW)
    by_hand(workspace, "交办单位: 市政府办公室", "交办单位: 市政府办公室, 说明: 电话通知")

    (one,) = imported(workspace, row(交办日期="2025-03-06"))

    assert (one.outcome, said(one)) == (
        SAME,
        ["办理过程.交办 清单上是“2025-03-06 市政府办公室”，记录里是“2025-03-05 市政府办公室”，没有改"],
    )
    assert "2025-03-05" in text_in(workspace)


def test_an_event_that_the_tool_entered_is_no_other_because_it_says_when(workspace: Path) -> None:
    make_workspace(
        workspace,
        **{
            "2025/143069": RECORD
            + "办理过程:\n  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室, 经手人: 苏晚晴, "
            "登记时间: 2025-03-05T09:00:00+08:00}\n"
        },
    )

    (one,) = imported(workspace, ROW)

    assert [problem.field for problem in one.problems] == ["C列“提案人”"]
    assert text_in(workspace).count("环节") == 1


def test_a_record_that_no_list_made_keeps_its_values_and_gets_those_it_lacks(workspace: Path) -> None:
    make_workspace(workspace, **{"2025/143069": RECORD})

    (one,) = imported(workspace, row(案由="另一个题目", 提案人="林晓"))

    assert one.outcome is UPDATED
    assert text_in(workspace).startswith("案号: 143069\n届次: 市政协十四届三次会议\n案由: 优化夜市管理\n")
    assert "环节: 交办" in text_in(workspace)
    assert said(one) == ["B列“案由” 清单上是“另一个题目”，记录里是“优化夜市管理”，没有改"]


def test_a_value_that_the_list_no_longer_has_goes_with_it(workspace: Path) -> None:
    heads = [*HEADS, "分类"]
    imported(workspace, [*ROW, "经济"], heads=heads)

    (one,) = imported(workspace, [*ROW, None], heads=heads)

    assert one.outcome is UPDATED
    assert "分类" not in text_in(workspace)


def test_a_column_that_the_list_no_longer_has_takes_nothing_away(workspace: Path) -> None:
    imported(workspace, [*ROW, "经济"], heads=[*HEADS, "分类"])

    assert imported(workspace, ROW)[0].outcome is SAME
    assert "分类: 经济\n" in text_in(workspace)


def test_an_import_can_be_taken_back(workspace: Path) -> None:
    imported(workspace, ROW)
    before = text_in(workspace)
    imported(workspace, row(案由="规范夜市管理"))
    opened = store.open_workspace(workspace)

    change = store.undo(opened, store.find(opened, "143069", workspace), CLERK.author, dry=False)

    assert (change.act, text_in(workspace)) == ("导入", before)


def test_a_rehearsal_says_the_same_and_writes_nothing(workspace: Path) -> None:
    imported(workspace, ROW)
    rows = [row(案由="规范夜市管理"), row(案号="143070"), row(案号="143071", 交办日期="9月31日")]
    before = sorted(path for path in workspace.rglob("*") if path.name != "清单.xlsx")

    rehearsed = imported(workspace, *rows, clerk=replace(CLERK, dry=True))

    assert sorted(path for path in workspace.rglob("*") if path.name != "清单.xlsx") == before
    assert rehearsed == imported(workspace, *rows)
    assert [one.outcome for one in rehearsed] == [UPDATED, NEW, FAULTY]


def test_one_faulty_row_hides_no_other(workspace: Path) -> None:
    done = imported(workspace, row(案号="1", 提案人=""), row(案号="a/b"), row(案号="143070"), row(案号="", 案由="x"))

    assert [one.outcome for one in done] == [FAULTY, FAULTY, NEW, FAULTY]
    assert [said(one) for one in done] == [
        ["C列“提案人” 没有填写"],
        ["A列“案号” “a/b”不能作文件名"],
        [],
        ["A列“案号” 没有填写"],
    ]
    assert [path.name for path in (workspace / "proposals").rglob("*.yaml")] == ["143070.yaml"]


def test_numbers_that_stand_twice_are_faulty_unless_session_or_kind_differ(workspace: Path) -> None:
    heads = [*HEADS, "类别"]

    done = imported(workspace, [*ROW, "提案"], [*ROW, "提案"], [*ROW, "建议"], heads=heads)

    assert [one.outcome for one in done] == [FAULTY, FAULTY, NEW]
    assert said(done[0]) == ["A列“案号” “143069”在清单里有2行"]


def test_a_file_of_another_item_in_the_way_is_faulty_and_stays(workspace: Path) -> None:
    make_workspace(workspace, **{"2025/143069": RECORD.replace("十四届三次", "十三届一次")})
    before = text_in(workspace)

    (one,) = imported(workspace, ROW)

    assert (one.outcome, text_in(workspace)) == (FAULTY, before)
    assert "是另一件" in said(one)[0]


def test_a_record_that_cannot_be_read_is_told_and_never_overwritten(workspace: Path) -> None:
    make_workspace(workspace, **{"2025/143069": "案号: [\n"})

    (one,), problems = full(workspace, ROW)

    assert (one.outcome, text_in(workspace)) == (FAULTY, "案号: [\n")
    assert any("143069.yaml" in problem.file for problem in problems)


def test_rows_of_other_offices_are_counted_and_left_out(workspace: Path) -> None:
    heads = [*HEADS, "主办单位"]

    done, problems = full(workspace, [*ROW, "市教育局"], [*row(案号="143070"), "市商务局"], heads=heads)

    assert [one.number for one in done] == ["143070"]
    assert [problem.message for problem in problems] == ["有1行的主办、会办、分办单位里没有本单位，没有读入：第3行"]


def test_a_record_that_a_corrected_list_gives_to_another_office_is_told_and_stays(workspace: Path) -> None:
    heads = [*HEADS, "主办单位"]
    full(workspace, [*ROW, "市商务局"], heads=heads)
    before = text_in(workspace)

    done, problems = full(workspace, [*ROW, "市教育局"], heads=heads)

    assert (done, text_in(workspace)) == ([], before)
    assert [(problem.line, problem.message) for problem in problems][1:] == [
        (3, "“143069”在清单上已经不归本单位，记录没有动")
    ]


def test_a_flood_of_rows_is_refused_before_any_is_read(workspace: Path) -> None:
    with pytest.raises(UnusableError, match="有10,001行，一次最多读 10,000 行"):
        imported(workspace, *([str(n)] for n in range(10_001)))


def test_a_title_broken_behind_its_first_word_is_taken_without_the_blank(workspace: Path) -> None:
    imported(workspace, row(案由="关于 优化夜市管理\n的建议"))

    assert "案由: 优化夜市管理\n" in text_in(workspace)


def test_a_column_that_is_not_understood_is_named_with_the_nearest(workspace: Path) -> None:
    _, problems = full(workspace, [*ROW, "x"], heads=[*HEADS, "交办机构"])

    assert [(problem.message, problem.cure) for problem in problems] == [
        ("G列“交办机构”没有读入", "如果就是“交办单位”，加上 --column 交办机构=交办单位")
    ]


def test_a_list_without_a_header_is_refused(workspace: Path) -> None:
    with pytest.raises(UnusableError, match=r"找不到表头（表头一行里至少要有“案号”“案由”“提案人”）"):
        imported(workspace, ["x"], heads=["甲", "乙"])


def test_a_list_without_numbers_is_refused_with_the_columns_that_might_be_it(workspace: Path) -> None:
    with pytest.raises(
        UnusableError, match=r"没有“案号”这一列（哪一列是案号？写成 --column 列名=案号；还没有读懂的列：“流水”）"
    ):
        imported(workspace, ["1", "x", "y"], heads=["流水", "案由", "提案人"])


def test_a_column_that_the_clerk_explains_is_read_and_remembered(workspace: Path) -> None:
    heads = ["流水", *HEADS[1:]]
    explained = replace(CLERK, names={"流水": "案号"})

    assert [one.number for one in imported(workspace, ROW, heads=heads, clerk=explained)] == ["143069"]
    assert [one.number for one in imported(workspace, row(案号="143070"), heads=heads)] == ["143070"]
    assert (workspace / "dafu.yaml").read_text(encoding="utf-8") == OFFICE + "导入列名:\n  流水: 案号\n"


def test_a_rehearsal_remembers_no_column(workspace: Path) -> None:
    imported(workspace, ROW, heads=["流水", *HEADS[1:]], clerk=replace(CLERK, dry=True, names={"流水": "案号"}))

    assert (workspace / "dafu.yaml").read_text(encoding="utf-8") == OFFICE


def test_a_column_that_the_list_does_not_have_is_told_and_not_remembered(workspace: Path) -> None:
    _, problems = full(workspace, ROW, clerk=replace(CLERK, names={"留水": "案号"}))

    assert [problem.message for problem in problems] == ["没有“留水”这一列"]
    assert "导入列名" not in (workspace / "dafu.yaml").read_text(encoding="utf-8")


def test_a_key_that_is_none_is_refused_with_the_nearest(workspace: Path) -> None:
    with pytest.raises(WrongUsageError, match="“案油”不是台账的列（是不是“案由”？）"):
        imported(workspace, ROW, clerk=replace(CLERK, names={"题目": "案油"}))


def test_a_key_in_the_settings_that_is_none_is_a_fault_of_the_settings(workspace: Path) -> None:
    make_workspace(workspace, OFFICE + "导入列名: {题目: 案油}\n")

    with pytest.raises(UnusableError, match=r"dafu.yaml: 导入列名 “案油”不是"):
        imported(workspace, ROW)


def test_what_lists_have_set_survives_in_plain_values(workspace: Path) -> None:
    imported(workspace, ROW)
    opened = store.open_workspace(workspace)

    values = store.imported(opened, workspace / "proposals" / "2025" / "143069.yaml")

    assert values["案由"] == "优化夜市管理"
    assert yamltext.parse(text_in(workspace))[1] == []
