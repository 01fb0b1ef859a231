"""Where bags and their registers lie below replies/, and the one step that makes an archived reply one.

A bag is built beside its place under a name of ours that is no archive's. Its line in the register is the one commit
point: before it there is a leftover that the next run throws away, after it a bag that the next run puts in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive import seal
from dafu.archive.bag import PAYLOAD_MANIFEST, TAG_MANIFEST
from dafu.errors import Problem, RefusedError, Severity, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dafu.archive.seal import Chain, Line

_REGISTERS, _SUFFIX = "归档登记", ".txt"
NAME = "归档"
_BAG = re.compile(f"{NAME}(-[0-9]+)?")
_YEAR = re.compile("[0-9]{4}")
_LIMIT = 50_000_000  # bytes of one register, or of one manifest


@dataclass(frozen=True, slots=True)
class Shelf:
    """The archive of a workspace, below its *replies* folder."""

    replies: Path

    def register(self, year: int) -> Path:
        """Return the file of the register of *year*."""
        return self.replies / _REGISTERS / f"{year}{_SUFFIX}"

    def name_of(self, bag: Path) -> str:
        """Return how the register names *bag*."""
        return bag.relative_to(self.replies).as_posix()


def registered_years(shelf: Shelf) -> list[int]:
    """Return the years that have a register."""
    found = (shelf.replies / _REGISTERS).glob(f"*{_SUFFIX}")
    return sorted(int(path.stem) for path in found if _YEAR.fullmatch(path.stem))


def chain_of(shelf: Shelf, year: int) -> Chain:
    """Return the register of *year*; one that was never begun is empty, one that cannot be read is a problem."""
    path = shelf.register(year)
    if path.is_symlink():
        return seal.Chain(year, problems=(Problem("A307", "是链接，不是登记本身", "移走它，从备份恢复登记"),))
    try:
        return seal.read(year, files.read(path, _LIMIT)) if path.exists() else seal.Chain(year)
    except UnusableError as error:
        return seal.Chain(year, problems=error.problems)


def bags_on(shelf: Shelf, year: int | None = None) -> list[Path]:
    """Return the folders that bear the name of a bag, of all years or of one, whatever the registers say."""
    years = [str(year)] if year else [path.name for path in _folders(shelf.replies) if _YEAR.fullmatch(path.name)]
    cases = [case for name in years for case in _folders(shelf.replies / name)]
    return [bag for case in cases for bag in _folders(case) if _BAG.fullmatch(bag.name)]


def _folders(folder: Path) -> list[Path]:
    return (
        sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()) if folder.is_dir() else []
    )


def place_for(case: Path) -> Path:
    """Return where the next bag of the folder *case* goes: 归档, then 归档-2 and so on."""
    names = {path.name for path in case.iterdir()} if case.is_dir() else set()
    number = 1
    while (name := NAME if number == 1 else f"{NAME}-{number}") in names:
        number += 1
    return case / name


def commit(shelf: Shelf, year: int, temporary: Path, place: Path, case: str, time: str) -> Line:
    """Seal the finished bag *temporary* and put it in its *place*; the caller holds the lock of the archive.

    Raises UnusableError where the register of *year* cannot be trusted, RefusedError where the place is taken.
    """
    chain = trusted(shelf, year)
    if place.exists():
        raise RefusedError(f"{place} 已经存在，没有覆盖（请核对）")
    digest = files.digest_of(temporary / TAG_MANIFEST)
    line, data = seal.append(chain, time, case, shelf.name_of(place), digest)
    path = shelf.register(year)
    if path.exists():
        files.write(path, data, expected=files.digest(files.read(path, _LIMIT)))
    else:
        files.create(path, data)
    files.publish(temporary, place)
    return line


def trusted(shelf: Shelf, year: int) -> Chain:
    """Return the register of *year* to go on with; raises UnusableError when it is damaged, or lacks a bag."""
    chain, path = chain_of(shelf, year), shelf.register(year)
    serious = [problem.within(str(path)) for problem in chain.problems if problem.severity is Severity.ERROR]
    sealed = {line.path for line in chain.lines}
    serious += [unsealed(bag) for bag in bags_on(shelf, year) if shelf.name_of(bag) not in sealed]
    if serious:
        raise UnusableError(problems=serious)
    return chain


def unsealed(bag: Path) -> Problem:
    """Return the problem of a bag that no register knows."""
    message, cure = "归档登记里没有这个包", "登记不见了或不全，从备份恢复；不是归档的，把它改名或移走"
    return Problem("A311", message, cure, file=str(bag))


def unfinished(shelf: Shelf) -> Iterator[tuple[Path, Path | None]]:
    """Yield each bag that a killed run left under its temporary name, and where its line puts it, None without one."""
    places = {line.manifest: line.path for year in registered_years(shelf) for line in chain_of(shelf, year).lines}
    for path in sorted(shelf.replies.glob(f"[0-9][0-9][0-9][0-9]/*/.{NAME}*{files.TEMPORARY}")):
        manifest = path / TAG_MANIFEST
        place = places.get(files.digest_of(manifest)) if manifest.is_file() else None
        is_open = place is not None and not (shelf.replies / place).exists()
        yield path, shelf.replies / place if place and is_open else None


def recover(shelf: Shelf) -> list[str]:
    """Finish what was sealed and throw away what was not; return sentences for the clerk. The caller holds the lock."""
    return [*filter(None, (settle(shelf, path) for path, _ in list(unfinished(shelf))))]


def settle(shelf: Shelf, leftover: Path) -> str:
    """Finish or throw away one *leftover* and return a sentence for the clerk, "" where nothing was done.

    The caller holds the lock. Where the register is damaged the leftover stays: its line may be the damaged one.
    """
    found = dict(unfinished(shelf))
    if place := found.get(leftover):
        files.publish(leftover, place)
        return f"{place}：上次归档没有做完就中断了，已经补完"
    if leftover not in found or _is_damaged(chain_of(shelf, int(leftover.parent.parent.name))):
        return ""
    files.discard(leftover)
    return f"{leftover}：上次归档没有做完就中断了，残留已清除（原件未动）"


def _is_damaged(chain: Chain) -> bool:
    return any(problem.severity is Severity.ERROR for problem in chain.problems)


def leftovers(shelf: Shelf) -> list[Problem]:
    """Return what killed runs left, as problems; the next `archive` finishes or removes it."""
    found = []
    for path, place in unfinished(shelf):
        message = f"归档没有做完就中断了，{place.name} 还没有就位" if place else "是没有做完的归档留下的"
        cure = "再做一次 dafu archive，会自行补完" if place else "再做一次 dafu archive，会自行清除"
        found.append(Problem("A312", message, cure, file=str(path), severity=Severity.WARNING))
    return found


def manifest_of(bag: Path) -> bytes:
    """Return the manifest of the payload of a bag as it stands, nothing where there is none."""
    path = bag / PAYLOAD_MANIFEST
    return files.read(path, _LIMIT) if path.is_file() else b""
