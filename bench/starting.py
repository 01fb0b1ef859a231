"""One letter from the shell, and help: the whole process, from its start to its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench.letters import Bench, Ways
from bench.page import Goal, Section, compared
from bench.timing import DAFU, interleaved, process

from bench import desk, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.sizes import Sizes

ALONE, CLICK, HELP = "python 本身", "一个 click 小程序 --help", "dafu --help"
TEMPLATE, PANDOC, DRAFT = "docxtpl 做成的 click 小程序，读 YAML", "pandoc", "dafu draft 案号（校核、读回、写牢）"
RECORDS = 100
TOOL = """\
import click

@click.group()
def tool():
    "Handle papers."

@tool.command()
@click.argument("number")
def draft(number):
    "Write a letter."

@tool.command()
def show():
    "Show a record."

tool()
"""
TEMPLATE_TOOL = """\
import click
import yaml
from docxtpl import DocxTemplate

@click.command()
@click.argument("record")
@click.argument("template")
@click.argument("out")
def tool(record, template, out):
    "Write a letter."
    with open(record, encoding="utf-8") as file:
        values = yaml.safe_load(file)
    letter = DocxTemplate(template)
    letter.render(values)
    letter.save(out)

tool()
"""


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure how soon a command is done."""
    office = folder / "office"
    desk.make(office, RECORDS, letters=True)
    (folder / "tool.py").write_text(TOOL, encoding="utf-8")
    python = sys.executable
    ways = {
        ALONE: process([python, "-c", "pass"], folder),
        CLICK: process([python, "tool.py", "--help"], folder),
        HELP: process([*DAFU, "--help"], folder),
        DRAFT: process([*DAFU, "draft", "20250007"], office),
        **_template_tool(folder),
        **_pandoc(folder),
    }
    times = interleaved(ways, sizes.runs * 2)
    goals = [
        Goal("dafu --help，与 click 小程序相比", times.ratio(HELP, CLICK), most=1.2),
        Goal("dafu draft 案号，与 docxtpl 小程序相比", times.ratio(DRAFT, TEMPLATE), most=0.8),
    ]
    text = f"整个进程，从启动到结束；工作区有 {RECORDS} 件记录。其他程序不校核、不读回、不等磁盘确认。"
    rows = compared(times, (ALONE, CLICK, HELP, PANDOC, TEMPLATE, DRAFT), DRAFT)
    yield Section("从命令行写一件", text, ("做法", "毫秒", "是 dafu draft 的"), rows, goals)


def _template_tool(folder: Path) -> Ways:
    import yaml

    if environment.peer("docxtpl") is None:
        return {}
    bench = Bench(folder)
    template = bench.template("docxtpl.docx", "{{{{{}}}}}", "{%p for line in body %}", "{{line}}", "{%p endfor %}")
    (folder / "values.yaml").write_text(yaml.safe_dump(bench.values(), allow_unicode=True), encoding="utf-8")
    (folder / "template_tool.py").write_text(TEMPLATE_TOOL, encoding="utf-8")
    command = [sys.executable, "template_tool.py", "values.yaml", template, "out.docx"]
    return {TEMPLATE: process(command, folder)}


def _pandoc(folder: Path) -> Ways:
    program = environment.pandoc()
    if not program:
        return {}
    (folder / "letter.md").write_text("\n\n".join(["# 答复", *desk.body(0).split("\n")]), encoding="utf-8")
    return {PANDOC: process([program, "letter.md", "-o", "pandoc.docx"], folder)}
