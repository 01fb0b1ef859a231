from __future__ import annotations

import ast
from pathlib import Path

import pytest

from spoiling.equivalent import EQUIVALENT
from spoiling.patches import PATCHES, Patch

TREE = Path(__file__).parents[2]


@pytest.mark.parametrize("patch", PATCHES, ids=[patch.name for patch in PATCHES])
def test_every_patch_still_spoils_one_place_and_leaves_sound_python(patch: Patch) -> None:
    text = (TREE / "src/dafu" / patch.file).read_text("utf-8")
    assert text.count(patch.old) == 1
    ast.parse(text.replace(patch.old, patch.new))
    assert all((TREE / "tests" / name.partition("::")[0]).exists() for name in patch.tests.split())


@pytest.mark.parametrize(("file", "written"), sorted({(file, written) for file, written, _ in EQUIVALENT}))
def test_every_line_whose_mutants_are_called_equivalent_still_stands(file: str, written: str) -> None:
    lines = (TREE / "src/dafu" / file).read_text("utf-8").splitlines()
    assert written in [line.strip() for line in lines]


def test_there_are_patches_of_all_that_was_promised() -> None:
    assert len({patch.name for patch in PATCHES}) == len(PATCHES) >= 20
