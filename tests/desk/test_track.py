from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from dafu import store, workflow
from dafu.desk.track import Tracked, day_of, track
from dafu.errors import RefusedError, UnusableError, WrongUsageError
from dafu.store import Author
from dafu.terms import Step

if TYPE_CHECKING:
    from desk.conftest import Desk

LIN = Author("林晓", "2025-05-06T09:00:00+08:00")
DAY = "2025-05-06"
STARTED = """\
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}   # 电话里说过
  - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 经办人: 苏晚晴}

  # 以下由苏晚晴记
  - 日期: 2025-03-12
    环节: 沟通
    方式: 面商
    对象: 林晓
"""
SIGNED = """\
办理过程:
  - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-05-05, 环节: 签发, 签发人: 周明远}
"""
ISSUED = f"{SIGNED}  - {{日期: 2025-05-05, 环节: 印发, 发文字号: 东商〔2025〕7号}}\n"
AUTOMATIC = records.OFFICE + "发文字号: {答复: {代字: 东商提函, 自动: 是}, 会办意见: {代字: 东商提函, 自动: 是}}\n"


def enter(desk: Desk, step: str, day: str = DAY, number: str = "143069", **words: str) -> Tracked:
    return track(desk.workspace, desk.record(number), {"日期": day, "环节": step} | words, LIN, dry=False)


def rehearse(desk: Desk, step: str, number: str = "143069", **words: str) -> Tracked:
    return track(desk.workspace, desk.record(number), {"日期": DAY, "环节": step} | words, LIN, dry=True)


def bytes_of(desk: Desk, number: str = "143069") -> bytes:
    return (desk.folder / "proposals" / f"{number}.yaml").read_bytes()


def tree(desk: Desk) -> dict[str, bytes]:
    return {str(path.relative_to(desk.folder)): path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}


