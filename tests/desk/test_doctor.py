from __future__ import annotations

import tempfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from clerks import clerk, posix
from dafu import files, preview, store
from dafu.desk.doctor import Finding, examine
from dafu.desk.track import track
from dafu.errors import Severity
from dafu.store import Author
from dafu.workdays import Calendar, YearNotice, published

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem
    from desk.conftest import Desk

KNOWN = {year: notice for year, notice in published().items() if year <= 2025}
LIN = Author("林晓", "2025-05-06T09:00:00+08:00")
SPRING, NOVEMBER = date(2025, 3, 5), date(2025, 11, 1)


def found(desk: Desk, code: str, today: date = SPRING, own: dict[int, YearNotice] | None = None) -> list[Problem]:
    return [one.problem for one in examined(desk, today, Calendar(own, KNOWN)) if one.problem.code == code]


def examined(desk: Desk, today: date = SPRING, calendar: Calendar | None = None) -> list[Finding]:
    return examine(desk.workspace, calendar or Calendar(None, KNOWN), today, LIN)[0]


@pytest.fixture
def bare_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing on the path: no LibreOffice, no poppler, no fontconfig."""
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("bin")))


@pytest.mark.usefixtures("bare_machine")
def test_programs_that_are_missing_come_with_their_cure(desk: Desk) -> None:
    said = "\n".join(map(str, found(desk, "D101")))

    assert "没有安装 LibreOffice" in said
    assert "sudo apt install libreoffice-writer" in said
    assert "没有安装 poppler" in said


@pytest.mark.usefixtures("bare_machine")
def test_a_system_that_lists_no_faces_says_so_and_accuses_none(desk: Desk) -> None:
    (notice,) = found(desk, "D103")

    assert notice.severity is Severity.NOTICE
    assert "方正小标宋简体" in notice.cure
    assert found(desk, "D102") == []


@posix
def test_a_machine_without_room_for_temporary_files_is_told_and_the_rest_is_examined(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path_factory.mktemp("bin")
    (programs / "fc-list").write_text("#!/bin/sh\n", encoding="utf-8")
    (programs / "fc-list").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(tempfile, "tempdir", str(programs / "gone"))

    (warning,) = found(desk, "D116")
    assert "系统的临时文件夹: 不能用：找不到" in warning.message
    assert len(found(desk, "D101")) == 2


def test_each_official_face_that_is_missing_is_named_with_a_lawful_source(desk: Desk) -> None:
    letter_faces = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
    missing = letter_faces & preview.stand_ins().keys()

    said = found(desk, "D102")
    assert {face for face in letter_faces if any(f"“{face}”" in one.message for one in said)} == missing
    assert len(said) == len(missing)
    assert all("字体有版权，dafu 不附带" in one.cure for one in said)


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2025, 10, 31), []),
        (NOVEMBER, ["2026"]),
        (date(2025, 12, 31), ["2026"]),
        (date(2026, 1, 1), ["2026"]),
        (date(2026, 11, 1), ["2026", "2027"]),
    ],
)
def test_from_november_on_the_notice_of_the_next_year_is_wanted(desk: Desk, today: date, years: list[str]) -> None:
    assert [one.message[2:6] for one in found(desk, "D104", today)] == years


def test_an_own_notice_of_the_whole_year_settles_it(desk: Desk) -> None:
    whole = published()[2026]

    assert found(desk, "D104", NOVEMBER, {2026: whole}) == []


@pytest.mark.parametrize("folder", [".", "proposals/2025", "replies/2025/143069", "templates"])
def test_what_a_killed_write_left_is_found_wherever_it_lies(desk: Desk, folder: str) -> None:
    place = desk.folder / folder
    place.mkdir(parents=True, exist_ok=True)
    leftover = place / ".答复.docx.0a1b2c3d.dafu-tmp"
    leftover.write_bytes(b"half")

    (problem,) = found(desk, "D105")
    assert problem.file == str(leftover)
    assert leftover.exists()


def test_copies_among_the_records_are_told(desk: Desk) -> None:
    path = desk.write()
    copy = path.with_name("143069 - 副本.yaml")
    copy.write_bytes(path.read_bytes())

    (problem,) = found(desk, "F205")
    assert problem.file == str(copy)


def test_a_number_on_two_papers_is_told(tmp_path: Path) -> None:
    from desk.conftest import Desk as AnyDesk  # at run time only here

    series = "发文字号: {会办意见: {代字: 东商提函, 自动: 是, 起号: 1}}\n"
    desk = AnyDesk(records.make_workspace(tmp_path, records.OFFICE + series))
    for number in ("143069", "143070"):
        desk.write("答复: {发文字号: 东商提函〔2025〕1号}\n", number)

    (problem,) = found(desk, "N201")
    assert "东商提函〔2025〕1号 用在了2份文件上" in problem.message


def test_a_record_that_cannot_be_read_does_not_stop_it(desk: Desk) -> None:
    desk.write("签发: 周明远\n")
    (desk.folder / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp").write_bytes(b"half")

    assert len(found(desk, "D105")) == 1


# --- what the tool can mend


def mended(desk: Desk, code: str) -> list[Finding]:
    """Do every repair of the findings *code* and return what is found then."""
    for one in examined(desk):
        if one.problem.code == code and one.repair:
            one.repair.act()
    return [one for one in examined(desk) if one.problem.code == code]


def test_a_file_left_unfinished_is_deleted(desk: Desk) -> None:
    leftover = desk.folder / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp"
    leftover.write_bytes(b"half")

    assert mended(desk, "D105") == []
    assert not leftover.exists()


def test_a_torn_journal_is_put_aside_and_the_whole_lines_can_still_be_taken_back(desk: Desk) -> None:
    path = desk.write()
    store.save(desk.workspace, desk.record(), desk.record().text + "重点: 是\n", LIN, "修改")
    journal = desk.folder / ".dafu/日志/proposals/143069.jsonl"
    torn = journal.read_bytes() + b'{"user": "\xe6\x9e'
    journal.write_bytes(torn)

    (problem,) = found(desk, "J101")
    assert (problem.file, problem.line) == (str(journal), 2)
    assert mended(desk, "J101") == []
    assert [one.read_bytes() for one in journal.parent.glob("*.bak")] == [torn]
    store.undo(desk.workspace, desk.record(), LIN, dry=False)
    assert path.read_text(encoding="utf-8") == records.RECORD


@posix
def test_the_lock_of_one_who_died_is_opened(desk: Desk) -> None:
    lock, note = desk.folder / ".dafu/写入.lock", desk.folder / ".dafu/写入.lock.json"
    dying = "with files.locked(place, '赵一', 1): os.kill(os.getpid(), signal.SIGKILL)"
    assert clerk(dying, lock).returncode != 0
    assert note.exists()

    assert "赵一（电脑" in found(desk, "D109")[0].message
    assert mended(desk, "D109") == []
    assert not note.exists()


def test_a_lock_that_is_held_is_no_fault_and_one_of_another_computer_stays(desk: Desk) -> None:
    lock, note = desk.folder / ".dafu/写入.lock", desk.folder / ".dafu/写入.lock.json"
    with files.locked(lock, "林晓", 1):
        assert found(desk, "D109") + found(desk, "D110") == []
    note.write_text('{"name": "赵一", "host": "office-7", "process": 7, "since": "2025-03-05"}', encoding="utf-8")

    assert "赵一（电脑 office-7，进程 7，自 2025-03-05） 正在使用" in found(desk, "D110")[0].message
    assert len(mended(desk, "D110")) == 1
    assert note.exists()


# --- acts of which one half is done


NUMBERED = "发文字号: {会办意见: {代字: 东商提函, 自动: 是, 起号: 1}}\n"
ASSISTING = """\
角色: 会办
主办单位: 市住建局
办理过程:
  - {日期: 2025-03-05, 环节: 签发, 签发人: 周明远}
