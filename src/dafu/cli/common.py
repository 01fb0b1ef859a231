"""What the verbs share: the session, common options, and how things are printed."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.columns import table
from dafu.errors import DafuError, Severity, UnusableError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dafu.compose import Composer
    from dafu.deadlines import Running
    from dafu.desk.case import Case
    from dafu.desk.standing import Overview
    from dafu.errors import Problem
    from dafu.store import Author, Record, Workspace
    from dafu.workdays import Calendar

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
as_json = click.option("--json", "as_json", is_flag=True, help="印出 JSON，供程序读取")
dry_run = click.option("-n", "--dry-run", "dry", is_flag=True, help="照样做一遍，只是不写文件")


class Whole(click.IntRange):
    """A whole number within bounds, called so in what click says of it."""

    name = "整数"


@dataclass
class Session:
    """One run of the command: where it works, and the day that is today."""

    folder: Path
    today: date

    @cached_property
    def workspace(self) -> Workspace:
        """Open the workspace, once."""
        from dafu import store

        return store.open_workspace(self.folder)

    @cached_property
    def calendar(self) -> Calendar:
        """Read the working calendar of the office, once."""
        from dafu.desk.case import calendar_of

        return calendar_of(self.workspace)

    def cases(self) -> tuple[list[Case], list[Problem]]:
        """Return every record as it stands today, and what is wrong with the files."""
        from dafu import store
        from dafu.desk.case import cases

        records, problems = store.load(self.workspace)
        return list(cases(self.workspace, records, self.calendar, self.today)), problems

    def overview(self) -> Overview:
        """Return every record as lists show it today."""
        from dafu.desk.standing import Overview

        return Overview(self.workspace, self.calendar, self.today)

    def case(self, record: Record) -> Case:
        """Return one record as it stands today."""
        from dafu import store
        from dafu.desk.case import Case

        return Case(self.workspace, record, store.lead_of(self.workspace, record), self.calendar, self.today)

    @cached_property
    def author(self) -> Author:
        """Name who changes things: the system's user, at this moment."""
        from dafu.store import Author

        return Author(_user(), datetime.now().astimezone().isoformat(timespec="seconds"))

    @cached_property
    def composer(self) -> Composer:
        """Make the composer of the office's templates, once."""
        from dafu.compose import Composer

        return Composer(self.workspace.office, self.workspace.templates)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001 -- click's signature
    """Turn an option's words into a day."""
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise click.BadParameter(f"“{value}”不是日期，写成 2025-03-05")


def shown(path: Path | str) -> str:
    """Return *path* as it would be typed from the current folder."""
    try:
        return printable(os.path.relpath(path))
    except ValueError:  # another drive of Windows
        return printable(str(path))


def placed(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* with their files as typed from the current folder, in the order of files and lines."""
    named = (problem._replace(file=shown(problem.file)) if problem.file else problem for problem in problems)
    return sorted(named, key=lambda problem: (problem.file, problem.line or 0))


def complain(problems: Iterable[Problem]) -> None:
    """Print *problems* on standard error, a line each."""
    for problem in placed(problems):
        click.echo(str(problem), err=True)


def print_json(value: Any) -> None:
    """Print one JSON value."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print *rows* in columns under *heads*."""
    click.echo("\n".join(table([heads, *map(_printable, rows)])))


def _printable(row: Sequence[str]) -> Sequence[str]:
    return row if "".join(row).isprintable() else [printable(cell) for cell in row]


def print_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print *rows* as CSV under *heads*."""
    import csv
    import io

    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows([heads, *rows])
    click.echo(page.getvalue(), nl=False)


def tell(error: DafuError) -> None:
    """Print on standard error why something could not be done."""
    if isinstance(error, UnusableError) and error.problems:
        complain(error.problems)
    else:
        click.echo(printable(str(error).replace(f"{Path.cwd()}{os.sep}", "")), err=True)  # paths as they are typed


def clock_entry(clock: Running) -> dict[str, Any]:
    """Return a clock in the words of `show`."""
    return {
        "名称": str(clock.clock),
        "单位": clock.unit,
        "起": clock.start and str(clock.start),
        "起算日": clock.started and clock.started.isoformat(),
        "规则": clock.rule,
        "期限": clock.due.isoformat(),
        "原期限": clock.original and clock.original.isoformat(),
        "剩余": clock.left,
        "灯": clock.light and str(clock.light),
        "暂定": clock.provisional,
        "止": clock.stopped and clock.stopped.isoformat(),
    }


class Tally:
    """The exit code of a command over many records: one that fails never stops the others."""

    def __init__(self) -> None:
        self.code = 0

    def report(self, problems: Sequence[Problem]) -> None:
        """Print *problems*; an error among them counts as an unusable record."""
        complain(problems)
        self.code = exit_code(problems) or self.code

    def fail(self, error: DafuError) -> None:
        """Print why one record failed; an unusable one weighs most."""
        tell(error)
        worst = UnusableError.exit_code
        self.code = worst if worst in (self.code, error.exit_code) else error.exit_code


def exit_code(problems: Iterable[Problem]) -> int:
    """Return the exit code of a command that went on past *problems*: only errors count."""
    return UnusableError.exit_code if any(one.severity is Severity.ERROR for one in problems) else 0
