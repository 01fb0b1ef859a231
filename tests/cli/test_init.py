from __future__ import annotations

from typing import TYPE_CHECKING

from commands import dafu
from records import RECORD

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_workspace_is_ready_for_the_first_letter(tmp_path: Path) -> None:
    made = dafu(tmp_path, "init", "办公室")
    office = tmp_path / "办公室"
    (office / "proposals/143069.yaml").write_text(RECORD, encoding="utf-8")

    assert made.code == 0
    assert made.out.splitlines()[-1].startswith("工作区已建好。")
    assert dafu(office, "check").code == 0
    assert dafu(office, "--today", "2025-08-26", "draft", "143069").code == 0
    assert (office / "replies/2025/143069/答复.docx").is_file()


def test_every_file_that_was_made_is_named(tmp_path: Path) -> None:
    *named, _ = dafu(tmp_path, "init").out.splitlines()

    assert {"dafu.yaml", "templates/答复.j2"} <= set(named)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == set(named)


def test_a_workspace_is_never_made_over_another(tmp_path: Path) -> None:
    dafu(tmp_path, "init")
    before = (tmp_path / "dafu.yaml").read_bytes()
    again = dafu(tmp_path, "init")

    assert again.code == 4
    assert "已经有工作区了" in again.err
    assert (tmp_path / "dafu.yaml").read_bytes() == before


def test_a_rehearsal_makes_nothing(tmp_path: Path) -> None:
    rehearsed = dafu(tmp_path, "init", "-n")

    assert rehearsed.code == 0
    assert rehearsed.out.splitlines()[-1] == "（没有写文件）"
    assert list(tmp_path.iterdir()) == []
