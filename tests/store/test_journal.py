from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from dafu import store
from dafu.errors import RefusedError, UnusableError
from dafu.store import Author, Change

if TYPE_CHECKING:
    from dafu.store import Record, Workspace

LIN = Author("林晓", "2025-05-06T09:00:00+08:00")
SU = Author("苏晚晴", "2025-05-06T09:05:00+08:00")
PLAIN = records.RECORD.encode()


@dataclass
class Clerk:
    """One record, and what is done to it."""

    path: Path

    @property
    def workspace(self) -> Workspace:
        return store.open_workspace(self.path.parent)

    def read(self) -> Record:
        return store.find(self.workspace, str(self.path), Path())

    def save(self, more: str, author: Author = LIN) -> bytes:
        """Add a line at the end and return what the file holds then."""
        record = self.read()
        end = "\r\n" if "\r\n" in record.text else "\n"
        store.save(self.workspace, record, record.text + more + end, author, "登记签收")
        return self.path.read_bytes()

    def undo(self, *, dry: bool = False) -> Change:
        return store.undo(self.workspace, self.read(), SU, dry=dry)

    @property
    def journal(self) -> Path:
        return self.workspace.root / ".dafu/日志/proposals" / f"{self.path.stem}.jsonl"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    folder = records.make_workspace(tmp_path, **{"143069": records.RECORD})
    return Clerk(folder / "proposals/143069.yaml")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- taking back


@pytest.mark.parametrize(
    "before",
    [
        PLAIN,
        PLAIN.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + PLAIN,
        b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
        PLAIN + "# 记着问一下\n分类:    商贸   # 暂定\n".encode(),
        PLAIN + "备注缺换行: \n".replace("备注缺换行", "科室").rstrip("\n").encode() + b"\n\n\n",
    ],
    ids=["plain", "CRLF", "BOM", "BOM and CRLF", "comments", "blank lines"],
)
def test_what_was_changed_is_taken_back_to_the_byte(before: bytes, clerk: Clerk) -> None:
    clerk.path.write_bytes(before)
    after = clerk.save("重点: 是")

    assert after.startswith(before)
    assert b"\n" in after[len(before) :]
    change = clerk.undo()
    assert clerk.path.read_bytes() == before
    assert (change.user, change.time, change.act) == ("林晓", LIN.time, "登记签收")


def test_several_changes_are_taken_back_one_by_one(clerk: Clerk) -> None:
    contents = [clerk.path.read_bytes(), clerk.save("重点: 是"), clerk.save("科室: 市场科"), clerk.save("分类: 商贸")]

    for content in reversed(contents[:-1]):
        clerk.undo()
        assert clerk.path.read_bytes() == content
    with pytest.raises(RefusedError, match=r"改动都已撤销，没有可以撤销的"):
        clerk.undo()


def test_after_taking_back_one_can_go_on_and_take_back_again(clerk: Clerk) -> None:
    first = clerk.save("重点: 是")
    clerk.save("科室: 市场科")
    clerk.undo()
    clerk.save("分类: 商贸")

    clerk.undo()
    assert clerk.path.read_bytes() == first
    clerk.undo()
    assert clerk.path.read_bytes() == PLAIN


def test_a_content_that_comes_twice_does_not_trap_the_clerk(clerk: Clerk) -> None:
    def set_key(value: str) -> bytes:
        record = clerk.read()
        text = f"{records.RECORD}分类: {value}\n"
        store.save(clerk.workspace, record, text, LIN, "改内容")
        return clerk.path.read_bytes()

    wanted = [set_key(value) for value in ("甲", "乙", "甲", "乙")]
    for content in [*reversed(wanted[:-1]), PLAIN]:
        clerk.undo()
        assert clerk.path.read_bytes() == content


def test_nothing_was_ever_changed_by_the_tool(clerk: Clerk) -> None:
    with pytest.raises(RefusedError, match=r"143069\.yaml：没有用本工具改过"):
        clerk.undo()


def test_what_was_edited_by_hand_since_is_not_overwritten(clerk: Clerk) -> None:
    clerk.save("重点: 是")
    clerk.save("保管期限: 永久")
    edited = clerk.path.read_bytes() + "科室: 市场科\n".encode()
    clerk.path.write_bytes(edited)

    with pytest.raises(RefusedError, match="在那以后手工改过"):
        clerk.undo()
    assert clerk.path.read_bytes() == edited


