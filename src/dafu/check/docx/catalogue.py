"""What the checks of a foreign .docx's layout want: the words of `check --explain`, by code.

P3 and the number of the check. Severity follows the word of the standard: what it lays down is 错误, what holds in
general or is recommended 警告, mere practice 提示; one breach may weigh less than its rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.check.rules import ERROR, NOTICE, WARNING, Rule

if TYPE_CHECKING:
    from dafu.errors import Severity

_OWN = "本工具"


def _rule(code: str, severity: Severity, title: str, text: str, source: str, example: str) -> Rule:
    return Rule(code, severity, title, text, source if source == _OWN else f"GB/T 9704-2012 {source}", example)


_RULES = (
    _rule("P300", NOTICE, "没有排版测量", "装有 LibreOffice 时，另按排出的页面测量。", _OWN, "没有安装 → 装上再校核"),
    _rule("P301", ERROR, "纸张", "用 A4 纸（210×297 毫米），竖放。", "5.1", "纸张 215.9×279.4 毫米（信纸） → A4"),
    _rule(
        "P302",
        ERROR,
        "天头",
        "上白边 37±1 毫米；按墨迹量版心的，上边距和行距一并改小。",
        "5.2.1",
        "上白边 25.4 毫米 → 37 毫米",
    ),
    _rule("P303", ERROR, "订口", "左白边连装订线 28±1 毫米。", "5.2.1", "左白边 31.8 毫米 → 28 毫米"),
    _rule(
        "P304", ERROR, "版心", "版心宽 156 毫米、高 225 毫米，不含页码。", "5.2.1", "版心宽 152.4 毫米 → 右白边 26 毫米"
    ),
    _rule("P305", WARNING, "行数", "一般每面排 22 行，撑满版心。", "5.2.3", "行距 30 磅，每面 21 行 → 28.95 磅"),
    _rule("P306", WARNING, "字数", "一般每行排 28 个字，撑满版心。", "5.2.3", "字距 16 磅，每行 27 字 → 紧缩 0.25 磅"),
    _rule("P307", WARNING, "文档网格", "文档网格不打乱行数和字数。", "5.2.3", "指定行和字符网格 → 只指定行"),
    _rule("P308", WARNING, "行距", "正文各段用同一固定行距，段前、段后为 0。", "5.2.3", "1.5 倍行距 → 固定值 28.95 磅"),
    _rule(
        "P309",
        ERROR,
        "正文字体字号",
        "正文用 3 号仿宋，西文与汉字同一字体。",
        "5.2.2、7.3.3",
        "字号 14 磅（四号） → 16 磅（三号）",
    ),
    _rule(
        "P310", ERROR, "首行缩进", "每个自然段左空二字，回行顶格，不用空格凑。", "7.3.3", "段首两个空格 → 首行缩进 2 字"
    ),
    _rule(
        "P311",
        ERROR,
        "发文机关标志",
        "红色居中，推荐小标宋，上边缘距版心上边缘 35 毫米；信函距页边 30 毫米。",
        "7.2.4、10.1",
        "居左 → 居中",
    ),
    _rule(
        "P312",
        ERROR,
        "发文字号",
        "代字、六角括号括的年份、序号，在标志下空二行居中。",
        "7.2.5",
        "东商[2025]07号 → 东商〔2025〕7号",
    ),
    _rule(
        "P313",
        ERROR,
        "签发人",
        "与发文字号同行，居右空一字；标签仿宋，姓名楷体，姓名间空一字。",
        "7.2.6",
        "姓名用仿宋 → 楷体",
    ),
    _rule("P314", ERROR, "红色分隔线", "在版头末行之下 4 毫米，红色，与版心等宽。", "7.2.7", "相距 1.7 毫米 → 4 毫米"),
    _rule(
        "P315",
        ERROR,
        "标题",
        "2 号小标宋，红线下空二行居中，回行排成梯形或菱形。",
        "7.3.1",
        "标题 18 磅 → 22 磅（二号）",
    ),
    _rule("P316", ERROR, "主送机关", "标题下空一行，顶格，末尾用全角冒号。", "7.3.2", "左空 2 字 → 顶格"),
    _rule("P317", ERROR, "首页有正文", "公文首页必须显示正文。", "7.3.3", "主送机关占满首页 → 移到版记"),
    _rule(
        "P318",
        ERROR,
        "层次",
        "依次用“一、”黑体、“（一）”楷体、“1.”“（1）”仿宋，序号连续。",
        "7.3.3",
        "“一、”之后是“三、” → “二、”",
    ),
    _rule(
        "P319",
        ERROR,
        "日期",
        "用阿拉伯数字，年份全称，月日不编虚位；印发不早于成文。",
        "7.3.5.4、7.4.3",
        "二〇二五年8月06日 → 2025年8月6日",
    ),
    _rule(
        "P320",
        WARNING,
        "署名和日期的位置",
        "盖章的，日期右空四字，署名居中于日期；不盖章的，署名右空二字，日期首字右移二字。",
        "7.3.5",
        "日期右空 0 字 → 4 字",
    ),
    _rule("P321", ERROR, "署名不单独成面", "署名所在的一面有正文。", "7.3.5.5", "末面只有署名 → 调整行距或字距"),
    _rule(
        "P322",
        ERROR,
        "版记",
        "4 号仿宋，黑色分隔线，抄送末尾用句号，有印发机关和印发日期；信函没有线和印发。",
        "7.4、10.1",
        "抄送末尾没有句号 → 补上",
    ),
    _rule(
        "P323", ERROR, "版记的位置", "在最后一面，末条分隔线与版心下边缘重合。", "7.4.1", "版记在正文下面 → 沉到页底"
    ),
    _rule(
        "P324",
        ERROR,
        "页码",
        "“— 1 —”用 4 号宋体，单页居右、双页居左各空一字，一字线在版心下 7 毫米。",
        "7.5",
        "居中 → 单右双左",
    ),
    _rule(
        "P325",
        WARNING,
        "字符",
        "字体里有每一个字；括号、引号、省略号、破折号用全角。",
        "7.2.5；GB/T 15834",
        "镠 用仿宋_GB2312 → 仿宋",
    ),
)
RULES = {rule.code: rule for rule in _RULES}
