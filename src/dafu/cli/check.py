"""`dafu check`: proofread records and their letters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, exit_code, placed, print_json
from dafu.errors import DafuError, Severity, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dafu.errors import Problem
    from dafu.store import Record

_FINDINGS = 1


@click.command(options_metavar="[选项]")
@click.argument("addresses", metavar="[案号…]", nargs=-1)
@as_json
@click.pass_obj
def command(session: Session, addresses: tuple[str, ...], *, as_json: bool) -> int:
    """校核记录：读不通的地方、不合顺序的环节、答复件上还缺的内容。

    不写案号，就校核全部，连同发文登记簿。
    """
    from dafu import store
    from dafu.desk import numbering

    tally = Tally()
    records, faults = _chosen(session, addresses, tally)
    everything = store.load(session.workspace)[0] if addresses else records
    found = list(_findings(session, records, everything, faults))
    if not addresses:
        found += numbering.findings(session.workspace, records)
    print_findings(placed([*faults, *found]), as_json=as_json)
    return exit_code(faults) or tally.code or (_FINDINGS if exit_code(found) else 0)


def _findings(
    session: Session, records: Sequence[Record], everything: Sequence[Record], faults: list[Problem]
) -> Iterator[Problem]:
    """Yield what the rules find in *records* among *everything*; a template that cannot be used goes to *faults*."""
    from dafu import check, store
    from dafu.desk.check import findings

    workspace = session.workspace
    files = {str(record.path) for record in records}
    leads = store.leads(workspace, everything)
    yield from (one for one in check.merging(everything, workspace.office) if one.file in files)
    yield from (one for one in check.sharing(everything, workspace, session.today.year) if one.file in files)
    for record in records:
        try:
            yield from findings(session.composer, record, store.lead_among(workspace, record, leads))
        except UnusableError as error:
            faults += [problem for problem in error.problems if problem not in faults]


def _chosen(session: Session, addresses: Sequence[str], tally: Tally) -> tuple[list[Record], list[Problem]]:
    from dafu import store

    if not addresses:
        return store.load(session.workspace)
    records: list[Record] = []
    faults: list[Problem] = []
    for address in addresses:
        try:
            records.append(store.find(session.workspace, address, Path.cwd()))
        except DafuError as error:
            found = error.problems if isinstance(error, UnusableError) else ()
            faults += found
            if not found:
                tally.fail(error)
    return records, faults


def print_findings(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Print what was found, a line each, and on standard error how many of each weight."""
    if as_json:
        print_json([entry(problem) for problem in problems])
        return
    for problem in problems:
        weight = "" if problem.severity is Severity.ERROR else f"{problem.severity.value}："
        click.echo(str(replace(problem, message=weight + problem.message)))
    counts = Counter(problem.severity for problem in problems)
    summary = "，".join(f"{one.value} {counts[one]}" for one in Severity if counts[one])
    click.echo(summary or "没有发现问题", err=True)


def entry(problem: Problem) -> dict[str, Any]:
    """Return a finding in the words of `check --json`."""
    return {
        "文件": problem.file or None,
        "行": problem.line,
        "字段": problem.field or None,
        "代码": problem.code,
        "级别": problem.severity.value,
        "说明": problem.message,
        "改法": problem.cure or None,
    }
