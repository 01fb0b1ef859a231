"""Punctuation: full width, in pairs, rightly nested, not doubled (GB/T 15834-2011)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.language.headings import heading_of
from dafu.check.language.text import HANZI, TEXT, Spot, Text, found, matches
from dafu.check.rules import ERROR, NOTICE, WARNING, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_H = f"[{HANZI}]"
_PAIRS = {"（": "）", "《": "》", "〈": "〉", "“": "”", "‘": "’", "【": "】", "〔": "〕"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_PARTNERLESS = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])）|[A-Za-z]’")  # `1）` of a list, Levi’s
_FULL = dict(zip(",;:!?", "，；：！？", strict=True))
_GOING_ON = ("，", "、")
_LONGEST_PHRASE = 20  # a longer line with a comma is prose, no caption
_LABEL = re.compile("[^，。：]{2,6}：")  # 联系人：, 抄送：
_STOPS = "，。；：、！？"
_INNER = {"〈": "《", "‘": "“"}


@TEXT.rule(
    Rule(
        "H201",
        WARNING,
        "标点用全角",
        "汉字中间的逗号、分号、冒号、问号、叹号、句号用全角。数字、西文里面的不变。",
        "GB/T 15834-2011 5.1",
        "认真办理,逐条答复. → 认真办理，逐条答复。",
    )
)
def full_width(text: Text) -> Iterator[Found]:
    """Find half-width stops beside Hanzi."""
    pattern = re.compile(rf"(?<=[{HANZI}”’》）])[,;:!?]|[,;!?](?={_H})|(?<=[{HANZI}”》）])\.(?=[{HANZI}“《（]|$)")
    for n, paragraph in enumerate(text.paragraphs):
        for hit in pattern.finditer(paragraph):
            full = _FULL.get(hit[0], "。")
            yield found(text, Spot(n, hit.start(), hit.end()), "：标点是半角的", f"改成“{full}”")


TEXT.rule(
    Rule(
        "H202",
        WARNING,
        "括号、引号用全角",
        "括着汉字的圆括号、引号用全角；引号用“”，不用直引号。",
        "GB/T 15834-2011 5.1",
        '市商务局(简称"我局") → 市商务局（简称“我局”）',
    )
)(
    matches(
        rf"(\([^()]{{0,80}}{_H}[^()]{{0,80}}\)|\"[^\"]{{0,80}}{_H}[^\"]{{0,80}}\"|'[^']{{0,80}}{_H}[^']{{0,80}}')",
        "：括号、引号是半角的",
        "改成全角的（）“”",
    )
)


@TEXT.rule(
    Rule(
        "H203",
        WARNING,
        "括号、引号、书名号成对",
        "（）《》“”‘’〔〕【】都成对，先开后关，不交叉。一段引文分几段的，各段开头可以只有上引号。",
        "GB/T 15834-2011 4.8、4.9、4.15",
        "《公平竞争审查条例实施 → 《公平竞争审查条例》实施",
    )
)
def in_pairs(text: Text) -> Iterator[Found]:
    """Find brackets and quotation marks without a partner, or crossing each other."""
    for n, paragraph in enumerate(text.paragraphs):
        listed = {hit.end() - 1 for hit in _PARTNERLESS.finditer(paragraph)}
        open_ones: list[tuple[str, int]] = []
        for at, char in enumerate(paragraph):
            if char in _PAIRS:
                open_ones.append((char, at))
            elif char in _CLOSERS:
                if open_ones and open_ones[-1][0] == _CLOSERS[char]:
                    open_ones.pop()
                elif at not in listed:
                    yield found(text, Spot(n, at, at + 1), f"：“{char}”没有同它成对的", "补上另一半，或删去")
                    open_ones.clear()
        for char, at in open_ones:
            if not (at == 0 and char in "“‘"):
                yield found(text, Spot(n, at, at + 1), f"：“{char}”没有同它成对的", "补上另一半，或删去")


@TEXT.rule(
    Rule(
        "H204",
        WARNING,
        "引号、书名号的套用",
        "引号里面再用引号，外面用“”，里面用‘’；书名号里面再用书名号，外面用《》，里面用〈〉。",
        "GB/T 15834-2011 4.8.3.5、4.15.3.6",
        "《关于印发《办法》的通知》 → 《关于印发〈办法〉的通知》",
    )
)
def nesting(text: Text) -> Iterator[Found]:
    """Find a mark inside its own kind, and an inner mark without an outer one."""
    for n, paragraph in enumerate(text.paragraphs):
        open_ones: list[str] = []
        for at, char in enumerate(paragraph):
            if char in "《“":
                if char in open_ones:
                    inner = "〈〉" if char == "《" else "‘’"
                    yield found(text, Spot(n, at, at + 1), f"：“{char}”里面又用“{char}”", f"里面的用“{inner}”")
                open_ones.append(char)
            elif char in _INNER and _INNER[char] not in open_ones:
                outer = "《》" if char == "〈" else "“”"
                yield found(text, Spot(n, at, at + 1), f"：“{char}”用在了外面", f"外面的用“{outer}”")
            elif char in "》”" and _CLOSERS[char] in open_ones:
                open_ones.remove(_CLOSERS[char])


TEXT.rule(
    Rule(
        "H205",
        ERROR,
        "标点重复",
        "两个句读不连用（？！除外）；引文已有句号的，引号外面不再加句号。",
        "GB/T 15834-2011",
        "认真办理。。 → 认真办理。",
    )
)(
    matches(
        rf"([{_STOPS}](?:(?<=？)[，。；：、]|(?<=！)[，。；：、]|(?<![！？])[{_STOPS}])+|。[”》]。)",
        "：标点重复",
        "只留一个",
    )
)

TEXT.rule(
    Rule(
        "H206",
        NOTICE,
        "并列的引号、书名号之间",
        "并列的引号之间、书名号之间，没有别的成分的，不用顿号。",
        "GB/T 15834-2011 4.5.3.5",
        "《条例》、《办法》 → 《条例》《办法》",
    )
)(matches("((?<=》)、(?=《)|(?<=”)、(?=“))", "：中间不用顿号", "删去顿号"))

TEXT.rule(
    Rule(
        "H207",
        WARNING,
        "省略号、破折号",
        "省略号是六个点“……”，破折号占两个字“——”。",
        "GB/T 15834-2011 4.10、4.11",
        "学校、医院...等 → 学校、医院等；目的--方便群众 → 目的——方便群众",
    )
)(
    matches(
        rf"((?<=[{HANZI}，、])\.{{2,}}|(?<!…)…(?!…)|(?<=[{HANZI}”》）])-{{2,}}|·{{3,}})",
        "：不是规范的省略号、破折号",
        "省略号用“……”，破折号用“——”",
    )
)

TEXT.rule(
    Rule(
        "H208",
        NOTICE,
        "汉字中间的空格",
        "句子里的汉字之间不留空格；要空开的用标点。",
        "GB/T 15834-2011 5.1",
        "我局 高度重视 → 我局高度重视",
    )
)(matches(rf"(?:(?<={_H})([ \u3000]+)(?={_H}[^：]{{0,200}}。))", "：汉字中间有空格", "删去空格"))

TEXT.rule(
    Rule(
        "H209",
        WARNING,
        "全角的数字和字母",
        "阿拉伯数字、西文字母用半角。",
        "GB/T 15835-2011 5.1",
        "２０２５年 → 2025年",
    )
)(matches("([０-９Ａ-Ｚａ-ｚ]+)", "：数字、字母是全角的", "改成半角"))


@TEXT.rule(
    Rule(
        "H210",
        WARNING,
        "段末的标点",
        "成段的文字末尾有句号、问号、叹号、冒号或者分号，没有的多半是缺了半句；标题和列举的短语不在内。",
        "GB/T 15834-2011 4.1",
        "……将于9月底前建成并投入 → 补全这一句",
    )
)
def closed_paragraphs(text: Text) -> Iterator[Found]:
    """Find a paragraph that breaks off."""
    for n, paragraph in enumerate(text.paragraphs):
        bare = paragraph.rstrip()
        broken = bare.endswith(_GOING_ON) or (_is_prose(bare) and bare[-1] not in "。？！：；…”）》】’.)")
        if broken and not heading_of(bare)[0]:
            yield found(text, Spot(n, len(bare) - 1, len(bare)), "：这一段没有完", "补全，或补上句号")


def _is_prose(paragraph: str) -> bool:
    if _LABEL.match(paragraph):
        return False
    return bool(re.search("。[^”）》]", paragraph)) or (len(paragraph) > _LONGEST_PHRASE and "，" in paragraph)
