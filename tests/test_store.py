from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dafu import files, store
from dafu.errors import DafuError, Problem, UnusableError, WrongUsageError
from records import OFFICE, make_workspace, proposal_of

if TYPE_CHECKING:
    from dafu.store import Record, Workspace

posix = pytest.mark.skipif(os.name == "nt", reason="links and FIFOs are POSIX")


def record(number: str = "143069", more: str = "", session: str = "市政协十四届三次会议") -> str:
    return f'案号: "{number}"\n届次: {session}\n案由: 优化夜市管理\n提案人: [林晓]\n{more}'


def assigned(year: int) -> str:
    return f"办理过程: [{{日期: {year}-03-05, 环节: 交办}}]\n"


def opened(folder: Path, office: str = OFFICE, **records: str) -> Workspace:
    return store.open_workspace(make_workspace(folder, office, **records))


def found(workspace: Workspace, address: str, here: Path | None = None) -> str:
    """Return the path of the record at *address*, from the folder of the workspace."""
    path = store.find(workspace, address, here or workspace.root).path
    return path.relative_to(workspace.root).as_posix()


def stopped(workspace: Workspace, address: str) -> DafuError:
    with pytest.raises(DafuError) as caught:
        store.find(workspace, address, workspace.root)
    return caught.value


def faults(workspace: Workspace) -> list[tuple[str, int | None, str]]:
    """Return file, line and field of every problem of the records."""
    return [seen(workspace, problem) for problem in store.load(workspace)[1]]


def seen(workspace: Workspace, problem: Problem) -> tuple[str, int | None, str]:
    return Path(problem.file).relative_to(workspace.root).as_posix(), problem.line, problem.field


def loaded(workspace: Workspace) -> list[Record]:
    records, problems = store.load(workspace)
    assert problems == []
    return records


# --- the workspace


def test_the_workspace_is_the_nearest_folder_above_with_its_office_file(tmp_path: Path) -> None:
    inner = make_workspace(make_workspace(tmp_path) / "分局")
    below = inner / "proposals" / "2025"
    below.mkdir()
    assert store.root_of(below) == inner
    assert store.root_of(tmp_path / "proposals") == tmp_path


def test_a_relative_folder_is_looked_up_from_where_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make_workspace(tmp_path) / "proposals")
    assert store.root_of(Path()).samefile(tmp_path)


def test_a_folder_without_office_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / store.OFFICE).mkdir()  # a folder of that name is none either
    with pytest.raises(UnusableError, match="dafu init"):
        store.open_workspace(tmp_path)


def test_every_fault_of_the_office_file_comes_at_once_with_its_line(tmp_path: Path) -> None:
    make_workspace(
        tmp_path, "层级: 区\n单位: {全称: 东河市商务局}\n版头: 印制\n版头: 套打\n期限: {答复: {限: 02-30, 起: 交办}}\n"
    )
    with pytest.raises(UnusableError) as caught:
        store.open_workspace(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "dafu.yaml")}
    assert [(one.line, one.field) for one in caught.value.problems] == [(1, "层级"), (4, "版头"), (5, "期限.答复.限")]


def test_a_key_written_twice_in_the_office_file_stops_even_a_sound_one(tmp_path: Path) -> None:
    make_workspace(tmp_path, "单位: {全称: 东河市商务局}\n版头: 印制\n版头: 套打\n")
    with pytest.raises(UnusableError) as caught:
        store.open_workspace(tmp_path)
    assert [(one.line, one.field) for one in caught.value.problems] == [(3, "版头")]


@pytest.mark.parametrize("data", [b"", b"# \n", b"- a\n", "单位: 商务局".encode("gb18030"), b"\xff\xfe\x00"])
def test_an_office_file_that_says_nothing_is_a_fault(tmp_path: Path, data: bytes) -> None:
    (tmp_path / store.OFFICE).write_bytes(data)
    with pytest.raises(UnusableError) as caught:
        store.open_workspace(tmp_path)
    assert caught.value.problems


