"""What a rule finds, with its place, the measured value and the wanted one; and lengths in the units of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity
from dafu.layout.measures import CHAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.check.docx.reading import Para, Section

FIX = "用 --fix 可以改正"
_FIRST_WORDS = 12
_NAMED = 3  # paragraphs that are named when many share a fault
_SIZES = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "二号", 36: "小二", 32: "三号", 30: "小三",
    28: "四号", 24: "小四", 21: "五号", 18: "小五", 15: "六号",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what was `measured` and what is `wanted`, each with its name and unit.

    `mends` says that it can be mended without touching the text; else `cure` says what to do.
    """

    place: Para | Section | str
    measured: str
    wanted: str
    severity: Severity = Severity.ERROR
    cure: str = ""
    mends: bool = False


def problems(code: str, faults: Iterable[Fault]) -> Iterator[Problem]:
    """Yield a problem for each kind of fault; the paragraphs that share it are named together."""
    alike: dict[tuple[str, str, Severity, str], list[Fault]] = {}
    for fault in faults:
        cure = FIX if fault.mends else fault.cure
        alike.setdefault((fault.measured, fault.wanted, fault.severity, cure), []).append(fault)
    for (measured, wanted, severity, cure), some in alike.items():
        message = f"{measured}，应为{wanted}" if wanted else measured
        yield Problem(code, message, cure, field=_places([one.place for one in some]), severity=severity)


def _places(some: list[Para | Section | str]) -> str:
    first = some[0]
    if isinstance(first, str):
        return first
    numbers = list(dict.fromkeys(str(one.number) for one in some if not isinstance(one, str)))
    listed = "、".join(numbers[:_NAMED]) + (f"等{len(numbers)}" if len(numbers) > _NAMED else "")
    words = getattr(first, "words", None)
    if words is None:
        return f"第{listed}节"
    return f"第{listed}段“{shortened(words)}”"


def shortened(words: str) -> str:
    """Return the first words of a paragraph."""
    line = " ".join(words[:100].split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS]}…"


def mm(twips: float) -> str:
    """Return a length in millimetres."""
    return f"{twips * 25.4 / 1440:.1f}".removesuffix(".0") + " 毫米"


def pt(twips: float) -> str:
    """Return a length in points."""
    return f"{twips / 20:.2f}".rstrip("0").rstrip(".") + " 磅"


def chars(twips: float) -> str:
    """Return a length in characters of the text."""
    return f"{twips / CHAR:.1f}".removesuffix(".0") + " 字"


def rows(count: float) -> str:
    """Return a count of rows."""
    return f"{count:.1f}".removesuffix(".0") + " 行"


def type_size(half_points: int) -> str:
    """Return a type size in points, and by its name where it has one."""
    name = _SIZES.get(half_points)
    return pt(half_points * 10) + (f"（{name}）" if name else "")
