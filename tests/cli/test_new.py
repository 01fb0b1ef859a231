from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commands import dafu
from dafu.desk.edit import schema_text
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("届次=市政协十四届三次会议", "案由=优化夜市管理", "提案人=林晓、程亦舟")
HEAD = "# yaml-language-server: $schema=../记录格式.json\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def files_in(workspace: Path) -> list[str]:
    return sorted(path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file())


def test_a_record_is_written_under_the_year_with_its_schema_beside(workspace: Path) -> None:
    run = dafu(workspace, "new", "143069", *NEEDED)

    assert (run.code, run.out, run.err) == (0, "proposals/2025/143069.yaml\n", "")
    assert [name for name in files_in(workspace) if not name.startswith(".dafu/")] == [
        "dafu.yaml",
        "proposals/2025/143069.yaml",
        "proposals/记录格式.json",
    ]
    assert (workspace / "proposals/2025/143069.yaml").read_text(encoding="utf-8") == HEAD + (
        "案号: 143069\n届次: 市政协十四届三次会议\n案由: 优化夜市管理\n提案人: [林晓, 程亦舟]\n"
    )
    assert (workspace / "proposals/记录格式.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["31", "类别=建议"], "建议-31"),
        (["31", "层级=市"], "31"),
        (["31", "层级=省"], "省-31"),
        (["31", "层级=省", "类别=建议"], "省-建议-31"),
        (["0031"], "0031"),
        (["D022"], "D022"),
    ],
)
def test_the_file_is_named_by_what_differs_from_a_proposal_of_the_own_level(
    workspace: Path, words: list[str], name: str
) -> None:
    assert dafu(workspace, "new", *words, *NEEDED).out == f"proposals/2025/{name}.yaml\n"
    assert "【缺" not in dafu(workspace, "list").out


def test_the_keys_stand_in_the_order_of_a_record_however_they_are_typed(workspace: Path) -> None:
    dafu(workspace, "new", "31", "答复.签发人=周明远", "提案人.1.电话=60010024", "类别=建议", *NEEDED)

    lines = (workspace / "proposals/2025/建议-31.yaml").read_text(encoding="utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "案号",
        "类别",
        "届次",
        "案由",
        "提案人",
        "答复",
        "  签发人",
    ]


def test_the_same_number_again_is_refused_wherever_its_file_lies(workspace: Path) -> None:
    (workspace / "proposals/旧件").mkdir()
    (workspace / "proposals/旧件/随便.yaml").write_text(RECORD, encoding="utf-8")

    run = dafu(workspace, "new", "143069", *NEEDED)

    assert run.code == 4
    assert "随便.yaml：已经有这一件了（改内容用 dafu set）" in run.err
    assert files_in(workspace) == ["dafu.yaml", "proposals/旧件/随便.yaml"]


def test_the_same_number_of_another_series_is_another_record(workspace: Path) -> None:
    assert dafu(workspace, "new", "31", *NEEDED).code == 0
    assert dafu(workspace, "new", "31", *NEEDED).code == 4
    assert dafu(workspace, "new", "31", "类别=建议", *NEEDED).code == 0
    assert dafu(workspace, "new", "31", "层级=省", *NEEDED).code == 0


def test_the_number_of_another_session_whose_file_has_the_name_is_refused(workspace: Path) -> None:
    assert dafu(workspace, "new", "31", *NEEDED).code == 0

    run = dafu(workspace, "new", "31", "届次=市政协十五届一次会议", *NEEDED[1:])

    assert run.code == 4
    assert "31.yaml：已经有这一件了" in run.err


def test_a_broken_file_of_that_name_is_never_overwritten(workspace: Path) -> None:
    (workspace / "proposals/2025").mkdir()
    (workspace / "proposals/2025/31.yaml").write_text("案号：31", encoding="utf-8")

    assert dafu(workspace, "new", "31", *NEEDED).code == 4
    assert (workspace / "proposals/2025/31.yaml").read_text(encoding="utf-8") == "案号：31"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Missing"),
        (("31",), "届次 没有填写（补上“届次: …”一行）\n案由 没有填写（补上“案由: …”一行）\n提案人 没有填写"),
        (("31", *NEEDED[:2]), "提案人 没有填写"),
        (("31", *NEEDED[:2], "提案人="), "提案人 没有填写"),
        (("31", *NEEDED, "案因=甲"), "“案因”不是字段（是不是“案由”？）"),
        (("31", *NEEDED, "类别=议案"), "类别 不能是“议案”"),
        (("31", *NEEDED, "办理过程.1.日期=2025-03-05"), "办理过程不用 set 改"),
        (("a/b", *NEEDED), "案号 “a/b”不能作文件名"),
        (("..", *NEEDED), "案号 “..”不能作文件名"),
        ((" 31", *NEEDED), "案号 首尾有空格"),
        (("1" * 41, *NEEDED), "案号 有41个字，太长（最多40个字）"),
        (("", *NEEDED), "案号 没有填写"),
        (("3\x1b1", *NEEDED), "案号"),
        (("31", *NEEDED, "并案=31"), "并案 列了自己的案号"),
    ],
)
def test_a_record_that_cannot_be_is_wrong_usage_and_nothing_is_written(
    workspace: Path, words: tuple[str, ...], sentence: str
) -> None:
    run = dafu(workspace, "new", *words)

    assert run.code == 2
    assert sentence in run.err or sentence == "Missing"
    assert "\x1b" not in run.err
    assert files_in(workspace) == ["dafu.yaml"]


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    run = dafu(workspace, "new", "31", *NEEDED, "-n")

    assert run.out == "proposals/2025/31.yaml（没有写文件）\n"
    assert files_in(workspace) == ["dafu.yaml"]


def test_a_body_comes_from_a_file(workspace: Path) -> None:
    (workspace / "正文.txt").write_bytes("一、已修。\r\n二、待修。".encode())

    assert dafu(workspace, "new", "31", *NEEDED, "答复.正文=@正文.txt").code == 0

    assert dafu(workspace, "draft", "31").code == 0
    text = (workspace / "proposals/2025/31.yaml").read_text(encoding="utf-8")
    assert text.endswith("答复:\n  正文: |-\n    一、已修。\n    二、待修。\n")


def test_rare_characters_are_kept_byte_for_byte(workspace: Path) -> None:
    names = ["李䶮", "𠮷田", "葛\U000e0100城", "阿卜杜·热合曼"]

    dafu(workspace, "new", "31", *NEEDED[:2], f"提案人={'、'.join(names)}")

    text = (workspace / "proposals/2025/31.yaml").read_bytes()
    assert f"提案人: [{', '.join(names)}]\n".encode() in text
