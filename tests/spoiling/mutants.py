"""Mutation testing of the modules on which numbers, records and deadlines rest; print what no test noticed."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import NamedTuple

from spoiling.equivalent import EQUIVALENT
from spoiling.mutating import Mutant, mutants
from spoiling.trial import TREE, Trial

TESTS = {
    "register": (
        "tests/register/test_taking.py",
        "tests/register/test_book.py",
        "tests/register/test_faults.py",
        "tests/register/test_crashes.py",
        "tests/desk/test_numbering.py",
        "--deselect=tests/register/test_crashes.py::test_many_processes_that_are_killed_and_begin_anew_take_each_number_once",
        "--deselect=tests/register/test_crashes.py::test_processes_that_ask_for_the_same_papers_at_once_get_the_same_numbers",
    ),
    "store": (
        "tests/test_store.py",
        "tests/store",
        "tests/cli/test_addresses.py",
        "tests/desk/test_case.py",
        "tests/cli/test_undo.py",
        "tests/desk/test_lists.py",
        "tests/desk/test_ledger.py",
    ),
    "deadlines": ("tests/deadlines", "tests/desk/test_case.py", "tests/cli/test_why.py"),
}


class Trying(NamedTuple):
    """A mutant of a file below dafu/, and the tests that should notice it."""

    file: str
    mutant: Mutant
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}:{self.mutant}"


def every(package: str) -> list[Trying]:
    """Return all mutants of *package* that mean something else than the original."""
    paths = sorted((TREE / "src/dafu" / package).glob("*.py"))
    return [
        one
        for path in paths
        for mutant in mutants(path.read_text("utf-8"))
        if (one := Trying(f"{package}/{path.name}", mutant, _tests(package, path.name))) and _key(one) not in EQUIVALENT
    ]


def _tests(package: str, name: str) -> tuple[str, ...]:
    """Return the tests of *package*, first those that mirror the module: most mutants die there."""
    mirror = f"tests/{package}/test_{name}"
    return (mirror, *TESTS[package]) if (TREE / mirror).exists() else TESTS[package]


def _key(one: Trying) -> tuple[str, str, str]:
    return one.file, one.mutant.written, one.mutant.after


def _survived(one: Trying, log: Path) -> bool:
    """Tell whether *log* names a mutant among the survivors, on whatever line it stood then."""
    lines = log.read_text("utf-8").splitlines()
    return any(line.startswith("SURVIVED") and one.file in line and line.endswith(one.mutant.change) for line in lines)


def _tried(trial: Trial, one: Trying) -> tuple[bool, float]:
    """Tell whether a mutant is noticed, and after how long; the first tests run alone, since most die there."""
    is_caught, seconds = trial.is_caught(one.file, one.mutant.text, one.tests[:1])
    if is_caught:
        return True, seconds
    is_caught, more = trial.is_caught(one.file, one.mutant.text, one.tests[1:])
    return is_caught, seconds + more


def main() -> int:
    """Try mutants as the command line says; return 1 where less than nine of ten are noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("packages", nargs="*", default=list(TESTS))
    parser.add_argument("--count", type=int, default=0, help="so many of each package, chosen by the seed; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="only those that survived by this log of an earlier run")
    parser.add_argument("--log", type=Path)
    words = parser.parse_args()
    log = words.log.open("w", encoding="utf-8") if words.log else sys.stdout
    good = True
    with Trial() as trial:
        for package in words.packages:
            known = [one for one in every(package) if words.again is None or _survived(one, words.again)]
            chance = random.Random(words.seed)  # noqa: S311 -- a run that can be repeated
            chosen = chance.sample(known, min(words.count or len(known), len(known)))
            caught = 0
            for one in chosen:
                is_caught, seconds = _tried(trial, one)
                caught += is_caught
                print(f"{'killed  ' if is_caught else 'SURVIVED'} {seconds:5.1f} s  {one}", file=log, flush=True)
            share = caught / (len(chosen) or 1)
            good = good and share >= 0.9
            told = (
                f"{package}: {caught} of {len(chosen)} killed ({share:.1%}), of {len(known)} in all, seed {words.seed}"
            )
            print(told, file=log, flush=True)
            sys.stdout.write(f"{told}\n")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
