from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.store import is_output, open_workspace, write_output
from records import make_workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_is_known_again_and_a_changed_one_is_not(tmp_path: Path) -> None:
    workspace = open_workspace(make_workspace(tmp_path))
    assert not is_output(workspace, b"one")
    for data in (b"one", b"two"):
        write_output(workspace, tmp_path / "台账.csv", data)
    assert [is_output(workspace, data) for data in (b"one", b"two", b"two, edited")] == [True, True, False]
    assert (tmp_path / "台账.csv").read_bytes() == b"two"
