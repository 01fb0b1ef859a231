"""`dafu doctor`: what should be put right in this workspace and on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dafu.cli.check import entry, print_findings
from dafu.cli.common import Session, Tally, as_json, dry_run, placed, print_json
from dafu.errors import DafuError, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafu.desk.doctor import Finding
    from dafu.errors import Problem

_FINDINGS = 1


@click.command(options_metavar="[选项]")
@click.option("--fix", is_flag=True, help="能自行处理的，逐个问过再处理")
@as_json
@dry_run
@click.pass_obj
def command(session: Session, *, fix: bool, as_json: bool, dry: bool) -> int:
    """体检：字体、程序、节假日安排、没有做完的操作、残留的文件、副本、重复的号和件、发文和归档登记、文件系统。

    有错误的，退出码是 1；只有警告、提示的是 0。-n 只说会怎样处理。
    """
    from dafu.desk.doctor import examine

    found, unread = examine(session.workspace, session.calendar, session.today, session.author)
    tally = Tally()
    done = [_mended(one, tally) for one in found] if fix and not dry else [False] * len(found)
    left = [one.problem for one, is_done in zip(found, done, strict=True) if not is_done]
    if as_json:
        print_json([_entry(one, done=is_done) for one, is_done in zip(found, done, strict=True)])
    else:
        print_findings(placed(left), as_json=False)
        _tell_repairs(found if dry or not fix else [], dry=dry)
    tally.report(unread)
    return tally.code or (_FINDINGS if any(one.severity is Severity.ERROR for one in left) else 0)


def _mended(finding: Finding, tally: Tally) -> bool:
    """Ask whether to mend *finding*, where the tool can, and do so; tell whether it is mended now."""
    if finding.repair is None:
        return False
    if not click.confirm(f"{_sentence(finding.problem)}\n{finding.repair.words}，做吗？", err=True):
        return False
    try:
        finding.repair.act()
    except DafuError as error:
        tally.fail(error)
        return False
    return True


def _sentence(problem: Problem) -> str:
    return str(placed([problem])[0])


def _tell_repairs(found: Sequence[Finding], *, dry: bool) -> None:
    """Say on standard error what --fix would do: each act in a rehearsal, else only how many there are."""
    repairs = [(_sentence(one.problem).partition(": ")[0], one.repair.words) for one in found if one.repair]
    if dry:
        for place, words in repairs:
            click.echo(f"{place}：会{words}", err=True)
    elif repairs:
        click.echo(f"其中 {len(repairs)} 项可以用 dafu doctor --fix 处理", err=True)


def _entry(finding: Finding, *, done: bool) -> dict[str, Any]:
    words = finding.repair.words if finding.repair else None
    return entry(placed([finding.problem])[0]) | {"可处理": words, "已处理": done}
