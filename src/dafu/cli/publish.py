"""`dafu publish`: a publication copy of a reply, and the index of what was published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, complain, dry_run, exit_code, print_json, print_table, shown
from dafu.cli.completing import addresses
from dafu.cli.track import pairs
from dafu.errors import WrongUsageError
from dafu.terms import Step

if TYPE_CHECKING:
    from dafu.desk.publish import Published

_FILE = click.Path(path_type=Path, dir_okay=False)
_PRINTED = "-"
_INDEX_KINDS = (".xlsx", ".csv")


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[案号] [网址=…] [日期=…]", nargs=-1, shell_complete=addresses)
@click.option("--out", type=_FILE, metavar="文件.docx", help="公开件写到哪里（默认 replies/年份/案号/公开/）")
@click.option(
    "--index",
    metavar="[文件.xlsx|文件.csv]",
    is_flag=False,
    flag_value=_PRINTED,
    help="公开目录：已经公开的答复，一份一行；不写文件名就印出来",
)
@as_json
@dry_run
@click.pass_obj
def command(
    session: Session, words: tuple[str, ...], *, out: Path | None, index: str | None, as_json: bool, dry: bool
) -> int:
    """写出网上公开用的答复件，并登记“公开”。

    只有“公开: 主动公开”而且已经送达的才写。手机号、身份证号遮去中间，邮箱（公务邮箱除外）遮去名字，提案人的电话、地址
    全部遮去，“公开署名: 隐名”时提案人只留姓；不带作者等文件信息。网址可以当时写，也可以以后再做一次补登。
    """
    if index is not None:
        if words or out:
            raise WrongUsageError("--index 单独用，不同案号、--out 一起写")
        return _index(session, index, as_json=as_json, dry=dry)
    published = _publish(session, words, out, dry=dry)
    if as_json:
        print_json(_entry(published))
    else:
        click.echo(shown(published.path) + ("" if published.written else "（没有写文件）"))
    if published.covered and not as_json:
        click.echo(f"遮去：{'、'.join(published.covered)}", err=True)
    if published.finding:
        click.echo(f"{published.number}：{published.finding}", err=True)
    return 0


def _publish(session: Session, words: tuple[str, ...], out: Path | None, *, dry: bool) -> Published:
    from dafu import store
    from dafu.desk.publish import Publishing, publish
    from dafu.desk.track import day_of

    addresses = [word for word in words if "=" not in word]
    if len(addresses) != 1:
        raise WrongUsageError("写一个案号（dafu publish 143069 网址=…），或者用 --index")
    if out and out.suffix.lower() != ".docx":
        raise WrongUsageError(f"“{out}”不以 .docx 结尾（公开件是 .docx）")
    given = pairs(tuple(word for word in words if "=" in word))
    day = day_of(given.pop("日期", "") or "今天", session.today)
    event = {"日期": day, "环节": str(Step.PUBLISH)} | given
    record = store.find(session.workspace, addresses[0], Path.cwd())
    return publish(Publishing(session.workspace, session.composer, event, session.author, out, dry), record)


def _entry(published: Published) -> dict[str, Any]:
    return {
        "案号": published.number,
        "文件": shown(published.path),
        "遮去": list(published.covered),
        "提示": published.finding or None,
        "阶段": str(published.stage),
        "写入": published.written,
    }


def _index(session: Session, target: str, *, as_json: bool, dry: bool) -> int:
    from dafu import store
    from dafu.desk.publish import INDEX, drawn_index, index

    path = None if target == _PRINTED else Path(target)
    if path and path.suffix.lower() not in _INDEX_KINDS:
        raise WrongUsageError(f"“{target}”不以 .xlsx 或 .csv 结尾（公开目录写成这两种）")
    cases, problems = session.cases()
    rows = index(cases)
    if path:
        store.write_outputs(session.workspace, {path.absolute(): drawn_index(rows, path)}, dry=dry)
    if as_json:
        print_json([{head: cell or None for head, cell in zip(INDEX, row, strict=True)} for row in rows])
    elif path:
        click.echo(shown(path) + ("（没有写文件）" if dry else ""))
    else:
        print_table(INDEX, rows)
    complain(problems)
    return exit_code(problems)
