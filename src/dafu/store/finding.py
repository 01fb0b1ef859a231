"""Find records: all of them, one by its address, those that lead others."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dafu import files
from dafu.errors import Problem, UnusableError, WrongUsageError
from dafu.store.reading import RECORD_LIMIT, read, read_all, record_paths
from dafu.store.workspace import SUFFIX, address_of, qualifiers, series_of, stem_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Office
    from dafu.store.workspace import Record, Series, Workspace

_OTHER_SPELLINGS = (b"\\", b"''")
_LARGEST = 50_000_000  # bytes of a file that is no readable record but may bear a number


def load(workspace: Workspace) -> tuple[list[Record], list[Problem]]:
    """Read every record; a broken one becomes problems and never hides the others."""
    paths, problems = record_paths(workspace)
    records, faults = read_all(workspace, paths)
    return records, [*problems, *faults, *twins(workspace, records)]


def find(workspace: Workspace, address: str, here: Path) -> Record:
    """Return the record at *address*: a path that ends in .yaml, else `[年/][层级/][类别/]案号`.

    Raises WrongUsageError when several records match, UnusableError when none does or when it cannot be read.
    """
    return read(workspace, here / address) if address.endswith(SUFFIX) else _found(workspace, address)[0]


def find_near(workspace: Workspace, address: str, here: Path) -> tuple[Record, list[Record]]:
    """Return the record at *address* and all that mention its number, itself among them; raises like `find`."""
    if address.endswith(SUFFIX):
        record = read(workspace, here / address)
        return record, mentioning(workspace, record.proposal.number)
    return _found(workspace, address)


def _found(workspace: Workspace, address: str) -> tuple[Record, list[Record]]:
    number = address.rpartition("/")[2]
    records, problems = _mentioning(workspace, number)
    wanted = [record for record in records if _matches(record, address, workspace.office)]
    if len(wanted) > 1:
        full = "、".join(_full_addresses(wanted, workspace.office))
        raise WrongUsageError(f"“{address}”有{len(wanted)}件，写明是哪一件：{full}")
    if not wanted:
        _not_found(address, number, problems)
    return wanted[0], records


def saying(workspace: Workspace, words: str) -> tuple[list[Record], dict[Path, str]]:
    """Return every record that may say *words*, and the raw text of the files that may and cannot be used.

    Only these are parsed. What YAML can spell in another way, by a backslash or two quotes, may say anything.
    """
    spelt = (words.encode(errors="replace"), *_OTHER_SPELLINGS)
    paths = [path for path in record_paths(workspace)[0] if _holds(path, spelt)]
    records, _ = read_all(workspace, paths)
    unusable = {*paths} - {record.path for record in records}
    return records, {path: files.read(path, _LARGEST).decode(errors="replace") for path in paths if path in unusable}


def lead_of(workspace: Workspace, record: Record) -> Record | None:
    """Return the record that leads *record* by its 并案, or None when it stands alone."""
    return lead_among(workspace, record, leads(workspace, mentioning(workspace, record.proposal.number)))


def leads(workspace: Workspace, records: Iterable[Record]) -> dict[Series, Record]:
    """Return the leading record of every number that some record names in its 并案; of two the first."""
    found: dict[Series, Record] = {}
    for record in records:
        for number in record.proposal.merged:
            found.setdefault(series_of(workspace.office, record.proposal, number), record)
    return found


def sharers(workspace: Workspace, records: Iterable[Record], this_year: int) -> dict[Path, Record]:
    """Return, by path, another record for each whose letters would go into the same folder."""
    first: dict[tuple[int, str], Record] = {}
    found: dict[Path, Record] = {}
    for record in records:
        stem = stem_of(record.proposal, workspace.office)
        other = first.setdefault((year_of(record.proposal, this_year), folded(stem)), record)
        if other is not record:
            found[record.path] = other
            found.setdefault(other.path, record)
    return found


def folded(name: str) -> str:
    """Return what is the same for all file names that some system takes for the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def mentioning(workspace: Workspace, number: str) -> list[Record]:
    """Return the records that can be read and whose files mention *number*."""
    return _mentioning(workspace, number)[0]


def _mentioning(workspace: Workspace, number: str) -> tuple[list[Record], list[Problem]]:
    return read_all(workspace, [path for path in record_paths(workspace)[0] if _mentions(path, number)])


def lead_among(workspace: Workspace, record: Record, known: dict[Series, Record]) -> Record | None:
    """Return the record among *known* leads that leads *record*."""
    return known.get(series_of(workspace.office, record.proposal, record.proposal.number))


def on_file(workspace: Workspace, series: Series) -> Record | None:
    """Return the record of this kind, level, session and number, or None when there is none that can be read."""
    records = mentioning(workspace, series[-1])
    office = workspace.office
    return next((one for one in records if series_of(office, one.proposal, one.proposal.number) == series), None)


def _mentions(path: Path, number: str) -> bool:
    """Tell whether the file may hold *number*."""
    return number in path.stem or _holds(path, (number.encode(errors="replace"),))


def _holds(path: Path, spelt: Iterable[bytes]) -> bool:
    """Tell whether the file may hold one of *spelt*; reading it for good will name what is wrong with it."""
    try:
        data = files.read(path, RECORD_LIMIT)
    except UnusableError:
        return True
    return any(one in data for one in spelt)


def _matches(record: Record, address: str, office: Office) -> bool:
    *words, number = address.split("/")
    full = iter(qualifiers(record, office))  # `in` moves it on, so the words must come in this order
    return record.proposal.number == number and all(word in full for word in words)


def _full_addresses(records: list[Record], office: Office) -> Iterator[str]:
    """Yield what tells *records* apart: the full address, or the path where two records share it."""
    addresses = [address_of(record, office) for record in records]
    for record, address in zip(records, addresses, strict=True):
        yield str(record.path) if addresses.count(address) > 1 else address


def _not_found(address: str, number: str, problems: list[Problem]) -> NoReturn:
    """Raise what is wrong with the files that bear *number*, else say that there is none."""
    own = [problem for problem in problems if f"-{Path(problem.file).stem}".endswith(f"-{number}")]
    others = len({problem.file for problem in problems})
    hint = f"；另有{others}个文件读不通，用 dafu check 看" if others else ""
    raise UnusableError("" if own else f"没有“{address}”这一件（用 dafu list 看有哪些{hint}）", own)


def twins(workspace: Workspace, records: list[Record]) -> Iterator[Problem]:
    """Yield each record whose number another one of the same kind, level and session already has."""
    seen: dict[Series, Record] = {}
    for record in records:
        proposal = record.proposal
        identity = series_of(workspace.office, proposal, proposal.number)
        first = seen.setdefault(identity, record)
        if first is not record:
            message = f"“{proposal.number}”同 {first.path.relative_to(workspace.root).as_posix()} 重复"
            yield record.problem(Problem("R301", message, "删去其中一个文件，或改正案号", field="案号"))
