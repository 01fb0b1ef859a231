"""Published letters of eighteen places: each comes out in the correct form from a record, an office and one template.

A sheet beside the repository holds what was printed, mistakes and all; `data/fact_sheets` holds how its place sets the
letter, and the letter line by line as it should be. Names of people stand in the sheets only.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import yaml
from docx.table import Table

from commands import dafu
from dafu import docnumber
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

SHEETS = Path(__file__).parents[2] / "shared/letters"
PLACES = sorted((Path(__file__).parent / "data/fact_sheets").glob("*.yaml"))
DATE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
PAPERS = ("答复", "建议答复", "会办意见")


def sheet_of(name: str) -> dict[str, str]:
    path = SHEETS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"the fact sheet {name} is not beside the repository")
    pairs = (line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines())
    return {key: value for key, _, value in pairs}


def facts_of(sheet: dict[str, str], patterns: dict[str, str]) -> dict[str, str]:
    """Return what the patterns find in the sheet; 日 is 日期 as a record writes it."""
    facts: dict[str, str] = {}
    for field, pattern in patterns.items():
        found = re.fullmatch(pattern, sheet[field])
        assert found, f"{field}: {sheet[field]}"
        facts |= found.groupdict()
    if found := DATE.fullmatch(facts.get("日期", "")):
        facts["日"] = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return facts


def filled(text: str, facts: dict[str, str]) -> str:
    return re.sub("‹(.+?)›", lambda match: facts[match[1]], text)


def outline(document: Document) -> Iterator[str]:
    """Yield the text of the mark in the first header, then of each paragraph and row, each tab as a blank."""
    header = document.sections[0].first_page_header
    texts = [paragraph.text for paragraph in header.paragraphs]
    for part in document.iter_inner_content():
        texts += [cell.text for row in part.rows for cell in row.cells] if isinstance(part, Table) else [part.text]
    yield from filter(None, (text.replace("\n", "").replace("\t", " ").strip() for text in texts))


@pytest.mark.parametrize("place", PLACES, ids=lambda path: path.stem)
def test_a_published_letter_comes_out_in_the_correct_form(place: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(place.read_text(encoding="utf-8"))
    facts = facts_of(sheet_of(place.stem), case["facts"])
    office, record, template, letter = (filled(case[key], facts) for key in ("office", "record", "template", "letter"))
    paper = next(paper for paper in reversed(PAPERS) if f'"标准/{paper}.j2"' in template)
    for name, text in (("dafu.yaml", office), (f"templates/{paper}.j2", template), ("proposals/件.yaml", record)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    run = dafu(tmp_path, "draft", "--all")

    assert (run.code, run.err) == (0, "")
    assert list(outline(docx.Document(str(tmp_path / run.out.strip())))) == letter.splitlines()


@pytest.mark.parametrize("place", PLACES, ids=lambda path: path.stem)
def test_numbers_and_dates_of_the_expected_letters_keep_the_standard(place: Path) -> None:
    case = yaml.safe_load(place.read_text(encoding="utf-8"))
    lines = filled(case["letter"], facts_of(sheet_of(place.stem), case["facts"])).splitlines()
    words = [word for line in lines for word in line.split()]

    assert len([word for word in words if docnumber.parse(word)]) == 1
    assert len([line for line in lines if re.fullmatch(r"20\d{2}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日", line)]) == 1


@pytest.mark.parametrize("word", ["抄送", "抄报"])
def test_copies_are_sent_up_only_where_the_office_says_so(word: str, tmp_path: Path) -> None:
    make_workspace(tmp_path, 件=RECORD)
    if word == "抄报":
        block = '{% block 抄送 %}抄报：{{ 答复.抄送|join("，") }}。{% endblock %}'
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates/答复.j2").write_text('{% extends "标准/答复.j2" %}' + block, encoding="utf-8")

    run = dafu(tmp_path, "draft", "143069")

    assert f"{word}：市政协提案委。" in list(outline(docx.Document(str(tmp_path / run.out.strip()))))
