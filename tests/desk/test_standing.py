from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from clerks import posix
from dafu import files, index
from dafu.desk import renewal
from dafu.desk.agenda import Item, agenda
from dafu.desk.case import calendar_of
from dafu.desk.find import find
from dafu.desk.query import chooser
from dafu.desk.standing import Overview, Standing, case_schema
from dafu.index import memory
from dafu.store import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dafu.errors import Problem
    from dafu.store import Record, Workspace
    from desk.conftest import Desk

LOCAL = "2025:\n  通知: 市政府通知\n  放假:\n    市庆: [2025-06-09]\n"
LED = """\
角色: 主办
会办单位: [市财政局, 市公安局]
办理过程:
  - {日期: 2025-03-10, 环节: 交办}
  - {日期: 2025-03-12, 环节: 征求会办, 单位: 市财政局}
  - {日期: 2025-03-12, 环节: 征求会办, 单位: 市公安局}
"""
EMPTY = {"期限": None, "剩余": None, "灯": None, "暂定": False}


def overview(desk: Desk, today: str) -> Overview:
    return Overview(desk.workspace, calendar_of(desk.workspace), date.fromisoformat(today))


def case_of(desk: Desk, today: str, number: str = "143069") -> Standing:
    return next(one for one in overview(desk, today).standings if one.words["案号"] == number)


def main_clock(case: Standing) -> dict[str, object]:
    return {word: value for word, value in case.summary().items() if word in EMPTY}


def test_the_main_clock_is_told_while_it_runs(desk: Desk) -> None:
    desk.write("办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")

    # three months end on 10 June; from 7 May on: 15 days of May without the 31st, 6 of June without the 2nd
    assert main_clock(case_of(desk, "2025-05-06")) == {"期限": "2025-06-10", "剩余": 24, "灯": "绿", "暂定": False}


@pytest.mark.parametrize(
    "end",
    [
        "{日期: 2025-04-01, 环节: 印发, 发文字号: 东商〔2025〕7号}",
        "{日期: 2025-04-01, 环节: 办结}",
        "{日期: 2025-04-01, 环节: 撤案, 理由: 提案人撤回}",
        "{日期: 2025-04-01, 环节: 退办结果, 结果: 同意}",
    ],
)
def test_once_it_has_stopped_nothing_of_it_is_told(end: str, desk: Desk) -> None:
    desk.write(f"办理过程: [{{日期: 2025-03-10, 环节: 交办}}, {end}]\n")

    assert main_clock(case_of(desk, "2025-05-06")) == EMPTY


def test_before_it_starts_nothing_is_told(desk: Desk) -> None:
    desk.write()

    assert main_clock(case_of(desk, "2025-05-06")) == EMPTY


def test_a_merged_record_has_the_clocks_of_its_lead_up_to_issue(desk: Desk) -> None:
    desk.write("并案: ['143070']\n办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")
    desk.write("", "143070")

    assert main_clock(case_of(desk, "2025-05-06", "143070"))["期限"] == "2025-06-10"
    assert case_of(desk, "2025-05-06", "143070").words["阶段"] == "已交办"


def test_who_owes_an_opinion_is_told_until_it_is_in_or_waived(desk: Desk) -> None:
    desk.write(LED)
    assert case_of(desk, "2025-05-06").owing == ["市财政局", "市公安局"]
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: 会办意见, 单位: 市公安局, 免: 无涉公安}}\n")
    assert case_of(desk, "2025-05-06").owing == ["市财政局"]
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: 会办意见, 单位: 市财政局}}\n")
    assert case_of(desk, "2025-05-06").owing == ["市公安局"]


@pytest.mark.parametrize("end", ["撤案, 理由: 提案人撤回", "退办结果, 结果: 同意", "办结"])
def test_what_is_over_waits_for_no_opinion(end: str, desk: Desk) -> None:
    desk.write(f"{LED}  - {{日期: 2025-03-20, 环节: {end}}}\n")

    assert case_of(desk, "2025-05-06").owing == []


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["阶段=已交办"], True),
        (["阶段=办理中"], False),
        (["灯=红"], True),
        (["灯=红", "阶段=已交办", "案由~夜市"], True),
        (["灯=红", "案由~早市"], False),
        (["剩余=3"], True),
        (["期限=2025-06-10"], True),
        (["期限~2025-06"], True),
        (["暂定=否"], True),
        (["待会办=市财政局"], True),
        (["待会办!="], True),
        (["待会办="], False),
        (["待会办~教育"], False),
    ],
)
def test_computed_values_choose_records(words: list[str], *, chosen: bool, desk: Desk) -> None:
    desk.write(LED)
    words_of_case = case_of(desk, "2025-06-05").in_words()  # a Thursday; left are 6, 9 and 10 June

    assert chooser(words, case_schema())(words_of_case) is chosen


