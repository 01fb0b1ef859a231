"""What the template of 办理情况报告 can name below 统计: every number of the report, ready to be set in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dafu.report.account import definitions
from dafu.report.definitions import GENERAL
from dafu.report.figures import NOTHING
from dafu.report.text import GROUP_COUNTS, GROUP_RATES, kept, late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dafu.report.account import Account
    from dafu.report.figures import Figures, Ratio
    from dafu.report.text import Sheet

_MARKUP = str.maketrans({"|": "｜", "*": "＊", "\\": "＼", "\n": " ", "\r": " "})  # of a body, which a table is part of


def values(account: Account) -> dict[str, Any]:
    """Return the figures by the words of the template: `统计.比率.办复率.百分比`; lists have an entry per row."""
    overall = account.overall
    return {
        "题名": account.title,
        "范围": _plain(account.scope),
        "截至": account.day,
        "件数": dict(overall.counts),
        "比率": {name: _ratio(one) for name, one in overall.rates.items()},
        "办理结果": _shares(overall.grades, account.office.grades),
        "公开属性": _shares(overall.openness),
        "满意度": _shares(overall.ratings),
        **{f"按{title}": _groups(members) for title, members in account.groups.items()},
        "逾期": _rows(late(account)),
        "承诺": _rows(kept(account)),
        "口径": tuple({word: text or NOTHING for word, text in one.items()} for one in definitions()),
        "说明": GENERAL,
    }


def _ratio(one: Ratio) -> dict[str, Any]:
    return {"分子": one.part, "分母": one.whole, "百分比": one.short}


def _shares(shares: Mapping[str, Ratio], meanings: Mapping[str, str] | None = None) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "名称": _plain(name),
            "含义": _plain((meanings or {}).get(name, NOTHING)),
            "件数": one.part,
            "百分比": one.short,
        }
        for name, one in shares.items()
    )


def _groups(members: Mapping[str, Figures]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"名称": _plain(name)}
        | {word: some.counts[word] for word in GROUP_COUNTS}
        | {word: some.rates[word].short for word in GROUP_RATES}
        for name, some in members.items()
    )


def _rows(sheet: Sheet) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(sheet.heads, _cells(row), strict=True)) for row in sheet.rows)


def _cells(row: Iterable[str]) -> Iterable[str]:
    return (_plain(cell) or NOTHING for cell in row)


def _plain(text: str) -> str:
    """Return *text* without what a body would take for markup."""
    return text.translate(_MARKUP).strip()
