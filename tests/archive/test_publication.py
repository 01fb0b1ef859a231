"""What is covered in a publication copy, and what is never published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import records
from dafu import layout, letter, readback
from dafu.archive.publication import Veil, copy_of, obstacle
from dafu.letter import Cell, Letter, Paragraph, Run, Style, Table
from dafu.model import Proposal, Proposer
from dafu.terms import Letterhead, NameShown

FULL, MASKED = NameShown.FULL, NameShown.MASKED
LIN = Proposer(person="林晓", phone="0379-60010099", address="东河市东街12号")
SENT = """\
办理过程:
- {日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
- {日期: 2025-08-27, 环节: 送达, 对象: 林晓}
"""
AGAIN = """\
- {日期: 2025-09-01, 环节: 重办}
- {日期: 2025-10-01, 环节: 送达, 对象: 林晓}
"""
DAY = date(2025, 9, 1)


def over(text: str, *proposers: Proposer, shown: NameShown = FULL) -> str:
    covered = Veil(proposers, shown).over(text)
    assert len(covered) == len(text)
    return covered


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("请电13812341234。", "请电138****1234。"),
        ("手机：138 1234 1234", "手机：138 **** 1234"),
        ("手机：138-1234-1234", "手机：138-****-1234"),
        ("138—1234—1234", "138—****—1234"),
        ("（138）12341234", "（138）****1234"),
        ("１３８１２３４１２３４", "１３８****１２３４"),
        ("+8613812341234", "+86138****1234"),
        ("+86 138 1234 1234", "+86 138 **** 1234"),
        ("008613812341234", "0086138****1234"),
        ("013812341234", "0138****1234"),
        ("1381\u200b2341234", "138*\u200b***1234"),
        ("13812341234、19912341234", "138****1234、199****1234"),
    ],
)
def test_a_mobile_phone_is_covered_however_it_is_written(written: str, published: str) -> None:
    assert over(written) == published


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("身份证410302199001011234。", "身份证410***********1234。"),
        ("41030219900101123X", "410***********123X"),
        ("410302 19900101 123x", "410*** ******** 123x"),
        ("４１０３０２１９９００１０１１２３４", "４１０***********１２３４"),
        ("邮箱lin.xiao@126.com，", "邮箱l*******@126.com，"),
        ("（linxiao＠126．com）", "（l******＠126．com）"),
        ("lin @ mail.example.cn", "l** @ mail.example.cn"),
        ("13812341234@163.com", "1**********@163.com"),
        ("x@qq.com", "*@qq.com"),
        ("lin@notgov.cn", "l**@notgov.cn"),
    ],
)
def test_identity_numbers_and_private_mail_are_covered(written: str, published: str) -> None:
    assert over(written) == published
    assert over(published) == published
    assert Veil([], FULL).covered([published]) == []


@pytest.mark.parametrize(
    "text",
    [
        "联系电话60010023",
        "0379-63635503",
        "12345",
        "市政协第143069号提案",
        "东商〔2025〕7号",
        "投入138123412345元",  # twelve digits are no telephone
        "410302199013011234",  # no birthday has a month 13
        "12812341234",
        "意见发至swj@donghe.gov.cn",
        "单价5@3.50元",
        "微信公众号@东河发布",
        "2025年8月26日",
        "1.35 1.46 1.57 1.6",
    ],
)
def test_office_telephones_and_other_numbers_stay(text: str) -> None:
    assert over(text) == text


def test_whatever_proposers_are_reached_by_is_covered_wholly() -> None:
    text = "林晓委员（0379 60010099，东河市东街12号）"

    assert over(text, LIN) == "林晓委员（**** ********，********）"


def test_what_is_too_short_to_reach_anybody_covers_nothing() -> None:
    proposer = Proposer(person="林晓", phone="转8012", address="东河")

    assert over("东河市8012个摊位", proposer) == "东河市8012个摊位"


def test_the_mobile_phone_of_a_proposer_shows_no_digit() -> None:
    proposer = Proposer(person="林晓", phone="13812341234")

    assert over("13812341234", proposer) == "***********"
    assert Veil([proposer], FULL).covered(["电话13812341234"]) == ["***********"]


def test_full_names_stay_where_the_office_says_so() -> None:
    assert over("尊敬的林晓委员：", LIN) == "尊敬的林晓委员："


@pytest.mark.parametrize(
    ("name", "written", "published"),
    [
        ("林晓", "尊敬的林晓委员：", "尊敬的林某委员："),
        ("林晓", "林　晓、林 晓", "林　某、林 某"),
        ("王晓明", "王晓明等5位委员", "王某某等5位委员"),
        ("欧阳晓明", "欧阳晓明", "欧阳某某"),
        ("欧阳", "欧阳", "欧某"),
        ("买买提·吐尔逊", "买买提·吐尔逊", "买某某·某某某"),
        ("䶮晓", "䶮晓", "䶮某"),
    ],
)
def test_a_masked_name_keeps_the_surname_alone(name: str, written: str, published: str) -> None:
    assert over(written, Proposer(person=name), shown=MASKED) == published


def test_a_longer_name_is_covered_before_one_that_begins_it() -> None:
    both = (Proposer(person="王晓"), Proposer(person="王晓明"))

    assert over("王晓、王晓明", *both, shown=MASKED) == "王某、王某某"


def test_the_name_of_a_body_stays_and_that_of_its_contact_goes() -> None:
    body = Proposer(body="民盟东河市委", contact="周小川")

    assert over("民盟东河市委（周小川）", body, shown=MASKED) == "民盟东河市委（周某某）"


def test_the_clerk_is_told_what_was_covered_each_once() -> None:
    told = Veil([LIN], MASKED).covered(["林晓来电13812341234", "林晓、林晓"])

    assert told == ["138****1234", "林某"]


def test_every_part_of_a_letter_is_covered() -> None:
    phone, seen = "13812341234", "138****1234"
    cell = Cell((Paragraph((Run(phone),)),))
    appendix = letter.Appendix("附件1", phone, (Paragraph((Run(phone),)),))
    whole = Letter(
        phone,
        phone,
        (Paragraph((Run(phone),), 1), Table(((cell,),), headed=True)),
        signer=phone,
        attachments=(phone,),
        note=phone,
        contact=(phone, phone),
        copies=phone,
        appendices=(appendix,),
    )

    copied = copy_of(whole, Veil([], FULL))

    assert phone not in repr(copied)
    assert repr(copied).count(seen) == repr(whole).count(phone)
    texts = readback.paragraphs(layout.draw(copied))
    assert not [text for text in texts if phone in text]


def test_a_number_half_in_bold_is_covered_and_keeps_its_runs() -> None:
    (block,) = letter.blocks("请电138**1234**1234。")

    (copied,) = copy_of(Letter("题", "", (block,)), Veil([], FULL)).body

    assert isinstance(copied, Paragraph)
    assert [(run.text, run.bold) for run in copied.runs] == [("请电138", False), ("****", True), ("1234。", False)]


def test_a_pre_printed_head_is_printed_in_the_copy_and_inner_marks_go() -> None:
    style = Style(letterhead=Letterhead.PREPRINTED)
    issued = Letter("题", "", (), mark="东河市商务局文件", copy_number="000012", urgency="加急", style=style)

    copied = copy_of(issued, Veil([], FULL))

    assert copied == issued._replace(copy_number="", urgency="", style=Style(letterhead=Letterhead.PRINTED))


# --- what is never published


def record(openness: str = "{公开: 主动公开}", more: str = "") -> Proposal:
    return records.proposal_of(f"答复: {openness}\n{SENT}{more}")


CLOSED = "{公开: 不予公开, 公开理由: 涉及商业秘密}"
ON_REQUEST = "{公开: 依申请公开, 公开理由: 涉及个人信息}"


def test_a_reply_that_is_open_and_was_delivered_may_be_published() -> None:
    assert obstacle(record(), 0, DAY, []) == ""
    assert obstacle(record(), 0, date(2025, 8, 27), []) == ""


@pytest.mark.parametrize(
    ("openness", "reason"),
    [(CLOSED, "不予公开"), (ON_REQUEST, "依申请公开"), ("{}", "没有写明公开方式"), ('{公开: ""}', "没有写明公开方式")],
)
def test_nothing_else_than_open_is_published(openness: str, reason: str) -> None:
    assert reason in obstacle(record(openness), 0, DAY, [])


def test_nothing_is_published_before_it_was_delivered() -> None:
    assert "还没有送达" in obstacle(record(), None, DAY, [])
    assert "2025-08-27 送达" in obstacle(record(), 0, date(2025, 8, 26), [])


def test_a_paper_only_read_has_nothing_to_publish() -> None:
    assert "参阅件" in obstacle(replace(record(), role=records.proposal_of("角色: 参阅\n").role), 0, DAY, [])


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
def test_a_later_round_that_is_closed_closes_the_first_one_too(closed: str) -> None:
    assert "不能公开" in obstacle(record(more=f"再次答复: [{closed}]"), 0, DAY, [])


def test_a_later_round_that_is_open_follows_a_first_one_that_was_closed() -> None:
    both = record(CLOSED, AGAIN + "再次答复: [{公开: 主动公开}]\n")

    assert obstacle(both, 1, date(2025, 10, 2), []) == ""
    assert "不予公开" in obstacle(both, 0, date(2025, 10, 2), [])


def test_a_later_round_does_not_take_its_openness_from_the_first() -> None:
    assert "没有写明公开方式" in obstacle(record(more=AGAIN), 1, date(2025, 10, 2), [])


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
def test_what_one_of_several_merged_records_keeps_closed_none_publishes(closed: str) -> None:
    other = replace(records.proposal_of(f"答复: {closed}\n"), number="143070")

    reason = obstacle(record(), 0, DAY, [records.proposal_of(), other])
    assert reason.startswith("143070的公开方式")
