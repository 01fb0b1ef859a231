"""Mutants that mean the same as the original, each with the reason: no test could notice them."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str, str], str] = {}
