from __future__ import annotations

from datetime import date

import pytest

from dafu.model import Reply, effective_reply, in_words
from records import OFFICE, office_of, proposal_of

HISTORY = """
办理过程:
  - {日期: 2025-08-20, 环节: 签发, 签发人: 贺明远}
  - {日期: 2025-08-22, 环节: 退回, 理由: 漏了一项}
  - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕66号}
  - {日期: 2025-08-28, 环节: 印发, 发文字号: 东商〔2025〕67号}
"""
LATER = """\
  - {日期: 2025-09-05, 环节: 反馈, 对象: 林晓, 整体: 不满意}
  - {日期: 2025-09-08, 环节: 重办}
  - {日期: 2025-10-08, 环节: 签发, 签发人: 梁怀瑾}
  - {日期: 2025-10-09, 环节: 印发, 发文字号: 东商〔2025〕90号}
"""


def reply(more: str, turn: int = 0, office: str = OFFICE) -> Reply:
    return effective_reply(proposal_of(more), office_of(office), turn)


def test_the_last_signing_and_issuing_of_a_round_give_the_four_values() -> None:
    found = reply(HISTORY)
    assert (found.signer, found.signed_on) == ("周明远", date(2025, 8, 26))
    assert (found.number, found.issued_on) == ("东商〔2025〕67号", date(2025, 8, 28))


def test_what_the_reply_itself_says_wins() -> None:
    written = "答复: {签发人: 梁怀瑾, 成文日期: 2025-08-25, 发文字号: 东商〔2025〕1号, 印发日期: 2025-08-29}"
    found = reply(written + HISTORY)
    assert (found.signer, found.signed_on) == ("梁怀瑾", date(2025, 8, 25))
    assert (found.number, found.issued_on) == ("东商〔2025〕1号", date(2025, 8, 29))


def test_each_value_is_taken_by_itself() -> None:
    found = reply("答复: {签发人: 梁怀瑾}" + HISTORY)
    assert (found.signer, found.signed_on) == ("梁怀瑾", date(2025, 8, 26))


def test_before_signing_the_values_are_not_there() -> None:
    found = reply("答复: {办理结果: A}")
    assert (found.signer, found.signed_on, found.number, found.issued_on) == (None, None, None, None)


def test_a_later_round_has_its_own_values_and_leaves_the_first_alone() -> None:
    assert reply(HISTORY + LATER).number == "东商〔2025〕67号"
    again = reply(HISTORY + LATER, 1)
    assert (again.number, again.signer) == ("东商〔2025〕90号", "梁怀瑾")


def test_the_first_later_round_belongs_to_the_first_later_reply() -> None:
    more = "答复: {办理结果: C, 正文: 首次}\n再次答复: [{办理结果: A, 正文: 再次}]" + HISTORY + LATER
    assert (reply(more, 0).body, reply(more, 1).body) == ("首次", "再次")
    assert reply(more, 1).grade == "A"


def test_a_round_without_a_reply_of_its_own_takes_nothing_from_the_first() -> None:
    found = reply("答复: {办理结果: C, 正文: 首次, 签发人: 贺明远}" + HISTORY + LATER, 1)
    assert (found.grade, found.body, found.signer) == (None, None, "梁怀瑾")


def test_the_contact_is_the_office_s_unless_the_reply_names_its_own() -> None:
    assert (reply("").contact_unit, reply("").contact_phone) == ("市商务局办公室", "60010023")
    found = reply('答复: {联系单位: 市商务局市场科, 联系电话: "60010031"}')
    assert (found.contact_unit, found.contact_phone) == ("市商务局市场科", "60010031")


@pytest.mark.parametrize(("kind", "unit"), [("提案", "市政协提案委"), ("建议", "市人大代表工委")])
def test_copies_go_to_the_office_s_list_of_the_kind(kind: str, unit: str) -> None:
    assert reply(f"类别: {kind}").copies == (unit,)


def test_the_list_of_the_reply_replaces_the_office_s() -> None:
    assert reply("答复: {抄送: [市委督查室]}").copies == ("市委督查室",)


@pytest.mark.parametrize(
    ("written", "copies"),
    [
        ("", ("市政协提案委", "市财政局", "市税务局")),
        ("答复: {抄送: [市委督查室]}", ("市委督查室", "市财政局", "市税务局")),
        ("答复: {抄送: [市税务局, 市委督查室]}", ("市税务局", "市委督查室", "市财政局")),
    ],
)
def test_assisting_units_are_added_to_either_list_once(written: str, copies: tuple[str, ...]) -> None:
    assert reply("角色: 主办\n会办单位: [市财政局, 市税务局]\n" + written).copies == copies


def test_an_opinion_to_the_lead_unit_has_no_copies_unless_it_names_them() -> None:
    assert reply("角色: 会办\n主办单位: 市发改委").copies == ()
    assert reply("角色: 会办\n主办单位: 市发改委\n答复: {抄送: [市委督查室]}").copies == ("市委督查室",)


def test_an_office_without_lists_copies_to_nobody() -> None:
    assert reply("", office="单位: {全称: 东河市商务局}").copies == ()


def test_a_record_in_words_has_what_follows_from_events_and_office() -> None:
    words = in_words(
        proposal_of(HISTORY + "  - {日期: 2025-08-29, 环节: 分办, 科室: 市场科, 经办人: 唐知行}"), office_of()
    )
    assert (words["层级"], words["保管期限"], words["科室"], words["经办人"]) == ("市", "30年", "市场科", "唐知行")
    assert (words["答复"]["成文日期"], words["答复"]["发文字号"]) == ("2025-08-26", "东商〔2025〕67号")
    assert (words["案号"], words["重点"], words["期限"]) == ("143069", False, None)
