from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ("--today", "2025-06-16")  # a Monday
KEYS = {
    *("案号", "类别", "层级", "届次", "案由", "提案人", "角色", "科室", "经办人", "重点"),
    *("阶段", "期限", "剩余", "灯", "暂定", "时钟", "文件"),
}


def due_on(day: str, number: str, more: str = "") -> str:
    return f"{RECORD.replace('143069', number)}期限: {day}\n{more}"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path,
        甲=due_on("2025-06-25", "1", "科室: 市场科\n经办人: 苏晚晴\n"),
        乙=due_on("2025-06-16", "2", "科室: 外贸科\n重点: 是\n"),
        丙=due_on("2025-06-18", "3", "科室: 市场科\n办理过程: [{日期: 2025-06-10, 环节: 交办}]\n"),
        丁=f"{RECORD.replace('143069', '4')}办理过程: [{{日期: 2025-03-10, 环节: 印发, 发文字号: 东商〔2025〕7号}}]\n",
    )


def rows(folder: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dafu(folder, *TODAY, "due", "--json", *words).out)
    return found


def test_a_row_for_each_open_clock_the_most_pressing_first(workspace: Path) -> None:
    run = dafu(workspace, *TODAY, "due")

    assert (run.code, run.err) == (0, "")
    assert [line.split() for line in run.out.splitlines()] == [
        ["灯", "剩余", "期限", "事项", "案号", "案由", "阶段", "科室", "经办人"],
        ["红", "今天", "2025-06-16", "答复", "2", "★优化夜市管理", "未交办", "外贸科"],
        ["红", "2天", "2025-06-18", "答复", "3", "优化夜市管理", "已交办", "市场科"],
        ["黄", "6天", "2025-06-24", "退办", "3", "优化夜市管理", "已交办", "市场科"],
        ["黄", "7天", "2025-06-25", "答复", "1", "优化夜市管理", "未交办", "市场科", "苏晚晴"],
        ["绿", "11天", "2025-07-01", "首次沟通", "3", "优化夜市管理", "已交办", "市场科"],
    ]


def test_json_has_the_keys_of_the_list_and_the_clock(workspace: Path) -> None:
    found = rows(workspace)

    assert [set(row) for row in found] == [KEYS] * 5
    assert found[0] == {
        "案号": "2",
        "类别": "提案",
        "层级": "市",
        "届次": "市政协十四届三次会议",
        "案由": "优化夜市管理",
        "提案人": ["林晓"],
        "角色": "独办",
        "科室": "外贸科",
        "经办人": None,
        "重点": True,
        "阶段": "未交办",
        "期限": "2025-06-16",
        "剩余": 0,
        "灯": "红",
        "暂定": False,
        "时钟": "答复",
        "文件": "proposals/乙.yaml",
    }


@pytest.mark.parametrize(("day", "code"), [("2025-06-16", 0), ("2025-06-17", 1), ("2025-06-23", 1)])
def test_something_overdue_is_told_by_the_exit_code(day: str, code: int, workspace: Path) -> None:
    run = dafu(workspace, "--today", day, "due")

    assert run.code == code
    assert ("逾期" in run.out) is bool(code)
    assert dafu(workspace, "--today", day, "due", "--json", "--days", "0").code == code


def test_how_long_it_is_overdue_is_told(workspace: Path) -> None:
    assert "过3天" in dafu(workspace, "--today", "2025-06-19", "due").out.splitlines()[1]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["--days", "0"], ["2 答复"]),
        (["--days", "6"], ["2 答复", "3 答复", "3 退办"]),
        (["科室=外贸科"], ["2 答复"]),
        (["经办人=苏晚晴"], ["1 答复"]),
        (["科室=市场科", "--days", "2"], ["3 答复"]),
        (["灯=黄"], ["3 退办", "1 答复"]),  # the light of the row's own clock
        (["时钟=首次沟通"], ["3 首次沟通"]),
        (["剩余=0"], ["2 答复"]),
        (["阶段=未交办"], ["2 答复", "1 答复"]),
        (["苏晚晴"], ["1 答复"]),
    ],
)
def test_rows_are_chosen_by_words_and_days(words: list[str], chosen: list[str], workspace: Path) -> None:
    assert [f"{row['案号']} {row['时钟']}" for row in rows(workspace, *words)] == chosen