@pytest.mark.parametrize(("name", "office"), [("节假日.yaml", ""), ("本市.yaml", "节假日: 本市.yaml\n")])
def test_an_own_holiday_moves_what_is_left(name: str, office: str, desk: Desk) -> None:
    records.make_workspace(desk.folder, records.OFFICE + office)
    desk.write("办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")
    (desk.folder / name).write_text(LOCAL, encoding="utf-8")

    assert case_of(desk, "2025-06-05").summary()["剩余"] == 2  # 6 and 10 June


# --- the index: what it keeps, and when it looks anew


def answers(desk: Desk, today: str = "2025-05-06") -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return all that lists and queries are told."""
    found = overview(desk, today)
    said = [one.in_words() | {"文件": str(one.path), "欠": one.owing} for one in found.standings]
    open_clocks = [agenda_words(item) for item in agenda(found.standings, None)]
    return said, open_clocks, sorted(map(str, found.problems))


def agenda_words(item: Item) -> dict[str, Any]:
    return item.words() | {"依据": item.basis}


def kept(desk: Desk) -> Path:
    path = index.place_of(desk.folder)
    assert path
    return path


def without_index(desk: Desk) -> None:
    kept(desk).unlink(missing_ok=True)


def test_the_same_is_told_with_and_without_the_index(desk: Desk) -> None:
    desk.write(LED)
    desk.write("并案: ['143072']\n", "143071")
    desk.write("", "143072")
    first = answers(desk)

    assert answers(desk) == first
    without_index(desk)
    assert answers(desk) == first


def reads(desk: Desk, today: str = "2025-05-06") -> list[str]:
    """Return the names of the records that are read for the lists of *today*."""
    return reading_of(lambda: overview(desk, today))


def reading_of(act: Callable[[], object]) -> list[str]:
    """Return the names of the records that *act* reads, files that were only just written being believed."""
    read: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        real = reading._read  # noqa: SLF001 -- what is counted is how often the disk is asked

        def counted(workspace: Workspace, path: Path) -> tuple[Record | None, list[Problem]]:
            read.append(path.stem)
            return real(workspace, path)

        patch.setattr(reading, "_read", counted)
        patch.setattr(files, "is_fresh", lambda *_: False)
        act()
    return read


def test_only_what_changed_is_read_again(desk: Desk) -> None:
    for number in ("143069", "143070", "143071"):
        desk.write("", number)

    assert sorted(reads(desk)) == ["143069", "143070", "143071"]
    assert reads(desk) == []
    desk.write("分类: 经济\n", "143070")
    assert reads(desk) == ["143070"]
    assert reads(desk, "2026-01-05") == [], "no day is part of what is kept"


def test_a_lead_that_changes_has_those_that_it_leads_looked_at_again(desk: Desk) -> None:
    desk.write("并案: ['143070']\n", "143069")
    desk.write("", "143070")
    reads(desk)
    desk.write("并案: ['143070']\n办理过程: [{日期: 2025-03-10, 环节: 交办}]\n", "143069")

    assert sorted(reads(desk)) == ["143069", "143070"]
    assert case_of(desk, "2025-05-06", "143070").words["阶段"] == "已交办"
    (desk.folder / "proposals/143069.yaml").unlink()
    assert case_of(desk, "2025-05-06", "143070").words["阶段"] == "未交办"


def test_another_office_and_another_calendar_empty_the_index(desk: Desk) -> None:
    desk.write("办理过程: [{日期: 2025-03-10, 环节: 交办}]\n")
    before = main_clock(case_of(desk, "2025-05-06"))["期限"]
    records.make_workspace(desk.folder, records.OFFICE + "期限: {答复: {限: 1个月, 起: 交办}}\n")

    assert (before, main_clock(case_of(desk, "2025-05-06"))["期限"]) == ("2025-06-10", "2025-04-10")


def test_a_body_in_a_file_of_its_own_is_looked_at_too(desk: Desk) -> None:
    desk.write("答复: {正文文件: 正文.txt}\n")
    body = desk.folder / "proposals/正文.txt"
    body.write_text("夜市已经开放。", encoding="utf-8")
    assert case_of(desk, "2025-05-06").in_words()["答复"]["正文"] == "夜市已经开放。"

    body.write_text("夜市将要开放。", encoding="utf-8")
    assert case_of(desk, "2025-05-06").in_words()["答复"]["正文"] == "夜市将要开放。"
    body.unlink()
    assert [problem.field for problem in overview(desk, "2025-05-06").problems] == ["答复.正文文件"]


def test_an_edit_of_the_same_second_and_size_is_seen(desk: Desk) -> None:
    for section in ("甲科", "乙科", "丙科"):
        desk.write(f"科室: {section}\n")
        assert case_of(desk, "2025-05-06").words["科室"] == section


@pytest.mark.parametrize("content", [b"not a database", b"", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_spoilt_index_is_made_anew(content: bytes, desk: Desk) -> None:
    desk.write(LED)
    first = answers(desk)
    kept(desk).write_bytes(content)

    assert answers(desk) == first


@pytest.fixture
def one_by_one() -> Iterator[None]:
    """Let each record be read without its neighbours at hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renewal, "_PORTION", 1)
        yield


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize("table", ["record", "text", "sign"])
def test_an_index_that_lost_a_table_is_made_anew(table: str, desk: Desk) -> None:
    desk.write(LED)
    first = answers(desk), find(overview(desk, "2025-05-06"), ["夜市"])[0][0].excerpt
    damage(kept(desk), f"DROP TABLE {table}")

    for _ in range(2):  # the second time from what was made anew
        assert (answers(desk), find(overview(desk, "2025-05-06"), ["夜市"])[0][0].excerpt) == first
    damage(kept(desk), f"DROP TABLE {table}")  # it is there again


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE face SET face = replace(face, '2025', '2026')",  # one bit, in every due day
        "UPDATE face SET face = x'00'",
        "UPDATE record SET beside = 'x'",
        "UPDATE said SET words = '{'",
        "ALTER TABLE record ADD COLUMN other",
    ],
)
def test_an_index_that_holds_something_else_is_made_anew(statement: str, desk: Desk) -> None:
    desk.write(LED)
    first = answers(desk), find(overview(desk, "2025-05-06"), ["夜市"])[0][0].excerpt
    damage(kept(desk), statement)

    for _ in range(2):  # the second time from what was made anew
        assert (answers(desk), find(overview(desk, "2025-05-06"), ["夜市"])[0][0].excerpt) == first
    assert not reads(desk)


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize("asked", ["standings", "running"])
def test_a_record_that_is_dropped_while_a_list_is_made_is_listed_and_the_others_stay_in_the_index(
    asked: str, desk: Desk
) -> None:
    desk.write(LED, "1")
    desk.write(LED, "2")
    first = answers(desk)
    found = overview(desk, "2025-05-06")
    damage(kept(desk), *(f"DELETE FROM {table} WHERE path = 'proposals/1.yaml'" for table in ("record", "face")))  # noqa: S608 -- ours

    assert [one.words["案号"] for one in getattr(found, asked)] == ["1", "2"]
    assert reads(desk) == ["1"]
    assert answers(desk) == first


