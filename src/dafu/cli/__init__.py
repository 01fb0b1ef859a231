"""The command line: one file per verb; words become domain objects, one call, one echo."""

from __future__ import annotations

from dafu.cli.group import main

__all__ = ["main"]
