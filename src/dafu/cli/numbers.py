"""`dafu numbers`: the register of document numbers."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click

from dafu import docnumber
from dafu.cli.common import Session, as_json, complain, dry_run, exit_code, print_json, print_table
from dafu.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dafu.docnumber import DocNumber
    from dafu.register import Entry

_HEADS = ("发文字号", "案号", "日期", "状态", "原因")
_FINDINGS = 1


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[年份 | void 发文字号 原因=…]", nargs=-1)
@as_json
@dry_run
@click.pass_obj
def command(session: Session, words: tuple[str, ...], *, as_json: bool, dry: bool) -> int:
    """看发文登记簿：自动编的号给了哪一件，有没有重号、漏号；同一代字手工编的号一并列出。

    作废一个号：dafu numbers void 某提函〔2025〕3号 原因=重印。作废的号不再发给别的文件。
    """
    if words[:1] == ("void",):
        return _void(session, words[1:], as_json=as_json, dry=dry)
    from dafu import register, store
    from dafu.desk import numbering

    year = _year(words)
    entries, broken = register.entries(numbering.register_of(session.workspace))
    records, unread = store.load(session.workspace)
    rows = [(one.number, _row(one)) for one in entries]
    rows += [(one[0], _typed(*one)) for one in numbering.typed(session.workspace, records)]
    _print([row for number, row in sorted(rows, key=itemgetter(0)) if year in (None, number.year)], as_json=as_json)
    problems = numbering.findings(session.workspace, records)
    complain([*unread, *problems])
    return exit_code([*unread, *broken]) or (_FINDINGS if exit_code(problems) else 0)


def _void(session: Session, words: tuple[str, ...], *, as_json: bool, dry: bool) -> int:
    from dafu import register
    from dafu.desk import numbering

    texts = [word for word in words if "=" not in word]
    reasons = [word.partition("=")[2] for word in words if word.startswith("原因=")]
    number = docnumber.parse(texts[0]) if len(texts) == 1 else None
    if number is None or len(reasons) != 1 or len(words) != len(("号", "原因")):
        raise WrongUsageError("写成 dafu numbers void 某提函〔2025〕3号 原因=…")
    book = numbering.register_of(session.workspace)
    _print([_row(register.void(book, number, reasons[0], dry=dry))], as_json=as_json)
    return 0


def _year(words: Sequence[str]) -> int | None:
    if not words:
        return None
    if len(words) > 1 or not words[0].isdecimal():
        raise WrongUsageError("写一个年份（2025），或者 void 发文字号 原因=…")
    return int(words[0])


def _print(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
    else:
        print_table(_HEADS, [[row[head] or "" for head in _HEADS] for row in rows])


def _typed(number: DocNumber, case: str, day: date) -> dict[str, Any]:
    """Return the row of a number that was typed by hand."""
    return {"发文字号": str(number), "案号": case, "日期": day.isoformat(), "状态": "在用", "原因": None}


def _row(one: Entry) -> dict[str, Any]:
    return {
        "发文字号": str(one.number),
        "案号": one.case.rpartition("/")[2],
        "日期": one.day.isoformat(),
        "状态": str(one.state),
        "原因": one.reason or None,
    }
