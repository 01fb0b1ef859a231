from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu.docnumber import DocNumber
from dafu.errors import RefusedError, UnusableError, WrongUsageError
from dafu.model import Series
from dafu.register import Claim, Entry, Register, Stamp, State, foresee, take, void
from dafu.register.entry import written
from dafu.terms import Paper
from numbering import DAY, SERIES, STAMP, claim_of, kept, numbered, register_in, taken

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return register_in(tmp_path)


def files_of(register: Register) -> list[str]:
    folder = register.replies.parent
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- the next number


def test_the_first_number_is_one_and_the_next_ones_follow(register: Register) -> None:
    assert [taken(register, paper) for paper in (31, 32, 33)] == [1, 2, 3]


def test_a_number_is_a_small_file_that_anyone_can_read(register: Register) -> None:
    take(register, SERIES, Claim("2025/市/提案/143069", Paper.OPINION, 1), DAY, (), STAMP)
    path = register.replies / "发文登记/2025/东商提函-1.yaml"
    assert path.read_text(encoding="utf-8").splitlines() == [
        "发文字号: 东商提函〔2025〕1号",
        "案号: 2025/市/提案/143069",
        "文种: 会办意见",
        "轮次: 2",
        "日期: 2025-08-26",
        "登记时间: 2025-08-26T01:30:00+00:00",
        "经手人: 林晓",
        "状态: 在用",
    ]
    assert files_of(register) == ["proposals/已取号.txt", "replies/发文登记/2025/东商提函-1.yaml"]


def test_a_series_begins_at_its_first_number_in_every_year(register: Register) -> None:
    series = Series(code="东商提函", automatic=True, first=101)
    assert taken(register, 31, date(2025, 12, 31), series=series) == 101
    assert taken(register, 32, date(2025, 12, 31), series=series) == 102
    assert taken(register, 33, date(2026, 1, 1), series=series) == 101
    assert taken(register, 34, date(2025, 12, 31), series=series) == 103


def test_the_year_is_that_of_the_reply_and_not_of_the_clock(register: Register) -> None:
    stamp = Stamp(datetime(2026, 1, 4, tzinfo=UTC))
    assert take(register, SERIES, claim_of(31), date(2025, 12, 31), (), stamp).number == numbered(1, 2025)


def test_each_series_counts_for_itself(register: Register) -> None:
    other = Series(code="东商议函", automatic=True)
    assert [taken(register, 31), taken(register, 32, series=other), taken(register, 33)] == [1, 1, 2]


def test_a_number_typed_by_hand_counts_as_taken(register: Register) -> None:
    assert taken(register, 31, known=[numbered(1)]) == 2
    assert taken(register, 32, known=[numbered(1), numbered(5)]) == 6


def test_a_number_typed_in_another_series_or_year_does_not_count(register: Register) -> None:
    assert taken(register, 31, known=[numbered(8, 2024), numbered(9, 2025, "东商")]) == 1


def test_a_typed_number_below_the_first_does_not_count(register: Register) -> None:
    assert taken(register, 31, known=[numbered(7)], series=replace(SERIES, first=20)) == 20


# --- one number for each paper


def test_a_retry_gives_the_same_number(register: Register) -> None:
    first = take(register, SERIES, claim_of(31), DAY, (), STAMP)
    taken(register, 32)
    later = Stamp(datetime(2025, 8, 27, tzinfo=UTC), "赵一")
    assert take(register, SERIES, claim_of(31), DAY, [first.number], later) == first
    assert len(kept(register)) == 2


def test_another_paper_or_round_of_the_same_case_gets_its_own_number(register: Register) -> None:
    claims = [claim_of(31), claim_of(31, Paper.REPLY), claim_of(31, turn=1)]
    serials = [take(register, SERIES, claim, DAY, (), STAMP).number.serial for claim in claims]
    assert serials == [1, 2, 3]


def test_a_paper_that_holds_a_number_of_another_year_gets_no_second_one(register: Register) -> None:
    taken(register, 31)
    with pytest.raises(RefusedError, match=r"已取过 东商提函〔2025〕1号，不能再取 东商提函〔2026〕 的号"):
        taken(register, 31, date(2026, 1, 5))
    with pytest.raises(RefusedError, match=r"先作废它"):
        taken(register, 31, series=replace(SERIES, code="东商议函"))
    assert len(kept(register)) == 1


