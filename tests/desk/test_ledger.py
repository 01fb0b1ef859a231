from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dafu import store
from dafu.desk.case import calendar_of
from dafu.desk.imports import Outcome
from dafu.desk.ledger import write_ledger
from dafu.desk.lists import Clerk, import_list
from dafu.desk.standing import Overview
from dafu.errors import RefusedError, UnusableError, WrongUsageError
from dafu.store import Author
from records import OFFICE, RECORD, make_workspace, text_of
from spreadsheets import columns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2025, 6, 3)
CLERK = Clerk(Author("苏晚晴", "2025-06-03T09:00:00+08:00"), TODAY, dry=False)
FULL = text_of("""
    案号: "0143069"
    届次: 市政协十四届三次会议
    案由: =优化夜市管理
    提案人:
      - {姓名: 林晓, 单位: 东河甲公司, 界别: 工商联, 电话: 60010023}
      - {团体: 青年先锋, 联系人: 何苗}
    建议事项: [增设摊位, "延长时间\\n到二十二点"]
    角色: 主办
    会办单位: [市财政局, 市教育局]
    重点: 是
    期限: 2025-08-31
    答复: {办理结果: B, 公开: 不予公开, 公开理由: 涉及未定规划}
    再次答复: [{办理结果: A, 公开: 主动公开}]
    办理过程:
      - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
      - {日期: 2025-03-06, 环节: 签收}
      - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 经办人: 程砚}
      - {日期: 2025-03-12, 环节: 征求会办, 单位: 市财政局, 期限: 2025-04-12}
      - {日期: 2025-03-12, 环节: 征求会办, 单位: 市教育局}
      - {日期: 2025-03-20, 环节: 沟通, 方式: 面商, 对象: 林晓}
      - {日期: 2025-04-01, 环节: 沟通, 方式: 电话, 对象: 青年先锋}
      - {日期: 2025-04-10, 环节: 会办意见, 单位: 市财政局}
      - {日期: 2025-04-11, 环节: 会办意见, 单位: 市教育局, 免: 已并入市财政局意见}
      - {日期: 2025-04-20, 环节: 签发, 签发人: 顾行舟}
      - {日期: 2025-04-21, 环节: 印发, 发文字号: 东商〔2025〕7号}
      - {日期: 2025-04-22, 环节: 送达, 对象: 林晓, 方式: 面交}
      - {日期: 2025-04-30, 环节: 反馈, 对象: 林晓, 整体: 不满意, 意见: "摊位不够\\n再增"}
      - {日期: 2025-05-06, 环节: 重办, 理由: 不满意}
      - {日期: 2025-05-20, 环节: 签发, 签发人: 顾行舟}
      - {日期: 2025-05-21, 环节: 印发, 发文字号: 东商〔2025〕12号}
""")


def ledger(folder: Path, name: str = "台账.xlsx", by: str | None = None, *, dry: bool = False) -> Path:
    workspace = store.open_workspace(folder)
    overview = Overview(workspace, calendar_of(workspace), TODAY)
    assert overview.problems == []
    path = folder / name
    write_ledger(workspace, path, overview.standings, by, dry=dry)
    return path


def taken_over(path: Path, folder: Path) -> list[Outcome]:
    """Import a ledger into another workspace."""
    done, problems = import_list(store.open_workspace(folder), path, path.read_bytes(), CLERK)
    assert [problem.message for one in done for problem in one.problems] == []
    assert problems == []
    return [one.outcome for one in done]


def numbered(number: str, more: str = "") -> str:
    return RECORD.replace("143069", number) + more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path / "甲", 一=FULL, 二=numbered("143070", "角色: 会办\n主办单位: 市财政局\n科室: 外贸科\n")
    )


