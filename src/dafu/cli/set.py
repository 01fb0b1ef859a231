"""`dafu set`: set single values of a record."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import click

from dafu.cli.common import Session, dry_run, shown
from dafu.cli.completing import addresses, assignments
from dafu.errors import printable


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@click.argument("words", metavar="字段=内容…", nargs=-1, shell_complete=assignments, required=True)
@dry_run
@click.pass_obj
def command(session: Session, address: str, words: tuple[str, ...], *, dry: bool) -> None:
    """改一件记录里的内容，文件里别的字一个也不动。

    下级字段用点（答复.签发人），列表第几项从 1 数起（提案人.1.电话）。

    等号后面不写，就是删去；写 @文件，就是取文件里的文字。
    """
    from dafu import store
    from dafu.desk import edit
    from dafu.desk.words import assignments

    record = store.find(session.workspace, address, Path.cwd())
    text = edit.set_values(session.workspace, record, assignments(words, Path.cwd()), session.author, dry=dry)
    changes = unified_diff(record.text.splitlines(), text.splitlines(), lineterm="", n=0)
    for line in [line for line in changes if not line.startswith(("---", "+++", "@@"))]:
        click.echo(printable(line))
    click.echo(shown(record.path) + ("（没有写文件）" if dry else ""))
