"""Text → nodes, with every fault that can be found in one run."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from dafu.errors import Problem
from dafu.yamltext.building import DEEPEST, Builder, TooDeepError, syntax_errors
from dafu.yamltext.doubts import doubts
from dafu.yamltext.nodes import Mapping
from dafu.yamltext.screening import LINE_BREAK, screen

if TYPE_CHECKING:
    from dafu.yamltext.causes import Stop
    from dafu.yamltext.nodes import Node

_CHARACTERS = 2_000_000
"""Characters read at most in all rounds over one text, so that a large one does not take long."""
_ROUNDS = 200
_STRUCTURE_STANDS = frozenset({"Y201", "Y203", "Y206", "Y401"})
"""Faults that leave no doubt which value belongs to which key."""


def parse(text: str) -> tuple[Mapping | None, list[Problem]]:
    """Return the mapping that *text* says and all faults found in it.

    With faults the mapping serves only to find more of them; it is None where they leave its structure in doubt.
    """
    screened, problems = screen(text)
    root, found = _read(screened)
    problems = _in_order(problems + found) if problems or found else []
    if problems and not {problem.code for problem in problems} <= _STRUCTURE_STANDS:
        return None, problems
    return root if isinstance(root, Mapping) else None, problems


def _read(text: str) -> tuple[Node | None, list[Problem]]:
    """Read *text*; wherever the parser stops, name the cause, mend it and read again."""
    mender = _Mender(text)
    for _ in range(min(_ROUNDS, 1 + _CHARACTERS // (len(text) + 1))):
        builder = Builder(mender.text)
        try:
            root = builder.document()
        except TooDeepError as error:
            deep = Problem("Y108", f"嵌套超过{DEEPEST}层", "看看是否多打了括号或缩进", line=error.line)
            return None, [*mender.problems, *builder.problems, deep]
        except syntax_errors() as error:
            if not mender.mend(builder, error):
                break
        else:
            found = [*builder.problems, *doubts(mender.text, root)]
            return root, mender.problems + [problem for problem in found if problem.line not in mender.lines]
    return None, mender.problems


class _Mender:
    """Collect the causes of one text's syntax errors; `lines` are those that no longer stand as written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.lines: set[int] = set()
        self._is_rough = False

    def mend(self, builder: Builder, error: Exception) -> bool:
        """Note the cause of *error* and take it out of the text; tell whether that changed anything."""
        from dafu.yamltext import causes

        stop = _stop(self.text, builder, error)
        cause = causes.find(stop)
        if cause.problem.line in self.lines:
            cause = causes.general(stop)
        elif not (self._is_rough and cause.problem.code in causes.UNSURE):
            self.problems.append(cause.problem)
        self._is_rough = self._is_rough or cause.problem.code in causes.ROUGH
        lines = list(stop.lines)
        for index, line in cause.mended.items():
            lines[index] = line
        self.lines.update(index + 1 for index in cause.mended)
        before, self.text = self.text, "\n".join(lines)
        return len(lines) > 0 and self.text != "\n".join(LINE_BREAK.split(before))


def _stop(text: str, builder: Builder, error: Any) -> Stop:
    from dafu.yamltext.causes import Stop

    lines = LINE_BREAK.split(text)
    last = builder.last if builder.last and builder.last.line <= len(lines) else None
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    at, column = (mark.line, mark.column) if mark else (last.line - 1 if last else 0, 0)
    while at > 0 and (at >= len(lines) or not lines[at].strip()):
        at, column = at - 1, 0
    flow = builder.flows[-1] if builder.flows else None
    return Stop(
        lines=lines,
        at=at,
        column=column,
        context=getattr(error, "context", None) or "",
        reason=str(getattr(error, "problem", None) or ""),
        opened=(opened.line, opened.column) if opened and opened.line < len(lines) else None,
        flow=(flow.line, flow.column) if flow else None,
        last=last,
        last_end=_place(text, last.end) if last else (0, 0),
    )


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of *offset*, both from 0."""
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line]


def _in_order(problems: list[Problem]) -> list[Problem]:
    """Return *problems* by line, each fault of a line once."""
    unique = {(problem.line, problem.code, problem.message): problem for problem in problems}
    return sorted(unique.values(), key=lambda problem: problem.line or 0)