def is_inserted(before: bytes, after: bytes) -> bool:
    """Tell whether *after* is *before* with something put in at one place."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    return len(after) > len(before) and any(after.endswith(before[place:]) for place in range(same + 1))


def steps(desk: Desk, number: str = "143069") -> list[str]:
    return [f"{event.day:%m-%d} {event.step}" for event in desk.record(number).proposal.events]


# --- one event, in its place


@pytest.mark.parametrize(
    "more",
    [
        "",
        "办理过程:\n",
        "办理过程: []\n",
        "办理过程:\n  - {日期: 2025-03-05, 环节: 交办}\n",
        STARTED,
        f"{STARTED}\n# 完\n",
    ],
    ids=["no key", "empty key", "brackets", "one", "several", "a comment at the end"],
)
@pytest.mark.parametrize("form", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_event_is_added_and_every_other_byte_stays(more: str, form: str, mark: bytes, desk: Desk) -> None:
    path = desk.write(more)
    path.write_bytes(mark + path.read_bytes().replace(b"\n", form.encode()))
    before, count = path.read_bytes(), len(desk.record().proposal.events)

    enter(desk, "签收", 说明="电话通知")

    event = desk.record().proposal.events[-1]
    assert (event.day, event.step, event.note) == (date(2025, 5, 6), Step.RECEIVE, "电话通知")
    assert event.entered == datetime.fromisoformat(LIN.time)
    assert event.entered.tzinfo is not None
    assert len(desk.record().proposal.events) == count + 1
    after = path.read_bytes()
    assert is_inserted(before.replace(b" []", b""), after)
    assert after.count(b"\r\n") == (after.count(b"\n") if form == "\r\n" else 0)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2025-01-01", 0),
        ("2025-03-05", 1),  # behind the one of the same day
        ("2025-03-09", 1),
        ("2025-03-10", 2),
        ("2025-03-12", 3),
        ("2026-01-01", 3),
    ],
)
def test_a_backdated_event_goes_behind_the_last_that_is_not_later(day: str, place: int, desk: Desk) -> None:
    desk.write(STARTED)

    enter(desk, "征求意见", day, 对象="林晓")

    assert [event.step for event in desk.record().proposal.events].index(Step.CONSULT) == place


def test_in_a_history_out_of_order_it_goes_behind_the_last_that_is_not_later(desk: Desk) -> None:
    desk.write(
        """\
        办理过程:
          - {日期: 2025-03-20, 环节: 交办}
          - {日期: 2025-03-05, 环节: 签收}
          - {日期: 2025-03-25, 环节: 分办}
        """
    )
    enter(desk, "沟通", "2025-03-10", 方式="电话", 对象="林晓")

    assert steps(desk) == ["03-20 交办", "03-05 签收", "03-10 沟通", "03-25 分办"]


def test_the_stage_after_a_backdated_event_is_that_of_the_whole_history(desk: Desk) -> None:
    desk.write(STARTED)

    assert str(enter(desk, "签收", "2025-03-06").stage) == "办理中"
    assert str(enter(desk, "拟稿").stage) == "已拟稿"


def test_a_body_in_a_file_of_its_own_does_no_harm(desk: Desk) -> None:
    (desk.folder / "proposals/正文.txt").write_text("一、夜市已经延长。\n", encoding="utf-8")
    desk.write("答复: {正文文件: 正文.txt}\n")

    assert enter(desk, "签收").written


@pytest.mark.parametrize(
    ("word", "day"),
    [("今天", "2025-03-01"), ("昨天", "2025-02-28"), ("2024-02-29", "2024-02-29"), ("明天", "明天")],
)
def test_a_day_may_be_said_in_a_word(word: str, day: str) -> None:
    assert day_of(word, date(2025, 3, 1)) == day


# --- words that a step does not take


@pytest.mark.parametrize(
    ("step", "words", "sentence"),
    [
        ("签发", {"签发": "周明远"}, r"“签发”不是签发的字段（是不是“签发人”？）"),
        ("签收", {"网址": ""}, r"“网址”不是签收的字段"),
        ("签收", {"xyz": "1"}, r"“xyz”不是签收的字段（可用：日期、环节、经手人、说明、登记时间）"),
        ("沟通", {"方式": "面商"}, "对象 没有填写"),
        ("沟通", {"方式": "面商", "对象": ""}, "对象 没有填写"),
        ("反馈", {"对象": "林晓", "整体": "很好"}, "整体.*很好"),
        ("退办结果", {"结果": "准"}, "结果.*准"),
        ("延期", {"至": "2025-9-1", "理由": "面广", "批准单位": "市政协"}, "至.*2025-9-1"),
        ("签收", {"说明": "甲\x07乙"}, r"“说明”：第2个字是看不见的控制字符 U\+0007（删去这个字符）"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(
    step: str, words: dict[str, str], sentence: str, desk: Desk
) -> None:
    desk.write(STARTED)
    before = tree(desk)

    with pytest.raises(WrongUsageError, match=sentence):
        enter(desk, step, **words)
    assert tree(desk) == before


@pytest.mark.parametrize("day", ["2025-2-3", "2025-02-30", "明天", "05-06", "20250506"])
def test_what_is_no_day_is_refused(day: str, desk: Desk) -> None:
    desk.write(STARTED)

    with pytest.raises(WrongUsageError, match=f"日期.*“{day}”"):
        enter(desk, "签收", day)


@pytest.mark.parametrize(
    "value", ["a: b", "# 不是注释", "{", "'\"", "- ", "是", "null", "1e3", "甲\n乙", "  首尾  ", "、，"]
)
def test_any_text_is_kept_as_it_was_said(value: str, desk: Desk) -> None:
    desk.write(STARTED)
    enter(desk, "签收", 说明=value)

    note = desk.record().proposal.events[-1].note
    assert (note or "").strip() == value.strip()


def test_an_empty_value_is_as_if_absent(desk: Desk) -> None:
    desk.write()
    enter(desk, "签收", 说明="")

    assert "说明" not in bytes_of(desk).decode()


# --- what is not allowed now


def test_a_step_that_is_not_allowed_is_refused_and_nothing_is_written(desk: Desk) -> None:
    desk.write(STARTED)
    before = tree(desk)

    with pytest.raises(RefusedError, match="143069：没有签发，不能印发"):
        enter(desk, "印发", 发文字号="东商〔2025〕67号")
    assert tree(desk) == before


def test_an_old_breach_does_not_block_an_unrelated_step(desk: Desk) -> None:
    desk.write(
        """\
        办理过程:
          - {日期: 2025-03-05, 环节: 签发, 签发人: 周明远}
          - {日期: 2025-03-06, 环节: 送达, 对象: 林晓}
        """
    )

    assert enter(desk, "沟通", 方式="电话", 对象="林晓").written
    assert enter(desk, "反馈", 对象="林晓", 整体="满意").written


def test_a_new_breach_of_the_same_kind_is_refused(desk: Desk) -> None:
    desk.write("办理过程: [{日期: 2025-03-05, 环节: 签发, 签发人: 周明远}]\n")

    with pytest.raises(RefusedError, match="143069：没有同提案人沟通，不能签发"):
        enter(desk, "签发", 签发人="周明远")


def test_a_backdated_event_that_breaks_what_came_after_it_is_refused(desk: Desk) -> None:
    desk.write(f"{ISSUED}  - {{日期: 2025-05-06, 环节: 送达, 对象: 林晓}}\n")

    with pytest.raises(RefusedError, match="没有印发，不能送达"):
        enter(desk, "重办", "2025-05-05")
    with pytest.raises(RefusedError, match="已撤案以后不再登记签发"):
        enter(desk, "撤案", "2025-04-01", 理由="提案人撤回")
    assert len(steps(desk)) == 4


def test_a_backdated_event_that_mends_a_history_is_taken(desk: Desk) -> None:
    desk.write("办理过程: [{日期: 2025-03-05, 环节: 签发, 签发人: 周明远}]\n")

    enter(desk, "沟通", "2025-03-04", 方式="电话", 对象="林晓")
    assert workflow.breaches(desk.record().proposal) == []


def test_signing_a_merged_record_is_refused_with_its_lead_named(desk: Desk) -> None:
    desk.write("并案: ['143070']\n" + ISSUED)
    desk.write("办理过程: [{日期: 2025-03-05, 环节: 沟通, 方式: 电话, 对象: 林晓}]\n", "143070")

    with pytest.raises(RefusedError, match="143070：已并入 143069，签发登记在 143069 上"):
        enter(desk, "签发", number="143070", 签发人="周明远")
    assert str(enter(desk, "送达", number="143070", 对象="林晓").stage) == "已送达"
    assert str(workflow.state(desk.record().proposal).stage) == "已印发"


def test_a_file_that_changed_since_it_was_read_is_refused_with_who_changed_it(desk: Desk) -> None:
    desk.write(STARTED)
    old = desk.record()
    colleague = Author("苏晚晴", "2025-05-06T09:05:00+08:00")
    track(desk.workspace, desk.record(), {"日期": DAY, "环节": "拟稿"}, colleague, dry=False)

    with pytest.raises(RefusedError, match="被 苏晚晴 在 2025-05-06T09:05:00"):
        track(desk.workspace, old, {"日期": DAY, "环节": "签收"}, LIN, dry=False)
    assert steps(desk)[-1] == "05-06 拟稿"


def test_the_change_is_attributed_to_whom_the_event_names(desk: Desk) -> None:
    desk.write(STARTED)
    enter(desk, "签收", 经手人="苏晚晴")
    assert store.undo(desk.workspace, desk.record(), LIN, dry=True).user == "苏晚晴"

    enter(desk, "拟稿")
    assert store.undo(desk.workspace, desk.record(), LIN, dry=True).user == "林晓"


# --- a rehearsal


@pytest.mark.parametrize("number", ["自动", "东商〔2025〕9号"])
def test_a_rehearsal_says_the_stage_and_leaves_no_trace(number: str, desk: Desk) -> None:
    records.make_workspace(desk.folder, AUTOMATIC)
    desk.write(SIGNED)
    before = tree(desk)

    done = rehearse(desk, "印发", 发文字号=number)

    assert (str(done.stage), done.written) == ("已印发", False)
    assert done.number == (None if number == "自动" else number)
    assert tree(desk) == before
    assert not (desk.folder / "replies").exists()


def test_a_rehearsal_refuses_what_the_act_would_refuse(desk: Desk) -> None:
    desk.write(ISSUED)
    desk.write(SIGNED, "143070")

    with pytest.raises(RefusedError, match="东商〔2025〕7号 已经用在"):
        rehearse(desk, "印发", number="143070", 发文字号="东商〔2025〕7号")
    with pytest.raises(WrongUsageError, match="由手工编"):
        rehearse(desk, "印发", number="143070", 发文字号="自动")


# --- whatever happens, undo brings back the file


WORDS = {
    "签收": {},
    "沟通": {"方式": "电话", "对象": "林晓"},
    "拟稿": {},
    "签发": {"签发人": "周明远"},
    "印发": {"发文字号": "自动"},
    "送达": {"对象": "林晓"},
    "反馈": {"对象": "林晓", "整体": "不满意"},
    "重办": {"理由": "再议"},
    "办结": {},
    "撤案": {"理由": "提案人撤回"},
}


@given(acts=st.lists(st.tuples(st.sampled_from([*WORDS]), st.integers(0, 3)), max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_all_steps_of_a_walk_gives_each_earlier_stage_and_the_first_file(
    acts: list[tuple[str, int]], desk: Desk
) -> None:
    records.make_workspace(desk.folder, AUTOMATIC)
    desk.write(STARTED)
    (desk.folder / ".dafu/日志/proposals/143069.jsonl").unlink(missing_ok=True)
    pile = [(bytes_of(desk), workflow.state(desk.record().proposal))]
    day = date(2025, 5, 1)
    for step, days in acts:
        day += timedelta(days)
        try:
            done = enter(desk, step, day.isoformat(), **WORDS[step])
        except RefusedError:
            assert bytes_of(desk) == pile[-1][0]
            continue
        pile.append((bytes_of(desk), workflow.state(desk.record().proposal)))
        assert done.stage == pile[-1][1].stage
        assert workflow.breaches(desk.record().proposal) == []

    for content, state in reversed(pile[:-1]):
        store.undo(desk.workspace, desk.record(), LIN, dry=False)
        assert bytes_of(desk) == content
        assert workflow.state(desk.record().proposal) == state


def test_a_record_that_cannot_be_read_is_not_written_to(desk: Desk) -> None:
    path = desk.write("签发: 周明远\n")
    before = path.read_bytes()

    with pytest.raises(UnusableError, match="签发"):
        enter(desk, "签收")
    assert path.read_bytes() == before
