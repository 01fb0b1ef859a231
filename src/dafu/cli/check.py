"""`dafu check`: proofread records and their letters, and any .docx."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dafu.cli.common import Session, Tally, as_json, dry_run, exit_code, placed, print_json, shown
from dafu.cli.completing import addresses_or_files
from dafu.errors import DafuError, RefusedError, Severity, UnusableError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dafu.errors import Problem
    from dafu.model import Office
    from dafu.store import Record

_FINDINGS = 1
_DOCX = ".docx"
_DOCX_LIMIT = 50_000_000  # bytes


@click.command(options_metavar="[选项]")
@click.argument("addresses", metavar="[案号…|文件.docx…]", nargs=-1, shell_complete=addresses_or_files)
@click.option(
    "--fix", "out", metavar="新文件", type=click.Path(path_type=Path), help="把一个 .docx 能改的版面改好，另存为新文件"
)
@click.option("--explain", "code", metavar="代码", help="说明一条规则：要求、出处、例子（代码见 --json）")
@as_json
@dry_run
@click.pass_obj
def command(
    session: Session, addresses: tuple[str, ...], *, out: Path | None, code: str | None, as_json: bool, dry: bool
) -> int:
    """校核记录和答复件，或者任何 .docx 的版面和文字。

    不写案号，就校核全部记录，连同发文登记簿。
    """
    if code is not None:
        return _explain(code, as_json=as_json)
    if out is not None:
        return _fix(addresses, out, as_json=as_json, dry=dry)
    if dry:
        raise WrongUsageError("-n 只同 --fix 一起用（不带 --fix 的校核本来就不写文件）")
    documents = [one for one in addresses if one.lower().endswith(_DOCX)]
    numbers = [one for one in addresses if one not in documents]
    tally = Tally()
    faults: list[Problem] = []
    office = session.workspace.office if numbers or not documents else _office(session, faults)
    found = list(_of_documents(documents, office, tally, faults))
    if numbers or not documents:
        found += _of_records(session, numbers, tally, faults)
    seen = _unmuted(found, office)
    nothing = "" if tally.code else "没有发现问题"  # what could not be looked at has not been found sound
    print_findings(placed([*faults, *seen]), as_json=as_json, hidden=len(found) - len(seen), nothing=nothing)
    return exit_code(faults) or tally.code or (_FINDINGS if exit_code(seen) else 0)


def _of_records(session: Session, numbers: Sequence[str], tally: Tally, faults: list[Problem]) -> Iterator[Problem]:
    """Yield what the rules find in the chosen records; what cannot be used goes to *faults*."""
    from dafu import store
    from dafu.desk.check import Proofreading, unknown_muted

    records, unread = _chosen(session, numbers, tally)
    faults += unread
    everything = store.load(session.workspace)[0] if numbers else records
    proofreading = Proofreading(session.workspace, session.composer, everything, session.calendar, session.today)
    yield from proofreading.together(records)
    yield from () if numbers else unknown_muted(session.workspace)
    for record in records:
        try:
            yield from proofreading.findings(record)
        except UnusableError as error:
            faults += [problem for problem in error.problems if problem not in faults]


def _chosen(session: Session, addresses: Sequence[str], tally: Tally) -> tuple[list[Record], list[Problem]]:
    from dafu import store

    if not addresses:
        return store.load(session.workspace)
    records: list[Record] = []
    faults: list[Problem] = []
    for address in addresses:
        try:
            records.append(store.find(session.workspace, address, Path.cwd()))
        except DafuError as error:
            found = error.problems if isinstance(error, UnusableError) else ()
            faults += found
            if not found:
                tally.fail(error)
    return records, faults


def _of_documents(
    documents: Sequence[str], office: Office | None, tally: Tally, faults: list[Problem]
) -> Iterator[Problem]:
    """Yield what the rules find in each .docx; one that cannot be read stops none of the others."""
    from dafu import files
    from dafu.desk.check import of_document

    for document in documents:
        path = Path(document).absolute()
        try:
            yield from of_document(path, files.read(path, _DOCX_LIMIT), office)
        except UnusableError as error:
            faults += error.problems
            if not error.problems:
                tally.fail(error)


def _office(session: Session, faults: list[Problem]) -> Office | None:
    """Return the office around, None outside any workspace; a faulty dafu.yaml is told and left alone."""
    from dafu import store

    try:
        store.root_of(session.folder)
    except UnusableError:
        return None
    try:
        return session.workspace.office
    except UnusableError as error:
        faults += error.problems
        return None


def _unmuted(found: Sequence[Problem], office: Office | None) -> list[Problem]:
    """Return the findings whose rules the office has not switched off."""
    codes = {one.code for one in office.checking.muted} if office else set[str]()
    return [problem for problem in found if problem.code not in codes]


def _fix(addresses: Sequence[str], out: Path, *, as_json: bool, dry: bool) -> int:
    """Mend the layout of one .docx into a new file; print what was mended."""
    from dafu import files

    if len(addresses) != 1 or not addresses[0].lower().endswith(_DOCX):
        raise WrongUsageError("--fix 一次只改一个 .docx 文件（写 dafu check 文件.docx --fix 另存.docx）")
    path = Path(addresses[0]).absolute()
    data = files.read(path, _DOCX_LIMIT)
    if out.exists() or out.is_symlink():
        raise RefusedError(f"{out}：已经有这个文件，不覆盖（换一个名字）")
    from dafu.desk import lint

    mended, problems = lint.mend(data)
    if not dry:
        files.create(out.absolute(), mended)
    placed_in = [one if one.file else one.within(str(path)) for one in problems]
    print_findings(placed(placed_in), as_json=as_json, nothing="版面没有要改的")
    click.echo(f"{'没有写出（-n）' if dry else '已写出'} {shown(out)}", err=True)
    return 0


def _explain(code: str, *, as_json: bool) -> int:
    """Print what the rule *code* wants, where that is laid down, and an example."""
    from dafu.check.book import RULES
    from dafu.model import nearest_of

    rule = RULES.get(code.strip().upper())
    if rule is None:
        near = nearest_of(code.strip().upper(), RULES)
        raise WrongUsageError(f"没有“{code}”这条规则（{f'是不是“{near}”？' if near else '代码见 dafu check --json'}）")
    entry = {
        "代码": rule.code,
        "级别": rule.severity.value,
        "名称": rule.title,
        "要求": rule.text,
        "出处": rule.source,
        "例子": rule.example or None,
    }
    if as_json:
        print_json(entry)
    else:
        click.echo("\n".join(f"{word}：{text}" for word, text in entry.items() if text))
    return 0


def print_findings(
    problems: Sequence[Problem], *, as_json: bool, hidden: int = 0, nothing: str = "没有发现问题"
) -> None:
    """Print what was found, a line each, and on standard error how many of each weight."""
    if as_json:
        print_json([entry(problem) for problem in problems])
        return
    for problem in problems:
        weight = "" if problem.severity is Severity.ERROR else f"{problem.severity.value}："
        click.echo(str(problem._replace(message=weight + problem.message)))
    counts = Counter(problem.severity for problem in problems)
    summary = "，".join(f"{one.value} {counts[one]}" for one in Severity if counts[one])
    muted = f"（另有 {hidden} 处属于停用的规则）" if hidden else ""
    if told := (summary or nothing) + muted:
        click.echo(told, err=True)


def entry(problem: Problem) -> dict[str, Any]:
    """Return a finding in the words of `check --json`."""
    return {
        "文件": problem.file or None,
        "行": problem.line,
        "字段": problem.field or None,
        "代码": problem.code,
        "级别": problem.severity.value,
        "说明": problem.message,
        "改法": problem.cure or None,
    }
