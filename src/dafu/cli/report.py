"""`dafu report`: the figures of the desk, and what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dafu.cli.common import Session, Whole, as_json, complain, day, dry_run, exit_code, print_json, print_table, shown
from dafu.cli.completing import queries
from dafu.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dafu.report import Account

_FILE = click.Path(path_type=Path)


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[条件…]", nargs=-1, shell_complete=queries)
@click.option("--year", type=Whole(1949, 9999), metavar="年度", help="只计这一年交办的件，截至年底（未完的截至今天）")
@click.option("--asof", "as_of", callback=day, metavar="日期", help="截至哪一天（默认今天）；以后的环节不计")
@click.option("--promises", "only_promises", is_flag=True, help="只印承诺台账：B、C类答复和跟踪")
@click.option("--xlsx", type=_FILE, metavar="文件", help="写成表格，附图表")
@click.option("--docx", type=_FILE, metavar="文件", help="写成办理情况报告，公文版面")
@click.option("--html", type=_FILE, metavar="文件", help="写成一页看板，不用联网，可以打印")
@as_json
@dry_run
@click.pass_obj
def command(  # noqa: PLR0913 -- one parameter per option
    session: Session,
    words: tuple[str, ...],
    *,
    year: int | None,
    as_of: date | None,
    only_promises: bool,
    xlsx: Path | None,
    docx: Path | None,
    html: Path | None,
    as_json: bool,
    dry: bool,
) -> int:
    """办理情况统计：办复率、按时率、见面率、满意率、办理结果等，附各项的口径。

    条件同 dafu list，比如“类别=提案”“科室=办公室”。写文件时不覆盖别的文件；写出以后改动过的表格和报告也不覆盖。
    """
    from dafu import store
    from dafu.desk.report import account, chosen

    paths = {kind: path.absolute() for kind, path in (("xlsx", xlsx), ("docx", docx), ("html", html)) if path}
    if len(set(paths.values())) < len(paths) or (only_promises and paths):
        raise WrongUsageError("--xlsx、--docx、--html 各写各的文件；--promises 只印在屏幕上（几种文件里都有承诺台账）")
    choice = chosen(session.today, year, as_of, words)
    found, problems = account(session.workspace, session.calendar, choice)
    store.write_outputs(session.workspace, dict(_outputs(session, found, paths)), dry=dry)
    if as_json:
        print_json([one.words() for one in found.promises] if only_promises else found.as_json())
    elif paths:
        for path in paths.values():
            click.echo(shown(path) + ("（没有写文件）" if dry else ""))
    else:
        _print(found, only_promises=only_promises)
    complain(problems)
    return exit_code(problems)


def _outputs(session: Session, found: Account, paths: Mapping[str, Path]) -> Iterator[tuple[Path, bytes]]:
    from dafu.desk.report import docx
    from dafu.report import board, book

    if "xlsx" in paths:
        yield paths["xlsx"], book.xlsx(found)
    if "docx" in paths:
        yield paths["docx"], docx(found, session.composer, session.today)
    if "html" in paths:
        yield paths["html"], board.page(found).encode()


def _print(found: Account, *, only_promises: bool) -> None:
    from dafu.report import notes
    from dafu.report.text import kept, sheets

    if only_promises:
        sheet = kept(found)
        print_table(sheet.heads, sheet.rows)
        return
    click.echo(f"{found.title}（{found.scope}）")
    for sheet in sheets(found):
        click.echo(f"\n{sheet.title}")
        print_table(sheet.heads, sheet.rows)
    click.echo("\n口径")
    for note in notes():
        click.echo(note)
