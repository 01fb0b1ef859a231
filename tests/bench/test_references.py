"""The pages that are printed from the code are current, and what they say of values left out is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import benches
from dafu.cli.group import VERBS
from dafu.model import Office, Proposal, in_words
from dafu.model.keys import keys_of
from dafu.terms import Step
from records import office_of, proposal_of

ROOT = Path(__file__).parents[2]
SPOKEN_OFFICE = """\
单位: {全称: 东河市商务局}
层级: 县
保管期限: 永久
联系: {联系单位: 某科, 联系电话: "60010023"}
抄送: {提案: [某委]}
"""
EVENTS = """\
办理过程:
  - {日期: 2025-03-05, 环节: 分办, 科室: 甲科, 经办人: 丁一}
  - {日期: 2025-04-05, 环节: 分办, 科室: 乙科, 经办人: 卜二}
  - {日期: 2025-05-08, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-05-09, 环节: 印发, 发文字号: 东商〔2025〕6号}
"""
PAGES = ("records.md", "glossary.md", "commands.md")


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    pages: dict[str, str] = benches.loaded("references").pages()
    return pages


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_is_current(name: str, printed: dict[str, str]) -> None:
    said = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert said == printed[name], "write it anew: python bench/references.py"


@pytest.mark.parametrize("model", [Proposal, Office])
def test_every_key_stands_on_the_page_with_what_it_takes(model: type, printed: dict[str, str]) -> None:
    rows = dict(re.findall(r"^\| `(.+?)` \| (.+?) \|", printed["records.md"], re.MULTILINE))

    assert all(len(rows[word]) > 1 for word in keys_of(model))


def test_every_step_and_every_verb_has_its_place(printed: dict[str, str]) -> None:
    assert all(f"\n| {step} | " in printed["records.md"] for step in Step)
    assert all(f"\n## dafu {verb}\n" in printed["commands.md"] for verb in VERBS)


def test_what_is_left_out_comes_from_where_the_page_says() -> None:
    office = office_of(SPOKEN_OFFICE)
    words = in_words(proposal_of(EVENTS), office)
    taken = {"层级": "县", "科室": "乙科", "经办人": "卜二", "保管期限": "永久"}
    reply = {"签发人": "周明远", "成文日期": "2025-05-08", "发文字号": "东商〔2025〕6号", "印发日期": "2025-05-09"}
    contact = {"联系单位": "某科", "联系电话": "60010023", "抄送": ["某委"]}

    assert {word: words[word] for word in taken} == taken
    assert {word: words["答复"][word] for word in reply | contact} == reply | contact
