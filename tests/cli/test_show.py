from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

MORE = """\
答复: {办理结果: A, 联系人: [麻东, 刘欢]}
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
"""
KEYS = {
    *("案号", "类别", "层级", "届次", "会期", "案由", "分类", "提案人", "建议事项", "角色", "主办单位", "会办单位"),
    *("并案", "重点", "语种", "分管领导", "科室", "经办人", "期限", "保管期限", "答复", "再次答复", "办理过程"),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": RECORD + MORE})


def test_a_record_is_shown_in_its_own_words(workspace: Path) -> None:
    shown = dafu(workspace, "show", "143069")

    assert shown.code == 0
    lines = shown.out.splitlines()
    assert lines[0] == "文件：proposals/143069.yaml"
    assert {"案号：143069", "类别：提案", "层级：市", "重点：否", "  联系人：麻东、刘欢"} <= set(lines)
    assert "  日期：2025-08-26  环节：签发  签发人：周明远" in lines


def test_json_nests_as_the_file_does_and_adds_what_is_computed(workspace: Path) -> None:
    shown = json.loads(dafu(workspace, "show", "143069", "--json").out)

    assert set(shown) == KEYS | {"阶段", "依据", "时钟"}
    assert shown["提案人"][0]["姓名"] == "林晓"
    assert shown["办理过程"][0]["日期"] == "2025-03-05"
    assert shown["重点"] is False
    assert shown["分类"] is None


def test_values_that_events_and_office_say_are_shown_in_the_reply(workspace: Path) -> None:
    reply = json.loads(dafu(workspace, "show", "143069", "--json").out)["答复"]

    assert (reply["签发人"], reply["成文日期"]) == ("周明远", "2025-08-26")
    assert (reply["联系电话"], reply["抄送"]) == ("60010023", ["市政协提案委"])
    assert reply["发文字号"] is None


def test_a_broken_record_is_answered_with_its_faults(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": RECORD + "签发: 周明远\n"})
    shown = dafu(tmp_path, "show", "143069")

    assert (shown.code, shown.out) == (3, "")
    assert shown.err.startswith("proposals/143069.yaml:5: 签发 “签发”不是字段")


def test_a_record_that_is_not_there_is_said_so(workspace: Path) -> None:
    shown = dafu(workspace, "show", "143099")

    assert shown.code == 3
    assert "没有“143099”这一件" in shown.err


def test_control_characters_are_shown_written_out(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": RECORD + '分类: "夜\\u202e市"\n'})
    shown = dafu(tmp_path, "show", "143069")

    assert "\u202e" not in shown.out + shown.err
    assert "\\u202e" in shown.out + shown.err
