"""The bench runs from end to end, on the tiniest sizes and with what is installed, and its page has every row."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = """
    只压缩正文部分（zlib 6）
    dafu：记录 → 模板 → 公文 → .docx
    dafu：同上，再读回核对
    docxtpl，照文档写
    docxtpl，模板只编译一次
    python-docx，照文档写
    docx-mailmerge2
    pandoc（每件一个进程）
    docxtemplater（Node）
    carbone（Node）
    dafu：从 YAML 文字起
    yaml.safe_load + docxtpl
    python 本身
    一个 click 小程序 --help
    dafu --help
    docxtpl 做成的 click 小程序，读 YAML
    dafu draft 案号（校核、读回、写牢）
    dafu list
    dafu due
    dafu report
    dafu list，改了一件以后
    dafu list，没有索引
    只把全部记录读通（没有列出）
    papis list（有缓存）
    dafu report --xlsx 统计.xlsx
    dafu ledger 台账.xlsx
    papis list，只印文件夹（有缓存）
    todo list（有缓存）
    LibreOffice，用过的设置文件夹，一件
    LibreOffice，两个进程各转一半
    dafu，一件
    dafu，一批
    sha256sum -c
    dafu verify 的核对
    draft --all -n
    list，有索引
    due，有索引
    find，第一次
    find，以后
    report，有索引
    list 的内存 MB
    find 的内存 MB
    report 的内存 MB
    核对档案包
""".strip().splitlines()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("bench") / "performance.md"
    command = [sys.executable, "-m", "bench", "--smoke", "--installed", "--page", str(path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [row.strip() for row in ROWS])
def test_the_page_has_a_row_for_each_way(page: str, row: str) -> None:
    assert f"\n| {row} | " in page


def test_every_goal_is_met_missed_or_not_measured(page: str) -> None:
    goals = page.partition("## 目标")[2].partition("\n## ")[0].strip().splitlines()[2:]

    assert len(goals) > 15
    assert {goal.split(" | ")[-1].strip(" |*") for goal in goals} <= {"达到", "没有达到", "没有量"}
