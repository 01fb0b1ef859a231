from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clerks import OLD

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "143069.yaml"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that any user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
