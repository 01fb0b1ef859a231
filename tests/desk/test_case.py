from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import records
from dafu.desk.case import calendar_of
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from desk.conftest import Desk

# --- the calendar of the office


def test_without_own_notices_the_published_ones_count(desk: Desk) -> None:
    calendar = calendar_of(desk.workspace)

    assert (calendar.is_working(date(2025, 10, 9)), calendar.is_working(date(2025, 10, 8))) == (True, False)
    assert calendar.is_working(date(2025, 1, 26))


LOCAL = "2025:\n  通知: 市政府通知\n  放假:\n    市庆: [2025-06-09]\n"


def test_notices_that_the_office_names_and_that_are_gone_stop_the_list(desk: Desk) -> None:
    records.make_workspace(desk.folder, records.OFFICE + "节假日: 本市.yaml\n")

    with pytest.raises(UnusableError, match=r"本市\.yaml"):
        calendar_of(desk.workspace)


def test_every_fault_of_the_own_notices_comes_with_its_line(desk: Desk) -> None:
    text = "2025:\n  通知: 市政府通知\n  放假:\n    市庆: [2025-06-31]\n明年:\n  通知: 市政府通知\n"
    (desk.folder / "节假日.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(UnusableError) as stopped:
        calendar_of(desk.workspace)
    assert [problem.line for problem in stopped.value.problems] == [4, 5]
    assert all(problem.file.endswith("节假日.yaml") for problem in stopped.value.problems)