def test_the_folders_of_a_workspace_stand_below_its_root(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    folders = (workspace.proposals, workspace.templates, workspace.replies)
    assert [folder.relative_to(tmp_path).as_posix() for folder in folders] == ["proposals", "templates", "replies"]


# --- reading every record


def test_an_empty_workspace_has_no_records(tmp_path: Path) -> None:
    assert loaded(opened(tmp_path)) == []


def test_names_and_folders_of_records_are_free(tmp_path: Path) -> None:
    names = {"甲": record("1"), "2025/乙": record("2")}
    assert [one.proposal.number for one in loaded(opened(tmp_path, **names))] == ["1", "2"]


def test_a_record_keeps_its_text_and_the_digest_of_its_bytes(tmp_path: Path) -> None:
    (one,) = loaded(opened(tmp_path, a=record() + "# 备注\n"))
    assert one.text == record() + "# 备注\n"
    assert one.digest == files.digest(one.path.read_bytes())


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert loaded(opened(tmp_path, a="\ufeff" + record()))[0].proposal.number == "143069"


def test_a_problem_is_placed_at_the_line_of_its_field(tmp_path: Path) -> None:
    (one,) = loaded(opened(tmp_path, a=record(more="答复:\n  签发人: 周明远\n")))
    placed = one.problem(Problem("L101", "缺", field="答复.签发人"))
    assert (placed.file, placed.line) == (str(one.path), 6)


def test_broken_records_are_named_and_hide_no_other(tmp_path: Path) -> None:
    workspace = opened(
        tmp_path,
        a=record("1", "签发: 甲\n重点: yes\n"),
        b=record("2"),
        c="案号: 3\n届次：甲\n",
        d=record("4", "角色: 会办\n科室: 甲\n科室: 乙\n"),
        e="",
    )
    records, _ = store.load(workspace)
    assert [one.proposal.number for one in records] == ["2"]
    places = faults(workspace)
    assert ("proposals/a.yaml", 5, "签发") in places
    assert ("proposals/a.yaml", 6, "重点") in places
    assert ("proposals/c.yaml", 2, "届次") in places
    assert [place for place in places if place[0] == "proposals/d.yaml"] == [
        ("proposals/d.yaml", 5, "主办单位"),
        ("proposals/d.yaml", 7, "科室"),
    ]
    assert "proposals/e.yaml" in [file for file, *_ in places]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("1"), b=record("2") + "#" * store.RECORD_LIMIT)
    records, problems = store.load(workspace)
    assert [one.proposal.number for one in records] == ["1"]
    assert [Path(problem.file).name for problem in problems] == ["b.yaml"]


