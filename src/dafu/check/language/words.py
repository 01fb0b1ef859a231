"""Words: said twice by a slip, and often mistaken for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.language.text import HANZI, TEXT, Spot, Text, found, matches
from dafu.check.rules import WARNING, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWICE = re.compile(
    "(?<![目打])的的(?!确)|了了(?!解|然|结|断|却|事)|您您|们们|我我|这这|(?<!爷)也也|(?<![首成古故京])都都|已已|但但|很很|被被|是是(?!否|非)"
)
_WORD_TWICE = re.compile(rf"(?=([{HANZI}]{{2,6}}?)\1)")
_ABAB = re.compile(
    "[一逐]|研究|讨论|商量|考虑|了解|学习|调研|试验|比较|锻炼|宣传|休息|收拾|检查|实践|非常|很多|好多|许多|千万|永远|慢慢|渐渐|代表"
)
_GOES_ON = re.compile("[化长制部办局组员性家主]|经理|负责")  # 项目项目长 is a 长 of 项目
# wrong → right; only what is never meant so
CONFUSIONS = {
    "座落": "坐落",
    "帐户": "账户",
    "帐号": "账号",
    "帐单": "账单",
    "台帐": "台账",
    "既使": "即使",
    "做为": "作为",
    "布署": "部署",
    "部份": "部分",
    "防碍": "妨碍",
    "复盖": "覆盖",
    "赋于": "赋予",
    "渡假": "度假",
    "欢渡": "欢度",
    "再接再励": "再接再厉",
    "一如继往": "一如既往",
    "迫不急待": "迫不及待",
    "因地治宜": "因地制宜",
    "按步就班": "按部就班",
    "走头无路": "走投无路",
    "重迭": "重叠",
    "撤消": "撤销",
    "通迅": "通讯",
    "幅射": "辐射",
    "答覆": "答复",
    "回覆": "回复",
    "水份": "水分",
    "身分证": "身份证",
    "粘帖": "粘贴",
    "法制化营商环境": "法治化营商环境",
    "权力义务": "权利义务",
    "反应的问题": "反映的问题",
    "反应问题": "反映问题",
    "急待解决": "亟待解决",
    "必需加强": "必须加强",
    "必需坚持": "必须坚持",
    "松驰": "松弛",
    "侯车": "候车",
    "气侯": "气候",
    "时侯": "时候",
    "材务": "财务",
    "贯策": "贯彻",
    "脱贫至富": "脱贫致富",
    "基础设使": "基础设施",
    "相应号召": "响应号召",
    "截止目前": "截至目前",
    "截止今年": "截至今年",
    "截止去年": "截至去年",
    "截止年底": "截至年底",
}
# what may rightly follow: 做为民服务的事, 全部份额, 既使农民增收又…, 答复盖章, 发布署名文章, 同时侯马市, 交通迅速恢复
_UNLESS = {
    "做为": "民|人",
    "部份": "额|数",
    "水份": "额",
    "既使": "用|得|[^。；]{0,40}又",
    "撤消": "防",
    "复盖": "[章板公]",
    "回覆": "盖",
    "布署": "名",
    "时侯": "马",
    "侯车": "站",
    "通迅": "[速猛捷疾即]",
    "贯策": "略",
    "材务": "[必实]",
}
_DEADLINE = r"(截止(?=(?:到)?\d))"


@TEXT.rule(
    Rule(
        "H401",
        WARNING,
        "字词重复",
        "“的的”“关于关于”之类多半是多打了一遍。常常、刚刚、人人这样的叠词，“研究研究”“一个一个”不算。",
        "现代汉语规范",
        "进行进行调查、我局的的工作 → 进行调查、我局的工作",
    )
)
def said_twice(text: Text) -> Iterator[Found]:
    """Find a word that was typed twice."""
    for n, paragraph in enumerate(text.paragraphs):
        for hit in _TWICE.finditer(paragraph):
            yield found(text, Spot(n, hit.start(), hit.end()), "：重复", "删去一个")
        end = 0
        for hit in _WORD_TWICE.finditer(paragraph):
            word, stop = hit[1], hit.start() + 2 * len(hit[1])
            if hit.start() < end or len(set(word)) == 1 or _ABAB.match(word) or _GOES_ON.match(paragraph, stop):
                continue
            end = stop
            yield found(text, Spot(n, hit.start(), stop), f"：“{word}”重复", "删去一个")


@TEXT.rule(
    Rule(
        "H402",
        WARNING,
        "易错词",
        "常见的错别字和误用词；本单位常错的写在 dafu.yaml 的“检查.易错词”里，错的在前、对的在后。",
        "现代汉语词典；本单位 dafu.yaml 的“检查.易错词”",
        "座落、台帐、法制化营商环境 → 坐落、台账、法治化营商环境",
    )
)
def mistaken(text: Text) -> Iterator[Found]:
    """Find words that are often mistaken for others."""
    known = {**CONFUSIONS, **text.confusions}
    pattern = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    for n, paragraph in enumerate(text.paragraphs):
        for hit in pattern.finditer(paragraph):
            if re.compile(_UNLESS.get(hit[0], "(?!)")).match(paragraph, hit.end()):
                continue
            if not _is_part_of(known[hit[0]], hit[0], paragraph, hit.start()):
                cure = f"多半应当是“{known[hit[0]]}”"
                yield found(text, Spot(n, hit.start(), hit.end()), f"：“{hit[0]}”", cure)


TEXT.rule(
    Rule(
        "H403",
        WARNING,
        "截止同截至",
        "“截至”后面跟时间；“截止”是到期停止，后面不跟时间。",
        "现代汉语词典",
        "截止5月10日 → 截至5月10日",
    )
)(matches(_DEADLINE, "：后面跟着时间", "改成“截至”"))


def _is_part_of(right: str, wrong: str, paragraph: str, at: int) -> bool:
    """Tell whether the *wrong* word stands here only as a part of the *right* one."""
    places = (at - n for n in range(len(right)) if right[n : n + len(wrong)] == wrong)
    return any(place >= 0 and paragraph.startswith(right, place) for place in places)
