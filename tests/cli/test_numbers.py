from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

AUTOMATIC = OFFICE + "发文字号: {答复: {代字: 东商提函, 自动: 是}}\n"
SIGNED = RECORD + "办理过程:\n  - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}\n"
LATE = SIGNED + "  - {日期: 2024-12-30, 环节: 签发, 签发人: 周明远}\n"
SIGNED += "  - {日期: 2025-05-05, 环节: 签发, 签发人: 周明远}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Give two replies with numbers of 2025, one with a number of 2024, and one that is signed only."""
    records = {number: SIGNED.replace("143069", number) for number in ("143069", "143070", "143072")}
    make_workspace(tmp_path, AUTOMATIC, **records, **{"143071": LATE.replace("143069", "143071")})
    for number in ("143070", "143071", "143069"):
        assert dafu(tmp_path, "track", number, "印发", "发文字号=自动").code == 0
    return tmp_path


def row(serial: int, number: str, day: str = "2025-05-05") -> dict[str, str | None]:
    text = f"东商提函〔{day[:4]}〕{serial}号"
    return {"发文字号": text, "案号": number, "日期": day, "状态": "在用", "原因": None}


def test_the_register_is_listed_by_year_and_number(workspace: Path) -> None:
    run = dafu(workspace, "numbers", "--json")

    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out) == [row(1, "143071", "2024-12-30"), row(1, "143070"), row(2, "143069")]


def test_a_number_of_the_series_that_was_typed_by_hand_is_listed_too(workspace: Path) -> None:
    assert dafu(workspace, "track", "143072", "印发", "日期=2025-05-06", "发文字号=东商提函〔2025〕3号").code == 0

    listed = json.loads(dafu(workspace, "numbers", "2025", "--json").out)
    assert listed == [row(1, "143070"), row(2, "143069"), row(3, "143072", "2025-05-06")]


def test_one_year_is_listed_alone(workspace: Path) -> None:
    assert json.loads(dafu(workspace, "numbers", "2025", "--json").out) == [row(1, "143070"), row(2, "143069")]
    assert dafu(workspace, "numbers", "2024").out.splitlines()[1].split() == [
        *("东商提函〔2024〕1号", "143071", "2024-12-30", "在用")
    ]
    assert json.loads(dafu(workspace, "numbers", "2023", "--json").out) == []


def test_a_void_number_stays_with_its_reason_and_is_not_given_again(workspace: Path) -> None:
    dafu(workspace, "undo", "143069")
    run = dafu(workspace, "numbers", "void", "东商提函〔2025〕2号", "原因=印错", "--json")

    void = row(2, "143069") | {"状态": "作废", "原因": "印错"}
    assert (run.code, json.loads(run.out)) == (0, [void])
    assert json.loads(dafu(workspace, "numbers", "2025", "--json").out) == [row(1, "143070"), void]
    dafu(workspace, "track", "143072", "印发", "发文字号=自动")
    dafu(workspace, "track", "143069", "印发", "发文字号=自动")
    assert json.loads(dafu(workspace, "numbers", "2025", "--json").out)[2:] == [row(3, "143072"), row(4, "143069")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["void"], 2),
        (["void", "东商提函〔2025〕1号"], 2),
        (["void", "东商提函〔2025〕1号", "原因="], 2),
        (["void", "东商提函2025年1号", "原因=印错"], 2),
        (["void", "东商提函〔2025〕9号", "原因=印错"], 4),
        (["今年"], 2),
        (["2025", "2024"], 2),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], code: int, workspace: Path) -> None:
    run = dafu(workspace, "numbers", *words)

    assert (run.code, run.out) == (code, "")
    assert run.err
    assert dafu(workspace, "numbers").code == 0


def test_a_number_that_a_record_still_bears_is_found_when_void(workspace: Path) -> None:
    dafu(workspace, "numbers", "void", "东商提函〔2025〕2号", "原因=印错")
    run = dafu(workspace, "numbers")

    assert (run.code, "东商提函〔2025〕2号 已经作废" in run.err) == (1, True)


def test_gaps_and_doubles_are_found(workspace: Path) -> None:
    dafu(workspace, "track", "143072", "印发", "发文字号=东商提函〔2025〕5号")
    path = workspace / "proposals/143070.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "答复: {发文字号: 东商提函〔2025〕2号}\n", encoding="utf-8")
    run = dafu(workspace, "numbers")

    assert run.code == 1
    assert "东商提函〔2025〕缺 3号至4号" in run.err
    assert "东商提函〔2025〕2号 用在了2份文件上" in run.err


def test_what_cannot_be_read_weighs_more_than_what_is_found(workspace: Path) -> None:
    (workspace / "proposals/别的.yaml").write_text("案号: 5\n签发: 周明远\n", encoding="utf-8")
    run = dafu(workspace, "numbers", "--json")
    assert (run.code, len(json.loads(run.out)), "别的.yaml" in run.err) == (3, 3, True)

    (workspace / "proposals/别的.yaml").unlink()
    (workspace / "replies/发文登记/2025/东商提函-2.yaml").write_text("发文字号: x\n", encoding="utf-8")
    run = dafu(workspace, "numbers", "--json")
    assert (run.code, len(json.loads(run.out)), "东商提函-2.yaml" in run.err) == (3, 2, True)
