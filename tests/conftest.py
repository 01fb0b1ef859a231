"""The invented office of `records`, for tests that need no more than one office and its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dafu.model import Office


@pytest.fixture(scope="session")
def office() -> Office:
    return records.office_of()


@pytest.fixture(scope="session")
def make_workspace() -> Callable[..., Path]:
    """Give `make_workspace(folder, office_yaml=…, **records)`, which writes and returns *folder*."""
    return records.make_workspace