@pytest.mark.usefixtures("lasting")
def test_the_words_of_a_record_that_is_dropped_meanwhile_are_told_all_the_same(desk: Desk) -> None:
    desk.write(LED)
    overview(desk, "2025-05-06")
    (standing,) = overview(desk, "2025-05-06").standings
    damage(kept(desk), "DELETE FROM said")

    assert standing.in_words()["案由"] == standing.words["案由"]


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize(
    "statements",
    [
        ["ALTER TABLE face RENAME TO other", "CREATE VIEW face AS SELECT * FROM other"],
        ["CREATE TRIGGER other AFTER INSERT ON record BEGIN DELETE FROM record; END"],
    ],
)
def test_an_index_with_views_or_triggers_is_made_anew(statements: list[str], desk: Desk) -> None:
    desk.write(LED)
    first = answers(desk)
    damage(kept(desk), *statements)

    for _ in range(2):  # the second time from what was made anew
        assert answers(desk) == first
    with closing(sqlite3.connect(kept(desk))) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall() == []


@posix
@pytest.mark.parametrize("name", [b"a\tb.yaml", b"a\nb.yaml", "甲\u3000乙.yaml".encode()], ids=repr)
def test_a_record_of_any_name_is_kept(name: bytes, desk: Desk) -> None:
    desk.write("并案: ['143070']\n", "143069")
    desk.write("", "143070")
    place = desk.folder / "proposals"
    (place / "143069.yaml").rename(place / os.fsdecode(name))
    first = answers(desk)

    reads(desk)  # it is believed from now on

    assert len(first[0]) == 2
    assert reads(desk) == []
    assert answers(desk) == first


