from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from dafu.sheets import Page, read_book, xlsx_bytes

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_workbook_is_whole_where_no_temporary_file_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "不在"))
    data = xlsx_bytes([Page("台账", ["案号"], [[f"{n:06}"] for n in range(3000)], [12])])
    rows = read_book(data, "").sheets[0].rows
    assert len(rows) == 3001
    assert rows[3001][1].text == "002999"
