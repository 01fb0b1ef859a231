"""How fast bags are verified beside sha256sum over the same files.

    python bench/fixity.py [MEGABYTES]    256 unless told

Prints the seconds of each, the best of five runs, and the ratio; a ratio of 1 is as fast as sha256sum.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILES, RUNS = 16, 5
MEGABYTE = 1 << 20


def main(megabytes: int) -> None:
    """Measure both over a bag of *megabytes* of random bytes and print what was found."""
    from dafu.archive import fixity, reading
    from dafu.archive.bag import build

    with tempfile.TemporaryDirectory() as folder:
        bag = Path(folder, "bag")
        build(bag, {f"{number}.pdf": os.urandom(megabytes * MEGABYTE // FILES) for number in range(FILES)}, [])
        sums = ["sha256sum", "--quiet", "-c", "manifest-sha256.txt"]
        theirs = best(lambda: subprocess.run(sums, cwd=bag, check=True))
        ours = best(lambda: whole(next(fixity.judge([reading.read(bag)]))))
    print(f"sha256sum {theirs:.3f} s, dafu {ours:.3f} s, ratio {theirs / ours:.2f}")


def best(act: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some runs of *act*."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def whole(problems: Sequence[object]) -> None:
    """Stop when the bag is not whole: then nothing was measured."""
    if problems:
        raise SystemExit("\n".join(map(str, problems)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 256)
