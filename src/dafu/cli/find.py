"""`dafu find`: full-text search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, complain, exit_code, print_json, print_table, shown

if TYPE_CHECKING:
    from dafu.desk.find import Found
    from dafu.desk.standing import Overview

_HEADS = ("案号", "案由", "阶段", "摘录", "文件")


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="文字…", nargs=-1, required=True)
@as_json
@click.pass_obj
def command(session: Session, words: tuple[str, ...], *, as_json: bool) -> int:
    """在全部记录、正文和已归档的答复里找文字；几个词要都有，最切合的在前。"""
    from dafu.desk.find import find

    overview = session.overview()
    found, unread = find(overview, words)
    complain(unread)
    return print_found(overview, found, as_json=as_json)


def print_found(overview: Overview, found: list[Found], *, as_json: bool) -> int:
    """Print what was found, best first, and what is wrong with files that could not be searched."""
    rows = [_row(overview, one) for one in found]
    if as_json:
        print_json(rows)
    else:
        print_table(_HEADS, ([row[head] or "" for head in _HEADS] for row in rows))
    complain(overview.problems)
    return exit_code(overview.problems)


def _row(overview: Overview, found: Found) -> dict[str, Any]:
    words = found.standing.words if found.standing else {}
    said = {head: words.get(head) for head in ("案号", "类别", "层级", "届次", "案由", "阶段")}
    return said | {"摘录": found.excerpt, "文件": shown(overview.workspace.root / found.name)}
