"""`dafu list`: all records as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dafu.cli.common import Session, as_json, complain, exit_code, print_csv, print_json, print_table, shown
from dafu.cli.completing import queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafu.desk.standing import Standing

_COLUMNS = ("案号", "类别", "角色", "案由", "提案人", "科室", "经办人", "阶段", "期限", "剩余", "灯")
_OWING = "待会办"  # which units owe an opinion


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[条件…]", nargs=-1, shell_complete=queries)
@click.option("--csv", "as_csv", is_flag=True, help="印出 CSV，供表格软件读取")
@as_json
@click.pass_obj
def command(session: Session, words: tuple[str, ...], *, as_csv: bool, as_json: bool) -> int:
    """列出件，一件一行。

    条件写“阶段=办理中”“灯=红”“角色=会办”“科室!=办公室”“案由~招商”，或直接写要找的文字；几个条件要同时合乎。“待会办”列出
    还欠会办意见的单位。
    """
    overview = session.overview()
    chosen = _wanted(words, overview.standings)
    if as_json:
        print_json([case.summary() | {"文件": shown(case.path)} for case in chosen])
    else:
        heads = [*_COLUMNS, *([_OWING] if _OWING in words else [])]
        (print_csv if as_csv else print_table)(heads, [_cells(case, heads) for case in chosen])
    complain(overview.problems)
    return exit_code(overview.problems)


def _wanted(words: tuple[str, ...], cases: list[Standing]) -> list[Standing]:
    if not words:
        return cases
    from dafu.desk.query import chooser
    from dafu.desk.standing import case_schema

    chosen = chooser([f"{_OWING}!=" if word == _OWING else word for word in words], case_schema())
    return [case for case in cases if chosen(case.in_words())]


def _cells(case: Standing, heads: Sequence[str]) -> list[str]:
    words = case.summary()
    names = words["提案人"]
    words["提案人"] = names[0] + (f"等{len(names)}人" if len(names) > 1 else "")
    words["期限"] = (words["期限"] or "") + ("（暂定）" if words["暂定"] else "")
    words["剩余"] = "" if words["剩余"] is None else str(words["剩余"])
    words[_OWING] = "、".join(case.owing)
    return [words[head] or "" for head in heads]
