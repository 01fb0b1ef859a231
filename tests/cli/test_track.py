from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from commands import TODAY, dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

AUTOMATIC = OFFICE + "发文字号: {答复: {代字: 东商提函, 自动: 是}}\n"
TALKED = RECORD + "办理过程:\n  - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}\n"
SIGNED = TALKED + "  - {日期: 2025-05-05, 环节: 签发, 签发人: 周明远}\n"
ROUNDS = int(os.environ.get("DAFU_ROUNDS", "6"))
"""How often two clerks meet at one record."""
PAPERS = 4  # of each of eight processes


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    others = {number: SIGNED.replace("143069", number) for number in ("143070", "143071")}
    return make_workspace(tmp_path, AUTOMATIC, **{"143069": RECORD}, **others)


def events(folder: Path, number: str = "143069") -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(dafu(folder, "show", number, "--json").out)["办理过程"]
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ([], TODAY),
        (["日期="], TODAY),
        (["日期=今天"], TODAY),
        (["日期=昨天"], "2025-05-05"),
        (["日期=2025-04-30"], "2025-04-30"),
    ],
)
def test_an_event_is_of_today_unless_another_day_is_said(words: list[str], day: str, workspace: Path) -> None:
    run = dafu(workspace, "track", "143069", "签收", *words)

    assert (run.code, run.out, run.err) == (0, "143069：签收，已签收\n", "")
    assert [(event["日期"], event["环节"]) for event in events(workspace)] == [(day, "签收")]


def test_the_time_of_entering_is_that_of_the_real_clock_with_its_zone(workspace: Path) -> None:
    before = datetime.now().astimezone().replace(microsecond=0)
    dafu(workspace, "track", "143069", "签收")

    entered = datetime.fromisoformat(events(workspace)[0]["登记时间"])
    assert entered.utcoffset() is not None
    assert before <= entered <= datetime.now().astimezone()


def test_a_value_splits_at_the_first_equals_sign(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "签收", "说明=a=b=c", "经手人=苏晚晴")

    assert (events(workspace)[0]["说明"], events(workspace)[0]["经手人"]) == ("a=b=c", "苏晚晴")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["143069", "签法", "签发人=周明远"], "没有写环节（可用：交办、签收、"),
        (["143069", "印法", "发文字号=自动"], "是不是“印发”？"),
        (["签收"], "没有写案号（写成 dafu track 案号 签收 …）"),
        (["143069"], "没有写环节"),
        (["143069", "签发", "签发=周明远"], "“签发”不是签发的字段（是不是“签发人”？）"),
        (["143069", "签发"], "签发人 没有填写"),
        (["143069", "沟通", "方式=面商"], "对象 没有填写"),
        (["143069", "签收", "日期=2025-2-3"], "“2025-2-3”不是日期"),
        (["143069", "签收", "日期=明天"], "“明天”不是日期"),
        (["143069", "反馈", "对象=林晓", "整体=好"], "“好”"),
        (["143069", "签收", "周明远"], "“周明远”里没有半角等号（写成 字段=内容）"),
        (["143069", "签收", "说明＝甲"], "里没有半角等号"),
        (["143069", "签收", "说明=甲", "说明=乙"], "“说明”写了两次"),
        (["143069", "签收", "环节=撤案"], "不能写“环节=”"),
        (["143069", "签收", "登记时间=2020-01-01T00:00:00+08:00"], "登记时间由本工具填写"),
    ],
)
def test_wrong_words_are_wrong_usage_and_nothing_is_written(words: list[str], sentence: str, workspace: Path) -> None:
    before = tree(workspace)
    run = dafu(workspace, "track", *words)

    assert (run.code, run.out) == (2, "")
    assert sentence in run.err
    assert tree(workspace) == before


# --- what comes out


def test_json_tells_number_stage_and_document_number(workspace: Path) -> None:
    assert json.loads(dafu(workspace, "track", "143069", "签收", "--json").out) == [
        {"案号": "143069", "写入": True, "阶段": "已签收", "发文字号": None}
    ]
    assert json.loads(dafu(workspace, "track", "143070", "印发", "发文字号=自动", "--json").out) == [
        {"案号": "143070", "写入": True, "阶段": "已印发", "发文字号": "东商提函〔2025〕1号"}
    ]
    assert json.loads(dafu(workspace, "track", "143071", "印发", "发文字号=东商〔2025〕9号", "--json").out) == [
        {"案号": "143071", "写入": True, "阶段": "已印发", "发文字号": "东商〔2025〕9号"}
    ]


def test_a_rehearsal_prints_the_same_shape_shows_no_number_and_leaves_no_trace(workspace: Path) -> None:
    before = tree(workspace)
    words = ("track", "143070", "印发", "发文字号=自动", "-n")
    shown, told = dafu(workspace, *words, "--json"), dafu(workspace, *words)

    assert json.loads(shown.out) == [{"案号": "143070", "写入": False, "阶段": "已印发", "发文字号": None}]
    assert told.out == "143070：印发，已印发，印发时取号（没有写文件）\n"
    assert tree(workspace) == before
    assert sorted(path.name for path in workspace.iterdir()) == ["dafu.yaml", "proposals"]


