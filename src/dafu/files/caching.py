"""Where a user's derived files lie: what can be made anew at any time, and so has no place in a workspace."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CACHES = {
    "win32": ("LOCALAPPDATA", "AppData/Local"),
    "darwin": ("XDG_CACHE_HOME", "Library/Caches"),
    "linux": ("XDG_CACHE_HOME", ".cache"),
}  # the variable that names the folder, and where in the home it is otherwise


def cache_folder() -> Path | None:
    """Return the folder for our files in the cache of the user; None where there is no home.

    A relative path is passed over, as the XDG Base Directory Specification asks: it would lead into a workspace.
    """
    variable, usual = _CACHES.get(sys.platform, _CACHES["linux"])
    named = Path(os.environ.get(variable, ""))
    try:
        return (named if named.is_absolute() else Path.home() / usual) / "dafu"
    except RuntimeError:
        return None
