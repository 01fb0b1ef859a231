"""The invented office of `records`, for tests that need no more than one office and its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dafu.model import Office


@pytest.fixture(scope="session")
def office() -> Office:
    return records.office_of()


@pytest.fixture(scope="session")
def make_workspace() -> Callable[..., Path]:
    """Give `make_workspace(folder, office_yaml=…, **records)`, which writes and returns *folder*."""
    return records.make_workspace


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the indexes of the tests' workspaces out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield
