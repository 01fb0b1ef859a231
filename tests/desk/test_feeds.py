from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from dafu.desk import feeds
from dafu.desk.agenda import Item, agenda
from dafu.desk.case import calendar_of
from dafu.desk.standing import Overview

if TYPE_CHECKING:
    from desk.conftest import Desk

MONDAY = date(2025, 6, 16)


def items(desk: Desk, today: date = MONDAY) -> list[Item]:
    workspace = desk.workspace
    return agenda(Overview(workspace, calendar_of(workspace), today).standings, None)


def events(items: list[Item]) -> list[Any]:
    return icalendar.Calendar.from_ical(feeds.ics(items)).walk("VEVENT")


def uids(desk: Desk) -> dict[str, date]:
    return {str(event["uid"]): event.decoded("dtstart") for event in events(items(desk))}


HANDED = "办理过程:\n  - {日期: 2025-06-10, 环节: 交办}\n"


# --- the calendar


def test_each_open_clock_is_an_event_of_its_day(desk: Desk) -> None:
    desk.write(HANDED)

    assert [(str(one["summary"]), one.decoded("dtstart")) for one in events(items(desk))] == [
        ("退办：143069 优化夜市管理", date(2025, 6, 24)),
        ("首次沟通：143069 优化夜市管理", date(2025, 7, 1)),
        ("答复：143069 优化夜市管理", date(2025, 9, 10)),
    ]
    assert "2025-06-10（周二）交办" in str(events(items(desk))[0]["description"])


def test_an_event_warns_on_its_morning_and_three_days_before(desk: Desk) -> None:
    desk.write("期限: 2025-07-01\n")

    (event,) = events(items(desk))
    alarms = event.walk("VALARM")
    assert [str(alarm["action"]) for alarm in alarms] == ["DISPLAY", "DISPLAY"]
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(hours=9), timedelta(days=-3, hours=9)]
    assert [str(alarm["description"]) for alarm in alarms] == ["答复到期：143069"] * 2


def test_an_event_keeps_its_uid_when_its_day_moves(desk: Desk) -> None:
    desk.write(HANDED)
    before = uids(desk)
    desk.write(f"{HANDED}  - {{日期: 2025-06-12, 环节: 延期, 至: 2025-11-10, 理由: 面广, 批准单位: 市政协}}\n")
    after = uids(desk)

    assert set(before) == set(after)
    assert len(before) == 3
    assert [(before[uid], after[uid]) for uid in before if before[uid] != after[uid]] == [
        (date(2025, 9, 10), date(2025, 11, 10))
    ]


def test_uids_tell_clocks_units_and_records_of_one_number_apart(desk: Desk) -> None:
    asked = "".join(f"  - {{日期: 2025-06-12, 环节: 征求会办, 单位: {unit}}}\n" for unit in ("市财政局", "市公安局"))
    desk.write(f"角色: 主办\n会办单位: [市财政局, 市公安局]\n{HANDED}{asked}")
    (desk.folder / "proposals/建议.yaml").write_text(
        f"案号: 143069\n类别: 建议\n届次: 市人大十六届四次会议\n案由: 甲\n提案人: [林晓]\n{HANDED}", encoding="utf-8"
    )

    assert len(uids(desk)) == len(items(desk)) == 8


def test_the_same_list_gives_the_same_bytes(desk: Desk) -> None:
    desk.write(HANDED)

    assert feeds.ics(items(desk)) == feeds.ics(items(desk))


def test_an_empty_list_is_a_calendar_without_events() -> None:
    assert events([]) == []


def test_hostile_words_are_text_in_a_calendar(desk: Desk) -> None:
    reason = '"面广\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:乙"'
    granted = f"{{日期: 2025-06-12, 环节: 延期, 至: 2025-11-10, 理由: {reason}, 批准单位: 市政协}}"
    path = desk.write(f"期限: 2025-07-01\n办理过程:\n  - {granted}\n")
    subject = "甲;乙,丙\\n丁:戊"
    path.write_text(path.read_text(encoding="utf-8").replace("优化夜市管理", f"'{subject}'"), encoding="utf-8")

    (event,) = events(items(desk))
    assert str(event["summary"]) == f"答复：143069 {subject}"
    assert "理由：面广\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:乙" in str(event["description"])


# --- the digest


class Cells(HTMLParser):
    """What a browser would show: the text of each heading and cell, and every tag that it met."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- its signature
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


@pytest.fixture
def busy(desk: Desk) -> Desk:
    for number, day, section in (
        ("1", "2025-06-10", "市场科"),
        ("2", "2025-06-18", "外贸科"),
        ("3", "2025-06-25", "市场科"),
        ("4", "2025-09-01", ""),
    ):
        desk.write(f"期限: {day}\n经办人: 苏晚晴\n" + (f"科室: {section}\n" if section else ""), number)
    return desk


def test_a_digest_counts_the_lights_and_lists_by_section(busy: Desk) -> None:
    assert feeds.digest(items(busy), MONDAY, as_html=False).splitlines() == [
        "提案建议办理到期情况（2025年6月16日）",
        "逾期1件，红1件，黄1件，绿1件",
        "",
        "外贸科",
        "  红  2  2025-06-18  答复  2  优化夜市管理  苏晚晴",
        "",
        "市场科",
        "  逾期  -4  2025-06-10  答复  1  优化夜市管理  苏晚晴",
        "  黄  7  2025-06-25  答复  3  优化夜市管理  苏晚晴",
        "",
        "未分科室",
        "  绿  55  2025-09-01  答复  4  优化夜市管理  苏晚晴",
    ]


def test_a_digest_as_a_page_says_the_same(busy: Desk) -> None:
    page = Cells(feeds.digest(items(busy), MONDAY, as_html=True))

    assert "script" not in page.tags
    assert "逾期1件，红1件，黄1件，绿1件" in page.texts
    assert [text for text in page.texts if text.endswith("科") or text == "未分科室"] == [
        "外贸科",
        "市场科",
        "未分科室",
    ]
    assert page.texts.count("灯") == 3
    assert "2025-06-10" in page.texts


def test_hostile_words_are_text_in_a_page(desk: Desk) -> None:
    desk.write("期限: 2025-07-01\n科室: '<b>科</b>'\n经办人: '<img src=x onerror=alert(1)>'\n")
    path = desk.folder / "proposals/143069.yaml"
    text = path.read_text(encoding="utf-8").replace("优化夜市管理", "'</td></table><script>alert(1)</script>&amp;'")
    path.write_text(text, encoding="utf-8")

    page = Cells(feeds.digest(items(desk), MONDAY, as_html=True))
    assert page.tags.isdisjoint({"script", "img", "b"})
    assert "</td></table><script>alert(1)</script>&amp;" in page.texts
    assert {"<b>科</b>", "<img src=x onerror=alert(1)>"} <= set(page.texts)


@pytest.mark.parametrize("as_html", [True, False])
def test_a_digest_of_nothing_says_so(*, as_html: bool) -> None:
    assert "没有在办的期限" in feeds.digest([], MONDAY, as_html=as_html)


def test_a_provisional_day_is_marked(desk: Desk) -> None:
    desk.write("办理过程:\n  - {日期: 2027-01-20, 环节: 交办}\n")

    told = feeds.digest(items(desk, date(2027, 1, 21)), date(2027, 1, 21), as_html=False)
    assert "  退办  143069" in told
    line = next(line for line in told.splitlines() if "  退办  " in line)
    assert "（暂定）" in line
    assert "2027-04-20  答复" in told  # months need no notice