def test_a_proposals_folder_that_is_gone_stops_everything(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    workspace.proposals.rmdir()
    with pytest.raises(UnusableError, match="proposals"):
        store.load(workspace)
    assert stopped(workspace, "143069").exit_code == 3


def test_a_copy_is_reported_and_left_alone(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(), **{"a - 副本": record()})
    records, problems = store.load(workspace)
    assert len(records) == 1
    assert [Path(problem.file).name for problem in problems] == ["a - 副本.yaml"]


# --- twins


def test_two_files_of_one_number_are_a_fault_at_the_second(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **{"2025/143069": record(), "x/143069": record(more="科室: 市场科\n")})
    records, problems = store.load(workspace)
    assert len(records) == 2
    assert [seen(workspace, problem) for problem in problems] == [("proposals/x/143069.yaml", 1, "案号")]
    assert "proposals/2025/143069.yaml" in problems[0].message


@pytest.mark.parametrize(
    "other",
    [
        record(more="类别: 建议\n"),
        record(more="层级: 省\n"),
        record(session="市政协十四届四次会议"),
        record("0143069"),
    ],
)
def test_one_number_of_another_kind_level_or_session_is_no_twin(tmp_path: Path, other: str) -> None:
    assert len(loaded(opened(tmp_path, a=record(), b=other))) == 2


def test_the_office_s_own_level_is_the_same_written_or_not(tmp_path: Path) -> None:
    assert faults(opened(tmp_path, a=record(), b=record(more="层级: 市\n"))) == [("proposals/b.yaml", 1, "案号")]


def test_a_record_on_file_is_found_by_all_that_tells_it_from_others(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(), b=record(more="类别: 建议\n"))
    for more, name in (("", "a.yaml"), ("层级: 市", "a.yaml"), ("类别: 建议", "b.yaml"), ("层级: 省", None)):
        series = store.series_of(workspace.office, proposal_of(more), "143069")
        one = store.on_file(workspace, series)
        assert (one and one.path.name) == name


# --- addresses

SAME_NUMBER = {
    "2024/31": record("31", assigned(2024), session="十四届二次"),
    "2025/31": record("31", assigned(2025)),
    "2025/建议-31": record("31", "类别: 建议\n" + assigned(2025)),
    "2025/省-31": record("31", "层级: 省\n" + assigned(2025)),
}


def test_a_number_alone_is_enough_where_it_is_the_only_one(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("143069"), b=record("43069"), c=record("1430691"))
    assert found(workspace, "143069") == "proposals/a.yaml"
    assert found(workspace, "43069") == "proposals/b.yaml"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("2024/31", "2024/31"),
        ("2024/市/提案/31", "2024/31"),
        ("2025/市/提案/31", "2025/31"),
        ("建议/31", "2025/建议-31"),
        ("市/建议/31", "2025/建议-31"),
        ("2025/建议/31", "2025/建议-31"),
        ("省/31", "2025/省-31"),
        ("省/提案/31", "2025/省-31"),
    ],
)
def test_an_address_tells_year_level_and_kind_as_far_as_needed(tmp_path: Path, address: str, name: str) -> None:
    assert found(opened(tmp_path, **SAME_NUMBER), address) == f"proposals/{name}.yaml"


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("31", ["2024/市/提案/31", "2025/市/提案/31", "2025/市/建议/31", "2025/省/提案/31"]),
        ("2025/31", ["2025/市/提案/31", "2025/市/建议/31", "2025/省/提案/31"]),
        ("市/提案/31", ["2024/市/提案/31", "2025/市/提案/31"]),
    ],
)
def test_several_matches_are_wrong_usage_and_come_with_their_full_addresses(
    tmp_path: Path, address: str, full: list[str]
) -> None:
    error = stopped(opened(tmp_path, **SAME_NUMBER), address)
    assert isinstance(error, WrongUsageError)
    assert error.exit_code == 2
    assert str(error).rpartition("：")[2].split("、") == full


@pytest.mark.parametrize(
    "address", ["32", "1", "2023/31", "县/31", "省/建议/31", "提案/市/31", "31/", "/31", "", "市/市/31", "31\udcff"]
)
def test_no_match_is_unusable(tmp_path: Path, address: str) -> None:
    error = stopped(opened(tmp_path, **SAME_NUMBER), address)
    assert isinstance(error, UnusableError)
    assert error.exit_code == 3
    assert f"“{address}”" in str(error)


def test_each_full_address_finds_its_record_again(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **SAME_NUMBER)
    for one in loaded(workspace):
        address = store.address_of(one, workspace.office)
        assert store.find(workspace, address, tmp_path).path == one.path


def test_the_year_of_a_record_without_events_is_that_of_its_folder(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **{"2025/31": record("31"), "杂/31": record("31", session="十四届二次")})
    assert found(workspace, "2025/31") == "proposals/2025/31.yaml"
    assert [store.address_of(one, workspace.office) for one in loaded(workspace)] == ["2025/市/提案/31", "市/提案/31"]


