"""What a record says comes back out of the letter that was drafted from it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu import layout, preview, readback
from dafu.compose import Composer
from dafu.model import Office, Proposal, effective_reply, read_proposal
from dafu.readback import marks, proposal, reply
from dafu.terms import GradePlace, Kind, Openness, OpennessPlace, PageForm, Paper, Role
from records import office_of, root_of

SURNAMES, GIVEN = "林周苏何程陆梁欧", ("晓", "明远", "晚晴", "知秋", "一白", "亦舟", "镠郡")
BODIES = ("民盟东河市委员会", "市工商联", "市政协经济委", "南坤镇代表团", "九三学社东河市委")
OFFICES = ("市财政局", "市城市管理局", "市政府办公室督查二室", "东岸区人民政府", "市文化广电和旅游局")
SENTENCES = (
    "您提出的建议很有针对性，我们已经会同有关部门逐项研究。",
    "截至5月10日，31处房屋全部签约，其中28处已经开门营业，总投资12.5亿元，同比增长8%，惠及小店137家。",
    "一是坚守底线，二是优化营商环境。",
    "按照《公平竞争审查条例》和“放管服”改革要求，会同市财政局修订了办法（试行），并报市政府同意。",
    "下一步，我局将在2026年6月30日前完成改造，并及时向您通报。",
)
HEADINGS = (
    "一、关于夜市的布局",
    "二、下一步打算",
    "（一）盘活存量房屋。已经清理31处。",
    "1. 划定区域",
    "（2）统一标识",
)
SESSIONS = {
    Kind.PROPOSAL: ("市政协十四届三次会议", "政协东河市第十四届委员会第三次会议"),
    Kind.SUGGESTION: ("市十五届人大一次会议", "东河市第十五届人民代表大会第一次会议"),
}
LAST_OF_BODY = "以上工作由市商务局负责。"

persons = st.builds(str.__add__, st.sampled_from(SURNAMES), st.sampled_from(GIVEN))
days = st.dates(date(2019, 1, 1), date(2030, 12, 31)).map(date.isoformat)
phones = st.sampled_from(["60010023", "0379-60010024", "60010025转8012", "60010026、60010027"])
subjects = st.sampled_from(
    [
        "优化夜市管理",
        "推进“一刻钟便民生活圈”建设",
        "落实《养老服务条例》",
        "对老旧小区加装电梯给予补贴",
        "培育2~3个夜间品牌",
    ]
)
paragraphs = st.one_of(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("".join),
    st.sampled_from(HEADINGS),
    st.just("|街道|户数|\n|东街|12|"),
    st.just("依托各区，**聚焦风口产业**开展招商。"),
)
bodies = st.lists(paragraphs, min_size=1, max_size=8).map(lambda some: "\n".join([*some, LAST_OF_BODY]))


def unique(items: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(items, min_size=least, max_size=most, unique=True)


@st.composite
def proposers(draw: st.DrawFn) -> list[Any]:
    bodies = draw(unique(st.sampled_from(BODIES), 0, 2))
    return [*({"团体": one} for one in bodies), *draw(unique(persons, 0 if bodies else 1, 7))]


@st.composite
def replies(draw: st.DrawFn, role: Role) -> dict[str, Any]:
    said = {
        "发文字号": f"{draw(st.sampled_from(['东商', '东商提函', '东文广旅字']))}〔2025〕{draw(st.integers(1, 999))}号",
        "签发人": " ".join(draw(unique(persons, 1, 4))),
        "公开": "主动公开",
        "成文日期": draw(days),
        "印发日期": draw(days),
        "正文": draw(bodies),
        "附件": draw(unique(st.sampled_from(["征询意见表", "2025年任务分工表", "重点项目清单（第一批）"]), 0, 3)),
        "联系单位": draw(st.sampled_from(["市商务局区域经济协作科", "东河市商务局办公室"])),
        "联系电话": draw(phones),
        "联系人": draw(unique(persons, 1, 3)),
        "抄送": draw(unique(st.sampled_from(OFFICES), 1, 3)),
    }
    thanks = {"致谢": "全市产业招商"} if draw(st.booleans()) else {}
    grade = {} if role is Role.ASSIST else {"办理结果": draw(st.sampled_from("ABCD"))}
    return said | thanks | grade


@st.composite
def records(draw: st.DrawFn, roles: tuple[Role, ...] = (Role.SOLE, Role.LEAD, Role.SHARE)) -> dict[str, Any]:
    kind, role = draw(st.sampled_from(Kind)), draw(st.sampled_from(roles))
    more: dict[Role, dict[str, Any]] = {
        Role.LEAD: {"会办单位": draw(unique(st.sampled_from(OFFICES), 1, 2))},
        Role.ASSIST: {"主办单位": draw(st.sampled_from(OFFICES))},
    }
    return {
        "案号": draw(st.sampled_from(["143069", "0043", "20240425", "D022"])),
        "类别": str(kind),
        "届次": draw(st.sampled_from(SESSIONS[kind])),
        "案由": draw(subjects),
        "提案人": draw(proposers()),
        "角色": str(role),
        "答复": draw(replies(role)),
    } | more.get(role, {})


@st.composite
def offices(draw: st.DrawFn) -> str:
    choices = {
        "版式": PageForm,
        "结果位置": tuple(place for place in GradePlace if place is not GradePlace.ABSENT),
        "公开标注": OpennessPlace,
    }
    said = {word: str(draw(st.sampled_from(tuple(values)))) for word, values in choices.items()}
    unit = {"全称": "东河市商务局", "简称": "市商务局", "自称": "我局", "印发机关": "东河市商务局办公室"}
    return json.dumps({"单位": unit} | said, ensure_ascii=False)


@cache
def made_by(office: str) -> tuple[Office, Composer]:
    office_read = office_of(office)
    return office_read, Composer(office_read, Path("templates-of-nobody"))


def proposal_of(record: dict[str, Any], office: Office) -> Proposal:
    proposal, problems = read_proposal(root_of(json.dumps(record, ensure_ascii=False)), office)
    assert proposal is not None, problems
    return proposal


def drawn(record: dict[str, Any], office: str, paper: str, turn: int = 0) -> tuple[bytes, Proposal, Office]:
    office_read, composer = made_by(office)
    proposal = proposal_of(record, office_read)
    return layout.draw(composer.compose(paper, proposal, turn).letter), proposal, office_read


def in_letter(proposal: Proposal, office: Office, turn: int = 0) -> dict[str, Any]:
    """Return the values of the record that every reply bears, by the names of a `Reading`."""
    said = effective_reply(proposal, office, turn)
    persons = [one.name for one in proposal.proposers if not one.body]
    named = persons if len(persons) <= 4 else persons[:1]
    is_document = office.form is PageForm.DOCUMENT
    return {
        "number": said.number,
        "signer": said.signer,
        "title": True,
        "body": tuple((said.body or "").splitlines()),
        "annexes": said.attachments,
        "office": ("东河市商务局",),
        "day": said.signed_on,
        "contact_unit": said.contact_unit,
        "contact_phone": said.contact_phone,
        "contacts": said.contact_persons,
        "copies": said.copies,
        "printer": "东河市商务局办公室" if is_document else "",
        "printed": said.issued_on if is_document else None,
        "session": proposal.session,
        "case": proposal.number,
        "kind": proposal.kind,
        "subject": proposal.subject,
        "proposers": (*(one.name for one in proposal.proposers if one.body), *named),
        "heading": "东河市商务局文件" if is_document else "东河市商务局",
    }


def differing(read: reply.Reading, meant: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(read, name), value) for name, value in meant.items() if name != "title"}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(record=records(), office=offices())
def test_a_reply_gives_back_what_its_record_says(record: dict[str, Any], office: str) -> None:
    paper = Paper.SUGGESTION_REPLY if record["类别"] == "建议" else Paper.REPLY
    docx, proposal, house = drawn(record, office, str(paper))

    read = reply.read(readback.lines(docx, "答复.docx"))

    own = {
        "thanks": record["答复"].get("致谢", ""),
        "grade": record["答复"]["办理结果"],
        "assisting": proposal.assisting_units,
        "paper": paper,
    }
    assert differing(read, in_letter(proposal, house) | own) == {}
    shown = None if house.openness_place is OpennessPlace.ABSENT else Openness.PUBLIC
    assert marks.openness_of(read.openness) is shown


@settings(max_examples=25, deadline=None, derandomize=True)
@given(record=records(roles=(Role.ASSIST,)), office=offices())
def test_an_opinion_gives_back_what_its_record_says(record: dict[str, Any], office: str) -> None:
    docx, proposal, house = drawn(record, office, "会办意见")

    read = reply.read(readback.lines(docx, "会办意见.docx"))

    own = {"addressees": (record["主办单位"],), "grade": "", "paper": Paper.OPINION, "closing": "特此函告。"}
    assert differing(read, in_letter(proposal, house) | own) == {}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(record=records(), later=replies(Role.SOLE), office=offices())
def test_a_later_reply_gives_back_what_its_round_says(
    record: dict[str, Any], later: dict[str, Any], office: str
) -> None:
    docx, proposal, house = drawn(record | {"再次答复": [later]}, office, "再次答复", 1)

    read = reply.read(readback.lines(docx, "再次答复.docx"))

    own = {"grade": later["办理结果"], "paper": Paper.LATER_REPLY}
    assert differing(read, in_letter(proposal, house, 1) | own) == {}


WORDS = (
    *(
        "签发人：",
        "办理结果：",
        "〔A〕",
        "东商〔2025〕7号",
        "关于",
        "第143069号",
        "提案的答复",
        "尊敬的",
        "林晓",
        "委员：",
        "收悉。",
    ),
    *(
        "现答复如下：",
        "一、",
        "建议：",
        "附件：",
        "1. ",
        "2025年8月26日",
        "二〇二五年",
        "（",
        "）",
        "联系人：",
        "60010023",
        "抄送：",
        "印发",
    ),
    *("案由：", "提案人：", "姓名", "|", "“", "”", "《", "、", "，", "。", " ", "\t", "**", "\\", "東", "\U0001f600"),
)
any_lines = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=25)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(lines=any_lines)
def test_whatever_the_lines_are_they_are_read_without_an_error(lines: list[str]) -> None:
    assert isinstance(reply.read(lines), reply.Reading)
    assert isinstance(proposal.read(lines), proposal.Asked)


@pytest.mark.office
@pytest.mark.parametrize("form", PageForm)
def test_a_letter_gives_back_the_same_through_a_pdf(form: PageForm) -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: there is no PDF to read")
    record = {
        "案号": "143069",
        "届次": "市政协十四届三次会议",
        "案由": "推进“一刻钟便民生活圈”建设",
        "提案人": [{"团体": "民盟东河市委员会"}, "林晓", "周明远"],
        "答复": {
            "发文字号": "东商〔2025〕67号",
            "签发人": "梁怀瑾 唐知行 顾念慈",
            "办理结果": "B",
            "成文日期": "2025-08-06",
            "印发日期": "2025-08-07",
            "正文": "\n".join([HEADINGS[0], "".join(SENTENCES[:4]), HEADINGS[2], SENTENCES[3] * 3, *SENTENCES]),
            "附件": ["征询意见表", "2025年任务分工表"],
            "联系单位": "市商务局区域经济协作科",
            "联系电话": "60010023",
            "联系人": ["麻知秋", "刘欢"],
            "抄送": ["市政协提案委", "市政府办公室督查二室", "市文化广电和旅游局", "东岸区人民政府", "澄湖区人民政府"],
        },
    }
    unit = {"全称": "东河市商务局", "简称": "市商务局", "自称": "我局", "印发机关": "东河市商务局办公室"}
    office = json.dumps({"单位": unit, "版式": str(form)}, ensure_ascii=False)
    docx, proposal, house = drawn(record, office, "答复")

    read = reply.read(readback.lines(preview.pdf(docx), "答复.pdf"))

    assert differing(read, in_letter(proposal, house) | {"grade": "B"}) == {}
