"""A year of a bureau: 120 records go their ways by the commands alone, and ten mornings are looked at.

What should be due is reckoned here from the plan, with the dates of the law and the days of another package; nothing
of the program takes part in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from chinese_calendar import is_workday  # type: ignore[import-untyped]  # -- it ships no types

from commands import dafu
from records import OFFICE, make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YEAR_OFFICE = OFFICE + "发文字号: {答复: {代字: 东商提复, 自动: 是}, 会办意见: {代字: 东商提函, 自动: 是, 起号: 11}}\n"
ROLES = ("独办", "主办", "分办", "会办", "参阅")
UNITS = ("市财政局", "市公安局")
CHECKED = [
    *("2025-03-10", "2025-03-24", "2025-04-07", "2025-04-27", "2025-05-30"),
    *("2025-06-20", "2025-07-31", "2025-09-30", "2025-11-28", "2026-01-05"),
]
SHARED = ("退办", "沟通", "印发")


# --- the days of the law, for themselves


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def workdays_after(day: date, count: int) -> date:
    while count:
        day += timedelta(1)
        count -= bool(is_workday(day))
    return day


def workdays_left(today: date, due: date) -> int:
    if due < today:
        return -max(1, sum(bool(is_workday(due + timedelta(n))) for n in range(1, (today - due).days + 1)))
    return sum(bool(is_workday(today + timedelta(n))) for n in range(1, (due - today).days + 1))


# --- the plan


@dataclass
class Planned:
    """One record: what it is, and what will happen to it on which day."""

    number: str
    role: str
    kind: str = "提案"
    key: bool = False
    period: str = "会间"
    public: bool = False
    merged: tuple[str, ...] = ()
    lead: str = ""
    events: list[tuple[date, str, tuple[str, ...]]] = field(default_factory=list)

    def on(self, day: date, step: str, *words: str) -> None:
        self.events.append((day, step, words))

    def days(self, step: str, until: date, word: str = "") -> list[date]:
        return [
            day for day, other, words in self.events if other == step and day <= until and (not word or word in words)
        ]


def plan() -> list[Planned]:
    """Return 120 records, handed over from 3 March 2025 on, with every way that the contract knows."""
    planned = [
        Planned(str(143001 + n), ROLES[n % 5], "建议" if n % 11 == 7 else "提案", n % 9 == 0) for n in range(120)
    ]
    for n, one in enumerate(planned):
        way = WAYS[n // 5 % len(WAYS)]
        one.public = one.role == "独办" and way in (_plain, _late)
        one.period = "闭会" if n % 12 == 5 else "会间"
        handed = date(2025, 7, 1) + timedelta(n) if one.period == "闭会" else date(2025, 3, 3) + timedelta(n % 12)
        one.on(handed, "交办", "交办单位=市政府办公室")
        way(one, handed)
    for lead, one in ((planned[0], planned[45]), (planned[55], planned[100])):
        lead.merged, one.lead = (one.number,), lead.number
        _follow(lead, one)
    return planned


def _follow(lead: Planned, one: Planned) -> None:
    """Let *one* go with its lead: handed over, told and asked for itself, and no more."""
    one.events = [lead.events[0]]
    one.public = False
    issued = lead.days("印发", date.max)[0]
    one.on(issued + timedelta(2), "送达", "对象=林晓")
    one.on(issued + timedelta(9), "反馈", "对象=林晓", "整体=满意")


def _answer(one: Planned, handed: date, after: int, until: str = "归档") -> date:
    """Let it be answered *after* days, as far as *until*; return the day of issue."""
    one.on(handed + timedelta(2), "签收")
    one.on(handed + timedelta(3), "分办", f"科室={'市场科' if int(one.number) % 2 else '办公室'}", "经办人=苏晚晴")
    if one.role == "主办":
        for place, unit in enumerate(UNITS):
            one.on(handed + timedelta(4), "征求会办", f"单位={unit}", *(["期限=2025-04-30"] if place else []))
            one.on(
                handed + timedelta(20 + 9 * place), "会办意见", f"单位={unit}", *(["免=无涉本单位"] if place else [])
            )
    if one.role not in ("会办", "参阅"):
        one.on(handed + timedelta(12), "沟通", "方式=面商", "对象=林晓")
    day = handed + timedelta(max(after, 30))
    one.on(day, "拟稿")
    one.on(day, "审核")
    if one.role == "参阅":
        one.on(day + timedelta(5), "办结")
        return day
    one.on(day + timedelta(1), "签发", "签发人=周明远")
    one.on(day + timedelta(2), "印发", "发文字号=自动")
    if until == "印发":
        return day
    one.on(day + timedelta(3), "送达", "对象=林晓")
    if one.role == "会办":
        one.on(day + timedelta(4), "办结")
        return day
    if until == "送达":
        return day
    if one.public:
        one.on(day + timedelta(15), "公开", "网址=https://www.example.cn/1")
    one.on(day + timedelta(20), "反馈", "对象=林晓", "整体=满意")
    one.on(day + timedelta(21), "办结")
    one.on(day + timedelta(30), "归档")
    return day


def _plain(one: Planned, handed: date) -> None:
    _answer(one, handed, 40 + int(one.number) % 40)


def _late(one: Planned, handed: date) -> None:
    _answer(one, handed, 110, until="送达")


def _forgotten(one: Planned, handed: date) -> None:
    one.on(handed + timedelta(5), "签收")


def _returned(one: Planned, handed: date) -> None:
    one.on(handed + timedelta(3), "退办", "理由=不属本局职责", "建议单位=市交通局")
    one.on(handed + timedelta(8), "退办结果", "结果=同意")


def _kept(one: Planned, handed: date) -> None:
    one.on(handed + timedelta(1), "退办", "理由=不属本局职责")
    one.on(handed + timedelta(2), "退办结果", "结果=不同意")
    _answer(one, handed, 70)


def _withdrawn(one: Planned, handed: date) -> None:
    one.on(handed + timedelta(2), "签收")
    one.on(handed + timedelta(33), "撤案", "理由=提案人撤回")


def _extended(one: Planned, handed: date) -> None:
    until = months_after(handed, 5)
    one.on(handed + timedelta(60), "延期", f"至={until}", "理由=涉及面广", "批准单位=市政协提案委")
    _answer(one, handed, 130, until="印发")


def _unhappy(one: Planned, handed: date) -> None:
    if one.role in ("会办", "参阅"):
        _plain(one, handed)
        return
    day = _answer(one, handed, 35, until="送达")
    one.on(day + timedelta(10), "反馈", "对象=林晓", "整体=不满意")
    one.on(day + timedelta(12), "重办", "理由=再研究")
    one.on(day + timedelta(30), "签发", "签发人=周明远")
    one.on(day + timedelta(31), "印发", "发文字号=自动")
    one.on(day + timedelta(32), "送达", "对象=林晓")
    one.on(day + timedelta(60), "反馈", "对象=林晓", "整体=基本满意")
    one.on(day + timedelta(61), "办结")


def _followed(one: Planned, handed: date) -> None:
    if one.role in ("会办", "参阅"):
        _plain(one, handed)
        return
    day = _answer(one, handed, 50, until="送达")
    one.on(day + timedelta(12), "反馈", "对象=林晓", "整体=满意")
    one.on(day + timedelta(15), "跟踪", "下次日期=2025-10-15")
    one.on(day + timedelta(150), "拟稿")
    one.on(day + timedelta(151), "签发", "签发人=周明远")
    one.on(day + timedelta(152), "印发", "发文字号=自动")
    one.on(day + timedelta(153), "送达", "对象=林晓")


WAYS = (_plain, _late, _forgotten, _returned, _kept, _withdrawn, _extended, _unhappy, _followed, _plain, _extended)


# --- what should be due


def expected(planned: list[Planned], today: date) -> list[tuple[str, str, str, int, str]]:
    """Return 案号, clock, due day, working days left and light of every open clock, the most pressing first."""
    by_number = {one.number: one for one in planned}
    rows = []
    for one in planned:
        for name, due in open_clocks(one, by_number.get(one.lead), today):
            left = workdays_left(today, due)
            light = "逾期" if today > due else "红" if left <= 3 else "黄" if left <= 10 else "绿"
            weight = ["逾期", "今天", "红", "黄", "绿"].index("今天" if left == 0 else light)
            rows.append(((weight, not one.key, due, one.number, name), (one.number, name, str(due), left, light)))
    return [row for _, row in sorted(rows)]


def open_clocks(one: Planned, lead: Planned | None, today: date) -> Iterator[tuple[str, date]]:
    handed = one.days("交办", today)
    if not handed or one.days("办结", today) or one.days("撤案", today) or one.days("退办结果", today, "结果=同意"):
        return
    # up to 印发 what the lead did counts for the merged one too
    done = {step: [*one.days(step, today), *(lead.days(step, today) if lead else ())] for step in SHARED}
    handing_back = workdays_after(handed[0], 10)
    if not done["退办"] and today <= handing_back:
        yield "退办", handing_back
    extended = [words[0].removeprefix("至=") for day, step, words in one.events if step == "延期" and day <= today]
    later = date.fromisoformat(extended[0]) if extended else None
    if one.role == "会办" and not one.days("送达", today):
        yield "会办意见", later or months_after(handed[0], 1)
    yield from owed_opinions(one, today)
    if one.role in ("会办", "参阅"):
        return
    if not done["沟通"]:
        yield "首次沟通", workdays_after(handed[0], 15)
    if not done["印发"]:
        yield "答复", later or months_after(handed[0], 3)
    yield from after_issue(one, done["印发"], today)


def after_issue(one: Planned, issued: list[date], today: date) -> Iterator[tuple[str, date]]:
    delivered, redone = one.days("送达", today), one.days("重办", today)
    if one.public and issued and not one.days("公开", today):
        yield "公开", workdays_after(issued[0], 20)
    if redone and max(issued) < redone[0]:
        yield "重办", months_after(redone[0], 1)
    followed = [(day, words) for day, step, words in one.events if step == "跟踪" and day <= today]
    if followed and max(issued) < followed[-1][0]:
        again = date.fromisoformat(followed[-1][1][0].removeprefix("下次日期="))
        yield from [("跟踪", again)] if workdays_left(today, again) <= 10 else []
    told = max(delivered, default=None)
    if told and not any(day >= told for day in [*one.days("反馈", today), *redone]):
        yield "反馈", workdays_after(told, 15)


def owed_opinions(one: Planned, today: date) -> Iterator[tuple[str, date]]:
    for unit in UNITS:
        asked = [(day, words) for day, step, words in one.events if step == "征求会办" and f"单位={unit}" in words]
        if asked and asked[0][0] <= today and not one.days("会办意见", today, f"单位={unit}"):
            day, words = asked[0]
            set_day = [date.fromisoformat(word[3:]) for word in words if word.startswith("期限=")]
            yield f"会办意见（{unit}）", set_day[0] if set_day else months_after(day, 1)


# --- the year


@dataclass
class Year:
    """The workspace after the year, the lists of its mornings, and every number in the order of issue."""

    folder: Path
    planned: list[Planned]
    mornings: dict[str, list[tuple[str, str, str, int, str]]]
    shown: list[tuple[str, str]]  # 案号, 发文字号


def make(folder: Path, one: Planned) -> None:
    words = ["届次=市政协十四届三次会议", f"案由=事项{one.number}", "提案人=林晓"]
    words += [f"角色={one.role}", f"类别={one.kind}", f"会期={one.period}"]
    words += ["重点=是"] if one.key else []
    words += ["答复.公开=主动公开"] if one.public else []
    words += ["主办单位=市公安局"] if one.role == "会办" else []
    words += [f"会办单位={'、'.join(UNITS)}"] if one.role == "主办" else []
    words += [f"并案={'、'.join(one.merged)}"] if one.merged else []
    run = dafu(folder, "--today", "2025-03-03", "new", one.number, *words)
    assert run.code == 0, run.err


def enter(folder: Path, one: Planned, day: date, step: str, words: tuple[str, ...]) -> str | None:
    """Enter one step on its day, a 沟通 three days later; every issue is taken back once and entered again."""
    today, when = (day + timedelta(3), [f"日期={day}"]) if step == "沟通" else (day, [])
    numbers: set[str | None] = set()
    for _ in range(2 if step == "印发" and int(one.number) % 10 == 1 else 1):
        if numbers:
            assert dafu(folder, "undo", one.number).code == 0
        run = dafu(folder, "--today", str(today), "track", one.number, step, *words, *when, "--json")
        assert (run.code, run.err) == (0, ""), (one, day, step)
        numbers.add(json.loads(run.out)[0]["发文字号"])
    (number,) = numbers
    return number


def due(folder: Path, day: str) -> list[tuple[str, str, str, int, str]]:
    run = dafu(folder, "--today", day, "due", "--json")
    rows = rows_of(run.out)
    assert run.code == (1 if any(light == "逾期" for *_, light in rows) else 0)
    return rows


def rows_of(out: str) -> list[tuple[str, str, str, int, str]]:
    return [(row["案号"], row["时钟"], row["期限"], row["剩余"], row["灯"]) for row in json.loads(out)]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Let the year go by, step by step in the order of days."""
    gone = Year(make_workspace(tmp_path_factory.mktemp("year"), YEAR_OFFICE), plan(), {}, [])
    for one in gone.planned:
        make(gone.folder, one)
    steps = [(day, n, one, step, words) for one in gone.planned for n, (day, step, words) in enumerate(one.events)]
    ahead = list(CHECKED)
    for day, _, one, step, words in sorted(steps, key=lambda step: step[0]):
        while ahead and date.fromisoformat(ahead[0]) < day:
            morning = ahead.pop(0)
            gone.mornings[morning] = due(gone.folder, morning)
        number = enter(gone.folder, one, day, step, words)
        gone.shown += [(one.number, number)] if number else []
    return gone


