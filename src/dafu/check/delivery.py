"""Whom the letter tells: contacts, copies, and what must not stand in a public copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, Matter
from dafu.check.rules import ERROR, WARNING, Found, Rule
from dafu.model import reply_path
from dafu.terms import Kind, Openness

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|1\d{4}|\d{3}-\d{8}")
_AREA = re.compile(r"[（(]?(0\d{2,3})[）)\s-]*(?=\d{7})")
_EXTENSION = re.compile(r"\s?转\s?(?=\d)")
_DIALLED = re.compile(r"\d[\d-]*")
_CONTACT_WORDS = ("联系", "电话")
_ASSEMBLY = {Kind.PROPOSAL: "政协", Kind.SUGGESTION: "人大"}


@RECORD.rule(
    Rule(
        "L271",
        WARNING,
        "联系电话的写法",
        "固定电话七位或者八位，可以带区号；手机十一位；几个号码之间用顿号。",
        "各地办理规定：答复件写明联系人和电话",
        "联系电话 6001（位数不够）→ 60010023",
    )
)
def form_of_phone(matter: Matter) -> Iterator[Found]:
    """Find a telephone number that nobody can dial."""
    phone = matter.reply.contact_phone
    if matter.composed is None or not phone:
        return
    for number in _DIALLED.findall(_EXTENSION.sub("-", _AREA.sub(r"\1-", phone))):
        if not _PHONE.fullmatch(number):
            field = f"{reply_path(matter.turn)}.联系电话"
            yield Found(f"“{number}”不像电话号码", "核对位数；带区号的写成 0379-60010023", field)


@RECORD.rule(
    Rule(
        "L272",
        WARNING,
        "联系人和电话",
        "答复件要写明联系人和联系电话，放在附注里或者版记之前。",
        "各地办理规定：答复件写明联系人和电话",
        "单位的模板删去了“联系”一块 → 写上联系人和电话",
    )
)
def has_contact(matter: Matter) -> Iterator[Found]:
    """Find a reply that names no contact."""
    letter = matter.letter
    said = "".join((*letter.contact, letter.note)) if letter else ""
    if letter and matter.answers and not any(word in said for word in _CONTACT_WORDS):
        yield Found("答复件上没有联系人和电话", "在模板的“联系”或“附注”里写上", "联系")


@RECORD.rule(
    Rule(
        "L273",
        WARNING,
        "公开件里的手机号码",
        "主动公开的答复里不印个人手机号码（警告）；委员、代表本人的电话一律不得印出（错误）。",
        "国办发〔2014〕46号；地方规定：公开时隐去代表、委员的联系方式",
        "主动公开，联系电话写 138 开头的手机 → 写办公电话",
    )
)
def private_numbers(matter: Matter) -> Iterator[Found]:
    """Find private telephone numbers in a letter that will be published."""
    if matter.letter is None or matter.reply.openness is not Openness.PUBLIC:
        return
    text = "\n".join((*matter.paragraphs, *matter.letter.contact, matter.letter.note))
    proposers = [one.phone for one in matter.proposal.proposers if one.phone]
    for phone in dict.fromkeys(one for one in proposers if one in text):
        yield Found(f"答复件上有提案人的电话 {phone}", "删去", matter.body_field, phone, ERROR)
    for phone in dict.fromkeys(_MOBILE.findall(text)):
        if phone not in proposers:
            yield Found(f"要主动公开，却印着手机号码 {phone}", "写办公电话", matter.body_field, phone)


@RECORD.rule(
    Rule(
        "L274",
        WARNING,
        "抄送的机关",
        "提案的答复抄送政协，建议的答复抄送人大，不抄错。",
        "政协提案工作条例；代表建议处理办法",
        "类别是提案，抄送：市人大常委会选工委 → 市政协提案委",
    )
)
def copies_by_kind(matter: Matter) -> Iterator[Found]:
    """Find copies that go to the other assembly, or not to the own one."""
    copies = matter.letter.copies if matter.letter and matter.answers else ""
    if not copies:
        return
    kind = matter.proposal.kind
    own, other = _ASSEMBLY[kind], _ASSEMBLY[Kind.SUGGESTION if kind is Kind.PROPOSAL else Kind.PROPOSAL]
    if other in copies:
        yield Found(f"{kind}的答复抄送了{other}", f"抄送{own}；确需抄送的停用本规则", "抄送")
    elif own not in copies:
        yield Found(f"抄送里没有{own}", f"加上{own}的办事机构", "抄送")


@RECORD.rule(
    Rule(
        "L275",
        WARNING,
        "抄送会办单位",
        "主办的答复抄送每个会办单位。",
        "各地办理规定：主办单位的答复抄送会办单位",
        "会办单位有市财政局，抄送里没有 → 加上市财政局",
    )
)
def copies_to_units(matter: Matter) -> Iterator[Found]:
    """Find a 会办单位 that gets no copy."""
    if matter.letter is None:
        return
    if absent := [unit for unit in matter.proposal.assisting_units if unit not in matter.letter.copies]:
        yield Found(f"抄送里没有会办单位{'、'.join(absent)}", "加上", "抄送")


@RECORD.rule(
    Rule(
        "L276",
        ERROR,
        "抄送的标点",
        "抄送机关之间用逗号，末尾用句号。",
        "GB/T 9704-2012 7.4.2",
        "抄送：市政协提案委，市政府办公室 → 末尾加“。”",
    )
)
def full_stop_of_copies(matter: Matter) -> Iterator[Found]:
    """Find copies without their full stop."""
    if matter.letter and matter.letter.copies and not matter.letter.copies.endswith("。"):
        yield Found("抄送末尾没有句号", "末尾加“。”", "抄送")


@RECORD.rule(
    Rule(
        "L277",
        ERROR,
        "成文日期和印发日期的写法",
        "用阿拉伯数字，年份写全，月、日不编虚位（不写 08 月）。",
        "GB/T 9704-2012 7.3.5.4、7.4.3",
        "二〇二五年八月二十六日、2025年08月26日 → 2025年8月26日",
    )
)
def form_of_days(matter: Matter) -> Iterator[Found]:
    """Find 成文日期 or 印发日期 in another form than that of the standard."""
    if matter.letter is None:
        return
    days = (("成文日期", matter.letter.date), ("印发日期", matter.letter.printed.removesuffix("印发")))
    for field, day in days:
        if day and "【缺" not in day and not re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", day):
            yield Found(f"{field}“{day}”的写法不对", "写成“2025年8月26日”", field)
