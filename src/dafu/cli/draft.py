"""`dafu draft`: records become letters."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, dry_run, print_json, shown
from dafu.cli.completing import addresses, papers
from dafu.errors import DafuError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.desk.draft import Asked, Drafted, Drafting, Outcome


@click.command(options_metavar="[选项]")
@click.argument("addresses", metavar="案号…", nargs=-1, shell_complete=addresses)
@click.option("--all", "every", is_flag=True, help="全部还没有送达的件")
@click.option(
    "--paper",
    metavar="文种",
    shell_complete=papers,
    help="写哪一种，如 征询意见表；全部：眼下要用的各种（默认按类别和角色）",
)
@click.option("--pdf", "pdf", is_flag=True, help="同时转成 PDF（要装有 LibreOffice）")
@click.option("--new", is_flag=True, help="原有的答复件不动，另写一份")
@as_json
@dry_run
@click.pass_obj
def command(  # noqa: PLR0913 -- one parameter per option
    session: Session,
    addresses: tuple[str, ...],
    *,
    every: bool,
    paper: str | None,
    pdf: bool,
    new: bool,
    as_json: bool,
    dry: bool,
) -> int:
    """按记录套版，把答复件写进 replies/年份/案号/。"""
    from dafu.desk.draft import Drafting

    if bool(addresses) == every:
        raise click.UsageError("写上案号，或者用 --all（两者只能用一样）")
    drafting = Drafting(session.workspace, session.composer, session.today, new, dry, paper, pdf)
    tally = _Tally()
    for outcome in _all(session, drafting, tally) if every else _named(session, drafting, addresses, tally):
        tally.add(outcome)
    tally.print(as_json=as_json)
    return tally.code


class _Tally(Tally):
    """What came of each record."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Drafted] = []

    def add(self, outcome: Outcome) -> None:
        self.done += outcome.drafted
        if outcome.error:
            self.fail(outcome.error)

    def print(self, *, as_json: bool) -> None:
        if as_json:
            print_json([_entry(drafted) for drafted in self.done])
        for drafted in self.done:
            if not as_json:
                click.echo(shown(drafted.path) + ("" if drafted.written else "（没有写文件）"))
            if drafted.finding:
                click.echo(f"{shown(drafted.path)}：{drafted.finding}", err=True)
            if drafted.missing:
                click.echo(f"{drafted.number}：还缺 {'、'.join(drafted.missing)}", err=True)


def _all(session: Session, drafting: Drafting, tally: _Tally) -> Iterator[Outcome]:
    """Draft every letter that is still wanted; on a terminal a bar shows how far it is."""
    from dafu.desk import batch

    overview = session.overview()
    tally.report(overview.problems)
    wanted = batch.jobs(overview)
    with click.progressbar(length=len(wanted), file=sys.stderr) if sys.stderr.isatty() else nullcontext() as bar:
        for count, outcomes in batch.drafted(drafting, wanted):
            yield from outcomes
            if bar:
                bar.update(count)


def _named(session: Session, drafting: Drafting, addresses: tuple[str, ...], tally: _Tally) -> Iterator[Outcome]:
    from dafu.desk.draft import outcomes

    asked = []
    for address in addresses:
        try:
            asked.append(_asked(session, address))
        except DafuError as error:
            tally.fail(error)
    yield from outcomes(drafting, asked)


def _asked(session: Session, address: str) -> Asked:
    """Find a record and the one that leads it; one whose letter would lie where another's does is refused."""
    from dafu import store
    from dafu.desk.draft import Asked, refuse_shared

    workspace = session.workspace
    record, near = store.find_near(workspace, address, Path.cwd())
    refuse_shared(workspace, record, near, session.today)
    return Asked(record, store.lead_among(workspace, record, store.leads(workspace, near)))


def _entry(drafted: Drafted) -> dict[str, Any]:
    return {
        "案号": drafted.number,
        "文件": shown(drafted.path),
        "缺": list(drafted.missing),
        "写入": drafted.written,
    }
