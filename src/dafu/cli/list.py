"""`dafu list`: all records as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, complain, exit_code, print_csv, print_json, print_table, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Office
    from dafu.store import Record

_COLUMNS = ("案号", "类别", "角色", "案由", "提案人", "科室", "经办人", "最近环节")


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[条件…]", nargs=-1)
@click.option("--csv", "as_csv", is_flag=True, help="印出 CSV，供表格软件读取")
@as_json
@click.pass_obj
def command(session: Session, words: tuple[str, ...], *, as_csv: bool, as_json: bool) -> int:
    """列出件，一件一行。

    条件写“角色=会办”“科室!=办公室”“案由~招商”，或直接写要找的文字；几个条件要同时合乎。
    """
    from dafu import store

    records, problems = store.load(session.workspace)
    rows = [(_row(record, session.workspace.office), record) for record in _wanted(session, words, records)]
    if as_json:
        print_json([row for row, _ in rows])
    else:
        (print_csv if as_csv else print_table)(_COLUMNS, [_cells(row, record) for row, record in rows])
    complain(problems)
    return exit_code(problems)


def _wanted(session: Session, words: tuple[str, ...], records: Iterable[Record]) -> Iterator[Record]:
    from dafu.desk.query import chooser
    from dafu.model import Proposal, in_words, schema_of

    office = session.workspace.office
    chosen = chooser(words, schema_of(Proposal)["properties"])
    return (record for record in records if not words or chosen(in_words(record.proposal, office)))


def _row(record: Record, office: Office) -> dict[str, Any]:
    proposal = record.proposal
    return {
        "案号": proposal.number,
        "类别": str(proposal.kind),
        "层级": str(proposal.level or office.level),
        "届次": proposal.session,
        "案由": proposal.subject,
        "提案人": [proposer.name for proposer in proposal.proposers],
        "角色": str(proposal.role),
        "科室": proposal.handling_section,
        "经办人": proposal.handling_clerk,
        "重点": proposal.is_key,
        "阶段": None,
        "期限": None,
        "剩余": None,
        "灯": None,
        "暂定": False,
        "文件": shown(record.path),
    }


def _cells(row: dict[str, Any], record: Record) -> list[str]:
    names = row["提案人"]
    latest = record.proposal.events[-1:]
    said = {
        "提案人": names[0] + (f"等{len(names)}人" if len(names) > 1 else ""),
        "最近环节": "".join(f"{event.day} {event.step}" for event in latest),
    }
    return [said.get(column) or row.get(column) or "" for column in _COLUMNS]
