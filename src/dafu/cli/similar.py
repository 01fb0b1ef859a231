"""`dafu similar`: earlier records that are like one."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, as_json
from dafu.cli.completing import addresses
from dafu.cli.find import print_found


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@as_json
@click.pass_obj
def command(session: Session, address: str, *, as_json: bool) -> int:
    """找案由和建议事项同这一件相近的件，最相近的在前，供拟稿参考。"""
    from dafu import store
    from dafu.desk.find import similar

    path = store.find(session.workspace, address, Path.cwd()).path
    overview = session.overview()
    standing = next(one for one in overview.standings if one.path == path)
    return print_found(overview, similar(overview, standing), as_json=as_json)