def test_what_will_be_taken_is_foreseen_without_a_trace(register: Register) -> None:
    assert foresee(register, SERIES, claim_of(31), DAY, [numbered(3)]) == numbered(4)
    assert files_of(register) == []
    assert taken(register, 31, known=[numbered(3)]) == 4
    assert foresee(register, SERIES, claim_of(31), DAY, ()) == numbered(4)
    assert foresee(register, SERIES, claim_of(32), DAY, ()) == numbered(5)


def test_one_who_was_overtaken_while_asking_gets_the_number_after(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleagues = [40, 41]

    def overtaken(entry: Entry) -> bytes:
        if colleagues and entry.case == claim_of(31).case:
            taken(register, colleagues.pop(), known=[numbered(6)])
        return written(entry)

    monkeypatch.setattr("dafu.register.taking.written", overtaken)
    assert taken(register, 31, known=iter([numbered(6)])) == 9
    assert [entry.number.serial for entry in kept(register)] == [7, 8, 9]


def test_one_who_was_overtaken_by_a_colleague_with_the_same_paper_gets_that_number(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicker = [40, 31]

    def overtaken(entry: Entry) -> bytes:
        papers = quicker[:]
        quicker.clear()
        for paper in papers:
            taken(register, paper)
        return written(entry)

    monkeypatch.setattr("dafu.register.taking.written", overtaken)
    assert taken(register, 31) == 2
    assert [entry.number.serial for entry in kept(register)] == [1, 2]


def test_numbers_typed_by_hand_still_count_when_a_name_was_taken_by_no_entry_and_came_free(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = register.path_of(numbered(7))
    blocked.mkdir(parents=True)
    tries = []

    def freed(entry: Entry) -> bytes:
        tries.append(entry.number.serial)
        if len(tries) > 1:
            blocked.rmdir()
        return written(entry)

    monkeypatch.setattr("dafu.register.taking.written", freed)
    assert taken(register, 31, known=iter([numbered(6)])) == 7
    assert tries == [7, 7]


def test_one_who_was_overtaken_goes_on_behind_a_number_of_his_own_that_is_void(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicker = [31]

    def overtaken(entry: Entry) -> bytes:
        if quicker:
            void(register, numbered(taken(register, quicker.pop())), "印错")
        return written(entry)

    monkeypatch.setattr("dafu.register.taking.written", overtaken)
    assert taken(register, 31) == 2
    assert [entry.is_void for entry in kept(register)] == [True, False]


# --- what is refused


@pytest.mark.parametrize(
    "code",
    ["../东商", "东/商", "东\\商", "东:商", "东：商", "CON.", "东商*", "东商2", "东 商", "", ".东", "~$东", "东" * 21],
)
def test_a_code_that_is_no_safe_file_name_is_refused(code: str, register: Register) -> None:
    with pytest.raises(RefusedError, match="代字只用汉字或字母"):
        taken(register, 31, series=Series(code=code, automatic=True))
    with pytest.raises(RefusedError, match="登记簿里没有"):
        void(register, DocNumber(code, 2025, 1), "印错")
    assert files_of(register) == []


@pytest.mark.parametrize("code", ["䶮商函", "東商提函", "𠮷函", "ABC", "东" * 20])
def test_a_code_of_any_letters_is_kept_as_it_is(code: str, register: Register) -> None:
    series = Series(code=code, automatic=True)
    assert [taken(register, 31, series=series), taken(register, 32, series=series)] == [1, 2]
    assert {entry.number.code for entry in kept(register)} == {code}


def test_there_is_no_number_after_999999(register: Register) -> None:
    with pytest.raises(RefusedError, match="号最多六位"):
        taken(register, 31, known=[numbered(999_999)])
    assert files_of(register) == []


@pytest.mark.parametrize("by", ["林\x00晓", "林\u2028晓", " 林晓"])
def test_what_would_not_read_back_is_not_entered(by: str, register: Register) -> None:
    with pytest.raises(WrongUsageError, match="登记簿里写不下"):
        take(register, SERIES, claim_of(31), DAY, (), Stamp(STAMP.at, by))
    assert files_of(register) == []


def test_a_broken_entry_stops_the_series_since_it_may_be_any_number(register: Register) -> None:
    taken(register, 31)
    register.path_of(numbered(1)).write_text("发文字号: 东商提函", encoding="utf-8")
    with pytest.raises(UnusableError, match=r"东商提函-1.yaml:1: 发文字号 “东商提函”不是可以登记的发文字号"):
        taken(register, 32)
    assert len(files_of(register)) == 2


def test_an_entry_that_says_two_things_is_broken_though_it_can_be_read(register: Register) -> None:
    taken(register, 31)
    with register.path_of(numbered(1)).open("a", encoding="utf-8") as file:
        file.write("案号: 别的\n")
    with pytest.raises(UnusableError, match="案号 写了两次"):
        taken(register, 32)


def test_what_is_merely_foreign_does_not_stop_the_clerk(register: Register) -> None:
    taken(register, 31)
    (register.folder / "说明.txt").write_bytes(b"")
    assert taken(register, 32) == 2


def test_a_name_that_is_taken_by_no_entry_is_named_in_the_end(register: Register) -> None:
    register.path_of(numbered(1)).mkdir(parents=True)
    with pytest.raises(RefusedError, match=r"东商提函-1.yaml：名称被占"):
        taken(register, 31)


# --- a register that has vanished


def lose_all(register: Register) -> None:
    register.folder.rename(register.replies / "别处")


def lose_content(register: Register) -> None:
    for path in register.folder.rglob("*.yaml"):
        path.unlink()


def lose_replies(register: Register) -> None:
    register.replies.rename(register.replies.with_name("别处"))


@pytest.mark.parametrize("lose", [lose_all, lose_content, lose_replies])
def test_a_register_that_has_vanished_never_begins_anew(lose: object, register: Register) -> None:
    assert callable(lose)
    taken(register, 31)
    taken(register, 32)
    lose(register)
    for paper in (32, 33):
        with pytest.raises(RefusedError, match=r"登记簿不见了，或不全：东商提函〔2025〕2号 已经取过"):
            taken(register, paper)
    with pytest.raises(RefusedError, match="连上共享盘，或从备份恢复"):
        taken(register, 33, date(2026, 1, 5))
    assert not register.path_of(numbered(3)).exists()
    assert not register.path_of(numbered(1, 2026)).exists()


def test_a_register_that_came_back_goes_on(register: Register) -> None:
    taken(register, 31)
    lose_all(register)
    (register.replies / "别处").rename(register.folder)
    assert taken(register, 32) == 2


def test_the_last_number_is_not_given_again_when_its_file_is_gone(register: Register) -> None:
    taken(register, 31)
    taken(register, 32)
    register.path_of(numbered(2)).unlink()
    with pytest.raises(RefusedError, match=r"东商提函〔2025〕2号 已经取过，却没有登记"):
        taken(register, 33)


def test_a_clerk_who_knows_better_takes_the_line_out_of_the_trace(register: Register) -> None:
    taken(register, 31)
    lose_content(register)
    text = register.trace.read_text(encoding="utf-8")
    register.trace.write_text(text.replace("东商提函〔2025〕1号\n", ""), encoding="utf-8")
    assert taken(register, 32, known=[numbered(1)]) == 2


def test_the_trace_lists_the_series_in_order_whichever_was_begun_first(register: Register) -> None:
    taken(register, 31, date(2026, 1, 5))
    taken(register, 32)
    lines = register.trace.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["东商提函〔2025〕1号", "东商提函〔2026〕1号"]


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", f"{'东' * 21}〔2025〕1号"])
def test_a_trace_that_cannot_be_understood_stops_the_series(line: str, register: Register) -> None:
    taken(register, 31)
    with register.trace.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(RefusedError, match=rf"已取号.txt:4: “{line}”不是发文字号"):
        taken(register, 32)


def test_a_trace_of_two_merged_copies_counts_by_the_higher_line(register: Register) -> None:
    taken(register, 31)
    taken(register, 32)
    with register.trace.open("a", encoding="utf-8") as file:
        file.write("东商提函〔2025〕1号\n")
    register.path_of(numbered(2)).unlink()
    with pytest.raises(RefusedError, match=r"〔2025〕2号 已经取过"):
        taken(register, 33)


# --- void


def test_a_void_number_stays_with_its_reason_and_is_not_given_again(register: Register) -> None:
    entry = take(register, SERIES, claim_of(31), DAY, (), STAMP)
    after = void(register, entry.number, "印错: 重印")
    assert after == replace(entry, state=State.VOID, reason="印错: 重印")
    assert taken(register, 31) == 2
    assert kept(register)[0] == after


def test_a_void_number_keeps_the_clerks_own_notes(register: Register) -> None:
    taken(register, 31)
    path = register.path_of(numbered(1))
    path.write_bytes("# 张处要求\r\n".encode() + path.read_bytes().replace(b"\n", b"\r\n"))
    void(register, numbered(1), "印错")
    lines = path.read_bytes().decode().split("\r\n")
    assert lines[0] == "# 张处要求"
    assert lines[-3:] == ["状态: 作废", "原因: 印错", ""]


def test_a_number_is_void_once_and_for_a_reason(register: Register) -> None:
    taken(register, 31)
    with pytest.raises(WrongUsageError, match="写明原因"):
        void(register, numbered(1), "　")
    void(register, numbered(1), "印错")
    with pytest.raises(RefusedError, match="已经作废：印错"):
        void(register, numbered(1), "再错")
    assert [entry.reason for entry in kept(register)] == ["印错"]


def test_an_unknown_number_cannot_be_void(register: Register) -> None:
    with pytest.raises(RefusedError, match=r"登记簿里没有 东商提函〔2025〕1号"):
        void(register, numbered(1), "印错")


def test_an_entry_that_cannot_be_read_is_not_made_void(register: Register) -> None:
    taken(register, 31)
    register.path_of(numbered(1)).write_text("发文字号: 东商提函", encoding="utf-8")
    with pytest.raises(UnusableError, match=r"东商提函-1.yaml:1: 发文字号 “东商提函”不是可以登记的发文字号"):
        void(register, numbered(1), "印错")


def test_a_file_that_says_another_number_is_not_made_void(register: Register) -> None:
    taken(register, 31)
    register.path_of(numbered(1)).rename(register.path_of(numbered(2)))
    with pytest.raises(UnusableError, match=r"里面不是 东商提函〔2025〕2号"):
        void(register, numbered(2), "印错")


def test_an_entry_that_a_colleague_changes_meanwhile_is_not_overwritten(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(register, 31)
    path = register.path_of(numbered(1))
    monkeypatch.setattr(os, "fsync", lambda _descriptor: path.write_bytes(b"a colleague's"))
    with pytest.raises(RefusedError, match="被别人改动过或删除，没有保存"):
        void(register, numbered(1), "印错")
    assert path.read_bytes() == b"a colleague's"


# --- any order of acts

PAPERS = st.integers(1, 4)
ACTS = st.lists(st.tuples(st.sampled_from(["take", "take", "void"]), PAPERS), max_size=14)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS, first=st.integers(1, 3))
def test_any_order_of_acts_leaves_one_live_number_for_each_paper_and_no_gap(
    acts: list[tuple[str, int]], first: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    register = register_in(tmp_path_factory.mktemp("workspace"))
    series = replace(SERIES, first=first)
    live: dict[int, int] = {}
    ever: list[int] = []
    for act, paper in acts:
        if act == "take":
            serial = taken(register, paper, series=series)
            assert serial == live.get(paper, first + len(ever))
            ever += [] if paper in live else [serial]
            live[paper] = serial
        elif paper in live:
            void(register, numbered(live.pop(paper)), "收回")
    assert [entry.number.serial for entry in kept(register)] == list(range(first, first + len(ever)))
    held = {entry.case: entry.number.serial for entry in kept(register) if not entry.is_void}
    assert held == {claim_of(paper).case: serial for paper, serial in live.items()}
