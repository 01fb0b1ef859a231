"""A text file → its lines: UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs

from dafu.readback.faults import unusable

_LARGEST = 5_000_000  # bytes; a letter of a hundred pages has 200,000
_ALLOWED = "\t\n\r\f\v\x1a"  # the last one ends the files of old programs


def lines(data: bytes, name: str) -> list[str]:
    """Return the lines of a text in whatever usual encoding; raises UnusableError for what is no text."""
    if len(data) > _LARGEST:
        raise unusable(name, f"作为文字太大：{len(data):,} 字节，最多读 {_LARGEST:,} 字节", "看看是不是选错了文件")
    text = next((text for encoding in _encodings(data) if (text := _decoded(data, encoding)) is not None), None)
    if text is None:
        raise unusable(name, "不是文字，也不是 .docx 或 PDF", "用原来的软件打开，另存为 .docx、PDF 或 UTF-8 文本")
    return [line.strip("\x1a\ufeff") for line in text.splitlines()]


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data:  # no text in UTF-8 or GB18030 has one
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "gb18030", "big5")


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text that *data* is in *encoding*, or None when some of it is no text."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return (
        text
        if all(char.isprintable() or char in _ALLOWED or char.isspace() for char in text.lstrip("\ufeff"))
        else None
    )