def test_records_that_share_an_address_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("31"), b=record("31", session="十四届二次"))
    error = stopped(workspace, "31")
    assert str(tmp_path / "proposals" / "a.yaml") in str(error)
    assert str(tmp_path / "proposals" / "b.yaml") in str(error)


def test_an_address_that_ends_in_yaml_is_a_path_from_the_current_folder(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **SAME_NUMBER)
    assert found(workspace, "proposals/2025/省-31.yaml") == "proposals/2025/省-31.yaml"
    assert found(workspace, "31.yaml", tmp_path / "proposals" / "2024") == "proposals/2024/31.yaml"
    assert found(workspace, str(tmp_path / "proposals" / "2025" / "31.yaml"), Path()) == "proposals/2025/31.yaml"


def test_a_path_to_nothing_or_out_of_the_workspace_is_unusable(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "甲", a=record())
    (tmp_path / "b.yaml").write_text(record(), "utf-8")
    for address in ("proposals/c.yaml", "../b.yaml", "proposals"):
        assert stopped(workspace, address).exit_code == 3


def test_a_broken_record_under_its_path_or_number_tells_its_faults(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **{"2025/143069": record("143069", "重点: yes\n")})
    for address in ("143069", "proposals/2025/143069.yaml"):
        error = stopped(workspace, address)
        assert isinstance(error, UnusableError)
        assert [seen(workspace, problem) for problem in error.problems] == [("proposals/2025/143069.yaml", 5, "重点")]


def test_a_broken_record_that_is_named_by_its_number_tells_its_faults_though_it_does_not_say_the_number(
    tmp_path: Path,
) -> None:
    workspace = opened(tmp_path, **{"143069": "案由: 停车\n"})
    error = stopped(workspace, "143069")
    assert isinstance(error, UnusableError)
    assert {problem.field for problem in error.problems} == {"案号", "届次", "提案人"}


def test_a_record_under_its_path_comes_with_those_that_mention_its_number(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("31"), b=record("32", '并案: ["31"]\n'), c=record("33"))
    one, near = store.find_near(workspace, "proposals/a.yaml", workspace.root)
    assert one.proposal.number == "31"
    assert [other.proposal.number for other in near] == ["31", "32"]


def test_a_broken_record_does_not_stand_for_another_number(tmp_path: Path) -> None:
    workspace = opened(tmp_path, **{"143069": record("143069", "重点: yes\n")})
    error = stopped(workspace, "69")
    assert isinstance(error, UnusableError)
    assert error.problems == ()
    assert "“69”" in str(error)
    assert "1个文件读不通" in str(error)


def test_a_file_that_cannot_be_read_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("31"), b=record("32") + "#" * store.RECORD_LIMIT)
    assert found(workspace, "31") == "proposals/a.yaml"
    assert "1个文件读不通" in str(stopped(workspace, "33"))


def test_a_broken_record_beside_the_wanted_one_does_not_stop_it(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("31"), b=record("32", f"重点: yes\n{assigned(2025)}说明: 31\n"))
    assert found(workspace, "31") == "proposals/a.yaml"


# --- names of files


@pytest.mark.parametrize(
    ("number", "more", "stem"),
    [
        ("143069", "", "143069"),
        ("143069", "层级: 市", "143069"),
        ("31", "类别: 建议", "建议-31"),
        ("31", "层级: 省", "省-31"),
        ("31", "层级: 省\n类别: 建议", "省-建议-31"),
        ("31", "层级: 国家\n类别: 提案", "国家-31"),
    ],
)
def test_a_file_name_says_what_differs_from_the_office_s_own(tmp_path: Path, number: str, more: str, stem: str) -> None:
    workspace = opened(tmp_path, a=record(number, more + "\n"))
    assert store.stem_of(loaded(workspace)[0].proposal, workspace.office) == stem


