"""What contradicts itself between the register and the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from dafu.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dafu.docnumber import DocNumber
    from dafu.model import Series
    from dafu.register.book import Register
    from dafu.register.entry import Claim, Entry

    Known = Mapping[DocNumber, Sequence[str]]


def faults(
    register: Register, found: Iterable[Entry], known: Known, cases: Collection[str], series: Iterable[Series]
) -> list[Problem]:
    """Return every double, every gap, and every entry that no record stands behind.

    *known* gives the cases whose records bear a number, once for each paper that does; *cases* are the full addresses
    of all records on file; *series* are those of the office, of which only the automatic ones count.
    """
    by_number = {entry.number: entry for entry in found}
    first = _first_serials(series)
    ours = sorted({*by_number, *(number for number in known if number.code in first)})
    return [
        *(problem for number in ours for problem in _use(register, number, by_number.get(number), known)),
        *_doubly_held(register, by_number.values()),
        *_gaps(register, ours, first),
        *_orphans(register, by_number.values(), cases),
    ]


def _first_serials(series: Iterable[Series]) -> dict[str, int]:
    """Return the lowest 起号 by 代字: two papers may share a series."""
    first: dict[str, int] = {}
    for one in series:
        if one.automatic:
            first[one.code] = min(one.first, first.get(one.code, one.first))
    return first


def _use(register: Register, number: DocNumber, entry: Entry | None, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the papers that bear *number*."""
    users = Counter(known.get(number, ()))
    path = str(register.path_of(number)) if entry else ""
    if entry and entry.is_void and users:
        message = f"{number} 已经作废，{_listed(users)} 还在用"
        yield Problem("N203", message, "这一件重新取号，或查明是否错作废了", "发文字号", file=path)
    papers = users if entry is None or entry.is_void else users | Counter([entry.case])
    if papers.total() > 1:
        message = f"{number} 用在了{papers.total()}份文件上：{_listed(papers)}"
        yield Problem("N201", message, "查明哪一份正式用了这个号，其余的改正", "发文字号", file=path)


def _listed(papers: Counter[str]) -> str:
    return "、".join(papers.elements())


def _doubly_held(register: Register, found: Iterable[Entry]) -> Iterator[Problem]:
    held: dict[Claim, Entry] = {}
    for entry in found:
        if entry.is_void:
            continue
        first = held.setdefault(entry.claim, entry)
        if first is not entry:
            message = f"{entry.case} 的{entry.paper}已有 {first.number}，又取了 {entry.number}"
            yield Problem("N202", message, "不用的那一号作废", "案号", file=str(register.path_of(entry.number)))


def _gaps(register: Register, numbers: Iterable[DocNumber], first: Mapping[str, int]) -> Iterator[Problem]:
    years: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number in numbers:
        years[number.code, number.year].append(number.serial)
    for (code, year), serials in years.items():
        start = first.get(code, serials[0])
        holes = [
            hole for hole in pairwise([start - 1, *(one for one in serials if one >= start)]) if hole[1] - hole[0] > 1
        ]
        if holes:
            missing = "、".join(_run(before + 1, after - 1) for before, after in holes)
            cure = "查明去向：漏记的补上，确实没有用的说明原因"
            yield Problem(
                "N204", f"{code}〔{year}〕缺 {missing}", cure, "发文字号", file=str(register.folder / str(year))
            )


def _run(first: int, last: int) -> str:
    return f"{first}号" if first == last else f"{first}号至{last}号"


def _orphans(register: Register, found: Iterable[Entry], cases: Collection[str]) -> Iterator[Problem]:
    for entry in found:
        if not entry.is_void and entry.case not in cases:
            message, cure = f"“{entry.case}”没有这一件", "找回记录，或改正案号；件不办了，作废这个号"
            yield Problem("N205", message, cure, "案号", file=str(register.path_of(entry.number)))
