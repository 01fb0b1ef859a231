"""归档文件目录: its order, its pages, its doubles, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from archive.test_kinds import pdf, tiff
from dafu.archive.catalogue import Item, bag_of, faults, in_order, pages_in, rows
from dafu.archive.numbers import Place
from dafu.terms import Retention

if TYPE_CHECKING:
    from pathlib import Path

PERMANENT, THIRTY, TEN = Retention


def item(at: int = 1, year: int = 2025, period: Retention = THIRTY, **more: Any) -> Item:
    usual = Item(
        case="143069",
        number=f"Z047-WS·{year}-X-BGS-{at:04}",
        place=Place(at, year, period, "BGS"),
        fonds="Z047",
        organ="BGS",
        year=year,
        period=period,
        document="东商〔2025〕7号",
        author="东河市商务局",
        title="对市政协十四届三次会议第143069号提案的答复",
        day=date(2025, 8, 6),
        secrecy="",
        pages=4,
        remarks=(),
    )
    return replace(usual, **more)


def test_a_line_says_what_the_standard_asks_for() -> None:
    (line,) = rows([item(12, remarks=("没有归档包", "与143070并案"))])

    assert line == [
        *("1", "12", "Z047-WS·2025-X-BGS-0012", "东商〔2025〕7号", "东河市商务局"),
        *("对市政协十四届三次会议第143069号提案的答复", "20250806", "", "4", "没有归档包；与143070并案"),
    ]


def test_what_is_not_known_stays_blank() -> None:
    (line,) = rows([item(number="", place=None, day=None, pages=None)])

    assert [line[at] for at in (1, 2, 6, 8)] == ["", "", "", ""]


def test_items_stand_by_year_then_period_then_number() -> None:
    wanted = [item(9, 2024, TEN), item(1, 2025, PERMANENT), item(2), item(10), item(1, period=TEN)]

    assert in_order([wanted[3], wanted[1], wanted[4], wanted[0], wanted[2]]) == wanted


def test_an_item_without_a_number_comes_after_those_that_have_one() -> None:
    unnumbered = item(number="", place=None)

    assert in_order([unnumbered, item(7)]) == [item(7), unnumbered]


def test_a_period_judged_anew_does_not_move_an_item_that_has_its_number() -> None:
    kept = replace(item(1), period=PERMANENT)

    assert in_order([item(2), kept]) == [kept, item(2)]


def test_two_items_with_one_number_are_a_fault_that_names_both() -> None:
    (problem,) = faults([item(3, case="143069"), item(3, case="143070"), item(4), item(number=""), item(number="")])

    assert problem.code == "A402"
    assert "143069、143070" in problem.message


def test_the_stamp_has_the_six_boxes_of_the_standard() -> None:
    assert item(12).stamp == {
        "全宗号": "Z047",
        "年度": "2025",
        "件号": "12",
        "机构": "BGS",
        "保管期限": "30年",
        "页数": "4",
    }


@pytest.mark.parametrize(
    ("period", "last_day_kept", "first_day_due"),
    [(TEN, date(2035, 12, 31), date(2036, 1, 1)), (THIRTY, date(2055, 12, 31), date(2056, 1, 1))],
)
def test_an_item_is_due_when_its_full_years_after_its_own_are_over(
    period: Retention, last_day_kept: date, first_day_due: date
) -> None:
    assert not item(period=period).is_due(last_day_kept)
    assert item(period=period).is_due(first_day_due)


def test_what_is_kept_for_good_is_never_due() -> None:
    assert not item(period=PERMANENT).is_due(date(2999, 1, 1))


def fill(bag: Path, **contents: bytes) -> Path:
    for name, data in contents.items():
        path = bag / "data" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return bag


def test_pages_are_counted_in_the_files_that_have_pages(tmp_path: Path) -> None:
    bag = fill(tmp_path, 正本__答复_pdf=pdf(4), 稿纸__稿纸_tif=tiff(0, 0), 沟通记录_txt=b"talk")

    assert pages_in(bag) == 6


def test_one_paper_in_two_formats_counts_once(tmp_path: Path) -> None:
    bag = fill(tmp_path, 正本__答复_pdf=pdf(4), 正本__答复_tif=tiff(0), 附件__答复_pdf=pdf(1))

    assert pages_in(bag) == 5


def test_a_bag_whose_files_tell_no_pages_has_none(tmp_path: Path) -> None:
    assert pages_in(fill(tmp_path, 沟通记录_txt=b"talk")) is None


def test_the_latest_bag_of_a_case_counts_and_no_other_folder(tmp_path: Path) -> None:
    assert bag_of(tmp_path / "nowhere") is None
    for name in ("归档", "归档-2", "归档-10", "归档登记", "公开", ".归档-11.dafu-tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "归档-99").write_bytes(b"no folder")

    assert bag_of(tmp_path) == tmp_path / "归档-10"