def test_the_plan_knows_every_role_and_every_odd_way() -> None:
    planned = plan()
    steps = {step for one in planned for _, step, _ in one.events}
    said = {word for one in planned for _, _, words in one.events for word in words}

    assert len(planned) == len({one.number for one in planned}) == 120
    assert {one.role for one in planned} == set(ROLES)
    assert {"退办结果", "延期", "重办", "跟踪", "撤案", "公开", "征求会办", "归档"} <= steps
    assert {"结果=同意", "结果=不同意", "整体=不满意", "免=无涉本单位"} <= said
    assert sum(bool(one.lead) for one in planned) == 2
    assert sum(one.period == "闭会" for one in planned) == 10


@pytest.mark.parametrize("day", CHECKED)
def test_on_each_checked_morning_the_list_is_what_the_plan_says(day: str, year: Year) -> None:
    wanted = expected(year.planned, date.fromisoformat(day))

    assert len(wanted) > 5
    assert sorted(year.mornings[day]) == sorted(wanted)
    assert year.mornings[day] == wanted  # and in this order


def test_every_light_and_every_clock_was_seen() -> None:
    rows = [row for day in CHECKED for row in expected(plan(), date.fromisoformat(day))]

    assert {light for *_, light in rows} == {"逾期", "红", "黄", "绿"}
    clocks = {name.partition("（")[0] for _, name, *_ in rows}
    assert clocks == {"退办", "首次沟通", "会办意见", "答复", "反馈", "重办", "公开", "跟踪"}


