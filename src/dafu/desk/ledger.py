"""The ledger (办理台账) as a file: the same columns every time, one sheet, or one for each 角色 or 科室."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dafu import ledger, sheets, store
from dafu.deadlines import Light
from dafu.errors import Problem, UnusableError, WrongUsageError
from dafu.ledger import LEDGER, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from dafu.desk.standing import Standing
    from dafu.ledger import Column
    from dafu.model import Proposal
    from dafu.store import Workspace

WAYS = ("角色", "科室")
"""By what the sheets of a ledger may be divided."""

_COLUMNS = "台账列"
_TITLE = "办理台账"
_NONE = {"科室": "未分科室"}
_FILLS = {
    str(Light.OVERDUE): "FF9999",
    str(Light.RED): "FFCCCC",
    str(Light.YELLOW): "FFF2CC",
    str(Light.GREEN): "E2EFDA",
}
_COLOURED = ("灯", "到期日")

Group = tuple[str, list[Line]]
Pair = tuple["Proposal", dict[str, Any]]  # a record, and the words of a list


def write_ledger(workspace: Workspace, path: Path, standings: Sequence[Standing], by: str | None, *, dry: bool) -> None:
    """Write the ledger of *standings* to *path*: .xlsx, .csv (UTF-8 with a mark) or .md, by its suffix.

    A ledger that was written before is replaced while nobody has changed it; any other file is refused. Raises
    UnusableError where a record can no longer be read.
    """
    make = _maker(path, by)
    records, problems = store.read_all(workspace, (standing.path for standing in standings))
    if problems:
        raise UnusableError(problems=problems)
    pairs = [(record.proposal, standing.summary()) for record, standing in zip(records, standings, strict=True)]
    data = make(_groups(pairs, by), _columns(workspace), workspace)
    store.write_outputs(workspace, {path: data}, dry=dry)


def _maker(path: Path, by: str | None) -> Callable[[list[Group], list[Column], Workspace], bytes]:
    makers = {".xlsx": _xlsx, ".csv": _csv, ".md": _markdown}
    suffix = path.suffix.lower()
    if suffix not in makers:
        raise WrongUsageError(f"“{path.name}”：台账只写成 {'、'.join(makers)}（换一个后缀）")
    if suffix == ".csv" and by:
        raise WrongUsageError("CSV 只有一张表，不能按角色或科室分（写成 .xlsx，或加条件分几次写）")
    return makers[suffix]


def _columns(workspace: Workspace) -> list[Column]:
    columns, problems = ledger.chosen(workspace.office.ledger_columns or LEDGER, _COLUMNS)
    if problems:
        raise UnusableError(problems=[problem.within(str(workspace.root / store.OFFICE)) for problem in problems])
    return columns


def _groups(pairs: Iterable[Pair], by: str | None) -> list[Group]:
    if not by:
        return [(_TITLE, [_line(pair) for pair in pairs])]

    def which(pair: Pair) -> str:
        return str(pair[1][by] or _NONE.get(by, ""))

    ordered = sorted(pairs, key=which)  # sorting is stable: within a sheet the order of the records stays
    return [(name, [_line(pair) for pair in some]) for name, some in groupby(ordered, key=which)] or [(_TITLE, [])]


def _line(pair: Pair) -> Line:
    proposal, words = pair
    due = (words["期限"] or "") + ("（暂定）" if words["暂定"] else "")
    left = "" if words["剩余"] is None else str(words["剩余"])
    return Line(proposal, {"阶段": words["阶段"], "到期日": due, "剩余": left, "灯": words["灯"] or ""})


def _rows(lines: Sequence[Line], columns: Sequence[Column], workspace: Workspace) -> list[list[str]]:
    rows = ledger.table(lines, columns, workspace.office)
    problems = [
        Problem(
            "L301", f"“{column.title}”有{len(text):,}个字，一格放不下", "先在记录里改短", field=line.proposal.number
        )
        for line, row in zip(lines, rows, strict=True)
        for column, text in zip(columns, row, strict=True)
        if sheets.length_of(text) > sheets.LONGEST
    ]
    if problems:
        raise UnusableError(problems=problems)
    return rows


def _xlsx(groups: list[Group], columns: list[Column], workspace: Workspace) -> bytes:
    heads, widths = [column.title for column in columns], [column.width for column in columns]
    return sheets.xlsx_bytes(
        [
            sheets.Page(name, heads, _rows(lines, columns, workspace), widths, dict(_fills(lines, heads)))
            for name, lines in groups
        ]
    )


def _fills(lines: Sequence[Line], heads: Sequence[str]) -> Iterable[tuple[tuple[int, int], str]]:
    for row, line in enumerate(lines, 1):
        if colour := _FILLS.get(line.computed["灯"]):
            yield from (((row, heads.index(head) + 1), colour) for head in _COLOURED if head in heads)


def _csv(groups: list[Group], columns: list[Column], workspace: Workspace) -> bytes:
    rows = [row for _, lines in groups for row in _rows(lines, columns, workspace)]
    return sheets.csv_bytes([column.title for column in columns], rows)


def _markdown(groups: list[Group], columns: list[Column], workspace: Workspace) -> bytes:
    lines = [f"# {_TITLE}"]
    for name, some in groups:
        lines += [] if name == _TITLE else ["", f"## {name}"]
        heads = [column.title for column in columns]
        lines += ["", *map(_piped, [heads, ["---"] * len(heads), *_rows(some, columns, workspace)])]
    return ("\n".join(lines) + "\n").encode()


def _piped(cells: Sequence[str]) -> str:
    escaped = (cell.replace("\\", r"\\").replace("|", r"\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(escaped)} |"
