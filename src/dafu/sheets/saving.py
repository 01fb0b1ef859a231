"""A workbook as bytes, without the file that openpyxl would write each sheet into.

That file lies in the system's folder for temporary ones; when that folder is full, openpyxl raises an error of lxml, or
none at all and the sheet is cut short.
"""
# ruff: noqa: SLF001 -- openpyxl has no public way to write a sheet into memory

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook


def saved(book: Workbook) -> bytes:
    """Return *book* as the bytes of an .xlsx."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    target = BytesIO()
    parts = ZipFile(target, "w", ZIP_DEFLATED)

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            page = BytesIO()
            writer: Any = WorksheetWriter(ws, page)
            writer.write()
            ws._rels = writer._rels
            parts.writestr(ws.path[1:], page.getvalue())
            self.manifest.append(ws)

    InMemory(book, parts).save()
    return target.getvalue()
