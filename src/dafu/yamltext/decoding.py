"""Bytes → text: UTF-8 only, and a name for what else it may be."""

from __future__ import annotations

import codecs

from dafu.errors import Problem

LARGEST = 1_000_000
"""Bytes that are read at most; a record has some 1,500."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CURE = "在编辑器里另存为 UTF-8 编码"


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of *data*, its byte order mark taken off, or the fault that hinders it."""
    if len(data) > LARGEST:
        size = f"文件太大：{len(data):,} 字节，最多读 {LARGEST:,} 字节"
        return "", [Problem("Y101", size, "看看是否放错了文件；附件不要贴进记录")]
    if data.startswith(_UTF16_MARKS) or _is_bare_utf16(data):
        return "", [Problem("Y102", "文件是 UTF-16 编码（记事本叫“Unicode”），不是 UTF-8", _CURE, line=1)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        mark = len(data) - len(error.object)  # places are counted after it
        return "", [_foreign(data, mark + error.start)]


def _is_bare_utf16(data: bytes) -> bool:
    """Tell whether every line break and colon has its NUL beside it: UTF-16 without a mark."""
    if b"\0" not in data or len(data) % 2:
        return False
    return any(_reads_well(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))


def _reads_well(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return ":" in text and "\0" not in text and all(char.isprintable() or char in "\t\r\n" for char in text)


def _foreign(data: bytes, start: int) -> Problem:
    line = data.count(b"\n", 0, start) + 1
    # Whoever wrote whole Chinese characters in UTF-8 before this place did not write GB18030.
    began_well = any(char >= "\u2e80" for char in data[:start].decode("utf-8"))
    if not began_well and _is_gb18030(data):
        return Problem("Y103", "文件是 GB18030（GBK、“ANSI”）编码，不是 UTF-8", _CURE, line=line)
    return Problem("Y104", f"第{start + 1}个字节 0x{data[start]:02X} 不是 UTF-8，此处可能已损坏", _CURE, line=line)


def _is_gb18030(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
