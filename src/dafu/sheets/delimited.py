"""Read .csv and its kin: any usual encoding, any usual separator."""

from __future__ import annotations

import codecs
import csv
import io
import re

from dafu.errors import Problem, UnusableError
from dafu.sheets.book import Book, Cell, Sheet
from dafu.sheets.package import MOST_CELLS

_SEPARATORS = (",", "\t", ";", "，")
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r＝])")  # as `writing` guards it
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAMPLE = 50  # lines that show which separator it is
_LONGEST = 1_000_000  # characters of one cell


def read_delimited(data: bytes, name: str) -> Book:
    """Return the one sheet of a .csv file; UnusableError for bytes that are no text."""
    text = _decoded(data, name)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"里有看不见的控制字符 U+{ord(found[0]):04X}"
        raise UnusableError(problems=[Problem("S103", message, "另存为 UTF-8 的 .csv 或 .xlsx", line=line, file=name)])
    csv.field_size_limit(_LONGEST)
    try:
        return Book((Sheet(title="", rows=_rows(text, name)),))
    except csv.Error as error:
        message = "不是完整的 CSV，引号没有配对或一格太长"
        raise UnusableError(problems=[Problem("S104", message, "在表格软件里打开，另存为 .xlsx", file=name)]) from error


def _decoded(data: bytes, name: str) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "不是文本：既不是 UTF-8、UTF-16，也不是 GB18030"
    raise UnusableError(problems=[Problem("S105", message, "核对文件，或另存为 .xlsx", file=name)])


def _encodings(data: bytes) -> list[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    if len(data) % 2 == 0 and b"\0" in data:
        little = data[1::2].count(0) >= data[::2].count(0)  # the high bytes of line breaks and commas are zero
        return ["utf-16-le" if little else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def _rows(text: str, name: str) -> dict[int, dict[int, Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    for number, values in enumerate(reader, 1):
        cells = {n: Cell(_GUARDED.sub("", value)) for n, value in enumerate(values, 1) if value.strip()}
        count += len(cells)
        if count > MOST_CELLS:
            message = f"有内容的单元格超过 {MOST_CELLS:,} 个，没有读"
            raise UnusableError(problems=[Problem("S102", message, "只留要导入的行", file=name)])
        if cells:
            rows[number] = cells
    return rows


def _separator(text: str) -> str:
    """Return the separator that most of the first lines have most of."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    return max(_SEPARATORS, key=lambda mark: sum(min(line.count(mark), 99) for line in lines if mark in line))
