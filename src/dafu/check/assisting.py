"""会办 and 主办: the opinion goes to the lead unit, the lead's letter names those who helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, Matter
from dafu.check.rules import ERROR, WARNING, Found, Rule
from dafu.terms import Role

if TYPE_CHECKING:
    from collections.abc import Iterator


@RECORD.rule(
    Rule(
        "L291",
        ERROR,
        "会办意见的主送",
        "会办意见送主办单位，不直接答复提案人：称谓是主办单位和冒号。",
        "各地办理规定：会办单位把意见送主办单位",
        "会办件写“尊敬的林晓委员：” → 省商务厅：",
    )
)
def opinion_to_lead(matter: Matter) -> Iterator[Found]:
    """Find a 会办 opinion that is not addressed to the lead unit."""
    unit = matter.proposal.lead_unit
    if matter.letter and matter.proposal.role is Role.ASSIST and matter.letter.salutation.rstrip("：:") != unit:
        yield Found(f"会办意见的称谓是“{matter.letter.salutation}”", f"写成“{unit}：”", "称谓")


@RECORD.rule(
    Rule(
        "L292",
        ERROR,
        "会办意见不定办理结果",
        "会办意见不印办理结果，不附征询意见表：定结果、征询意见是主办单位的事。",
        "各地办理规定；已公布的会办意见",
        "会办意见上印着“办理结果：A” → 删去",
    )
)
def opinion_without_grade(matter: Matter) -> Iterator[Found]:
    """Find a grade or a feedback form on a 会办 opinion."""
    if matter.letter is None or matter.proposal.role is not Role.ASSIST:
        return
    if matter.letter.grade:
        yield Found(f"会办意见上印着“{matter.letter.grade}”", "删去办理结果", "办理结果")
    if any("征询意见表" in line for line in matter.letter.attachments):
        yield Found("会办意见附了征询意见表", "删去这个附件", "答复.附件")


@RECORD.rule(
    Rule(
        "L293",
        WARNING,
        "会办意见的标题",
        "会办件的标题写明“会办意见”，不写“答复”。",
        "各地办理规定；已公布的会办意见",
        "对省政协第0215号提案的答复 → 关于省政协第0215号提案会办意见的函",
    )
)
def title_of_opinion(matter: Matter) -> Iterator[Found]:
    """Find a 会办 opinion that calls itself something else."""
    if matter.letter and matter.proposal.role is Role.ASSIST and "会办意见" not in matter.letter.title:
        yield Found("会办件的标题里没有“会办意见”", "写成“……会办意见的函”", "标题")


@RECORD.rule(
    Rule(
        "L294",
        WARNING,
        "写明会办单位的意见",
        "主办的答复要综合会办单位的意见，并在正文里写到每个会办单位。",
        "各地办理规定：主办单位在答复中写明会办单位的意见",
        "会办单位有市财政局，正文一字不提 → 写上“经综合市财政局意见”",
    )
)
def units_named(matter: Matter) -> Iterator[Found]:
    """Find a 会办单位 that the letter never names."""
    text = "".join(matter.paragraphs)
    absent = [unit for unit in matter.proposal.assisting_units if unit not in text]
    if matter.has_body and absent:
        yield Found(f"正文里没有提到会办单位{'、'.join(absent)}", "写明它的意见", matter.body_field)
