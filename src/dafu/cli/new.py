"""`dafu new`: one record."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, dry_run, shown
from dafu.cli.completing import assignments


@click.command(options_metavar="[选项]")
@click.argument("number", metavar="案号")
@click.argument("words", metavar="字段=内容…", nargs=-1, shell_complete=assignments)
@dry_run
@click.pass_obj
def command(session: Session, number: str, words: tuple[str, ...], *, dry: bool) -> None:
    """新建一件记录；至少要有届次、案由、提案人（几个人之间用“、”）。"""
    from dafu.desk import edit
    from dafu.desk.words import assignments

    path = edit.new(session.workspace, number, assignments(words, Path.cwd()), session.today, session.author, dry=dry)
    click.echo(shown(path) + ("（没有写文件）" if dry else ""))
