"""`dafu export`: a year of the archive goes out of the house."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, Whole, as_json, complain, dry_run, exit_code, print_json, shown
from dafu.cli.verify import bar


@click.command(options_metavar="[选项]")
@click.argument("year", metavar="年", type=Whole(1900, 2999))
@click.argument("target", metavar="文件夹", type=click.Path(path_type=Path))
@as_json
@dry_run
@click.pass_obj
def command(session: Session, year: int, target: Path, *, as_json: bool, dry: bool) -> int:
    """导出一年的归档包、目录、校验码和说明，移交档案馆；没有本工具也能读、能核对。

    文件夹要不存在或是空的。导出的文件夹本身也是工作区，可以进去查看、核对。
    """
    from dafu import store
    from dafu.desk.export import Export, export

    records, problems = store.load(session.workspace)
    complain(problems)
    order = Export(
        session.workspace,
        records,
        session.composer,
        session.calendar,
        session.today,
        year,
        Path.cwd() / target,
        dry,
    )
    stock = order.stock()
    with bar(stock.total) as tick:
        done = export(order, stock, tick)
    for case in done.lacking:
        click.echo(f"{case}：现行记录找不到或读不通，归档包里有归档时的记录", err=True)
    if as_json:
        words = {"文件夹": shown(done.target), "归档包": done.bags, "摘要": done.root}
        print_json(words | {"写入": not dry})
    else:
        said = f"{year}年归档包{done.bags}个，导出到 {shown(done.target)}" + ("（没有写文件）" if dry else "")
        click.echo(f"{said}\n归档登记末行摘要（SHA-256）：{done.root}")
    return exit_code(problems)
