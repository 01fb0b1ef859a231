from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "案号: '31'\n届次: 某会\n案由: {}\n提案人: [林晓]\n{}"
MADE = "办理过程: [{{日期: {}-03-05, 环节: 交办}}]\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    records = {
        "2025/甲": RECORD.format("市提案", MADE.format(2025)),
        "2025/乙": RECORD.format("市建议", "类别: 建议\n" + MADE.format(2025)),
        "2025/丙": RECORD.format("省提案", "层级: 省\n" + MADE.format(2025)),
        "2024/丁": RECORD.format("旧的省建议", "层级: 省\n类别: 建议\n"),  # the year is that of its folder
        "随便/戊": RECORD.format("旧的市提案", MADE.format(2024)).replace("某会", "前一次会"),
        "2025/己": RECORD.format("另一件", "").replace("31", "32"),
    }
    return make_workspace(tmp_path, **records)


def subject(workspace: Path, address: str) -> str:
    run = dafu(workspace, "show", address, "--json")
    assert run.code == 0, run.err
    return str(json.loads(run.out)["案由"])


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("32", "另一件"),
        ("提案/32", "另一件"),
        ("2025/市/提案/31", "市提案"),
        ("2025/市/建议/31", "市建议"),
        ("市/建议/31", "市建议"),
        ("2025/建议/31", "市建议"),
        ("2024/省/建议/31", "旧的省建议"),
        ("2024/省/31", "旧的省建议"),
        ("2024/建议/31", "旧的省建议"),
        ("2024/提案/31", "旧的市提案"),
        ("2024/市/31", "旧的市提案"),
        ("省/提案/31", "省提案"),
        ("proposals/2025/甲.yaml", "市提案"),
        ("./proposals/随便/戊.yaml", "旧的市提案"),
    ],
)
def test_an_address_finds_its_record(workspace: Path, address: str, found: str) -> None:
    assert subject(workspace, address) == found


def test_a_path_counts_from_the_current_folder(workspace: Path) -> None:
    assert subject(workspace / "proposals/2025", "甲.yaml") == "市提案"
    assert subject(workspace / "proposals/2025", "提案/32") == "另一件"


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("31", ["2024/省/建议/31", "2024/市/提案/31", "2025/市/提案/31", "2025/市/建议/31", "2025/省/提案/31"]),
        ("建议/31", ["2024/省/建议/31", "2025/市/建议/31"]),
        ("省/31", ["2024/省/建议/31", "2025/省/提案/31"]),
        ("2025/31", ["2025/市/提案/31", "2025/市/建议/31", "2025/省/提案/31"]),
    ],
)
def test_several_matches_are_wrong_usage_with_the_full_addresses(
    workspace: Path, address: str, full: list[str]
) -> None:
    run = dafu(workspace, "show", address)

    assert (run.code, run.out) == (2, "")
    assert f"“{address}”有{len(full)}件" in run.err
    assert sorted(run.err.strip().partition("：")[2].split("、")) == sorted(full)


def test_two_records_of_one_address_are_told_apart_by_their_paths(workspace: Path) -> None:
    (workspace / "proposals/2025/庚.yaml").write_text(
        RECORD.format("下一届", MADE.format(2025)).replace("某会", "后一次会"), encoding="utf-8"
    )

    run = dafu(workspace, "show", "2025/市/提案/31")

    assert run.code == 2
    assert "甲.yaml" in run.err
    assert "庚.yaml" in run.err


@pytest.mark.parametrize("address", ["33", "市/建议/32", "2023/31", "建议/市/31", "31/", "国家/31", "没有.yaml"])
def test_no_match_is_a_record_that_cannot_be_used(workspace: Path, address: str) -> None:
    run = dafu(workspace, "show", address)

    assert (run.code, run.out) == (3, "")
    assert address in run.err


def test_where_the_own_file_is_broken_its_fault_is_said(workspace: Path) -> None:
    (workspace / "proposals/2025/33.yaml").write_text("案号：33\n", encoding="utf-8")

    run = dafu(workspace, "show", "33")

    assert run.code == 3
    assert "33.yaml:1: 案号 键后面是全角冒号" in run.err


def test_every_command_takes_addresses(workspace: Path) -> None:
    assert dafu(workspace, "set", "省/提案/31", "分类=经济").code == 0
    assert dafu(workspace, "draft", "2025/市/建议/31").code == 0
    assert dafu(workspace, "check", "proposals/2025/甲.yaml", "提案/32").code == 0
    assert dafu(workspace, "draft", "31").code == 2
