from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from clerks import posix
from fuzz.readers import READERS, Reader, sound_docx, sound_xlsx
from fuzz.run import fault_of, limited

if TYPE_CHECKING:
    from collections.abc import Callable

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


def with_part(name: str, old: str, new: str, package: bytes | None = None) -> bytes:
    """Return a letter, or another package, of which one part has been changed."""
    target = BytesIO()
    with ZipFile(BytesIO(package or sound_docx())) as parts, ZipFile(target, "w") as changed:
        for one in parts.namelist():
            part = parts.read(one).decode()
            assert one != name or old in part
            changed.writestr(one, part.replace(old, new) if one == name else part)
    return target.getvalue()


ROWS = "序号,提案号,案由,提案人,主办单位"
FOUND: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a long run without a number took time by its square": ("small files", lambda: b"x" * 100_000),
    "a long run in Chinese too": ("small files", lambda: "某".encode() * 60_000),
    "blanks in a number took time by their cube": ("csv lists", f"{ROWS}\n1,7{' ' * 9000}7,夜市\n".encode),
    "a title of one word took time by its cube": ("csv lists", f"{'届' * 30_000},,\n{ROWS}\n".encode),
    "a crowd of proposers of one name took time by its cube": (
        "csv lists",
        f"{ROWS}\n1,143069,夜市,{'一、' * 15_000}\n".encode,
    ),
    "a row of a form with a crowd of cells took time by its square": ("small files", lambda: b"|" * 100_000),
    "a long line of blanks took time by its square": ("letter lines", f"关于{' ' * 19_000}。".encode),
    "a long line of one word did too": ("letter lines", ("提出" * 9_900).encode),
    "a relation without a target": (
        "docx read",
        lambda: with_part("word/_rels/document.xml.rels", " Target=", " Torget="),
    ),
    "a style that is none was told among the output": (
        "xlsx lists",
        lambda: with_part("xl/styles.xml", "<cellStyle ", '<cellStyle name="x" xfId="9"/><cellStyle ', sound_xlsx()),
    ),
    "a text with a mark that is damaged": ("small files", lambda: b"\xef\xbb\xbfA\xf1A\xf1"),
    "a part without a name": (
        "docx read",
        lambda: sound_docx().replace(b"word/footer1.xml", b"\0ord/footer1.xml"),
    ),
    "settings of a foreign kind": (
        "docx linted",
        lambda: with_part("word/settings.xml", "wordprocessingml/2006/main", "wordprocessingml/2099/main"),
    ),
}


def reader_of(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


@posix
@pytest.mark.parametrize("case", FOUND)
def test_a_case_that_was_found_once_is_read_without_fault(case: str) -> None:
    name, made = FOUND[case]
    with limited():
        assert fault_of(reader_of(name), made()) == ""
