from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from faults.acts import ACTS
from faults.walk import FAIL, KILL_AFTER, KILL_BEFORE, SHORT, TORN, points_of, start

if TYPE_CHECKING:
    from pathlib import Path

POINTS, SEED = "200", "20250826"
shimmed = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="the shim is C for Linux; no compiler is here"
)


@shimmed
def test_whatever_happens_at_a_call_that_changes_the_disk_all_is_old_or_new_and_a_retry_ends_well(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    walk = start(tmp_path, "--points", POINTS, "--seed", SEED, "--log", str(log))
    *wrong, told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry for entry in wrong if "wrong" in entry] == [], walk.stderr
    assert walk.returncode == 0, walk.stderr
    assert (told["acts"], told["judged"]) == (len(ACTS), int(POINTS))
    assert told["points"] > 5000


def test_every_call_can_fail_in_all_ways_and_a_write_in_parts_too() -> None:
    harms = [(point.step, point.harm) for point in points_of("ow")]
    assert harms.count((1, FAIL)) == harms.count((2, FAIL)) == 8  # four errors, once and ever after
    assert {harm for step, harm in harms if step == 1} == {KILL_BEFORE, KILL_AFTER, FAIL}
    assert {harm for step, harm in harms if step == 2} == {KILL_BEFORE, KILL_AFTER, TORN, SHORT, FAIL}
