"""`dafu ledger`: the ledger as a file for others."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, complain, dry_run, exit_code, shown
from dafu.cli.completing import queries


@click.command(options_metavar="[选项]")
@click.argument("path", metavar="台账.xlsx", type=click.Path(path_type=Path))
@click.argument("words", metavar="[条件…]", nargs=-1, shell_complete=queries)
@click.option("--by", type=click.Choice(["角色", "科室"]), help="分表：一个角色或科室一张表")
@dry_run
@click.pass_obj
def command(session: Session, path: Path, words: tuple[str, ...], by: str | None, *, dry: bool) -> int:
    """写出办理台账：.xlsx、.csv 或 .md，列和顺序固定（dafu.yaml 的“台账列”）。

    条件同 dafu list。以前写出、没有改过的台账会换成新的；别的文件不覆盖。
    """
    from dafu.desk.ledger import write_ledger
    from dafu.desk.query import chooser
    from dafu.desk.standing import case_schema

    overview = session.overview()
    chosen = chooser(words, case_schema())
    wanted = [standing for standing in overview.standings if not words or chosen(standing.in_words())]
    complain(overview.problems)
    write_ledger(overview.workspace, path.absolute(), wanted, by, dry=dry)
    click.echo(f"{shown(path)}：{len(wanted)}件" + ("（没有写文件）" if dry else ""))
    return exit_code(overview.problems)
