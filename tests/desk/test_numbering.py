from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records
from dafu import register, store
from dafu.desk import numbering
from dafu.desk.track import Tracked, track
from dafu.docnumber import DocNumber
from dafu.errors import RefusedError, UnusableError, WrongUsageError
from dafu.store import Author

if TYPE_CHECKING:
    from desk.conftest import Desk

LIN = Author("林晓", "2025-05-06T09:00:00+08:00")
OFFICE = records.OFFICE + "发文字号: {答复: {代字: 东商提函, 自动: 是}, 建议答复: 东商, 会办意见: {代字: 东商议函}}\n"
TALK = "  - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}\n"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Give a desk whose replies are numbered by the tool."""
    records.make_workspace(desk.folder, OFFICE)
    return desk


def signed(desk: Desk, number: str, day: str = "2025-05-05", more: str = "") -> None:
    """Write a record whose reply was signed on *day*."""
    events = f"办理过程:\n{TALK}  - {{日期: {day}, 环节: 签发, 签发人: 周明远}}\n"
    desk.write(more + events, number)


def issue(desk: Desk, number: str, text: str = "自动", day: str = "2025-05-06") -> Tracked:
    return enter(desk, number, day, "印发", 发文字号=text)


def enter(desk: Desk, number: str, day: str, step: str, **words: str) -> Tracked:
    return track(desk.workspace, desk.record(number), {"日期": day, "环节": step} | words, LIN, dry=False)


def kept(desk: Desk) -> list[str]:
    entries, problems = register.entries(numbering.register_of(desk.workspace))
    assert problems == []
    return sorted(str(entry.number) for entry in entries)


def written(desk: Desk, number: str) -> list[str | None]:
    return [event.number for event in desk.record(number).proposal.events if event.number]


# --- taken from the register


def test_each_paper_gets_the_next_number_in_its_record_and_in_the_register(office: Desk) -> None:
    for number in ("143069", "143070", "143071"):
        signed(office, number)

    assert [issue(office, number).number for number in ("143070", "143069", "143071")] == [
        "东商提函〔2025〕1号",
        "东商提函〔2025〕2号",
        "东商提函〔2025〕3号",
    ]
    assert written(office, "143069") == ["东商提函〔2025〕2号"]
    assert kept(office) == ["东商提函〔2025〕1号", "东商提函〔2025〕2号", "东商提函〔2025〕3号"]


def test_the_number_is_on_the_disk_before_the_record_is_written(office: Desk) -> None:
    signed(office, "143069")
    old = office.record()
    enter(office, "143069", "2025-05-06", "征求意见", 对象="林晓")

    with pytest.raises(RefusedError, match="读出以后被 林晓"):
        track(office.workspace, old, {"日期": "2025-05-06", "环节": "印发", "发文字号": "自动"}, LIN, dry=False)
    assert kept(office) == ["东商提函〔2025〕1号"]
    assert written(office, "143069") == []
    assert issue(office, "143069").number == "东商提函〔2025〕1号"
    assert kept(office) == ["东商提函〔2025〕1号"]


def test_after_undo_the_same_paper_gets_the_same_number(office: Desk) -> None:
    for number in ("143069", "143070"):
        signed(office, number)
        issue(office, number)

    store.undo(office.workspace, office.record("143069"), LIN, dry=False)
    assert written(office, "143069") == []
    assert kept(office) == ["东商提函〔2025〕1号", "东商提函〔2025〕2号"]
    assert issue(office, "143069", day="2025-05-09").number == "东商提函〔2025〕1号"


def test_after_undo_no_other_paper_gets_the_number(office: Desk) -> None:
    for number in ("143069", "143070"):
        signed(office, number)
    issue(office, "143069")
    store.undo(office.workspace, office.record("143069"), LIN, dry=False)

    assert issue(office, "143070").number == "东商提函〔2025〕2号"


@pytest.mark.parametrize(
    ("signed_on", "more", "year"),
    [
        ("2025-12-30", "", 2025),  # signed before the turn of the year, issued after it
        ("2026-01-04", "", 2026),
        ("2026-01-04", "答复: {成文日期: 2025-12-31}\n", 2025),  # what 答复 says wins
    ],
)
def test_the_year_is_that_of_the_day_of_signing(signed_on: str, more: str, year: int, office: Desk) -> None:
    signed(office, "143069", signed_on, more)

    assert issue(office, "143069", day="2026-01-05").number == f"东商提函〔{year}〕1号"


def test_a_later_round_is_another_paper_with_a_number_of_its_own(office: Desk) -> None:
    signed(office, "143069")
    issue(office, "143069")
    enter(office, "143069", "2025-05-07", "重办")
    enter(office, "143069", "2025-05-20", "签发", 签发人="周明远")

    assert issue(office, "143069", day="2025-05-21").number == "东商提函〔2025〕2号"
    assert written(office, "143069") == ["东商提函〔2025〕1号", "东商提函〔2025〕2号"]


def test_issuing_that_was_forgotten_in_an_earlier_round_gets_that_rounds_number(office: Desk) -> None:
    signed(office, "143069", "2025-05-05")
    enter(office, "143069", "2025-05-20", "重办")

    assert issue(office, "143069", day="2025-05-06").number == "东商提函〔2025〕1号"
    assert [str(event.step) for event in office.record().proposal.events] == ["沟通", "签发", "印发", "重办"]
    enter(office, "143069", "2025-06-05", "签发", 签发人="周明远")
    assert issue(office, "143069", day="2025-06-06").number == "东商提函〔2025〕2号"


def test_issuing_twice_in_a_round_is_the_same_paper(office: Desk) -> None:
    signed(office, "143069")
    issue(office, "143069")

    assert issue(office, "143069", day="2025-05-07").number == "东商提函〔2025〕1号"


def test_what_the_clerk_typed_is_never_replaced_by_another_number_of_the_record(office: Desk) -> None:
    signed(office, "143069")
    issue(office, "143069", "东商〔2025〕9号", day="2025-05-08")

    assert issue(office, "143069", "东商〔2025〕8号", day="2025-05-07").number == "东商〔2025〕8号"
    assert written(office, "143069") == ["东商〔2025〕8号", "东商〔2025〕9号"]


def test_a_number_typed_in_the_series_counts_as_taken(office: Desk) -> None:
    for number in ("143069", "143070"):
        signed(office, number)
    issue(office, "143069", "东商提函〔2025〕4号")

    assert issue(office, "143070").number == "东商提函〔2025〕5号"


BROKEN = "案号: 143071\n案由：全角冒号\n答复: {发文字号: 东商提函〔2025〕11号}\n"
NO_BODY = f"{records.RECORD}答复: {{发文字号: 东商提函〔2025〕11号, 正文文件: 没有.txt}}\n"
TWIN = f"{records.RECORD}答复: {{发文字号: 东商提函〔2025〕11号}}\n"


@pytest.mark.parametrize("unreadable", [BROKEN, NO_BODY.replace("143069", "143071"), TWIN])
def test_the_numbers_of_a_record_that_cannot_be_used_count_as_taken(unreadable: str, office: Desk) -> None:
    signed(office, "143069")
    (office.folder / "proposals/别的.yaml").write_text(unreadable, encoding="utf-8")
    record = store.find(office.workspace, "proposals/143069.yaml", office.folder)

    event = {"日期": "2025-05-06", "环节": "印发", "发文字号": "自动"}
    assert track(office.workspace, record, event, LIN, dry=False).number == "东商提函〔2025〕12号"


def test_a_body_file_that_cannot_be_read_hides_no_number_of_its_record(office: Desk) -> None:
    signed(office, "143069")
    (office.folder / "proposals/正文.txt").write_bytes("一、夜市".encode("gb18030"))
    office.write("答复: {发文字号: 东商提函〔2025〕11号, 正文文件: 正文.txt}\n", "143071")

    assert issue(office, "143069").number == "东商提函〔2025〕12号"


# --- typed by hand


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("类别: 建议\n", r"建议答复的发文字号由手工编（写 发文字号=东商〔2025〕1号；要自动编号.*建议答复: {代字: 东商"),
        ("角色: 会办\n主办单位: 市公安局\n", r"会办意见的发文字号由手工编（写 发文字号=东商议函〔2025〕1号"),
    ],
)
def test_a_series_that_is_typed_by_hand_gives_no_number(more: str, sentence: str, office: Desk) -> None:
    signed(office, "143069", more=more)

    with pytest.raises(WrongUsageError, match=sentence):
        issue(office, "143069")
    assert kept(office) == []


def test_without_any_series_no_number_is_given(desk: Desk) -> None:
    signed(desk, "143069")

    with pytest.raises(WrongUsageError, match="答复的发文字号由手工编"):
        issue(desk, "143069")


def test_a_paper_that_is_only_to_be_read_has_no_series(office: Desk) -> None:
    signed(office, "143069", more="角色: 参阅\n")

    with pytest.raises(RefusedError, match="参阅件不用答复"):
        issue(office, "143069")


def test_a_typed_number_that_another_record_bears_is_refused(office: Desk) -> None:
    for number in ("143069", "143070"):
        signed(office, number)
    issue(office, "143069", "东商〔2025〕7号")

    with pytest.raises(RefusedError, match=r"东商〔2025〕7号 已经用在 市/提案/市政协十四届三次会议/143069 上"):
        issue(office, "143070", "东商〔2025〕7号")
    assert written(office, "143070") == []


def test_a_typed_number_that_a_reply_bears_is_refused(office: Desk) -> None:
    signed(office, "143069")
    signed(office, "143070", more="答复: {发文字号: 东商〔2025〕7号}\n")

    with pytest.raises(RefusedError, match="东商〔2025〕7号 已经用在"):
        issue(office, "143069", "东商〔2025〕7号")
    assert issue(office, "143070", "东商〔2025〕7号").written  # its own


def test_a_typed_number_that_an_earlier_round_bears_is_refused(office: Desk) -> None:
    signed(office, "143069")
    issue(office, "143069", "东商〔2025〕7号")
    enter(office, "143069", "2025-05-07", "重办")
    enter(office, "143069", "2025-05-20", "签发", 签发人="周明远")

    with pytest.raises(RefusedError, match=r"东商〔2025〕7号 已经用在 .*143069 的另一份"):
        issue(office, "143069", "东商〔2025〕7号", day="2025-05-21")


def test_a_typed_number_that_the_register_keeps_for_another_is_refused(office: Desk) -> None:
    for number in ("143069", "143070"):
        signed(office, number)
    issue(office, "143069")
    store.undo(office.workspace, office.record("143069"), LIN, dry=False)

    with pytest.raises(RefusedError, match="东商提函〔2025〕1号 已经用在"):
        issue(office, "143070", "东商提函〔2025〕1号")
    assert issue(office, "143069", "东商提函〔2025〕1号").number == "东商提函〔2025〕1号"


def test_a_void_number_is_refused_to_its_own_paper_too(office: Desk) -> None:
    signed(office, "143069")
    issue(office, "143069")
    store.undo(office.workspace, office.record("143069"), LIN, dry=False)
    register.void(numbering.register_of(office.workspace), DocNumber("东商提函", 2025, 1), "印错")

    with pytest.raises(RefusedError, match="东商提函〔2025〕1号 已经用在"):
        issue(office, "143069", "东商提函〔2025〕1号")
    assert issue(office, "143069").number == "东商提函〔2025〕2号"


def test_a_typed_number_in_an_unreadable_record_is_refused(office: Desk) -> None:
    signed(office, "143069")
    (office.folder / "proposals/别的.yaml").write_text(BROKEN, encoding="utf-8")

    with pytest.raises(RefusedError, match=r"东商提函〔2025〕11号 已经用在 .*别的\.yaml"):
        issue(office, "143069", "东商提函〔2025〕11号")


def test_a_file_that_cannot_even_be_opened_stops_the_numbers_since_it_may_bear_any(office: Desk) -> None:
    signed(office, "143069")
    (office.folder / "proposals/别的.yaml").write_bytes(b"#" * 50_000_001)

    with pytest.raises(UnusableError, match=r"别的\.yaml.*上限"):
        issue(office, "143069")
    assert kept(office) == []


# --- what is wrong with all of it


def test_the_numbers_of_the_records_are_known_once_for_each_paper(office: Desk) -> None:
    signed(office, "143069", more="答复: {发文字号: 东商〔2025〕7号}\n")
    issue(office, "143069", "东商〔2025〕7号")
    office.write("答复: {发文字号: 东商〔2025〕7号}\n再次答复: [{发文字号: 东商〔2025〕8号}]\n", "143070")

    known = numbering.known_numbers(office.workspace.office, store.load(office.workspace)[0])
    case = "市/提案/市政协十四届三次会议"
    assert known == {
        DocNumber("东商", 2025, 7): [f"{case}/143069", f"{case}/143070"],
        DocNumber("东商", 2025, 8): [f"{case}/143070"],
    }


def test_doubles_and_gaps_over_register_and_records_are_found(office: Desk) -> None:
    for number in ("143069", "143070", "143071"):
        signed(office, number)
    issue(office, "143069")
    issue(office, "143070", "东商提函〔2025〕4号")
    path = office.folder / "proposals/143071.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "答复: {发文字号: 东商提函〔2025〕4号}\n", encoding="utf-8")

    found = numbering.findings(office.workspace, store.load(office.workspace)[0])
    assert [problem.code for problem in found] == ["N201", "N204"]
    assert "缺 2号至3号" in found[1].message


def test_a_number_typed_on_two_papers_is_found_at_both(office: Desk) -> None:
    for number in ("1", "2"):
        office.write("类别: 建议\n答复: {发文字号: 东商〔2025〕9号}\n", number)
    office.write("类别: 建议\n答复: {发文字号: 东商〔2025〕10号}\n", "3")

    found = numbering.findings(office.workspace, store.load(office.workspace)[0])
    assert [problem.code for problem in found] == ["N201", "N201"]
    assert all("东商〔2025〕9号 用在了2份文件上" in problem.message for problem in found)
    assert len({problem.file for problem in found}) == 2
