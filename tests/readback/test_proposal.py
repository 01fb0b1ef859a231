from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from dafu.readback import proposal
from dafu.readback.sheet import Author
from dafu.terms import Kind, Language

if TYPE_CHECKING:
    from dafu.readback.proposal import Asked


def asked(text: str) -> Asked:
    return proposal.read(dedent(text).strip().splitlines())


FORM = """
    政协东河市第十四届委员会第三次会议
    提    案
    编号：143069
    案    由：关于优化夜市管理的提案
    提案人：林晓   界别：工商联
    单位及职务：东河市某科技有限公司总经理   联系电话：60010023
    通讯地址：东河市北环路1号
    联名提案人：周明远（经济界，东河学院，60010024）、苏晚晴
    内容：
    一、存在问题
    近年来，夜市发展迅速，吸引了大量市民前来消费，但是布局不合理、
    管理不规范等问题也比较突出。
    二、对策建议
    （一）统一规划夜市布局。由市商务局牵头，会同城管局。
    （二）减免摊位费
    （三）加强食品安全检查；定期公布结果。
    林晓
    2025年1月10日
"""


def test_a_sheet_of_labelled_lines_gives_number_session_title_and_kind() -> None:
    found = asked(FORM)

    assert (found.number, found.subject) == ("143069", "优化夜市管理")
    assert found.session == "政协东河市第十四届委员会第三次会议"
    assert (found.kind, found.language) == (Kind.PROPOSAL, Language.SIMPLIFIED)
    assert found.missing == ()


def test_its_proposers_come_in_signing_order_with_what_is_said_of_each() -> None:
    first = Author(
        name="林晓", unit="东河市某科技有限公司总经理", sector="工商联", phone="60010023", address="东河市北环路1号"
    )
    second = Author(name="周明远", unit="东河学院", sector="经济", phone="60010024")
    assert asked(FORM).proposers == (first, second, Author(name="苏晚晴"))


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("林晓 周明远", [("林晓", ""), ("周明远", "")]),
        ("林晓　周明远　苏晚晴（东河学院）", [("林晓", ""), ("周明远", ""), ("苏晚晴", "东河学院")]),
        ("林晓 东河学院", [("林晓", "东河学院")]),
        ("林晓 总经理", [("林晓", "总经理")]),
        ("林晓 工商联", [("林晓", "工商联")]),
        ("林 晓", [("林晓", "")]),
    ],
)
def test_names_with_blanks_between_them_are_people_and_no_place_of_work(
    said: str, people: list[tuple[str, str]]
) -> None:
    found = asked(f"案号：143069\n案由：关于优化夜市管理的提案\n提案人：{said}")
    assert [(one.name, one.unit) for one in found.proposers] == people


def test_its_asks_are_the_numbered_suggestions_without_their_explanations() -> None:
    assert asked(FORM).asks == ("统一规划夜市布局", "减免摊位费", "加强食品安全检查；定期公布结果")


def test_its_text_has_the_lines_joined_that_were_broken_and_no_signature() -> None:
    text = asked(FORM).text

    assert "消费，但是布局不合理、管理不规范等问题也比较突出。" in text[1]
    assert text[-1].startswith("（三）")


def test_a_sheet_that_is_a_table_is_read_the_same_way() -> None:
    found = asked("""
        市政协十四届三次会议提案
        |案号|143070|类别|经济|
        |案由|关于推进农贸市场改造的提案|
        |提案人|民盟东河市委员会|联系人|何知秋|
        |联系电话|60010025|通讯地址|东河市中州路2号|
        |内容|我市农贸市场设施陈旧，亟需改造。|
        建议：
        1. 制定改造计划
        2. 安排专项资金
        |审查意见|交市商务局办理|
    """)

    (body,) = found.proposers
    assert (body.name, body.is_body, body.contact, body.phone) == ("民盟东河市委员会", True, "何知秋", "60010025")
    assert body.address == "东河市中州路2号"
    assert (found.number, found.subject, found.session) == ("143070", "推进农贸市场改造", "市政协十四届三次会议")
    assert found.asks == ("制定改造计划", "安排专项资金")


