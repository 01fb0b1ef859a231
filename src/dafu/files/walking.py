"""List what lies in a folder, and name what is left out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity, UnusableError
from dafu.files.faults import not_regular, told

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFTOVER = re.compile(r"^\.|^~\$|~$|\.(bak|tmp|swp)$", re.IGNORECASE)
_COPY = re.compile(r"冲突副本|conflicted copy|sync-conflict|(副本[ \d()]*| - copy|\(\d+\))(\.\w+)?$", re.IGNORECASE)
_NEAR = {".yaml": re.compile(r"\.(yml|yaml\.\w+)$", re.IGNORECASE)}  # endings that Windows hides or habit writes
_DIGITS = re.compile(r"(\d+)")


def walk(folder: Path, suffix: str) -> tuple[list[Path], list[Problem]]:
    """Return the regular files below *folder* that end in *suffix*, 2 before 10, and what was left out.

    Hidden ones and leftovers of editors are passed over in silence; copies, special files, links that lead
    out and folders that cannot be read are named as problems and left alone. No link is followed.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    folders = [folder]
    while folders:
        current = folders.pop()
        below: list[Path] = []
        try:
            with told(current, "文件夹不能读取"):
                for entry in _entries(current):
                    _sort_in(entry, folder, suffix, (below, found, problems))
        except UnusableError as error:
            problems.extend(error.problems)
        folders.extend(reversed(below))
    return found, problems


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not _LEFTOVER.search(entry.name)), key=_natural)


def _natural(entry: os.DirEntry[str]) -> tuple[list[str | int], str]:
    """Order names as people count; the name itself decides between `1` and `01`."""
    return [int(bit) if bit.isdecimal() else bit for bit in _DIGITS.split(entry.name)], entry.name


def _sort_in(
    entry: os.DirEntry[str],
    top: Path,
    suffix: str,
    lists: tuple[list[Path], list[Path], list[Problem]],
) -> None:
    """Put an entry on the list of folders, of files or of problems; most of other suffixes on none."""
    folders, found, problems = lists
    is_folder = entry.is_dir(follow_symlinks=False)
    if entry.is_symlink():
        problems.extend(_judge_link(Path(entry.path), top, suffix))
    elif not is_folder and not _ends(entry.name, suffix):
        if suffix in _NEAR and _NEAR[suffix].search(entry.name):
            words, cure = f"不以 {suffix} 结尾，没有读取", f"是记录就改名，以 {suffix} 结尾"
            problems.append(Problem("F206", words, cure, file=entry.path, severity=Severity.WARNING))
    elif _COPY.search(entry.name):
        words, cure = "像是复制或同步冲突留下的副本，没有读取", "请核对后删去，或改名"
        problems.append(Problem("F205", words, cure, file=entry.path, severity=Severity.WARNING))
    elif is_folder:
        folders.append(Path(entry.path))
    elif entry.is_file(follow_symlinks=False):
        found.append(Path(entry.path))
    else:
        problems.extend(not_regular(Path(entry.path)).problems)


def _judge_link(link: Path, top: Path, suffix: str) -> Iterator[Problem]:
    """Yield a problem unless what the link leads to is met anyway under its own name, or is not ours."""
    target = Path(os.path.realpath(link))
    is_folder = target.is_dir()
    inside = target.is_relative_to(os.path.realpath(top))
    met = inside and (is_folder or (target.is_file() and _ends(target.name, suffix)))
    if not met and (is_folder or _ends(link.name, suffix)):
        yield Problem("F203", "是断了的或指向外面的链接，没有读取", "请把文件本身放进来", file=str(link))


def _ends(name: str, suffix: str) -> bool:
    return name.casefold().endswith(suffix)
