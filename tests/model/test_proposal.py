from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.model import Proposer, Reply, read_proposal
from dafu.terms import Kind, Language, Level, Openness, Period, Retention, Role, Step
from dafu.yamltext import Entry, Scalar
from records import RECORD, faults_of, office_of, places, proposal_of, root_of

# --- what must be there, and what is taken for granted


@pytest.mark.parametrize("key", ["案号", "届次", "案由", "提案人"])
def test_four_keys_are_required(key: str) -> None:
    kept = [line for line in RECORD.splitlines(keepends=True) if not line.startswith(key)]
    (problem,) = faults_of("", record="".join(kept))
    assert (problem.field, problem.message) == (key, "没有填写")


def test_a_record_without_choices_is_a_proposal_handed_in_at_the_session_and_answered_by_us_alone() -> None:
    proposal = proposal_of()
    assert (proposal.kind, proposal.period, proposal.role) == (Kind.PROPOSAL, Period.IN_SESSION, Role.SOLE)
    assert proposal.language is Language.SIMPLIFIED
    assert not proposal.is_key
    assert (proposal.level, proposal.retention, proposal.due) == (None, None, None)  # the office's, then
    assert (proposal.assisting_units, proposal.merged, proposal.asks, proposal.events) == ((), (), (), ())


def test_every_key_of_a_record_is_read() -> None:
    proposal = proposal_of(
        """
        类别: 建议
        层级: 省
        会期: 闭会
        分类: 经济
        建议事项: [甲, 乙]
        角色: 主办
        会办单位: [市财政局, 市税务局]
        并案: ["143070"]
        重点: 是
        语种: 繁体
        分管领导: 贺明远
        科室: 市场科
        经办人: 唐知行
        期限: 2025-08-31
        保管期限: 永久
        """
    )
    assert (proposal.number, proposal.session, proposal.subject) == ("143069", "市政协十四届三次会议", "优化夜市管理")
    assert (proposal.kind, proposal.level, proposal.period) == (Kind.SUGGESTION, Level.PROVINCE, Period.OUT_OF_SESSION)
    assert (proposal.topic, proposal.asks) == ("经济", ("甲", "乙"))
    assert (proposal.role, proposal.assisting_units) == (Role.LEAD, ("市财政局", "市税务局"))
    assert (proposal.merged, proposal.is_key, proposal.language) == (("143070",), True, Language.TRADITIONAL)
    assert (proposal.leader, proposal.section, proposal.clerk) == ("贺明远", "市场科", "唐知行")
    assert (proposal.due, proposal.retention) == (date(2025, 8, 31), Retention.PERMANENT)


def test_every_key_of_a_reply_is_read() -> None:
    reply = proposal_of(
        """
        答复:
          发文字号: 东商〔2025〕67号
          签发人: 周明远
          办理结果: A
          公开: 依申请公开
          公开理由: 涉及商业秘密
          成文日期: 2025-08-26
          印发日期: 2025-08-27
          致谢: 夜市发展
          正文: 甲。
          附件: [征询意见表, 甲、乙两区网点名单]
          联系单位: 市商务局市场科
          联系电话: "60010031"
          联系人: [唐知行, 顾念慈]
          抄送: [市政协提案委]
          模板: 简答
        """
    ).reply
    assert reply == Reply(
        number="东商〔2025〕67号",
        signer="周明远",
        grade="A",
        openness=Openness.ON_REQUEST,
        openness_reason="涉及商业秘密",
        signed_on=date(2025, 8, 26),
        issued_on=date(2025, 8, 27),
        thanks="夜市发展",
        body="甲。",
        attachments=("征询意见表", "甲、乙两区网点名单"),
        contact_unit="市商务局市场科",
        contact_phone="60010031",
        contact_persons=("唐知行", "顾念慈"),
        copies=("市政协提案委",),
        template="简答",
    )


# --- 案号


def read_number(number: str) -> str | None:
    root = root_of(RECORD)
    root.entries["案号"] = Entry(Scalar("案号", 1, 0, 0), Scalar(number, 1, 0, 0))
    proposal, problems = read_proposal(root, office_of())
    assert {problem.field for problem in problems} <= {"案号"}
    return proposal.number if proposal else None


@pytest.mark.parametrize(
    "number", ["143069", "0143067", "1", "闭会-12", "B.12", "第 12", "12(3)", "一二三", "4" * 40, "𠮷" * 40]
)
def test_a_number_is_text_of_one_to_forty_characters(number: str) -> None:
    assert read_number(number) == number


@pytest.mark.parametrize(
    "number",
    ["4" * 41, *(f"14{mark}69" for mark in '/\\:*?"<>|\t\0\x1f\x7f\x85'), "", "　"]
    + [f"{mark}1" for mark in " .　\xa0"]
    + [f"1{mark}" for mark in " .　\xa0"],
)
def test_a_number_that_could_not_name_a_file_is_a_fault(number: str) -> None:
    assert read_number(number) is None


