"""档号 by the office's own form: given once, never given again."""

from __future__ import annotations

import pytest

import records
from dafu.archive.numbers import Place, filing_year, next_number, place_of
from dafu.errors import UnusableError
from dafu.terms import Retention

ARCHIVE = '归档: {全宗号: Z047, 机构代码: BGS, 档号式: "%s"}\n'
USUAL = "{全宗号}-WS·{年度}-{期限}-{机构}-{件号:04}"
THIRTY, TEN, PERMANENT = Retention.THIRTY, Retention.TEN, Retention.PERMANENT


def following(taken: list[str], year: int = 2025, period: Retention = THIRTY, form: str = USUAL) -> str:
    return next_number(records.office_of(records.OFFICE + ARCHIVE % form), taken, year, period)


def test_the_first_item_of_a_year_is_number_one() -> None:
    assert following([]) == "Z047-WS·2025-D30-BGS-0001"


@pytest.mark.parametrize(("period", "code"), [(PERMANENT, "Y"), (THIRTY, "D30"), (TEN, "D10")])
def test_the_period_stands_by_its_code(period: Retention, code: str) -> None:
    assert following([], period=period) == f"Z047-WS·2025-{code}-BGS-0001"


def test_items_count_on_from_the_highest_whatever_is_missing_between() -> None:
    assert following(["Z047-WS·2025-D30-BGS-0007", "Z047-WS·2025-D30-BGS-0002"]) == "Z047-WS·2025-D30-BGS-0008"


def test_each_year_period_and_section_counts_by_itself() -> None:
    others = ["Z047-WS·2024-D30-BGS-0009", "Z047-WS·2025-Y-BGS-0009", "Z047-WS·2025-D30-YWK-0009", "2025-9"]

    assert following(others) == "Z047-WS·2025-D30-BGS-0001"


def test_a_form_without_period_counts_all_periods_together() -> None:
    form = "{全宗号}.{年度}.{件号}"

    assert following(["Z047.2025.9"], period=TEN, form=form) == "Z047.2025.10"


def test_the_characters_of_the_form_stand_for_themselves() -> None:
    assert following(["Z047x2025x7"], form="{全宗号}.{年度}.{件号:02}") == "Z047.2025.01"


def test_a_number_longer_than_its_width_goes_on() -> None:
    assert following(["Z047-WS·2025-D30-BGS-9999"]) == "Z047-WS·2025-D30-BGS-10000"


def test_what_dafu_yaml_does_not_say_is_named_all_at_once() -> None:
    with pytest.raises(UnusableError) as refused:
        next_number(records.office_of(), [], 2025, THIRTY)

    assert [problem.field for problem in refused.value.problems] == ["归档.全宗号", "归档.机构代码"]


def test_a_number_tells_its_place() -> None:
    office = records.office_of(records.OFFICE + ARCHIVE % USUAL)

    assert place_of(office, "Z047-WS·2025-D30-BGS-0012") == Place(12, 2025, THIRTY, "BGS")
    assert place_of(office, "Z001-WS·1999-Y-A-B-3") == Place(3, 1999, PERMANENT, "A-B")
    assert place_of(office, "2025-永久-12") is None


@pytest.mark.parametrize(
    ("form", "word"),
    [("{全宗号}-{件}", "{"), ("{全宗号}-{年度}", "{件号}"), ("{件号}-{件号}", "{件号}"), ("{件号.__class__}", "{")],
)
def test_a_form_that_numbers_nothing_is_a_fault_of_dafu_yaml(form: str, word: str) -> None:
    from dafu.model import read_office

    office, (problem,) = read_office(records.root_of(records.OFFICE + ARCHIVE % form))

    assert office is None
    assert (problem.code, problem.field) == ("R214", "归档.档号式")
    assert word in problem.message


def test_an_item_belongs_to_the_year_of_its_last_reply() -> None:
    office = records.office_of()
    issued = """
        办理过程:
          - {日期: 2025-12-30, 环节: 签发, 签发人: 周明远}
          - {日期: 2025-12-31, 环节: 印发, 发文字号: 东商〔2025〕7号}
          - {日期: 2026-01-05, 环节: 送达, 对象: 林晓}
    """
    again = """\
          - {日期: 2026-01-20, 环节: 重办}
          - {日期: 2026-02-03, 环节: 印发, 发文字号: 东商〔2026〕2号}
    """

    assert filing_year(records.proposal_of(issued), office) == 2025
    assert filing_year(records.proposal_of(issued.rstrip() + "\n" + again), office) == 2026
    read_only = "角色: 参阅\n办理过程: [{日期: 2025-03-05, 环节: 交办}, {日期: 2026-03-06, 环节: 办结}]\n"
    assert filing_year(records.proposal_of(read_only), office) == 2026
    filed = read_only.replace("2026-03-06, 环节: 办结}", "2025-12-06, 环节: 办结}, {日期: 2026-03-06, 环节: 归档}")
    assert filing_year(records.proposal_of(filed), office) == 2025
    assert filing_year(records.proposal_of(), office) is None