def test_a_ledger_says_what_the_records_say(folder: Path) -> None:
    first, second = columns(ledger(folder).read_bytes())

    assert first == {
        "序号": "1",
        "类别": "提案",
        "层级": "市",
        "届次": "市政协十四届三次会议",
        "会期": "会间",
        "案号": "0143069",
        "案由": "=优化夜市管理",
        "提案类型": "个人\n集体",
        "提案人": "林晓、青年先锋",
        "提案人单位": "东河甲公司\n—",
        "界别": "工商联\n—",
        "联系人": "—\n何苗",
        "联系电话": "60010023\n—",
        "重点": "是",
        "语种": "简体",
        "建议事项": "增设摊位\n延长时间␤到二十二点",
        "交办日期": "2025-03-05",
        "交办单位": "市政府办公室",
        "角色": "主办",
        "主办单位": "市商务局",
        "会办单位": "市财政局、市教育局",
        "办理期限": "2025-08-31",
        "签收日期": "2025-03-06",
        "分办日期": "2025-03-10",
        "责任科室": "市场科",
        "经办人": "程砚",
        "征求会办日期": "2025-03-12\n2025-03-12",
        "征求会办单位": "市财政局\n市教育局",
        "会办意见期限": "2025-04-12\n—",
        "沟通日期": "2025-03-20\n2025-04-01",
        "沟通方式": "面商\n电话",
        "沟通对象": "林晓\n青年先锋",
        "会办意见日期": "2025-04-10\n2025-04-11",
        "会办意见单位": "市财政局\n市教育局",
        "会办意见免收理由": "—\n已并入市财政局意见",
        "签发日期": "2025-04-20\n2025-05-20",
        "签发人": "顾行舟\n顾行舟",
        "印发日期": "2025-04-21\n2025-05-21",
        "发文字号": "东商〔2025〕7号\n东商〔2025〕12号",
        "办理结果": "B\nA",
        "公开属性": "不予公开\n主动公开",
        "公开理由": "涉及未定规划",
        "送达日期": "2025-04-22",
        "送达对象": "林晓",
        "送达方式": "面交",
        "反馈日期": "2025-04-30",
        "反馈人": "林晓",
        "整体评价": "不满意",
        "反馈意见": "摊位不够\n再增",
        "重办日期": "2025-05-06",
        "重办理由": "不满意",
        "阶段": "已印发",
    }
    assert second["主办单位"] == "市财政局"


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_a_ledger_comes_back_without_loss(name: str, folder: Path, tmp_path: Path) -> None:
    path = ledger(folder, name)
    other = make_workspace(tmp_path / "乙")

    assert taken_over(path, other) == [Outcome.NEW, Outcome.NEW]

    assert columns(ledger(other, "再.xlsx").read_bytes()) == columns(ledger(folder, "再.xlsx").read_bytes())
    opened, again = store.open_workspace(folder), store.open_workspace(other)
    first, second = (store.find(one, "0143069", folder).proposal for one in (opened, again))
    assert second.events == first.events
    assert (second.proposers, second.asks, second.replies) == (first.proposers, first.asks, first.replies)


def test_a_ledger_comes_back_into_its_own_workspace_without_a_change(folder: Path) -> None:
    assert taken_over(ledger(folder), folder) == [Outcome.SAME, Outcome.SAME]


def test_the_office_chooses_columns_and_their_order(folder: Path) -> None:
    make_workspace(folder, OFFICE + "台账列: [案号, 题目, 灯]\n")

    sheet = load_workbook(ledger(folder)).worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["案号", "案由", "灯"]


def test_a_column_that_is_none_is_a_fault_of_the_settings(folder: Path) -> None:
    make_workspace(folder, OFFICE + "台账列: [案号, 案油]\n")

    with pytest.raises(UnusableError, match=r"dafu.yaml: 台账列 “案油”不是台账的列（是不是“案由”？）"):
        ledger(folder)


@pytest.mark.parametrize(("by", "names"), [("角色", ["主办", "会办"]), ("科室", ["外贸科", "市场科"])])
def test_one_sheet_for_each_role_or_section(by: str, names: list[str], folder: Path) -> None:
    assert load_workbook(ledger(folder, by=by)).sheetnames == sorted(names)


def test_the_light_colours_its_cell(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path, 甲=numbered("1", "期限: 2025-06-02\n"), 乙=numbered("2", "期限: 2025-12-31\n"))
    sheet = load_workbook(ledger(folder)).worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == "灯")

    looks = [(sheet.cell(row, place).value, sheet.cell(row, place).fill.fgColor.rgb) for row in (2, 3)]

    assert looks == [("绿", "00E2EFDA"), ("逾期", "00FF9999")]  # 乙 before 甲


def test_a_ledger_is_replaced_while_nobody_has_changed_it(folder: Path) -> None:
    for name in ("台账.xlsx", "台账.csv", "台账.md"):
        ledger(folder, name)
        path = ledger(folder, name)
        path.write_bytes(path.read_bytes() + b" ")

        with pytest.raises(RefusedError, match="没有覆盖"):
            ledger(folder, name)

        assert path.read_bytes().endswith(b" ")


def test_a_file_of_another_making_is_never_replaced(folder: Path) -> None:
    (folder / "台账.xlsx").write_text("别人的", encoding="utf-8")

    with pytest.raises(RefusedError):
        ledger(folder, dry=True)

    assert (folder / "台账.xlsx").read_text(encoding="utf-8") == "别人的"


def test_a_ledger_never_stands_among_the_records(folder: Path) -> None:
    with pytest.raises(RefusedError, match="不能写在记录"):
        ledger(folder, "proposals/台账.xlsx")


