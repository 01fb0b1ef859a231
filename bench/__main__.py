"""Measure us beside our peers: writes docs/performance.md and its picture.

    python -m bench [PART…] [--times N] [--full | --smoke] [--installed] [--page FILE]

Parts: letters, starting, records, pdfs, fixity, growth; all of them unless some are named. The peers are installed
into an environment of their own below the cache of the user. `--installed` measures with what this Python has, and
names the rest as absent. `--times 3` measures all but growth three times over, and names what each found. `--full`
takes the big sizes and long, `--smoke` the tiniest. The page goes to docs/ unless a FILE is named, or unless only some
parts are measured: then it is printed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from bench.page import Report
from bench.sizes import FULL, SMOKE, USUAL

from bench import environment, fixity, growth, letters, pdfs, records, starting

PARTS = {
    "letters": letters.measure,
    "starting": starting.measure,
    "records": records.measure,
    "pdfs": pdfs.measure,
    "fixity": fixity.measure,
    "growth": growth.measure,
}
PAGE = environment.ROOT / "docs" / "performance.md"


def main() -> int:
    """Install the peers and start again where they are, or measure."""
    options = _options()
    if options.installed:
        return measure(options)
    program = environment.python()
    environment.install_node_peers()
    again = [str(program), "-m", "bench", *sys.argv[1:], "--installed"]
    return subprocess.run(again, cwd=environment.ROOT, check=False).returncode


def measure(options: argparse.Namespace) -> int:
    """Measure the parts that were asked for and write the page."""
    sizes = SMOKE if options.smoke else FULL if options.full else USUAL
    page = options.page or (None if options.parts else PAGE)
    report = Report(f"{sizes.rounds} 轮（整个进程 {sizes.runs} 轮起）", environment.machine(), environment.versions())
    for turn, part in product(range(options.times), options.parts or PARTS):
        if turn and part == "growth":  # it takes as long as all others, and holds its sizes against each other
            continue
        with tempfile.TemporaryDirectory(prefix="dafu-bench-") as folder:
            for section in PARTS[part](sizes, Path(folder)):
                report.take(section)
                if page and section.picture and section.picture.exists():
                    shutil.copy(section.picture, page.parent)
                print(section, *(goal.row() for goal in section.goals), sep="\n", file=sys.stderr, flush=True)
        if page:  # a run that is cut off leaves what it has measured
            page.write_text(str(report), encoding="utf-8")
    if not page:
        print(report)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[[], *PARTS])
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--installed", action="store_true")
    parser.add_argument("--page", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
