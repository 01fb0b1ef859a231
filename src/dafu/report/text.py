"""The report in tables of text: for the screen, the spreadsheet and the page alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.report.figures import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dafu.report.account import Account
    from dafu.report.figures import Figures

PROMISE_HEADS = ("案号", "案由", "等次", "承诺", "下次日期", "责任科室", "经办人", "状态")
LATE_HEADS = ("案号", "案由", "事项", "期限", "办理", "迟", "科室", "经办人")
_RATIO = "分子/分母 = 比率"
GROUP_COUNTS = ("收到", "应答复", "已办复", "逾期未办")
GROUP_RATES = ("办复率", "按时率", "见面率", "满意率", "会办按时率")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its title."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def sheets(account: Account) -> Iterator[Sheet]:
    """Yield the tables of the report; those without a row are left out."""
    tables = (_counts(account), _rates(account), *_shares(account), *_groups(account), late(account), kept(account))
    return (one for one in tables if one.rows)


def late(account: Account) -> Sheet:
    """Return what was or is late."""
    rows = []
    for one in account.late:
        words = one.words() | {"办理": one.words()["办理"] or "未办", "迟": f"{one.words()['迟']}天"}
        rows.append([words[head] or "" for head in LATE_HEADS])
    return Sheet("逾期的件", LATE_HEADS, rows)


def kept(account: Account) -> Sheet:
    """Return 承诺台账."""
    rows = [[one.words()[head] or "" for head in PROMISE_HEADS] for one in account.promises]
    return Sheet("承诺台账", PROMISE_HEADS, rows)


def _counts(account: Account) -> Sheet:
    return Sheet("件数", ("项目", "件数"), [[name, str(count)] for name, count in account.overall.counts.items()])


def _rates(account: Account) -> Sheet:
    return Sheet("比率", ("项目", _RATIO), [[name, str(one)] for name, one in account.overall.rates.items()])


def _shares(account: Account) -> Iterator[Sheet]:
    some = account.overall
    named = (("办理结果", some.grades), ("公开属性", some.openness), ("满意度", some.ratings))
    for title, shares in named:
        rows = [[name, str(one)] for name, one in shares.items() if one.part]
        yield Sheet(title, (title, _RATIO), rows)


def _groups(account: Account) -> Iterator[Sheet]:
    grades = tuple(account.office.grades)
    heads = (*GROUP_COUNTS, *GROUP_RATES, *grades)
    for title, members in account.groups.items():
        rows = [[name, *_cells(some, grades)] for name, some in members.items()]
        yield Sheet(f"按{title}", (title, *heads), rows)


def _cells(some: Figures, grades: Sequence[str]) -> Iterator[str]:
    yield from (str(some.counts[name]) for name in GROUP_COUNTS)
    yield from (some.rates[name].short for name in GROUP_RATES)
    yield from (str(some.grades[name].part or NOTHING) for name in grades)
