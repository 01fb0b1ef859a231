from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import bagit  # type: ignore[import-untyped]  # -- it ships no types
import pytest

from archiving import BAG, CLOSED, REGISTER, archived, desk, papers
from clerks import posix
from commands import dafu

if TYPE_CHECKING:
    from pathlib import Path

OTHER, SUMS = "143070", "校验码-SHA256.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an office with two archived cases of 2025, and one that is not archived."""
    office = desk(tmp_path / "office")
    for number in (OTHER, "143071"):
        (office / f"proposals/{number}.yaml").write_text(CLOSED.replace("143069", number), encoding="utf-8")
    papers(office, OTHER)
    for number in ("143069", OTHER):
        assert archived(office, number).code == 0
    return office


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_year_goes_out_with_bags_records_catalogue_checksums_and_words(folder: Path) -> None:
    run = dafu(folder, "export", "2025", "../out")
    assert (run.code, run.err) == (0, "")
    before, out = tree(folder), tree(folder.parent / "out")

    kept = {name for name in before if "/归档/" in name} | {REGISTER, "dafu.yaml"}
    kept |= {f"proposals/{number}.yaml" for number in ("143069", OTHER)}
    assert {name: out[name] for name in kept} == {name: before[name] for name in kept}
    assert out.keys() - kept == {"说明.txt", SUMS, "归档文件目录.xlsx", "归档文件目录.docx"}


def test_the_words_explain_the_folder_to_one_without_this_program(folder: Path) -> None:
    run = dafu(folder, "export", "2025", "../out")
    said = (folder.parent / "out/说明.txt").read_text(encoding="utf-8")
    root = (folder / REGISTER).read_text(encoding="utf-8").split("\t")[-1].strip()
    assert "东河市商务局2025年" in said
    assert f"sha256sum -c {SUMS}" in said
    assert root in said
    assert root in run.out


@posix
def test_sha256sum_checks_the_whole_folder(folder: Path) -> None:
    dafu(folder, "export", "2025", "../out")
    out = folder.parent / "out"
    command = ["sha256sum", "--strict", "-c", SUMS]
    assert subprocess.run(command, cwd=out, capture_output=True, check=False).returncode == 0
    assert len((out / SUMS).read_text(encoding="utf-8").splitlines()) == len(tree(out)) - 1

    (out / BAG / "data/目录.txt").write_bytes(b"")
    assert subprocess.run(command, cwd=out, capture_output=True, check=False).returncode == 1


def test_other_tools_accept_the_bags(folder: Path) -> None:
    dafu(folder, "export", "2025", "../out")
    assert bagit.Bag(str(folder.parent / "out" / BAG)).validate()


def test_the_folder_is_a_workspace_that_verifies_and_whose_records_load(folder: Path) -> None:
    dafu(folder, "export", "2025", "../out")
    out = folder.parent / "out"
    assert dafu(out, "verify").out == "归档包2个，都同归档时一样\n"
    assert [one["阶段"] for one in json.loads(dafu(out, "list", "--json").out)] == ["已归档", "已归档"]

    (out / BAG / "data/目录.txt").unlink()
    assert dafu(out, "verify").code == 1


def test_a_year_is_taken_back_into_another_workspace_by_copying_it(folder: Path) -> None:
    dafu(folder, "export", "2025", "../out")
    other = folder.parent / "other"
    other.mkdir()
    assert dafu(other, "init").code == 0
    for name in ("proposals", "replies"):
        shutil.copytree(folder.parent / "out" / name, other / name, dirs_exist_ok=True)
    assert dafu(other, "verify").out == "归档包2个，都同归档时一样\n"
    shown = json.loads(dafu(other, "show", "143069", "--json").out)
    assert (shown["阶段"], shown["办理过程"][-1]["说明"]) == ("已归档", "归档登记2025年第1号")


def test_an_empty_folder_may_be_there_and_one_that_is_not_empty_is_refused(folder: Path) -> None:
    out = folder.parent / "out"
    out.mkdir()
    assert dafu(folder, "export", "2025", "../out").code == 0
    before = tree(out)
    run = dafu(folder, "export", "2025", "../out")
    assert (run.code, "不是空文件夹，没有导出" in run.err) == (4, True)
    assert tree(out) == before
    assert dafu(folder, "export", "2025", "dafu.yaml").code == 4


