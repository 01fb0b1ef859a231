"""Make the small spreadsheets of this folder: `python build.py`; those of LibreOffice need soffice.

They are kept, so that the tests read what other programs really wrote. What each must become stands in
`tests/ledger/test_shapes.py`.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
SESSION = "市政协十四届三次会议"
TITLE = f"{SESSION}提案交办清单"
HEADS = ("序号", "提案编号", "案由", "提案人", "联系电话", "主办单位", "会办单位", "交办日期", "交办单位", "办理期限")
DAY, DUE = date(2025, 3, 5), date(2025, 8, 31)
A = (
    1,
    "143069",
    "关于优化夜市管理的提案",
    "林晓",
    "60010023",
    "市商务局",
    "市财政局、市教育局",
    DAY,
    "市政府办公室",
    DUE,
)
B = (2, "143070", "加快冷链物流建设", "苏晚晴", "60010024", "市交通局", "市商务局", DAY, "市政府办公室", DUE)
SHAPES: dict[str, Callable[[], Workbook]] = {}


def shape(name: str) -> Callable[[Callable[[Worksheet], object]], Callable[[Worksheet], object]]:
    """Enter a function that fills the one sheet of the file *name*."""

    def enter(fill: Callable[[Worksheet], object]) -> Callable[[Worksheet], object]:
        def made() -> Workbook:
            book = Workbook()
            fill(book.worksheets[0])
            return book

        SHAPES[name] = made
        return fill

    return enter


def titled(sheet: Worksheet, *rows: Sequence[Any], heads: Sequence[str] = HEADS, title: str = TITLE) -> None:
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for row in (heads, *rows):
        sheet.append(list(row))


def changed(row: Sequence[Any], **values: Any) -> list[Any]:
    """Return *row* with other values under some of the heads."""
    return [values.get(head, value) for head, value in zip(HEADS, row, strict=True)]


@shape("标准.xlsx")
def _standard(sheet: Worksheet) -> None:
    titled(sheet, A, B)


@shape("两行表头.xlsx")
def _two_rows(sheet: Worksheet) -> None:
    sheet.append([TITLE])
    sheet.merge_cells("A1:J1")
    sheet.append(["序号", "提案", None, "提案人", None, None, "办理单位", None, "交办", None])
    sheet.append([None, "编号", "题目", "姓名", "界别", "电话", "主办", "会办", "日期", "单位"])
    for area in ("A2:A3", "B2:C2", "D2:F2", "G2:H2", "I2:J2"):
        sheet.merge_cells(area)
    sheet.append([1, "143069", A[2], "林晓", "经济界", "60010023", "市商务局", "市财政局、市教育局", DAY, A[8]])
    sheet.append([2, "143070", B[2], "苏晚晴", "科技界", "60010024", "市交通局", "市商务局", DAY, B[8]])


@shape("没有标题.xlsx")
def _bare(sheet: Worksheet) -> None:
    sheet.append(["届次", "案号", "标题", "提案者"])
    sheet.append([SESSION, "143069", "优化夜市管理", "林晓"])


@shape("几行标题.xlsx")
def _many_titles(sheet: Worksheet) -> None:
    sheet.append(["附件1"])
    sheet.append([SESSION])
    sheet.append(["提案交办目录"])
    sheet.append([])
    sheet.append(["制表单位：市政府办公室", None, None, "2025年3月"])
    sheet.append(["编号", "题目", "第一提案人", "承办单位", "答复期限"])
    sheet.append(["143069", "优化夜市管理", "林晓", "市商务局", "8月31日前"])


@shape("在右下方.xlsx")
def _far_off(sheet: Worksheet) -> None:
    for column, (head, value) in enumerate(zip(("案号", "案由", "提案人"), A[1:4], strict=True), 4):
        sheet.cell(7, column, head)
        sheet.cell(8, column, value)
    sheet["D3"] = SESSION


def _two_sheets() -> Workbook:
    book = Workbook()
    first, second = book.worksheets[0], book.create_sheet("建议")
    first.title = "提案"
    titled(first, A)
    titled(second, changed(A, 提案编号="31", 提案人="顾行舟"), title="市十五届人大四次会议代表建议交办清单")
    return book


def _prose_first() -> Workbook:
    book = Workbook()
    book.worksheets[0].title = "填表说明"
    book.worksheets[0]["A1"] = "一、本表由承办单位填写。"
    book.worksheets[0]["A2"] = "二、请于3月底前报送。"
    titled(book.create_sheet("清单"), A)
    return book


def _epoch() -> Workbook:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    titled(book.worksheets[0], A, changed(B, 交办日期=44259))  # 44259 days after 1904-01-01
    book.worksheets[0]["H4"].number_format = "General"
    return book


SHAPES |= {"两张表.xlsx": _two_sheets, "说明在前.xlsx": _prose_first, "1904日期.xlsx": _epoch}


@shape("日期序列号.xlsx")
def _serials(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 交办日期=45721, 办理期限="45900"))


@shape("日期写法.xlsx")
def _days(sheet: Worksheet) -> None:
    forms = (
        "2025.3.5",
        "2025年3月5日",
        "20250305",
        "2025/3/5",
        "2025-03-05 09:30:00",
        "２０２５．３．５",
        datetime(2025, 3, 5, 9, 30),  # noqa: DTZ001 -- a spreadsheet knows no zone
    )
    titled(sheet, *(changed(A, 提案编号=f"14307{n}", 交办日期=form) for n, form in enumerate(forms)))


@shape("没有年份.xlsx")
def _no_year(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 交办日期="3月5日", 办理期限="8月31日"), title=f"2025年{TITLE}")


@shape("没有这一天.xlsx")
def _no_such_day(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 办理期限="2025年9月31日"), B)


@shape("小数编号.xlsx")
def _decimals(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 提案编号="143069.0"), changed(B, 提案编号=143070.0))


@shape("科学记数.xlsx")
def _scientific(sheet: Worksheet) -> None:
    titled(sheet, A, changed(B, 提案编号="1.43E+05"))


@shape("前导零.xlsx")
def _zeros(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 提案编号="0069"), changed(B, 提案编号=70))
    sheet["B4"].number_format = "0000"


@shape("全角和空格.xlsx")
def _wide(sheet: Worksheet) -> None:
    row = changed(
        A, 提案编号="１４３０６９ ", 案由=" 关于优化\n夜市管理的提案　", 提案人="林　晓", 会办单位="市财政局\n市教育局 "
    )
    titled(sheet, row, heads=["序 号", "提案\n编号", "案　由", *HEADS[3:]])


@shape("联名.xlsx")
def _joint(sheet: Worksheet) -> None:
    names = (
        "林晓、苏晚晴、顾行舟",
        "林晓，苏晚晴；顾行舟",
        "林 晓 苏晚晴 顾行舟",
        "林晓\n苏晚晴\n顾行舟",
        "林晓、苏晚晴、顾行舟等3人",
    )
    titled(sheet, *(changed(A, 提案编号=f"14307{n}", 提案人=name) for n, name in enumerate(names)))


@shape("联名另列.xlsx")
def _joint_apart(sheet: Worksheet) -> None:
    heads = ("案号", "案由", "第一提案人", "联名人", "电话", "单位")
    titled(
        sheet,
        ("143069", "优化夜市管理", "林晓", "苏晚晴、顾行舟", "60010023", "东河甲公司、东河乙公司、东河丙公司"),
        heads=heads,
    )


@shape("人数不齐.xlsx")
def _too_few(sheet: Worksheet) -> None:
    titled(sheet, changed(A, 提案人="林晓等3人"))


@shape("团体.xlsx")
def _bodies(sheet: Worksheet) -> None:
    names = ("民盟东河市委员会", "市工商联", "云岭代表团", "经济界", "市政协提案委员会", "九三学社东河市委")
    titled(sheet, *(changed(A, 提案编号=f"14307{n}", 提案人=name) for n, name in enumerate(names)))


@shape("公式.xlsx")
def _formulas(sheet: Worksheet) -> None:
    titled(sheet, A, changed(B, 提案编号="=143000+70"))


@shape("隐藏.xlsx")
def _hidden(sheet: Worksheet) -> None:
    titled(sheet, A, B)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True


@shape("合计和小标题.xlsx")
def _totals(sheet: Worksheet) -> None:
    titled(sheet, ["一、经济建设"], A, HEADS, ["二、社会建设"], B, ["合计", 2], ["备注：请按期办理。"])
    sheet.merge_cells("A3:J3")
    sheet.merge_cells("A9:J9")


@shape("重号.xlsx")
def _twins(sheet: Worksheet) -> None:
    titled(sheet, A, B, changed(A, 案由="另一件"))


@shape("一件几行.xlsx")
def _rows_of_one(sheet: Worksheet) -> None:
    titled(sheet, A, changed(A, 提案人="苏晚晴", 联系电话=None), changed(A, 提案人="顾行舟", 联系电话="60010025"), B)
    for column in "ABCFGHIJ":
        sheet.merge_cells(f"{column}3:{column}5")


@shape("上下合并.xlsx")
def _merged_down(sheet: Worksheet) -> None:
    titled(sheet, A, B)
    sheet.merge_cells("H3:H4")
    sheet.merge_cells("I3:I4")
    sheet.merge_cells("J3:J4")


@shape("全市清单.xlsx")
def _whole_city(sheet: Worksheet) -> None:
    other = changed(A, 提案编号="143080", 主办单位="市教育局", 会办单位="市财政局")
    titled(
        sheet,
        other,
        A,
        changed(other, 提案编号="143081"),
        B,
        changed(A, 提案编号="143082", 主办单位="商务局", 会办单位="无"),
    )


@shape("分办.xlsx")
def _shared(sheet: Worksheet) -> None:
    heads = ("案号", "案由", "提案人", "主办单位", "会办单位", "分办单位")
    titled(sheet, ("143069", "优化夜市管理", "林晓", None, None, "市商务局、市财政局"), heads=heads)


@shape("类别是专题.xlsx")
def _topics(sheet: Worksheet) -> None:
    heads = ("案号", "类别", "案由", "提案人", "备注")
    titled(
        sheet,
        ("143069", "经济", "优化夜市管理", "林晓", "重点关注"),
        ("143070", "城建", B[2], "苏晚晴", None),
        heads=heads,
    )


@shape("代表建议.xlsx")
def _suggestions(sheet: Worksheet) -> None:
    heads = ("建议编号", "建议题目", "领衔代表", "附议代表", "承办单位", "是否重点")
    title = "市十五届人大四次会议代表建议交办清单"
    titled(
        sheet, ("第31号", "关于修缮老旧菜场的建议", "顾行舟", "林晓", "东河市商务局", "是"), heads=heads, title=title
    )


@shape("省级提案.xlsx")
def _province(sheet: Worksheet) -> None:
    titled(
        sheet,
        ("0215", "优化夜市管理", "林晓"),
        heads=("案号", "案由", "提案人"),
        title="省政协十三届二次会议提案转办清单",
    )


@shape("（终稿）交办 清单[2].xlsx")
def _brackets(sheet: Worksheet) -> None:
    heads = ("提案号（必填）", "案由*", "提案人：", "承办单位（主办）")
    titled(sheet, ("143069", "优化夜市管理", "林晓", "市商务局（市招商局）"), heads=heads)


@shape("空的格式行.xlsx")
def _formatted(sheet: Worksheet) -> None:
    titled(sheet, A)
    line = Border(bottom=Side(style="thin"))
    for row in range(4, 1200):
        for column in range(1, 11):
            sheet.cell(row, column).border = line


def _tables() -> dict[str, bytes]:
    rows = [[TITLE], [*HEADS], [*map(str, A)], [*map(str, B)]]
    comma = "\r\n".join(",".join(row) for row in rows) + "\r\n"
    quoted = comma.replace("关于优化夜市管理的提案", '"关于优化\n夜市管理的提案"')
    return {
        "UTF-8.csv": comma.replace("\r\n", "\n").encode(),
        "UTF-8带标记.csv": quoted.encode("utf-8-sig"),
        "GB18030.csv": comma.replace("林晓", "林䶮").encode("gb18030"),
        "UTF-16.csv": comma.replace(",", "\t").encode("utf-16"),
        "UTF-16无标记.csv": comma.encode("utf-16-le"),
        "分号.csv": comma.replace(",", ";").encode("gb18030"),
    }


def _by_libreoffice(names: Sequence[str], suffix: str = "xlsx") -> None:
    """Let LibreOffice open files of this folder and save them as its own."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", folder]
        subprocess.run([*command, *(str(HERE / name) for name in names)], check=True, capture_output=True)
        for name in names:
            made = Path(folder) / f"{Path(name).stem}.{suffix}"
            (HERE / f"LibreOffice-{made.name}").write_bytes(made.read_bytes())


if __name__ == "__main__":
    for name, make in SHAPES.items():
        make().save(HERE / name)
    for name, data in _tables().items():
        (HERE / name).write_bytes(data)
    _by_libreoffice(["标准.xlsx", "两行表头.xlsx", "公式.xlsx", "上下合并.xlsx", "GB18030.csv"])
    _by_libreoffice(["标准.xlsx"], "ods")
    _by_libreoffice(["标准.xlsx"], "xls")