def test_a_rehearsal_refuses_what_the_act_refuses(workspace: Path) -> None:
    assert dafu(workspace, "track", "143069", "签发", "签发人=周明远", "-n").code == 4
    assert dafu(workspace, "track", "143099", "签收", "-n").code == 3


def test_several_records_get_the_event_each_and_one_that_fails_stops_no_other(workspace: Path) -> None:
    (workspace / "proposals/143072.yaml").write_text("案号: 143072\n签发: 周明远\n", encoding="utf-8")

    run = dafu(workspace, "track", "143070", "143069", "143071", "印发", "发文字号=自动", "--json")
    assert run.code == 4
    assert [(one["案号"], one["写入"]) for one in json.loads(run.out)] == [("143070", True), ("143071", True)]
    assert run.err == "143069：没有签发，不能印发\n"

    run = dafu(workspace, "track", "143072", "143069", "143071", "印发", "发文字号=东商〔2025〕9号")
    assert run.code == 3  # what cannot be used weighs most
    assert run.out == "143071：印发，已印发，东商〔2025〕9号\n"
    assert "143072.yaml" in run.err
    assert "143069：没有签发" in run.err


def test_one_number_is_never_typed_for_two_records(workspace: Path) -> None:
    run = dafu(workspace, "track", "143070", "143071", "印发", "发文字号=东商〔2025〕9号")

    assert (run.code, run.out) == (4, "143070：印发，已印发，东商〔2025〕9号\n")
    assert "东商〔2025〕9号 已经用在" in run.err


def test_a_record_that_is_named_twice_gets_the_event_once(workspace: Path) -> None:
    dafu(workspace, "track", "143069", "143069", "签收")

    assert len(events(workspace)) == 1


def test_series_typed_by_hand_is_named_with_what_to_do(tmp_path: Path) -> None:
    make_workspace(tmp_path, OFFICE + "发文字号: {答复: 东商}\n", **{"143069": SIGNED})
    run = dafu(tmp_path, "track", "143069", "印发", "发文字号=自动")

    assert (run.code, run.out) == (2, "")
    assert "答复的发文字号由手工编（写 发文字号=东商〔2025〕1号" in run.err


def test_signing_a_merged_record_is_refused_with_its_lead_named(tmp_path: Path) -> None:
    lead = TALKED + "并案: ['143070']\n"
    make_workspace(tmp_path, **{"143069": lead, "143070": TALKED.replace("143069", "143070")})
    run = dafu(tmp_path, "track", "143070", "签发", "签发人=周明远")

    assert (run.code, run.err) == (4, "143070：已并入 143069，签发登记在 143069 上\n")


# --- real processes


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dafu", "--today", TODAY, *words]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_two_who_enter_into_one_record_at_once_are_both_kept_or_told(workspace: Path) -> None:
    wanted: list[str] = []
    for turn in range(ROUNDS):
        notes = [f"第{turn}次甲", f"第{turn}次乙"]
        both = [start(workspace, "track", "143069", "沟通", "方式=电话", "对象=林晓", f"说明={note}") for note in notes]
        for note, (code, _, err) in zip(notes, map(ended, both), strict=True):
            assert code in (0, 4), err
            if code == 0:
                wanted.append(note)
            else:
                assert "读出以后被" in err
        assert sorted(event["说明"] for event in events(workspace)) == sorted(wanted)
        assert len(wanted) > turn  # never both are refused


def test_those_who_enter_into_different_records_all_succeed(workspace: Path) -> None:
    numbers = ("143069", "143070", "143071")
    at_once = [start(workspace, "track", number, "征求意见", "对象=林晓") for number in numbers]

    assert [ended(process)[0] for process in at_once] == [0, 0, 0]
    assert [events(workspace, number)[-1]["环节"] for number in numbers] == ["征求意见"] * 3


def test_eight_processes_take_numbers_without_a_double_or_a_gap(tmp_path: Path) -> None:
    numbers = [str(143100 + n) for n in range(8 * PAPERS)]
    make_workspace(tmp_path, AUTOMATIC, **{number: SIGNED.replace("143069", number) for number in numbers})
    random.Random(20250506).shuffle(numbers)  # noqa: S311 -- a fixed disorder, no secret
    crowd = [start(tmp_path, "track", *numbers[place::8], "印发", "发文字号=自动", "--json") for place in range(8)]

    shown: dict[str, str] = {}
    for code, out, err in map(ended, crowd):
        assert (code, err) == (0, "")
        shown |= {one["案号"]: one["发文字号"] for one in json.loads(out)}
    assert sorted(shown) == sorted(numbers)
    assert set(shown.values()) == {f"东商提函〔2025〕{n}号" for n in range(1, 8 * PAPERS + 1)}
    register = json.loads(dafu(tmp_path, "numbers", "--json").out)
    assert {row["案号"]: row["发文字号"] for row in register} == shown
    assert dafu(tmp_path, "numbers").code == 0
