"""What a template may be built of: a small language in which every rendering ends soon and stays small.

Jinja itself sets no limits of time and memory. Instead of watching a template run, the constructs that could run long
or grow large are refused before it runs: calls, macros, inclusion, recursion, deep loops, loops over literals. What is
left visits each value of a record a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from jinja2 import nodes

from dafu.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

N = TypeVar("N", bound=nodes.Node)
Nodes = Sequence[nodes.Node]
DEEPEST_LOOP = 2
MOST_JOINED = 100  # operands of ~ in one template
MOST_FILTERS = 200  # in one template: each expression is compiled by going down into it
_TAGS: dict[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.AssignBlock: "set … endset",
    nodes.ScopedEvalContextModifier: "autoescape",
    nodes.With: "with",
    nodes.BinExpr: "算式",
    nodes.UnaryExpr: "算式",
    nodes.Slice: "切片",
    nodes.Dict: "字典",
}
_LOGIC = (nodes.And, nodes.Or, nodes.Not)  # expressions too, but of truth, not of numbers
_ITERABLE = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter)


def among(every: Nodes, kind: type[N] | tuple[type[N], ...]) -> Iterator[N]:
    """Yield the nodes of a *kind* among all of a template, in the order in which they stand."""
    return (node for node in every if isinstance(node, kind))


def excesses(every: Nodes) -> Iterator[Problem]:
    """Yield what the language of templates does not have, with the line of each."""
    for node in among(every, tuple(_TAGS)):
        if not isinstance(node, _LOGIC):
            word = next(word for kind, word in _TAGS.items() if isinstance(node, kind))
            yield _refused(f"模板里不能用{word}", "只用 block、extends、if、for 和取字段", node)
    yield from _calls(every)
    yield from _literals(every)
    yield from _growth(every)
    for node in among(every, nodes.For):
        yield from _loop(node)


def _calls(every: Nodes) -> Iterator[Problem]:
    for node in among(every, nodes.Call):
        if not (isinstance(node.node, nodes.Name) and node.node.name == "super"):
            yield _refused("模板里不能调用函数", "只有 super() 可以用", node)


def _literals(every: Nodes) -> Iterator[Problem]:
    """Lists written out stand behind `in` alone: a list of lists of lists would double with each `set`."""
    operands = (operand for node in among(every, nodes.Compare) for operand in node.ops)
    allowed = {id(operand.expr) for operand in operands if operand.op in ("in", "notin")}
    allowed |= {id(node.iter) for node in among(every, nodes.For)}  # `_loop` names these
    literals: list[nodes.List | nodes.Tuple] = [*among(every, nodes.List), *among(every, nodes.Tuple)]
    for literal in literals:
        is_plain = all(isinstance(item, nodes.Const) for item in literal.items)
        if getattr(literal, "ctx", "load") == "load" and not (id(literal) in allowed and is_plain):
            yield _refused("模板里不能写列表", '只有 in 后面可以，如 {% if 角色 in ["主办", "独办"] %}', literal)


def oversize(every: Nodes) -> Iterator[Problem]:
    """Yield what is too much to be looked into any further."""
    filters = list(among(every, nodes.Filter))
    if len(filters) > MOST_FILTERS:
        yield _refused("过滤器用得太多", f"一个模板里最多{MOST_FILTERS}个", filters[0])


def _growth(every: Nodes) -> Iterator[Problem]:
    joined = list(among(every, nodes.Concat))
    if sum(len(node.nodes) for node in joined) > MOST_JOINED:
        yield _refused("“~”用得太多", f"一个模板里最多连接{MOST_JOINED}项，直接写在文字里就行", joined[0])
    for node in among(every, nodes.Assign):
        if next(node.find_all(nodes.Concat), None):
            yield _refused("set 里不能用“~”", "直接写在文字里", node)


def _loop(node: nodes.For) -> Iterator[Problem]:
    if node.recursive or not isinstance(node.iter, _ITERABLE):
        yield _refused("for 只能逐项取字段里的列表", "写成 {% for 项 in 字段 %}", node)
    if _depth(node) > DEEPEST_LOOP:
        yield _refused(f"for 套了超过{DEEPEST_LOOP}层", "减少层数", node)


def _depth(node: nodes.Node) -> int:
    return isinstance(node, nodes.For) + max(map(_depth, node.iter_child_nodes()), default=0)


def _refused(message: str, cure: str, node: nodes.Node) -> Problem:
    return Problem("T112", message, cure, line=node.lineno)
