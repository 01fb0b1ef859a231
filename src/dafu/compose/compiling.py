"""The source of a template → its code, after a look at every node of it: what may not stand there stops it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from dafu.compose.kept import Compiled
from dafu.compose.limits import among, excesses, oversize
from dafu.errors import Problem, UnusableError
from dafu.model import nearest_of
from dafu.yamltext.screening import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from dafu.compose.limits import Nodes
    from dafu.compose.sandbox import Sandbox

_TAG_CURE = "可用：block、extends、if、elif、else、for、set，及其 end 标签"
_OWN_NAMES = frozenset(["loop", "super", "self", "true", "false", "none", "True", "False", "None"])
_FULL_WIDTH = re.compile("｛\\s*[｛%％]|[%％｝]\\s*｝|\\{％|％\\}")
_CROSSED = r"unknown tag '(end(?:block|for|if|set)|elif|else)'.* closed is '(\w+)'"
_CAUSES = (  # patterns that are compiled when a template has a fault: most have none
    (_CROSSED, "“{1}”还没有结束，就写了“{0}”", "补上前一个的 end 标签，或者删去多出来的后一个"),
    (r"unknown tag '(.+?)'", "不认识“{0}”这个标签", _TAG_CURE),
    (r"block '(.+?)' defined twice", "块“{0}”写了两次", "删去其中一个"),
    (r"[Uu]nexpected end of template", "有块没有结束", "补上 endblock、endif 或 endfor"),
    (r"Missing end of comment", "注释没有结束", "补上 #}"),
    (r"unexpected char", "括号里有不认识的符号", "引号、逗号、竖线要用半角"),
)


class Allowed(NamedTuple):
    """What may be named: each name with the keys of the group that it is (mostly none), and the blocks."""

    names: Mapping[str, Collection[str]]
    blocks: Collection[str]


def compile_template(sandbox: Sandbox, source: str, path: Path, allowed: Allowed) -> Compiled:
    """Compile the template at *path*; raises UnusableError with every fault found in it."""
    try:
        tree = sandbox.parse(source, path.name)
        problems = list(_faults(sandbox, source, tree, allowed))
        if not problems:
            return Compiled(_parent_of(tree), sandbox.compile(tree, path.name, str(path)))
    except (TemplateSyntaxError, RecursionError, SyntaxError, ValueError) as error:
        problems = [_syntax(error, source)]
    raise UnusableError(problems=[problem.within(str(path)) for problem in problems])


def _faults(sandbox: Sandbox, source: str, tree: nodes.Template, allowed: Allowed) -> Iterator[Problem]:
    every = list(tree.find_all(nodes.Node))  # walked once, since each walk takes as long as to compile it
    if too_much := list(oversize(every)):
        yield from too_much
        return
    yield from _braces(source)
    yield from _unprintable(source)
    yield from _strays(tree)
    yield from _unknown_blocks(every, allowed.blocks)
    yield from excesses(every)
    yield from _unknown_filters(every, sandbox)
    yield from _unknown_names(every, allowed.names)
    yield from _unknown_keys(every, allowed.names)


def _parent_of(tree: nodes.Template) -> str | None:
    named = (node.template for node in tree.body if isinstance(node, nodes.Extends))
    return next((str(name.value) for name in named if isinstance(name, nodes.Const)), None)


def _syntax(error: Exception, source: str) -> Problem:
    full_width = next(_braces(source), None)
    if full_width:
        return full_width
    if isinstance(error, RecursionError | SyntaxError):  # Python's own limits
        return Problem("T102", "嵌套太深", "减少括号和标签的层数", line=1)
    if not isinstance(error, TemplateSyntaxError):
        return Problem("T102", "有写不下的数", "改短这个数", line=1)
    for pattern, message, cure in _CAUSES:
        if found := re.search(pattern, error.message or ""):
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


def _unknown_blocks(every: Nodes, known: Collection[str]) -> Iterator[Problem]:
    for block in among(every, nodes.Block):
        if block.name not in known:
            yield Problem("T104", f"“{block.name}”不是公文要素", _nearest(block.name, known), line=block.lineno)


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
