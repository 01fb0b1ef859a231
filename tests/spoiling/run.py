"""Spoil the program in each of the ways of the table and see that the named tests notice; print a table of it."""

from __future__ import annotations

import sys

from spoiling.patches import PATCHES, Patch
from spoiling.trial import TREE, Trial


def main(*wanted: str) -> int:
    """Try each patch whose name holds one of *wanted*, all without any; return how many were not noticed."""
    chosen = [patch for patch in PATCHES if not wanted or any(word in patch.name for word in wanted)]
    missed = 0
    with Trial() as trial:
        _refuse_broken_tests(trial, chosen)
        for patch in chosen:
            text = _text(patch).replace(patch.old, patch.new)
            caught, seconds = trial.is_caught(patch.file, text, _tests(patch))
            missed += not caught
            verdict = "caught" if caught else "MISSED"
            sys.stdout.write(f"{verdict}  {seconds:5.1f} s  {patch.name:<52}{patch.file:<24}{patch.tests}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - missed} of {len(chosen)} caught\n")
    return missed


def _refuse_broken_tests(trial: Trial, chosen: list[Patch]) -> None:
    """Stop when tests fail though nothing is spoiled: they would catch anything."""
    for tests, patch in {_tests(patch): patch for patch in chosen}.items():
        if trial.is_caught(patch.file, _text(patch), tests)[0]:
            sys.exit(f"{' '.join(tests)} fail without any patch")


def _text(patch: Patch) -> str:
    return (TREE / "src/dafu" / patch.file).read_text("utf-8")


def _tests(patch: Patch) -> tuple[str, ...]:
    return tuple(f"tests/{name}" for name in patch.tests.split())


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
