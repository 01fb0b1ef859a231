"""`dafu catalogue`: 归档文件目录, 归档章, and what is due for appraisal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, complain, dry_run, exit_code, print_json, print_table, shown
from dafu.errors import WrongUsageError

if TYPE_CHECKING:
    from dafu.archive.catalogue import Item

_FINDINGS = 1
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(options_metavar="[选项]")
@click.argument("year", metavar="[年度]", required=False)
@click.option("--due", is_flag=True, help="只列保管期限已满、该鉴定的（--today 可指定哪一天）")
@click.option("--stamps", is_flag=True, help="列出归档章上的各项，不列目录")
@click.option("--xlsx", type=_FILE, metavar="文件", help="写成电子表格")
@click.option("--docx", type=_FILE, metavar="文件", help="写成可以打印的目录")
@as_json
@dry_run
@click.pass_obj
def command(  # noqa: PLR0913 -- one parameter per option
    session: Session,
    year: str | None,
    *,
    due: bool,
    stamps: bool,
    xlsx: Path | None,
    docx: Path | None,
    as_json: bool,
    dry: bool,
) -> int:
    """归档文件目录，按归档文件整理规则的格式：登记了归档的件，一件一行，页数从归档的文件数出。"""
    from dafu import store
    from dafu.archive import catalogue
    from dafu.desk.catalogue import drawn, items

    wanted = _year(year)
    cases, unread = session.cases()
    everything = items(cases, session.composer)
    chosen = [one for one in everything if wanted in (None, one.year) and (not due or one.is_due(session.today))]
    written = drawn(chosen, xlsx and xlsx.absolute(), docx and docx.absolute(), stamps=stamps)
    store.write_outputs(session.workspace, written, dry=dry)
    if as_json:
        print_json([_entry(at, one) for at, one in enumerate(chosen, 1)])
    elif written:
        for path in written:
            click.echo(shown(path) + ("（没有写文件）" if dry else ""))
    elif stamps:
        print_table(catalogue.STAMP, [list(one.stamp.values()) for one in chosen])
    else:
        print_table(catalogue.HEADS, catalogue.rows(chosen))
    doubles = list(catalogue.faults(everything))
    complain([*unread, *doubles])
    return exit_code(unread) or (_FINDINGS if doubles else 0)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if len(text) != len("2025") or not (text.isascii() and text.isdecimal()):
        raise WrongUsageError(f"“{text}”不是年度（写成 2025）")
    return int(text)


def _entry(at: int, one: Item) -> dict[str, Any]:
    return {
        "案号": one.case,
        "序号": at,
        "件号": one.place and one.place.item,
        "档号": one.number or None,
        "文号": one.document or None,
        "责任者": one.author,
        "题名": one.title,
        "日期": one.day and one.day.isoformat(),
        "密级": one.secrecy or None,
        "页数": one.pages,
        "备注": "；".join(one.remarks) or None,
        "年度": one.year,
        "保管期限": str(one.period),
        "到期": one.due and f"{one.due}-01-01",
        "归档章": one.stamp,
    }
