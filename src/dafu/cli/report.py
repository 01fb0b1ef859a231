"""`dafu report`: the figures of the desk, and what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dafu.cli.common import Session, as_json, complain, day, exit_code, print_json, print_table

if TYPE_CHECKING:
    from datetime import date

    from dafu.report import Account


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="[条件…]", nargs=-1)
@click.option(
    "--year", type=click.IntRange(1949, 9999), metavar="年度", help="只计这一年交办的件，截至年底（未完的截至今天）"
)
@click.option("--asof", "as_of", callback=day, metavar="日期", help="截至哪一天（默认今天）；以后的环节不计")
@click.option("--promises", "only_promises", is_flag=True, help="只印承诺台账：B、C类答复和跟踪")
@as_json
@click.pass_obj
def command(
    session: Session,
    words: tuple[str, ...],
    *,
    year: int | None,
    as_of: date | None,
    only_promises: bool,
    as_json: bool,
) -> int:
    """办理情况统计：办复率、按时率、见面率、满意率、办理结果等，附各项的口径。

    条件同 dafu list，比如“类别=提案”“科室=办公室”。
    """
    from dafu import store
    from dafu.desk.report import account, chosen

    records, problems = store.load(session.workspace)
    found = account(session.workspace, records, session.calendar, chosen(session.today, year, as_of, words))
    if as_json:
        print_json([one.words() for one in found.promises] if only_promises else found.as_json())
    else:
        _print(found, only_promises=only_promises)
    complain(problems)
    return exit_code(problems)


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
