"""Tell what a file really is by its content, and how to convert what cannot be read."""

from __future__ import annotations

import io
import zipfile
from enum import Enum

_CONVERT = "在 Excel、WPS 或 LibreOffice 里打开，另存为 .xlsx"


class Nature(Enum):
    """What a file is; `.cure` says how it becomes readable, and is empty where it is."""

    XLSX = "Excel 工作簿（.xlsx）", ""
    XLSB = "Excel 二进制工作簿（.xlsb）", _CONVERT
    XLS = "旧式表格（.xls 或 .et）", _CONVERT
    ODS = "OpenDocument 表格（.ods）", _CONVERT
    NUMBERS = "苹果 Numbers 表格", "在 Numbers 里导出为 Excel（.xlsx）"
    HTML = "改了后缀的网页", _CONVERT
    LOCKED = "加了密码的文件", "打开后去掉密码，再另存为 .xlsx"
    BROKEN = "不完整或已损坏的文件", "请对方重发，或在能打开它的程序里另存为 .xlsx"
    DOCUMENT = "文档，不是表格", "清单请用 .xlsx 或 .csv"
    EMPTY = "空文件", "核对是不是选错了文件"
    TEXT = "文本", ""

    @property
    def cure(self) -> str:
        """Return what to do with it."""
        return self.value[1]

    def __str__(self) -> str:
        return self.value[0]


_SPREADSHEETS = (Nature.XLSX, Nature.XLSB, Nature.XLS, Nature.ODS, Nature.NUMBERS)
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".numbers", ".csv", ".tsv")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = (("EncryptedPackage", Nature.LOCKED), ("Workbook", Nature.XLS), ("Book", Nature.XLS))


def is_spreadsheet(data: bytes, suffix: str) -> bool:
    """Tell whether a file is a spreadsheet: by its content, and by its *suffix* where the content does not say."""
    nature = nature_of(data)
    return nature in _SPREADSHEETS or (nature is not Nature.DOCUMENT and suffix.lower() in _SUFFIXES)


def nature_of(data: bytes) -> Nature:
    """Return what *data* is."""
    head = data[:1024].lstrip().lower()
    if not data.strip(b"\0 \r\n\t"):
        return Nature.EMPTY
    if data.startswith(_OLE):
        return next((nature for part, nature in _OLE_PARTS if part.encode("utf-16-le") in data), Nature.DOCUMENT)
    if data.startswith(b"PK"):
        return _nature_of_zip(data)
    if head.startswith(b"%pdf"):
        return Nature.DOCUMENT
    return Nature.HTML if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) else Nature.TEXT


def _nature_of_zip(data: bytes) -> Nature:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.lower() for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Nature.BROKEN
    signs = {
        "xl/workbook.bin": Nature.XLSB,
        "xl/workbook.xml": Nature.XLSX,
        "word/document.xml": Nature.DOCUMENT,
        "content.xml": Nature.ODS if b"opendocument.spreadsheet" in data[:200] else Nature.DOCUMENT,
        "index.zip": Nature.NUMBERS,
        "index/document.iwa": Nature.NUMBERS,
        "[content_types].xml": Nature.XLSX if any(name.startswith("xl/") for name in names) else Nature.DOCUMENT,
    }
    return next((nature for name, nature in signs.items() if name in names), Nature.BROKEN)
