"""Words said twice and blanks left over from a model text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, Matter
from dafu.check.rules import ERROR, WARNING, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Texts = Iterable[tuple[str, str]]  # each with the field that it stands in

_LONGEST = 30  # characters that are quoted
_QUOTED = "[^”》〉]{0,80}"
_DOUBLED = re.compile(  # 关于《关于……的意见》的起草说明 is a title like any other
    f"关于(?:关于|[“《〈]关于(?={_QUOTED}(?:提案|建议|议案)[”》〉])|[“《〈]关于(?!{_QUOTED}[”》〉]的(?!提案|建议|议案|答复|问题)))"
    "|的(提案|建议|议案|答复)[”》〉]?的\\1(?![办者人])|(提案|议案|答复)[”》〉]?\\2(?![办者人工]|委)"
    "|号(?:（[^）]{0,20}）)?号(?=提案|建议)"
)
_CERTAIN = re.compile(
    "(?:代表|委员?|[您你贵]|同志|先生|女士)[（(](?:们|团|会)[)）]|×{2,}|＿{2,}|_{2,}|第\\s+号|第号|第○+号|〔\\s*〕|届人大次会议|(?<![历各本每])届次会议|届政协次会议"
    "|(?:^|[^0-9〇○零一二三四五六七八九十])年\\s+月\\s*日|\\{\\{|\\}\\}|\\{%"
)
_DOUBTFUL = re.compile(
    "某某|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|○{2,}|（略）"
    "|(?<![亟有尚])待补充?(?=[，。；、）)】]|$)|此处(?:填写|插入|添加)|TODO"
)
_UNPAIRED = re.compile(r"(?<![\d*])\*\*(?![\d*])")  # 2**3 and 139****5678 are meant so


DOUBLED = Rule(
    "L231",
    ERROR,
    "词语重叠",
    "案由本身有“关于”“的提案”“的建议”的，引述时不再重复；案号末尾不写“号”，标题里已经有了。",
    "已公布答复件中的常见差错",
    "您提出的关于“关于规范停车的提案”的提案收悉 → 您提出的“关于规范停车的提案”收悉",
)
LEFT_OVER = Rule(
    "L232",
    ERROR,
    "范文的残留",
    "（们）（团）、××、＿＿、“第 号”、空的年月日等，是套用范文时没有填的地方；“某某”“XX”“待补”和没有成对的 ** 是警告。",
    "已公布答复件中的常见差错",
    "尊敬的林晓代表（团）： → 尊敬的林晓代表：",
)


def breaches(texts: Texts) -> Iterator[tuple[Rule, Found]]:
    """Yield what both rules find in *texts*, of a letter or of any other document."""
    for text in texts:
        yield from ((DOUBLED, found) for found in _doubled(*text))
        yield from ((LEFT_OVER, found) for found in _left_over(*text))


@RECORD.rule(DOUBLED)
def doubled(matter: Matter) -> Iterator[Found]:
    """Find 关于关于, 的提案的提案 and 号号."""
    return (found for text in _texts(matter) for found in _doubled(*text))


@RECORD.rule(LEFT_OVER)
def leftovers(matter: Matter) -> Iterator[Found]:
    """Find the blanks of a model text that nobody filled, and a mark of bold type that stays in the print."""
    for field, text in _texts(matter):
        yield from _left_over(field, text)
        if hit := _UNPAIRED.search(text):
            yield Found("“**”会照样印出来", "加粗的记号成对写，紧挨着要加粗的字；不要就删去", field, hit[0], WARNING)


def _doubled(field: str, text: str) -> Iterator[Found]:
    for hit in _DOUBLED.finditer(text):
        yield Found(f"“{hit[0]}”重叠", "删去一个", field, hit[0])


def _left_over(field: str, text: str) -> Iterator[Found]:
    for pattern, weight in ((_CERTAIN, ERROR), (_DOUBTFUL, WARNING)):
        if hit := pattern.search(text):
            yield Found(f"“{hit[0][:_LONGEST]}”像是没有填完", "填上，或删去", field, hit[0], weight)


def _texts(matter: Matter) -> Iterator[tuple[str, str]]:
    """Yield each text of the letter with the field that it stands in."""
    if letter := matter.letter:
        yield from (("标题", letter.title), ("称谓", letter.salutation), ("抄送", letter.copies))
        yield from (("附件", line) for line in letter.attachments)
        yield from ((matter.body_field, paragraph) for paragraph in matter.paragraphs)
