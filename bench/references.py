"""Print the references from the code: writes docs/records.md, docs/glossary.md and docs/commands.md.

python bench/references.py

The keys come from the model, the words from the vocabulary and the field names, the commands from their own help.
"""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from enum import Enum, EnumType
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model.keys import Key

DOCS = ROOT / "docs"
HEAD = "# {title}\n\n本页由 `python bench/references.py` 从程序里印出，不要手改。{said}\n"
KINDS_OF_VALUE = {  # by the reader of a key
    "read_line": "文字，一行",
    "read_text": "文字，可以几行",
    "read_name": "一个名称，不带顿号、逗号",
    "read_signers": "姓名，几个之间空一格",
    "read_day": "日期，2025-03-05",
    "read_moment": "时间，2025-03-05T09:30:00+08:00",
    "read_yes": "是、否",
    "_number": "文字，1–40个字，零照写",
    "_relative": "文件名，从记录所在的文件夹写起",
    "_body": "文字，写成“正文: |”，每段一行",
    "_limit": "N个工作日、N日、N个月、月-日、答复前N日",
    "_workdays": "N个工作日",
    "_whole": "正整数",
    "_number_form": "文字，花括号里是全宗号、年度、期限、机构、件号",
    "_rules": "时钟: {限, 起, 最迟}，也可以先分提案、建议",
}
LISTED = {"提案人": "列表，每项一个姓名，或提案人的一组", "办理过程": "列表，每项一个环节，按日期先后"}
INSTEAD = {  # what a key left out is taken from
    "记录.层级": "dafu.yaml 的“层级”",
    "记录.科室": "最后一次分办的科室",
    "记录.经办人": "最后一次分办的经办人",
    "记录.保管期限": "dafu.yaml 的“保管期限”",
    "记录.期限": "照 dafu.yaml 的“期限”推算",
    "答复.发文字号": "印发的发文字号",
    "答复.签发人": "签发的签发人",
    "答复.成文日期": "签发的日期",
    "答复.印发日期": "印发的日期",
    "答复.联系单位": "dafu.yaml 的“联系.联系单位”",
    "答复.联系电话": "dafu.yaml 的“联系.联系电话”（没有另写联系单位时）",
    "答复.抄送": "dafu.yaml 的“抄送”，会办意见没有；会办单位另加上",
    "答复.模板": "照类别、角色",
    "环节.登记时间": "登记时的时间，程序写",
    "单位.简称": "全称",
    "单位.自称": "照全称的末字：我局、我委、我办等",
    "单位.印发机关": "全称",
    "设置.节假日": "节假日.yaml，有就用",
    "设置.发文机关标志": "全称加“文件”；信函是全称",
}
REQUIRED = "**必填**"


def main() -> int:
    """Write the three pages."""
    for name, page in pages().items():
        (DOCS / name).write_text(page, encoding="utf-8", newline="\n")
        print(DOCS / name)
    return 0


def pages() -> dict[str, str]:
    """Return each page by the name of its file."""
    texts = {"records.md": records(), "glossary.md": glossary(), "commands.md": commands()}
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in texts.items()}


# The keys ----------------------------------------------------------------------------------------------------------


def records() -> Iterator[str]:
    """Yield the page of all keys of a record and of dafu.yaml."""
    from dafu.model import Office, Proposal, Proposer, Reply, Rule, Series
    from dafu.model.keys import keys_of
    from dafu.model.office import Archiving, Checking, Contact, Muted, Unit, Warnings

    said = "改一项用 `dafu set 案号 字段=内容`，下一级用点连接。空着的一项等于没有写。"
    yield HEAD.format(title="记录和设置的字段", said=said)
    yield "## 记录：proposals/ 里的文件\n"
    yield from keys("记录", keys_of(Proposal), Proposal)
    yield "### 提案人\n\n个人写姓名，党派、团体、界别、代表团写团体，只写一样。只有姓名的，直接写姓名，不必写成一组。\n"
    yield from keys("提案人", keys_of(Proposer), Proposer)
    yield "### 答复\n\n`再次答复` 的每一项，字段同这里一样。\n"
    yield from keys("答复", keys_of(Reply), Reply)
    yield from _steps()
    yield "## 设置：dafu.yaml\n"
    yield from keys("设置", keys_of(Office), Office)
    inner = {"单位": Unit, "预警": Warnings, "联系": Contact, "归档": Archiving, "检查": Checking, "检查.停用": Muted}
    for title, model in {**inner, "发文字号的一组": Series, "期限的一组": Rule}.items():
        yield f"### {title}\n"
        yield from keys(title, keys_of(model), model)


def _steps() -> Iterator[str]:
    from dafu.model import Event
    from dafu.model.event import COMMON, KEYS_OF_STEP
    from dafu.model.keys import keys_of

    common = {word: one for word, one in keys_of(Event).items() if one.attribute in COMMON}
    yield "### 办理过程的一项\n\n每个环节都有的：\n"
    yield from keys("环节", common, Event)
    yield "各环节自己的（粗体必填）：\n"
    rows = []
    for step, known in KEYS_OF_STEP.items():
        own = [one for one in known.values() if one.attribute not in COMMON]
        said = "；".join(f"{_marked(one)}（{kind_of(one)}）" for one in own)
        rows.append((str(step), said or "—", step.meaning))
    yield from table(("环节", "字段", "意思"), rows)


