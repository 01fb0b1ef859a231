"""The numbering of headings: 一、（一）1.（1） in order, without gaps, with their own marks (GB/T 9704-2012 7.3.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu.check.language.text import TEXT, Spot, Text, found
from dafu.check.numerals import value_of
from dafu.check.rules import ERROR, NOTICE, WARNING, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"({_HAN})、(?!{_HAN}[、产级期线类月季号])"),  # 二、三产业 is none
    re.compile(rf"[（(]({_HAN})[）)]"),
    re.compile(r"(\d{1,2})[.．](?!\d)"),
    re.compile(r"[（(](\d{1,2})[）)]"),
)
_SHAPES = ("一、", "（一）", "1.", "（1）")
_MARKS = (
    (re.compile(rf"{_HAN}[.．，,：]"), "一级序号后面用顿号", "写成“一、”"),
    (re.compile(rf"[（(]{_HAN}[）)][、.．，,]"), "带括号的序号后面不加标点", "写成“（一）”"),
    (re.compile(rf"\({_HAN}\)|\(\d{{1,2}}\)"), "序号用了半角括号", "用全角“（）”"),
    (re.compile(r"[（(]\d{1,2}[）)][、.．，,]"), "带括号的序号后面不加标点", "写成“（1）”"),
    (re.compile(r"\d{1,2}、(?!\d)"), "阿拉伯数字的序号后面用了顿号", "写成“1.”"),
)
_TWO_LEVELS = (1, 3)
_BAD_ENDS = "，、；,;"
_LONGEST_HEADING = 30
_RESTART = re.compile("附件|附录|附表")


@TEXT.rule(
    Rule(
        "H101",
        ERROR,
        "序号连续",
        "同一层的序号从一起，一个接一个，不跳、不重、不倒；上一层换了，下一层重新从一起。",
        "GB/T 9704-2012 7.3.3",
        "一、……三、…… → 一、……二、……",
    )
)
def consecutive(text: Text) -> Iterator[Found]:
    """Find a heading whose number does not follow the one before it."""
    last = [0, 0, 0, 0]
    for n, paragraph in enumerate(text.paragraphs):
        if _RESTART.match(paragraph):
            last = [0, 0, 0, 0]
        level, value, end = heading_of(paragraph)
        if not level:
            continue
        wanted = last[level - 1] + 1
        if value not in (wanted, 1) or (value == 1 and wanted == 2 and level == 1):  # noqa: PLR2004 -- 一、 twice
            message = f"：{_SHAPES[level - 1]}这一层应当是第{wanted}个"
            yield found(text, Spot(n, 0, end), message, "核对有没有漏段、重号", None if level <= 2 else WARNING)  # noqa: PLR2004 -- levels with a face of their own
        last[level - 1 :] = [value] + [0] * (4 - level)


@TEXT.rule(
    Rule(
        "H102",
        NOTICE,
        "序号的层次",
        "层次依次用“一、”“（一）”“1.”“（1）”；只有两层的，“一、”下面可以直接用“1.”，别的不跳着用。",
        "GB/T 9704-2012 7.3.3",
        "一、下面直接用（1） → 用（一）或者 1.",
    )
)
def levels_in_order(text: Text) -> Iterator[Found]:
    """Find a heading that leaves out the level above it; 1. may follow 一、."""
    above = 0
    for n, paragraph in enumerate(text.paragraphs):
        level, value, end = heading_of(paragraph)
        if value == 1 and above and level > above + 1 and (above, level) != _TWO_LEVELS:
            message = f"：上一层是“{_SHAPES[above - 1]}”，跳过了“{_SHAPES[above]}”"
            yield found(text, Spot(n, 0, end), message, f"用“{_SHAPES[above]}”这一层")
        above = level or above


@TEXT.rule(
    Rule(
        "H103",
        WARNING,
        "序号的标点",
        "一级用“一、”，二级用“（一）”，三级用“1.”，四级用“（1）”；带括号的后面不再加标点，括号用全角。",
        "GB/T 9704-2012 7.3.3；GB/T 15834-2011 4.5.3.5、4.9",
        "(一)、基本情况 → （一）基本情况",
    )
)
def marks_of_headings(text: Text) -> Iterator[Found]:
    """Find a heading with the marks of another level."""
    for n, paragraph in enumerate(text.paragraphs):
        for pattern, message, cure in _MARKS:
            if hit := pattern.match(paragraph):
                yield found(text, Spot(n, 0, hit.end()), f"：{message}", cure)
                break


@TEXT.rule(
    Rule(
        "H104",
        WARNING,
        "标题末尾的标点",
        "单独成行的标题末尾不用逗号、顿号、分号。",
        "GB/T 15834-2011",
        "一、关于停车问题， → 一、关于停车问题",
    )
)
def ends_of_headings(text: Text) -> Iterator[Found]:
    """Find a heading on a line of its own that ends in the middle of a sentence."""
    for n, paragraph in enumerate(text.paragraphs):
        level, _, _ = heading_of(paragraph)
        if level and len(paragraph) <= _LONGEST_HEADING and paragraph[-1] in _BAD_ENDS and "。" not in paragraph:
            yield found(text, Spot(n, len(paragraph) - 1, len(paragraph)), "：标题末尾不用这个标点", "删去")


def heading_of(paragraph: str) -> tuple[int, int, int]:
    """Return level and number of a heading and where its number ends; (0, 0, 0) for other paragraphs."""
    for level, pattern in enumerate(_LEVELS, 1):
        if hit := pattern.match(paragraph):
            return level, value_of(hit[1]) or 0, hit.end()
    return 0, 0, 0
