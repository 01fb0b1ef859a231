"""The room in which templates run: plain values, a few filters, no Python.

Strict: a name or key outside the contract stops the letter. A value that is not there yet is a `Missing`: false, empty
in a loop, and printed as 【缺：字段】.
"""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import missing

from dafu.model import nearest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_FILTERS = ("first", "join", "last", "length", "replace", "reverse", "trim", "unique")
_TESTS = ("defined", "divisibleby", "eq", "equalto", "even", "in", "ne", "odd", "==", "!=")
_ARITHMETIC = frozenset(["+", "-", "*", "/", "//", "**", "%"])  # `'政' * 10**9` fills the memory in one step
STEPS = 10_000  # items that the loops of one paper may visit
OUTPUT_LIMIT = 400_000  # characters of one block: some 500 pages


class UnknownKeyError(TemplateRuntimeError):
    """A template asked a value for a key that the contract does not have."""


class Missing:
    """A value of the contract that the record does not hold yet."""

    __slots__ = ("field",)

    def __init__(self, field: str) -> None:
        self.field = field

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        return f"【缺：{self.field}】"


class Text(str):
    """Text of the record; a loop over its characters is a mistake and could run for long."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise UnknownKeyError("文字不能逐字循环")


class YesNo(Text):
    """是 or 否 as text that is also true or false."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return self == "是"


class Items(tuple[Any, ...]):
    """A list of the record; all loops of one paper together visit so many items and no more."""

    __slots__ = ()
    room = STEPS

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            Items.room -= 1
            if Items.room < 0:
                raise SecurityError(f"循环超过{STEPS}次")
            yield item

    def __reversed__(self) -> Iterator[Any]:
        return iter(Items(self[::-1]))

    def __contains__(self, wanted: object) -> bool:
        return any(item == wanted for item in self)


class Values:
    """Keys of the contract with their values; `name` is what a list of such things prints for it."""

    __slots__ = ("entries", "name")

    def __init__(self, entries: Mapping[str, Any], name: str = "") -> None:
        self.entries = entries
        self.name = name

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        return any(self.entries.values())

    def __contains__(self, word: object) -> bool:
        return word in self.entries

    def __getitem__(self, word: Any) -> Any:
        try:
            return self.entries[word]
        except KeyError:
            nearest = nearest_of(str(word), self.entries)
        raise UnknownKeyError(f"“{word}”不是字段" + (f"，是不是“{nearest}”？" if nearest else ""))

    def __str__(self) -> str:
        return self.name


class Printed:
    """The values that one paper printed, each with its block.

    `block` is the one that prints now, or nothing where its values need not be told; `guard` keeps them apart from the
    markup of the block.
    """

    def __init__(self) -> None:
        self.values: list[tuple[str, str]] = []
        self.block = ""
        self.guard: Callable[[str], str] = str

    def __call__(self, value: Any) -> Any:
        """Record *value* and return the text that the template prints for it."""
        if isinstance(value, str):  # nearly all are
            text = str(value)
        elif isinstance(value, Undefined | Missing):
            return value  # the one raises when it is printed, the other says 【缺：字段】
        else:
            text = _as_text(value)
        if self.block:
            self.values.append((self.block, text))
        return self.guard(text)


def _as_text(value: Any) -> str:
    """Return what a template prints for *value*; a letter never shows how Python writes an object."""
    match value:
        case str() | Missing():
            return str(value)
        case tuple() | list():
            return "、".join(map(_as_text, value))
        case Values(name=name) if name:
            return name
        case int() if not isinstance(value, bool):
            return str(value)
        case Values():
            raise SecurityError(f"这里是一组内容，要写明印哪一项：{'、'.join(value)}")
        case _:
            raise SecurityError("这里不是一段文字，印不出来")


class Names(Context):
    """The names of one paper, which no template adds to: what is set in a block stays there."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value of the name *key*, or Jinja's mark that there is none."""
        try:
            return self.parent[key]
        except KeyError:
            return missing


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment that reaches nothing but the contract's values."""

    context_class = Names
    intercepted_binops = _ARITHMETIC

    def __init__(self) -> None:
        self.printed = Printed()
        super().__init__(
            undefined=StrictUndefined,
            finalize=self.printed,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=0,
        )
        self.globals.clear()
        self.filters = {name: _guarded(FILTERS[name]) for name in _FILTERS} | {"default": _default}
        self.tests = {name: TESTS[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a key of the contract; nothing of Python is ever reached."""
        if isinstance(obj, Values):
            return obj[attribute]
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, LoopContext) and not attribute.startswith("_"):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a list, or a key of the contract."""
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, Values):
            return obj[argument]
        if isinstance(obj, tuple | list) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else Missing(f"第{argument + 1}项")
        return self.undefined(obj=obj, name=str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ARG002 -- Jinja's signature
        """Refuse arithmetic: a letter needs none, and one multiplication can fill the memory."""
        raise SecurityError(f"模板里不能用算式“{operator}”")


def _default(value: Any, other: Any = "") -> Any:
    """Return *other* in place of a missing value; an unknown name never gets here."""
    return other if isinstance(value, Missing) else value


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a missing value through a filter, so that it still prints 【缺：字段】; refuse what would grow large."""
    mark = getattr(function, "jinja_pass_arg", None)

    def apply(*args: Any, **kwargs: Any) -> Any:
        value, *more = args[1:] if mark else args
        if isinstance(value, Missing):
            return value
        if (
            isinstance(value, Sized)
            and len(value) * sum(len(one) for one in more if isinstance(one, str)) > OUTPUT_LIMIT
        ):
            raise SecurityError(f"输出超过{OUTPUT_LIMIT}字")
        found = function(*args, **kwargs)
        return Text(found) if isinstance(found, str) else found

    if mark:
        apply.jinja_pass_arg = mark  # type: ignore[attr-defined]  # -- how Jinja marks filters that want more
    return apply


def text_of(parts: Iterable[str]) -> str:
    """Join what a block yields, up to the output limit."""
    kept: list[str] = []
    room = OUTPUT_LIMIT
    for part in parts:
        room -= len(part)
        if room < 0:
            raise SecurityError(f"输出超过{OUTPUT_LIMIT}字")
        kept.append(part)
    return "".join(kept)
