"""Second processes, and what files they find and leave."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = b"old\n" * 500, b"new\n" * 5000
posix = pytest.mark.skipif(os.name == "nt", reason="FIFOs, signals, modes and limits are POSIX")
BECOME_NOBODY = (  # permissions do not bind root; a tree in a folder of its own cannot be imported from afterwards
    "import dafu.yamltext.causes, dafu.yamltext.editing; os.geteuid() == 0 and os.setuid(65534); "
)


def clerk(work: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Let a second process do *work*; `place` is its first word, a DafuError is printed."""
    script = (
        "import errno, os, resource, signal, sys\n"
        "from pathlib import Path\n"
        "from dafu import errors, files\n"
        "place, words = Path(sys.argv[1]), sys.argv[2:]\n"
        f"try:\n    {work}\nexcept errors.DafuError as error:\n    print(error)\n"
    )
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def other_names(path: Path) -> list[str]:
    """Return what lies beside *path*."""
    return [entry.name for entry in path.parent.iterdir() if entry != path]


def failing(number: int) -> Callable[..., None]:
    """Return a call of the system that fails; no disk that breaks on demand is at hand."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def tree(root: Path, *names: str) -> None:
    """Make empty files below *root*."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")