def test_a_record_is_kept_under_the_year_of_its_first_event_else_under_this_year() -> None:
    more = "办理过程: [{日期: 2024-12-30, 环节: 交办}, {日期: 2025-01-03, 环节: 签收}]"
    assert store.year_of(proposal_of(more), 2026) == 2024
    assert store.year_of(proposal_of(), 2026) == 2026


# --- 并案


def test_a_merged_number_is_led_by_the_record_that_names_it(tmp_path: Path) -> None:
    workspace = opened(
        tmp_path, a=record("143069", '并案: ["143070", "143071"]\n'), b=record("143070"), c=record("143072")
    )
    lead, led, alone = loaded(workspace)
    named = store.lead_of(workspace, led)
    assert named is not None
    assert named.path == lead.path
    assert store.lead_of(workspace, lead) is None
    assert store.lead_of(workspace, alone) is None


def test_a_number_of_another_kind_is_not_led(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("30", '并案: ["31"]\n'), b=record("31", "类别: 建议\n"))
    assert store.lead_of(workspace, loaded(workspace)[1]) is None


def test_leads_among_many_are_looked_up_at_once(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("1", '并案: ["2"]\n'), b=record("2"), c=record("3"))
    records = loaded(workspace)
    known = store.leads(workspace, records)
    leads = [store.lead_among(workspace, one, known) for one in records]
    assert [lead and lead.proposal.number for lead in leads] == [None, "1", None]


# --- bodies in files of their own


def body_file(name: str) -> str:
    return f"答复:\n  正文文件: {name}\n"


def test_a_body_file_is_read_from_beside_the_record(tmp_path: Path) -> None:
    more = body_file("正文/31.txt") + "再次答复:\n  - {签发人: 甲}\n  - 正文文件: ../再.txt\n"
    workspace = opened(tmp_path, **{"2025/31": record("31", more)})
    folder = workspace.proposals
    (folder / "2025" / "正文").mkdir()
    (folder / "2025" / "正文" / "31.txt").write_bytes("\ufeff一、情况\r\n甲。".encode())
    (folder / "再.txt").write_text("乙。", "utf-8")
    (one,) = loaded(workspace)
    assert [reply.body for reply in one.proposal.replies] == ["一、情况\r\n甲。", None, "乙。"]


def test_the_body_files_of_a_record_are_those_that_have_a_name(tmp_path: Path) -> None:
    more = body_file("b.txt") + "再次答复:\n  - {正文文件: ''}\n"
    workspace = opened(tmp_path, a=record(more=more))
    (workspace.proposals / "b.txt").write_text("甲。", "utf-8")
    (one,) = loaded(workspace)
    assert store.body_files(one) == [workspace.proposals / "b.txt"]


def test_a_body_file_of_a_later_reply_alone_is_read(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(more="再次答复:\n  - 正文文件: b.txt\n"))
    (workspace.proposals / "b.txt").write_text("乙。", "utf-8")
    assert loaded(workspace)[0].proposal.later_replies[0].body == "乙。"


def test_a_body_file_that_is_not_there_is_a_fault_at_its_line(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(more=body_file("b.txt")))
    assert faults(workspace) == [("proposals/a.yaml", 6, "答复.正文文件")]
    assert "“b.txt”" in store.load(workspace)[1][0].message


def test_a_body_file_that_is_no_name_is_a_fault_at_its_line(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(more=body_file("[b.txt]")))
    assert faults(workspace) == [("proposals/a.yaml", 6, "答复.正文文件")]


def test_a_body_file_outside_the_workspace_is_a_fault(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "甲", a=record(more=body_file("../../b.txt")))
    (tmp_path / "b.txt").write_text("乙。", "utf-8")
    assert faults(workspace) == [("proposals/a.yaml", 6, "答复.正文文件")]


def test_a_body_file_with_an_absolute_path_is_one_fault(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "甲", a=record(more=body_file(f"'{tmp_path / 'b.txt'}'")))
    assert faults(workspace) == [("proposals/a.yaml", 6, "答复.正文文件")]


