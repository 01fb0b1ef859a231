"""Every paper of the desk, from a full and from a nearly empty record: what it says, line by line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compose.conftest import OFFICE, RECORD, Drafter, office_of, proposal_of
from dafu import layout, preview
from dafu.compose import Composer
from dafu.compose.context import Limits, Occasion
from dafu.letter import Letter, texts
from dafu.terms import PageForm, Paper

if TYPE_CHECKING:
    from dafu.compose import Composed

FULL: dict[str, Any] = {
    "角色": "主办",
    "会办单位": ["市财政局", "市城管局"],
    "重点": "是",
    "建议事项": ["增加摊位", "公布监督电话"],
    "提案人": [{"姓名": "林晓", "单位": "东河市第三小学", "电话": "60011806"}],
    "答复": {
        "发文字号": "东商〔2025〕7号",
        "办理结果": "B",
        "公开": "依申请公开",
        "公开理由": "涉及经营数据",
        "成文日期": "2025-05-26",
        "印发日期": "2025-05-27",
        "正文": "正在铺设。",
        "附件": ["征询意见表"],
    },
    "再次答复": [{"发文字号": "东商〔2025〕19号", "办理结果": "A", "正文": "已经建成。"}],
    "办理过程": [
        {"日期": "2025-03-05", "环节": "交办", "交办单位": "市政府办公室"},
        {"日期": "2025-03-07", "环节": "退办", "理由": "不属我局职责。", "建议单位": "市城管局"},
        {
            "日期": "2025-03-10",
            "环节": "分办",
            "科室": "市场科",
            "经办人": "麻东",
            "分管领导": "贺明远",
            "内部期限": "2025-05-10",
        },
        {"日期": "2025-03-11", "环节": "征求会办", "单位": "市财政局", "期限": "2025-04-11"},
        {"日期": "2025-05-20", "环节": "延期", "至": "2025-06-30", "理由": "施工未完。", "批准单位": "市政府办公室"},
    ],
}
REDO = {"日期": "2025-06-06", "环节": "重办", "理由": "提案人不满意"}
FORMS = ("征询意见表", "内部交办单", "发文稿纸", "催办单")
OTHERS = ("征求会办", "退办申请", "延期申请", "延期告知", "阶段性答复", "再次答复")
LEFTOVERS = re.compile(
    r"（）|“”|《》|(理由|联系人|电话|单位)：$|[，、；：]{2}|[：，、；]\s*[；。，]|//|[|{}<>^]|None|^[，。、；]"
)


def full(paper: str, **more: Any) -> Composed:
    """Compose *paper* for the full record on an occasion that holds everything."""
    office = office_of(OFFICE)
    proposal = proposal_of(RECORD | FULL | more, office)
    occasion = Occasion(
        today=date(2025, 5, 6),
        limits=lambda: Limits(due=date(2025, 6, 30), original_due=date(2025, 5, 31)),
        unit="市财政局",
        proposer=proposal.proposers[0],
        reply=Letter("对第143069号提案的答复", "尊敬的林晓委员：", ()),
    )
    turn = int(paper == "再次答复")
    return Composer(office, Path("没有自己的模板")).compose(paper, proposal, turn, occasion)


def bare(drafter: Drafter, paper: str) -> Composed:
    return drafter.composed(paper=paper)


def said(letter: Letter) -> list[str]:
    """Return the words of a paper, element by element."""
    head = [letter.mark, letter.number, letter.signer, letter.grade, letter.title, letter.salutation]
    end = [*letter.attachments, letter.organ, letter.date, letter.note, *letter.contact]
    return [text for text in (*head, *texts(letter.body), *end, letter.copies, letter.printer, letter.printed) if text]


def test_there_is_a_template_for_every_paper() -> None:
    from dafu.compose import base_templates

    assert {path.stem for path in base_templates()} == {*map(str, Paper), "办理情况报告"}  # that one is of many records


@pytest.mark.parametrize("paper", [*FORMS, *OTHERS])
def test_a_paper_of_a_full_record_reads_without_leftovers(paper: str) -> None:
    lines = said(full(paper).letter)
    assert [line for line in lines if LEFTOVERS.search(line)] == []


@pytest.mark.parametrize("paper", [*FORMS, *OTHERS])
def test_a_paper_of_a_nearly_empty_record_shows_what_is_missing_and_no_leftovers(drafter: Drafter, paper: str) -> None:
    composed = bare(drafter, paper)
    lines = said(composed.letter)
    shown = {word for line in lines for word in re.findall(r"【缺：(.+?)】", line)}
    assert shown == set(composed.missing) != set()
    assert [line for line in lines if LEFTOVERS.search(line)] == []


@pytest.mark.parametrize("paper", FORMS)
def test_a_form_has_neither_head_nor_imprint(paper: str) -> None:
    letter = full(paper).letter
    elements = (letter.mark, letter.number, letter.salutation, letter.organ, letter.copies, letter.printer)
    assert set(elements) == {""}
    assert letter.style.form is PageForm.DOCUMENT


# --- letters, word by word


def test_a_request_for_an_opinion_names_unit_and_due_date() -> None:
    assert said(full("征求会办").letter) == [
        "东河市商务局",
        "【缺：发文字号】",
        "关于征求市政协十四届三次会议第143069号提案会办意见的函",
        "市财政局：",
        "林晓委员提出的关于“优化夜市管理”的提案，由我局主办、贵单位会办，现将原件送去。",
        (
            "请就贵单位职责范围内的事项提出会办意见，对建议逐条回应，写明联系人和电话，不定办理结果，"
            "加盖公章后于2025年4月11日前送我局，由我局统一答复。"
        ),
        "请予支持。",
        "附件：提案原件",
        "东河市商务局",
        "2025年3月11日",
        "（联系人：麻东，电话：60010023）",
    ]


def test_handing_back_gives_the_reason_and_the_unit_to_go_to() -> None:
    assert said(full("退办申请").letter)[2:] == [
        "关于申请退办市政协十四届三次会议第143069号提案的函",
        "市政府办公室：",
        (
            "2025年3月5日交由我局主办的市政协十四届三次会议第143069号提案（林晓委员提出，案由：优化夜市管理）收悉。"
            "经认真研究，现申请退办，原件一并退回。"
        ),
        "退办理由：不属我局职责。",
        "建议改由市城管局办理。",
        "以上申请妥否，请函复。",
        "东河市商务局",
        "2025年3月7日",
        "（联系人：麻东，电话：60010023）",
    ]


def test_an_extension_is_asked_for_from_the_first_due_date() -> None:
    letter = full("延期申请").letter
    assert (letter.salutation, letter.date, letter.style.form) == ("市政府办公室：", "2025年5月6日", PageForm.LETTER)
    assert [*texts(letter.body)][:2] == [
        (
            "2025年3月5日交由我局主办的市政协十四届三次会议第143069号提案（林晓委员提出，案由：优化夜市管理），"
            "应于2025年5月31日前答复。现申请延期至2025年6月30日。"
        ),
        "延期理由：施工未完。",
    ]


def test_the_proposer_is_told_of_the_extension() -> None:
    letter = full("延期告知").letter
    assert (letter.salutation, letter.date) == ("尊敬的林晓委员：", "2025年5月20日")
    assert [*texts(letter.body)] == [
        "您提出的关于“优化夜市管理”的提案，应于2025年5月31日前答复。经市政府办公室同意，答复时间延至2025年6月30日。",
        "延期理由：施工未完。",
        "我局将抓紧办理，在延长的期限内正式答复您。",
        "感谢您的理解和支持。",
    ]


def test_a_reply_of_a_stage_promises_the_final_one_and_takes_none_of_its_values() -> None:
    composed = full("阶段性答复")
    letter = composed.letter
    assert letter.title == "对市政协十四届三次会议第143069号提案的阶段性答复"
    assert (letter.grade, letter.number, letter.date) == ("", "【缺：发文字号】", "【缺：成文日期】")
    assert set(composed.missing) == {"发文字号", "签发人", "成文日期", "印发日期", "联系人"}
    assert [*texts(letter.body)] == [
        "您提出的关于“优化夜市管理”的提案收悉。我局正在办理，现将目前的进展答复如下：",
        "正在铺设。",
        "本次为阶段性答复。办理完毕后，我局将在2025年6月30日前正式答复您。",
        "感谢您对我们工作的关心和支持，欢迎今后提出更多宝贵意见。",
    ]


def test_a_later_reply_refers_to_the_first_and_says_that_the_grade_changed() -> None:
    letter = full("再次答复").letter
    assert letter.title == "对市政协十四届三次会议第143069号提案的再次答复"
    assert (letter.number, letter.grade) == ("东商〔2025〕19号", "办理结果：A")
    assert [*texts(letter.body)][:3] == [
        "您提出的关于“优化夜市管理”的提案，我局已于2025年5月26日以东商〔2025〕7号答复。现将答复中承诺事项的落实情况再次答复如下：",
        "已经建成。",
        "本件的办理结果由B类调整为A类。",
    ]


def test_a_later_reply_after_discontent_says_that_it_was_studied_anew() -> None:
    letter = full("再次答复", 办理过程=[*FULL["办理过程"], REDO]).letter
    assert next(texts(letter.body)).endswith(
        "答复。收到您的反馈意见后，我局重新作了研究，经综合市财政局、市城管局意见，现再次答复如下："
    )


def test_a_suggestion_and_a_body_change_the_words() -> None:
    body = {"类别": "建议", "提案人": [{"团体": "东河代表团"}]}
    letter = full("延期告知", **body).letter
    assert letter.salutation == "东河代表团："
    assert next(texts(letter.body)).startswith("贵单位提出的关于“优化夜市管理”的建议，")


# --- forms, row by row


def rows(letter: Letter) -> list[list[str]]:
    """Return the words of the cells of a form, one list for each row."""
    (block,) = letter.body
    return [[cell.text for cell in row] for row in block.rows]  # type: ignore[union-attr]  # -- a form is all its body


def test_the_form_for_the_proposer_is_filled_above_and_blank_below() -> None:
    letter = full("征询意见表").letter
    assert letter.title == "市政协十四届三次会议提案办理情况征询意见表"
    assert rows(letter) == [
        ["案　　号", "143069", "答复文号", "东商〔2025〕7号"],
        ["案　　由", "优化夜市管理"],
        ["姓　　名", "林晓", "工作单位", "东河市第三小学"],
        ["联系电话", "60011806", "通讯地址", ""],
        ["承办单位", "东河市商务局（会办：市财政局、市城管局）"],
        ["答复类别", "□A类　☑B类　□C类　□D类"],
        ["收到答复", "□已收到　□未收到　　收到日期：　　　年　　月　　日"],
        ["办前沟通", "□面商　□走访　□座谈　□电话　□书面　□没有沟通"],
        ["办理态度", "□满意　　□基本满意　　□不满意"],
        ["办理结果", "□满意　　□基本满意　　□不满意"],
        ["总体评价", "□满意　　□基本满意　　□不满意"],
        ["意　　见\n和 建 议", "签名：　　　　　　　　　年　　月　　日"],
        ["填表说明", "1. 请在选定的□内打“√”；不满意的，请写明意见。\n2. 填好后请送市商务局办公室，电话：60010023。"],
    ]


def test_the_form_for_a_body_asks_for_its_contact_and_seal() -> None:
    letter = full("征询意见表", 提案人=[{"团体": "民建东河市委员会", "联系人": "周宁"}]).letter
    assert rows(letter)[2] == ["提出单位", "民建东河市委员会", "联 系 人", "周宁"]
    assert rows(letter)[-2][1].startswith("签名（盖章）：")


def test_the_internal_order_says_who_handles_what_until_when() -> None:
    letter = full("内部交办单").letter
    assert rows(letter)[:11] == [
        ["届　　次", "市政协十四届三次会议"],
        ["案　　号", "143069", "类　　别", "提案（重点）"],
        ["案　　由", "优化夜市管理"],
        ["提 出 人", "林晓，东河市第三小学，60011806"],
        ["建议事项", "1. 增加摊位\n2. 公布监督电话"],
        ["办理方式", "□独办　☑主办　□分办　□会办　□参阅"],
        ["会办单位", "市财政局、市城管局"],
        ["交办单位", "市政府办公室", "交办日期", "2025年3月5日"],
        ["办结期限", "2025年6月30日", "内部时限", "2025年5月10日"],
        ["分管领导", "贺明远", "责任科室", "市场科"],
        ["经 办 人", "麻东", "分办日期", "2025年3月10日"],
    ]


def test_the_sheet_of_a_draft_takes_title_and_addressee_from_the_reply_itself() -> None:
    found = {cells[0]: cells[1:] for cells in rows(full("发文稿纸").letter)}
    assert found["标　　题"] == ["对第143069号提案的答复"]
    assert found["主　　送"] == ["林晓委员"]
    assert found["公开方式"] == ["□主动公开　☑依申请公开　□不予公开\n理由：涉及经营数据"]
    assert found["抄　　送"] == ["市政协提案委、市财政局、市城管局"]
    assert found["核　　稿"] == ["年　　月　　日", "拟　　稿", "市场科\n麻东\n年　　月　　日"]


def test_the_sheet_of_an_opinion_has_no_grade(drafter: Drafter) -> None:
    letter = drafter.letter(paper="发文稿纸", 角色="会办", 主办单位="市住建局")
    assert "答复类别" not in [cells[0] for cells in rows(letter)]


def test_a_reminder_goes_to_the_unit_that_owes_its_opinion_or_to_the_section(drafter: Drafter) -> None:
    to_unit = rows(full("催办单").letter)
    to_section = rows(drafter.letter(paper="催办单", 科室="市场科"))
    assert to_unit[0] == ["主　　送", "市财政局"]
    assert to_unit[4] == ["征求日期", "2025年3月11日", "送回期限", "2025年4月11日"]
    assert to_section[0] == ["主　　送", "市场科"]


def test_words_of_a_record_never_break_a_form(drafter: Drafter) -> None:
    subject = "甲|乙 // <丙> ^ **丁**"
    letter = drafter.letter(paper="内部交办单", 案由=subject)
    assert rows(letter)[2] == ["案　　由", subject]


# --- on paper

LONG = {
    "案由": "关于加快建设一刻钟便民生活圈补齐老城区社区商业网点短板并方便老年人日常采买的若干建议",
    "建议事项": ["增加老城区的摊位，完善用电、用水、排污设施，并公布收费标准"] * 6,
    "提案人": [{"姓名": name, "单位": "东河市公共交通有限公司", "电话": "60011806"} for name in "甲乙丙丁戊"],
}


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_every_form_stands_on_one_page_even_with_much_to_say() -> None:
    letters = [full(paper, **more).letter for paper in FORMS for more in ({}, LONG)]
    letters += [letters[0]._replace(title="市政协第十四届委员会第三次会议提案办理情况征询意见表")]
    pdfs = preview.pdfs([layout.draw(letter) for letter in letters])
    assert [len(preview.pages(pdf, dpi=20)) for pdf in pdfs] == [1] * len(letters)
