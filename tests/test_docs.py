"""The README and the manual are true: what they tell a clerk to type runs, and prints what stands under it.

A ```sh block is typed line by line in a copy of the sample office; the ```text block under it is all that appears
on the screen, where `……` stands for lines left out. Above a block may stand, each on a line of its own:

`<!-- 今天 2025-07-14 -->`: from here on it is this day. `<!-- 退出码 1 -->`: the last line ends with that code.
`<!-- 文件 名称 -->`: the block is no command, it is saved under that name. `<!-- 改稿 文件 旧字 新字 -->`: somebody
changes these words in Word first. `<!-- 需要 LibreOffice -->`: passed over on a machine without it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from dafu import preview
from dafu.cli import main
from dafu.cli.group import VERBS

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/手册.md")
TODAY = "2025-06-20"
PRACTICE = "docs/练习"
SET_UP = ("python3 -m venv", ".venv/bin/pip")  # .ci/run types these, in a clean clone
MARK = re.compile(r"^<!-- (文件|退出码|今天|改稿|需要) ([^\n]+?) -->\n", re.MULTILINE)
BLOCK = re.compile(rf"(?P<marks>(?:{MARK.pattern})*)^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
WHO_AND_WHEN = re.compile(r"(?<=撤销了 )\S+ 在 \d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Block:
    """A fenced block, its line in the document, and the marks above it."""

    line: int
    kind: str
    body: str
    marks: dict[str, str]


@dataclass
class Desk:
    """A copy of the sample office, and the day that it is there."""

    folder: Path
    today: str = TODAY


def blocks_of(document: str) -> list[Block]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found["kind"], found["body"], dict(MARK.findall(found["marks"])))
        for found in BLOCK.finditer(text)
    ]


def on_screen(desk: Desk, *words: str) -> tuple[object, str]:
    """Run `dafu`; return its exit code and both of its streams as they mix on a screen."""
    screen = TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True)
    with pytest.MonkeyPatch.context() as patch, chdir(desk.folder), redirect_stdout(screen), redirect_stderr(screen):
        patch.setattr(sys, "argv", ["dafu", "--today", desk.today, *words])
        patch.setenv("LANGUAGE", "zh_CN")  # as `main` sets it for its own process; given back here
        with pytest.raises(SystemExit) as ended:
            main()
    screen.seek(0)
    return ended.value.code, screen.read()


def typed(desk: Desk, block: Block) -> str:
    """Type the lines of *block* and return what they print."""
    printed, here = "", Desk(desk.folder, desk.today)
    lines = [words for line in block.body.splitlines() if (words := shlex.split(line, comments=True))]
    for n, words in enumerate(lines, 1):
        if words[0] == "cd":
            here.folder /= words[1]
            continue
        assert words[0] == "dafu", f"line {block.line}: nobody tries “{shlex.join(words)}”"
        code, shown = on_screen(here, *words[1:])
        wanted = int(block.marks.get("退出码", "0")) if n == len(lines) else 0
        assert code == wanted, f"line {block.line}: {shlex.join(words)}\n{shown}"
        printed += shown
    return printed


def retouched(path: Path, old: str, new: str) -> None:
    """Change the words *old* of the letter at *path*, as somebody does in Word."""
    letter = docx.Document(str(path))
    runs = [run for paragraph in letter.paragraphs for run in paragraph.runs if old in run.text]
    assert len(runs) == 1, f"{path.name}: “{old}”"
    runs[0].text = runs[0].text.replace(old, new)
    letter.save(str(path))


def prepared(desk: Desk, block: Block) -> None:
    """Do what the marks above *block* say."""
    desk.today = block.marks.get("今天", desk.today)
    if "改稿" in block.marks:
        name, old, new = block.marks["改稿"].split()
        retouched(desk.folder / name, old, new)
    if "文件" in block.marks:
        (desk.folder / block.marks["文件"]).write_text(block.body, encoding="utf-8")


def is_possible(block: Block) -> bool:
    """Tell whether this machine has the program that *block* needs."""
    return block.marks.get("需要") != "LibreOffice" or not preview.lacking()


def is_shown(expected: str, printed: str) -> bool:
    """Tell whether *printed* is what the document shows, whoever changed a record and whenever."""
    expected, printed = (WHO_AND_WHEN.sub("谁 在 何时", text) for text in (expected, printed))
    return bool(re.fullmatch("(?:.*\n)*".join(map(re.escape, expected.split("……\n"))), printed))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name in ("proposals", "templates", "replies", PRACTICE):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "dafu.yaml", tmp_path)
    return Desk(tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_says_to_type_prints_what_it_says(document: str, desk: Desk) -> None:
    printed: str | None = ""
    for block in blocks_of(document):
        prepared(desk, block)
        if block.kind == "text" and printed is not None:
            assert is_shown(block.body, printed), f"line {block.line}: it prints\n{printed}"
        elif block.kind == "sh" and not block.body.startswith(SET_UP):
            printed = typed(desk, block) if is_possible(block) else None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_shown_output_stands_under_what_was_typed(document: str) -> None:
    kinds = [block.kind for block in blocks_of(document)]

    assert all(before == "sh" for before, kind in pairwise(kinds) if kind == "text")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_fence_and_every_mark_of_a_document_is_read_here(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = blocks_of(document)

    assert len(re.findall(r"^\s*```", text, re.MULTILINE)) == 2 * len(blocks)
    assert len(re.findall("^<!-- (?!ci: )", text, re.MULTILINE)) == sum(len(block.marks) for block in blocks)


def test_the_manual_shows_every_command() -> None:
    lines = [
        line.split() for block in blocks_of(DOCUMENTS[1]) if block.kind == "sh" for line in block.body.splitlines()
    ]
    shown = {word for words in lines if words[0] == "dafu" for word in words[1:2]}

    assert {*VERBS} <= shown
