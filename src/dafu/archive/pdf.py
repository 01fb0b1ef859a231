"""PDF (ISO 32000-1): its pages, and whether it is whole, open to every reader, and without anything that acts."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from dafu.archive.found import Found, Kind, cut_off, fault, hidden, locked, scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from dafu.errors import Problem

_TAIL = 1024  # bytes in which readers look for the end mark
_MOST_OBJECTS = 100_000  # that are looked into: a thousand scanned pages have some ten thousand
_ACTS = {"/JavaScript": "脚本", "/Launch": "启动程序的动作", "/XFA": "动态表单"}
_FILES = ("/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/RichMedia")


def pdf(data: bytes) -> Found:
    """Count the pages of a PDF and name what it carries beside them."""
    if b"%%EOF" not in data[-_TAIL:]:
        return cut_off(Kind.PDF)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends while reading is no message for the clerk
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return Found(Kind.PDF, None, (locked(),))
        pages = len(reader.pages)
        problems = tuple(_problems(reader))
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        return Found(Kind.PDF, None, (locked(),))
    except Exception:  # noqa: BLE001 -- pypdf fails in dozens of ways on damaged bytes; all mean: not whole
        return cut_off(Kind.PDF)
    if not pages:
        return Found(Kind.PDF, 0, (fault("A102", "一页也没有", "核对是不是选错了文件"),))
    return Found(Kind.PDF, pages, problems)


def _problems(reader: PdfReader) -> Iterator[Problem]:
    words = set[str]()
    for count, names in enumerate(_names(reader)):
        words |= names
        if count >= _MOST_OBJECTS:
            yield fault("A108", "对象太多，没有查完", "打印成 PDF 或者重新扫描")
            break
    yield from (scripted(what) for name, what in _ACTS.items() if name in words)
    if words.intersection(_FILES):
        yield hidden()


def _names(reader: PdfReader) -> Iterator[set[str]]:
    """Yield of each object that can be reached the names that tell what it does: its keys, and its /S and /Type."""
    waiting: list[Any] = [reader.trailer]
    seen = set[tuple[int, int]]()
    while waiting:
        one = waiting.pop()
        if reference := _reference(one):
            if reference in seen:
                continue
            seen.add(reference)
            one = one.get_object()
        if isinstance(one, dict):
            values = {key: dict.__getitem__(one, key) for key in one}  # raw: references stay references
            waiting += values.values()
            kinds = {str(values.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
            yield kinds | set(values)
        elif isinstance(one, list):
            waiting += list.__iter__(one)
            yield set()


def _reference(one: Any) -> tuple[int, int] | None:
    from pypdf.generic import IndirectObject

    return (one.idnum, one.generation) if isinstance(one, IndirectObject) else None
