"""The templates of a workspace: where each comes from, what its blocks say, and what is wrong with them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from dafu import files, layout
from dafu.compose import BLOCKS, LINES, LISTS, Composer
from dafu.compose.context import known_names
from dafu.compose.sandbox import Sandbox
from dafu.compose.templates import SUFFIX, Library, base_folder, names_of
from dafu.desk.trials import trials
from dafu.errors import Problem, Severity, UnusableError
from dafu.terms import PageForm, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dafu.desk.trials import Trial
    from dafu.letter import Letter
    from dafu.store import Workspace

_LIMIT = 1_000_000  # bytes of a template
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{%[-+]?\s*block\s+(\w+)[^%]*%\}(.*?)\{%[-+]?\s*endblock", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """A template and the file it comes from; `own` when the office wrote something else than the standard."""

    name: str
    path: Path
    own: bool


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block as it is written: in which file, at which line."""

    name: str
    path: Path
    line: int
    text: str


def sources(workspace: Workspace) -> list[Source]:
    """Return every template that a paper can be written from, in the order of the papers."""
    names = {name.removesuffix(SUFFIX) for name in names_of(base_folder()) | names_of(workspace.templates)}
    papers = [str(paper) for paper in Paper]
    known = [paper for paper in papers if paper in names]
    return [_source(workspace, name) for name in (*known, *sorted(names.difference(papers)))]


def blocks(workspace: Workspace, name: str) -> list[BlockText]:
    """Return the blocks that the paper *name* is made of, each from the nearest file, in the order of the furthest.

    Raises UnusableError with every fault of the template and of those it extends.
    """
    library = Library(Sandbox(), workspace.templates, known_names(), BLOCKS)
    nearest: dict[str, BlockText] = {}
    for loaded in reversed(library.chain(name.removesuffix(SUFFIX) + SUFFIX).templates):
        nearest |= {block.name: block for block in _written(loaded.path)}
    return list(nearest.values())


def findings(workspace: Workspace) -> list[Problem]:
    """Return the faults of all templates: as they are written, and as they come out when edge data is set in them."""
    composers = {form: Composer(replace(workspace.office, form=form), workspace.templates) for form in PageForm}
    data = trials(workspace.office)
    found: list[Problem] = []
    for source in sources(workspace):
        letters, problems = _tried(composers, source, data)
        found += problems
        if source.own and not problems:
            found += _unprinted(source, letters)
    return list(dict.fromkeys(found))  # a parent's fault shows in each that extends it


def _source(workspace: Workspace, name: str) -> Source:
    own, base = workspace.templates / (name + SUFFIX), base_folder() / (name + SUFFIX)
    if not own.exists():
        return Source(name, base, own=False)
    same = base.exists() and files.read(own, _LIMIT) == files.read(base, _LIMIT)
    return Source(name, own, own=not same)


def _written(path: Path) -> Iterator[BlockText]:
    """Yield the blocks of a template that has been found sound."""
    text = files.read(path, _LIMIT).decode("utf-8-sig")
    source = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for found in _BLOCK.finditer(source):
        yield BlockText(found[1], path, source.count("\n", 0, found.start()) + 1, found[2].strip())


def _tried(
    composers: Mapping[PageForm, Composer], source: Source, data: Mapping[str, Trial]
) -> tuple[list[Letter], list[Problem]]:
    """Set the edge data in a template, in both forms of a page; return the letters and what went wrong."""
    letters: list[Letter] = []
    seen: defaultdict[Problem, list[str]] = defaultdict(list)
    for (form, composer), (name, trial) in product(composers.items(), data.items()):
        try:
            letters.append(_drawn(composer, source, trial))
        except UnusableError as error:
            for problem in error.problems:
                seen[problem].append(f"{name}，{form}")
    count = len(composers) * len(data)
    return letters, [_in_trial(problem, names, count) for problem, names in seen.items()]


def _drawn(composer: Composer, source: Source, trial: Trial) -> Letter:
    letter = composer.compose(source.name, *trial).letter
    try:
        layout.draw(letter)
    except ValueError as error:
        raise UnusableError(problems=[Problem("T113", str(error), "删去这个字符", file=str(source.path))]) from error
    return letter


def _in_trial(problem: Problem, names: list[str], count: int) -> Problem:
    """Say in which trial a fault came out, unless it came out in all."""
    return problem if len(names) == count else problem._replace(message=f"试排“{names[0]}”时{problem.message}")


def _unprinted(source: Source, letters: list[Letter]) -> Iterator[Problem]:
    """Yield each block that the office wrote for itself and that no trial printed."""
    base = base_folder() / source.path.name
    standard = {block.name: block.text for block in _written(base)} if base.exists() else {}
    elements = LINES | LISTS
    for block in _written(source.path):
        element = elements.get(block.name)
        if not element or not block.text or block.text == standard.get(block.name):
            continue
        if not any(getattr(letter, element) for letter in letters):
            message, cure = "这一块在哪一例试排里都没有印出", "看 dafu.yaml 的版面设置是否要印它；不印的删去"
            yield Problem("T114", message, cure, block.name, block.line, str(source.path), Severity.WARNING)
