from __future__ import annotations

from typing import TYPE_CHECKING

import records
from dafu import check, store

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem


def merging(folder: Path, **merged: str) -> list[Problem]:
    """Write records with their 并案 and return what is found in them."""
    texts = {name: records.RECORD.replace("143069", name) + f"并案: [{numbers}]\n" for name, numbers in merged.items()}
    workspace = store.open_workspace(records.make_workspace(folder, **texts))
    found, problems = store.load(workspace)
    assert problems == []
    return list(check.merging(found, workspace.office))


def test_a_merged_number_that_is_on_file_is_in_order(tmp_path: Path) -> None:
    assert merging(tmp_path, **{"143069": '"143070"', "143070": ""}) == []


def test_a_merged_number_that_is_not_on_file_is_found(tmp_path: Path) -> None:
    (problem,) = merging(tmp_path, **{"143069": '"143070"'})

    assert (problem.field, problem.line, problem.message) == ("并案", 5, "“143070”没有记录")


def test_a_number_that_two_records_lead_is_found_in_the_second(tmp_path: Path) -> None:
    (problem,) = merging(tmp_path, **{"143069": '"143071"', "143070": '"143071"', "143071": ""})

    assert problem.file.endswith("143070.yaml")
    assert problem.message == "“143071”已经并入 143069"