"""


def test_a_number_that_was_taken_and_never_entered_is_told_with_both_ways_out(desk: Desk) -> None:
    (desk.folder / "dafu.yaml").write_text(records.OFFICE + NUMBERED, encoding="utf-8")
    path = desk.write(ASSISTING)
    before = path.read_bytes()
    event = {"日期": "2025-03-06", "环节": "印发", "发文字号": "自动"}
    track(desk.workspace, desk.record(), event, LIN, dry=False)
    assert found(desk, "D107") == []
    path.write_bytes(before)  # as it is when the clerk's machine stops between the register and the record

    (problem,) = found(desk, "D107")
    assert "东商提函〔2025〕1号 已经取给这一件的会办意见" in problem.message
    assert "dafu track 143069 印发 发文字号=自动" in problem.cure
    assert "dafu numbers void 东商提函〔2025〕1号" in problem.cure
    track(desk.workspace, desk.record(), event, LIN, dry=False)
    assert found(desk, "D107") == []


def test_a_copy_for_the_web_without_its_event_is_told(desk: Desk) -> None:
    desk.write("办理过程:\n  - {日期: 2025-03-05, 环节: 交办}\n")
    copy = desk.folder / "replies/2025/143069/公开/答复.docx"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"")

    (problem,) = found(desk, "D115")
    assert (problem.file, "dafu publish 143069" in problem.cure) == (str(copy), True)
    desk.write("办理过程:\n  - {日期: 2025-03-05, 环节: 公开}\n")
    assert found(desk, "D115") == []


def test_letters_that_no_record_stands_behind_are_told_unless_one_cannot_be_read(desk: Desk) -> None:
    desk.write()
    for number in ("143069", "143070"):
        letter = desk.folder / f"replies/2024/{number}/答复.docx"
        letter.parent.mkdir(parents=True)
        letter.write_bytes(b"")

    assert [one.file for one in found(desk, "D108")] == [str(desk.folder / "replies/2024/143070")]
    desk.write("签发: 周明远\n", "143070")
    assert found(desk, "D108") == []


# --- books and notices


def test_two_records_of_one_number_are_told(desk: Desk) -> None:
    desk.write()
    (desk.folder / "proposals/b.yaml").write_text(records.RECORD, encoding="utf-8")

    assert len(found(desk, "R301")) == 1


def test_a_copy_of_the_office_file_and_one_among_the_templates_are_told(desk: Desk) -> None:
    (desk.folder / "templates").mkdir(exist_ok=True)
    copies = [desk.folder / "dafu - 副本.yaml", desk.folder / "templates/答复 (冲突副本).j2"]
    for copy in copies:
        copy.write_bytes(b"")

    assert {one.file for one in found(desk, "F205")} == set(map(str, copies))


def own_notices(desk: Desk, text: str) -> None:
    (desk.folder / "节假日.yaml").write_text(records.text_of(text), encoding="utf-8")


def test_a_day_that_an_own_notice_changes_is_only_to_be_known(desk: Desk) -> None:
    own_notices(
        desk,
        """
        2025:
          通知: 东河市政府办公室关于三月三放假的通知
          放假: {三月三: [2025-04-03]}
        """,
    )

    (problem,) = found(desk, "D111")
    assert problem.severity is Severity.NOTICE
    assert problem.message == "2025年4月3日同国务院公布的安排不同"
    assert problem.file == str(desk.folder / "节假日.yaml")


def test_an_own_notice_that_says_the_same_is_none(desk: Desk) -> None:
    own_notices(
        desk, "2025:\n  通知: 补记\n  补班: {春节: [2025-02-08]}\n"
    )  # a Saturday that is worked by the published notice

    assert found(desk, "D111") == []