@posix
def test_a_body_file_that_links_out_or_is_no_file_is_a_fault(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "甲", a=record("1", body_file("b.txt")), b=record("2", body_file("c.txt")))
    (tmp_path / "b.txt").write_text("乙。", "utf-8")
    (workspace.proposals / "b.txt").symlink_to(tmp_path / "b.txt")
    (workspace.proposals / "c.txt").mkdir()
    assert faults(workspace) == [
        ("proposals/a.yaml", 6, "答复.正文文件"),
        ("proposals/b.yaml", 6, "答复.正文文件"),
    ]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("甲\n乙。".encode("gb18030"), 1),
        ("甲".encode("utf-16"), 1),
        ("甲\n乙\x0b".encode(), 2),
        ("甲\n乙\0".encode(), 2),
    ],
)
def test_a_body_file_that_cannot_be_read_as_text_is_named_with_its_own_line(
    tmp_path: Path, data: bytes, line: int
) -> None:
    workspace = opened(tmp_path, a=record(more=body_file("b.txt")))
    (workspace.proposals / "b.txt").write_bytes(data)
    assert faults(workspace) == [("proposals/b.txt", line, "")]


def test_a_missing_body_file_comes_together_with_the_other_faults(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record(more="重点: yes\n" + body_file("b.txt") + "语种: 英文\n"))
    assert faults(workspace) == [
        ("proposals/a.yaml", 5, "重点"),
        ("proposals/a.yaml", 7, "答复.正文文件"),
        ("proposals/a.yaml", 8, "语种"),
    ]


def test_a_problem_of_a_record_keeps_its_line_or_gets_that_of_its_field(tmp_path: Path) -> None:
    (one,) = loaded(opened(tmp_path, a=record()))
    placed = [one.problem(Problem("X1", "某事", field="案由", line=line)).line for line in (None, 4)]
    assert placed == [3, 4]


def test_each_of_two_records_whose_letters_would_lie_together_is_told_the_other(tmp_path: Path) -> None:
    texts = {name: record("31", assigned(2025), session) for name, session in (("a", "甲会议"), ("b", "乙会议"))}
    one, other = loaded(workspace := opened(tmp_path, **texts, c=record("32", assigned(2025))))[:2]
    assert store.sharers(workspace, loaded(workspace), 2025) == {one.path: other, other.path: one}


def test_a_case_is_known_for_good_by_level_kind_session_and_number(tmp_path: Path) -> None:
    workspace = opened(tmp_path, a=record("31", assigned(2025)))
    (one,) = loaded(workspace)
    known = "市/提案/市政协十四届三次会议/31"
    assert (store.identity_of(one, workspace.office), store.case_of(one.proposal, workspace.office)) == (known, known)


# --- what files say


@pytest.mark.parametrize(
    "more",
    ["答复: {发文字号: 东商〔2025〕7号}\n", '答复: {发文字号: "\\u4e1c商〔2025〕7号"}\n', "分类: '东''商'\n"],
    ids=["as it stands", "by an escape", "it may be: two quotes are one"],
)
def test_every_record_that_may_say_some_words_is_parsed_for_them(more: str, tmp_path: Path) -> None:
    workspace = opened(tmp_path, 甲=record("143070"), 乙=record("143069", more))

    said, unusable = store.saying(workspace, "东商〔2025〕7号")

    assert [one.proposal.number for one in said] == ["143069"]
    assert unusable == {}


def test_of_a_file_that_is_no_record_the_raw_text_is_told_where_it_may_say_the_words(tmp_path: Path) -> None:
    workspace = opened(tmp_path, 甲="案号: [东商〔2025〕7号\n", 乙="案号: [东商〔2025〕8号\n")

    assert store.saying(workspace, "东商〔2025〕7号") == (
        [],
        {tmp_path / "proposals/甲.yaml": "案号: [东商〔2025〕7号\n"},
    )
