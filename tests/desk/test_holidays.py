from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dafu.desk.case import calendar_of
from dafu.desk.holidays import take_notice
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from pathlib import Path

    from desk.conftest import Desk

TODAY = date(2027, 1, 15)
NOTICE = """\
国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕8号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
HANDED = "办理过程:\n  - {日期: 2027-01-20, 环节: 交办}\n"


@pytest.fixture
def notice(desk: Desk) -> Path:
    path = desk.folder / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_a_notice_becomes_the_offices_own_calendar(desk: Desk, notice: Path) -> None:
    assert calendar_of(desk.workspace).settled(2027) is False

    taken, moved, unread = take_notice(desk.workspace, notice, TODAY, dry=False)

    assert (taken.year, taken.source, len(taken.off), len(taken.makeup)) == (2027, "国办发明电〔2026〕8号", 27, 6)
    assert (moved, unread) == ([], [])
    calendar = calendar_of(desk.workspace)
    assert calendar.settled(2027)
    assert [calendar.is_working(date(2027, month, day)) for month, day in ((1, 31), (2, 5), (2, 12), (5, 5))] == [
        *(True, False, True, False)
    ]


def test_the_open_clocks_that_a_notice_moves_are_told(desk: Desk, notice: Path) -> None:
    desk.write(HANDED)
    desk.write(f"{HANDED}  - {{日期: 2027-01-25, 环节: 退办, 理由: 不属本局}}\n", "143070")
    desk.write(f"{HANDED}  - {{日期: 2027-01-26, 环节: 撤案, 理由: 提案人撤回}}\n", "143071")

    moved = take_notice(desk.workspace, notice, date(2027, 1, 26), dry=False)[1]

    # After Wednesday 20 January there are 7 weekdays of January and 4 up to 4 February. Without a notice the four
    # statutory days from the 5th to the 8th are off; with it Sunday 31 January is worked and the 5th to the 11th off.
    told = [(case.proposal.number, str(old.clock), str(old.due), str(new.due)) for case, old, new in moved]
    assert told == [
        ("143069", "退办", "2027-02-03", "2027-02-02"),
        ("143069", "首次沟通", "2027-02-12", "2027-02-16"),
        ("143070", "首次沟通", "2027-02-12", "2027-02-16"),
    ]
    assert [(old.provisional, new.provisional) for _, old, new in moved] == [(True, False)] * 3


def test_a_rehearsal_tells_the_same_and_writes_nothing(desk: Desk, notice: Path) -> None:
    desk.write(HANDED)
    rehearsed = take_notice(desk.workspace, notice, date(2027, 1, 26), dry=True)
    assert not (desk.folder / "节假日.yaml").exists()

    done = take_notice(desk.workspace, notice, date(2027, 1, 26), dry=False)
    assert [new.due for *_, new in rehearsed[1]] == [new.due for *_, new in done[1]]


def test_a_second_notice_takes_the_place_of_the_first_and_leaves_other_years_alone(desk: Desk, notice: Path) -> None:
    own = desk.folder / "节假日.yaml"
    local = "# 本市的\n2026:\n  通知: 市政府通知\n  放假:\n    市庆: [2026-09-09]   # 每年\n"
    own.write_text(local, encoding="utf-8")
    take_notice(desk.workspace, notice, TODAY, dry=False)
    first = own.read_text(encoding="utf-8")
    changed = NOTICE.replace("8号", "9号").replace(
        "端午节：6月9日（周三）放假，共1天。", "端午节：6月9日（周三）至11日（周五）放假，共3天。"
    )
    notice.write_text(changed, encoding="utf-8")

    take_notice(desk.workspace, notice, TODAY, dry=False)

    second = own.read_text(encoding="utf-8")
    assert first.startswith(local)
    assert second.startswith(local)
    assert [second.count(one) for one in ("2027:", "〔2026〕9号", "〔2026〕8号")] == [1, 1, 0]
    calendar = calendar_of(desk.workspace)
    assert not calendar.is_working(date(2027, 6, 11))
    assert not calendar.is_working(date(2026, 9, 9))


def test_the_file_that_the_office_names_is_begun(desk: Desk, notice: Path) -> None:
    path = desk.folder / "dafu.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "节假日: 本市.yaml\n", encoding="utf-8")

    take_notice(desk.workspace, notice, TODAY, dry=False)

    assert (desk.folder / "本市.yaml").exists()
    assert calendar_of(desk.workspace).settled(2027)


def test_a_record_that_cannot_be_read_is_named_since_it_may_have_moved(desk: Desk, notice: Path) -> None:
    desk.write("签发: 周明远\n")

    assert [problem.field for problem in take_notice(desk.workspace, notice, TODAY, dry=False)[2]] == ["签发"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("2月5日（周五）", "2月5日（周四）", 4),
        ("共7天。1月31日", "共8天。1月31日", 4),
        ("9月26日（周日）", "9月31日", 9),
        ("五、端午节：6月9日（周三）放假，共1天。\n", "", 1),
        ("国务院办公厅关于2027年部分节假日安排的通知", "通知", 1),
    ],
)
def test_what_does_not_agree_in_itself_is_refused_with_its_line(
    old: str, new: str, line: int, desk: Desk, notice: Path
) -> None:
    assert old in NOTICE
    notice.write_text(NOTICE.replace(old, new), encoding="utf-8")

    with pytest.raises(UnusableError) as stopped:
        take_notice(desk.workspace, notice, TODAY, dry=False)
    first = stopped.value.problems[0]
    assert (first.line, first.file) == (line, str(notice))
    assert not (desk.folder / "节假日.yaml").exists()


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\xff\xfe1\0", NOTICE.encode("gb18030"), b"9" * 1_000_001])
def test_what_is_no_text_is_refused(data: bytes, desk: Desk, notice: Path) -> None:
    notice.write_bytes(data)

    with pytest.raises(UnusableError, match=r"通知\.txt"):
        take_notice(desk.workspace, notice, TODAY, dry=False)
