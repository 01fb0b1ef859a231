from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import load_workbook

from commands import dafu
from records import OFFICE, RECORD, make_workspace
from report.counting import Record, count, plain
from test_year import plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ANSWERED = (
    RECORD
    + """\
科室: 市场科
答复: {办理结果: B}
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - {日期: 2025-04-30, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-05-02, 环节: 跟踪, 下次日期: 2025-05-05, 说明: 看路灯}
"""
)
HANDED = RECORD.replace("143069", "143070") + "办理过程: [{日期: 2025-03-05, 环节: 交办}]\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "office", **{"143069": ANSWERED, "143070": HANDED})


def counted(folder: Path, *words: str) -> Any:
    run = dafu(folder, "report", "--json", *words)
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


def test_the_screen_shows_figures_groups_promises_and_how_they_are_counted(office: Path) -> None:
    run = dafu(office, "report")

    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == "提案建议办理情况（全部件，截至2025年5月6日）"
    assert "办复率        1/2 = 50.0%" in lines
    assert {"按科室", "承诺台账", "口径"} <= set(lines)
    assert "办复率 = 已办复的件 ÷ 应答复的件（依据：印发）。" in lines


def test_the_json_says_the_same(office: Path) -> None:
    found = counted(office)

    assert found["比率"]["办复率"] == {"分子": 1, "分母": 2, "百分比": 50.0}
    assert [row["案号"] for row in found["承诺"]] == ["143069"]


def test_conditions_year_and_day_choose_what_is_counted(office: Path) -> None:
    assert counted(office, "科室=市场科")["件数"]["收到"] == 1
    assert counted(office, "--asof", "2025-04-29")["比率"]["办复率"]["分子"] == 0
    assert counted(office, "--year", "2024")["件数"]["收到"] == 0
    assert counted(office, "--year", "2025")["截至"] == "2025-05-06"


@pytest.mark.parametrize(
    "words",
    [
        ["--asof", "2025-05-07"],
        ["--asof", "5月"],
        ["--year", "2026"],
        ["--year", "0"],
        ["科=市场科"],
        ["--html", "a", "--docx", "a"],
        ["--promises", "--html", "a"],
    ],
)
def test_wrong_words_are_wrong_usage_and_write_nothing(words: list[str], office: Path) -> None:
    run = dafu(office, "report", *words)

    assert (run.code, run.out) == (2, "")
    assert run.err
    assert not (office / "a").exists()


def test_a_broken_record_is_named_and_the_others_are_counted(office: Path) -> None:
    (office / "proposals/坏.yaml").write_text("案号: [\n", encoding="utf-8")
    run = dafu(office, "report", "--json")

    assert run.code == 3
    assert json.loads(run.out)["件数"]["收到"] == 2
    assert "proposals/坏.yaml" in run.err


# --- 承诺台账


def test_the_promises_alone_are_a_table_or_json(office: Path) -> None:
    table, entries = dafu(office, "report", "--promises"), dafu(office, "report", "--promises", "--json")

    head, row = table.out.splitlines()
    assert head.split() == ["案号", "案由", "等次", "承诺", "下次日期", "责任科室", "经办人", "状态"]
    assert row.split() == ["143069", "优化夜市管理", "B", "看路灯", "2025-05-05", "市场科", "逾期未跟踪"]
    assert json.loads(entries.out) == [
        {
            "案号": "143069",
            "案由": "优化夜市管理",
            "等次": "B",
            "承诺": "看路灯",
            "下次日期": "2025-05-05",
            "责任科室": "市场科",
            "经办人": None,
            "状态": "逾期未跟踪",
        }
    ]


def test_the_promise_is_on_todays_list_too(office: Path) -> None:
    rows = json.loads(dafu(office, "due", "--json", "时钟=跟踪").out)

    assert [(row["案号"], row["期限"], row["灯"]) for row in rows] == [("143069", "2025-05-05", "逾期")]


# --- files


def files_below(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.suffix in (".xlsx", ".docx", ".html")}


WORDS = ("report", "--xlsx", "a.xlsx", "--docx", "a.docx", "--html", "a.html")