def test_an_edit_by_hand_is_the_end_of_what_can_be_taken_back(clerk: Clerk) -> None:
    clerk.save("重点: 是")
    clerk.save("保管期限: 永久")
    edited = clerk.path.read_bytes() + "科室: 市场科\n".encode()
    clerk.path.write_bytes(edited)
    clerk.save("分类: 商贸")

    clerk.undo()
    assert clerk.path.read_bytes() == edited
    with pytest.raises(RefusedError):
        clerk.undo()
    assert clerk.path.read_bytes() == edited


def test_who_took_it_back_by_hand_can_go_on_with_the_change_before(clerk: Clerk) -> None:
    first = clerk.save("重点: 是")
    clerk.save("科室: 市场科")
    clerk.path.write_bytes(first)

    clerk.undo()
    assert clerk.path.read_bytes() == PLAIN


def test_a_rehearsal_of_taking_back_names_the_change_and_leaves_no_trace(clerk: Clerk) -> None:
    clerk.save("重点: 是")
    before = tree(clerk.workspace.root)

    assert clerk.undo(dry=True).act == "登记签收"
    assert tree(clerk.workspace.root) == before


def test_records_are_taken_back_each_for_itself(clerk: Clerk) -> None:
    other = Clerk(clerk.path.with_name("子") / "143069.yaml")
    other.path.parent.mkdir()
    other.path.write_text(records.RECORD.replace("143069", "143070"), encoding="utf-8")
    clerk.save("重点: 是")
    after = other.save("科室: 市场科")

    clerk.undo()
    assert (clerk.path.read_bytes(), other.path.read_bytes()) == (PLAIN, after)


