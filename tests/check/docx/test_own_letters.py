"""What `draft` makes is never found at fault: every paper, every choice of an office, also saved by LibreOffice."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

import geometry
from dafu import layout, preview
from dafu.check.docx.elements import Letter
from dafu.check.docx.opening import opened
from dafu.check.docx.rendered import pages
from dafu.check.docx.rendering import page_faults
from dafu.check.docx.rules import findings
from dafu.compose import Composer, base_templates
from dafu.desk.trials import trials
from dafu.layout import Fit, draw
from dafu.letter import Appendix, Style, blocks
from dafu.terms import GradePlace, ImprintSide, Letterhead, PageForm, Seal, TextArea

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.model import Office

SIGNERS = ("", "签发人：周明远", "签发人：周明远 何平 欧阳文山")
WHOLE = geometry.letter(geometry.cases()[0])
TWO_PAGES = geometry.letter(geometry.Case(PageForm.DOCUMENT, Letterhead.PRINTED, 2, 1, 1))
CASES = geometry.cases()[5::23]
RICH: dict[str, Any] = {
    "copy_number": "000001",
    "secrecy": "机密★1年",
    "urgency": "特急",
    "note": "此件公开发布",
    "attachments": ("附件：1. 清单", "2. 台账"),
    "contact": ("联系单位：东河市商务局市场科  60010023",),
    "appendices": (Appendix("附件1", "清单", blocks("一、事项\n|甲|乙|\n|---|---|\n|一|二|")),),
}


def faults(data: bytes) -> list[str]:
    return [str(problem) for problem in findings(Letter(opened(data)))]


def test_every_paper_of_every_record_passes(office: Office, tmp_path: Path) -> None:
    seen = 0
    for form in PageForm:
        composer = Composer(replace(office, form=form), tmp_path)
        for paper, (name, trial) in product(base_templates(), trials(office).items()):
            letter = composer.compose(paper.stem, *trial).letter
            assert faults(draw(letter)) == [], (paper.stem, form, name)
            seen += 1
    assert seen > 200


@pytest.mark.parametrize("case", geometry.cases()[::3], ids=str)
def test_every_form_length_and_head_passes(case: geometry.Case) -> None:
    assert faults(draw(geometry.letter(case))) == []


@pytest.mark.parametrize(("form", "head", "area"), [*product(PageForm, Letterhead, TextArea)], ids=str)
def test_every_choice_of_an_office_passes(form: PageForm, head: Letterhead, area: TextArea) -> None:
    for place, seal, signer in product(GradePlace, Seal, SIGNERS):
        style = Style(form, head, place, text_area=area, seal=seal)
        letter = WHOLE._replace(grade="办理结果：A", signer=signer, style=style)
        assert faults(draw(letter)) == [], (place, seal, signer)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_everything_that_a_letter_may_say_passes(count: int) -> None:
    joint = ("东河市财政局", "东河市教育局", "东河市卫生健康委员会")[:count]
    for form, seal in product(PageForm, Seal):
        assert faults(draw(WHOLE._replace(joint=joint, style=Style(form, seal=seal), **RICH))) == []


@pytest.mark.parametrize(
    "fit", [Fit(breaks=1), Fit(breaks=2), Fit(tight=True), Fit(tight=True, kept=True, tracking=-8)]
)
def test_a_letter_that_was_eased_onto_its_pages_passes(fit: Fit) -> None:
    assert faults(draw(WHOLE, fit)) == []


@pytest.fixture
def some() -> list[bytes]:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: no page was set")
    return [layout.draw(geometry.letter(case)) for case in CASES] + [draw(TWO_PAGES._replace(**RICH))]


@pytest.mark.office
def test_the_pages_of_ours_pass_too(some: list[bytes]) -> None:
    for data, pdf in zip(some, preview.pdfs(some), strict=True):
        found = page_faults(Letter(opened(data)), pages(pdf), ImprintSide.LAST)
        assert [str(problem) for problem in found] == []


@pytest.mark.office
def test_a_letter_of_ours_that_libreoffice_saved_passes(some: list[bytes], tmp_path: Path) -> None:
    for number, data in enumerate(some):
        (tmp_path / f"{number}.docx").write_bytes(data)
    command = [str(preview.office()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "saved")]
    names = [f"{number}.docx" for number in range(len(some))]
    subprocess.run([*command, *names], cwd=tmp_path, check=True, capture_output=True, timeout=120)

    assert [faults((tmp_path / "saved" / name).read_bytes()) for name in names] == [[]] * len(some)