def test_the_numbers_run_in_the_order_of_issue_without_a_double_and_without_a_gap(year: Year) -> None:
    signed = [(day, one) for one in year.planned for day in one.days("签发", date.max)]
    issued = sorted(((day + timedelta(1), day.year, one) for day, one in signed), key=lambda item: item[0])
    next_ = {(code, at): first for code, first in (("东商提复", 1), ("东商提函", 11)) for at in (2025, 2026)}
    wanted = []
    for _, at, one in issued:
        code = "东商提函" if one.role == "会办" else "东商提复"
        wanted.append((one.number, f"{code}〔{at}〕{next_[code, at]}号"))
        next_[code, at] += 1

    assert year.shown == wanted
    run = dafu(year.folder, "numbers", "--json")
    assert (run.code, run.err) == (0, "")
    assert sorted((row["案号"], row["发文字号"]) for row in json.loads(run.out)) == sorted(wanted)


LAST = {"归档": "已归档", "办结": "已办结", "送达": "已送达", "印发": "已印发", "撤案": "已撤案", "退办结果": "已退办"}
LAST |= {"签收": "已签收", "反馈": "已反馈"}


def test_at_the_end_each_record_is_where_the_plan_has_brought_it(year: Year) -> None:
    rows = json.loads(dafu(year.folder, "--today", "2026-06-30", "list", "--json").out)

    assert {row["案号"]: row["阶段"] for row in rows} == {
        one.number: LAST[max(one.events, key=lambda event: event[0])[1]] for one in year.planned
    }


