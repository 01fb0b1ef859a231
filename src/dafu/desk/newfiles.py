"""Files that a command writes where the clerk says: all or none, and never over one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import files
from dafu.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def create_all(made: Mapping[Path, bytes], *, dry: bool) -> None:
    """Create the files of *made*; raises RefusedError before the first when one of them is there already."""
    taken = next((path for path in made if path.exists()), None)
    if taken:
        raise RefusedError(f"{taken} 已经存在，没有覆盖（请核对，或换一个名称）")
    for path, data in made.items():
        if not dry:
            files.create(path, data)
