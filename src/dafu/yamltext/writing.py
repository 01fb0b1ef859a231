"""Values → YAML in the clerk's own manner; each way of writing is offered, the best first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.yamltext.nodes import Value

Form: TypeAlias = "tuple[str, list[str]]"
"""What stands after `key:` on its line, and the lines below it."""

_INLINE_LIST = 60
"""Characters that a list may take to stand in brackets behind its key."""

_PLAIN_KEY = re.compile(r"[^\W_][\w（）]*")
_NOT_PLAIN = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<]|^\.\.\.|:(?:\s|$)|\s#|[\t\r\n]|^\s|\s$|^$")
_NOT_PLAIN_IN_BRACKETS = re.compile(r"[,\[\]{}?]|^[“‘]|[”’]$|:$")
_NOT_LITERAL = re.compile(r"\r|[ \t]$|^\t|^[ \t]+$|^\s*\Z", re.MULTILINE)
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


class Manner(NamedTuple):
    """Say how values are written: `quoted` puts every text into quotes, `listed` every list into lines."""

    quoted: bool = False
    listed: bool = False


def forms(value: Value, indent: int, style: str = "", *, listed: bool = False) -> Iterator[Form]:
    """Yield the ways to write *value* for a key or dash at column *indent*; *style* is the mark of the old value."""
    if isinstance(value, str):
        yield from _text_forms(value, indent, style)
    else:
        for quoted in (False, True):
            yield _block(value, indent, Manner(quoted, listed))


def item_forms(value: Value, indent: int, style: str = "") -> Iterator[Form]:
    """Yield the ways to write *value* behind a dash: a mapping or list stands on one line, in brackets."""
    if isinstance(value, str):
        yield from _text_forms(value, indent, style)
    else:
        for text in inline_forms(value):
            yield text, []


def inline_forms(value: Value, style: str = "") -> Iterator[str]:
    """Yield the ways to write *value* inside brackets."""
    if isinstance(value, str):
        yield from (_styled(value, mark, in_brackets=True) for mark in _marks(value, style, in_brackets=True))
    else:
        yield _inline(value, Manner())
        yield _inline(value, Manner(quoted=True))


def key_form(key: str) -> str:
    """Return *key* as it is written before its colon."""
    return key if _PLAIN_KEY.fullmatch(key) else _double(key)


def _text_forms(text: str, indent: int, style: str) -> Iterator[Form]:
    if ("\n" in text or style in ("|", ">")) and not _NOT_LITERAL.search(text.rstrip("\n")) and text.strip("\n"):
        yield _literal(text, indent)
    yield from ((_styled(text, mark, in_brackets=False), []) for mark in _marks(text, style, in_brackets=False))


def _marks(text: str, style: str, *, in_brackets: bool) -> Iterator[str]:
    """Yield the quotes to try: the old one, none, then what needs the fewest escapes."""
    if style in ("'", '"'):
        yield style
    if not _NOT_PLAIN.search(text) and not (in_brackets and _NOT_PLAIN_IN_BRACKETS.search(text)):
        yield ""
    yield from ("'", '"') if re.search(r'["\\]', text) else ('"', "'")


def _styled(text: str, mark: str, *, in_brackets: bool) -> str:
    if mark == "'" and not re.search(r"[\t\r\n]", text):
        return "'" + text.replace("'", "''") + "'"
    is_plain = not mark and not _NOT_PLAIN.search(text)
    return text if is_plain and not (in_brackets and _NOT_PLAIN_IN_BRACKETS.search(text)) else _double(text)


def _double(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _literal(text: str, indent: int) -> Form:
    hint = "2" if text[0] in " \n" else ""
    chomp = "+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-"
    pad = " " * (indent + 2)
    return f"|{hint}{chomp}", [pad + line if line else "" for line in text.removesuffix("\n").split("\n")]


def _inline(value: Value, manner: Manner) -> str:
    if isinstance(value, str):
        return _double(value) if manner.quoted else next(inline_forms(value))
    if isinstance(value, list):
        return f"[{', '.join(_inline(item, manner) for item in value)}]"
    return "{" + ", ".join(f"{key_form(key)}: {_inline(item, manner)}" for key, item in value.items()) + "}"


def _block(value: Value, indent: int, manner: Manner) -> Form:
    if isinstance(value, str):
        return (_double(value), []) if manner.quoted and "\n" not in value else next(_text_forms(value, indent, ""))
    if isinstance(value, dict) and value:
        return "", [
            line
            for key, item in value.items()
            for line in entry_lines(key, _block(item, indent + 2, manner), indent + 2)
        ]
    inline = _inline(value, manner)
    is_short = len(inline) <= _INLINE_LIST and all(isinstance(item, str) for item in value)
    if not value or (is_short and not manner.listed):
        return inline, []
    pad = " " * (indent + 2)
    return "", [f"{pad}- {_inline(item, manner)}" for item in value]


def entry_lines(key: str, form: Form, indent: int) -> list[str]:
    """Return the lines of one entry whose key stands at column *indent*."""
    head, body = form
    return [f"{' ' * indent}{key_form(key)}:{' ' + head if head else ''}", *body]
