"""Write a file durably, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dafu.errors import RefusedError, printable
from dafu.files.faults import not_regular, told
from dafu.files.reading import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPORARY = ".dafu-tmp"  # the end of the name of every unfinished file

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)  # FAT, some shares
_NO_FOLDER_SYNC = (errno.EINVAL, errno.EBADF, errno.EOPNOTSUPP)  # some shares cannot sync a folder
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone translates line ends


def write(path: Path, data: bytes, *, expected: str | None = None) -> None:
    """Make *data* the content of *path*, durably, whole or not at all; makes missing parent folders.

    With *expected* the file must still have that digest just before it is replaced, else RefusedError.
    An existing file keeps its mode, and a link keeps leading to it. Faults of the disk are UnusableError.
    """
    with told(path, "没有保存，原样未动"):
        place = Path(os.path.realpath(path))
        mode = _mode(place)
        _make_folder(place.parent)
        with _finished(place, data, mode) as temporary:
            if expected is not None:
                _check_unchanged(place, expected)
            temporary.replace(place)
    confirm(place)


def create(path: Path, data: bytes) -> None:
    """Publish *data* as the new file *path*, durably; RefusedError when the name is taken.

    Two who create the same name at once never both succeed, and neither needs a lock.
    """
    with told(path, "没有保存，什么也没有写入"):
        _make_folder(path.parent)
        with _finished(path, data, None) as temporary:
            _publish(temporary, path)
    confirm(path)
    with told(path, "已写入，但读不回来"):
        written = path.read_bytes()
    if written != data:  # some shares let two links of one name succeed
        raise RefusedError(f"{printable(str(path))} 同时被别人写入，没有保存（请核对后再做一次）")


def confirm(path: Path) -> None:
    """Make durable that *path* bears its name; the bytes under it were made so before they got it."""
    with told(path, "已写入，但磁盘没有确认，断电可能丢失"):
        _sync_folder(path.parent)


def _mode(place: Path) -> int | None:
    """Return the permission bits of the file that stands there, None where none does."""
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise not_regular(place)
    return stat.S_IMODE(mode)


def make_folder(folder: Path) -> None:
    """Make *folder* and its parents durably; one that is there already stays. Faults of the disk are UnusableError."""
    with told(folder, "没有建立文件夹"):
        _make_folder(folder)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def beside(place: Path) -> Path:
    """Return a name of ours next to *place*, which nobody has, for what is not finished."""
    beginning = place.name[:50]  # leaves room for our end within the 255 bytes of a name
    return place.with_name(f".{beginning}.{os.urandom(4).hex()}{TEMPORARY}")


@contextmanager
def _finished(place: Path, data: bytes, mode: int | None) -> Iterator[Path]:
    """Yield a durable and proved copy of *data* in the folder of *place*; it is gone after the block."""
    temporary = beside(place)
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
