"""Letters and proposals become records, or complete those that are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dafu.desk.imports import Outcome
from dafu.desk.texts import import_text, is_letter
from dafu.errors import Severity, UnusableError
from dafu.model import effective_reply
from dafu.store import Author
from dafu.terms import Role
from desk.conftest import Desk
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.desk.imports import Imported
    from dafu.model import Proposal

TODAY = date(2026, 1, 5)
CLERK = Author("林晓", "2026-01-05T08:30:00+08:00")
LETTER = """\
东河市商务局文件
东商【2024】7号　　签发人：周明远
办理结果：B
对市政协十四届二次会议第142007号提案的答复
尊敬的林晓、苏晚晴委员：
你们提出的关于“优化夜市管理”的提案收悉。感谢你们对夜市的关注，现答复如下：
已经划定两处夜市。
感谢你们对我们工作的关心和支持，欢迎今后提出更多宝贵意见。
东河市商务局
二〇二四年八月六日
联系单位：市商务局市场科 60010024
联系人：何知秋
抄送：市政协提案委，市财政局。
东河市商务局办公室　　2024年8月7日印发
"""
OPINION = """\
东河市商务局文件
东商提函〔2024〕3号
关于市政协十四届二次会议第142009号提案会办意见的函
市城市管理局：
林晓委员提出的关于“整治占道经营”的提案收悉。经研究，现提出会办意见如下，请一并答复委员：
我局负责的部分已经办好。
特此函告。
东河市商务局
2024年5月6日
东河市商务局办公室　　2024年5月7日印发
"""
PROPOSAL = """\
市政协十四届三次会议第143069号提案
案由：关于优化夜市管理的提案
提案人：林晓（经济界，东河学院，60010023）、苏晚晴
夜市布局不合理。
建议：
1. 统一规划夜市
2. 减免摊位费
"""


def read_in(desk: Desk, text: str | bytes, name: str = "复文.txt", *, dry: bool = False) -> Imported:
    path = desk.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_text(desk.workspace, path, TODAY, CLERK, dry=dry)


def told(done: Imported) -> list[str]:
    return [f"{one.field} {one.message}".strip() for one in done.problems]


# --- a letter without a record


def test_an_old_letter_becomes_a_record_for_reference(desk: Desk) -> None:
    done = read_in(desk, LETTER)

    assert (done.outcome, done.number) == (Outcome.NEW, "142007")
    assert done.record == desk.folder / "proposals/2026/142007.yaml"
    known = desk.record("142007").proposal
    assert (known.session, known.subject) == ("市政协十四届二次会议", "优化夜市管理")
    assert [one.person for one in known.proposers] == ["林晓", "苏晚晴"]
    reply = known.reply
    assert reply is not None
    assert (reply.number, reply.signer, reply.grade) == ("东商〔2024〕7号", "周明远", "B")
    assert (reply.signed_on, reply.issued_on) == (date(2024, 8, 6), date(2024, 8, 7))
    assert (reply.thanks, reply.body) == ("夜市", "已经划定两处夜市。")
    assert (reply.contact_unit, reply.contact_phone) == ("市商务局市场科", "60010024")
    assert (reply.contact_persons, reply.copies) == (("何知秋",), ("市政协提案委", "市财政局"))


def test_a_reply_gives_no_events_because_it_proves_no_talk(desk: Desk) -> None:
    read_in(desk, LETTER)

    assert desk.record("142007").proposal.events == ()


def test_an_opinion_gives_the_events_that_it_proves_and_their_values_stand_there_alone(desk: Desk) -> None:
    done = read_in(desk, OPINION.replace("3号\n", "3号　　签发人：周明远\n", 1))

    known = desk.record("142009").proposal
    assert done.record == desk.folder / "proposals/2024/142009.yaml"
    assert (known.role, known.lead_unit) == (Role.ASSIST, "市城市管理局")
    signed, issued = known.events
    assert (str(signed.step), signed.day, signed.signer) == ("签发", date(2024, 5, 6), "周明远")
    assert (str(issued.step), issued.day, issued.number) == ("印发", date(2024, 5, 7), "东商提函〔2024〕3号")
    assert known.reply is not None
    assert (known.reply.number, known.reply.body) == (None, "我局负责的部分已经办好。")


def test_an_opinion_that_names_no_signer_proves_no_signing(desk: Desk) -> None:
    read_in(desk, OPINION)

    known = desk.record("142009").proposal
    assert known.events == ()
    assert known.reply is not None
    assert known.reply.number == "东商提函〔2024〕3号"


def test_what_the_letter_does_not_bear_is_said(desk: Desk) -> None:
    done = read_in(desk, LETTER.replace("签发人：周明远", "").replace("联系人：何知秋\n", ""))

    assert told(done) == ["没有找到：签发人、联系人"]
    assert done.problems[0].severity is Severity.NOTICE
    assert done.problems[0].file.endswith("复文.txt")


def test_a_letter_of_another_office_is_told_as_such(desk: Desk) -> None:
    done = read_in(desk, LETTER.replace("东河市商务局", "东河市财政局"))

    assert "署名是“东河市财政局”，不是东河市商务局" in told(done)


def test_a_grade_or_openness_that_no_record_can_hold_is_told_and_left_out(desk: Desk) -> None:
    done = read_in(desk, LETTER.replace("办理结果：B", "是否公开：否　　办理结果：F"))

    reply = desk.record("142007").proposal.reply
    assert reply is not None
    assert (reply.grade, reply.openness) == (None, None)
    assert [one.field for one in done.problems] == ["答复.办理结果", "答复.公开"]


def test_of_counted_proposers_the_clerk_adds_the_others(desk: Desk) -> None:
    done = read_in(desk, LETTER.replace("林晓、苏晚晴委员", "林晓等5位委员"))

    assert told(done) == ["提案人 称谓只写了“尊敬的林晓等5位委员”"]


def test_a_level_and_a_kind_that_differ_are_entered(desk: Desk) -> None:
    done = read_in(
        desk,
        LETTER.replace("市政协十四届二次会议第142007号提案", "省十三届人大四次会议第42号建议").replace(
            "委员：", "代表："
        ),
    )

    assert done.record == desk.folder / "proposals/2026/省-建议-42.yaml"


def test_without_number_session_or_title_nothing_is_written(desk: Desk) -> None:
    done = read_in(desk, "尊敬的林晓委员：\n您提出的建议收悉，现答复如下：\n已经办好。\n")

    assert (done.outcome, done.record) == (Outcome.FAULTY, None)
    assert [one.field for one in done.problems] == ["案号", "届次", "案由"]
    assert not (desk.folder / "proposals/2026").exists()


# --- a letter whose record is there


def test_a_letter_completes_what_its_record_does_not_say(desk: Desk) -> None:
    path = desk.write("答复: {签发人: 周明远}  # 已核\n", "142007")
    path.write_text(path.read_text(encoding="utf-8").replace("三次", "二次"), encoding="utf-8")

    done = read_in(desk, LETTER.replace("林晓、苏晚晴", "林晓"))

    assert (done.outcome, done.record) == (Outcome.UPDATED, path)
    reply = desk.record("142007").proposal.reply
    assert reply is not None
    assert (reply.number, reply.body) == ("东商〔2024〕7号", "已经划定两处夜市。")
    assert told(done) == []
    assert "# 已核" in path.read_text(encoding="utf-8")


def test_what_differs_is_told_and_never_overwritten(desk: Desk) -> None:
    path = desk.write(
        "答复: {签发人: 梁怀瑾, 正文: 另有答复。}\n办理过程:\n  - {日期: 2024-08-01, 环节: 交办}\n", "142007"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("三次", "二次"), encoding="utf-8")

    done = read_in(desk, LETTER)

    reply = desk.record("142007").proposal.reply
    assert reply is not None
    assert (reply.signer, reply.body, reply.grade) == ("梁怀瑾", "另有答复。", "B")
    assert told(done) == [
        "提案人 原文是“林晓、苏晚晴”，记录是“林晓”，没有改",
        "答复.签发人 原文是“周明远”，记录是“梁怀瑾”，没有改",
        "答复.正文 原文是“已经划定两处夜市。”，记录是“另有答复。”，没有改",
    ]


EARLIER = RECORD.replace("143069", "142007").replace("三次", "二次")


@pytest.mark.parametrize(
    "known",
    [
        "答复: {发文字号: 东商〔2024〕9号}\n",
        "办理过程:\n  - {日期: 2024-08-06, 环节: 印发, 发文字号: 东商〔2024〕9号}\n",
    ],
)
def test_a_letter_of_another_number_is_not_that_of_the_record(desk: Desk, known: str) -> None:
    path = desk.write(known, "142007", record=EARLIER)
    before = path.read_bytes()

    done = read_in(desk, LETTER)

    assert (done.outcome, path.read_bytes()) == (Outcome.FAULTY, before)
    assert told(done) == ["答复.发文字号 原文是“东商〔2024〕7号”，记录是“东商〔2024〕9号”，不是同一份"]


@pytest.mark.parametrize(
    ("role", "letter", "paper"),
    [
        ("角色: 会办\n主办单位: 市城市管理局\n", LETTER, "答复"),
        ("角色: 参阅\n", LETTER, "答复"),
        ("", OPINION.replace("142009", "142007"), "会办意见"),
    ],
)
def test_a_letter_of_another_part_is_not_that_of_the_record(desk: Desk, role: str, letter: str, paper: str) -> None:
    path = desk.write(role, "142007", record=EARLIER)
    before = path.read_bytes()

    done = read_in(desk, letter)

    assert (done.outcome, path.read_bytes()) == (Outcome.FAULTY, before)
    assert told(done)[0].startswith(f"角色 原文是{paper}，记录里本单位是")


def test_a_value_that_an_event_says_counts_as_said(desk: Desk) -> None:
    events = "办理过程:\n  - {日期: 2024-08-05, 环节: 签发, 签发人: 梁怀瑾}\n"
    desk.write(
        events,
        "142007",
        record="案号: 142007\n届次: 市政协十四届二次会议\n案由: 优化夜市管理\n提案人: [林晓, 苏晚晴]\n",
    )

    done = read_in(desk, LETTER)

    assert [one.field for one in done.problems] == ["答复.签发人", "答复.成文日期"]
    reply = desk.record("142007").proposal.reply
    assert reply is not None
    assert (reply.signer, reply.signed_on) == (None, None)


def test_the_same_letter_again_changes_nothing(desk: Desk) -> None:
    first = read_in(desk, LETTER)
    assert first.record
    text = first.record.read_bytes()

    again = read_in(desk, LETTER)

    assert (again.outcome, told(again)) == (Outcome.SAME, [])
    assert first.record.read_bytes() == text


def test_the_session_may_be_written_in_full(desk: Desk) -> None:
    desk.write()

    done = read_in(
        desk, LETTER.replace("市政协十四届二次会议第142007号", "政协东河市第十四届委员会第三次会议第143069号")
    )

    assert (done.outcome, done.number) == (Outcome.UPDATED, "143069")


def test_a_number_of_another_session_is_another_record(desk: Desk) -> None:
    desk.write()

    done = read_in(desk, LETTER.replace("第142007号", "第143069号"))

    assert (done.outcome, done.record) == (Outcome.NEW, desk.folder / "proposals/2026/143069.yaml")


def test_a_later_reply_goes_into_its_own_round(desk: Desk) -> None:
    read_in(desk, LETTER)

    again = (
        LETTER.replace("提案的答复", "提案的再次答复")
        .replace("【2024】7号", "〔2024〕31号")
        .replace("结果：B", "结果：A")
    )
    done = read_in(desk, again)

    known = desk.record("142007").proposal
    assert done.outcome is Outcome.UPDATED
    assert known.reply is not None
    assert known.reply.number == "东商〔2024〕7号"
    (later,) = known.later_replies
    assert (later.number, later.grade) == ("东商〔2024〕31号", "A")


def test_an_opinion_sent_to_us_is_no_paper_of_ours(desk: Desk) -> None:
    done = read_in(desk, OPINION.replace("东河市商务局", "东河市财政局").replace("市城市管理局：", "市商务局："))

    assert done.outcome is Outcome.FAULTY
    assert "会办意见 单位=" in done.problems[0].cure


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.folder.rglob("*"))

    done = read_in(desk, LETTER, dry=True)

    assert (done.outcome, done.record) == (Outcome.NEW, desk.folder / "proposals/2026/142007.yaml")
    assert sorted(path for path in desk.folder.rglob("*") if path.name != "复文.txt") == before


@pytest.mark.parametrize("paper", ["征求会办", "延期告知", "征询意见表", "内部交办单"])
def test_papers_that_answer_nothing_are_not_taken_in(desk: Desk, paper: str) -> None:
    path = desk.write("角色: 主办\n会办单位: [市财政局]\n")
    before = path.read_bytes()

    done = read_in(desk, desk.papers(paper)[0].docx, f"{paper}.docx")

    assert (done.outcome, path.read_bytes()) == (Outcome.FAULTY, before)
    assert paper in done.problems[0].message


def test_a_letter_that_heads_the_proposal_is_a_letter_still(desk: Desk) -> None:
    done = read_in(desk, LETTER.replace("尊敬的", "案由：关于优化夜市管理的提案\n尊敬的", 1))

    assert done.outcome is Outcome.NEW
    assert desk.record("142007").proposal.reply


# --- a proposal


def test_a_proposal_becomes_a_record_with_its_asks(desk: Desk) -> None:
    done = read_in(desk, PROPOSAL, "提案.txt")

    known = desk.record().proposal
    assert (done.outcome, told(done)) == (Outcome.NEW, [])
    assert known.asks == ("统一规划夜市", "减免摊位费")
    first, second = known.proposers
    assert (first.person, first.sector, first.unit, first.phone) == ("林晓", "经济", "东河学院", "60010023")
    assert (second.person, second.unit) == ("苏晚晴", None)


def test_a_proposal_completes_the_record_of_its_number(desk: Desk) -> None:
    desk.write()

    done = read_in(desk, PROPOSAL.replace("、苏晚晴", ""), "提案.txt")

    known = desk.record().proposal
    assert done.outcome is Outcome.UPDATED
    assert (known.asks, known.proposers[0].phone) == (("统一规划夜市", "减免摊位费"), "60010023")


def test_one_in_traditional_characters_is_marked_so(desk: Desk) -> None:
    read_in(
        desk,
        "案號：143069\n屆次：市政協十四屆三次會議\n案由：關於優化夜市管理的提案\n提案人：陳偉明\n內容：夜市佈局亟待優化。\n",
    )

    assert str(desk.record().proposal.language) == "繁体"


@pytest.mark.parametrize(
    ("text", "expected"), [(LETTER, True), (OPINION, True), (PROPOSAL, False), ("关于夜市的建议", False)]
)
def test_a_letter_is_told_from_a_proposal_by_what_it_says(text: str, expected: bool) -> None:  # noqa: FBT001 -- a column
    assert is_letter(text.splitlines()) is expected


# --- what cannot be read


def test_a_file_that_is_no_text_is_refused_whole(desk: Desk) -> None:
    with pytest.raises(UnusableError, match="没有文字"):
        read_in(desk, b"\n\n", "空.txt")


# --- round trips


def test_a_drafted_letter_completes_an_empty_record_of_its_own(desk: Desk) -> None:
    record = desk.write(
        "答复: {发文字号: 东商〔2025〕9号, 签发人: 周明远, 办理结果: A, 成文日期: 2025-06-05, 印发日期: 2025-06-06,\n"
        "       正文: 夜市已经开放。, 联系人: [何知秋], 附件: [征询意见表]}\n"
    )
    wanted = desk.record().proposal.reply
    assert wanted is not None
    letter = desk.draft().docx
    record.unlink()
    for file in (desk.folder / "replies").rglob("*.docx"):
        file.unlink()
    desk.write()

    done = read_in(desk, letter, "答复.docx")

    got = desk.record().proposal.reply
    assert done.outcome is Outcome.UPDATED
    assert got is not None
    assert got == wanted


PAPERS = {
    "答复": "",
    "建议答复": "类别: 建议\n",
    "会办意见": "角色: 会办\n主办单位: 市城市管理局\n",
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("style", ["版式: 文件\n结果位置: 联系前\n", "版式: 信函\n结果位置: 字号后\n公开标注: 附注\n"])
def test_a_letter_drafted_in_one_office_gives_another_the_same_record(tmp_path: Path, paper: str, style: str) -> None:
    first, second = (Desk(make_workspace(tmp_path / name, OFFICE + style)) for name in ("one", "two"))
    grade = "" if paper == "会办意见" else "办理结果: C, "
    first.write(
        f"{PAPERS[paper]}答复: {{发文字号: 东商〔2025〕9号, 签发人: 周明远, {grade}公开: 主动公开,\n"
        "       成文日期: 2025-06-05, 印发日期: 2025-06-06, 正文: 夜市已经开放。, 附件: [征询意见表],\n"
        "       联系单位: 市场科, 联系电话: '60010024', 联系人: [何知秋, 陆一白], 抄送: [市财政局]}\n"
    )
    (drafted,) = first.papers(paper)

    done = read_in(second, drafted.docx, f"{paper}.docx")

    assert done.outcome is Outcome.NEW
    here, there = second.record().proposal, first.record().proposal
    assert identity(here) == identity(there)
    shown = effective_reply(there, first.workspace.office)
    lost: dict[str, Any] = (
        {} if style.startswith("版式: 文件") else {"issued_on": None}
    )  # 信函 has no 印发日期 (GB/T 9704-2012 10.1)
    lost |= {} if "公开标注" in style else {"openness": None}
    assert effective_reply(here, second.workspace.office) == replace(shown, **lost)


def identity(known: Proposal) -> tuple[object, ...]:
    return known.number, known.kind, known.session, known.subject, known.proposers, known.role, known.lead_unit
