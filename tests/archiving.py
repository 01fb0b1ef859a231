"""An office with a case that is over, and the papers that a clerk archives with it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from commands import Run, dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REPLY = """\
分类: 商贸
答复: {办理结果: A, 公开: 主动公开, 正文: 夜市已经增设摊位三百个。}
"""
HISTORY = """\
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-03-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-04-20, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-04-21, 环节: 印发, 发文字号: 东商〔2025〕67号}
  - {日期: 2025-04-22, 环节: 送达, 对象: 林晓}
  - {日期: 2025-04-28, 环节: 反馈, 对象: 林晓, 整体: 满意}
  - {日期: 2025-04-30, 环节: 办结}
"""
CLOSED = RECORD + REPLY + HISTORY
LETTER = (
    "东河市商务局文件",
    "东商〔2025〕67号    签发人：周明远",
    "A",
    "对市政协十四届三次会议第143069号提案的答复",
    "尊敬的林晓委员：",
    "您提出的关于“优化夜市管理”的提案收悉。现答复如下：",
    "夜市已经增设摊位三百个。",
    "东河市商务局",
    "2025年4月20日",
)
COMPANIONS = ("交办单", "提案原件", "沟通记录", "发文稿纸", "征询意见表")
BAG = "replies/2025/143069/归档"
REGISTER = "replies/归档登记/2025.txt"


def pdf(lines: Iterable[str]) -> bytes:
    """Return a PDF of one page with a layer of Chinese text."""
    shown = b" ".join(b"<%s> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines)
    stream = b"BT /F1 12 Tf 16 TL 60 780 Td " + shown + b" ET"
    return _written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
    )


def _written(*objects: bytes) -> bytes:
    page = BytesIO(b"%PDF-1.7\n")
    page.seek(0, 2)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(page.tell())
        page.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = page.tell()
    page.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    page.writelines(b"%010d 00000 n \n" % place for place in places)
    page.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return page.getvalue()


def picture(words: str, kind: str = "PDF") -> bytes:
    """Return a picture of a page, different for different *words*: what a scanner gives without reading it."""
    image = Image.new("1", (400, 560), 1)
    ImageDraw.Draw(image).text((40, 40), ascii(words), fill=0)
    page = BytesIO()
    image.save(page, kind)
    return page.getvalue()


def desk(folder: Path, number: str = "143069") -> Path:
    """Make a workspace with the case *number* closed and its letter drawn, and the clerk's files in `scans/`."""
    make_workspace(folder, OFFICE, **{number: CLOSED.replace("143069", number)})
    papers(folder, number)
    return folder


def papers(folder: Path, number: str = "143069") -> None:
    """Put the letter where `draft` puts it, and the scans of the case *number* into `scans/<number>/`."""
    scans = folder / "scans" / number
    scans.mkdir(parents=True)
    (scans / "答复.pdf").write_bytes(pdf(line.replace("143069", number) for line in LETTER))
    for name in COMPANIONS:
        (scans / f"{name}.pdf").write_bytes(picture(f"{number} {name}"))
    assert dafu(folder, "draft", number, "--new").code == 0


def scans(number: str = "143069", *, but: str = "") -> list[str]:
    """Return the clerk's files as words of the command."""
    return [f"scans/{number}/{name}.pdf" for name in ("答复", *COMPANIONS) if name != but]


def archived(folder: Path, number: str = "143069") -> Run:
    """Archive the case *number* with all that belongs to it."""
    return dafu(folder, "archive", number, *scans(number))
