"""`dafu preview`: a letter as PDF and page pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, dry_run, print_json, shown
from dafu.cli.completing import addresses, papers

if TYPE_CHECKING:
    from dafu.desk.preview import Previewed

_CAVEAT = "版面由 LibreOffice 排出：Word、WPS 的断行和分页可能不同，以它们打开 .docx 为准"


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@click.option(
    "--paper",
    metavar="文种",
    shell_complete=papers,
    help="看哪一种，如 征询意见表；全部：眼下要用的各种（默认按类别和角色）",
)
@as_json
@dry_run
@click.pass_obj
def command(session: Session, address: str, *, paper: str | None, as_json: bool, dry: bool) -> None:
    """把现在会写出的答复件排成 PDF 和页面图，放进 replies/年份/案号/预览/。

    不改动答复件。要装有 LibreOffice。
    """
    from dafu import store
    from dafu.desk.draft import Drafting
    from dafu.desk.preview import render

    record = store.find(session.workspace, address, Path.cwd())
    drafting = Drafting(session.workspace, session.composer, session.today, dry=dry, paper=paper)
    found = list(render(drafting, record, store.lead_of(session.workspace, record)))
    if as_json:
        print_json([_entry(one) for one in found])
    for one in found:
        _tell(one, as_json=as_json)
    stand_ins = {face: other for one in found for face, other in one.stand_ins.items()}
    for face, other in stand_ins.items():
        click.echo(f"没有安装“{face}”，{f'用“{other}”代替' if other else '由系统另选字体'}", err=True)
    click.echo(_CAVEAT, err=True)


def _tell(one: Previewed, *, as_json: bool) -> None:
    """Print the files on standard output, and on standard error what is to be known about them."""
    if not as_json:
        for path in (one.pdf, *one.pages):
            click.echo(shown(path) + ("" if one.written else "（没有写文件）"))
    if one.missing:
        click.echo(f"{one.number}：还缺 {'、'.join(one.missing)}", err=True)
    for path in one.stale:
        click.echo(f"{shown(path)}：是以前的预览，现在没有这一页（可以删去）", err=True)


def _entry(one: Previewed) -> dict[str, Any]:
    return {
        "案号": one.number,
        "文件": shown(one.pdf),
        "页面图": [shown(path) for path in one.pages],
        "缺": list(one.missing),
        "替代字体": one.stand_ins,
        "写入": one.written,
    }