@given(st.text(min_size=1, max_size=42))
def test_any_number_that_is_taken_keeps_the_rules(number: str) -> None:
    taken = read_number(number)
    if taken is not None:
        assert 1 <= len(taken) <= 40
        assert not set(taken) & set('/\\:*?"<>|\n\r\t\0')
        assert taken.strip(" .　") == taken


def test_a_merged_number_obeys_the_same_rules() -> None:
    assert places(faults_of('并案: ["143070", "14/71", "143072.", ""]')) == [
        (5, "并案.2"),
        (5, "并案.3"),
        (5, "并案.4"),
    ]


def test_a_record_is_not_merged_into_itself() -> None:
    assert places(faults_of('并案: ["143070", "143069"]')) == [(5, "并案")]


# --- 提案人


def proposers(text: str) -> tuple[Proposer, ...]:
    root = root_of(f"案号: 1\n届次: 甲\n案由: 乙\n提案人: {text}\n")
    proposal, problems = read_proposal(root, office_of())
    assert proposal is not None, problems
    return proposal.proposers


def test_a_person_may_be_a_bare_name() -> None:
    assert proposers("[林晓, {姓名: 沈亦安}]") == (Proposer(person="林晓"), Proposer(person="沈亦安"))


def test_proposers_stay_in_the_order_of_signing() -> None:
    assert [one.name for one in proposers("[丁, 甲, {团体: 丙}, 乙]")] == ["丁", "甲", "丙", "乙"]


def test_a_person_comes_with_unit_sector_phone_and_address() -> None:
    (one,) = proposers('[{姓名: 林晓, 单位: 柳荫里小学, 界别: 教育, 电话: "60011806", 地址: ""}]')
    assert one == Proposer(person="林晓", unit="柳荫里小学", sector="教育", phone="60011806")


def test_a_body_comes_with_its_contact() -> None:
    (one,) = proposers('[{团体: 民建东河市委员会, 联系人: 沈亦安, 电话: "60011807"}]')
    assert one == Proposer(body="民建东河市委员会", contact="沈亦安", phone="60011807")
    assert one.name == "民建东河市委员会"


@pytest.mark.parametrize(
    "text", ["[{姓名: 林晓, 团体: 民建}]", "[{单位: 柳荫里小学}]", "[{姓名: '', 团体: ''}]", "[{姓名: '', 电话: '1'}]"]
)
def test_a_proposer_is_either_a_person_or_a_body(text: str) -> None:
    assert places(faults_of("", record=f"案号: 1\n届次: 甲\n案由: 乙\n提案人: {text}\n")) == [(4, "提案人.1")]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("林晓", "提案人"),
        ("{姓名: 林晓}", "提案人"),
        ("[林晓、沈亦安]", "提案人.1"),
        ("[林晓，沈亦安]", "提案人.1"),
        ("[{姓名: 林晓、沈亦安}]", "提案人.1.姓名"),
        ("[林晓, '']", "提案人.2"),
        ("[[林晓]]", "提案人.1"),
        ("[]", "提案人"),
        ("[{}]", "提案人.1"),
    ],
)
def test_proposers_are_a_list_of_single_names(text: str, field: str) -> None:
    problems = faults_of("", record=f"案号: 1\n届次: 甲\n案由: 乙\n提案人: {text}\n")
    assert field in [problem.field for problem in problems]


# --- 角色 and the units beside us


def test_an_assisting_office_names_the_lead_unit() -> None:
    assert proposal_of("角色: 会办\n主办单位: 市发展和改革委员会").lead_unit == "市发展和改革委员会"
    assert places(faults_of("重点: 是\n角色: 会办")) == [(6, "主办单位")]


@pytest.mark.parametrize("role", ["独办", "主办", "分办", "参阅", ""])
def test_no_other_office_names_a_lead_unit(role: str) -> None:
    assert places(faults_of(f"角色: {role}\n主办单位: 市发展和改革委员会")) == [(6, "主办单位")]


@pytest.mark.parametrize("role", ["独办", "分办", "会办", "参阅", ""])
def test_only_the_lead_office_has_assisting_units(role: str) -> None:
    problems = faults_of(f"角色: {role}\n会办单位: [市财政局]")
    assert (6, "会办单位") in places(problems)


def test_a_misspelt_role_says_nothing_about_the_units() -> None:
    assert places(faults_of("角色: 会办办\n主办单位: 市发展和改革委员会")) == [(5, "角色")]


# --- 答复


def test_a_grade_is_one_of_the_office() -> None:
    assert places(faults_of("答复:\n  办理结果: E")) == [(6, "答复.办理结果")]
    office = "单位: {全称: 东河市商务局}\n办理结果: {E: 其他}"
    (problem,) = faults_of("再次答复:\n  - 办理结果: A", office=office)
    assert places([problem]) == [(6, "再次答复.1.办理结果")]
    assert "E" in problem.cure


def test_a_blank_beside_a_grade_is_one_fault() -> None:
    assert places(faults_of("答复:\n  办理结果: 'A '")) == [(6, "答复.办理结果")]


