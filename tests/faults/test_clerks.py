from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from clerks import posix

ROUNDS = 12


@posix
def test_of_two_clerks_on_one_record_neither_loses_a_change_in_silence_and_no_reader_sees_a_half() -> None:
    command = [sys.executable, "-m", "faults.clerks", "--rounds", str(ROUNDS)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[1], check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert (told["lost"], told["unsaid"], told["halves"]) == (0, 0, 0)
    assert told["both"] + told["refused"] == ROUNDS
