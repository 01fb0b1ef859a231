"""`dafu template`: where the templates come from, what they say, and what is wrong with them."""

from __future__ import annotations

import click

from dafu.cli.check import print_findings
from dafu.cli.common import Session, as_json, exit_code, placed, print_json, print_table, shown
from dafu.cli.completing import papers

_HEADS = ("文种", "来源", "文件")


@click.group(options_metavar="[选项]", subcommand_metavar="命令 …")
def command() -> None:
    """模板：查错、列出、逐块查看。"""


@command.command(options_metavar="[选项]")
@as_json
@click.pass_obj
def check(session: Session, *, as_json: bool) -> int:
    """查出全部模板的错：写错的字段和块、全角括号、印不出来的块；并用各种边角情形试排一遍。"""
    from dafu.desk.templates import findings

    found = placed(findings(session.workspace))
    print_findings(found, as_json=as_json)
    return exit_code(found)


@command.command("list", options_metavar="[选项]")
@as_json
@click.pass_obj
def list_(session: Session, *, as_json: bool) -> None:
    """列出每个文种用的是哪个模板文件：本单位的，还是标准的。"""
    from dafu.desk.templates import sources

    rows = [(one.name, "本单位" if one.own else "标准", shown(one.path)) for one in sources(session.workspace)]
    if as_json:
        print_json([dict(zip(_HEADS, row, strict=True)) for row in rows])
    else:
        print_table(_HEADS, rows)


@command.command(options_metavar="[选项]")
@click.argument("name", metavar="文种", shell_complete=papers)
@as_json
@click.pass_obj
def show(session: Session, name: str, *, as_json: bool) -> None:
    """逐块印出一个文种的模板，写明每一块出自哪个文件第几行。"""
    from dafu.desk.templates import blocks

    found = blocks(session.workspace, name)
    if as_json:
        print_json([{"块": b.name, "文件": shown(b.path), "行": b.line, "内容": b.text} for b in found])
        return
    for block in found:
        click.echo(f"{block.name}  {shown(block.path)}:{block.line}")
        for line in block.text.splitlines() or ["（空）"]:
            click.echo(f"    {line}")
