"""Rules keep silent about letters that are in order: the sample office, a letter really sent, published ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import test_real_letter as real
from dafu import store
from dafu.check import language
from dafu.compose import Composer
from dafu.desk.check import Proofreading
from dafu.workdays import Calendar
from proofs import TODAY
from records import make_workspace

if TYPE_CHECKING:
    from dafu.errors import Problem

ROOT = Path(__file__).parents[2]
LATER = TODAY.replace(year=2026)  # the sample office has a paper of spring 2026 in its archive
printed_letter = pytest.mark.skipif(not real.PRINT.exists(), reason="the printed letter is not part of the repository")


def checked(folder: Path) -> list[Problem]:
    workspace = store.open_workspace(folder)
    everything, problems = store.load(workspace)
    proofreading = Proofreading(
        workspace, Composer(workspace.office, workspace.templates), everything, Calendar(), LATER
    )
    found = [problem for record in everything for problem in proofreading.findings(record)]
    return [*problems, *proofreading.together(everything), *found]


def test_the_sample_office_has_nothing_but_values_that_are_still_to_come() -> None:
    assert {(problem.code, problem.severity.value) for problem in checked(ROOT)} == {("L101", "提示")}


@printed_letter
def test_the_real_letter_has_its_one_misused_word_and_nothing_else(tmp_path: Path) -> None:
    """法制化 is the law as an institution; an environment is 法治化, ruled by law, as all papers since 2019 have it."""
    lines = real.PRINT.read_text(encoding="utf-8").splitlines()
    record = json.dumps(real.record_of(_printed(lines)), ensure_ascii=False)
    folder = make_workspace(tmp_path, real.OFFICE, **{"143069": record})
    (folder / "templates").mkdir()
    (folder / "templates/答复.j2").write_text(real.TEMPLATE, encoding="utf-8")

    (problem,) = checked(folder)
    assert (problem.code, problem.severity.value) == ("H402", "警告")
    assert "“法制化营商环境”" in problem.message


def _printed(lines: list[str]) -> real.Printed:
    lines = [line.strip() for line in lines if line.strip()]
    start = next(at for at, line in enumerate(lines) if line.endswith("现答复如下：")) + 1
    end = next(at for at, line in enumerate(lines) if line.startswith("联系单位："))
    return real.Printed(lines[:start], list(real.joined(lines[start:end])), lines[end:])


@printed_letter
def test_the_print_itself_has_that_word_only() -> None:
    body = _printed(real.PRINT.read_text(encoding="utf-8").splitlines()).body

    assert [problem.code for problem in language.findings([line.replace("**", "") for line in body], {})] == ["H402"]


# A fact sheet shows all of its letter but the body; that is a stub of ours, so what is said of it is not.
OF_STUBS = {"L242", "L244", "L272"}


@pytest.mark.parametrize("place", sorted((ROOT / "tests/data/fact_sheets").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_published_letter_in_its_correct_form_has_no_finding(place: Path, tmp_path: Path) -> None:
    import yaml

    import test_fact_sheets as sheets

    case = yaml.safe_load(place.read_text(encoding="utf-8"))
    facts = sheets.facts_of(sheets.sheet_of(place.stem), case["facts"])
    office, record, template = (sheets.filled(case[key], facts) for key in ("office", "record", "template"))
    paper = next(paper for paper in reversed(sheets.PAPERS) if f'"标准/{paper}.j2"' in template)
    for name, text in (("dafu.yaml", office), (f"templates/{paper}.j2", template), ("proposals/件.yaml", record)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    weighty = [problem for problem in checked(tmp_path) if problem.severity.value != "提示"]
    assert [str(problem) for problem in weighty if problem.code not in OF_STUBS] == []
