"""A text file → its lines: UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs
import unicodedata

from dafu.readback.faults import unusable

_LARGEST = 5_000_000  # bytes; a letter of a hundred pages has 200,000
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"mime-version:", b"<head", b"\xef\xbb\xbf<html", b"\xef\xbb\xbf<!doctype")
_MARKS = "\u3000、。，；：？！“”‘’（）《》〈〉【】〔〕—…·～％"
_ALLOWED = "\t\n\r\f\v\x1a"  # the last one ends the files of old programs


def lines(data: bytes, name: str) -> list[str]:
    """Return the lines of a text in whatever usual encoding; raises UnusableError for what is no text."""
    if len(data) > _LARGEST:
        raise unusable(name, f"作为文字太大：{len(data):,} 字节，最多读 {_LARGEST:,} 字节", "看看是不是选错了文件")
    if data.lstrip()[:500].lower().startswith(_MARKUP):
        raise unusable(name, "是网页或 XML，不是文字", "用 Word 或 WPS 打开，另存为 .docx")
    text = next((text for encoding in _encodings(data) if (text := _decoded(data, encoding)) is not None), None)
    if text is None:
        raise unusable(name, "不是文字，也不是 .docx 或 PDF", "用原来的软件打开，另存为 .docx、PDF 或 UTF-8 文本")
    return [line.strip("\x1a\ufeff") for line in text.splitlines()]


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in data:  # no text in UTF-8 or GB18030 has one
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text that *data* is in *encoding*, or None when some of it is no text."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    printable = all(
        char.isprintable() or char in _ALLOWED or char.isspace() or unicodedata.category(char) == "Cf" for char in text
    )
    guessed = encoding in ("utf-16-le", "utf-16-be")
    return text if printable and not (guessed and not _is_plain(text)) else None


def _is_plain(text: str) -> bool:
    """Tell whether nearly all of *text* is what Chinese papers are written with; bytes taken wrongly are anything."""
    usual = sum(char.isascii() or "\u4e00" <= char <= "\u9fff" or char in _MARKS for char in text)
    return usual >= 0.95 * len(text) and any(mark in text for mark in "\n。，：")