@posix
def test_a_record_whose_name_is_no_text_is_named_as_a_fault(desk: Desk) -> None:
    desk.write("", "143069")
    desk.write("", "143070")
    place = desk.folder / "proposals"
    (place / "143069.yaml").rename(place / os.fsdecode("中文.yaml".encode("gbk")))

    for _ in range(2):
        said, _, problems = answers(desk)
        assert [one["案号"] for one in said] == ["143070"]
        (problem,) = problems
        assert "文件名不是 UTF-8 编码，没有列出（给文件改名" in problem


def test_another_state_of_the_program_empties_the_index(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(LED)
    read = []
    real = files.stamps
    for state in ("1", "1", "2"):
        monkeypatch.setattr(
            files,
            "stamps",
            lambda folder, suffix, at=state: ({"a": at}, []) if suffix == ".py" else real(folder, suffix),
        )
        read.append(reads(desk))

    assert read == [["143069"], [], ["143069"]]


@pytest.mark.usefixtures("lasting")
def test_an_index_with_spoilt_pages_is_made_anew(desk: Desk) -> None:
    for number in range(143001, 143060):
        desk.write(f"答复: {{正文: {'夜市已经开放。' * 30}}}\n", str(number))
    first = answers(desk)
    data = bytearray(kept(desk).read_bytes())
    data[3 * 4096 :] = bytes(byte ^ 0x5A for byte in data[3 * 4096 :])
    kept(desk).write_bytes(data)

    assert answers(desk) == first
    assert len(find(overview(desk, "2025-05-06"), ["夜市"])[0]) == 59


@pytest.mark.usefixtures("lasting")
def test_while_a_colleague_writes_the_index_what_changed_is_told_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(LED)
    answers(desk)
    find(overview(desk, "2025-05-06"), ["夜市"])
    monkeypatch.setattr(memory, "_WAIT", 0)
    with closing(sqlite3.connect(kept(desk))) as colleague:
        colleague.execute("BEGIN IMMEDIATE")
        desk.write("科室: 甲科\n")
        desk.write("科室: 乙科\n", "143070")

        assert [one.in_words()["科室"] for one in overview(desk, "2025-05-06").standings] == ["甲科", "乙科"]
        assert [one.name for one in find(overview(desk, "2025-05-06"), ["乙科"])[0]] == ["proposals/143070.yaml"]
    damage(kept(desk), "SELECT * FROM record")  # what others hold is left alone


@pytest.mark.usefixtures("lasting")
@pytest.mark.parametrize("is_held", [True, False], ids=["held by a colleague", "a folder in its way"])
def test_without_index_and_without_room_for_a_temporary_one_everything_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, is_held: bool
) -> None:
    desk.write(LED)
    first = answers(desk)
    monkeypatch.setattr(memory, "_WAIT", 0)
    monkeypatch.setattr(memory, "_TEMPORARY", str(desk.folder / "nowhere" / "index"))
    with closing(sqlite3.connect(kept(desk))) as colleague:
        if is_held:
            colleague.execute("BEGIN IMMEDIATE")
            desk.write(LED, "143070")
            desk.write(LED)
        else:
            without_index(desk)
            kept(desk).mkdir()

        assert answers(desk)[0][0] == first[0][0]
        assert next(one.name for one in find(overview(desk, "2025-05-06"), ["夜市"])[0]) == "proposals/143069.yaml"


