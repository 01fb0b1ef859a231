"""`dafu catalogue` as the clerk calls it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

import records
from archive.test_kinds import pdf
from commands import dafu

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning")  # openpyxl's own temporary file
OFFICE = records.OFFICE + '归档: {全宗号: Z047, 机构代码: BGS, 档号式: "{全宗号}-WS·{年度}-{期限}-{机构}-{件号:04}"}\n'
RECORD = """\
案号: 143069
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-08-28, 环节: 送达, 对象: 林晓}
  - {日期: 2025-09-10, 环节: 办结}
  - {日期: 2026-03-20, 环节: 归档, 档号: Z047-WS·2025-D30-BGS-0012}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    other = RECORD.replace("143069", "143070").replace("2025-", "2014-").replace("D30-BGS-0012", "D10-BGS-0003")
    texts = {"143069": RECORD, "143070": other.replace("WS·2025", "WS·2014").replace("〔2025〕", "〔2014〕")}
    records.make_workspace(tmp_path, OFFICE, **texts)
    bag = tmp_path / "replies/2025/143069/归档/data"
    bag.mkdir(parents=True)
    (bag / "答复.pdf").write_bytes(pdf(4))
    return tmp_path


def listed(folder: Path, *words: str) -> Any:
    run = dafu(folder, "catalogue", "--json", *words)
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


def test_all_years_are_listed_one_item_a_line(workspace: Path) -> None:
    run = dafu(workspace, "catalogue")

    assert run.code == 0
    heads, first, second = run.out.splitlines()
    assert heads.split() == ["序号", "件号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert first.split()[:3] == ["1", "3", "Z047-WS·2014-D10-BGS-0003"]
    assert second.split()[:3] == ["2", "12", "Z047-WS·2025-D30-BGS-0012"]


def test_a_year_chooses_its_items(workspace: Path) -> None:
    assert [one["案号"] for one in listed(workspace, "2025")] == ["143069"]
    assert listed(workspace, "2024") == []


def test_json_says_the_item_its_stamp_and_when_it_is_due(workspace: Path) -> None:
    (one,) = listed(workspace, "2025")

    assert one == {
        "案号": "143069",
        "序号": 1,
        "件号": 12,
        "档号": "Z047-WS·2025-D30-BGS-0012",
        "文号": "东商〔2025〕7号",
        "责任者": "东河市商务局",
        "题名": "对市政协十四届三次会议第143069号提案的答复",
        "日期": "2025-08-26",
        "密级": None,
        "页数": 4,
        "备注": None,
        "年度": 2025,
        "保管期限": "30年",
        "到期": "2056-01-01",
        "归档章": {
            "全宗号": "Z047",
            "年度": "2025",
            "件号": "12",
            "机构": "BGS",
            "保管期限": "30年",
            "页数": "4",
        },
    }


def test_what_is_due_for_appraisal_is_asked_for_the_day(workspace: Path) -> None:
    assert [one["案号"] for one in listed(workspace, "--due")] == ["143070"]  # 2014 and ten full years: since 2025
    text = dafu(workspace, "catalogue", "2025", "--due").out
    assert len(text.splitlines()) == 1  # the heads alone


def test_stamps_are_listed_box_by_box(workspace: Path) -> None:
    heads, line = dafu(workspace, "catalogue", "2025", "--stamps").out.splitlines()

    assert heads.split() == ["全宗号", "年度", "件号", "机构", "保管期限", "页数"]
    assert line.split() == ["Z047", "2025", "12", "BGS", "30年", "4"]


def test_the_spreadsheet_and_the_print_say_the_same(workspace: Path) -> None:
    run = dafu(workspace, "catalogue", "2025", "--xlsx", "目录.xlsx", "--docx", "目录.docx")

    assert (run.code, run.out) == (0, "目录.xlsx\n目录.docx\n")
    sheet = openpyxl.load_workbook(workspace / "目录.xlsx").active
    assert sheet is not None
    cells = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    printed = docx.Document(str(workspace / "目录.docx"))
    assert [[cell.text for cell in row.cells] for row in printed.tables[0].rows] == cells
    assert [cells[1][at] for at in (2, 6, 8)] == ["Z047-WS·2025-D30-BGS-0012", "20250826", "4"]
    assert printed.paragraphs[0].text == "归档文件目录"
    assert printed.paragraphs[1].text == "全宗号：Z047　年度：2025　共1件"


def test_a_rehearsal_writes_nothing(workspace: Path) -> None:
    run = dafu(workspace, "catalogue", "--xlsx", "目录.xlsx", "-n")

    assert (run.code, run.out) == (0, "目录.xlsx（没有写文件）\n")
    assert not (workspace / "目录.xlsx").exists()


def test_a_file_that_is_there_is_never_overwritten(workspace: Path) -> None:
    (workspace / "目录.xlsx").write_bytes(b"old")

    run = dafu(workspace, "catalogue", "--xlsx", "目录.xlsx")

    assert run.code == 4
    assert "目录.xlsx：已经有这个文件" in run.err
    assert (workspace / "目录.xlsx").read_bytes() == b"old"


def test_two_items_with_one_number_are_a_finding(workspace: Path) -> None:
    path = workspace / "proposals/143070.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2014-D10-BGS-0003", "2025-D30-BGS-0012"), encoding="utf-8"
    )

    run = dafu(workspace, "catalogue", "2025")

    assert run.code == 1
    assert "Z047-WS·2025-D30-BGS-0012 用在了2件上：143070、143069" in run.err  # by the dates of the letters


def test_a_broken_record_hides_no_item(workspace: Path) -> None:
    (workspace / "proposals/坏.yaml").write_text("案号: 1\n", encoding="utf-8")

    run = dafu(workspace, "catalogue")

    assert run.code == 3
    assert len(run.out.splitlines()) == 3
    assert "坏.yaml" in run.err


@pytest.mark.parametrize("year", ["25", "２０２５", "今年"])
def test_a_year_is_four_digits(workspace: Path, year: str) -> None:
    assert dafu(workspace, "catalogue", year).code == 2


def test_what_is_archived_now_gets_the_next_number_of_its_year(tmp_path: Path) -> None:
    closed = RECORD[: RECORD.index("  - {日期: 2026-03-20")].replace("143069", "143071")
    records.make_workspace(tmp_path, OFFICE, **{"143069": RECORD, "143071": closed})
    (tmp_path / "正本.pdf").write_bytes(pdf(2))

    assert dafu(tmp_path, "archive", "143071", "正本.pdf", "日期=2026-03-21", "--partial", "无").code == 0

    one = listed(tmp_path, "2025")[-1]
    assert (one["案号"], one["档号"], one["页数"]) == ("143071", "Z047-WS·2025-D30-BGS-0013", 2)
