"""Whatever stands in the cells, an import ends with its report and with records that can be read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dafu import store
from dafu.desk.lists import Clerk, import_list
from dafu.errors import DafuError
from dafu.ledger import COLUMNS
from dafu.sheets import csv_bytes
from dafu.store import Author
from records import make_workspace

if TYPE_CHECKING:
    import pytest

CLERK = Clerk(Author("苏晚晴", "2025-05-06T09:00:00+08:00"), date(2025, 5, 6), dry=False)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "143069",
            "市商务局",
            "林晓等3人",
            "3月5日",
            "45721",
            "99999",
            "2025.3.5",
            "=1",
            "—",
            "a/b",
            "con",
            "A",
            "合计",
        ]
    ),
    st.text("林晓\n、;:#|{}[]\"'=-—␤ 0９.年月日\t", max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
HEADS = st.lists(st.sampled_from([*COLUMNS, "备注", ""]), min_size=1, max_size=12)


@given(heads=HEADS, rows=st.lists(st.lists(TEXTS, max_size=15), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_list_ends_otherwise_than_with_its_report(
    heads: list[str], rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = make_workspace(tmp_path_factory.mktemp("甲"))
    workspace = store.open_workspace(folder)
    data = csv_bytes(["案号", "届次", "案由", "提案人", *heads], rows)
    try:
        done, _ = import_list(workspace, folder / "清单.csv", data, CLERK)
    except DafuError:
        done = []

    records, problems = store.load(workspace)

    assert problems == []
    assert {record.path for record in records} == {one.record for one in done if one.record}
