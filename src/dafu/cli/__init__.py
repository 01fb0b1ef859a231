"""The command line: one file per verb; words become domain objects, one call, one echo."""

from __future__ import annotations

import gc

gc.set_threshold(50_000)  # objects; at the usual 700 the searches for cycles take a tenth of a short command

from dafu.cli.group import main  # noqa: E402 -- what it imports is already made with fewer searches

__all__ = ["main"]
