"""The repository's own root is a small office: its records read, its letters are in order, its sample is current."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import docx
import pytest

from commands import dafu
from dafu import store
from dafu.compose import Composer
from dafu.desk.draft import Drafting, draft

if TYPE_CHECKING:
    from dafu.desk.draft import Drafted
    from dafu.store import Workspace

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "replies/2025/143069/答复.docx"
OUTLINE = Path(__file__).parent / "data/143069-outline.txt"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}br": "↵", f"{W}tab": "→"}


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return store.open_workspace(ROOT)


def outline(letter: bytes) -> str:
    """Return each paragraph with its style, in the order of the document; ↵ is a line break, → a tab, ** bold."""
    lines = []
    for paragraph in docx.Document(BytesIO(letter)).element.body.iter(f"{W}p"):
        text = "".join(map(_words, paragraph.iter(f"{W}r")))
        lines.append(f"{paragraph.style:<12}{text}".rstrip(" "))
    return "\n".join(lines) + "\n"


def _words(run: Any) -> str:
    return "".join(SIGNS.get(piece.tag, piece.text or "") for piece in run)


def test_every_record_of_the_office_reads(workspace: Workspace) -> None:
    records, problems = store.load(workspace)

    assert problems == []
    assert len(records) == len(list((ROOT / "proposals").rglob("*.yaml"))) >= 8


def test_the_office_has_no_findings_that_weigh(workspace: Workspace) -> None:
    checked = dafu(workspace.root, "check")

    assert checked.code == 0
    assert "错误" not in checked.err


def test_the_office_file_is_explained_line_by_line() -> None:
    assert (ROOT / "dafu.yaml").read_text(encoding="utf-8").count("#") > 10


def parts(docx: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(docx)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.fixture(scope="module")
def drafted(workspace: Workspace) -> Drafted:
    record = store.find(workspace, "143069", ROOT)
    drafting = Drafting(workspace, Composer(workspace.office, workspace.templates), date(2025, 5, 23), dry=True)
    (only,) = draft(drafting, record, store.lead_of(workspace, record))
    return only


def test_the_sample_letter_is_whole_and_lies_in_its_place(drafted: Drafted) -> None:
    assert drafted.missing == ()
    assert drafted.path == GOLDEN


def test_the_sample_letter_is_what_the_tool_writes_now(drafted: Drafted) -> None:
    """Part by part: how tightly they are packed depends on the zlib of the machine."""
    assert parts(drafted.docx) == parts(GOLDEN.read_bytes()), "write it anew: dafu draft 143069"


def test_the_sample_letter_reads_as_its_record_says(drafted: Drafted) -> None:
    assert outline(drafted.docx) == OUTLINE.read_text(encoding="utf-8")
