from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from dafu.report.book import xlsx
from report.making import ANSWERED, account_of

HANDED = "办理过程: [{日期: 2025-03-05, 环节: 交办}]"
GRADED = "科室: 市场科\n答复: {办理结果: B}\n" + ANSWERED


def test_every_table_of_the_report_is_a_sheet_and_the_shares_have_charts() -> None:
    data = xlsx(account_of(GRADED, HANDED))

    assert load_workbook(BytesIO(data)).sheetnames == [
        *("件数", "比率", "办理结果", "公开属性", "满意度", "按类别", "按层级", "按角色", "按科室", "按月份"),
        *("逾期的件", "承诺台账", "口径"),
    ]
    with ZipFile(BytesIO(data)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 7  # the satisfaction has no row yet


def test_a_rate_stands_as_numerator_denominator_and_share() -> None:
    sheet = load_workbook(BytesIO(xlsx(account_of(GRADED, HANDED))))["比率"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}

    assert rows["办复率"] == (1, 2, 0.5)
    assert rows["满意率"] == (0, 0, None)


def test_a_subject_that_looks_like_a_formula_stays_text() -> None:
    found = account_of(HANDED.replace("办理过程", "科室: =1+1\n办理过程"))

    assert load_workbook(BytesIO(xlsx(found)))["按科室"]["A2"].data_type == "s"