def listed(year: Year, day: str, *words: str) -> set[str]:
    rows = json.loads(dafu(year.folder, "--today", day, "list", "--json", *words).out)
    return {row["案号"] for row in rows}


def test_records_are_found_by_what_is_computed(year: Year) -> None:
    day = "2026-06-30"
    withdrawn = {one.number for one in year.planned if one.days("撤案", date.max)}
    forgotten = {one.number for one in year.planned if [step for _, step, _ in one.events] == ["交办", "签收"]}
    owing = {one.number for one in year.planned if one.role == "主办" and not one.days("会办意见", date.max)}
    over = withdrawn | {one.number for one in year.planned if one.days("退办结果", date.max, "结果=同意")}
    clocked = {one.number for one in year.planned if one.role != "参阅"}

    assert listed(year, day, "阶段=已撤案") == withdrawn
    assert listed(year, day, "阶段=已签收", "灯=逾期") == forgotten & clocked
    assert listed(year, day, "阶段=已签收", "灯=", "角色=参阅") == forgotten - clocked
    assert listed(year, day, "待会办") == owing - over
    assert listed(year, day, "待会办~公安", "案由~事项") == owing - over
    assert all((withdrawn, forgotten & clocked, forgotten - clocked, owing - over))


def test_a_process_of_its_own_gives_the_same_list(year: Year) -> None:
    words = [sys.executable, "-m", "dafu", "--today", CHECKED[-1], "due", "--json"]
    run = subprocess.run(words, cwd=year.folder, capture_output=True, encoding="utf-8", check=False)

    assert rows_of(run.stdout) == due(year.folder, CHECKED[-1])
