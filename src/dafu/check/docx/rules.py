"""The checks of a foreign .docx's layout: each with its code, its rule in Chinese, and the clause it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu.check.docx import body, ending, head, numbering, page
from dafu.check.docx.reporting import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reporting import Fault
    from dafu.errors import Problem


class Rule(NamedTuple):
    """One check: its code, the rule in a sentence, its clause, and what finds the faults in the XML."""

    code: str
    rule: str
    source: str
    find: Callable[[Letter], Iterable[Fault]] | None  # None: only a rendering shows it


RULES = (
    Rule("P301", "用 A4 纸（210×297 毫米），竖放", "GB/T 9704-2012 5.1", page.paper),
    Rule("P302", "上白边（天头）37±1 毫米", "GB/T 9704-2012 5.2.1", page.top_margin),
    Rule("P303", "左白边（订口）28±1 毫米", "GB/T 9704-2012 5.2.1", page.left_margin),
    Rule("P304", "版心 156×225 毫米", "GB/T 9704-2012 5.2.1", page.text_area),
    Rule("P305", "一般每面排 22 行，撑满版心", "GB/T 9704-2012 5.2.3", page.lines_per_page),
    Rule("P306", "一般每行排 28 个字，撑满版心", "GB/T 9704-2012 5.2.3", page.chars_per_line),
    Rule("P307", "文档网格不得打乱行数和字数", "GB/T 9704-2012 5.2.3；实务", page.grid),
    Rule("P308", "正文各段行距相同，用固定值，段前段后为 0", "GB/T 9704-2012 5.2.3；实务", page.uniform_spacing),
    Rule("P309", "正文用 3 号仿宋，西文与汉字同一字体", "GB/T 9704-2012 5.2.2、7.3.3", body.body_type),
    Rule("P310", "正文每段左空二字，回行顶格", "GB/T 9704-2012 7.3.3", body.first_line),
    Rule("P311", "发文机关标志红色、居中，推荐用小标宋；上边缘距版心上边缘 35 毫米", "GB/T 9704-2012 7.2.4", head.mark),
    Rule("P312", "发文字号在发文机关标志下空二行居中，年份用六角括号", "GB/T 9704-2012 7.2.5", head.document_number),
    Rule("P313", "签发人与发文字号同行，居右空一字，姓名用楷体", "GB/T 9704-2012 7.2.6", head.signer),
    Rule("P314", "发文字号之下 4 毫米处有一条与版心等宽的红色分隔线", "GB/T 9704-2012 7.2.7", head.red_line),
    Rule("P315", "标题用 2 号小标宋，红色分隔线下空二行居中，排成梯形或菱形", "GB/T 9704-2012 7.3.1", head.title),
    Rule("P316", "主送机关在标题下空一行顶格，最后用全角冒号", "GB/T 9704-2012 7.3.2", head.salutation),
    Rule("P317", "首页必须显示正文", "GB/T 9704-2012 7.3.3", None),
    Rule("P318", "标题层次依次用“一、”黑体、“（一）”楷体、“1.”“（1）”仿宋", "GB/T 9704-2012 7.3.3", body.headings),
    Rule("P319", "日期用阿拉伯数字标全，不编虚位；印发不早于成文", "GB/T 9704-2012 7.3.5.4、7.4.3", ending.dates),
    Rule("P320", "署名和成文日期的位置", "GB/T 9704-2012 7.3.5.1、7.3.5.2", ending.signature),
    Rule("P321", "署名所在的一面必须有正文", "GB/T 9704-2012 7.3.5.5", None),
    Rule("P322", "版记用 4 号仿宋、黑色分隔线，抄送末尾用句号，有印发机关和日期", "GB/T 9704-2012 7.4", ending.imprint),
    Rule("P323", "版记在最后一面底部，末条分隔线与版心下边缘重合", "GB/T 9704-2012 7.4.1", ending.imprint_place),
    Rule("P324", "页码“— 1 —”用 4 号宋体，单页居右、双页居左各空一字", "GB/T 9704-2012 7.5", numbering.page_numbers),
    Rule("P325", "字体里有每一个字；括号、引号、破折号用全角", "GB 18030；GB/T 15834", body.characters),
)


def findings(letter: Letter) -> Iterator[Problem]:
    """Yield what every check finds in the XML alone, in the order of the checks."""
    for rule in RULES:
        if rule.find is not None:
            yield from problems(rule.code, rule.find(letter))
