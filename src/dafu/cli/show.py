"""`dafu show`: one record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, as_json, clock_entry, print_json, shown
from dafu.cli.completing import addresses
from dafu.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(options_metavar="[选项]")
@click.argument("address", metavar="案号", shell_complete=addresses)
@as_json
@click.pass_obj
def command(session: Session, address: str, *, as_json: bool) -> None:
    """看一件的内容和办理过程。"""
    from dafu import store
    from dafu.model import in_words

    case = session.case(store.find(session.workspace, address, Path.cwd()))
    keys = in_words(case.proposal, session.workspace.office)
    clocks = [clock_entry(clock) for clock in case.clocks]
    if as_json:
        print_json(keys | {"阶段": str(case.stage), "依据": list(case.state.reasons), "时钟": clocks})
        return
    click.echo(f"文件：{shown(case.record.path)}")
    click.echo(f"阶段：{printable('；'.join(case.state.reasons))}")
    running = "；".join(_told(clock_entry(clock)) for clock in case.clocks if clock.is_open)
    click.echo(f"期限：{running or '没有在走的时钟'}")
    for line in _lines(keys):
        click.echo(printable(line))


def _told(clock: dict[str, Any]) -> str:
    name = f"{clock['名称']}（{clock['单位']}）" if clock["单位"] else clock["名称"]
    left = clock["剩余"]
    told = f"逾期{-left}个工作日" if left < 0 else f"{clock['灯']}灯，还有{left}个工作日"
    return f"{name} {clock['期限']}（{'暂定，' if clock['暂定'] else ''}{told}）"


def _lines(keys: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Yield what is known, key by key; events on a line each."""
    for word, value in keys.items():
        match value:
            case None:
                continue
            case dict():
                yield f"{indent}{word}："
                yield from _lines(value, indent + "  ")
            case [dict(), *_]:
                yield f"{indent}{word}："
                yield from (f"{indent}  {_joined(item)}" for item in value)
            case list():
                yield f"{indent}{word}：{'、'.join(map(str, value))}"
            case _:
                yield from _value(word, value, indent)


def _value(word: str, value: Any, indent: str) -> Iterator[str]:
    text = {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    first, *more = text.strip("\n").splitlines() or [""]
    yield f"{indent}{word}：" + ("" if more else first)
    if more:
        yield from (f"{indent}  {line}" for line in (first, *more))


def _joined(item: dict[str, Any]) -> str:
    return "  ".join(f"{word}：{value}" for word, value in item.items() if value is not None)
