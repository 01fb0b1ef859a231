"""Change one place of a text and keep every other byte.

Each function offers the texts that may do and gives back the first that reads back as meant; when none does,
a ValueError says so and nothing wrong is ever written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from dafu.yamltext.nodes import Mapping, Scalar, Sequence, child, plain
from dafu.yamltext.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Steps

    from dafu.yamltext.nodes import Value

Path: TypeAlias = "Steps[str | int]"


def set_value(text: str, path: Path, value: Value) -> str:
    """Return *text* with *value* at *path*; missing parents are made, an item may be added behind the last.

    Steps are keys and list indices from 0. Raises ValueError when the path leads through a text, or *text* has faults.
    """
    return _set(text, _parsed(text), path, value)


def append_item(text: str, path: Path, item: Value, after: int | None = None) -> str:
    """Return *text* with *item* added to the list at *path*, which is made when missing or empty.

    It goes behind item number *after* (from 0; -1 is before the first), by default to the end.
    """
    root = _parsed(text)
    trail, rest = _descend(root, path)
    node = trail[-1]
    if rest or not isinstance(node, Sequence) or not (node.items or trail[-2].flow):
        if not rest and plain(node):
            raise ValueError(f"“{_spelt(path)}”不是列表")
        return _set(text, root, path, [item], listed=True)
    place = len(node.items) - 1 if after is None else after
    if not -1 <= place < len(node.items):
        raise ValueError(f"“{_spelt(path)}”没有第{place + 1}项")
    from dafu.yamltext.editing import item_inserted

    items = [plain(one) for one in node.items]
    items.insert(place + 1, item)
    return _first_faithful(item_inserted(text, node, place, item), _with(plain(root), path, items))


def remove(text: str, path: Path) -> str:
    """Return *text* without what stands at *path*; a block that loses its last entry becomes an empty value."""
    root = _parsed(text)
    trail, rest = _descend(root, path)
    if rest or not path:
        raise ValueError(f"没有“{_spelt(path)}”")
    from dafu.yamltext.editing import removed

    parent = trail[-2]
    return _first_faithful(removed(text, parent, path[-1]), _without(plain(root), path, is_flow=parent.flow))


def _set(text: str, root: Mapping, path: Path, value: Value, *, listed: bool = False) -> str:
    wanted = _with(plain(root), path, value)
    trail, rest = _descend(root, path)
    if not path:
        raise ValueError("没有说明改哪一处")
    from dafu.yamltext.editing import inserted, replaced

    node = trail[-1]
    if rest and not isinstance(node, Scalar):
        return _first_faithful(inserted(text, node, rest[0], _with("", rest[1:], value), listed=listed), wanted)
    step = path[len(path) - len(rest) - 1]
    return _first_faithful(replaced(text, trail[-2], step, _with("", rest, value), listed=listed), wanted)


# What is meant: plain trees


def _with(tree: Value, path: Path, value: Value) -> Value:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if tree == "":
        tree = {} if isinstance(step, str) else []
    if isinstance(tree, dict) and isinstance(step, str):
        return {**tree, step: _with(tree.get(step, ""), rest, value)}
    if isinstance(tree, list) and isinstance(step, int) and 0 <= step <= len(tree):
        old = tree[step] if step < len(tree) else ""
        return [*tree[:step], _with(old, rest, value), *tree[step + 1 :]]
    raise ValueError(f"到不了“{_spelt(path)}”：上一级不是列表或一组键")


def _without(tree: Value, path: Path, *, is_flow: bool) -> Value:
    step, rest = path[0], path[1:]
    if isinstance(tree, dict) and isinstance(step, str):
        if rest:
            return {**tree, step: _without(tree[step], rest, is_flow=is_flow)}
        return {key: one for key, one in tree.items() if key != step} or ({} if is_flow else "")
    if isinstance(tree, list) and isinstance(step, int):
        middle = [_without(tree[step], rest, is_flow=is_flow)] if rest else []
        return [*tree[:step], *middle, *tree[step + 1 :]] or ([] if is_flow else "")
    raise ValueError(f"没有“{_spelt(path)}”")


def _spelt(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _parsed(text: str) -> Mapping:
    root, problems = parse(text)
    if root is None or problems:
        raise ValueError(f"第{problems[0].line}行：{problems[0].message}")
    return root


def _first_faithful(candidates: Iterable[str], wanted: Value) -> str:
    for candidate in candidates:
        root, problems = parse(candidate)
        if root is not None and not problems and plain(root) == wanted:
            return candidate
    raise ValueError("这个值写不进去：写出后再读，与原意不符")


def _descend(root: Mapping, path: Path) -> tuple[list[Any], Path]:
    """Return the nodes along *path* as far as they exist, the root first, and the steps that are left."""
    trail: list[Any] = [root]
    for done, step in enumerate(path):
        found = child(trail[-1], step)
        if found is None:
            return trail, path[done:]
        trail.append(found)
    return trail, []
