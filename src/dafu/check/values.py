"""Values that the letter misses, lines that were joined, doubtful characters, and what the history says otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu import letter
from dafu.check.matter import RECORD, Matter
from dafu.check.rules import ERROR, NOTICE, WARNING, Found, Rule
from dafu.model import Reply, reply_path
from dafu.model.characters import doubtful
from dafu.model.effective import said_by
from dafu.model.keys import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MISSING_CURE = {
    "发文字号": "登记印发，或在答复里填写",
    "印发日期": "登记印发，或在答复里填写",
    "签发人": "登记签发，或在答复里填写",
    "成文日期": "登记签发，或在答复里填写",
}
_WRAPPED = re.compile("“[^“”]*”|‘[^‘’]*’")
_SPOKEN = ("正文", "说明", "意见")  # what somebody said may be a quotation and nothing else


@RECORD.rule(
    Rule(
        "L101",
        ERROR,
        "答复件上还缺的内容",
        "答复件上印成【缺：……】的都要有内容：签发以前是提示，签发以后是错误。",
        "记录格式",
        "已签发，答复件上是【缺：联系人】 → 在记录里填写联系人",
    )
)
def missing_values(matter: Matter) -> Iterator[Found]:
    """Find the values that the letter still prints as 【缺：…】: expected before 签发, errors after it."""
    severity = ERROR if matter.is_signed else NOTICE
    message = "已签发，答复件上却没有这一项" if matter.is_signed else "答复件上还没有这一项"
    for field in matter.composed.missing if matter.composed else ():
        place = f"{reply_path(matter.turn)}.{field}" if field in keys_of(Reply) else field
        yield Found(message, _MISSING_CURE.get(field, "在记录里填写"), place, severity=severity)


@RECORD.rule(
    Rule(
        "L104",
        NOTICE,
        "接上的断行",
        "从 PDF 粘贴的正文，一句话中间断了行，拟稿时会接成一段。",
        "正文的写法（手册）",
        "上一行末尾没有标点 → 该分段的补上标点，不该分段的不用管",
    )
)
def joined_lines(matter: Matter) -> Iterator[Found]:
    """Tell of a body whose lines were joined, since a letter must not change in silence."""
    for turn, reply in enumerate(matter.proposal.replies):
        if reply.body and (count := len(letter.lines(reply.body)) - len(letter.rejoined(reply.body))):
            message = f"有{count}处断行接上了，像是从 PDF 粘贴的"
            cure = "看答复件的分段对不对；不该接的，在上一行末尾补标点"
            yield Found(message, cure, f"{reply_path(turn)}.正文")


@RECORD.rule(
    Rule(
        "L107",
        ERROR,
        "答复同办理过程不一致",
        "签发人、成文日期、发文字号、印发日期在答复里和在签发、印发里都写了的，要一致；不一致时以答复为准。",
        "记录格式",
        "答复写“签发人: 李沐”，签发登记的是周明远 → 核对后改正一处",
    )
)
def differing_values(matter: Matter) -> Iterator[Found]:
    """Find what 签发 and 印发 say otherwise than 答复 itself; 答复 wins, so one of them is wrong."""
    for turn, (reply, events) in enumerate(zip(matter.proposal.replies, matter.proposal.rounds, strict=False)):
        for word, one in keys_of(Reply).items():
            said, written = said_by(events).get(one.attribute), getattr(reply, one.attribute)
            if said and written and said != written:
                message = f"写的是“{written}”，办理过程里登记的是“{said}”"
                yield Found(message, "核对后改正一处", f"{reply_path(turn)}.{word}")


@RECORD.rule(
    Rule(
        "L109",
        WARNING,
        "看不见的字符、自造字和部首",
        "记录里不夹看不见的字符，不用自造字、部首和兼容字：看上去一样，却找不到、对不上，换一台电脑还会变样。",
        "Unicode；GB 18030",
        "提案人的“⾦”是部首 U+2FA6 → 重新打成“金”",
    )
)
def doubtful_characters(matter: Matter) -> Iterator[Found]:
    """Find characters that look like nothing or like others; they are kept as they were written."""
    for path, text in matter.texts:
        for char in doubtful(text):
            yield Found(f"有{char}", "看看是不是从别处粘贴来的，重新打这个字", path)


@RECORD.rule(
    Rule(
        "L110",
        WARNING,
        "中文引号括住的内容",
        "记录里的值不用引号，或者用英文引号；用中文引号括住的，引号也成了内容，会印在答复件上。",
        "记录格式",
        "案号: “143069” → 案号: 143069",
    )
)
def wrapped_values(matter: Matter) -> Iterator[Found]:
    """Find values that stand in Chinese quotation marks, as an input method sets them for those of YAML."""
    for path, text in matter.texts:
        if _WRAPPED.fullmatch(text) and path.rpartition(".")[2] not in _SPOKEN:
            yield Found(f"{text} 用中文引号括住了，引号会照样印出来", "删去引号，或者改成英文引号", path)
