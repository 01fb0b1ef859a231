"""`dafu track`: add an event to one record or to several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, dry_run, print_json
from dafu.cli.completing import events
from dafu.errors import DafuError, WrongUsageError
from dafu.terms import Step

if TYPE_CHECKING:
    from dafu.desk.track import Tracked

_STEPS = tuple(str(step) for step in Step)
_NOT_GIVEN = ("环节", "登记时间")


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="案号… 环节 [字段=内容…]", nargs=-1, required=True, shell_complete=events)
@as_json
@dry_run
@click.pass_obj
def command(session: Session, words: tuple[str, ...], *, as_json: bool, dry: bool) -> int:
    """登记一个环节：交办、签收、分办、沟通、拟稿、签发、印发、送达、反馈……

    日期不写就是今天，可以写“日期=昨天”；印发时写“发文字号=自动”，由本工具编号。几件可以一起登记。
    """
    from dafu import store
    from dafu.desk.track import track

    addresses, event = _understood(session, words)
    tally = Tally()
    done: list[Tracked] = []
    for address in addresses:
        try:
            record, near = store.find_near(session.workspace, address, Path.cwd())
            done.append(track(session.workspace, record, event, session.author, dry=dry, near=near))
        except DafuError as error:
            tally.fail(error)
    if as_json:
        print_json([_entry(one) for one in done])
    else:
        for one in done:
            click.echo(_sentence(one, event["环节"]))
    return tally.code


def _understood(session: Session, words: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the addresses before the step, and the event: its day, the step and the keys behind it."""
    from dafu.desk.track import day_of

    place = next((n for n, word in enumerate(words) if word in _STEPS), None)
    if place is None:
        raise WrongUsageError(f"没有写环节（可用：{'、'.join(_STEPS)}）{_nearest(words)}")
    if place == 0:
        raise WrongUsageError(f"没有写案号（写成 dafu track 案号 {words[0]} …）")
    given = pairs(words[place + 1 :])
    event = {"日期": day_of(given.pop("日期", "") or "今天", session.today), "环节": words[place]}
    return tuple(dict.fromkeys(words[:place])), event | given


def _nearest(words: tuple[str, ...]) -> str:
    from dafu.model import nearest_of

    near = (nearest_of(word, _STEPS) for word in words if "=" not in word)
    found = next(filter(None, near), "")
    return f"，是不是“{found}”？" if found else ""


def pairs(words: tuple[str, ...]) -> dict[str, str]:
    """Return the keys of an event that *words* give as KEY=VALUE; raises WrongUsageError for what is none."""
    from dafu.desk.words import text_of

    given: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise WrongUsageError(f"“{word}”里没有半角等号（写成 字段=内容）")
        if key in given:
            raise WrongUsageError(f"“{key}”写了两次（只留一个）")
        if key in _NOT_GIVEN:
            raise WrongUsageError(f"不能写“{key}=”（环节写在案号后面，登记时间由本工具填写）")
        given[key] = text_of(Path.cwd() / value[1:]) if value.startswith("@") else value
    return given


def _sentence(one: Tracked, step: str) -> str:
    number = f"，{one.number}" if one.number else ("，印发时取号" if step == str(Step.ISSUE) else "")
    return f"{one.record.proposal.number}：{step}，{one.stage}{number}" + ("" if one.written else "（没有写文件）")


def _entry(one: Tracked) -> dict[str, Any]:
    return {
        "案号": one.record.proposal.number,
        "写入": one.written,
        "阶段": str(one.stage),
        "发文字号": one.number,
    }
