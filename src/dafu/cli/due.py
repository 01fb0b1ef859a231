"""`dafu due`: what is due, the most pressing first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dafu.cli.columns import table
from dafu.cli.common import Session, Whole, as_json, complain, dry_run, exit_code, print_json, shown
from dafu.cli.completing import queries
from dafu.errors import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafu.desk.agenda import Item

_OVERDUE = 1
_HEADS = ("灯", "剩余", "期限", "事项", "案号", "案由", "阶段", "科室", "经办人")
_COLOURS = {"逾期": "red", "红": "red", "黄": "yellow", "绿": "green"}


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[条件…]", nargs=-1, shell_complete=queries)
@click.option("--days", type=Whole(min=0), metavar="天数", help="只列这些工作日以内到期的，和已经逾期的")
@click.option("--ics", type=click.Path(path_type=Path), metavar="文件", help="写成日历文件，供手机、电脑订阅")
@click.option("--digest", type=click.Path(path_type=Path), metavar="文件", help="写成简报（.html 是网页，其余是文本）")
@as_json
@dry_run
@click.pass_obj
def command(  # noqa: PLR0913 -- one parameter per option
    session: Session,
    words: tuple[str, ...],
    *,
    days: int | None,
    ics: Path | None,
    digest: Path | None,
    as_json: bool,
    dry: bool,
) -> int:
    """今天的清单：逾期的在前，再是今天到期的和红灯、黄灯、绿灯；有逾期的，退出码是 1。

    条件同 dafu list，比如“科室=办公室”“经办人=某某”。
    """
    from dafu.desk.agenda import agenda

    overview = session.overview()
    items = _wanted(words, agenda(overview.running, days))
    if as_json:
        print_json([item.words() | {"文件": shown(item.case.path)} for item in items])
    else:
        print_items(items)
    _write(session, items, ics, digest, dry=dry)
    complain(overview.problems)
    return exit_code(overview.problems) or (_OVERDUE if any(item.is_overdue for item in items) else 0)


def _wanted(words: tuple[str, ...], items: list[Item]) -> list[Item]:
    """Return the rows that *words* choose; 期限, 剩余 and 灯 are those of the row's own clock."""
    if not words:
        return items
    from dafu.desk.query import chooser
    from dafu.desk.standing import case_schema

    schema = case_schema()
    chosen = chooser(words, schema | {"properties": schema["properties"] | {"时钟": {}}})
    return [item for item in items if chosen(item.case.in_words() | item.words())]


def print_items(items: Sequence[Item]) -> None:
    """Print *items* as a table, each line in the colour of its light."""
    rows = [[printable(cell) for cell in _cells(item)] for item in items]
    head, *lines = table([_HEADS, *rows])
    click.echo(head)
    for line, item in zip(lines, items, strict=True):
        click.secho(line, fg=_COLOURS.get(str(item.clock.light)), bold=item.is_overdue)


def _cells(item: Item) -> list[str]:
    words = item.words()
    left = item.clock.left
    told = {
        "灯": words["灯"],
        "剩余": f"过{-left}天" if left < 0 else ("今天" if left == 0 else f"{left}天"),
        "期限": words["期限"] + ("（暂定）" if words["暂定"] else ""),
        "事项": item.clock.name,
        "案由": ("★" if words["重点"] else "") + words["案由"],
    }
    return [str(told.get(head) or words.get(head) or "") for head in _HEADS]


def _write(session: Session, items: list[Item], ics: Path | None, digest: Path | None, *, dry: bool) -> None:
    if not (ics or digest):
        return
    from dafu import store
    from dafu.desk import feeds

    made = {ics.absolute(): feeds.ics(items)} if ics else {}
    if digest:
        as_html = digest.suffix.lower() in (".html", ".htm")
        made[digest.absolute()] = feeds.digest(items, session.today, as_html=as_html).encode()
    store.write_outputs(session.workspace, made, dry=dry)
