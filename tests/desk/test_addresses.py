from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import store
from dafu.desk.addresses import addresses
from dafu.desk.case import calendar_of
from dafu.desk.standing import Overview
from records import RECORD

if TYPE_CHECKING:
    from desk.conftest import Desk


def told(desk: Desk) -> list[str]:
    workspace = desk.workspace
    overview = Overview(workspace, calendar_of(workspace), date(2025, 6, 16))
    return [*addresses(overview.standings, desk.folder).values()]


def test_a_number_of_its_own_needs_no_more(desk: Desk) -> None:
    desk.write(number="1")
    desk.write(number="2")

    assert told(desk) == ["1", "2"]


def test_shared_numbers_are_told_apart_by_level_and_kind_or_else_by_their_files(desk: Desk) -> None:
    later = RECORD.replace("三次会议", "四次会议")
    texts = {"甲": RECORD, "乙": f"{RECORD}类别: 建议\n", "丙": f"{RECORD}层级: 省\n", "丁": f"{later}层级: 省\n"}
    for name, text in texts.items():
        (desk.folder / f"proposals/{name}.yaml").write_text(text, encoding="utf-8")

    assert sorted(told(desk)) == sorted(
        ["市/提案/143069", "市/建议/143069", str(Path("proposals/丙.yaml")), str(Path("proposals/丁.yaml"))]
    )


def test_every_address_finds_its_record(desk: Desk) -> None:
    for name, text in {"甲": RECORD, "乙": f"{RECORD}类别: 建议\n", "丙": RECORD.replace("143069", "7")}.items():
        (desk.folder / f"proposals/{name}.yaml").write_text(text, encoding="utf-8")

    found = [store.find(desk.workspace, address, desk.folder).path.stem for address in told(desk)]
    assert sorted(found) == ["丙", "乙", "甲"]
