"""`dafu init`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, dry_run, shown


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path))
@dry_run
@click.pass_obj
def command(session: Session, folder: Path, *, dry: bool) -> None:
    """建立工作区：dafu.yaml、模板，以及放记录和答复件的文件夹。"""
    from dafu.desk.init import init

    for path in init(session.folder / folder, dry=dry):
        click.echo(shown(path))
    click.echo("（没有写文件）" if dry else "工作区已建好。先把 dafu.yaml 里的单位名称改成本单位的。")
