"""The table of the verbs, and the one place where errors become exit codes."""

from __future__ import annotations

import gc
import gettext
import io
import os
import sys
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dafu.cli.columns import ChineseHelp
from dafu.cli.common import Session, day, tell
from dafu.errors import DafuError, WrongUsageError, printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VERBS = {
    "init": "建立工作区",
    "import": "读入交办清单、提案和答复的文本",
    "new": "新建一件记录",
    "set": "改一件记录里的内容",
    "list": "列出全部件",
    "show": "看一件的内容和办理过程",
    "due": "今天的清单：逾期的、快到期的",
    "why": "期限是怎样算出来的",
    "track": "登记一个环节",
    "undo": "撤销最后一次改动",
    "draft": "按记录套版，写出答复件",
    "preview": "看答复件的版面：PDF 和页面图",
    "check": "校核记录和答复件",
    "compare": "拿改过的答复件或签发的 PDF 同记录比对",
    "find": "在记录和答复里找文字",
    "similar": "找相近的件，供拟稿参考",
    "numbers": "发文登记簿：看号、作废",
    "publish": "写出网上公开用的答复件",
    "archive": "签章后的答复件归档",
    "verify": "核对归档的文件有没有变化",
    "catalogue": "归档文件目录、归档章、到期鉴定",
    "export": "导出一年的归档文件，移交档案馆",
    "ledger": "写出办理台账：.xlsx、.csv、.md",
    "report": "办理情况统计：办复率、按时率、满意率等；承诺台账",
    "holidays": "读入节假日安排的通知",
    "template": "模板：查错、列出、逐块查看",
    "completion": "让 bash、zsh、fish 按 Tab 键补全",
    "doctor": "体检：没有做完的、残留的、重复的，字体、节假日安排等",
}
_UNEXPECTED = 5
_LOCALE = Path(__file__).with_name("locale")


class _Verbs(click.Group):
    """Verbs that are imported only when they are called or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the verbs in the order of the day's work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        """Return the command of the verb *name*."""
        if name not in VERBS:
            return None
        command = import_module(f"dafu.cli.{name}").command
        assert isinstance(command, click.Command)  # noqa: S101 -- every verb's file defines one
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that was called, or name the nearest one."""
        if args and args[0] not in VERBS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, 1)
            hint = f"，是不是“{near[0]}”？" if near else f"；可用：{'、'.join(VERBS)}"
            ctx.fail(f"没有“{args[0]}”这个命令{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Offer the verbs without importing any of them."""
        from click.shell_completion import CompletionItem

        verbs = [CompletionItem(verb, help=told) for verb, told in VERBS.items() if verb.startswith(incomplete)]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        """Write the table of verbs without importing any of them."""
        with formatter.section("命令"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[选项]",
    subcommand_metavar="[命令 …]",
)
@click.option(
    "-C",
    "folder",
    metavar="工作区",
    default=".",
    type=click.Path(path_type=Path),
    help="在哪个文件夹里工作（默认当前文件夹；向上找 dafu.yaml）",
)
@click.option("--today", metavar="日期", callback=day, help="把这一天当作今天（2025-03-05）")
@click.version_option(package_name="dafu", prog_name="dafu", message="%(prog)s %(version)s", help="显示版本后退出")
@click.pass_context
def dafu(ctx: click.Context, folder: Path, today: date | None) -> int:
    """办理政协提案、人大建议，写出合乎公文格式的答复件。

    只打 dafu，看今天的清单和下一步。
    """
    if not folder.is_dir():
        raise WrongUsageError(f"没有“{folder}”这个文件夹（核对 -C 后面的路径）")
    ctx.obj = Session(folder.absolute(), today or date.today())  # noqa: DTZ011 -- the clerk's own calendar day
    if ctx.invoked_subcommand is not None:
        return 0
    from dafu.cli.today import show

    return show(ctx.obj)


def main() -> None:
    """Run the command that the process was called with, and exit with its code."""
    _speak_chinese()
    click.Context.formatter_class = ChineseHelp
    if "_DAFU_COMPLETE" in os.environ:
        from dafu.cli.shells import complete

        complete(dafu)
        return
    code = _run(sys.argv[1:])
    gc.freeze()  # or the interpreter looks for cycles among all that was imported before it leaves
    sys.exit(code)


def _speak_chinese() -> None:
    """Make click speak Chinese, and let no character stop the output (a GBK console lacks some)."""
    os.environ["LANGUAGE"] = "zh_CN"  # gettext looks here first
    gettext.bindtextdomain("messages", _LOCALE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    try:
        code = dafu.main(arguments, prog_name="dafu", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("已取消", err=True)
        return 1
    except DafuError as error:
        tell(error)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # the reader had enough; click answers that by leaving with 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001 -- the last boundary: a traceback is for the log, not for the clerk
        return _unexpected()
    return code if isinstance(code, int) else 0


def _unexpected() -> int:
    import tempfile
    import traceback

    from dafu import files

    path = Path(tempfile.gettempdir()) / f"dafu-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.log"  # noqa: DTZ005 -- local
    told = traceback.format_exc()
    try:
        files.create(path, told.encode(errors="backslashreplace"))
        where = f"详情记在 {path}"
    except DafuError as error:
        where = f"详情也没能记下来（{error}）：{told.splitlines()[-1]}"
    click.echo(printable(f"出了意料之外的错误，没有做完。{where}，请转给维护人员。"), err=True)
    return _UNEXPECTED
