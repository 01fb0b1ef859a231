from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from dafu.workdays import published
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

HANDED = RECORD + "办理过程:\n  - {日期: 2025-04-25, 环节: 交办}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": HANDED})


def test_start_rule_skipped_days_with_their_notice_and_result_are_told(workspace: Path) -> None:
    run = dafu(workspace, "why", "143069", "退办")

    # Friday 25 April itself is not counted: Sunday the 27th, made up for, is the first working day, the 30th the
    # fourth; 6 to 9 May are the fifth to the eighth, Monday the 12th the ninth
    head, *lines = run.out.splitlines()
    notice = published()[2025].source
    assert head == "退办：2025-05-13"
    assert [line.strip() for line in lines] == [
        "起算：2025-04-25（周五）交办",
        "规则：交办后10个工作日",
        "2025-04-25当日不计，从次日数起（民法典第二百零一条）",
        "不计周六、周日3天：2025-04-26、2025-05-10至2025-05-11",
        f"不计2025-05-01至2025-05-05，放假日：劳动节（{notice}）",
        f"照计2025-04-27（周日），补班日：劳动节（{notice}）",
        "第10个工作日：2025-05-13（周二）",
    ]
    assert "2025年" in notice


def test_without_a_clock_all_are_told(workspace: Path) -> None:
    lines = dafu(workspace, "why", "143069").out.splitlines()

    assert [line for line in lines if not line.startswith(" ")] == [
        "退办：2025-05-13",
        "首次沟通：2025-05-20",
        "答复：2025-07-25",
    ]


def test_json_says_the_same(workspace: Path) -> None:
    (clock,) = json.loads(dafu(workspace, "why", "143069", "答复", "--json").out)

    known = {"名称": "答复", "起": "交办", "起算日": "2025-04-25", "规则": "交办后3个月", "期限": "2025-07-25"}
    assert clock.items() >= (known | {"原期限": None, "暂定": False, "止": None}).items()
    assert "  ".join(clock["说明"]).endswith("延期最迟到2025-10-25（周六）")


def test_show_has_the_same_clocks(workspace: Path) -> None:
    shown = json.loads(dafu(workspace, "show", "143069", "--json").out)["时钟"]
    told = json.loads(dafu(workspace, "why", "143069", "--json").out)

    keys = {"名称", "起", "起算日", "规则", "期限", "原期限", "剩余", "灯", "暂定", "止"}
    assert [set(clock) - {"单位"} for clock in shown] == [keys] * 3
    assert [clock.items() >= one.items() for clock, one in zip(told, shown, strict=True)] == [True] * 3


def test_an_extension_and_the_stop_are_told_with_the_lateness_to_both_days(tmp_path: Path) -> None:
    more = (
        "  - {日期: 2025-07-20, 环节: 延期, 至: 2025-08-25, 理由: 涉及面广, 批准单位: 市政协提案委}\n"
        "  - {日期: 2025-09-01, 环节: 印发, 发文字号: 东商〔2025〕7号}\n"
    )
    make_workspace(tmp_path, **{"143069": HANDED + more})

    assert dafu(tmp_path, "why", "143069", "答复").out.splitlines()[-6:] == [
        "  延期：2025-07-20市政协提案委同意延到2025-08-25（周一），理由：涉及面广",
        "  原期限：2025-07-25（周五）",
        "  延期最迟到2025-10-25（周六）",
        "  止于2025-09-01（周一）印发",
        "  比期限迟7天",
        "  比原期限迟38天",
    ]


def test_a_period_that_ends_on_a_day_off_says_so_and_moves_only_where_the_office_says(tmp_path: Path) -> None:
    record = HANDED.replace("2025-04-25", "2025-07-04")
    folder = make_workspace(tmp_path, **{"143069": record})
    stays = dafu(folder, "why", "143069", "答复").out
    make_workspace(tmp_path, OFFICE + "顺延: 是\n")
    moves = dafu(folder, "why", "143069", "答复").out

    assert stays.startswith("答复：2025-10-04\n")
    assert "末日是放假日：国庆节" in stays
    assert moves.startswith("答复：2025-10-09\n")
    assert "顺延到2025-10-09（周四）（民法典第二百零三条）" in moves


def test_a_year_without_a_notice_is_provisional_with_both_bounds(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": HANDED.replace("2025-04-25", "2027-01-20")})
    lines = dafu(tmp_path, "--today", "2027-01-21", "why", "143069", "首次沟通").out.splitlines()

    assert lines[0] == "首次沟通：2027-02-12"
    assert lines[-1].startswith("  暂定：2027年节假日安排尚未公布")
    assert lines[-1].endswith("，最早2027-02-10，最迟2027-02-19")


def test_the_units_of_a_lead_are_told_each(tmp_path: Path) -> None:
    asked = "  - {日期: 2025-04-28, 环节: 征求会办, 单位: 市财政局}\n"
    asked += "  - {日期: 2025-04-28, 环节: 征求会办, 单位: 市公安局, 期限: 2025-05-20}\n"
    make_workspace(tmp_path, **{"143069": f"角色: 主办\n会办单位: [市财政局, 市公安局]\n{HANDED}{asked}"})
    lines = dafu(tmp_path, "why", "143069", "会办意见").out.splitlines()

    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == ["会办意见（市财政局）：2025-05-28", "会办意见（市公安局）：2025-05-20"]
    assert "  规则：征求会办时写明" in lines


def test_a_clock_that_has_not_started_is_said_so(workspace: Path) -> None:
    run = dafu(workspace, "why", "143069", "反馈")

    assert (run.code, run.out) == (0, "143069：反馈还没有起算\n")


def test_an_unknown_clock_is_wrong_usage(workspace: Path) -> None:
    run = dafu(workspace, "why", "143069", "回复")

    assert (run.code, run.out) == (2, "")
    assert "没有“回复”这个时钟（可用：退办、首次沟通、会办意见、答复、反馈、重办、公开、跟踪）" in run.err
