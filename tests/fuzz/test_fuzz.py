from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clerks import posix
from fuzz.readers import READERS, Reader
from fuzz.run import fault_of, limited

INPUTS, SEED = "700", "7"


@posix
def test_spoiled_inputs_are_never_a_traceback_nor_a_hang_nor_a_flood(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-m", "fuzz.run", "--inputs", INPUTS, "--seed", SEED, "--log", str(log)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[1], check=False)
    *faults, told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert faults == [], run.stderr
    assert told["inputs"] == int(INPUTS)


# --- found cases, each with the reader that it stopped

FOUND: dict[str, tuple[str, bytes]] = {
    "a long run without a number took time by its square": ("small files", b"x" * 100_000),
    "a long run in Chinese too": ("small files", "某".encode() * 60_000),
}


def reader_of(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


@posix
@pytest.mark.parametrize("case", FOUND)
def test_a_case_that_was_found_once_is_read_without_fault(case: str) -> None:
    name, data = FOUND[case]
    with limited():
        assert fault_of(reader_of(name), data) == ""
