"""`dafu verify`: is the archive as it was when it was sealed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dafu.cli.common import Session, as_json, placed, print_json
from dafu.cli.completing import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dafu.archive.verifying import Finding

_FINDINGS = 1


@click.command(options_metavar="[选项]")
@click.argument("addresses", metavar="[案号…]", nargs=-1, shell_complete=addresses)
@as_json
@click.pass_obj
def command(session: Session, addresses: tuple[str, ...], *, as_json: bool) -> int:
    """核对归档包和归档登记：缺的、改过的、多出来的、改了名的、换成链接的，逐个列出。

    不写案号就核对全部。有不一致的，退出码是 1。
    """
    from dafu import store
    from dafu.desk.verify import lost_records, stock_of, verify

    if addresses:
        records = [store.find(session.workspace, address, Path.cwd()) for address in addresses]
        stock, lost = stock_of(session.workspace, records), []
    else:
        stock, (records, problems) = stock_of(session.workspace, None), store.load(session.workspace)
        lost = list(lost_records(session.workspace, stock, records, problems))
    with bar(stock.total) as tick:
        found = [*verify(stock, records, tick), *lost]
    if as_json:
        print_json([_entry(finding) for finding in found])
    else:
        _print(found, len(stock.bags))
    return _FINDINGS if found else 0


@contextmanager
def bar(total: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how far the work is; yield what moves it on by one file."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("核对", total=total)
        yield lambda: progress.advance(task)


def _entry(finding: Finding) -> dict[str, str | None]:
    problem = placed([finding.problem])[0]
    message = f"{problem.message}（{problem.cure}）" if problem.cure else problem.message
    file = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return {"案号": finding.case or None, "文件": file or None, "说明": message}


def _print(found: list[Finding], bags: int) -> None:
    for problem in placed(finding.problem for finding in found):
        click.echo(str(problem))
    if not found:
        click.echo(f"归档包{bags}个，都同归档时一样")
