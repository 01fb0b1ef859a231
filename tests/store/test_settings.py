from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dafu.errors import UnusableError
from dafu.store import open_workspace, set_office
from records import OFFICE, make_workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_an_entry_of_the_office_is_set_and_all_else_stays(tmp_path: Path) -> None:
    workspace = open_workspace(make_workspace(tmp_path, "# 东河\n" + OFFICE))
    set_office(workspace, "导入列名", {"流水": "案号"})
    assert (tmp_path / "dafu.yaml").read_text(encoding="utf-8") == "# 东河\n" + OFFICE + "导入列名:\n  流水: 案号\n"


def test_an_entry_that_the_office_cannot_have_is_refused_and_nothing_written(tmp_path: Path) -> None:
    workspace = open_workspace(make_workspace(tmp_path))
    with pytest.raises(UnusableError, match=r"dafu.yaml:\d+: 抄送.会议 "):
        set_office(workspace, "抄送", {"会议": "市政协"})
    assert (tmp_path / "dafu.yaml").read_text(encoding="utf-8") == OFFICE


def test_a_value_that_no_yaml_can_hold_is_refused_and_nothing_written(tmp_path: Path) -> None:
    workspace = open_workspace(make_workspace(tmp_path))
    with pytest.raises(UnusableError, match=r"dafu\.yaml：导入列名："):
        set_office(workspace, "导入列名", {"流水": "案\0号"})
    assert (tmp_path / "dafu.yaml").read_text(encoding="utf-8") == OFFICE
