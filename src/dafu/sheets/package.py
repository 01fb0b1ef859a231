"""An .xlsx made lean before openpyxl sees it: within a budget, without empty cells and without what is no cell.

A clerk who formats whole columns makes a million empty rows; drawings, tables and conditional formats of other
programs make the reader stumble. None of them holds text.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from dafu.files.package import Limits, opened
from dafu.sheets.book import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS = 200_000
_MOST_ROWS = 50_000
_LARGEST_SHEET, _LARGEST_STRINGS, _LARGEST_OTHER = 250_000_000, 40_000_000, 10_000_000  # bytes once unpacked
_LIMITS = Limits(unpacked=600_000_000, part=_LARGEST_SHEET, ratio=2_000)  # empty rows shrink as far as zip can
_LONGEST_ROW, _LONGEST_TAIL = 12_000_000, 8_000_000  # bytes; merged cells stand early behind the rows
_CHUNK = 4_000_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SPARE = re.compile(
    r"xl/(media|drawings|charts|chartsheets|embeddings|externalLinks|pivot\w*|worksheets/_rels|printerSettings)/"
)
_EMPTY_CELL = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)c\b[^<>]*(?:(?<=/)>|>\s*</(?P=p)c\s*>)")
_EMPTY_ROW = re.compile(rb"<(?P<p>(?:\w{1,20}:)?)row\b[^<>]*(?:(?<=/)>|>\s*</(?P=p)row\s*>)")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\b")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f\b")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b")
_END = re.compile(rb"</(?P<prefix>(?:\w{1,20}:)?)sheetData\s*>|<(?P<bare>(?:\w{1,20}:)?)sheetData\s*/>")
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\b[^<>]*?\bref=[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']")
_MOST_MERGED = 50_000
_MOST_MARKS, _MOST_OF_STRINGS = 200_000, 1_200_000  # elements of a part: the reader takes 30 or 4 µs for each
_ANY_SHEET = re.compile(r"xl/(?:work|chart|dialog|macro)sheets/[^/]+\.xml", re.IGNORECASE)
_LISTED = re.compile(rb"<(?:\w{1,20}:)?sheet\b")
_MOST_SHEETS = 500


class TooLargeError(Exception):
    """A file is beyond what a list can be; the message says in what."""


class Lean:
    """The lean package, the merged areas of each sheet by its part's name, and whether formulas are in it."""

    def __init__(self, data: bytes) -> None:
        self.merged: dict[str, list[Area]] = {}
        self.has_formulas = False
        self._cells = self._rows = 0
        self._listed = 0
        self.data = self._rebuilt(data)

    def _rebuilt(self, data: bytes) -> bytes:
        page = io.BytesIO()
        with opened(data, _LIMITS) as package, zipfile.ZipFile(page, "w") as lean:
            _refuse_large_parts(package)
            for info in package.infolist():
                if info.is_dir() or _SPARE.match(info.filename):
                    continue
                is_sheet = _SHEET.fullmatch(info.filename) is not None
                part = self._sheet(package, info.filename) if is_sheet else package.read(info)
                _refuse_declarations(part, info.filename, is_sheet=is_sheet)
                if not is_sheet:
                    self._check_marks(part, info.filename)
                lean.writestr(info.filename, part)
            there = sum(_ANY_SHEET.match(name) is not None for name in package.namelist())
        if self._listed > min(_MOST_SHEETS, there):  # one part under many names is read as often
            raise TooLargeError(f"列了{self._listed:,}张工作表（有{there:,}张，最多 {_MOST_SHEETS} 张）")
        return page.getvalue()

    def _check_marks(self, part: bytes, name: str) -> None:
        most = _MOST_OF_STRINGS if _is_strings(name) else _MOST_MARKS
        if part.count(b"<") > most:
            raise TooLargeError(f"{name} 里的内容超过 {most:,} 项")
        self._listed += len(_LISTED.findall(part))

    def _sheet(self, package: zipfile.ZipFile, name: str) -> bytes:
        lean = io.BytesIO()
        tail = b""
        for piece, is_tail in _pieces(package, name):
            if is_tail:
                tail = piece
                continue
            kept = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", piece))
            self._cells += len(_CELL.findall(kept))
            self._rows += len(_ROW.findall(kept))
            self.has_formulas = self.has_formulas or _FORMULA.search(kept) is not None
            if self._cells > MOST_CELLS:
                raise TooLargeError(f"有内容的单元格超过 {MOST_CELLS:,} 个")
            if self._rows > _MOST_ROWS:
                raise TooLargeError(f"有内容的行超过 {_MOST_ROWS:,} 行")
            lean.write(kept)
        self.merged[name] = _areas(tail)
        prefix = _prefix(lean.getvalue())
        lean.write(b"</" + prefix + b"worksheet>")
        return lean.getvalue()


def _refuse_large_parts(package: zipfile.ZipFile) -> None:
    for info in package.infolist():
        most = _most(info.filename)
        if info.file_size > most and not _SPARE.match(info.filename):
            raise TooLargeError(f"{info.filename} 解开后超过 {most:,} 字节")


def _most(name: str) -> int:
    if _SHEET.fullmatch(name):
        return _LARGEST_SHEET
    return _LARGEST_STRINGS if _is_strings(name) else _LARGEST_OTHER


def _is_strings(name: str) -> bool:
    return name.endswith("sharedStrings.xml")


def _refuse_declarations(part: bytes, name: str, *, is_sheet: bool) -> None:
    head = part[:4096]
    if not is_sheet and b"sheetData" in part:
        raise TooLargeError(f"{name} 不在工作表该在的位置")
    if b"<!DOCTYPE" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!ENTITY" in part:
        raise TooLargeError(f"{name} 里有表格用不到的声明")


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bool]]:
    """Yield a sheet's part cut between rows, and what follows its rows as the tail."""
    rest = b""
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            rest += chunk
            if found := _END.search(rest):
                yield rest[: found.end()], False
                yield rest[found.end() :] + part.read(_LONGEST_TAIL), True
                return
            if rows := list(_ROW.finditer(rest)):
                yield rest[: rows[-1].start()], False
                rest = rest[rows[-1].start() :]
            if len(rest) > _LONGEST_ROW:
                raise TooLargeError(f"{name} 里有一行太长")
    raise TooLargeError(f"{name} 不完整")


def _prefix(sheet: bytes) -> bytes:
    found = _END.search(sheet, max(len(sheet) - 100, 0))
    return (found["prefix"] or found["bare"] or b"") if found else b""


def _areas(tail: bytes) -> list[Area]:
    found = _MERGED.findall(tail)
    if len(found) > _MOST_MERGED:
        raise TooLargeError(f"合并的单元格超过 {_MOST_MERGED:,} 处")
    return [Area(int(top), int(bottom), _number(left), _number(right)) for left, top, right, bottom in found]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
