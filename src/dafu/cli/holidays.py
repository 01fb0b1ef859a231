"""`dafu holidays`: take in the State Council's notice of a year."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, complain, dry_run, exit_code, shown


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def command() -> None:
    """节假日安排：读入国务院办公厅的通知。"""


@command.command("import", options_metavar="[选项]")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@dry_run
@click.pass_obj
def import_(session: Session, path: Path, *, dry: bool) -> int:
    """读入通知的文字（.txt），记到 节假日.yaml；并列出哪些在办件的期限因此变动。"""
    from dafu.desk.holidays import take_notice

    notice, moved, unread = take_notice(session.workspace, path.absolute(), session.today, dry=dry)
    told = f"{notice.source}：放假 {len(notice.off)} 天，补班 {len(notice.makeup)} 天"
    click.echo(told + ("（没有写文件）" if dry else ""))
    for case, before, after in moved:
        name = f"{before.clock}（{before.unit}）" if before.unit else str(before.clock)
        click.echo(f"{case.proposal.number} {name}：{before.due} → {after.due}  {shown(case.record.path)}")
    complain(unread)
    return exit_code(unread)