def test_an_opinion_to_the_lead_unit_has_no_grade() -> None:
    problems = faults_of("角色: 会办\n主办单位: 市发改委\n答复:\n  办理结果: A")
    assert places(problems) == [(8, "答复.办理结果")]


@pytest.mark.parametrize("openness", ["依申请公开", "不予公开"])
def test_what_is_not_published_gives_its_reason(openness: str) -> None:
    assert places(faults_of(f"答复:\n  公开: {openness}")) == [(6, "答复.公开理由")]
    assert places(faults_of(f"答复:\n  公开: {openness}\n  公开理由: ' '")) == [(7, "答复.公开理由")]
    assert places(faults_of(f"再次答复:\n  - {{}}\n  - 公开: {openness}")) == [
        (6, "再次答复.1"),
        (7, "再次答复.2.公开理由"),
    ]
    proposal_of(f"答复: {{公开: {openness}, 公开理由: 涉及商业秘密}}")


def test_what_is_published_needs_no_reason() -> None:
    proposal_of("答复: {公开: 主动公开}")


def test_a_body_stands_in_the_record_or_in_a_file_of_its_own() -> None:
    assert places(faults_of("答复:\n  正文: 甲。\n  正文文件: a.txt")) == [(7, "答复.正文文件")]
    assert proposal_of("答复: {正文文件: 正文/a.txt, 正文: ''}").replies[0].body_file == "正文/a.txt"


@pytest.mark.parametrize("path", ["/home/a.txt", r"C:\a.txt", r"\\共享盘\a.txt", r"\a.txt", "C:a.txt"])
def test_the_file_of_a_body_is_named_from_the_folder_of_the_record(path: str) -> None:
    assert places(faults_of(f"答复:\n  正文文件: '{path}'")) == [(6, "答复.正文文件")]


def test_a_record_without_reply_has_an_empty_first_one() -> None:
    assert proposal_of().replies == (Reply(),)
    assert proposal_of("再次答复: [{签发人: 贺明远}]").replies == (Reply(), Reply(signer="贺明远"))


# --- who handles it


DISPATCHES = """
办理过程:
  - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 经办人: 唐知行}
  - {日期: 2025-04-10, 环节: 分办, 科室: 外贸科}
  - {日期: 2025-04-11, 环节: 拟稿}
"""


def test_section_and_clerk_are_those_of_the_last_dispatch_that_names_them() -> None:
    proposal = proposal_of(DISPATCHES)
    assert (proposal.handling_section, proposal.handling_clerk) == ("外贸科", "唐知行")


def test_section_and_clerk_of_the_record_come_first() -> None:
    proposal = proposal_of("科室: 流通科\n经办人: 顾念慈" + DISPATCHES)
    assert (proposal.handling_section, proposal.handling_clerk) == ("流通科", "顾念慈")


def test_nobody_handles_what_was_never_dispatched() -> None:
    assert (proposal_of().handling_section, proposal_of().handling_clerk) == (None, None)


# --- rounds


def rounds(*steps: Step) -> list[list[Step]]:
    own = {
        Step.SEND_BACK: "理由: 漏了一项",
        Step.SIGN: "签发人: 甲",
        Step.ISSUE: "发文字号: 东商〔2025〕1号",
        Step.DELIVER: "对象: 甲",
        Step.FEEDBACK: "对象: 甲, 整体: 不满意",
    }
    lines = [f"  - {{日期: 2025-03-05, 环节: {step}, {own.get(step, '说明: 无')}}}" for step in steps]
    events = "\n".join(["办理过程:", *lines]) if lines else ""
    return [[event.step for event in turn] for turn in proposal_of(events).rounds]


def test_without_events_there_is_one_empty_round() -> None:
    assert rounds() == [[]]


def test_a_round_ends_at_redoing() -> None:
    first, second = [Step.ASSIGN, Step.DRAFT, Step.DELIVER, Step.FEEDBACK], [Step.REDO, Step.DRAFT, Step.DELIVER]
    assert rounds(*first, *second) == [first, second]


def test_a_round_ends_at_the_first_draft_after_following_up() -> None:
    first = [Step.ASSIGN, Step.DRAFT, Step.DELIVER, Step.FOLLOW, Step.FOLLOW]
    second = [Step.DRAFT, Step.SEND_BACK, Step.DRAFT, Step.SIGN]
    assert rounds(*first, *second) == [first, second]


def test_several_drafts_without_following_up_are_one_round() -> None:
    steps = [Step.ASSIGN, Step.DRAFT, Step.SEND_BACK, Step.DRAFT]
    assert rounds(*steps) == [steps]


def test_a_draft_after_redoing_opens_no_round_of_its_own() -> None:
    first, second = [Step.DELIVER, Step.FOLLOW], [Step.REDO, Step.DRAFT]
    assert rounds(*first, *second) == [first, second]


def test_rounds_follow_one_another() -> None:
    parts = [[Step.DRAFT, Step.FOLLOW], [Step.DRAFT, Step.DELIVER], [Step.REDO, Step.FOLLOW], [Step.DRAFT]]
    assert rounds(*(step for part in parts for step in part)) == parts