def unfinished(out: Path, *moved: str) -> Path:
    """Put all of an export but what was *moved* back where it was built, as one finds it after a power cut."""
    temporary = out / ".2025.0a1b2c3d.dafu-tmp"
    temporary.mkdir()
    for path in [path for path in out.iterdir() if path != temporary and path.name not in moved]:
        path.rename(temporary / path.name)
    return temporary


@pytest.mark.parametrize("moved", [[], ["dafu.yaml"], ["dafu.yaml", "proposals", "说明.txt"]])
def test_an_export_that_was_stopped_is_brought_to_its_end_by_the_next_one(moved: list[str], folder: Path) -> None:
    out = folder.parent / "out"
    assert dafu(folder, "export", "2025", "../out").code == 0
    before = {name: data for name, data in tree(out).items() if not name.endswith((".xlsx", "SHA256.txt"))}
    unfinished(out, *moved)
    assert dafu(folder, "export", "2025", "../out").code == 0
    assert before.items() <= tree(out).items()
    assert not [name for name in tree(out) if "dafu-tmp" in name]
    assert dafu(out, "verify").code == 0


def test_an_export_that_was_not_proved_is_built_anew(folder: Path) -> None:
    out = folder.parent / "out"
    assert dafu(folder, "export", "2025", "../out").code == 0
    temporary = unfinished(out)
    (temporary / "校验码-SHA256.txt").unlink()
    (temporary / "dafu.yaml").write_bytes(b"")
    assert dafu(folder, "export", "2025", "../out").code == 0
    assert (out / "dafu.yaml").read_bytes() == (folder / "dafu.yaml").read_bytes()
    assert not temporary.exists()


@pytest.mark.parametrize("name", ["replies/out", "proposals/2025/out"])
def test_an_export_never_goes_among_the_records_and_replies_themselves(name: str, folder: Path) -> None:
    run = dafu(folder, "export", "2025", name)
    assert (run.code, "会同原来的混在一起" in run.err) == (4, True)


def test_a_damaged_archive_does_not_go_out(folder: Path) -> None:
    (folder / BAG / "data/目录.txt").unlink()
    run = dafu(folder, "export", "2025", "../out")
    assert run.code == 4
    assert f"{BAG}/data/目录.txt: 不见了" in run.err
    assert not (folder.parent / "out").exists()


def test_a_dry_run_verifies_and_writes_nothing(folder: Path) -> None:
    run = dafu(folder, "export", "2025", "../out", "-n")
    assert (run.code, "归档包2个，导出到 ../out（没有写文件）" in run.out) == (0, True)
    assert not (folder.parent / "out").exists()


def test_a_year_without_archived_cases_is_told(folder: Path) -> None:
    run = dafu(folder, "export", "2024", "../out")
    assert (run.code, "2024年没有归档的件" in run.err) == (3, True)
    assert dafu(folder, "export", "去年", "../out").code == 2


def test_json_says_how_much_went_where(folder: Path) -> None:
    found = json.loads(dafu(folder, "export", "2025", "../out", "--json").out)
    root = (folder / REGISTER).read_text(encoding="utf-8").split("\t")[-1].strip()
    assert found == {"文件夹": "../out", "归档包": 2, "摘要": root, "写入": True}


def test_a_case_whose_record_is_gone_still_goes_out_and_is_named(folder: Path) -> None:
    (folder / f"proposals/{OTHER}.yaml").unlink()
    run = dafu(folder, "export", "2025", "../out")
    assert run.code == 0
    assert f"市/提案/市政协十四届三次会议/{OTHER}：现行记录找不到或读不通" in run.err
    assert (folder.parent / "out/replies/2025" / OTHER / "归档/data/记录/proposals").exists()


def test_days_off_of_the_office_s_own_go_along(folder: Path) -> None:
    office = (folder / "dafu.yaml").read_text(encoding="utf-8")
    (folder / "dafu.yaml").write_text(office + "节假日: 放假.yaml\n", encoding="utf-8")
    (folder / "放假.yaml").write_text("2025: {通知: 市政府通知, 放假: {市庆: [2025-05-09]}}\n", encoding="utf-8")
    run = dafu(folder, "export", "2025", "../out")
    assert (run.code, run.err) == (0, "")
    assert dafu(folder.parent / "out", "list").code == 0
