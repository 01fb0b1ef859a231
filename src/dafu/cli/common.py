"""What the verbs share: the session, common options, and how things are printed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.columns import table
from dafu.errors import UnusableError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dafu.compose import Composer
    from dafu.errors import Problem
    from dafu.store import Workspace

as_json = click.option("--json", "as_json", is_flag=True, help="印出 JSON，供程序读取")
dry_run = click.option("-n", "--dry-run", "dry", is_flag=True, help="照样做一遍，只是不写文件")


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
    def composer(self) -> Composer:
        """Make the composer of the office's templates, once."""
        from dafu.compose import Composer

        return Composer(self.workspace.office, self.workspace.templates)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001 -- click's signature
    """Turn an option's words into a day."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，写成 2025-03-05") from None


def shown(path: Path | str) -> str:
    """Return *path* as it would be typed from the current folder."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return str(path)


def placed(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* with their files as typed from the current folder, in the order of files and lines."""
    named = (replace(problem, file=shown(problem.file)) if problem.file else problem for problem in problems)
    return sorted(named, key=lambda problem: (problem.file, problem.line or 0))


def complain(problems: Iterable[Problem]) -> None:
    """Print *problems* on standard error, a line each."""
    for problem in placed(problems):
        click.echo(str(problem), err=True)


def print_json(value: Any) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print *rows* in columns under *heads*."""
    for line in table([heads, *([printable(cell) for cell in row] for row in rows)]):
        click.echo(line)


def exit_code(problems: Sequence[Problem]) -> int:
    """Return the exit code of a command that went on past *problems*."""
    return UnusableError.exit_code if problems else 0
