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
_PLAIN = re.compile("[0-9A-Za-z_-]+[.][a-z]{2,4}(?<!bak|tmp|swp)")  # told at one glance to be none of the odd ones
_DIGITS = re.compile("[0-9]+")
_LONGEST_NAME = 255
_TICK = 2_000_000_000  # ns: the coarsest clock of a file system (FAT)


def walk(folder: Path, suffix: str) -> tuple[list[Path], list[Problem]]:
    """Return the regular files below *folder* that end in *suffix*, 2 before 10, and what was left out.

    Hidden ones and leftovers of editors are passed over in silence; copies, special files, links that lead
    out and folders that cannot be read are named as problems and left alone. No link is followed.
    """
    found, problems = _found(folder, suffix)
    return [Path(entry.path) for entry in found], problems


def stamps(folder: Path, suffix: str) -> tuple[dict[str, str], list[Problem]]:
    """Return, in the order of `walk`, the stamp of each of its files by its path, and what was left out."""
    found, problems = _found(folder, suffix)
    stamped = {}
    for entry in found:
        try:
            stamped[entry.path] = _stamp(entry.stat(follow_symlinks=False))
        except FileNotFoundError:  # gone since its folder was read
            continue
    return stamped, problems


def stamp(path: Path) -> str:
    """Return what tells this state of a file from another: size, times and identity; "" where there is no file."""
    try:
        return _stamp(path.stat())
    except OSError:
        return ""


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def is_fresh(stamp: str, now: int) -> bool:
    """Tell whether a file was touched so shortly before *now* (ns) that another touch might leave the same stamp."""
    return now - max(map(int, stamp.split(":")[1:3])) < _TICK


def is_copy(name: str) -> bool:
    """Tell whether *name* looks like that of a copy, or of what a synchronisation left of two versions."""
    return _COPY.search(name) is not None


def _found(folder: Path, suffix: str) -> tuple[list[os.DirEntry[str]], list[Problem]]:
    found: list[os.DirEntry[str]] = []
    problems: list[Problem] = []
    folders = [str(folder)]
    while folders:
        current = folders.pop()
        below: list[str] = []
        try:
            with told(Path(current), "文件夹不能读取"):
                for entry in _entries(current):
                    name = entry.name
                    if name.endswith(suffix) and _PLAIN.fullmatch(name) and entry.is_file(follow_symlinks=False):
                        found.append(entry)  # nearly all are
                    elif not _LEFTOVER.search(name):
                        _sort_in(entry, folder, suffix, (below, found, problems))
        except UnusableError as error:
            problems.extend(error.problems)
        folders.extend(reversed(below))
    return found, problems


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=_natural)


def _natural(entry: os.DirEntry[str]) -> tuple[str, str]:
    """Order names as people count; the name itself decides between `1` and `01`."""
    return _DIGITS.sub(_padded, entry.name), entry.name


def _padded(digits: re.Match[str]) -> str:
    return "\x01" + digits[0].zfill(_LONGEST_NAME)


def _sort_in(
    entry: os.DirEntry[str],
    top: Path,
    suffix: str,
    lists: tuple[list[str], list[os.DirEntry[str]], list[Problem]],
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
    elif is_copy(entry.name):
        words, cure = "像是复制或同步冲突留下的副本，没有读取", "请核对后删去，或改名"
        problems.append(Problem("F205", words, cure, file=entry.path, severity=Severity.WARNING))
    elif is_folder:
        folders.append(entry.path)
    elif entry.is_file(follow_symlinks=False):
        found.append(entry)
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
