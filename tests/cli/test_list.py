from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

FIRST = """\
案号: "0031"
类别: 建议
届次: 市人大十六届四次会议
案由: '整治“飞线”充电，规范 "临时" 停放'
提案人: [李䶮, 程亦舟]
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 经办人: 苏晚晴}
"""
SECOND = """\
案号: "0215"
层级: 省
届次: 省政协十三届三次会议
案由: 发展服务贸易
提案人: [{团体: 民革省委会}]
角色: 会办
主办单位: 省商务厅
重点: 是
"""
KEYS = ["案号", "类别", "层级", "届次", "案由", "提案人", "角色", "科室", "经办人", "重点"]
KEYS += ["阶段", "期限", "剩余", "灯", "暂定", "文件"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, 甲=FIRST, 乙=SECOND)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def test_the_columns_of_chinese_text_stand_under_each_other(workspace: Path) -> None:
    head, first, second = dafu(workspace, "list").out.splitlines()

    for column, cells in {
        "类别": ("提案", "建议"),
        "角色": ("会办", "独办"),
        "提案人": ("民革省委会", "李䶮等2人"),
    }.items():
        places = {
            width(line[: line.index(cell)]) for line, cell in zip((head, first, second), (column, *cells), strict=True)
        }
        assert len(places) == 1


def test_json_has_every_key_of_the_contract(workspace: Path) -> None:
    second, first = json.loads(dafu(workspace, "list", "--json").out)

    assert [list(first), list(second)] == [KEYS, KEYS]
    assert first | {"阶段": None, "期限": None, "剩余": None, "灯": None, "暂定": False} == {
        "案号": "0031",
        "类别": "建议",
        "层级": "市",
        "届次": "市人大十六届四次会议",
        "案由": '整治“飞线”充电，规范 "临时" 停放',
        "提案人": ["李䶮", "程亦舟"],
        "角色": "独办",
        "科室": "市场科",
        "经办人": "苏晚晴",
        "重点": False,
        "阶段": None,
        "期限": None,
        "剩余": None,
        "灯": None,
        "暂定": False,
        "文件": "proposals/甲.yaml",
    }
    assert second["提案人"] == ["民革省委会"]
    assert second["重点"] is True


def test_csv_can_be_parsed_and_loses_no_zero(workspace: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(dafu(workspace, "list", "--csv").out)))

    assert [row["案号"] for row in rows] == ["0215", "0031"]
    assert rows[1]["案由"] == '整治“飞线”充电，规范 "临时" 停放'


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ([], ["0215", "0031"]),
        (["角色=会办"], ["0215"]),
        (["角色!=会办"], ["0031"]),
        (["案由~飞线"], ["0031"]),
        (["服务贸易"], ["0215"]),
        (["提案人.姓名=李䶮"], ["0031"]),
        (["提案人.团体~民革"], ["0215"]),
        (["提案人~民革"], ["0215"]),
        (["阶段=办理中"], ["0031"]),
        (["阶段!=办理中"], ["0215"]),
        (["办理过程.环节=分办", "类别=建议"], ["0031"]),
        (["科室=市场科"], ["0031"]),  # known from the last 分办
        (["重点=是", "类别=建议"], []),
        (["没有这个词"], []),
    ],
)
def test_words_choose_records(workspace: Path, words: list[str], numbers: list[str]) -> None:
    run = dafu(workspace, "list", "--json", *words)

    assert run.code == 0
    assert [row["案号"] for row in json.loads(run.out)] == numbers


@pytest.mark.parametrize("word", ["案因=甲", "答复.签发~周", "提案人.点话!=1"])
def test_an_unknown_key_is_wrong_usage(workspace: Path, word: str) -> None:
    run = dafu(workspace, "list", word)

    assert (run.code, run.out) == (2, "")
    assert f"“{word}”" in run.err
    assert "是不是" in run.err


def test_a_broken_record_hides_no_other_and_is_named(workspace: Path) -> None:
    (workspace / "proposals/丙.yaml").write_text("案号: 5\n案由：甲\n", encoding="utf-8")

    run = dafu(workspace, "list", "--json")

    assert run.code == 3
    assert [row["案号"] for row in json.loads(run.out)] == ["0215", "0031"]
    assert run.err.startswith("proposals/丙.yaml:2: 案由 键后面是全角冒号“：”（")


def test_an_empty_workspace_lists_nothing_but_the_heads(tmp_path: Path) -> None:
    make_workspace(tmp_path)

    assert dafu(tmp_path, "list").out.splitlines()[0].split()[:2] == ["案号", "类别"]
    assert json.loads(dafu(tmp_path, "list", "--json").out) == []


def test_hidden_characters_are_written_out_on_the_screen(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=FIRST.replace("程亦舟", "程\u202e亦舟").replace("充电", "充\u200b电"))

    out = dafu(tmp_path, "list").out

    assert r"充\u200b电" in out
    assert "\u200b" not in out


def test_the_file_is_given_as_it_is_typed_from_the_current_folder(workspace: Path) -> None:
    run = dafu(workspace / "proposals", "list", "--json", "角色=会办")

    assert [row["文件"] for row in json.loads(run.out)] == ["乙.yaml"]
