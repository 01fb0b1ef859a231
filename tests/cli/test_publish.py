"""`dafu publish` as the clerk calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

import records
from commands import dafu

if TYPE_CHECKING:
    from pathlib import Path

RECORD = """\
案号: "0215"
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
答复: {公开: 主动公开, 办理结果: A, 正文: 已经开放。, 联系人: [麻东 13812341234]}
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - {日期: 2025-04-05, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-04-26, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-04-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-04-27, 环节: 送达, 对象: 林晓}
"""
COPY = "replies/2025/0215/公开/答复.docx"
ADDRESS = "https://www.example.gov.cn/7"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return records.make_workspace(tmp_path, **{"0215": RECORD})


def test_the_copy_is_named_and_what_is_covered_told(workspace: Path) -> None:
    run = dafu(workspace, "publish", "0215")

    assert (run.code, run.out, run.err) == (0, f"{COPY}\n", "遮去：138****1234\n")
    said = "\n".join(one.text for one in docx.Document(str(workspace / COPY)).paragraphs)
    assert "联系人：麻东 138****1234" in said
    assert "环节: 公开" in (workspace / "proposals/0215.yaml").read_text(encoding="utf-8")


def test_day_and_address_stand_in_the_event(workspace: Path) -> None:
    assert dafu(workspace, "publish", "0215", f"网址={ADDRESS}", "日期=2025-05-01").code == 0

    text = (workspace / "proposals/0215.yaml").read_text(encoding="utf-8")
    assert f"- {{日期: 2025-05-01, 环节: 公开, 网址: {ADDRESS}, 登记时间: " in text
    assert dafu(workspace, "check", "0215").code == 0


def test_json_says_what_was_done(workspace: Path) -> None:
    run = dafu(workspace, "publish", "0215", "--json")

    assert json.loads(run.out) == {
        "案号": "0215",
        "文件": COPY,
        "遮去": ["138****1234"],
        "提示": None,
        "阶段": "已送达",
        "写入": True,
    }


def test_a_rehearsal_writes_nothing(workspace: Path) -> None:
    run = dafu(workspace, "publish", "0215", "-n")

    assert (run.code, run.out) == (0, f"{COPY}（没有写文件）\n")
    assert not (workspace / "replies").exists()
    assert (workspace / "proposals/0215.yaml").read_text(encoding="utf-8") == RECORD


def test_the_copy_goes_where_the_clerk_says(workspace: Path) -> None:
    run = dafu(workspace, "publish", "0215", "--out", "网上.docx")

    assert (run.code, run.out) == (0, "网上.docx\n")
    assert (workspace / "网上.docx").exists()


@pytest.mark.parametrize("openness", ["不予公开", "依申请公开"])
def test_a_closed_reply_is_refused_and_nothing_is_written(workspace: Path, openness: str) -> None:
    path = workspace / "proposals/0215.yaml"
    closed = RECORD.replace("公开: 主动公开", f"公开: {openness}, 公开理由: 涉及商业秘密")
    path.write_text(closed, encoding="utf-8")

    run = dafu(workspace, "publish", "0215", "--out", "网上.docx")

    assert (run.code, run.out) == (4, "")
    assert f"0215：公开方式是“{openness}”，不能公开" in run.err
    assert path.read_text(encoding="utf-8") == closed
    assert sorted(one.name for one in workspace.iterdir()) == ["dafu.yaml", "proposals"]


def test_before_delivery_it_is_refused(workspace: Path) -> None:
    path = workspace / "proposals/0215.yaml"
    path.write_text("\n".join(RECORD.splitlines()[:-1]) + "\n", encoding="utf-8")

    run = dafu(workspace, "publish", "0215")

    assert run.code == 4
    assert "还没有送达" in run.err


def test_publishing_stops_the_clock_of_publication_and_can_be_undone(workspace: Path) -> None:
    assert "公开" in dafu(workspace, "due", "--days", "60").out
    dafu(workspace, "publish", "0215")
    assert "公开" not in dafu(workspace, "due", "--days", "60").out

    assert dafu(workspace, "undo", "0215").code == 0
    assert (workspace / "proposals/0215.yaml").read_text(encoding="utf-8") == RECORD
    assert dafu(workspace, "publish", "0215").code == 0  # the copy is there and still right


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("0215", "0216"),
        ("0215", "网页=1"),
        ("0215", "--out", "网上.pdf"),
        ("0215", "--index"),
        ("--index", "目录.txt"),
        ("0215", "环节=归档"),
    ],
)
def test_wrong_words_are_wrong_usage(workspace: Path, words: tuple[str, ...]) -> None:
    run = dafu(workspace, "publish", *words)

    assert run.code == 2
    assert not (workspace / "replies").exists()


def test_a_case_that_is_not_on_file_is_named(workspace: Path) -> None:
    assert dafu(workspace, "publish", "9999").code == 3


# --- the index


def test_the_index_is_printed_or_written(workspace: Path) -> None:
    dafu(workspace, "publish", "0215", f"网址={ADDRESS}")

    heads, line = dafu(workspace, "publish", "--index").out.splitlines()
    assert heads.split() == ["案号", "案由", "文号", "日期", "网址"]
    assert line.split() == ["0215", "优化夜市管理", "东商〔2025〕7号", "2025-05-06", ADDRESS]
    assert dafu(workspace, "publish", "--index", "目录.csv").out == "目录.csv\n"
    written = (workspace / "目录.csv").read_text(encoding="utf-8-sig")
    assert written.splitlines()[1] == f"0215,优化夜市管理,东商〔2025〕7号,2025-05-06,{ADDRESS}"


def test_the_index_as_json(workspace: Path) -> None:
    dafu(workspace, "publish", "0215")

    (row,) = json.loads(dafu(workspace, "publish", "--index", "--json").out)
    assert row == {
        "案号": "0215",
        "案由": "优化夜市管理",
        "文号": "东商〔2025〕7号",
        "日期": "2025-05-06",
        "网址": None,
    }


@pytest.mark.filterwarnings("ignore::EncodingWarning")  # openpyxl's own temporary file
def test_the_index_as_spreadsheet_is_rehearsed_without_a_file_written_and_renewed_until_someone_edits_it(
    workspace: Path,
) -> None:
    dafu(workspace, "publish", "0215")

    assert dafu(workspace, "publish", "--index", "目录.xlsx", "-n").out == "目录.xlsx（没有写文件）\n"
    assert not (workspace / "目录.xlsx").exists()
    assert dafu(workspace, "publish", "--index", "目录.xlsx").code == 0
    sheet = openpyxl.load_workbook(workspace / "目录.xlsx")["公开目录"]
    assert sheet["A2"].value == "0215"
    assert dafu(workspace, "publish", "--index", "目录.xlsx").code == 0
    (workspace / "目录.xlsx").write_bytes(b"edited")
    assert dafu(workspace, "publish", "--index", "目录.xlsx").code == 4


def test_a_broken_record_hides_nothing_of_the_index(workspace: Path) -> None:
    dafu(workspace, "publish", "0215")
    (workspace / "proposals/坏.yaml").write_text("案号: 1\n", encoding="utf-8")

    run = dafu(workspace, "publish", "--index")

    assert run.code == 3
    assert len(run.out.splitlines()) == 2