def test_what_is_chosen_decides_the_exit_code(workspace: Path) -> None:
    assert dafu(workspace, "--today", "2025-06-17", "due", "科室=市场科").code == 0
    assert dafu(workspace, "--today", "2025-06-17", "due", "科室=外贸科").code == 1


@pytest.mark.parametrize("words", [["灯灯=黄"], ["--days", "-1"], ["--days", "两"]])
def test_wrong_words_are_wrong_usage(words: list[str], workspace: Path) -> None:
    run = dafu(workspace, "due", *words)

    assert (run.code, run.out) == (2, "")


def test_a_broken_record_is_named_and_weighs_more_than_what_is_overdue(workspace: Path) -> None:
    (workspace / "proposals/戊.yaml").write_text("案号: 5\n签发: 周明远\n", encoding="utf-8")
    run = dafu(workspace, "--today", "2025-06-23", "due", "--json")

    assert run.code == 3
    assert len(json.loads(run.out)) > 3
    assert "proposals/戊.yaml" in run.err


def test_the_list_goes_into_a_calendar_and_a_digest(workspace: Path) -> None:
    dafu(workspace, *TODAY, "due", "--ics", "到期.ics", "--digest", "简报.html")
    dafu(workspace, *TODAY, "due", "科室=外贸科", "--digest", "简报.txt")

    calendar = icalendar.Calendar.from_ical((workspace / "到期.ics").read_bytes())
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")][:2] == [
        "答复：2 优化夜市管理",
        "答复：3 优化夜市管理",
    ]
    assert (workspace / "简报.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (workspace / "简报.txt").read_text(encoding="utf-8").splitlines()[1:4] == ["红1件", "", "外贸科"]


def test_a_rehearsal_writes_neither(workspace: Path) -> None:
    run = dafu(workspace, *TODAY, "due", "--ics", "到期.ics", "--digest", "简报.html", "-n")

    assert run.code == 0
    assert sorted(path.name for path in workspace.iterdir()) == ["dafu.yaml", "proposals"]


def test_a_day_that_a_coming_notice_may_move_is_marked(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=f"{RECORD}办理过程: [{{日期: 2027-01-20, 环节: 交办}}]\n")
    run = dafu(tmp_path, "--today", "2027-01-21", "due")

    assert "2027-02-03（暂定）" in run.out
    assert "2027-04-20（暂定）" not in run.out
    found = json.loads(dafu(tmp_path, "--today", "2027-01-21", "due", "--json").out)
    assert [row["暂定"] for row in found] == [True, True, False]


def test_hidden_characters_are_written_out_on_the_screen(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=due_on("2025-06-18", "1", '科室: "夜\\u202e市"\n'))

    out = dafu(tmp_path, *TODAY, "due").out
    assert "\u202e" not in out
    assert "\\u202e" in out


@pytest.mark.parametrize("taken", ["dafu.yaml", "proposals/2025/甲.yaml", "templates/答复.j2", "旁的.txt"])
def test_a_feed_never_takes_the_place_of_anything_but_an_older_feed(workspace: Path, taken: str) -> None:
    target = workspace / taken
    target.parent.mkdir(exist_ok=True, parents=True)
    before = target.read_bytes() if target.exists() else b"mine"
    target.write_bytes(before)

    for option in ("--ics", "--digest"):
        run = dafu(workspace, *TODAY, "due", option, taken)
        assert run.code == 4
        assert taken in run.err
    assert target.read_bytes() == before

    assert dafu(workspace, *TODAY, "due", "--ics", "到期.ics").code != 4
    assert dafu(workspace, *TODAY, "due", "--ics", "到期.ics").code != 4
