"""`dafu draft`: records become letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, dry_run, print_json, shown
from dafu.cli.completing import addresses, papers
from dafu.errors import DafuError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.desk.draft import Drafted, Drafting
    from dafu.store import Record


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
    outcome = _Outcome()
    chosen = _unsent(session, outcome) if every else _named(session, addresses, outcome)
    for record, lead in chosen:
        outcome.add(drafting, record, lead, pdf=pdf and not dry)
    outcome.print(as_json=as_json)
    return outcome.code


class _Outcome(Tally):
    """What came of each record."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Drafted] = []

    def add(self, drafting: Drafting, record: Record, lead: Record | None, *, pdf: bool) -> None:
        from dafu.desk.draft import draft, to_pdf

        try:
            for drafted in draft(drafting, record, lead):
                self.done.append(drafted)
                if pdf:
                    to_pdf(drafted)
        except DafuError as error:
            self.fail(error)

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


def _named(session: Session, addresses: tuple[str, ...], outcome: _Outcome) -> Iterator[tuple[Record, Record | None]]:
    from dafu import store

    for address in addresses:
        try:
            record = store.find(session.workspace, address, Path.cwd())
            near = store.mentioning(session.workspace, record.proposal.number)
            yield from _lonely(session, [record], near, outcome)
        except DafuError as error:
            outcome.fail(error)


def _unsent(session: Session, outcome: _Outcome) -> Iterator[tuple[Record, Record | None]]:
    """Yield the records that still want a letter: answered by us, not merged into another, not sent."""
    from dafu import store
    from dafu.desk.papers import is_open

    records, problems = store.load(session.workspace)
    outcome.report(problems)
    wanted = [record for record in records if is_open(record.proposal)]
    yield from (pair for pair in _lonely(session, wanted, records, outcome) if pair[1] is None)


def _lonely(
    session: Session, wanted: Iterable[Record], known: Sequence[Record], outcome: _Outcome
) -> Iterator[tuple[Record, Record | None]]:
    """Yield *wanted* with their leads; one whose letter would lie where another's does is refused."""
    from dafu import store

    leads = store.leads(session.workspace, known)
    sharers = store.sharers(session.workspace, known, session.today.year)
    for record in wanted:
        other = sharers.get(record.path)
        if other:
            told = f"{record.proposal.number}：答复件会同 {shown(other.path)} 的放在一起，没有写出"
            outcome.fail(RefusedError(f"{told}（先登记交办，分到各自的年份；或改正案号）"))
        else:
            yield record, store.lead_among(session.workspace, record, leads)


def _entry(drafted: Drafted) -> dict[str, Any]:
    return {
        "案号": drafted.number,
        "文件": shown(drafted.path),
        "缺": list(drafted.missing),
        "写入": drafted.written,
    }
