"""Spoil the program in each of the ways of the table and see that the named tests notice; print a table of it."""

from __future__ import annotations

import sys
from pathlib import Path

from sabotage.patches import PATCHES
from sabotage.trial import TREE, Trial


def main(*wanted: str) -> int:
    """Try each patch whose name holds one of *wanted*, all without any; return how many were not noticed."""
    chosen = [patch for patch in PATCHES if not wanted or any(word in patch.name for word in wanted)]
    missed = 0
    with Trial() as trial:
        for patch in chosen:
            file = f"dafu/{patch.file}"
            text = (TREE / "src" / file).read_text("utf-8")
            tests = tuple(f"tests/{name}" for name in patch.tests.split())
            caught, seconds = trial.is_caught(file, text.replace(patch.old, patch.new), tests)
            missed += not caught
            verdict = "caught" if caught else "MISSED"
            print(f"{verdict}  {seconds:5.1f} s  {patch.name:<52}{patch.file:<24}{patch.tests}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} caught")
    return missed


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(bool(main(*sys.argv[1:])))
