"""What is wrong with a file that was to be read."""

from __future__ import annotations

from dafu.errors import Problem, UnusableError


def unusable(name: str, message: str, cure: str) -> UnusableError:
    """Return the error that file *name* cannot be read, and what to do about it."""
    return UnusableError(problems=[Problem("B101", message, cure, file=name)])
