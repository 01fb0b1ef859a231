"""`dafu why`: how a due day came about."""

from __future__ import annotations

from pathlib import Path

import click

from dafu.cli.common import Session, as_json, clock_entry, print_json
from dafu.cli.completing import addresses, clocks
from dafu.errors import WrongUsageError, printable
from dafu.terms import Clock


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@click.argument("clock", metavar="[时钟]", shell_complete=clocks, required=False)
@as_json
@click.pass_obj
def command(session: Session, address: str, clock: str | None, *, as_json: bool) -> None:
    """说明期限是怎样算出来的：从哪天起、按哪条规定、跳过了哪些天。"""
    from dafu import store

    known = [str(one) for one in Clock]
    if clock is not None and clock not in known:
        raise WrongUsageError(f"没有“{clock}”这个时钟（可用：{'、'.join(known)}）")
    case = session.case(store.find(session.workspace, address, Path.cwd()))
    chosen = [one for one in case.clocks if clock in (None, str(one.clock))]
    if as_json:
        print_json([clock_entry(one) | {"说明": list(one.basis)} for one in chosen])
        return
    for one in chosen:
        click.echo(f"{one.clock}{f'（{one.unit}）' if one.unit else ''}：{one.due}")
        for line in one.basis:
            click.echo(f"  {printable(line)}")
    if not chosen:
        click.echo(f"{case.proposal.number}：{clock or '各时钟'}还没有起算")
