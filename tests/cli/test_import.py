from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from commands import dafu
from records import OFFICE, RECORD, make_workspace
from spreadsheets import listed, workbook

if TYPE_CHECKING:
    from pathlib import Path

HEADS = ("案号", "案由", "提案人", "交办日期")
KEYS = {"案号", "来源", "行", "文件", "说明"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path, **{"2025/143070": RECORD.replace("143069", "143070")})
    listed(
        folder / "清单.xlsx",
        HEADS,
        ("143069.0", "夜市", "林晓", "2025.3.5"),
        ("143070", "优化夜市管理", "林晓", None),
        ("143071", "菜场", "苏晚晴", "9月31日"),
    )
    return folder


def told(folder: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dafu(folder, "import", "--json", *words).out)
    return found


def test_each_row_is_told_and_counted(workspace: Path) -> None:
    run = dafu(workspace, "import", "清单.xlsx")

    assert run.out.splitlines() == [
        "清单.xlsx:3: 新增 143069 → proposals/2025/143069.yaml",
        "清单.xlsx:5: 有误 143071",
        "新增1件，更新0件，未变1件，有误1件",
    ]
    assert run.err.splitlines() == [
        "清单.xlsx:3: A列“案号” “143069.0”读作“143069”（数字被表格软件加了小数，改成文本格式）",
        "清单.xlsx:5: D列“交办日期” “9月31日”没有年份，按今天算作2025年（不对就写明年份）",
        "清单.xlsx:5: D列“交办日期” 没有“9月31日”这一天（核对月份和日数）",
    ]
    assert run.code == 1


def test_json_has_a_list_for_each_outcome(workspace: Path) -> None:
    found = told(workspace, "清单.xlsx")

    assert list(found) == ["新增", "更新", "未变", "有误"]
    assert [len(some) for some in found.values()] == [1, 0, 1, 1]
    assert all(set(one) == KEYS for some in found.values() for one in some)
    assert found["新增"][0] == {
        "案号": "143069",
        "来源": "清单.xlsx",
        "行": 3,
        "文件": "proposals/2025/143069.yaml",
        "说明": ["A列“案号” “143069.0”读作“143069”（数字被表格软件加了小数，改成文本格式）"],
    }
    assert found["有误"][0]["文件"] is None


def test_a_rehearsal_tells_the_same_and_writes_nothing(workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))

    rehearsed = dafu(workspace, "import", "-n", "清单.xlsx")

    assert sorted(workspace.rglob("*")) == before
    assert rehearsed.out.splitlines()[-1] == "新增1件，更新0件，未变1件，有误1件（没有写文件）"
    assert told(workspace, "-n", "清单.xlsx") == told(workspace, "清单.xlsx")


def test_a_list_without_a_fault_ends_with_0(workspace: Path) -> None:
    listed(workspace / "好.xlsx", HEADS, ("143075", "夜市", "林晓", None))

    assert dafu(workspace, "import", "好.xlsx").code == 0


def test_several_files_of_names_with_blanks_and_brackets(workspace: Path) -> None:
    names = ("交办 清单（终稿）[1].xlsx", "补充'清单'.csv")
    listed(workspace / names[0], HEADS, ("143075", "夜市", "林晓", None))
    (workspace / names[1]).write_bytes(
        "案号,案由,提案人,届次\n143076,菜场,林晓,市政协十四届三次会议\n".encode("gb18030")
    )

    run = dafu(workspace, "import", *names)

    assert (run.code, run.out.splitlines()[-1]) == (0, "新增2件，更新0件，未变0件，有误0件")


def test_a_file_that_cannot_be_read_stops_no_other(workspace: Path) -> None:
    (workspace / "坏.xlsx").write_bytes(workbook(A1="案号")[:2000])
    (workspace / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    listed(workspace / "好.xlsx", HEADS, ("143075", "夜市", "林晓", None))

    run = dafu(workspace, "import", "坏.xlsx", "旧.xls", "没有.xlsx", "好.xlsx")

    assert run.code == 3
    assert run.out.splitlines()[-1] == "新增1件，更新0件，未变0件，有误0件"
    assert run.err.splitlines() == [
        "坏.xlsx: 这是不完整或已损坏的文件，不能读（请对方重发，或在能打开它的程序里另存为 .xlsx）",
        "旧.xls: 这是旧式表格（.xls 或 .et），不能读（在 Excel、WPS 或 LibreOffice 里打开，另存为 .xlsx）",
        "没有.xlsx: 不能读取：找不到（请核对文件名和所在文件夹，共享盘要先连上）",
    ]


def test_a_column_is_explained_once(workspace: Path) -> None:
    listed(workspace / "甲.xlsx", ("流水", "题目内容", "提案人"), ("143075", "夜市", "林晓"))

    assert dafu(workspace, "import", "甲.xlsx").code == 3
    assert dafu(workspace, "import", "--column", "流水=案号", "--column", "题目内容=案由", "甲.xlsx").code == 0
    assert "导入列名:\n  流水: 案号\n  题目内容: 案由\n" in (workspace / "dafu.yaml").read_text(encoding="utf-8")
    assert told(workspace, "甲.xlsx")["未变"][0]["案号"] == "143075"


def test_a_comment_in_the_settings_outlives_an_explained_column(tmp_path: Path) -> None:
    text = OFFICE + "导入列名: {}   # 随导入增加\n# 末行\n"
    folder = make_workspace(tmp_path, text)
    listed(folder / "甲.xlsx", ("流水", "案由", "提案人"), ("143075", "夜市", "林晓"))

    dafu(folder, "import", "--column", "流水=案号", "甲.xlsx")

    assert (folder / "dafu.yaml").read_text(encoding="utf-8") == text.replace("{}", "{流水: 案号}")


@pytest.mark.parametrize("word", ["流水", "=案号", "流水=", "流水=案油"])
def test_a_column_that_says_nothing_is_wrong_usage(word: str, workspace: Path) -> None:
    run = dafu(workspace, "import", "--column", word, "清单.xlsx")

    assert run.code == 2
    assert "--column" in run.err
    assert not (workspace / "proposals" / "2025" / "143069.yaml").exists()


def test_a_proposal_in_a_text_goes_the_way_of_texts(workspace: Path) -> None:
    (workspace / "提案.txt").write_text("随便一段话。\n", encoding="utf-8")

    run = dafu(workspace, "import", "提案.txt")

    assert (run.code, run.out.splitlines()[-1]) == (1, "新增0件，更新0件，未变0件，有误1件")
