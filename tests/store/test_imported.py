from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records
from dafu import store

if TYPE_CHECKING:
    from pathlib import Path


def test_what_a_list_has_set_is_remembered_for_its_record(tmp_path: Path) -> None:
    workspace = store.open_workspace(records.make_workspace(tmp_path))
    one, other = (tmp_path / f"proposals/2025/{number}.yaml" for number in (31, 32))
    store.remember_imported(workspace, one, {"案由": "优化夜市", "提案人": ["林晓"]})
    assert store.imported(workspace, one) == {"案由": "优化夜市", "提案人": ["林晓"]}
    assert store.imported(workspace, other) == {}


@pytest.mark.parametrize("data", [b'{"a": ', b"\xff", b"[" * 100_000, b"[1]"])
def test_of_a_memory_that_is_spoiled_nothing_is_known(data: bytes, tmp_path: Path) -> None:
    workspace, record = store.open_workspace(records.make_workspace(tmp_path)), tmp_path / "proposals/31.yaml"
    store.remember_imported(workspace, record, {"案由": "优化夜市"})
    (tmp_path / ".dafu/导入/proposals/31.json").write_bytes(data)
    assert store.imported(workspace, record) == {}
