"""The README and the manual are true: what they tell a clerk to type runs, and prints what stands under it.

A ```sh block is typed line by line in a copy of the sample office; the ```text block under it is all that appears
on the screen, where `……` stands for lines left out. `<!-- 退出码 1 -->` above it: the last line ends with that code.
`<!-- 文件 名称 -->` above a block of another kind: it is saved under that name first.
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

import pytest

from dafu.cli import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/手册.md")
TODAY = ("--today", "2025-06-20")
SET_UP = ("python3 -m venv", ".venv/bin/pip")  # .ci/run types these, in a clean clone
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>文件|退出码) (?P<value>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
WHO_AND_WHEN = re.compile(r"(?<=撤销了 )\S+ 在 \d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Block:
    """A fenced block, its line in the document, and the mark above it."""

    line: int
    kind: str
    body: str
    mark: str
    value: str


def blocks_of(document: str) -> list[Block]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        Block(
            text.count("\n", 0, found.start()) + 1, *(found[name] or "" for name in ("kind", "body", "mark", "value"))
        )
        for found in BLOCK.finditer(text)
    ]


def on_screen(folder: Path, *words: str) -> tuple[object, str]:
    """Run `dafu`; return its exit code and both of its streams as they mix on a screen."""
    screen = TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True)
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(screen), redirect_stderr(screen):
        patch.setattr(sys, "argv", ["dafu", *TODAY, *words])
        patch.setenv("LANGUAGE", "zh_CN")  # as `main` sets it for its own process; given back here
        with pytest.raises(SystemExit) as ended:
            main()
    screen.seek(0)
    return ended.value.code, screen.read()


def typed(folder: Path, block: Block) -> str:
    """Type the lines of *block* and return what they print."""
    printed = ""
    lines = [words for line in block.body.splitlines() if (words := shlex.split(line, comments=True))]
    for n, words in enumerate(lines, 1):
        if words[0] == "cd":
            folder /= words[1]
            continue
        assert words[0] == "dafu", f"line {block.line}: nobody tries “{shlex.join(words)}”"
        code, shown = on_screen(folder, *words[1:])
        wanted = int(block.value) if block.mark == "退出码" and n == len(lines) else 0
        assert code == wanted, f"line {block.line}: {shlex.join(words)}\n{shown}"
        printed += shown
    return printed


def is_shown(expected: str, printed: str) -> bool:
    """Tell whether *printed* is what the document shows, whoever changed a record and whenever."""
    expected, printed = (WHO_AND_WHEN.sub("谁 在 何时", text) for text in (expected, printed))
    return bool(re.fullmatch("(?:.*\n)*".join(map(re.escape, expected.split("……\n"))), printed))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    for name in ("proposals", "templates", "replies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "dafu.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_says_to_type_prints_what_it_says(document: str, office: Path) -> None:
    printed = ""
    for block in blocks_of(document):
        if block.mark == "文件":
            (office / block.value).write_text(block.body, encoding="utf-8")
        elif block.kind == "text":
            assert is_shown(block.body, printed), f"line {block.line}: it prints\n{printed}"
        elif block.kind == "sh" and not block.body.startswith(SET_UP):
            printed = typed(office, block)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_shown_output_stands_under_what_was_typed(document: str) -> None:
    kinds = [block.kind for block in blocks_of(document)]

    assert all(before == "sh" for before, kind in pairwise(kinds) if kind == "text")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_fence_of_a_document_is_read_here(document: str) -> None:
    fences = re.findall(r"^\s*```", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)

    assert len(fences) == 2 * len(blocks_of(document))
