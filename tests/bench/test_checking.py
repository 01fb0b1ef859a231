"""The page of rules is current, and the measure that it tells of does measure."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

import benches
from dafu.check.book import RULES

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/check.md").read_text(encoding="utf-8")


def seeded_random(word: str) -> Random:
    return Random(word)  # noqa: S311 -- reproducible, nothing secret


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return benches.loaded("checking")


def test_the_page_lists_every_rule_as_the_code_has_it(bench: ModuleType) -> None:
    assert PAGE.endswith("\n".join(bench.rule_rows()) + "\n"), "write it anew: python bench/checking.py"


def test_the_figures_on_the_page_keep_what_was_promised() -> None:
    errors, rate = re.search(r"错误 (\d+) 处.*平均每份警告 ([\d.]+) 处", PAGE, re.DOTALL).groups()  # type: ignore[union-attr]  # -- the page has it
    faulty, recall = re.search(r"\*\*漏报\*\*：(\d+) 份.*占 ([\d.]+)%", PAGE).groups()  # type: ignore[union-attr]  # -- the page has it

    assert (int(errors), int(faulty)) == (0, 300)
    assert float(rate) <= 0.1
    assert float(recall) >= 98


@pytest.mark.parametrize("n", range(8))
def test_a_clean_letter_has_no_finding(bench: ModuleType, n: int) -> None:
    assert bench.judged(bench.clean(seeded_random(f"test-{n}"), n)) == []


def test_every_kind_of_fault_is_found_in_a_letter_of_another_seed(bench: ModuleType) -> None:
    from bench.faults import FAULTS

    cleans = [bench.clean(seeded_random(f"test-{n}"), n) for n in range(40)]
    missed = []
    for name, code, seeded in FAULTS:
        random = seeded_random(name)
        case = next(filter(None, (seeded(deepcopy(one), random) for one in random.sample(cleans, 40))))
        missed += [] if code in {problem.code for problem in bench.judged(case)} else [name]

    assert missed == []


def test_the_faults_reach_most_rules() -> None:
    from bench.faults import FAULTS

    seeded = Counter(code for _, code, _ in FAULTS)
    weighty = {code for code, rule in RULES.items() if code[0] in "LH" and rule.severity.value != "提示"}
    assert weighty - set(seeded) <= {"L101", "L102", "L103", "L105", "L106", "L109", "L110", "L256", "H302", "H502"}
