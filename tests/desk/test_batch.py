from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from clerks import posix
from dafu import preview
from dafu.desk import batch
from dafu.desk.case import calendar_of
from dafu.desk.draft import Drafting
from dafu.desk.standing import Overview
from dafu.letter import Letter
from dafu.store import Record
from desk.conftest import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.desk.draft import Outcome
    from desk.conftest import Desk

MERGED = "并案: [143070]\n"
SENT = "办理过程: [{日期: 2025-08-27, 环节: 送达, 对象: 林晓}]\n"
CLOSED = "办理过程: [{日期: 2025-08-27, 环节: 办结}]\n"


def jobs(desk: Desk) -> list[batch.Job]:
    workspace = desk.workspace
    return batch.jobs(Overview(workspace, calendar_of(workspace), TODAY))


def drafting(desk: Desk, *, dry: bool = False) -> Drafting:
    return Drafting(desk.workspace, desk.composer(), TODAY, dry=dry)


def drafted(desk: Desk, *, dry: bool = False) -> list[Outcome]:
    return [one for _, some in batch.drafted(drafting(desk, dry=dry), jobs(desk)) for one in some]


def written(folder: Path) -> dict[str, bytes]:
    paths = (folder / "replies").rglob("*.docx")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def numbers(outcomes: list[Outcome]) -> list[list[str]]:
    return [[one.number for one in outcome.drafted] for outcome in outcomes]


def test_a_record_that_is_over_or_led_by_another_is_no_job(desk: Desk) -> None:
    desk.write(MERGED)
    for number, more in (("143070", ""), ("143071", CLOSED), ("143072", "")):
        desk.write(more, number)

    assert [job.path.stem for job in jobs(desk)] == ["143069", "143072"]


def test_a_record_that_was_sent_and_is_not_over_wants_no_letter(desk: Desk) -> None:
    desk.write(SENT)
    desk.write("", "143070")

    assert numbers(drafted(desk)) == [["143070"]]


def test_what_a_record_leads_is_drafted_with_it(desk: Desk) -> None:
    desk.write(MERGED)
    desk.write("", "143070")

    assert numbers(drafted(desk)) == [["143069", "143070"]]


def test_a_number_that_is_led_and_not_on_file_is_told_and_the_others_are_written(desk: Desk) -> None:
    desk.write(MERGED)
    desk.write("", "143072")
    outcomes = drafted(desk)

    assert numbers(outcomes) == [["143069"], ["143072"]]
    assert "143070" in str(outcomes[0].error)
    assert outcomes[1].error is None


def test_one_that_cannot_be_drafted_stops_none_in_its_portion(desk: Desk) -> None:
    desk.write("答复: {模板: 没有的}\n")
    desk.write("", "143070")
    failed, done = drafted(desk)

    assert "没有模板“没有的”" in str(failed.error)
    assert [one.number for one in done.drafted] == ["143070"]


def test_two_whose_letters_would_lie_in_one_folder_are_both_refused(desk: Desk) -> None:
    desk.write("", "Ａ1")  # full width: the same name to some systems
    desk.write("", "A1")
    outcomes = drafted(desk)

    assert [str(one.error).partition("：")[0] for one in outcomes] == ["A1", "Ａ1"]
    assert written(desk.folder) == {}


def test_the_same_number_in_years_apart_is_no_rival(desk: Desk) -> None:
    for number, year in (("143069", 2024), ("143070", 2025)):
        path = desk.write(f"办理过程: [{{日期: {year}-03-05, 环节: 交办}}]\n", number)
        session = "市政协十四届三次会议"
        text = path.read_text(encoding="utf-8").replace("143070", "143069").replace(session, f"{session}{year}")
        path.write_text(text, encoding="utf-8")

    assert numbers(drafted(desk)) == [["143069"], ["143069"]]


def test_other_processes_write_the_same_letters_and_tell_the_same_faults(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(143069, 143075):
        desk.write("", str(number))
    desk.write("答复: {模板: 没有的}\n", "143075")
    alone, letters = drafted(desk), written(desk.folder)
    monkeypatch.setattr(batch, "_MANY", 2)
    monkeypatch.setattr(batch, "_PORTION", 3)
    together = drafted(desk)

    assert numbers(together) == numbers(alone)
    assert [str(one.error) for one in together] == [str(one.error) for one in alone]
    assert len(letters) == 6
    assert written(desk.folder) == letters


@posix
def test_no_process_outlives_the_one_that_started_it_and_was_killed(desk: Desk) -> None:
    for number in range(300):
        desk.write("", f"9{number:03}")
    command = [sys.executable, "-m", "dafu", "draft", "--all", "-n"]
    running = subprocess.Popen(command, cwd=desk.folder, start_new_session=True, stdout=subprocess.DEVNULL)
    while len(of_session(running.pid)) < 3:
        assert running.poll() is None
        time.sleep(0.05)
    running.kill()
    running.wait()
    until = time.monotonic() + 30
    while of_session(running.pid) and time.monotonic() < until:
        time.sleep(0.05)

    assert of_session(running.pid) == []


@posix
def test_no_other_process_hears_of_ctrl_c_from_its_very_start(desk: Desk) -> None:
    for number in range(300):
        desk.write("", f"9{number:03}")
    command = [sys.executable, "-m", "dafu", "draft", "--all", "-n"]
    running = subprocess.Popen(
        command,
        cwd=desk.folder,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    while running.poll() is None:
        for other in {int(line.split()[0]) for line in of_session(running.pid)} - {running.pid}:
            with suppress(ProcessLookupError):
                os.kill(other, signal.SIGINT)
    _, told = running.communicate()

    assert running.returncode == 0
    assert "Traceback" not in told


def of_session(session: int) -> list[str]:
    """Return the processes of a session that still run."""
    told = subprocess.run(
        ["ps", "-s", str(session), "-o", "pid=,stat="], capture_output=True, encoding="utf-8", check=False
    )
    return [line for line in told.stdout.splitlines() if "Z" not in line]


def test_of_hundreds_of_letters_only_one_portion_is_ever_in_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(300):
        desk.write("", f"9{number:03}")
    wanted = jobs(desk)
    monkeypatch.setattr(batch, "_MANY", 1000)
    monkeypatch.setattr(batch, "_PORTION", 20)
    before, alive, count = held(), [], 0
    for done, outcomes in batch.drafted(drafting(desk, dry=True), wanted):
        count += done
        assert all(one.docx == b"" for outcome in outcomes for one in outcome.drafted)
        alive.append(held() - before)

    assert count == 300
    assert max(alive) <= 2 * 20  # a record and a letter for each of a portion
    assert held() == before


def held() -> int:
    """Count the records and letters that something still holds."""
    gc.collect()
    return sum(isinstance(one, Record | Letter) for one in gc.get_objects())


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_pdfs_of_a_portion_are_made_in_one_run(desk: Desk) -> None:
    for number in ("143069", "143070", "143071"):
        desk.write("", number)
    order = Drafting(desk.workspace, desk.composer(), TODAY, render=True)
    ((count, outcomes),) = batch.drafted(order, jobs(desk))

    assert count == 3
    assert [outcome.error for outcome in outcomes] == [None] * 3
    for outcome in outcomes:
        assert outcome.drafted[0].path.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
