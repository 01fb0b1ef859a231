"""A .docx, a PDF or a text file → what it says.

`paragraphs` reads what this program has just drawn, `pdf.pages` what it has just rendered; `lines` reads files of
others, whatever they are called.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dafu.readback.faults import unusable
from dafu.readback.own import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LARGEST", "lines", "paragraphs"]

LARGEST = 50_000_000
"""Bytes of a file that is read at most; a letter has some 20,000, a scanned one some millions."""

_LONGEST_LINE = 20_000  # characters; a long paragraph has 1,000
_MOST_LINES = 20_000  # a letter has some 50, a volume of proposals some thousands
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .wps and every encrypted file of Office


def lines(data: bytes, name: str) -> list[str]:
    """Return the lines of a .docx, PDF or text file: a paragraph or a row of a table each, none of them empty.

    The kind is told by the content; *name* only stands in what is said about it. A row of a table is `|甲|乙|`, and
    `**…**` is what a paragraph has in bold, both as in the body of a record. Page numbers and running heads are left
    out. Raises UnusableError for what is encrypted, made of pictures, broken or too big.
    """
    if len(data) > LARGEST:
        raise unusable(name, f"有 {len(data):,} 字节，最多读 {LARGEST:,} 字节", "看看是不是选错了文件")
    found = [seen for line in _reader_of(data, name)(data, name) if (seen := _seen(line)).strip()]
    if not found:
        raise unusable(name, "里面没有文字", "图片先用文字识别软件转成文字，再导入")
    if len(found) > _MOST_LINES:
        raise unusable(name, f"超过{_MOST_LINES:,}段，不像公文", "看看是不是选错了文件")
    if max(map(len, found)) > _LONGEST_LINE:
        raise unusable(name, f"有一段超过{_LONGEST_LINE:,}字，不像公文", "看看是不是选错了文件")
    return found


def _seen(line: str) -> str:
    """Return *line* without what cannot be seen: zero-width and direction marks, control characters but the tab."""
    if line.isprintable():
        return line
    return "".join(char for char in line if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))


def _reader_of(data: bytes, name: str) -> Callable[[bytes, str], list[str]]:
    from dafu.readback import docx, pdf, text  # what `draft` proves its letters by needs none of them

    if pdf.is_pdf(data):
        return pdf.lines
    if docx.is_package(data):
        return docx.lines
    if data.startswith(_COMPOUND):
        raise unusable(name, "是旧格式（.doc、.wps）或者加了密码", "用 Word 或 WPS 打开，去掉密码，另存为 .docx")
    if data.startswith(b"{\\rtf"):
        raise unusable(name, "是 RTF 格式", "用 Word 或 WPS 打开，另存为 .docx")
    return text.lines