@given(acts=st.lists(st.sampled_from(["甲", "乙", "丙", "undo"]), max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_changing_and_taking_back_is_that_of_a_pile(acts: list[str], tmp_path: Path) -> None:
    # the same folder again: what earlier examples left behind ends where the record is written by hand
    clerk = Clerk(
        records.make_workspace(tmp_path, **{"143069": f"# {acts}\n{records.RECORD}"}) / "proposals/143069.yaml"
    )
    clerk.journal.unlink(missing_ok=True)
    pile = [clerk.path.read_bytes()]
    for act in acts:
        if act != "undo":
            record = clerk.read()
            store.save(clerk.workspace, record, f"{records.RECORD}分类: {act}\n", LIN, "改内容")
            pile.append(clerk.path.read_bytes())
        elif len(pile) > 1:
            clerk.undo()
            pile.pop()
        else:
            with pytest.raises(RefusedError):
                clerk.undo()
        assert clerk.path.read_bytes() == pile[-1]


# --- a crash between the journal and the record


def test_a_change_that_never_came_about_is_passed_over(clerk: Clerk) -> None:
    first = clerk.save("重点: 是")
    clerk.save("科室: 市场科")
    clerk.path.write_bytes(first)  # as if killed when the journal was written and the record not yet

    third = clerk.save("分类: 商贸")
    clerk.undo()
    assert (third != first, clerk.path.read_bytes()) == (True, first)
    clerk.undo()
    assert clerk.path.read_bytes() == PLAIN


def test_a_taking_back_that_never_came_about_can_be_done_again(clerk: Clerk) -> None:
    first = clerk.save("重点: 是")
    second = clerk.save("科室: 市场科")
    clerk.undo()
    clerk.path.write_bytes(second)

    clerk.undo()
    assert clerk.path.read_bytes() == first


# --- somebody else was faster


def test_a_file_that_a_colleague_changed_meanwhile_is_refused_with_his_name(clerk: Clerk) -> None:
    record = clerk.read()
    after = clerk.save("重点: 是", SU)

    with pytest.raises(RefusedError, match=r"读出以后被 苏晚晴 在 2025-05-06T09:05:00\+08:00 改过，没有写入"):
        store.save(clerk.workspace, record, record.text + "科室: 市场科\n", LIN, "登记签收")
    assert clerk.path.read_bytes() == after


def test_a_file_that_was_changed_in_an_editor_meanwhile_is_refused(clerk: Clerk) -> None:
    record = clerk.read()
    clerk.path.write_bytes(PLAIN + "科室: 市场科\n".encode())
    before = tree(clerk.workspace.root / "proposals")

    with pytest.raises(RefusedError, match="读出以后被改过，没有写入"):
        store.save(clerk.workspace, record, record.text + "重点: 是\n", LIN, "登记签收")
    assert tree(clerk.workspace.root / "proposals") == before
    assert not clerk.journal.exists()


# --- a journal that cannot be read


@pytest.mark.parametrize(
    "broken", [b"{", b"[]\n", b'{"user": "x"}\n', b"\xff\xfe\n", b"null\n", b'"x"\n', b"[" * 100_000]
)
def test_a_broken_journal_is_named_with_the_way_out_and_nothing_is_changed(broken: bytes, clerk: Clerk) -> None:
    after = clerk.save("重点: 是")
    journal = clerk.journal.read_bytes()
    clerk.journal.write_bytes(journal + broken)

    for act in (clerk.undo, lambda: clerk.save("科室: 市场科")):
        with pytest.raises(UnusableError, match=r"143069\.jsonl:2: 日志读不通（用 dafu doctor --fix"):
            act()
    assert clerk.path.read_bytes() == after
    clerk.journal.unlink()
    assert clerk.save("科室: 市场科") != after


def test_who_changed_it_by_hand_after_the_last_entry_of_the_journal_is_not_known(clerk: Clerk) -> None:
    before = clerk.read()
    clerk.path.write_bytes(clerk.save("重点: 是", SU) + "分类: 商贸\n".encode())
    with pytest.raises(RefusedError, match="读出以后被改过，没有写入"):
        store.save(clerk.workspace, before, before.text + "科室: 市场科\n", LIN, "修改")


# --- a new record


def test_a_new_record_has_a_journal_and_is_not_taken_back_by_undoing(clerk: Clerk) -> None:
    new = Clerk(clerk.path.with_name("143070.yaml"))
    store.create(new.workspace, new.path, records.RECORD.replace("143069", "143070"), LIN)
    with pytest.raises(RefusedError, match="这一件是新建的"):
        new.undo()
    assert new.path.exists()


def test_a_new_record_never_takes_the_place_of_another(clerk: Clerk) -> None:
    with pytest.raises(RefusedError, match="已经有这个文件了"):
        store.create(clerk.workspace, clerk.path, "案号: 1\n", LIN)
    assert clerk.path.read_bytes() == PLAIN
    assert not clerk.journal.exists()


# --- a journal that breaks off


@pytest.fixture
def torn(clerk: Clerk) -> bytes:
    """Write one change, then half of one, and a whole one behind it; return the journal."""
    clerk.save("重点: 是")
    whole = clerk.journal.read_bytes()
    clerk.journal.write_bytes(whole + b'{"user": "\n' + whole)
    return clerk.journal.read_bytes()


def test_a_torn_journal_is_told_at_the_line_where_it_breaks_off(clerk: Clerk, torn: bytes) -> None:
    assert torn.count(b"\n") == 3
    (problem,) = store.torn_journals(clerk.workspace)
    assert (problem.file, problem.line) == (str(clerk.journal), 2)


def test_torn_journals_are_told_in_the_order_of_their_records(tmp_path: Path) -> None:
    names = [f"1430{n}" for n in range(60, 70)]
    workspace = store.open_workspace(records.make_workspace(tmp_path, **dict.fromkeys(names, records.RECORD)))
    folder = workspace.root / ".dafu/日志/proposals"
    folder.mkdir(parents=True)
    for name in reversed(names):
        (folder / f"{name}.jsonl").write_bytes(b"{")
    assert [Path(one.file).stem for one in store.torn_journals(workspace)] == names


@pytest.mark.parametrize("is_second_try", [False, True])
def test_a_torn_journal_is_put_aside_whole_and_goes_on_from_the_lines_before(
    clerk: Clerk, torn: bytes, *, is_second_try: bool
) -> None:
    if is_second_try:  # the first was killed when it had put it aside
        aside = store.mend_journal(clerk.workspace, clerk.journal, LIN)
        clerk.journal.write_bytes(torn)
        assert aside.read_bytes() == torn
    aside = store.mend_journal(clerk.workspace, clerk.journal, LIN)
    assert aside.read_bytes() == torn
    assert clerk.journal.read_bytes() == torn.splitlines(keepends=True)[0]
    assert list(store.torn_journals(clerk.workspace)) == []
    assert clerk.undo().user == "林晓"
