from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from dafu import preview
from records import RECORD, make_workspace
from spreadsheets import columns

if TYPE_CHECKING:
    from pathlib import Path

SOFFICE = preview.office()
JOINT = "提案人:\n- {姓名: 林晓, 电话: 60010023}\n- 苏晚晴\n"
HISTORY = """\
办理过程:
- {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
- {日期: 2025-03-20, 环节: 沟通, 方式: 面商, 对象: 林晓}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(
        tmp_path / "甲",
        一=RECORD.replace("143069", '"0069"').replace("提案人: [林晓]\n", JOINT) + HISTORY,
        二=RECORD.replace("优化夜市管理", "=1+1") + "角色: 会办\n主办单位: 市财政局\n科室: 外贸科\n",
    )


def test_the_ledger_is_written_and_counted(workspace: Path) -> None:
    run = dafu(workspace, "ledger", "台账.xlsx")

    assert (run.code, run.out, run.err) == (0, "台账.xlsx：2件\n", "")
    assert [row["案号"] for row in columns((workspace / "台账.xlsx").read_bytes())] == ["0069", "143069"]


def test_a_query_chooses_records_as_in_the_list(workspace: Path) -> None:
    dafu(workspace, "ledger", "会办 台账.csv", "角色=会办", "科室=外贸科")

    assert [row["案由"] for row in columns((workspace / "会办 台账.csv").read_bytes())] == ["=1+1"]


def test_a_rehearsal_says_so(workspace: Path) -> None:
    assert dafu(workspace, "ledger", "-n", "台账.xlsx").out == "台账.xlsx：2件（没有写文件）\n"
    assert not (workspace / "台账.xlsx").exists()


def test_another_ones_file_ends_with_4(workspace: Path) -> None:
    (workspace / "台账.xlsx").write_bytes(b"x")

    run = dafu(workspace, "ledger", "台账.xlsx")

    assert (run.code, (workspace / "台账.xlsx").read_bytes()) == (4, b"x")
    assert run.err.startswith("台账.xlsx：已经有这个文件")


def test_another_suffix_or_way_to_divide_ends_with_2(workspace: Path) -> None:
    assert dafu(workspace, "ledger", "台账.ods").code == 2
    assert dafu(workspace, "ledger", "台账.xlsx", "--by", "年份").code == 2


def test_a_broken_record_is_told_and_hides_no_other(workspace: Path) -> None:
    (workspace / "proposals" / "三.yaml").write_text("案号: [\n", encoding="utf-8")

    run = dafu(workspace, "ledger", "台账.xlsx")

    assert (run.code, run.out) == (3, "台账.xlsx：2件\n")
    assert run.err.startswith("proposals/三.yaml:")


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_ledger_saves_it_and_it_still_imports(workspace: Path, tmp_path: Path) -> None:
    dafu(workspace, "ledger", "台账.xlsx", "--by", "角色")
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(workspace / "台账.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    other = make_workspace(tmp_path / "乙")

    run = dafu(other, "import", str(tmp_path / "台账.xlsx"))

    assert (run.code, run.err, run.out.splitlines()[-1]) == (0, "", "新增2件，更新0件，未变0件，有误0件")
    dafu(other, "ledger", "再.csv")
    dafu(workspace, "ledger", "再.csv")
    assert columns((other / "再.csv").read_bytes()) == columns((workspace / "再.csv").read_bytes())
