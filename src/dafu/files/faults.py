"""Faults of the disk in words of the desk."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dafu.errors import Problem, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@contextmanager
def told(path: Path, outcome: str) -> Iterator[None]:
    """Tell a fault of the system in words of the desk."""
    try:
        yield
    except OSError as error:
        unknown = (error.strerror or type(error).__name__, "请把这句话告诉管理员")
        reason, cure = _REASONS.get(error.errno or 0, unknown)
        raise unusable("F201", path, f"{outcome}：{reason}", cure) from error


def not_regular(path: Path) -> UnusableError:
    """Return the error for a folder, a pipe or a device in the place of a file."""
    return unusable("F202", path, "不是普通文件，没有读写", "请核对路径；文件夹、管道和设备都不能当作文件")


def unusable(code: str, path: Path, message: str, cure: str) -> UnusableError:
    """Return the error that carries this one problem of *path*."""
    return UnusableError(problems=[Problem(code, message, cure, file=str(path))])