def test_all_files_come_from_one_count(office: Path) -> None:
    run = dafu(office, *WORDS)

    assert (run.code, run.out.split(), run.err) == (0, ["a.xlsx", "a.docx", "a.html"], "")
    rates = load_workbook(BytesIO((office / "a.xlsx").read_bytes()))["比率"]
    assert ("办复率", 1, 2, 0.5) in list(rates.iter_rows(values_only=True))
    assert "1/2 = 50.0%" in (office / "a.html").read_text(encoding="utf-8")


def test_a_rehearsal_says_what_it_would_write(office: Path) -> None:
    run = dafu(office, *WORDS, "-n")

    assert run.out.splitlines() == [f"a.{kind}（没有写文件）" for kind in ("xlsx", "docx", "html")]
    assert files_below(office) == set()


def test_json_goes_to_the_screen_while_files_are_written(office: Path) -> None:
    run = dafu(office, *WORDS, "--json")

    assert json.loads(run.out)["件数"]["收到"] == 2
    assert files_below(office) == {"a.xlsx", "a.docx", "a.html"}


def test_our_own_files_are_renewed(office: Path) -> None:
    assert [dafu(office, *WORDS).code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
def test_a_foreign_file_is_never_replaced_and_then_no_other_is_written(kind: str, office: Path) -> None:
    (office / f"a.{kind}").write_bytes(b"theirs")
    run = dafu(office, *WORDS)

    assert (run.code, run.out) == (4, "")
    assert f"a.{kind}：已经有这个文件，不是本工具写的" in run.err
    assert files_below(office) == {f"a.{kind}"}
    assert (office / f"a.{kind}").read_bytes() == b"theirs"


def test_an_issued_letter_is_no_place_for_a_report(office: Path) -> None:
    run = dafu(office, "report", "--docx", "replies/2025/143069/答复.docx")

    assert run.code == 4
    assert not (office / "replies").exists()


# --- the year, from its files


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the records of the simulated year as files (JSON is YAML)."""
    texts = {one.number: json.dumps(plain(one, n), ensure_ascii=False) for n, one in enumerate(plan())}
    return make_workspace(tmp_path_factory.mktemp("year"), OFFICE, **texts)


def on_file(folder: Path) -> list[Record]:
    """Read the files by another hand: PyYAML, every scalar as text."""
    paths = sorted((folder / "proposals").glob("*.yaml"))
    return [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in paths]  # noqa: S506 -- text alone


def flat(found: dict[str, Any]) -> dict[str, int]:
    numbers: dict[str, int] = dict(found["件数"])
    for name, one in found["比率"].items():
        numbers |= {name: one["分子"], f"{name}/": one["分母"]}
    for mark, title in (("等次", "办理结果"), ("属性", "公开属性"), ("", "满意度")):
        numbers |= {f"{mark}{name}": one["分子"] for name, one in found[title].items()}
    return numbers


def nonzero(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {name: number for name, number in pairs if number}


@pytest.mark.parametrize("day", ["2025-04-30", "2025-07-31", "2025-12-31", "2026-06-30"])
def test_the_command_counts_the_year_as_another_hand_does(day: str, year: Path) -> None:
    found = json.loads(dafu(year, "--today", "2026-06-30", "report", "--json", "--asof", day).out)

    assert nonzero(flat(found).items()) == nonzero(count(on_file(year), date.fromisoformat(day)).items())


def test_a_past_day_gives_what_was_printed_on_it(year: Path, tmp_path: Path) -> None:
    cut = {}
    for record in on_file(year):
        events = [event for event in record["办理过程"] if event["日期"] <= "2025-07-31"]
        cut[record["案号"]] = json.dumps(record | {"办理过程": events}, ensure_ascii=False)
    then = make_workspace(tmp_path, OFFICE, **cut)

    printed = dafu(then, "--today", "2025-07-31", "report", "--json")
    assert printed.code == 0
    assert dafu(year, "--today", "2026-06-30", "report", "--json", "--asof", "2025-07-31").out == printed.out


def test_a_process_of_its_own_gives_the_same(year: Path) -> None:
    words = ["--today", "2026-06-30", "report", "--json"]
    run = subprocess.run(
        [sys.executable, "-m", "dafu", *words], cwd=year, capture_output=True, encoding="utf-8", check=True
    )

    assert run.stdout == dafu(year, *words).out
