"""Make what the manual practises with: a handed-over list, an ill-set letter, scans of one case; in docs/练习/.

python bench/practice.py

Needs Pillow and the Fandol fonts. All people, offices and numbers are invented.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).resolve().parents[1] / "docs/练习"
HEADS = (
    "序号",
    "提案编号",
    "提案题目",
    "提案人",
    "联系电话",
    "主办单位",
    "会办单位",
    "交办日期",
    "交办单位",
    "所涉领域",
)
DAY, OFFICE = date(2025, 6, 16), "市政府办公室"
ROWS = (
    (1, "143160", "关于建好家门口的早餐店的提案", "闻人语、卓亦凡", "60018123", "市商务局", "市财政局、市城管局"),
    (2, "143161", "关于扩大早餐门店营业时间的提案", "民建临澜市委员会", "60013390", "市商务局", ""),
    (3, "143162", "关于增设校园周边停车位的提案", "纪云舟", "60018240", "市公安局", "市教育局"),
    (4, "143163", "关于办好农产品年货节的提案", "步青岚", "60018351", "市农业农村局", "市商务局"),
)
TOPICS = ("商贸流通", "商贸流通", "城市建设", "农业农村")
FOREIGN = (
    *("临澜市商务局文件", "临商[2025]60号", "关于对第143137号提案的答复", "温敬之委员:"),
    *("您提出的提案收悉,现答复如下。", "一、关于座落在东岸的商场", "(一)我局将于9月底前完成帐户核对。"),
    *("2、其他事项另行通报。", "临澜市商务局", "2025年08月05日"),
)
SCANS = {
    "正本.pdf": (
        "临澜市商务局文件",
        "临商〔2025〕58号　　签发人：梁怀瑾",
        "对市政协十四届三次会议第143160号提案的答复",
    ),
    "正本-再次答复.pdf": (
        "临澜市商务局文件",
        "临商〔2025〕102号　　签发人：梁怀瑾",
        "对市政协十四届三次会议第143160号提案的再次答复",
    ),
    "交办单.pdf": ("政协提案交办单", "市政府办公室　2025年6月16日"),
    "提案原件.pdf": ("关于建好家门口的早餐店的提案", "提案人：闻人语、卓亦凡"),
    "沟通记录.jpg": ("沟通记录", "2025年6月20日　柳荫里社区　座谈"),
    "会办意见-市财政局.pdf": ("关于第143160号提案会办意见的函", "临澜市财政局　2025年6月20日"),
    "会办意见-市城管局.pdf": ("关于第143160号提案会办意见的函", "临澜市城市管理局　2025年7月14日"),
    "发文稿纸.pdf": ("发文稿纸", "拟稿：岑若溪　核稿：郑守拙　签发：梁怀瑾"),
    "征询意见表-闻人语.pdf": ("征询意见表", "对办理工作整体：满意　闻人语　7月30日"),
    "征询意见表-卓亦凡.pdf": ("征询意见表", "对办理工作整体：基本满意　卓亦凡　7月30日"),
}
PAGE, MARGIN = (827, 1169), 90  # an A4 page at 100 dots per inch


def main() -> int:
    """Write the list, the letter and the scans."""
    (FOLDER / "扫描").mkdir(parents=True, exist_ok=True)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["市政协十四届三次会议提案补充交办清单"])
    sheet.append(HEADS)
    for row, topic in zip(ROWS, TOPICS, strict=True):
        sheet.append([*row, DAY, OFFICE, topic])
    book.save(FOLDER / "交办清单.xlsx")
    letter = docx.Document()
    for line in FOREIGN:
        letter.add_paragraph(line)
    letter.save(str(FOLDER / "外来稿.docx"))
    font = _font()
    for name, lines in SCANS.items():
        _page(lines, font).save(FOLDER / "扫描" / name, resolution=100)
    return 0


def _font() -> ImageFont.FreeTypeFont:
    call = ["fc-match", "-f", "%{file}", "FandolFang"]
    path = subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout
    return ImageFont.truetype(path, 30)


def _page(lines: Sequence[str], font: ImageFont.FreeTypeFont) -> Image.Image:
    """Return a page as a scanner gives it: a picture, no text in it."""
    image = Image.new("L", PAGE, 255)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + 60 * n), line, fill=0, font=font)
    return image.convert("1", dither=Image.Dither.NONE)


if __name__ == "__main__":
    sys.exit(main())
