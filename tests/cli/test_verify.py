from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from archiving import BAG, CLOSED, REGISTER, archived, desk, papers, scans
from clerks import posix
from commands import dafu

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "143070"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an office with two archived cases."""
    desk(tmp_path)
    (tmp_path / f"proposals/{OTHER}.yaml").write_text(CLOSED.replace("143069", OTHER), encoding="utf-8")
    papers(tmp_path, OTHER)
    for number in ("143069", OTHER):
        assert archived(tmp_path, number).code == 0
    return tmp_path


def found(folder: Path, *words: str) -> list[dict[str, str | None]]:
    run = dafu(folder, "verify", "--json", *words)
    findings: list[dict[str, str | None]] = json.loads(run.out)
    assert run.code == (1 if findings else 0)
    return findings


def test_an_archive_that_nobody_touched_is_whole(folder: Path) -> None:
    run = dafu(folder, "verify")
    assert (run.code, run.out, run.err) == (0, "归档包2个，都同归档时一样\n", "")
    assert found(folder) == []


def test_an_office_that_archived_nothing_has_nothing_to_verify(tmp_path: Path) -> None:
    desk(tmp_path)
    assert dafu(tmp_path, "verify").out == "归档包0个，都同归档时一样\n"


def test_every_finding_names_the_case_the_file_and_the_cure(folder: Path) -> None:
    with (folder / BAG / "data/正本/答复.pdf").open("r+b") as scan:
        scan.write(b"%pdf")
    (folder / BAG / "data/交办单/交办单.pdf").unlink()
    findings = found(folder)
    assert {finding["案号"] for finding in findings} == {"143069"}
    assert [(finding["文件"], finding["说明"]) for finding in findings if finding["文件"] != f"{BAG}/bag-info.txt"] == [
        (f"{BAG}/data/正本/答复.pdf", "内容改动过（从备份恢复）"),
        (f"{BAG}/data/交办单/交办单.pdf", "不见了（从备份恢复）"),
    ]
    run = dafu(folder, "verify")
    assert run.code == 1
    assert f"{BAG}/data/交办单/交办单.pdf: 不见了（从备份恢复）\n" in run.out


def test_only_the_named_cases_are_looked_into_but_the_register_always_is(folder: Path) -> None:
    (folder / BAG / "data/目录.txt").unlink()
    assert found(folder, OTHER) == []
    assert {finding["案号"] for finding in found(folder, "143069", OTHER)} == {"143069"}

    text = (folder / REGISTER).read_text(encoding="utf-8")
    (folder / REGISTER).write_text(text.replace("143069", "143068"), encoding="utf-8", newline="")
    assert (None, f"{REGISTER}:2") in [(finding["案号"], finding["文件"]) for finding in found(folder, OTHER)]


def test_a_case_that_is_not_archived_cannot_be_verified(folder: Path) -> None:
    (folder / "proposals/143071.yaml").write_text(CLOSED.replace("143069", "143071"), encoding="utf-8")
    run = dafu(folder, "verify", "143071")
    assert (run.code, run.err) == (3, "143071：没有归档（用 dafu archive 归档）\n")
    assert dafu(folder, "verify", "999").code == 3


def test_all_of_a_year_deleted_is_found(folder: Path) -> None:
    shutil.rmtree(folder / "replies/2025")
    assert [(finding["案号"], finding["文件"]) for finding in found(folder)] == [
        ("143069", BAG),
        (OTHER, BAG.replace("143069", OTHER)),
    ]


def test_a_register_that_lost_its_end_together_with_the_bag_is_found_by_the_record(folder: Path) -> None:
    lines = (folder / REGISTER).read_bytes().splitlines(keepends=True)
    (folder / REGISTER).write_bytes(b"".join(lines[:-1]))
    shutil.rmtree(folder / "replies/2025" / OTHER)
    [finding] = found(folder)
    assert finding["案号"] == OTHER
    assert finding["说明"] == "记录里写着归档登记2025年第2号，登记里没有这一行（登记不见了或不全，从备份恢复）"


@posix
def test_a_register_that_became_a_link_is_a_finding_and_is_not_gone_on_with(folder: Path) -> None:
    (folder / REGISTER).rename(folder / "登记.txt")
    (folder / REGISTER).symlink_to(folder / "登记.txt")

    assert (None, REGISTER, "是链接，不是登记本身（移走它，从备份恢复登记）") in [
        (finding["案号"], finding["文件"], finding["说明"]) for finding in found(folder)
    ]
    assert dafu(folder, "archive", "143069", *scans(), "--reason", "补正").code == 3


def test_a_register_that_cannot_be_read_hides_no_bag(folder: Path) -> None:
    (folder / REGISTER).unlink()
    (folder / REGISTER).mkdir()

    assert {finding["文件"] for finding in found(folder)} >= {REGISTER, BAG, BAG.replace("143069", OTHER)}


def test_a_bag_is_found_under_any_name_beside_its_place(folder: Path) -> None:
    (folder / BAG).rename((folder / BAG).with_name("归档（旧）"))

    [finding] = found(folder)
    assert (finding["文件"], finding["说明"]) == (
        BAG,
        "归档包不在原处，改名或移到了 2025/143069/归档（旧）（移回原处）",
    )


def test_later_versions_are_verified_too(folder: Path) -> None:
    assert dafu(folder, "archive", "143069", *scans(), "--reason", "补正").code == 0
    assert dafu(folder, "verify").out == "归档包3个，都同归档时一样\n"
    (folder / f"{BAG}-2/data/目录.txt").write_bytes(b"")
    assert {finding["案号"] for finding in found(folder, "143069")} == {"143069"}


def test_what_a_killed_run_left_is_a_finding(folder: Path) -> None:
    left = (folder / BAG).with_name(".归档-2.0.dafu-tmp")
    left.mkdir()
    assert [finding["文件"] for finding in found(folder)] == [left.relative_to(folder).as_posix()]


def test_a_broken_record_hides_no_bag(folder: Path) -> None:
    (folder / "proposals/143069.yaml").write_text("案号: [", encoding="utf-8")
    assert found(folder) == []
    (folder / BAG / "data/目录.txt").unlink()
    assert found(folder) != []


@posix
def test_an_archived_case_without_its_record_is_found(folder: Path) -> None:
    (folder / "proposals/143069.yaml").unlink()

    (lost,) = found(folder)
    assert lost["案号"] == "143069"
    assert str(lost["说明"]).endswith(
        "它的记录不见了，或者改了案号、届次、层级、类别（从备份恢复记录，或者改回原来的写法）"
    )
    assert found(folder, OTHER) == []


@pytest.mark.parametrize("text", ["案号: 143069\n案由: [", '案号: "14\\u0033069"\n案由: ['], ids=["plain", "escaped"])
def test_a_file_that_may_be_the_record_counts_as_one(folder: Path, text: str) -> None:
    (folder / "proposals/143069.yaml").unlink()
    (folder / "proposals/别名.yaml").write_text(text, encoding="utf-8")

    assert found(folder) == []


def test_a_file_too_large_to_be_read_hides_neither_a_lost_record_nor_a_bag(folder: Path) -> None:
    (folder / "proposals/143069.yaml").unlink()
    (folder / BAG / "data/目录.txt").unlink()
    with (folder / "proposals/别名.yaml").open("wb") as file:
        file.truncate(50_000_001)

    told = [str(finding["说明"]) for finding in found(folder)]
    assert any("它的记录不见了" in one for one in told)
    assert any(one.startswith("不见了") for one in told)


def test_a_bar_is_shown_on_a_terminal_alone(folder: Path) -> None:
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "dafu", "verify"])  # noqa: S606 -- our own interpreter
    shown = b""
    try:
        while data := os.read(terminal, 65536):
            shown += data
    except OSError:  # how a terminal ends on Linux
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert "核对" in shown.decode()
    assert "归档包2个，都同归档时一样" in shown.decode()
