"""`dafu archive`: the signed reply and what belongs to it go into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Whole, as_json, complain, dry_run, print_json, shown, tell
from dafu.cli.completing import address_then_files
from dafu.errors import DafuError, WrongUsageError

if TYPE_CHECKING:
    from dafu.desk.archive import Archived
    from dafu.desk.archiving import Request

_KEYS = ("档号", "日期")
_OPTIONS = {"version": "reason"}  # what the clerk calls it


@click.command(options_metavar="[选项]")
@click.argument("words", metavar="案号 文件…", nargs=-1, shell_complete=address_then_files)
@click.option("--partial", metavar="理由", default="", help="缺的确实没有：写明理由，照样归档")
@click.option("--force", metavar="理由", default="", help="文件有毛病或同印发的不一致：写明理由，照样归档")
@click.option("--reason", metavar="理由", default="", help="已经归档的件再归档一次（原来的不动）：写明理由")
@click.option("--print-seal", "seal", type=Whole(1900, 2999), metavar="年", help="印出一年归档登记的摘要")
@as_json
@dry_run
@click.pass_obj
def command(  # noqa: PLR0913 -- one parameter per option
    session: Session,
    words: tuple[str, ...],
    *,
    partial: str,
    force: str,
    reason: str,
    seal: int | None,
    as_json: bool,
    dry: bool,
) -> int:
    """把签章后的答复件和有关材料归档到 replies/年份/案号/归档，原件不动。

    文件是什么，按文件名里的字认（交办单、提案原件、沟通记录、会办意见、发文稿纸、征询意见表），认不出的扫描件算正本；
    也可以写明：“交办单=扫描0012.pdf”“其他=照片.jpg”。印发的 .docx 和记录会自动放进去。可以写“档号=…”“日期=昨天”。
    """
    from dafu import store
    from dafu.desk.archive import archive
    from dafu.desk.archiving import Archiving

    if seal is not None:
        return _print_seal(session, seal, as_json=as_json)
    if not words:
        raise click.UsageError("写上案号和文件")
    request = _request(session, words[1:], dry=dry, partial=partial, force=force, version=reason)
    record = store.find(session.workspace, words[0], Path.cwd())
    lead = store.lead_of(session.workspace, record)
    done = archive(Archiving(session.workspace, record, lead, request, session.author, session.today))
    complain(done.problems)
    for notice in done.notices:
        tell(DafuError(notice))
    if as_json:
        print_json([_entry(done)])
    else:
        _print(done)
    return 0


def _request(session: Session, words: tuple[str, ...], *, dry: bool, **reasons: str) -> Request:
    from dafu.desk.archiving import Request
    from dafu.desk.track import day_of

    for option, reason in reasons.items():
        if reason and not reason.strip():
            raise WrongUsageError(f"--{_OPTIONS.get(option, option)}：理由是空的（写明理由）")
    given: dict[str, str] = {}
    paths = []
    for word in words:
        key, equals, value = word.partition("=")
        if not (equals and key in _KEYS):
            paths.append(word)
        elif key in given:
            raise WrongUsageError(f"“{key}”写了两次（只留一个）")
        else:
            given[key] = value
    day = day_of(given.get("日期") or "今天", session.today)
    return Request(words=paths, here=Path.cwd(), day=day, number=given.get("档号", ""), dry=dry, **reasons)


def _print(done: Archived) -> None:
    sealed = f"登记第{done.serial}号" if done.serial else "没有写文件"
    number = f"，档号 {done.number}" if done.number else ""
    click.echo(f"{done.record.proposal.number}：归档到 {shown(done.place)}（{sealed}{number}）")
    for item in done.items:
        pages = f"，{item.found.pages}页" if item.found.pages else ""
        click.echo(f"  {item.part}：{shown(item.path)}（{item.found.kind or '不明'}{pages}）")
    if done.lacking:
        click.echo(f"{done.record.proposal.number}：还缺 {'、'.join(done.lacking)}", err=True)


def _entry(done: Archived) -> dict[str, Any]:
    return {
        "案号": done.record.proposal.number,
        "归档包": shown(done.place),
        "登记号": done.serial,
        "档号": done.number or None,
        "文件": [
            {"类别": str(item.part), "文件": shown(item.path), "格式": _text(item.found.kind), "页数": item.found.pages}
            for item in done.items
        ],
        "缺": list(done.lacking),
        "写入": done.serial is not None,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _print_seal(session: Session, year: int, *, as_json: bool) -> int:
    from dafu.desk.archive import seal_of

    chain = seal_of(session.workspace, year)
    if as_json:
        print_json({"年份": year, "件数": len(chain.lines), "摘要": chain.root})
    else:
        click.echo(f"{year}年归档登记，共{len(chain.lines)}行，末行摘要（SHA-256）：\n{chain.root}")
    return 0
