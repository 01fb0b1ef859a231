"""Checks 11–16: 版头, 标题 and 主送机关 (GB/T 9704-2012 7.2, 7.3.1, 7.3.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dafu import docnumber
from dafu.check.docx import effective
from dafu.check.docx.elements import Role, is_red, number_of, parts_of
from dafu.check.docx.faces import FANG, KAI, XBS
from dafu.check.docx.opening import number, value, w
from dafu.check.docx.placing import rows_between, tab_stops
from dafu.check.docx.reporting import Fault, chars, mm, rows, type_size
from dafu.errors import Severity
from dafu.layout import measures as m
from dafu.layout.title import title_lines
from dafu.letter import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.faces import Style
    from dafu.check.docx.reading import Para

_NEAR = 20  # twips
_HALF_ROW = 0.5
_RED_GAP = (m.mm(3.5), m.mm(4.5))
_RED_EIGHTHS = (6, 22)  # 0.25–1.0 mm
_FINAL = "。，；：、！？.,;:"
_HANZI = re.compile("[\u3400-\u9fff]")
_ADD_ROWS = "增减空行"


def mark(letter: Letter) -> Iterator[Fault]:
    """11. 发文机关标志 is red, centred and set in 小标宋."""
    for para in _marks(letter):
        if not is_red(para.type.colour):
            yield Fault(para, f"发文机关标志颜色 {para.type.colour or '黑'}", f"红色（{m.RED}）", mends=True)
        if para.align != "center" and not para.table:
            yield Fault(para, f"发文机关标志{_aligned(para)}", "居中", mends=True)
        yield from _faces(para, XBS, "发文机关标志")


def _marks(letter: Letter) -> list[Para]:
    header = letter.header_mark
    return letter.of(Role.MARK) or ([header] if header else [])


def _faces(para: Para, style: Style, what: str) -> Iterator[Fault]:
    for piece in para.pieces:
        face = piece.type.east
        if not _HANZI.search(piece.text) or face in style.faces:
            continue
        severity = Severity.NOTICE if face in style.like else Severity.WARNING
        yield Fault(para, f"{what}字体 {face or '没有指定'}", style.first, severity, mends=True)


def _aligned(para: Para) -> str:
    return {"center": "居中", "right": "居右"}.get(para.align, "居左")


def document_number(letter: Letter) -> Iterator[Fault]:
    """12. 发文字号 has the form 代字〔年〕序号号 and stands two rows under the mark, in the middle or beside 签发人."""
    para = letter.first(Role.NUMBER)
    found = number_of(para) if para else ""
    if para is None:
        return
    if docnumber.parse(found) is None and not MISSING.search(found):
        cure = "年份用六角括号〔〕括全称，序号不加“第”、不编虚位"
        yield Fault(para, f"发文字号“{found}”", "“代字〔2025〕1号”的样式", cure=cure)
    if letter.is_stationery:
        return
    yield from _under_mark(letter)
    begin = para.indents.left + para.indents.first + m.width(para.lead)
    if letter.of(Role.SIGNER) or "签发人" in para.words:
        if para.table == 0 and (para.align not in ("left", "both") or abs(begin - m.CHAR) > _NEAR):
            place = f"左空 {chars(begin)}" if para.align in ("left", "both") else _aligned(para)
            wanted = "左空 1 字（与签发人同行时）"
            yield Fault(para, f"发文字号{place}", wanted, mends=not para.lead, cure="删去空格再改")
    elif para.align != "center" and not para.table and len(parts_of(para)) == 1:
        yield Fault(para, f"发文字号{_aligned(para)}", "居中", mends=True)


def _under_mark(letter: Letter) -> Iterator[Fault]:
    """Find white between the mark and the first row under it that is not two rows."""
    rows_of_head = letter.of(Role.NUMBER, Role.SIGNER)
    if not rows_of_head or not letter.of(Role.MARK):
        return
    above, white = rows_between(letter, rows_of_head[0])
    if above is None or white is None or letter.roles[above.number] is not Role.MARK or above.table:
        return
    if abs(white - m.MARK_BLANK_ROWS) > _HALF_ROW:
        yield Fault(rows_of_head[0], f"发文机关标志下空 {rows(white)}", f" {m.MARK_BLANK_ROWS} 行", cure=_ADD_ROWS)


def signer(letter: Letter) -> Iterator[Fault]:
    """13. 签发人 stands on the row of 发文字号, one character from the right; the names in 楷体, a character apart."""
    for para in letter.of(Role.NUMBER, Role.SIGNER):
        _, label, names = para.words.partition("签发人")
        colon, names = names[:1] == "：", names[1:]
        if not label:
            continue
        if not colon or "、" in names or "，" in names:
            measured = "签发人之间用了标点" if colon else "签发人后没有全角冒号"
            yield Fault(para, measured, "“签发人：甲某　乙某”", cure="姓名之间空一字")
        yield from _signer_faces(para, names)
        yield from _signer_edge(letter, para)
    row = letter.first(Role.NUMBER)
    last = letter.of(Role.SIGNER)[-1:]
    if row is None or not last or letter.is_stationery or (row.table and row.table == last[0].table):
        return
    if len(parts_of(row)) == 1:
        yield Fault(last[0], "签发人不与发文字号同行", "与发文字号同一行", cure="把末行签发人移到发文字号一行的右边")


def _signer_faces(para: Para, names: str) -> Iterator[Fault]:
    label, start = para.text.index("签发人"), len(para.text.rstrip()) - len(names)
    at = 0
    for piece in para.pieces:
        inked, begin = _HANZI.search(piece.text), at
        at += len(piece.text)
        style = KAI if begin >= start else FANG
        if inked and (begin >= start or label < at <= start) and piece.type.east not in style.faces | style.like:
            what = "签发人姓名" if style is KAI else "“签发人”三字"
            yield Fault(para, f"{what}字体 {piece.type.east or '没有指定'}", style.first, mends=True)
        elif inked and begin < start < at:
            measured = f"签发人姓名和标签字体相同（{piece.type.east or '没有指定'}）"
            yield Fault(para, measured, f"标签 {FANG.first}、姓名 {KAI.first}", mends=True)


def _signer_edge(letter: Letter, para: Para) -> Iterator[Fault]:
    stops = tab_stops(para)
    if letter.is_stationery or para.table or "\t" not in para.text or para.text.count("\t") > 1:
        return
    if len(stops) == 1 and stops[0][0] == "right":
        widths = (letter.section(para).width, m.TEXT_WIDTH)
        right = min((width - stops[0][1] for width in widths), key=lambda white: abs(white - m.CHAR))
        if abs(right - m.CHAR) > _NEAR:
            yield Fault(para, f"签发人右空 {chars(right)}", "右空 1 字", mends=True)


def red_line(letter: Letter) -> Iterator[Fault]:
    """14. A red line as wide as 版心 stands 4 mm under the last row of 版头."""
    top = letter.of(Role.MARK, Role.NUMBER, Role.SIGNER, Role.GRADE)
    if not letter.of(Role.MARK) or letter.is_stationery or not letter.of(Role.NUMBER):
        return
    title = letter.first(Role.TITLE)
    stop = title.number if title else top[-1].number + 1
    region = letter.paragraphs[top[0].number - 1 : max(stop, top[-1].number + 1)]
    bordered = [(para, line) for para in region for line in _lines_of(para)]
    if not bordered:
        if not any(para.drawn for para in region) and not any(para.table for para in top):
            cure = "给版头末行加红色下框线，距正文 8 磅"
            yield Fault(top[-1], "没有红色分隔线", "在发文字号之下 4 毫米处有一条", cure=cure)
        return
    para, line = next(((one, other) for one, other in bordered if is_red(_colour(other))), bordered[0])
    yield from _line_faults(letter, para, line)


def _lines_of(para: Para) -> list[Element]:
    return [line for side in ("bottom", "top") if (line := effective.border(para.chain, side)) is not None]


def _colour(line: Element) -> str:
    return value(line, "color").upper()


def _line_faults(letter: Letter, para: Para, line: Element) -> Iterator[Fault]:
    if not is_red(_colour(line)):
        yield Fault(para, f"分隔线颜色 {_colour(line)}", f"红色（{m.RED}）", mends=True)
    eighths = number(value(line, "sz")) or 0
    if not _RED_EIGHTHS[0] <= eighths <= _RED_EIGHTHS[1]:
        yield Fault(para, f"分隔线粗 {mm(eighths * 2.5)}", " 0.25～1 毫米", mends=True)
    if para.indents.left or para.indents.right:
        wide = letter.section(para).width - para.indents.left - para.indents.right
        if abs(wide - m.TEXT_WIDTH) > m.mm(0.5):
            yield Fault(para, f"分隔线长 {mm(wide)}", " 156±0.5 毫米", mends=True)
    if line.tag == w("bottom") and para.words and para.spacing.rule == "exact":
        below = para.spacing.line * (1 - m.BASELINE) - (1 - m.ASCENT) * para.type.size * 10
        gap = below + 20 * (number(value(line, "space")) or 0)
        if not _RED_GAP[0] <= gap <= _RED_GAP[1]:
            mends = _RED_GAP[0] <= below + 20 * m.RED_LINE_GAP_PT <= _RED_GAP[1]
            measured = f"分隔线在版头末行之下 {mm(gap)}"
            yield Fault(para, measured, " 4±0.5 毫米", cure="调整这一行的行距和下框线间距", mends=mends)


def title(letter: Letter) -> Iterator[Fault]:
    """15. 标题 is set in 小标宋 of 22 pt, centred, two rows under the line, in lines of good shape."""
    some = letter.of(Role.TITLE)
    for para in some:
        for piece in para.pieces:
            if piece.text.strip() and piece.type.size != m.SIZE_2:
                yield Fault(para, f"标题字号 {type_size(piece.type.size)}", f" {type_size(m.SIZE_2)}", mends=True)
        yield from _faces(para, XBS, "标题")
        if any(piece.type.bold for piece in para.pieces):
            yield Fault(para, "标题加粗", "不加粗", Severity.WARNING, mends=True)
        if para.align != "center":
            yield Fault(para, f"标题{_aligned(para)}", "居中", mends=True)
        elif para.indents.left + para.indents.first != para.indents.right:
            shift = (para.indents.left + para.indents.first - para.indents.right) / 2
            if abs(shift) > _NEAR:
                yield Fault(para, f"标题因缩进偏了 {chars(shift)}", "居中", mends=True)
    if some:
        yield from _shape(some)
        yield from _under_line(letter, some[0])


def _shape(some: list[Para]) -> Iterator[Fault]:
    lines = [line.strip() for para in some for line in para.text.split("\n") if line.strip()]
    widths = [m.ems(line) for line in lines]
    best = title_lines("".join(lines))
    cure = f"可分行为：{'｜'.join(best)}"
    if max(widths) > m.TITLE_CHARS:
        measured = f"标题一行 {max(widths):g} 字，会在行末断开"
        yield Fault(some[0], measured, f"至多 {m.TITLE_CHARS} 字", Severity.WARNING, cure)
    if _is_hourglass(widths) and not _is_hourglass([m.ems(line) for line in best]):
        yield Fault(some[0], "标题排成两头长、中间短", "梯形或菱形", Severity.WARNING, cure)
    if lines[-1][-1] in _FINAL:
        yield Fault(some[-1], f"标题末尾有“{lines[-1][-1]}”", "没有标点", Severity.WARNING, "删去")


def _is_hourglass(widths: list[float]) -> bool:
    return len(widths) > 2 and min(widths) not in (widths[0], widths[-1])  # noqa: PLR2004 -- two lines have no middle


def _under_line(letter: Letter, para: Para) -> Iterator[Fault]:
    """Find white between the red line and the title that is not two rows; a grade may stand in the first of them."""
    above, white = rows_between(letter, para)
    if above is None or white is None or above.table or letter.roles[above.number] is Role.EDGE:
        return
    if any(is_red(_colour(line)) for line in _lines_of(above)) and abs(white - m.TITLE_BLANK_ROWS) > _HALF_ROW:
        yield Fault(para, f"标题在红线下空 {rows(white)}", f" {m.TITLE_BLANK_ROWS} 行", cure=_ADD_ROWS)


def salutation(letter: Letter) -> Iterator[Fault]:
    """16. 主送机关 stands flush left, one row under the title, and ends with a full-width colon."""
    para = letter.first(Role.SALUTATION)
    if para is None:
        return
    begin = para.indents.left + para.indents.first
    if para.lead:
        yield Fault(para, f"主送机关前有 {len(para.lead)} 个空格", "顶格", cure="删去空格")
    elif abs(begin) > _NEAR / 2 or para.align not in ("left", "both"):
        place = f"左空 {chars(begin)}" if para.align in ("left", "both") else _aligned(para)
        yield Fault(para, f"主送机关{place}", "顶格", mends=True)
    if not para.words.endswith("："):
        ends = f"以“{para.words[-1]}”结尾" if para.words.endswith(":") else "没有冒号"
        yield Fault(para, f"主送机关{ends}", "以全角冒号结尾", cure="改成“：”")
    above, white = rows_between(letter, para)
    if above is None or white is None or letter.roles[above.number] is not Role.TITLE:
        return
    if abs(white - 1) > _HALF_ROW:
        yield Fault(para, f"主送机关在标题下空 {rows(white)}", " 1 行", cure=_ADD_ROWS)
