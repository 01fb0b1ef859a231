"""Letters to be proofread: one whole record, changed in one place, and which rules then speak."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dafu.check import book, language
from dafu.check.matter import Matter
from dafu.compose import Composer
from dafu.desk.draft import compose
from dafu.desk.papers import letter_of
from dafu.model import read_proposal
from dafu.terms import Role
from dafu.workdays import Calendar
from records import office_of, root_of

if TYPE_CHECKING:
    from dafu.check import Found
    from dafu.model import Proposal

TODAY = date(2025, 12, 1)
OFFICE = """\
单位: {全称: 东河市商务局, 简称: 市商务局, 自称: 我局, 印发机关: 东河市商务局办公室}
抄送: {提案: [市政协提案委], 建议: [市人大代表工委]}
联系: {联系单位: 市商务局办公室, 联系电话: "60010023"}
发文字号: {答复: 东商, 会办意见: 东商函}
编号规则: 届次序号
"""
WHOLE = """\
案号: 143069
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
建议事项: [增设夜市公厕, 延长公交末班车]
答复:
  办理结果: A
  公开: 主动公开
  正文: |
    我局研究后逐项作了办理。
    一、关于增设夜市公厕
    已经建成公厕6座。
    二、关于延长公交末班车
    公交末班车延长到23时。
  联系人: [麻东]
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-03-06, 环节: 签收}
  - {日期: 2025-03-10, 环节: 分办, 科室: 流通科, 经办人: 麻东, 分管领导: 贺明}
  - {日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-08-20, 环节: 拟稿}
  - {日期: 2025-08-22, 环节: 审核, 经手人: 郑守}
  - {日期: 2025-08-25, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
  - {日期: 2025-08-27, 环节: 送达, 对象: 林晓}
"""
BODY = "一、关于增设夜市公厕\n    已经建成公厕6座。\n    二、关于延长公交末班车\n    公交末班车延长到23时。"
OF_TWO = {"[林晓]": "[林晓, 程舟]", "对象: 林晓": "对象: 林晓、程舟"}
OF_BODY = {"提案人: [林晓]": "提案人: [{团体: 民建东河市委员会, 联系人: 白行}]", "对象: 林晓": "对象: 民建东河市委员会"}
SUGGESTION = {"案号: 143069": "案号: 31\n类别: 建议", "市政协十四届三次会议": "市十五届人大四次会议"}
ASSISTING = {
    "案由:": "角色: 会办\n主办单位: 省商务厅\n层级: 省\n案由:",
    "  办理结果: A\n": "",
    "东商〔": "东商函〔",
    "送达, 对象: 林晓": "送达, 对象: 省商务厅",
}
LEADING = {
    "案由:": "角色: 主办\n会办单位: [市财政局]\n案由:",
    "  - {日期: 2025-08-20": (
        "  - {日期: 2025-06-01, 环节: 征求会办, 单位: 市财政局, 期限: 2025-06-20}\n"
        "  - {日期: 2025-06-18, 环节: 会办意见, 单位: 市财政局}\n  - {日期: 2025-08-20"
    ),
}


def proposal_from(changes: dict[str, str], office: str = OFFICE, record: str = WHOLE) -> Proposal:
    """Read the whole record with *changes*, each of which must find its place."""
    for old, new in changes.items():
        assert old in record, old
        record = record.replace(old, new)
    proposal, problems = read_proposal(root_of(record), office_of(office))
    assert proposal is not None, problems
    return proposal


def matter_from(changes: dict[str, str], *, office: str = OFFICE, **elements: Any) -> Matter:
    """Return the changed record with its letter, whose *elements* are as given."""
    proposal = proposal_from(changes, office)
    own = office_of(office)
    if proposal.role is Role.READ:
        return Matter(proposal, own, Calendar(), TODAY)
    composed = compose(Composer(own, Path("nowhere")), proposal, str(letter_of(proposal)))
    return Matter(proposal, own, Calendar(), TODAY, composed._replace(letter=composed.letter._replace(**elements)))


def spoken(matter: Matter) -> dict[str, list[Found]]:
    """Return what the rules say of the record, by code."""
    said: dict[str, list[Found]] = {}
    for rule, found in book.breaches(matter):
        said.setdefault(rule.code, []).append(found)
    return said


def codes_in(*paragraphs: str, **confusions: str) -> set[str]:
    """Return the codes of the rules of language that speak about *paragraphs*."""
    return {problem.code for problem in language.findings(paragraphs, confusions)}
