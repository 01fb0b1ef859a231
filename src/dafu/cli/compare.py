"""`dafu compare`: an edited letter or the signed PDF against its record."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.check import entry, print_findings
from dafu.cli.common import Session, as_json, dry_run, placed, print_json, shown
from dafu.cli.completing import addresses
from dafu.errors import Severity, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafu.check.against import Difference
    from dafu.desk.compare import Taken

_DIFFERENT = 1


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.option("--accept", "accepting", is_flag=True, help="把文件里改过的正文取回记录（别的不取）")
@as_json
@dry_run
@click.pass_obj
def command(session: Session, address: str, path: Path, *, accepting: bool, as_json: bool, dry: bool) -> int:
    """拿改过的答复件（.docx）或者签发的 PDF，同记录逐项比对。

    有不同就退出 1；只有提示（如已处理的批注）退出 0；扫描成图的 PDF 没有文字可比，退出 3。
    """
    from dafu import store
    from dafu.desk.compare import accept, compare

    record = store.find(session.workspace, address, Path.cwd())
    lead = store.lead_of(session.workspace, record)
    found = compare(session.composer, session.workspace.office, record, lead, Path.cwd() / path)
    if not accepting:
        _print(found.differences, [_entry(one) for one in found.differences], as_json=as_json)
        return _code(found.differences)
    done = accept(session.workspace, record, lead, found, session.author, dry=dry)
    if not as_json:
        _print_change(done, dry=dry)
    entries = [_entry(one) | {"采纳": one not in found.remaining} for one in found.differences]
    _print(found.remaining, entries, as_json=as_json)
    return _code(found.remaining)


def _print_change(done: Taken, *, dry: bool) -> None:
    changes = unified_diff(done.old.splitlines(), done.new.splitlines(), lineterm="", n=0)
    for line in [line for line in changes if not line.startswith(("---", "+++", "@@"))]:
        click.echo(printable(line))
    said = "（没有写文件）" if dry else "" if done.old != done.new else "（正文没有不同）"
    click.echo(shown(done.path) + said)
    if done.kept:
        click.echo(f"原来的正文留在 {shown(done.kept)}", err=True)


def _print(found: Sequence[Difference], entries: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(entries)
    elif found:
        print_findings(placed(one.problem for one in found), as_json=False)
    else:
        click.echo("同记录一致", err=True)


def _entry(one: Difference) -> dict[str, Any]:
    return entry(*placed([one.problem])) | {"记录": one.ours or None, "文件中": one.theirs or None}


def _code(found: Sequence[Difference]) -> int:
    return _DIFFERENT if any(one.problem.severity is not Severity.NOTICE for one in found) else 0
