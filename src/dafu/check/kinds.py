"""Title and salutation against the record; 委员 and 代表, 提案 and 建议 never mixed; pronouns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, Matter
from dafu.check.numerals import HAN, value_of
from dafu.check.rules import ERROR, WARNING, Found, Rule
from dafu.compose.context import pronoun
from dafu.terms import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER_IN_TITLE = re.compile(r"第\s*([0-9A-Za-z][0-9A-Za-z-]*)\s*号")
_NAMED_AT_MOST = 4  # of five and more only the first is named
_PAIR = 2  # both of whom are named anywhere
_HOW_MANY = re.compile(rf"等\s*(\d+|{HAN})\s*[位名]")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》|‘[^‘’]*’")
_TO_ALL = "(?:感谢|希望|欢迎|请|祝)[^，。；]{0,6}各位"
# words that only the other kind of paper uses; the first list is certain, the second may be meant so
_CERTAIN = {
    Kind.PROPOSAL: ("尊敬的[^，。：]{1,20}代表", f"{_TO_ALL}代表", "感谢代表", "建议收悉"),
    Kind.SUGGESTION: ("尊敬的[^，。：]{1,20}委员(?!会)", f"{_TO_ALL}委员(?!会)", "感谢委员(?!会)", "提案收悉"),
}
_DOUBTFUL = {
    Kind.PROPOSAL: ("(?<!、)人大代表(?!、)", "人大建议", "(?<![业商户众工家民方])代表建议", "议案"),
    Kind.SUGGESTION: ("(?<!、)政协委员(?!、|会)", "提案", "议案"),
}
_OF_DEPUTIES, _OF_MEMBERS = "(?:人大代表|人大|代表)(?:议案|意见|建议)*", "(?:政协委员|政协|委员)(?:意见|提案|建议)*"
_AND = "[、和与及或]?[全各国省市县区级]{0,4}"
_BOTH = re.compile(  # where both kinds are named in one breath, neither is mistaken for the other
    f"{_OF_DEPUTIES}{_AND}{_OF_MEMBERS}|{_OF_MEMBERS}{_AND}{_OF_DEPUTIES}|(?:建议|议案)[、和与及]?提案|提案[、和与及](?:建议|议案)"
)
_ADDRESSES = re.compile("您们|您|你们|(?<!迷)你")
_IDIOMS = re.compile("你追我赶|你来我往|你中有我|我中有你|你我|你争我抢")


@RECORD.rule(
    Rule(
        "L211",
        ERROR,
        "标题里的案号",
        "标题写明“第×号”，同记录的案号一字不差（前面的零照写）。没有写案号是警告，写成别的号是错误。",
        "各地办理规定；见领域资料中的标题样式",
        "案号 143069，标题写成“第143096号提案” → “第143069号提案”",
    )
)
def number_in_title(matter: Matter) -> Iterator[Found]:
    """Find a title that bears no number, or another one."""
    if matter.letter is None:
        return
    said = _NUMBER_IN_TITLE.findall(matter.letter.title)
    number = matter.proposal.number
    if not said and number not in matter.letter.title:
        yield Found("标题里没有案号", f"写上“第{number}号”", "标题", severity=WARNING)
    elif said and number not in said:
        yield Found(f"标题里是“第{said[0]}号”，案号是 {number}", "核对后改正一处", "标题")


@RECORD.rule(
    Rule(
        "L221",
        WARNING,
        "正文里的案号",
        "正文里引述来件的“第×号提案”“第×号建议”，同记录的案号一致；引的是另一件的不用改。",
        "各地办理规定",
        "案号 143069，正文写“第143096号提案收悉” → 第143069号提案",
    )
)
def number_in_body(matter: Matter) -> Iterator[Found]:
    """Find a paper of another number cited in the body."""
    known = {matter.proposal.number, *matter.proposal.merged, *(one.number for one in matter.merged)}
    number = _NUMBER_IN_TITLE.pattern
    cited = re.compile(rf"{number}{matter.proposal.kind}|(?<=[（(]){number}(?=[）)])")  # no （国务院令第722号）
    for sentence in matter.sentences:
        for hit in cited.finditer(sentence):
            if (said := hit[1] or hit[2]) not in known:
                message = f"正文里是“第{said}号”，案号是 {matter.proposal.number}"
                yield Found(message, "核对案号", matter.body_field, hit[0])


@RECORD.rule(
    Rule(
        "L212",
        WARNING,
        "标题里的届次",
        "标题里有会议名称，同记录的届次一致。",
        "各地办理规定",
        "届次“市政协十四届三次会议”，标题写成“市政协十四届二次会议” → 改正一处",
    )
)
def session_in_title(matter: Matter) -> Iterator[Found]:
    """Find a title without 届次."""
    if matter.letter and _bare(matter.proposal.session) not in _bare(matter.letter.title):
        yield Found(f"标题里没有“{matter.proposal.session}”", "写上届次，或核对记录里的届次", "标题")


@RECORD.rule(
    Rule(
        "L213",
        ERROR,
        "标题里的类别",
        "对提案的答复，标题称“提案”；对人大代表建议的答复，称“建议”；都不称“议案”。",
        "政协提案工作条例；代表建议处理办法",
        "类别是提案，标题写成“第143069号建议的答复” → “第143069号提案的答复”",
    )
)
def kind_in_title(matter: Matter) -> Iterator[Found]:
    """Find a title that calls the paper otherwise than its kind."""
    if matter.letter is None:
        return
    kind, title = matter.proposal.kind, _QUOTED.sub("", matter.letter.title)
    wrong = [word for word in ("提案", "建议", "议案") if word in title and word != str(kind)]
    if str(kind) not in title:
        weight = ERROR if wrong else WARNING
        message = f"标题里称“{wrong[0]}”，这一件是{kind}" if wrong else f"标题里没有“{kind}”"
        yield Found(message, f"改称“{kind}”", "标题", severity=weight)
    elif "议案" in wrong:
        yield Found("标题里既称“议案”", f"只称“{kind}”", "标题")


@RECORD.rule(
    Rule(
        "L214",
        ERROR,
        "称谓的标点",
        "称谓（主送）顶格，末尾用全角冒号。",
        "GB/T 9704-2012 7.3.2",
        "尊敬的林晓委员: → 尊敬的林晓委员：",
    )
)
def colon_of_salutation(matter: Matter) -> Iterator[Found]:
    """Find a salutation without its colon."""
    if matter.letter and matter.letter.salutation and not matter.letter.salutation.endswith("："):
        yield Found(f"“{matter.letter.salutation}”末尾不是全角冒号", "末尾用“：”", "称谓")


@RECORD.rule(
    Rule(
        "L215",
        ERROR,
        "称谓同提案人",
        "提案人不超过四位的，称谓里一一列出；五位以上的（有的地方三位以上），列第一位，写“等N位”，N同记录一致；团体称全名。",
        "各地办理规定：联名的逐人答复",
        "提案人五位，称谓写成“林晓等4位委员：” → “林晓等5位委员：”",
    )
)
def names_in_salutation(matter: Matter) -> Iterator[Found]:
    """Find a salutation that leaves out a proposer or counts them wrongly."""
    if matter.letter is None or not matter.answers:
        return
    salutation, proposers = matter.letter.salutation, matter.proposal.proposers
    persons = [one.name for one in proposers if not one.body]
    wanted = [one.name for one in proposers if one.body]
    counted = _HOW_MANY.search(salutation)
    is_short = len(persons) > _NAMED_AT_MOST or (counted and len(persons) > _PAIR)
    wanted += persons[:1] if is_short else persons
    if absent := [name for name in wanted if name not in salutation]:
        yield Found(f"称谓里没有{'、'.join(absent)}", "照提案人写全", "称谓")
    if counted and value_of(counted[1]) != len(persons):
        yield Found(f"称谓里写{counted[0]}，提案人是{len(persons)}位", "核对人数", "称谓")


@RECORD.rule(
    Rule(
        "L216",
        ERROR,
        "列全了姓名又写“等”",
        "提案人的姓名已经全部列出的，后面不写“等”。",
        "已公布答复件中的常见差错",
        "马青、周丽等委员：（只有两位） → 马青、周丽委员：",
    )
)
def needless_et_alii(matter: Matter) -> Iterator[Found]:
    """Find 等 behind the names of all proposers."""
    if matter.letter is None or not matter.answers:
        return
    head, sign, _ = matter.letter.salutation.partition("等")
    if sign and all(one.name in head for one in matter.proposal.proposers):
        yield Found("提案人已经全部列出，后面还有“等”", "删去“等”", "称谓")


@RECORD.rule(
    Rule(
        "L217",
        ERROR,
        "称谓里的身份",
        "提案由政协委员提出，称“委员”；建议由人大代表提出，称“代表”。",
        "政协提案工作条例；代表建议处理办法",
        "类别是提案，称谓写成“林晓代表：” → “林晓委员：”",
    )
)
def title_of_person(matter: Matter) -> Iterator[Found]:
    """Find a salutation with the title of the other kind, or with none."""
    if matter.letter is None or not matter.answers:
        return
    salutation, own = matter.letter.salutation, matter.proposal.kind.title_of_person
    for one in matter.proposal.proposers:
        salutation = salutation.replace(one.body or "\n", "")
    other = "代表" if own == "委员" else "委员"
    if other in salutation.replace("委员会", ""):
        yield Found(f"称谓里称“{other}”，这一件是{matter.proposal.kind}", f"改称“{own}”", "称谓")
    elif own not in salutation and any(not one.body for one in matter.proposal.proposers):
        yield Found(f"称谓里没有“{own}”", f"姓名后面写上“{own}”", "称谓", severity=WARNING)


@RECORD.rule(
    Rule(
        "L218",
        ERROR,
        "正文里的身份和文种",
        "给委员的信里不称“代表”、不说“建议收悉”，给代表的信里不称“委员”、不说“提案”；“议案”两者都不是。"
        "称呼对方、引述来件的话用错是错误；正文里单单出现这些词的是警告。",
        "政协提案工作条例；代表建议处理办法",
        "给代表的信结尾写“感谢各位委员的关心” → “感谢各位代表的关心”",
    )
)
def words_of_kind(matter: Matter) -> Iterator[Found]:
    """Find words of the other kind of paper in the body."""
    kind, found = matter.proposal.kind, set[str]()
    persons = (re.escape(one.person) for one in matter.proposal.proposers if one.person)
    named = [f"{person}{_other_title(kind)}(?!会|[^，。]{{0,12}}(?:发言|参加|出席|致辞))" for person in persons]
    for patterns, weight in (((*_CERTAIN[kind], *named), ERROR), (_DOUBTFUL[kind], WARNING)):
        for sentence in matter.sentences if patterns and not found else ():
            if hit := re.search("|".join(patterns), _BOTH.sub("", _QUOTED.sub("", sentence))):
                found.add(hit[0])
                cure = f"这一件是{kind}，称“{kind.title_of_person}”“{kind}”；确是另指的不用改"
                yield Found(f"正文里有“{hit[0]}”", cure, matter.body_field, hit[0], weight)


def _other_title(kind: Kind) -> str:
    return "代表" if kind is Kind.PROPOSAL else "委员"


@RECORD.rule(
    Rule(
        "L219",
        WARNING,
        "代词",
        "一位称“您”，几位称“你们”，团体称“贵委”“贵单位”；“您们”不规范，同一封信里不混用。",
        "现代汉语规范；已公布答复件中的常见差错",
        "两位委员联名，正文写“您提出的问题” → “你们提出的问题”",
    )
)
def pronouns(matter: Matter) -> Iterator[Found]:
    """Find a pronoun that does not fit the number of those addressed."""
    if matter.letter is None:
        return
    wanted = "" if matter.proposal.role is Role.ASSIST else pronoun(matter.proposal.proposers)
    seen = set[str]()
    for sentence in matter.sentences:
        for hit in _ADDRESSES.finditer(_IDIOMS.sub("", _QUOTED.sub("", sentence))):
            if hit[0] != wanted and hit[0] not in seen:
                seen.add(hit[0])
                yield Found(_unfitting(hit[0], wanted), _cure(wanted), matter.body_field, hit[0])


def _unfitting(word: str, wanted: str) -> str:
    return f"正文里称“{word}”" + (f"，应当称“{wanted}”" if wanted else "，会办意见是送主办单位的")


def _cure(wanted: str) -> str:
    return f"统一称“{wanted}”" if wanted else "称“贵单位”，提案人称姓名"


def _bare(text: str) -> str:
    return "".join(text.split())
