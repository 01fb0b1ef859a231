"""The only place that opens for writing, replaces, links, removes or locks.

A file is written beside its place, made durable, read back, and only then takes the place: whatever
stops it, the file is the old one or the new one, whole. A failed fsync is never tried again, since the
system may have dropped the pages: the attempt is thrown away and reported.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dafu.errors import Problem, RefusedError, Severity, UnusableError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPORARY = ".dafu-tmp"  # the end of the name of every unfinished file

_FULL = ("磁盘已满", "请清出空间后再做一次")
_DENIED = ("没有权限，或正被别的程序打开", "请关闭打开它的程序，或请管理员开通这个文件夹的读写权限")
_NO_FOLDER = ("上级不是文件夹", "请核对路径，把占了文件夹名称的文件改名或移走")
_REASONS = {
    errno.ENOENT: ("找不到", "请核对文件名和所在文件夹，共享盘要先连上"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ELOOP: ("链接绕成了圈", "请删去这个链接"),
    errno.ENAMETOOLONG: ("名称太长", "请改短文件名"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("磁盘只读", "请换到可以写的位置，或请管理员改为可写"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("超出允许的文件大小", "请联系管理员放宽限制"),
    errno.EIO: ("磁盘读写出错", "请先把整个文件夹备份到别处，再请管理员检查磁盘"),
}
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)  # FAT, some shares
_NO_FOLDER_SYNC = (errno.EINVAL, errno.EBADF, errno.EOPNOTSUPP)  # some shares cannot sync a folder
_LEFTOVER = re.compile(r"^\.|^~\$|~$|\.(bak|tmp|swp)$", re.IGNORECASE)
_COPY = re.compile(r"冲突副本|conflicted copy|sync-conflict|(副本[ \d()]*| - copy|\(\d+\))(\.\w+)?$", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone translates line ends


def read(path: Path, limit: int, within: Path | None = None) -> bytes:
    """Return the bytes of a regular file of at most *limit* bytes.

    With *within* a path that leads out of that folder, by links or `..`, is refused. Every failure is an
    UnusableError that carries its Problem.
    """
    with _told(path, "不能读取"):
        real = _real(path)
        if within is not None and not real.is_relative_to(_real_folder(within)):
            raise _unusable("F203", path, "指向工作区以外，不予读取", "请把文件本身放进工作区")
        if not stat.S_ISREG(real.stat().st_mode):
            raise _not_regular(path)
        with real.open("rb") as file:
            data = file.read(limit + 1)
    if len(data) > limit:
        raise _unusable("F204", path, f"超过 {limit:,} 字节的上限", "请核对是不是选错了文件")
    return data


def _real(path: Path) -> Path:
    """Return the path behind all links; that of its folder is looked up once, thousands share it."""
    if path.is_symlink():
        return Path(os.path.realpath(path, strict=True))
    return _real_folder(path.parent) / path.name


@lru_cache(maxsize=1024)
def _real_folder(folder: Path) -> Path:
    return Path(os.path.realpath(folder, strict=True))  # Path.resolve of 3.11 has no OSError for a loop


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* in hex."""
    return hashlib.sha256(data).hexdigest()


def write(path: Path, data: bytes, *, expected: str | None = None) -> None:
    """Make *data* the content of *path*, durably, whole or not at all; makes missing parent folders.

    With *expected* the file must still have that digest just before it is replaced, else RefusedError.
    An existing file keeps its mode, and a link keeps leading to it. Faults of the disk are UnusableError.
    """
    with _told(path, "没有保存，原样未动"):
        place = Path(os.path.realpath(path))
        mode = _mode(place)
        make_folder(place.parent)
        with _finished(place, data, mode) as temporary:
            if expected is not None:
                _check_unchanged(place, expected)
            temporary.replace(place)
    _confirm(place)