def test_a_table_that_a_pdf_has_robbed_of_its_rules_is_read_too() -> None:
    found = proposal.read(
        [
            "市政协十四届三次会议提案",
            "案号\t143070\t类别\t经济",
            "案由\t关于推进农贸市场改造的提案",
            "姓名\t工作单位\t联系电话",
            "林晓\t东河学院\t60010023",
            "内容：市场陈旧。",
        ]
    )

    assert (found.number, found.subject) == ("143070", "推进农贸市场改造")
    assert found.proposers == (Author(name="林晓", unit="东河学院", phone="60010023"),)


def test_a_table_of_cosigners_gives_a_proposer_per_row() -> None:
    found = asked("""
        案由：关于夜市的提案
        |序号|姓名|工作单位|界别|联系电话|
        |1|林晓|东河学院|教育|60010023|
        |2|周明远|东河银行|经济||
    """)

    assert found.proposers == (
        Author(name="林晓", unit="东河学院", sector="教育", phone="60010023"),
        Author(name="周明远", unit="东河银行", sector="经济"),
    )


def test_a_suggestion_of_deputies_is_one_though_it_is_put_forward_like_a_proposal() -> None:
    found = asked("""
        东河市第十五届人民代表大会第一次会议第0031号建议
        关于改造北环路的建议
        领衔代表：程亦舟    代表团：东岸区
        附议代表：陆一白、欧知秋
        北环路年久失修，群众出行不便。为此建议：一是尽快立项；二是保障资金；三是加强养护。
    """)

    assert (found.kind, found.number) == (Kind.SUGGESTION, "0031")
    assert found.session == "东河市第十五届人民代表大会第一次会议"
    assert [one.name for one in found.proposers] == ["程亦舟", "陆一白", "欧知秋"]
    assert found.proposers[0].sector == "东岸区"
    assert found.asks == ("尽快立项", "保障资金", "加强养护")


def test_a_proposal_titled_as_a_suggestion_stays_a_proposal() -> None:
    found = asked("""
        政协东河市第十四届委员会第三次会议提案
        案由：关于改造北环路的建议
        提案人：林晓
    """)

    assert (found.kind, found.subject) == (Kind.PROPOSAL, "改造北环路")


def test_one_in_traditional_characters_keeps_them() -> None:
    found = asked("""
        編號：143071
        案由：關於優化營商環境的提案
        提案人：陳偉明    聯繫電話：60010026
        內容：近年來，我市營商環境持續改善，但仍有不足。
        建議：
        1. 簡化開辦手續
        2. 擴大數據開放
    """)

    assert found.language is Language.TRADITIONAL
    assert (found.number, found.subject) == ("143071", "優化營商環境")
    assert (found.proposers[0].name, found.proposers[0].phone) == ("陳偉明", "60010026")
    assert found.asks == ("簡化開辦手續", "擴大數據開放")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (["一、建议统一规划。目前分散。", "二、建议减免费用"], ("统一规划", "减免费用")),
        (["三、有关建议", "（1）统一规划", "（2）减免费用"], ("统一规划", "减免费用")),
        (["具体建议如下：", "一、统一规划", "说明。", "二、减免费用"], ("统一规划", "减免费用")),
        (["为此，建议：1.统一规划，覆盖1.5万户；2.减免费用。"], ("统一规划，覆盖1.5万户", "减免费用")),
        (["建议：市商务局统一规划夜市。"], ("市商务局统一规划夜市",)),
        (["一、建议", "统一规划夜市。", "减免费用。", "二、预期效果", "更好。"], ("统一规划夜市", "减免费用")),
        (["夜市太乱。"], ()),
    ],
)
def test_asks_are_found_however_they_are_numbered(text: list[str], asks: tuple[str, ...]) -> None:
    assert proposal.read(["案由：夜市", "内容：", *text]).asks == asks


def test_what_is_not_there_is_named() -> None:
    found = asked("""
        关于优化夜市管理的提案
        夜市太乱，应当整治。
    """)

    assert found.missing == ("案号", "届次", "提案人", "建议事项")
    assert found.text == ("夜市太乱，应当整治。",)
