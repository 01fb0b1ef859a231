"""Templates: where they lie, what may stand in them, and their blocks bound to those of the templates they extend."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2.environment import Template

from dafu import files
from dafu.compose.kept import keep, recall
from dafu.errors import Problem, UnusableError
from dafu.model import nearest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dafu.compose.sandbox import Sandbox

SUFFIX = ".j2"
BASE = "标准/"  # `标准/答复.j2` always means the one that came with the tool
_LIMIT = 200_000  # bytes of one template


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
        compiled = recall(path, source)
        if compiled is None:
            from dafu.compose.compiling import Allowed, compile_template  # what most commands never need

            compiled = compile_template(self._sandbox, source, path, Allowed(self._names, self._blocks))
            keep(path, source, compiled)
        template = Template.from_code(self._sandbox, compiled.code, {})
        self._loaded[name] = loaded = Loaded(path, template, compiled.parent)
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
