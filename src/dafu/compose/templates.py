"""Templates: where they lie, what may stand in them, and their blocks bound to those of the templates they extend."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.environment import Template

from dafu import files
from dafu.compose.limits import among, excesses, oversize
from dafu.errors import Problem, UnusableError
from dafu.model import nearest_of
from dafu.yamltext.screening import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from types import CodeType

    from dafu.compose.limits import Nodes
    from dafu.compose.sandbox import Sandbox

SUFFIX = ".j2"
BASE = "标准/"  # `标准/答复.j2` always means the one that came with the tool
_LIMIT = 200_000  # bytes of one template
_TAG_CURE = "可用：block、extends、if、elif、else、for、set，及其 end 标签"
_OWN_NAMES = frozenset(["loop", "super", "self", "true", "false", "none", "True", "False", "None"])
_FULL_WIDTH = re.compile("｛\\s*[｛%％]|[%％｝]\\s*｝|\\{％|％\\}")
_CAUSES = (
    (re.compile(r"unknown tag '(.+?)'"), "不认识“{0}”这个标签", _TAG_CURE),
    (re.compile(r"block '(.+?)' defined twice"), "块“{0}”写了两次", "删去其中一个"),
    (re.compile(r"[Uu]nexpected end of template"), "有块没有结束", "补上 endblock、endif 或 endfor"),
    (re.compile(r"Missing end of comment"), "注释没有结束", "补上 #}"),
    (re.compile(r"unexpected char"), "括号里有不认识的符号", "引号、逗号、竖线要用半角"),
)


def base_folder() -> Path:
    """Return the folder of the base templates: inside the installed package, else at the root of the clone."""
    package = Path(__file__).resolve().parents[1]
    carried = package / "templates"
    return carried if carried.is_dir() else package.parents[1] / "templates"


class Loaded(NamedTuple):
    """A template that was read and compiled, with its file and its name for the ones it extends."""

    path: Path
    template: Template
    parent: str | None


class Chain(NamedTuple):
    """A template and those it extends, nearest first, and each block's functions, so that `super()` finds the next."""

    templates: list[Loaded]
    blocks: dict[str, list[Any]]


class Library:
    """The templates of a workspace over the base ones; each is read, checked and compiled once."""

    def __init__(
        self, sandbox: Sandbox, folder: Path, names: Mapping[str, Collection[str]], blocks: Collection[str]
    ) -> None:
        self._sandbox = sandbox
        self._folder = folder
        self._names = names
        self._blocks = blocks
        self._loaded: dict[str, Loaded] = {}
        self._chains: dict[str, Chain] = {}

    def chain(self, name: str) -> Chain:
        """Return the template *name* and those it extends; raises with every fault found in them."""
        if name not in self._chains:
            loaded = self._load_all(name)
            self._chains[name] = Chain(loaded, _blocks_of(loaded))
        return self._chains[name]

    def _load_all(self, name: str) -> list[Loaded]:
        found: list[Loaded] = []
        wanted: str | None = name
        while wanted:
            loaded = self._loaded.get(wanted) or self._load(wanted, str(found[-1].path) if found else "")
            if loaded in found:
                cure = f'改为 {{% extends "{BASE}{loaded.path.name}" %}}'
                raise UnusableError(problems=[Problem("T105", "模板套用了自己", cure, line=1, file=str(loaded.path))])
            found.append(loaded)
            wanted = loaded.parent
        return found

    def _load(self, name: str, asked_by: str) -> Loaded:
        path = self._path(name, asked_by)
        within = self._folder if path.parent == self._folder else None
        source = _decoded(files.read(path, _LIMIT, within), path)
        tree, code = self._compiled(source, path)
        template = Template.from_code(self._sandbox, code, {})
        parents = (node.template for node in tree.body if isinstance(node, nodes.Extends))
        parent = next((str(name.value) for name in parents if isinstance(name, nodes.Const)), None)
        self._loaded[name] = loaded = Loaded(path, template, parent)
        return loaded

    def _path(self, name: str, asked_by: str) -> Path:
        bare = name.removeprefix(BASE)
        if not bare.endswith(SUFFIX) or re.search(r"[/\\:\x00]", bare):
            raise _absent(name, "模板名写成“答复.j2”或“标准/答复.j2”", asked_by)
        own = self._folder / bare
        path = own if bare == name and os.path.lexists(own) else base_folder() / bare
        if not os.path.lexists(path):
            near = nearest_of(bare, names_of(base_folder()) | names_of(self._folder))
            hint = f"是不是“{near.removesuffix(SUFFIX)}”？" if near else "用 dafu init 建立工作区时会带上全部模板"
            raise _absent(name, hint, asked_by)
        return path

    def _compiled(self, source: str, path: Path) -> tuple[nodes.Template, CodeType]:
        try:
            tree = self._sandbox.parse(source, path.name)
            problems = list(self._faults(source, tree))
            if not problems:
                return tree, self._sandbox.compile(tree, path.name, str(path))
        except (TemplateSyntaxError, RecursionError, SyntaxError, ValueError) as error:
            problems = [_syntax(error, source)]
        raise UnusableError(problems=[problem.within(str(path)) for problem in problems])

    def _faults(self, source: str, tree: nodes.Template) -> Iterator[Problem]:
        every = list(tree.find_all(nodes.Node))  # walked once, since each walk takes as long as to compile it
        if too_much := list(oversize(every)):
            yield from too_much
            return
        yield from _braces(source)
        yield from _unprintable(source)
        yield from _strays(tree)
        for block in among(every, nodes.Block):
            if block.name not in self._blocks:
                yield Problem(
                    "T104",
                    f"“{block.name}”不是公文要素",
                    _nearest(block.name, self._blocks),
                    line=block.lineno,
                )
        yield from excesses(every)
        yield from _unknown_filters(every, self._sandbox)
        yield from _unknown_names(every, self._names)
        yield from _unknown_keys(every, self._names)


