from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from dafu import preview
from dafu.desk.doctor import findings
from dafu.errors import Severity
from dafu.workdays import Calendar, YearNotice, published

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem
    from desk.conftest import Desk

KNOWN = {year: notice for year, notice in published().items() if year <= 2025}
SPRING, NOVEMBER = date(2025, 3, 5), date(2025, 11, 1)


def found(desk: Desk, code: str, today: date = SPRING, own: dict[int, YearNotice] | None = None) -> list[Problem]:
    everything = findings(desk.workspace, Calendar(own, KNOWN), today)
    return [problem for problem in everything if problem.code == code]


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