def create(path: Path, data: bytes) -> None:
    """Publish *data* as the new file *path*, durably; RefusedError when the name is taken.

    Two who create the same name at once never both succeed, and neither needs a lock.
    """
    with _told(path, "没有保存，什么也没有写入"):
        make_folder(path.parent)
        with _finished(path, data, None) as temporary:
            _publish(temporary, path)
    _confirm(path)
    if path.read_bytes() != data:  # some shares let two links of one name succeed
        raise RefusedError(f"{printable(str(path))} 同时被别人写入，没有保存（请核对后再做一次）")


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
            with _told(current, "文件夹不能读取"):
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
        return
    elif _COPY.search(entry.name):
        words, cure = "像是复制或同步冲突留下的副本，没有读取", "请核对后删去，或改名"
        problems.append(Problem("F205", words, cure, file=entry.path, severity=Severity.WARNING))
    elif is_folder:
        folders.append(Path(entry.path))
    elif entry.is_file(follow_symlinks=False):
        found.append(Path(entry.path))
    else:
        problems.extend(_not_regular(Path(entry.path)).problems)


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


def _mode(place: Path) -> int | None:
    """Return the permission bits of the file that stands there, None where none does."""
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise _not_regular(place)
    return stat.S_IMODE(mode)


def make_folder(folder: Path) -> None:
    """Make *folder* and its parents durably; one that is there already stays."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


@contextmanager
def _finished(place: Path, data: bytes, mode: int | None) -> Iterator[Path]:
    """Yield a durable and proved copy of *data* in the folder of *place*; it is gone after the block."""
    beginning = place.name[:50]  # leaves room for our end within the 255 bytes of a name
    temporary = place.with_name(f".{beginning}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        _write_all(temporary, data, mode)
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "read back differently")
        yield temporary
    finally:
        with suppress(OSError):  # the first failure is the one to be told
            temporary.unlink(missing_ok=True)


def _write_all(temporary: Path, data: bytes, mode: int | None) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
    try:
        rest = memoryview(data)
        while rest:  # the system may take less than it was given
            rest = rest[os.write(descriptor, rest) :]
        if mode is not None:
            temporary.chmod(mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_unchanged(place: Path, expected: str) -> None:
    try:
        changed = digest(place.read_bytes()) != expected
    except FileNotFoundError:
        changed = True
    if changed:
        raise RefusedError(
            f"{printable(str(place))} 在这期间被别人改动过或删除，没有保存，别人的改动原样保留（请核对后再做一次）"
        )


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name unless the name is taken."""
    try:
        if os.name == "nt":
            temporary.rename(path)  # on Windows this refuses a name that is taken
        else:
            _link(temporary, path)
    except FileExistsError as error:
        raise RefusedError(f"{printable(str(path))} 已经存在，没有覆盖（请核对，或换一个名称）") from error


def _link(temporary: Path, path: Path) -> None:
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _reserve(temporary, path)


def _reserve(temporary: Path, path: Path) -> None:
    """Take the name with an empty file, then put the finished one over it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    try:
        temporary.replace(path)
    except BaseException:
        path.unlink()
        raise


def _confirm(place: Path) -> None:
    with _told(place, "已写入，但磁盘没有确认，断电可能丢失"):
        _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path, outcome: str) -> Iterator[None]:
    """Tell a fault of the system in words of the desk."""
    try:
        yield
    except OSError as error:
        unknown = (error.strerror or type(error).__name__, "请把这句话告诉管理员")
        reason, cure = _REASONS.get(error.errno or 0, unknown)
        raise _unusable("F201", path, f"{outcome}：{reason}", cure) from error


def _not_regular(path: Path) -> UnusableError:
    return _unusable("F202", path, "不是普通文件，没有读写", "请核对路径；文件夹、管道和设备都不能当作文件")


def _unusable(code: str, path: Path, message: str, cure: str) -> UnusableError:
    return UnusableError(problems=[Problem(code, message, cure, file=str(path))])