def _absent(name: str, hint: str, asked_by: str) -> UnusableError:
    return UnusableError(problems=[Problem("T114", f"没有模板“{name.removesuffix(SUFFIX)}”", hint, file=asked_by)])


def names_of(folder: Path) -> set[str]:
    """Return the file names of the templates in *folder*."""
    return {path.name for path in folder.glob(f"*{SUFFIX}")}


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableError(
            problems=[Problem("T101", "不是 UTF-8 文字", "另存为 UTF-8 编码", file=str(path))]
        ) from None


def _syntax(error: Exception, source: str) -> Problem:
    full_width = next(_braces(source), None)
    if full_width:
        return full_width
    if isinstance(error, RecursionError | SyntaxError):  # Python's own limits
        return Problem("T102", "嵌套太深", "减少括号和标签的层数", line=1)
    if not isinstance(error, TemplateSyntaxError):
        return Problem("T102", "有写不下的数", "改短这个数", line=1)
    for pattern, message, cure in _CAUSES:
        if found := pattern.search(error.message or ""):
            return Problem("T102", message.format(*found.groups()), cure, line=error.lineno)
    return Problem("T102", "模板的写法有误", "检查 {{ }} 与 {% %} 是否成对，里面的符号是否半角", line=error.lineno)


def _unprintable(source: str) -> Iterator[Problem]:
    for number, line in enumerate(source.split("\n"), 1):
        if found := FORBIDDEN.search(line.rstrip("\r")):
            yield Problem("T101", f"有看不见的控制字符 U+{ord(found[0]):04X}", "删去这个字符", line=number)


def _braces(source: str) -> Iterator[Problem]:
    for number, line in enumerate(source.splitlines(), 1):
        if found := _FULL_WIDTH.search(line):
            yield Problem("T103", f"用了全角括号“{found[0]}”", "改为半角的 {{ }} 或 {% %}", line=number)


def _strays(tree: nodes.Template) -> Iterator[Problem]:
    """Yield what stands outside the blocks: only `extends` and comments may, since blocks are rendered alone."""
    for node in tree.body:
        is_blank = isinstance(node, nodes.Output) and all(_is_blank(child) for child in node.nodes)
        if not is_blank and not isinstance(node, nodes.Extends | nodes.Block):
            yield Problem("T106", "写在了块的外面，不会印出", "移进某个 {% block … %} 里，或删去", line=node.lineno)
        elif isinstance(node, nodes.Extends) and not isinstance(node.template, nodes.Const):
            yield Problem("T107", "套用的模板名不是文字", '写成 {% extends "标准/答复.j2" %}', line=node.lineno)


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _unknown_filters(every: Nodes, sandbox: Sandbox) -> Iterator[Problem]:
    for node in among(every, (nodes.Filter, nodes.Test)):
        known: Collection[str] = sandbox.filters if isinstance(node, nodes.Filter) else sandbox.tests
        word = "过滤器" if isinstance(node, nodes.Filter) else "判断"
        if node.name not in known:
            yield Problem("T108", f"没有“{node.name}”这个{word}", f"可用：{'、'.join(known)}", line=node.lineno)


def _unknown_names(every: Nodes, known: Collection[str]) -> Iterator[Problem]:
    used = list(among(every, nodes.Name))
    own = {node.name for node in used if node.ctx != "load"} | _OWN_NAMES
    for node in used:
        if node.ctx == "load" and node.name not in known and node.name not in own:
            yield Problem("T109", f"“{node.name}”不是字段", _nearest(node.name, known), line=node.lineno)


def _unknown_keys(every: Nodes, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield keys that their group does not have, even where this record's branch would not come by."""
    found: Iterator[nodes.Getattr | nodes.Getitem] = among(every, (nodes.Getattr, nodes.Getitem))
    for node in found:
        group = node.node.name if isinstance(node.node, nodes.Name) else ""
        word = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        keys = known.get(group, ())
        if keys and isinstance(word, str) and word not in keys:
            yield Problem("T109", f"“{group}.{word}”不是字段", _nearest(word, keys), line=node.lineno)


def _nearest(word: str, known: Collection[str]) -> str:
    nearest = nearest_of(word, known)
    return f"是不是“{nearest}”？" if nearest else f"可用：{'、'.join(sorted(known))}"


def line_in(loaded: Loaded, error: BaseException) -> int | None:
    """Return the line of the template *loaded* at which *error* arose, or None when it arose elsewhere."""
    trace, found = error.__traceback__, None
    while trace:
        if trace.tb_frame.f_globals.get("__jinja_template__") is loaded.template:
            found = loaded.template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return found


def _blocks_of(chain: list[Loaded]) -> dict[str, list[Any]]:
    bound: dict[str, list[Any]] = {}
    for loaded in chain:
        for name, block in loaded.template.blocks.items():
            bound.setdefault(name, []).append(block)
    return bound
