"""The long forms of the tests of reliability, one command each; seeds and figures stand in docs/reliability.md.

python bench/survive.py faults --log faults.log             every call × every harm, all commands that write
python bench/survive.py numbers                             8 processes × 1,000 numbers, 500 of them killed
python bench/survive.py clerks --rounds 1000                two clerks on one record, a reader beside them
python bench/survive.py fuzz --inputs 1000000 --minutes 90 --log fuzz.log
python bench/survive.py sabotage                            patches that the suite must notice
python bench/survive.py mutants --log mutants.log           mutants of register, store and deadlines
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TREE = Path(__file__).parents[1]
NUMBERS = "tests/register/test_crashes.py::test_many_processes_that_are_killed_and_begin_anew_take_each_number_once"
COMMANDS = {
    "faults": ("-m", "faults.walk"),
    "numbers": ("-m", "pytest", "-q", NUMBERS),
    "clerks": ("-m", "faults.clerks"),
    "fuzz": ("-m", "fuzz.run"),
    "sabotage": ("-m", "spoiling.run"),
    "mutants": ("-m", "spoiling.mutants"),
}


def main(name: str, *words: str) -> int:
    """Run the long form *name* with *words* of its own; return its exit code."""
    paths = os.pathsep.join([str(TREE / "src"), str(TREE / "tests")])
    environment = os.environ | {"PYTHONPATH": paths, "DAFU_NUMBERS": "1000"}
    with tempfile.TemporaryDirectory() as folder:
        if name == "faults":
            environment["LD_PRELOAD"] = _shim(Path(folder))
        command = [sys.executable, *COMMANDS[name], *words]
        return subprocess.run(command, cwd=TREE, env=environment, check=False).returncode


def _shim(folder: Path) -> str:
    shim = folder / "shim.so"
    source = TREE / "tests/faults/shim.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    return str(shim)


if __name__ == "__main__":
    _, *given = sys.argv
    sys.exit(main(*given) if given and given[0] in COMMANDS else __doc__)