def test_a_folder_in_the_way_of_the_index_only_makes_it_slow(desk: Desk) -> None:
    desk.write(LED)
    first = answers(desk)
    without_index(desk)
    kept(desk).mkdir()

    assert answers(desk) == first


STATES = [
    "",
    "办理过程: [{日期: 2025-03-10, 环节: 交办}]\n",
    "办理过程: [{日期: 2025-03-10, 环节: 交办}, {日期: 2025-04-28, 环节: 退办, 理由: 不属本单位职责}]\n",
    LED,
    "并案: ['143070', '143071']\n办理过程: [{日期: 2025-04-29, 环节: 交办}]\n",
    "并案: ['143071']\n",
    "期限: 2025-05-07\n",
    "案由: 写了两遍\n",
]
LEADING = [state for state in STATES if "并案" in state]
SAME = "案号: 143070\n届次: 市政协十四届三次会议\n案由: 优化夜市管理\n提案人: [林晓]\n"
FILES = ("143069", "143070", "143071", "甲")
KIND = st.sampled_from(["write", "replace", "delete", "rename", "look", "clock"])
CHANGE = st.tuples(KIND, st.sampled_from(FILES), st.sampled_from(STATES))
OF_LEAD = st.tuples(st.sampled_from(["write", "replace"]), st.just(FILES[0]), st.sampled_from(LEADING))
EDITS = st.lists(CHANGE | OF_LEAD, max_size=8)


def state_of(name: str, more: str) -> bytes:
    """Return a record of always the same size; 甲 has a number that another file has too."""
    text = SAME.replace("143070", "143070" if name == "甲" else name) + more
    return text.encode().ljust(700, b"#") + b"\n"


def edit(folder: Path, kind: str, name: str, more: str) -> None:
    """Do to a file what an editor, a synchronisation or a clerk does to it."""
    path, beside = folder / f"proposals/{name}.yaml", folder / "new"
    if kind == "write":
        path.write_bytes(state_of(name, more))
    elif kind == "replace":  # another file of the same size, and of the same time as all that are put in place so
        beside.write_bytes(state_of(name, more))
        os.utime(beside, ns=(0, 0))
        beside.replace(path)
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif kind == "rename" and path.exists():
        path.replace(folder / f"proposals/{FILES[FILES.index(name) - 1]}.yaml")
    elif kind == "clock" and path.exists():  # the clock of whoever wrote it was wrong, or was put right
        os.utime(path, ns=(len(more) * 10**17, len(more) * 10**17))


def told(desk: Desk) -> tuple[object, ...]:
    """Return all that lists, queries and searches are told."""
    now = overview(desk, "2025-05-06")
    found = [(one.name, one.excerpt, one.standing and one.standing.said) for one in find(now, ["夜市"])[0]]
    alone = [(one.name, now.standing(one.name)) == (one.name, one) for one in now.standings]
    return *answers(desk), sorted(found), alone, [one.name for one in now.running], [one.series for one in now.entries]


def forgotten(desk: Desk) -> tuple[object, ...]:
    without_index(desk)
    return told(desk)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_after_any_edits_the_index_tells_what_the_files_say(desk: Desk, edits: list[tuple[str, str, str]]) -> None:
    for one in edits:
        edit(desk.folder, *one)
        answers(desk)

    assert told(desk) == forgotten(desk)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
@pytest.mark.usefixtures("lasting", "one_by_one")
def test_after_edits_that_show_what_is_kept_holds(desk: Desk, edits: list[tuple[str, str, str]]) -> None:
    for name, more in zip(FILES[:3], (STATES[4], "", ""), strict=True):
        edit(desk.folder, "write", name, more)  # the first leads both
    told(desk)
    for moment, (kind, name, more) in enumerate(edits, 1):
        edit(desk.folder, kind, name, more)
        path = desk.folder / f"proposals/{name}.yaml"
        if kind == "write":  # what is written in place at one moment cannot be told apart
            os.utime(path, ns=(moment, moment))
        told(desk)

    assert told(desk) == forgotten(desk)
