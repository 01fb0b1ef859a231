"""Small changes of a module's meaning, one at a time: what a test suite should notice."""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMITS = 1000  # one byte more or less of what is allowed means nothing
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Mutant(NamedTuple):
    """A changed module: the line by number and as it stands, what was there, what is there now, the whole text."""

    line: int
    written: str
    before: str
    after: str
    text: str

    @property
    def change(self) -> str:
        """Return what was there and what is there now."""
        return f" {self.before}  →  {self.after}"

    def __str__(self) -> str:
        return f"{self.line}:{self.change}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of *source*."""
    tree, lines = ast.parse(source), source.splitlines()
    for place, node in enumerate(_of_meaning(tree)):
        for change in _changes(node):
            whole = deepcopy(tree)
            other = list(_of_meaning(whole))[place]
            _replace(whole, other, deepcopy(change))
            text = ast.unparse(ast.fix_missing_locations(whole))
            line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0)
            yield Mutant(line, lines[line - 1].strip(), _short(node), _short(change), text)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:110]


def _of_meaning(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes of *tree* that run: no types, no docstrings, no declarations of classes."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed([child for child in _children(node) if not _is_idle(child)]))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    skipped = ("annotation", "returns", "decorator_list", "bases", "keywords") if isinstance(node, _DECLARED) else ()
    for name, value in ast.iter_fields(node):
        if name in skipped:
            continue
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, ast.AST))


_DECLARED = (ast.ClassDef, ast.FunctionDef, ast.arg, ast.AnnAssign)


def _is_idle(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.startswith("__")
    return False


def _changes(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901, PLR0912 -- one case per kind of node
    match node:
        case ast.Compare(ops=[operator, *_]):
            yield ast.Compare(node.left, [_COMPARED[type(operator)](), *node.ops[1:]], node.comparators)
        case ast.BoolOp(op=operator):
            yield ast.BoolOp(ast.And() if isinstance(operator, ast.Or) else ast.Or(), node.values)
            yield from (ast.BoolOp(operator, [one for one in node.values if one is not left]) for left in node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp(op=operator) if type(operator) in _COUNTED:
            yield ast.BinOp(node.left, _COUNTED[type(operator)](), node.right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value) if value < _LIMITS:
            yield ast.Constant(value + 1)
        case ast.If() | ast.While() | ast.IfExp():
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension(ifs=[_, *_]):
            yield _with(node, ifs=[])
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            yield _with(node, func=ast.Name("max" if name == "min" else "min", ast.Load()))
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            yield _with(node, func=ast.Name("all" if name == "any" else "any", ast.Load()))
        case ast.Call(func=ast.Name(id="sorted" | "frozenset"), args=[only], keywords=[]) if not isinstance(
            only, ast.Set
        ):
            yield only


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = deepcopy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                setattr(parent, name, [new if one is old else one for one in value])
