"""A foreign zip package (.docx, .xlsx, OFD …) → its members, within limits that its directory must keep first."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from dafu.errors import Problem, UnusableError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Limits(NamedTuple):
    """How large a package may be: bytes as given, bytes unpacked in all, bytes of one XML part, members, ratio."""

    packed: int = 50_000_000
    unpacked: int = 200_000_000
    part: int = 20_000_000
    members: int = 5_000
    ratio: int = 200  # XML that a program wrote shrinks to a fiftieth, a bomb to a thousandth


LIMITS = Limits()
_SMALL = 1_000_000  # bytes: below that no ratio does harm
_ENTRY = b"PK\1\2"  # begins each entry of the directory
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ESCAPING = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\\\0]")
_XML = (".xml", ".rels", ".vml")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_RESAVE = "请用 Word 或 WPS 打开，另存为 .docx"
_AGAIN = "请核对是不是选错了文件；没有错的话，用原来的程序打开，另存一份"
_DAMAGED = (BadZipFile, LargeZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)


def members(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Return each member of a package by its name, in the order of its directory; folders are left out.

    Raises UnusableError for what is no zip, is encrypted or damaged, breaks a limit, holds a name twice or one that
    leads out of the package, a part without a name, or an XML part with a DOCTYPE.
    """
    if len(data) > limits.packed:
        raise _unusable("F211", f"超过 {limits.packed:,} 字节的上限", "请核对是不是选错了文件")
    _refuse_other_forms(data)
    try:
        with opened(data, limits) as package:
            found = {entry.filename: package.read(entry) for entry in package.infolist() if not entry.is_dir()}
    except _DAMAGED as error:
        raise _unusable("F213", "已经损坏，打不开", "请向来源处重新要一份") from error
    for name, part in found.items():
        if name.lower().endswith(_XML) and any(mark in part for mark in _DOCTYPES):
            raise _unusable("F216", f"“{name}”里有 DOCTYPE，不予读取", _RESAVE)
    return found


def opened(data: bytes, limits: Limits) -> ZipFile:
    """Return a package of which nothing but the directory was read, and that within *limits*; to be closed after use.

    Raises UnusableError for one that breaks a limit, holds a name twice or one that leads out of the package or a part
    without a name, and zipfile's own errors for one that is damaged.
    """
    if data.count(_ENTRY) > limits.members:  # before zipfile makes an object of each
        raise _unusable("F214", f"里面的部件超过 {limits.members:,} 个的上限", _AGAIN)
    package = ZipFile(BytesIO(data))
    try:
        _refuse_entries([entry for entry in package.infolist() if not entry.filename.endswith("/")], limits)
    except UnusableError:
        package.close()
        raise
    return package


def _refuse_other_forms(data: bytes) -> None:
    """Refuse what is no zip by its first bytes, naming what it is where that is known."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise _unusable("F212", "加了打开密码，读不了", "请用 Word 或 WPS 打开，去掉密码后再存")
    if data.startswith(_OLE):
        raise _unusable("F212", "是旧格式（.doc、.wps、.xls），不是 .docx 这类文件", _RESAVE)
    if not data.startswith(b"PK"):
        kind = "是 PDF" if data.startswith(b"%PDF") else "是空文件" if not data else "不是 .docx 这类文件"
        raise _unusable("F212", kind, f"请核对是不是选错了文件；内容没有错的话，{_RESAVE}")


def _refuse_entries(entries: list[ZipInfo], limits: Limits) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _unusable("F214", f"解开后超过 {limits.unpacked:,} 字节的上限", _AGAIN)
    for entry in entries:
        name = entry.filename
        if not name:  # zipfile's own is_dir cannot take it
            raise _unusable("F215", "有一个部件没有名称", _AGAIN)
        if _ESCAPING.search(name):
            raise _unusable("F215", f"部件名“{name}”指向文件以外", _AGAIN)
        if name.lower().endswith(_XML) and entry.file_size > limits.part:
            raise _unusable("F214", f"部件“{name}”解开后超过 {limits.part:,} 字节的上限", _AGAIN)
        if entry.file_size > max(_SMALL, limits.ratio * entry.compress_size):
            raise _unusable("F214", f"部件“{name}”压缩得不合常理", _AGAIN)
    names = Counter(entry.filename.lower() for entry in entries)
    if twice := next((name for name, count in names.items() if count > 1), ""):
        raise _unusable("F215", f"部件“{twice}”出现了两次", _AGAIN)


def _unusable(code: str, message: str, cure: str) -> UnusableError:
    return UnusableError(problems=[Problem(code, message, cure)])


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of *parts* in their order; the same parts give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return buffer.getvalue()
