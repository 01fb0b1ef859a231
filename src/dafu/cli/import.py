"""`dafu import`: lists and texts that others handed over become records."""  # noqa: N999 -- a verb's file bears its name, and is imported by it

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, complain, dry_run, print_json, shown
from dafu.errors import DafuError, Severity, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dafu.desk.imports import Imported
    from dafu.errors import Problem

_FAULTY = 1


@click.command(options_metavar="[选项]")
@click.argument("paths", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--column", "columns", metavar="列名=字段", multiple=True, help="清单的这一列是哪个字段；记进 dafu.yaml")
@as_json
@dry_run
@click.pass_obj
def command(session: Session, paths: tuple[Path, ...], columns: tuple[str, ...], *, as_json: bool, dry: bool) -> int:
    """读入别人交来的材料：交办清单（.xlsx .csv），提案或答复的文本（.docx .pdf .txt）。

    清单改过以后再读一遍，只改清单自己填过的内容，手工改过的不动。
    """
    names = dict(_pairs(columns))
    tally = Tally()
    done: list[Imported] = []
    notices: list[Problem] = []
    for path in paths:
        try:
            some, said = _imported(session, path, names, dry=dry)
        except DafuError as error:
            tally.fail(error)
            continue
        done += some
        notices += said
    tally.report(list(dict.fromkeys(notices)))
    complain(problem for one in done for problem in one.problems)
    _print(done, as_json=as_json, dry=dry)
    return tally.code or (_FAULTY if any(_is_faulty(one) for one in done) else 0)


def _pairs(columns: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in columns:
        heading, equals, key = word.rpartition("=")
        if not equals or not heading.strip() or not key.strip():
            raise WrongUsageError(f"“--column {word}”应当写成 列名=字段（如 --column 题目内容=案由）")
        yield heading.strip(), key.strip()


def _imported(
    session: Session, path: Path, names: dict[str, str], *, dry: bool
) -> tuple[list[Imported], Sequence[Problem]]:
    """Import one file by what it really is, whatever its name says."""
    from dafu import files, sheets
    from dafu.desk.lists import Clerk, import_list

    path = path.absolute()
    data = files.read(path, sheets.LIMIT)
    if sheets.is_spreadsheet(data, path.suffix):
        return import_list(session.workspace, path, data, Clerk(session.author, session.today, dry, names))
    from dafu.desk.texts import import_text

    return [import_text(session.workspace, path, session.today, session.author, dry=dry)], []


def _is_faulty(one: Imported) -> bool:
    return any(problem.severity is Severity.ERROR for problem in one.problems)


def _print(done: Sequence[Imported], *, as_json: bool, dry: bool) -> None:
    from dafu.desk.imports import Outcome

    by_outcome = {outcome: [one for one in done if one.outcome is outcome] for outcome in Outcome}
    if as_json:
        print_json({str(outcome): [_entry(one) for one in some] for outcome, some in by_outcome.items()})
        return
    for one in done:
        if one.outcome is not Outcome.SAME:
            record = f" → {shown(one.record)}" if one.record else ""
            click.echo(f"{_place(one)} {one.outcome} {one.number or ''}{record}")
    counts = "，".join(f"{outcome}{len(some)}件" for outcome, some in by_outcome.items())
    click.echo(counts + ("（没有写文件）" if dry else ""))


def _place(one: Imported) -> str:
    return shown(one.source) + (f":{one.row}" if one.row else "") + ":"


def _entry(one: Imported) -> dict[str, Any]:
    return {
        "案号": one.number,
        "来源": shown(one.source),
        "行": one.row,
        "文件": shown(one.record) if one.record else None,
        "说明": [_said(problem) for problem in one.problems],
    }


def _said(problem: Problem) -> str:
    cure = f"（{problem.cure}）" if problem.cure else ""
    return " ".join(filter(None, (problem.field, problem.message))) + cure
