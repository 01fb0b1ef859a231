"""The tag files of a bag: bagit.txt, bag-info.txt, fetch.txt (RFC 8493, 2.1.1, 2.2.2 and 2.2.3)."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from dafu.archive.manifest import PAYLOAD, fault_of, lines
from dafu.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

DECLARATION, INFO, FETCH = "bagit.txt", "bag-info.txt", "fetch.txt"
CURRENT = (1, 0)
_VERSIONS = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), CURRENT)
_VERSION = re.compile(r"BagIt-Version: ([0-9]+)\.([0-9]+)")
_ENCODING = re.compile(r"Tag-File-Character-Encoding: (\S+)")
_FETCHED = re.compile(r"\S+[ \t]+(?:[0-9]+|-)[ \t]+(?P<path>.+)")
_RESTORE = "从备份恢复"

Info = tuple[tuple[str, str], ...]  # labels and values in order; a label may come again


def declaration() -> bytes:
    """Return the bytes of bagit.txt of our bags."""
    return b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def declared(data: bytes) -> tuple[tuple[int, int], str, list[Problem]]:
    """Return the version and the encoding that bagit.txt declares, and what is wrong with it."""
    if data.startswith(codecs.BOM_UTF8):
        return CURRENT, "UTF-8", [Problem("A211", "以字节顺序标记（BOM）开头", _RESTORE)]
    found = lines(data.decode(errors="replace"))
    version = _VERSION.fullmatch(found[0]) if found else None
    encoding = _ENCODING.fullmatch(found[1]) if len(found) > 1 else None
    if not version or not encoding or len(found) > 2:  # noqa: PLR2004 -- the two lines that the standard wants
        return CURRENT, "UTF-8", [Problem("A212", "不是规定的两行（版本、编码）", _RESTORE)]
    number = int(version[1]), int(version[2])
    problems = [] if number in _VERSIONS else [Problem("A213", f"不认识 BagIt {version[1]}.{version[2]}", _RESTORE)]
    if not _is_text_encoding(encoding[1]):
        return number, "UTF-8", [*problems, Problem("A214", f"不认识编码 {encoding[1]}", _RESTORE)]
    return number, encoding[1], problems


def _is_text_encoding(name: str) -> bool:
    try:
        return isinstance("".encode(name), bytes)
    except (LookupError, ValueError):
        return False


def decode(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    """Return the text of a tag file in the *encoding* that the bag declares."""
    if codecs.lookup(encoding).name == "utf-8" and data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace"), [Problem("A211", "以字节顺序标记（BOM）开头", _RESTORE)]
    try:
        return data.decode(encoding), []
    except ValueError:
        return data.decode(errors="replace"), [Problem("A215", f"不是 {encoding} 编码的文本", _RESTORE)]


def info(entries: Iterable[tuple[str, str]]) -> bytes:
    """Return the bytes of bag-info.txt; line breaks in a value become blanks."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in entries).encode()


def read_info(text: str) -> tuple[Info, list[Problem]]:
    """Return the labels and values of bag-info.txt; a line that begins with a blank goes on with the one before."""
    found: list[tuple[str, str]] = []
    problems = []
    for number, line in enumerate(lines(text), 1):
        label, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and found:
            found[-1] = found[-1][0], f"{found[-1][1]} {line.strip()}"
        elif colon and label.strip():
            found.append((label.strip(), value.strip()))
        elif line.strip():
            problems.append(Problem("A216", "这一行没有“名称: 内容”", _RESTORE, line=number))
    return tuple(found), problems


def fetched(text: str) -> tuple[list[str], list[Problem]]:
    """Return the names of the files that fetch.txt says are elsewhere; nothing is ever fetched."""
    found: list[str] = []
    problems = []
    for number, line in enumerate(lines(text), 1):
        parts = _FETCHED.fullmatch(line)
        path = parts["path"] if parts else ""
        fault = fault_of(path) if path.startswith(PAYLOAD) else "不是 data/ 里的文件"
        if fault:
            problems.append(Problem("A217", f"“{path or line}”{fault}", "不要使用这个包", line=number))
        found += [] if fault else [path]
    return found, problems
