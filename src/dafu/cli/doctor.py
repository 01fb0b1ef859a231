"""`dafu doctor`: what should be put right in this workspace and on this machine."""

from __future__ import annotations

import click

from dafu.cli.check import print_findings
from dafu.cli.common import Session, as_json, placed
from dafu.errors import Severity

_FINDINGS = 1


@click.command(options_metavar="[选项]")
@as_json
@click.pass_obj
def command(session: Session, *, as_json: bool) -> int:
    """体检：公文字体、要用的程序、节假日安排、中断留下的文件、记录的副本、发文登记簿。

    有要处理的，退出码是 1。
    """
    from dafu.desk.doctor import findings

    found = placed(findings(session.workspace, session.calendar, session.today))
    print_findings(found, as_json=as_json)
    return _FINDINGS if any(problem.severity is not Severity.NOTICE for problem in found) else 0