def test_a_rehearsal_writes_nothing(folder: Path) -> None:
    assert not ledger(folder, dry=True).exists()
    assert not (folder / ".dafu").exists()


def test_another_suffix_is_refused_and_csv_has_one_sheet_only(folder: Path) -> None:
    with pytest.raises(WrongUsageError, match="换一个后缀"):
        ledger(folder, "台账.xls")
    with pytest.raises(WrongUsageError, match="CSV 只有一张表"):
        ledger(folder, "台账.csv", by="角色")


def test_a_text_too_long_for_a_cell_is_refused_and_never_cut(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path, 甲=numbered("1", f"建议事项: [{'字' * 32_768}]\n"))

    with pytest.raises(UnusableError, match="1 “建议事项”有32,768个字，一格放不下"):
        ledger(folder)

    assert not (folder / "台账.xlsx").exists()


def test_markdown_is_a_table_for_each_sheet(folder: Path) -> None:
    make_workspace(folder, OFFICE + "台账列: [案号, 案由, 沟通日期]\n")

    text = ledger(folder, "台账.md", by="角色").read_text(encoding="utf-8")

    assert text == (
        "# 办理台账\n"
        "\n## 主办\n\n| 案号 | 案由 | 沟通日期 |\n| --- | --- | --- |\n"
        "| 0143069 | =优化夜市管理 | 2025-03-20<br>2025-04-01 |\n"
        "\n## 会办\n\n| 案号 | 案由 | 沟通日期 |\n| --- | --- | --- |\n"
        "| 143070 | 优化夜市管理 |  |\n"
    )


LINE = st.text("优化夜市管理abz09=+-@'#:：|（）〔〕", min_size=1, max_size=8).filter(
    lambda text: text not in ("-", "--") and not text.endswith("：")
)
NAME = st.text("林晓苏晚晴顾行舟程砚", min_size=2, max_size=4)
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(date.isoformat)
KEYS: dict[str, st.SearchStrategy[object]] = {
    "案由": LINE,
    "分类": LINE,
    "重点": st.sampled_from(["是", "否"]),
    "会期": st.sampled_from(["会间", "闭会"]),
    "科室": LINE,
    "分管领导": NAME,
    "期限": DAYS,
    "建议事项": st.lists(st.text("增设摊位=\n", min_size=1).filter(str.strip), min_size=1, max_size=3),
    "并案": st.lists(st.sampled_from(["0001", "建议2", "X-3"]), min_size=1, unique=True),
    "提案人": st.lists(
        st.builds(
            lambda head, name, **more: {head: name} | {key: value for key, value in more.items() if value},
            st.sampled_from(["姓名", "团体"]),
            NAME,
            电话=st.none() | st.from_regex("[0-9]{8}", fullmatch=True),
            单位=st.none() | LINE,
        ),
        min_size=1,
        max_size=3,
    ),
    "办理过程": st.lists(
        st.builds(
            lambda day, step: {"日期": day} | step,
            DAYS,
            st.sampled_from(
                [
                    {"环节": "交办", "交办单位": "市政府办公室"},
                    {"环节": "签收"},
                    {"环节": "沟通", "方式": "面商", "对象": "林晓、程砚"},
                    {"环节": "反馈", "对象": "林晓", "整体": "满意", "意见": "好\n很好"},
                    {"环节": "签发", "签发人": "顾行舟 程砚"},
                    {"环节": "印发", "发文字号": "东商〔2025〕7号"},
                    {"环节": "重办"},
                ]
            ),
        ),
        max_size=6,
        unique_by=lambda event: event["日期"],  # on one day events come back in the order of the handling
    ).map(lambda events: sorted(events, key=lambda event: event["日期"])),
    "答复": st.fixed_dictionaries(
        {"办理结果": st.sampled_from("ABCD"), "公开": st.just("依申请公开"), "公开理由": LINE}
    ),
}


@given(
    record=st.fixed_dictionaries(
        {"案由": LINE, "提案人": KEYS["提案人"]},
        optional={key: one for key, one in KEYS.items() if key not in ("案由", "提案人")},
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_comes_back_from_its_ledger(
    record: dict[str, object], make_workspace: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = json.dumps({"案号": "0069", "届次": "市政协十四届三次会议", **record}, ensure_ascii=False)
    one = make_workspace(tmp_path_factory.mktemp("甲"), 甲=said)
    other = make_workspace(tmp_path_factory.mktemp("乙"))
    path = ledger(one)

    assert taken_over(path, other) == [Outcome.NEW]

    assert columns(ledger(other).read_bytes()) == columns(path.read_bytes())
