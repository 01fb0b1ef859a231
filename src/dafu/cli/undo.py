"""`dafu undo`: take back the last change of a record."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, dry_run, shown
from dafu.cli.completing import addresses


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@dry_run
@click.pass_obj
def command(session: Session, address: str, *, dry: bool) -> None:
    """撤销对一件记录的最后一次改动（登记、改内容）。印发的号留给这一件，不会给别人。"""
    from dafu import store

    record = store.find(session.workspace, address, Path.cwd())
    change = store.undo(session.workspace, record, session.author, dry=dry)
    done = f"撤销了 {change.user} 在 {change.time} 的“{change.act}”"
    click.echo(f"{shown(record.path)}：{done}" + ("（没有写文件）" if dry else ""))
