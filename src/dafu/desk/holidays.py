"""Take in a notice of days off, and tell which open cases it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import deadlines, files, store, yamltext
from dafu.desk.case import cases, holidays_path, own_notices
from dafu.errors import UnusableError
from dafu.model.holiday_notice import read_notice
from dafu.model.holidays import with_notice
from dafu.workdays import Calendar

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dafu.deadlines import Running
    from dafu.desk.case import Case
    from dafu.errors import Problem
    from dafu.store import Workspace
    from dafu.workdays import YearNotice

_LIMIT = 1_000_000  # bytes


def take_notice(
    workspace: Workspace, path: Path, today: date, *, dry: bool
) -> tuple[YearNotice, list[tuple[Case, Running, Running]], list[Problem]]:
    """Write the notice in *path* into the office's own calendar; return it, and the open clocks that it moves.

    The problems are those of records that cannot be read: what it moves there is not known.
    """
    text, problems = yamltext.decode(files.read(path, _LIMIT))
    notice = None
    if not problems:
        notice, problems = read_notice(text)
    if notice is None:
        raise UnusableError(problems=[problem.within(str(path)) for problem in problems])
    known = own_notices(workspace) if holidays_path(workspace).exists() else {}
    records, unread = store.load(workspace)
    found = cases(workspace, records, Calendar(known), today)
    after = Calendar(known | {notice.year: notice})
    moved = [(case, *pair) for case in found for pair in deadlines.moved(case.clocks, case.clocks_by(after))]
    if not dry:
        _write(workspace, notice)
    return notice, moved, unread


def _write(workspace: Workspace, notice: YearNotice) -> None:
    own = holidays_path(workspace)
    data = files.read(own, _LIMIT) if own.exists() else b""
    try:
        new = with_notice(yamltext.decode(data)[0], notice).encode()
    except ValueError as error:
        raise UnusableError(f"{own}：{error}（先改正这个文件，再读入通知）") from error
    if own.exists():
        files.write(own, new, expected=files.digest(data))
    else:
        files.create(own, new)
