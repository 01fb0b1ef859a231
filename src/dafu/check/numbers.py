"""Numbers: 发文字号 of the letter, and 案号 against 届次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu import docnumber
from dafu.check.matter import RECORD, Matter
from dafu.check.numerals import HAN, value_of
from dafu.check.rules import ERROR, WARNING, Found, Rule
from dafu.terms import Kind, NumberScheme, Paper, Period, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.docnumber import DocNumber
    from dafu.model import Series

_YEAR_IN_BRACKETS = re.compile(r"[\[［【(（〔［]\s*(\d{4})\s*[\]］】)）〕］]")
_SESSION = re.compile(rf"(\d+|{HAN})届.*?(\d+|{HAN})次")
_SERIAL_DIGITS = 3
_FIRST_YEAR, _LAST_YEAR = 1949, 2199


@RECORD.rule(
    Rule(
        "L201",
        ERROR,
        "发文字号的写法",
        "写成“代字〔2025〕67号”：年份四位，用六角括号；序号不编虚位（不写 067），不加“第”，末尾是“号”。",
        "GB/T 9704-2012 7.2.5",
        "洛商[2025]067号 → 洛商〔2025〕67号",
    )
)
def form_of_number(matter: Matter) -> Iterator[Found]:
    """Find a 发文字号 that breaks the form."""
    for turn, reply in enumerate(matter.replies):
        if reply.number and not docnumber.parse(reply.number):
            mended = _mended(reply.number)
            cure = f"写成“{mended}”" if docnumber.parse(mended) else "写成“洛商〔2025〕67号”的样子"
            yield Found(f"“{reply.number}”不合发文字号的写法", cure, matter.field_of("发文字号", turn))


def _mended(text: str) -> str:
    bare = "".join(text.split()).removesuffix("号").replace("：", "").replace(":", "")
    year = _YEAR_IN_BRACKETS.sub(r"〔\1〕", bare)
    return re.sub(r"〕第?0*", "〕", year) + "号"


@RECORD.rule(
    Rule(
        "L202",
        ERROR,
        "发文字号的年份",
        "发文字号里的年份是成文日期的年份：跨年签发的，按签发那一天的年份编号。",
        "GB/T 9704-2012 7.2.5、7.3.5.4",
        "成文日期 2026-01-04，发文字号 洛商〔2025〕90号 → 洛商〔2026〕1号",
    )
)
def year_of_number(matter: Matter) -> Iterator[Found]:
    """Find a number of another year than 成文日期."""
    for turn, number in _numbers(matter):
        signed = matter.replies[turn].signed_on
        if signed and signed.year != number.year:
            message = f"{number} 是{number.year}年的号，成文日期是 {signed}"
            yield Found(message, "按成文日期的年份编号，或改正成文日期", matter.field_of("发文字号", turn))


@RECORD.rule(
    Rule(
        "L203",
        WARNING,
        "发文字号的代字",
        "代字是 dafu.yaml“发文字号”为这种文种定的代字；用了另一种文种的代字是错误。",
        "本单位 dafu.yaml 的“发文字号”",
        "会办意见用“洛商提函”，答复却编成 洛商提函〔2025〕3号 → 洛商〔2025〕67号",
    )
)
def series_of_number(matter: Matter) -> Iterator[Found]:
    """Find a number of another series than that of the paper."""
    own = _own_series(matter)
    others = {series.code: paper for paper, series in matter.office.series.items()}
    for turn, number in _numbers(matter):
        if own is None or number.code == own.code:
            continue
        foreign = others.get(number.code)
        message = f"“{number.code}”是{foreign}的代字" if foreign else f"“{number.code}”不是本单位的代字"
        field, weight = matter.field_of("发文字号", turn), ERROR if foreign else WARNING
        yield Found(message, f"这一件用“{own.code}”", field, severity=weight)


def _own_series(matter: Matter) -> Series | None:
    series = matter.office.series
    if matter.proposal.role is Role.ASSIST:
        return series.get(Paper.OPINION)
    is_suggestion = matter.proposal.kind is Kind.SUGGESTION
    return (series.get(Paper.SUGGESTION_REPLY) if is_suggestion else None) or series.get(Paper.REPLY)


def _numbers(matter: Matter) -> Iterator[tuple[int, DocNumber]]:
    """Yield round and number of each reply whose number keeps the form."""
    parsed = ((turn, docnumber.parse(reply.number or "")) for turn, reply in enumerate(matter.replies))
    return ((turn, number) for turn, number in parsed if number)


@RECORD.rule(
    Rule(
        "L205",
        ERROR,
        "案号同届次",
        "提案的案号照 dafu.yaml 的“编号规则”编：届次序号的，届＋次＋三位序号；年份序号的，年份＋序号。"
        "样子对、数字对不上是错误，样子不对是警告。建议、闭会期间的件和上级的件不核对。",
        "本单位 dafu.yaml 的“编号规则”",
        "市政协十四届三次会议的提案编成 142069 → 143069",
    )
)
def number_of_session(matter: Matter) -> Iterator[Found]:
    """Find a 案号 that does not agree with 届次 by the scheme of the office."""
    proposal, office = matter.proposal, matter.office
    own_level = proposal.level in (None, office.level)
    if proposal.kind is Kind.SUGGESTION or proposal.period is not Period.IN_SESSION or not own_level:
        return
    match office.number_scheme:
        case NumberScheme.SESSION:
            yield from _by_session(proposal.number, proposal.session)
        case NumberScheme.YEAR:
            yield from _by_year(proposal.number)


def _by_session(number: str, session: str) -> Iterator[Found]:
    said = _SESSION.search(session)
    values = [value_of(word) for word in said.groups()] if said else []
    if not values or None in values:
        return
    head = "".join(map(str, values))
    if not number.isdecimal() or len(number) != len(head) + _SERIAL_DIGITS:
        message, cure = f"“{number}”不合届次序号的样子", f"{session}的案号是“{head}”加三位序号"
        yield Found(message, cure, "案号", severity=WARNING)
    elif not number.startswith(head):
        message = f"“{number}”同“{session}”对不上"
        yield Found(message, f"应当以“{head}”开头；核对案号和届次", "案号")


def _by_year(number: str) -> Iterator[Found]:
    if not re.fullmatch(r"\d{7,8}", number) or not _FIRST_YEAR <= int(number[:4]) <= _LAST_YEAR:
        cure = "写成年份加三位或者四位序号，如 20250425"
        yield Found(f"“{number}”不合年份序号的样子", cure, "案号", severity=WARNING)
