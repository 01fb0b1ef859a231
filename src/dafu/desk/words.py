"""KEY=VALUE words of a command → places of a record and what shall stand there, by the record's schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu import files, store, yamltext
from dafu.errors import UnusableError, WrongUsageError
from dafu.model import Proposal, Schema, nearest_of, schema_of
from dafu.yamltext.screening import FORBIDDEN, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dafu.yamltext import Value

_EVENTS = "办理过程"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One word `答复.签发人=某某`: where, and the new value; nothing (`KEY=`) takes the old one away."""

    key: str
    path: tuple[str | int, ...]
    value: Value


def assignments(words: Iterable[str], folder: Path) -> list[Assignment]:
    """Understand *words*; `KEY=@FILE` reads a text file, relative to *folder*.

    Raises WrongUsageError, and UnusableError for a file that cannot be read.
    """
    return [_assignment(word, folder) for word in words]


def assignment(key: str, text: str) -> Assignment:
    """Return what puts *text* at *key*; raises WrongUsageError for an unknown key or a control character."""
    path, schema = _placed(key)
    if found := FORBIDDEN.search(text):
        place = f"第{found.start() + 1}个字是看不见的控制字符 U+{ord(found[0]):04X}"
        raise WrongUsageError(f"“{key}”：{place}（删去这个字符）")
    return Assignment(key, path, _items(text) if _is_list(schema) and text else text)


def _assignment(word: str, folder: Path) -> Assignment:
    key, equals, text = word.partition("=")
    if not equals:
        raise WrongUsageError(f"“{word}”里没有半角等号（写成 字段=内容）")
    return assignment(key, text_of(folder / text[1:]) if text.startswith("@") else text)


def _placed(key: str) -> tuple[tuple[str | int, ...], Schema]:
    """Return the path that *key* means and the schema of what may stand there."""
    path: list[str | int] = []
    schema = schema_of(Proposal)
    for part in key.split("."):
        if part == _EVENTS:
            raise WrongUsageError(f"“{key}”：办理过程不用 set 改（用 dafu track 登记，或在文件里改）")
        step, schema = _stepped(part, key, schema)
        path.append(step)
    return tuple(path), schema


def _stepped(part: str, key: str, schema: Schema) -> tuple[str | int, Schema]:
    if _is_list(schema):
        if not part.isdecimal() or part == "0":
            raise WrongUsageError(f"“{key}”：“{part}”应当是第几项（从 1 数起）")
        return int(part) - 1, schema["items"]
    known = keys_below(schema)
    if part not in known:
        raise unknown(key, part, known)
    return part, known[part]


def keys_below(schema: Schema) -> dict[str, Schema]:
    """Return the keys that a value of *schema* may have, of whichever of its forms."""
    found: dict[str, Any] = {}
    for one in schema.get("anyOf") or schema.get("oneOf") or [schema]:
        found |= one.get("properties", {})
    return found


def unknown(word: str, part: str, known: Mapping[str, Schema]) -> WrongUsageError:
    """Return the error that *part* of *word* is no key, with the nearest of the *known* ones and those below them."""
    below = (f"{name}.{part}" for name, schema in known.items() if part in keys_below(schema))
    near = next(below, "") or nearest_of(part, known)
    hint = f"是不是“{near}”？" if near else (f"可用：{'、'.join(known)}" if known else "它下面没有字段")
    return WrongUsageError(f"“{word}”：“{part}”不是字段（{hint}）")


def _is_list(schema: Schema) -> bool:
    return "items" in schema


def _items(text: str) -> list[Value]:
    return [item.strip() for item in text.split("、") if item.strip()]


def text_of(path: Path) -> str:
    """Return the text of a file that `KEY=@FILE` names; raises UnusableError with what is wrong with it."""
    text, problems = yamltext.decode(files.read(path, store.RECORD_LIMIT))
    if problems := problems or screen(text)[1]:
        raise UnusableError(problems=[problem.within(str(path)) for problem in problems])
    return text.replace("\r\n", "\n")
