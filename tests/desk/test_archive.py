"""The whole act under fire, and with the letters that LibreOffice prints."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from archiving import BAG, CLOSED, REGISTER, archived, papers, picture, scans
from archiving import desk as office_with_a_closed_case
from clerks import failing, posix
from commands import dafu
from dafu import files, preview, store
from dafu.desk.archive import archive
from dafu.desk.archiving import Archiving, Request
from dafu.errors import DafuError, RefusedError, UnusableError
from dafu.store import Author
from sabotage import Saboteur, is_killed_at

if TYPE_CHECKING:
    from pathlib import Path

STRIDE = int(os.environ.get("DAFU_STRIDE", "9"))
"""Every how many steps the act is stopped; 1 for all of them."""
needs_office = pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")


def act(folder: Path, number: str = "143069") -> None:
    """Archive the case *number* of the office in *folder*, the way `dafu archive` does."""
    workspace = store.open_workspace(folder)
    record = store.find(workspace, number, folder)
    request = Request(words=scans(number), here=folder, day="2025-05-06")
    author = Author("林晓", "2025-05-06T09:00:00+08:00")
    archive(Archiving(workspace, record, store.lead_of(workspace, record), request, author, date(2025, 5, 6)))


@posix
def test_one_who_is_killed_at_any_step_has_lost_nothing_and_the_same_command_finishes(tmp_path: Path) -> None:
    template, steps = tmp_path / "office", 0
    office_with_a_closed_case(template)
    for step in range(1, 400, STRIDE):
        folder = tmp_path / str(step)
        shutil.copytree(template, folder)
        if not is_killed_at(step, partial(act, folder)):
            break
        steps += 1
        assert archived(folder).code in (0, 4)  # 4: it was over
        assert dafu(folder, "verify").out == "归档包1个，都同归档时一样\n"
        text = (folder / "proposals/143069.yaml").read_text(encoding="utf-8")
        assert text.count("环节: 归档, 说明: 归档登记2025年第1号") == 1
        assert [path.name for path in folder.glob("replies/2025/143069/*归档*")] == ["归档"]
        shutil.rmtree(folder)
    assert steps * STRIDE > 60


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_fault_at_any_step_is_told_and_the_same_command_finishes(number: int, tmp_path: Path) -> None:
    template, told = tmp_path / "office", 0
    office_with_a_closed_case(template)
    for step in range(1, 400, STRIDE):
        folder = tmp_path / str(step)
        shutil.copytree(template, folder)
        try:
            if not Saboteur(step, failing(number)).spoils(partial(act, folder)):
                break
        except DafuError:
            told += 1
        assert archived(folder).code in (0, 4)
        assert dafu(folder, "verify").code == 0
        assert "环节: 归档" in (folder / "proposals/143069.yaml").read_text(encoding="utf-8")
        shutil.rmtree(folder)
    assert told * STRIDE > 40


def test_the_doctor_never_says_that_an_unfinished_bag_may_be_deleted(tmp_path: Path) -> None:
    office_with_a_closed_case(tmp_path)
    assert archived(tmp_path).code == 0
    place = tmp_path / BAG
    place.rename(place.with_name(".归档.0.dafu-tmp"))  # as one leaves it who is killed between the seal and its place
    said = dafu(tmp_path, "doctor").out
    assert "归档没有做完就中断了，归档 还没有就位（再做一次 dafu archive，会自行补完）" in said
    assert "再删去" not in said

    run = archived(tmp_path)
    assert (run.code, "已经补完" in run.err) == (4, False)
    assert dafu(tmp_path, "verify").code == 0


@posix
def test_the_doctor_finishes_or_clears_away_what_one_left_who_was_killed_at_any_step(tmp_path: Path) -> None:
    template, ends = tmp_path / "office", set[tuple[int, int, int]]()
    office_with_a_closed_case(template)
    for step in range(2, 400, STRIDE):
        folder = tmp_path / str(step)
        shutil.copytree(template, folder)
        if not is_killed_at(step, partial(act, folder)):
            break
        dafu(folder, "doctor", "--fix", answers="y\n" * 9)
        told = dafu(folder, "doctor", "--fix", answers="y\n" * 9)  # an event may be lacking only once the bag is there
        assert "做吗" not in told.err
        assert dafu(folder, "verify").code == 0
        bags = len([*folder.glob("replies/2025/143069/*归档*")])
        lines = len(read(folder / REGISTER).splitlines()) - 1 if (folder / REGISTER).exists() else 0
        ends.add((bags, lines, read(folder / "proposals/143069.yaml").count("环节: 归档")))
        shutil.rmtree(folder)
    assert ends == {(0, 0, 0), (1, 1, 1)}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_doctor_names_a_line_of_the_register_that_was_changed_and_a_bag_that_no_line_knows(tmp_path: Path) -> None:
    office_with_a_closed_case(tmp_path)
    assert archived(tmp_path).code == 0
    register = tmp_path / REGISTER
    text = read(register)
    register.write_text(text.replace("143069", "143070", 1), encoding="utf-8")
    assert f"{REGISTER}:2: 这一行改动过" in dafu(tmp_path, "doctor").out
    register.unlink()
    assert f"{BAG}: 归档登记里没有这个包" in dafu(tmp_path, "doctor").out
    register.write_text(text, encoding="utf-8")
    assert "归档" not in dafu(tmp_path, "doctor").out


def test_a_source_that_changes_while_it_is_archived_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office_with_a_closed_case(tmp_path)
    fill = files.fill

    def meddled(folder: Path, contents: dict[str, bytes | Path]) -> dict[str, files.Stored]:
        (tmp_path / "scans/143069/交办单.pdf").write_bytes(picture("another"))
        return fill(folder, contents)

    monkeypatch.setattr(files, "fill", meddled)
    with pytest.raises(RefusedError, match="在归档时被别人改动过，没有归档"):
        act(tmp_path)
    assert [path.name for path in (tmp_path / "replies/2025/143069").iterdir() if "归档" in path.name] == []


def test_a_bag_that_reads_back_differently_is_not_archived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office_with_a_closed_case(tmp_path)
    write = os.write
    monkeypatch.setattr(os, "write", lambda one, data: write(one, bytes(data).replace(b"%PDF", b"%PDE")))
    with pytest.raises(UnusableError, match="读回来不对，没有归档"):
        act(tmp_path)
    assert [path.name for path in (tmp_path / "replies/2025/143069").iterdir() if "归档" in path.name] == []
    assert not (tmp_path / REGISTER).exists()


def test_two_cases_whose_letters_would_lie_in_one_folder_are_never_archived_as_one(tmp_path: Path) -> None:
    other = CLOSED.replace("三次会议", "四次会议").replace("〕67号", "〕68号")
    office_with_a_closed_case(tmp_path)
    (tmp_path / "proposals/other.yaml").write_text(other, encoding="utf-8")
    assert dafu(tmp_path, "archive", "proposals/143069.yaml", *scans()).code == 0
    run = dafu(tmp_path, "archive", "proposals/other.yaml", *scans(), "--reason", "补正")
    assert (run.code, "里归档的是 市/提案/市政协十四届三次会议/143069" in run.err) == (4, True)


@pytest.mark.office
@needs_office
def test_a_letter_that_libreoffice_printed_is_archived_and_that_of_another_case_is_refused(tmp_path: Path) -> None:
    office_with_a_closed_case(tmp_path)
    (tmp_path / "proposals/143070.yaml").write_text(CLOSED.replace("143069", "143070"), encoding="utf-8")
    papers(tmp_path, "143070")
    for number in ("143069", "143070"):
        [letter] = tmp_path.glob(f"replies/2025/{number}/*.docx")
        (tmp_path / f"scans/{number}/答复.pdf").write_bytes(preview.pdf(letter.read_bytes()))

    run = dafu(tmp_path, "archive", "143069", "scans/143070/答复.pdf", *scans(but="答复"))
    assert (run.code, "案号：记录里是“143069号”，扫描件里是“143070号”" in run.err) == (4, True)

    run = archived(tmp_path)
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / BAG / "data/正本/答复.pdf").read_bytes() == (tmp_path / "scans/143069/答复.pdf").read_bytes()
