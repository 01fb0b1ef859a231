"""The sentences of click in Chinese: complete, with the same placeholders, and compiled."""

from __future__ import annotations

import ast
import os
import re
import string
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

LOCALE = Path(__file__).parents[2] / "src/dafu/cli/locale"
HOME = LOCALE / "zh_CN/LC_MESSAGES"
CLICK = Path(click.__file__).parent
IDS_PER_CALL = {"_": 1, "gettext": 1, "ngettext": 2}
OF_OLDER_CLICKS = ("No such option: {name}", "{value!r} is not a valid boolean.", "required")


def written() -> Catalog:
    with (HOME / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def first_id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translation(message: Message) -> str:
    text = message.string
    return text if isinstance(text, str) else (text or ("",))[0]


def sentences_of_click() -> Iterator[tuple[str, ...]]:
    for path in sorted(CLICK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                ids = node.args[: IDS_PER_CALL.get(node.func.id, 0)]
                if ids and all(isinstance(each, ast.Constant) for each in ids):
                    yield tuple(ast.literal_eval(each) for each in ids)


def placeholders(text: str) -> set[str]:
    braces = {f"{name}!{how}" for _, name, _, how in string.Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\(\w+\)\w", text))


def content(catalogue: Catalog) -> dict[str, str]:
    return {first_id(message): translation(message) for message in entries(catalogue)}


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    compiled = read_mo(BytesIO((HOME / "messages.mo").read_bytes()))
    fresh = BytesIO()
    write_mo(fresh, written())
    fresh.seek(0)

    assert content(compiled) == content(read_mo(fresh))
    assert len(content(compiled)) == len(entries(written()))


def test_click_has_sentences_to_find() -> None:
    assert {("Usage:",), ("Missing argument",)} <= set(sentences_of_click())


def test_every_sentence_of_click_is_translated() -> None:
    known = content(written())
    wanted = {ids[0] for ids in sentences_of_click()} | set(OF_OLDER_CLICKS)

    assert sorted(text for text in wanted if not known.get(text)) == []


@pytest.mark.parametrize("message", entries(written()), ids=first_id)
def test_a_translation_keeps_the_placeholders(message: Message) -> None:
    of_most_general = message.id if isinstance(message.id, str) else message.id[-1]

    assert placeholders(translation(message)) == placeholders(of_most_general)


def test_no_translation_is_in_doubt() -> None:
    assert [first_id(message) for message in entries(written()) if message.fuzzy] == []


def test_click_speaks_chinese_once_the_catalogue_is_bound() -> None:
    code = (
        "import click, gettext, sys\n"
        "gettext.bindtextdomain('messages', sys.argv[1])\n"
        "command = click.Command('dafu', params=[click.Option(['--json'], is_flag=True)])\n"
        "command.main(['--jsn'])\n"
    )
    environment = {**os.environ, "LANGUAGE": "zh_CN", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", code, LOCALE],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )

    assert run.returncode == 2
    assert "用法:" in run.stderr
    assert "没有这个选项" in run.stderr
    assert "您是不是要写 '--json'？" in run.stderr