def _marked(one: Key) -> str:
    return f"**{one.name}**" if one.required else one.name


def keys(title: str, known: dict[str, Key], model: type) -> Iterator[str]:
    """Yield the table of the keys of one mapping."""
    rows = ((f"`{word}`", kind_of(one), _absent(title, one, model)) for word, one in known.items())
    yield from table(("字段", "写什么", "不写时"), rows)


def kind_of(one: Key) -> str:
    """Return in Chinese what a key takes."""
    if one.name in LISTED:
        return LISTED[one.name]
    name, shape = one.read.read.__name__, one.read.shape()
    return KINDS_OF_VALUE.get(name) or _of_shape(shape)


def _of_shape(shape: dict[str, Any]) -> str:
    if "enum" in shape:
        return "、".join(word for word in shape["enum"] if word)
    if "items" in shape:
        inner = shape["items"]
        return "列表，每项" + ("一组" if "properties" in inner else "一段文字")
    if "properties" in shape:
        return "一组：" + "、".join(shape["properties"])
    if "additionalProperties" in shape:
        return "一组“词: 文字”"
    raise LookupError(shape)


def _absent(title: str, one: Key, model: type) -> str:
    from dafu.model import as_keys

    if one.required:
        return REQUIRED
    if instead := INSTEAD.get(f"{title}.{one.name}"):
        return instead
    declared = next(field for field in dataclasses.fields(model) if field.name == one.attribute)
    made = declared.default_factory
    default = made() if made is not dataclasses.MISSING else declared.default
    return _plain(as_keys(default))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        inner = "，".join(f"{word}: {_plain(one)}" for word, one in value.items() if one)
        return f"{{{inner}}}" if inner else "—"
    return str(value) if value not in (None, "", []) else "—"


# The words ---------------------------------------------------------------------------------------------------------


def glossary() -> Iterator[str]:
    """Yield the page of the Chinese words and the English ones that stand for them in the code."""
    from dafu import terms
    from dafu.model import Event, Office, Proposal, Proposer, Reply, Rule, Series
    from dafu.model.keys import keys_of
    from dafu.model.office import Archiving, Checking, Contact, Muted, Unit, Warnings

    yield HEAD.format(title="词汇：中文和英文", said="中文是记录、命令和提示里的词，英文是代码里的名称。")
    yield "## 有固定取值的词\n"
    for term in (one for one in vars(terms).values() if isinstance(one, EnumType) and one not in (Enum, terms.Term)):
        yield from _named(term)
        members: list[terms.Term] = list(term)
        yield from table(("中文", "英文", "意思"), ((str(one), _english(one.name), one.meaning) for one in members))
    yield "## 字段\n"
    models = (
        Proposal,
        Proposer,
        Reply,
        Event,
        Office,
        Unit,
        Series,
        Rule,
        Warnings,
        Contact,
        Archiving,
        Checking,
        Muted,
    )
    for model in models:
        yield from _named(model)
        rows = ((word, _english(one.attribute)) for word, one in keys_of(model).items())
        yield from table(("中文", "英文"), rows)


def _named(kind: type) -> Iterator[str]:
    """Yield the heading of a class and the first line of what it says of itself."""
    yield f"### {kind.__name__}\n"
    yield (kind.__doc__ or "").partition("\n")[0] + "\n"


def _english(name: str) -> str:
    return name.lower().replace("_", " ")


# The commands ------------------------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Yield the page of every verb with its help, as it is printed on the screen."""
    from dafu.cli.group import VERBS

    yield HEAD.format(title="命令", said="就是各命令 `--help` 的说明。")
    yield from _help("dafu")
    for verb in VERBS:
        yield from _help("dafu", verb)
        for inner in _inner(verb):
            yield from _help("dafu", verb, inner)


def _inner(verb: str) -> Iterable[str]:
    """Return the commands below *verb*."""
    from importlib import import_module

    return getattr(import_module(f"dafu.cli.{verb}").command, "commands", ())


def _help(*words: str) -> Iterator[str]:
    yield f"{'##' if len(words) <= 2 else '###'} {' '.join(words)}\n"  # noqa: PLR2004 -- the program and its verb
    yield f"```text\n{_printed(*words[1:])}```\n"


def _printed(*words: str) -> str:
    """Return what `dafu … --help` prints on a screen of 80 columns."""
    call = [sys.executable, "-c", "from dafu.cli import main; main()", *words, "--help"]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    return subprocess.run(call, check=True, capture_output=True, encoding="utf-8", env=environment).stdout


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table of Markdown and the empty line below it."""
    heads = tuple(heads)
    for row in chain((heads, ("---",) * len(heads)), rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
