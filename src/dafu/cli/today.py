"""`dafu` alone: the top of today's list, and the next sensible step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dafu.cli.common import complain, exit_code
from dafu.errors import UnusableError, printable

if TYPE_CHECKING:
    from dafu.cli.common import Session

_MOST = 10  # rows: what fits on a screen together with the advice
_WEEKDAYS = "一二三四五六日"


def show(session: Session) -> int:
    """Print the day, its most pressing rows and what to do next; return the exit code.

    A glance is no test: what is overdue is told, and only `dafu due` makes an exit code of it. A workspace that cannot
    be read is 3, as everywhere; where there is none, nothing was asked that could not be done.
    """
    from dafu import store
    from dafu.cli.due import print_items
    from dafu.desk.agenda import agenda, lights
    from dafu.desk.next_step import next_step

    try:
        store.root_of(session.folder)
    except UnusableError:
        _say("这里没有工作区，先建一个（已经有的，用 cd 进去，或用 -C 指定）", "dafu init 办公室")
        return 0
    overview = session.overview()
    items = agenda(overview.running, None)
    click.echo(f"{session.today} 星期{_WEEKDAYS[session.today.weekday()]}：{lights(items)}")
    if items:
        print_items(items[:_MOST])
    if len(items) > _MOST:
        click.echo(f"……还有{len(items) - _MOST}行，用 dafu due 看全部")
    complain(overview.problems)
    _say(*next_step(overview, items, Path.cwd()))
    return exit_code(overview.problems)


def _say(why: str, command: str) -> None:
    click.echo(f"下一步：{printable(why)}\n  {printable(command)}")
    click.echo("全部命令：dafu --help")
