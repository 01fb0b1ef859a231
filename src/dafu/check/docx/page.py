"""Checks 1–8: paper, margins, 版心, rows and characters, grid, line spacing (GB/T 9704-2012 5.1–5.2)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dafu.check.docx.elements import Role
from dafu.check.docx.reporting import Fault, mm, pt
from dafu.errors import Severity
from dafu.layout import measures as m
from dafu.terms import TextArea

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.reading import Para, Section

ROWS, CHARS = 22, m.CHARS
_PAPER = 20  # twips of tolerance
_TWIPS = 1440 / 25.4  # to the millimetre
_TOP, _LEFT = 37, 28  # mm, each ± 1
_AREA = m.mm(0.5)
_INK_TOPS = (m.AREAS[TextArea.INK].top, m.mm(34.58))  # the second by GB/T 33476.2-2016, annex A
_INK_TOP = m.mm(0.3)
_INK_HEIGHT, _INK_TOLERANCE = 13024, 40
_PITCH, _INK_PITCH = (570, 579.8), (589, 592)
_ADVANCE = (305, 315.86)  # twips from one character to the next: 28 of them fill a line
_CHAR_GRIDS = ("linesAndChars", "snapToChars")


def paper(letter: Letter) -> Iterator[Fault]:
    """1. The paper is A4 and stands upright."""
    for section in letter.sections:
        wide, high = section.size
        short, long = sorted((wide, high))
        if abs(short - m.PAGE_WIDTH) > _PAPER or abs(long - m.PAGE_HEIGHT) > _PAPER:
            mends = section in upright(letter)
            measured = f"纸张 {mm(wide).split()[0]}×{mm(high)}"
            yield Fault(section, measured, " A4（210×297 毫米）", cure="改页面设置", mends=mends)
        elif section.lies and _has_table(letter, section):
            yield Fault(section, "纸张横放", "竖放；确有横排的表格可以不改", Severity.NOTICE)
        elif section.lies:
            yield Fault(section, "纸张横放", "竖放", mends=True)


def _has_table(letter: Letter, section: Section) -> bool:
    return any(para.table for para in letter.paragraphs if para.section == section.number)


def upright(letter: Letter) -> list[Section]:
    """Return the sections whose margins are those of the standard: all but those that lie for a table."""
    return [section for section in letter.sections if not (section.lies and _has_table(letter, section))]


def is_ink(letter: Letter, section: Section) -> bool:
    """Tell whether a section measures 版心 by the ink: its margins and its rows together, never one of them."""
    top = section.margins[0]
    near = any(abs(top - wanted) <= _INK_TOP for wanted in _INK_TOPS)
    pitch = pitch_of(letter, section)
    return near and pitch is not None and _INK_PITCH[0] <= pitch <= _INK_PITCH[1]


def top_margin(letter: Letter) -> Iterator[Fault]:
    """2. The white above the text is 37 ± 1 mm."""
    for section in upright(letter):
        top = section.margins[0]
        if abs(top - _TOP * _TWIPS) > _TWIPS and not is_ink(letter, section):
            yield Fault(section, f"上白边 {mm(top)}", " 37±1 毫米", mends=True)


def left_margin(letter: Letter) -> Iterator[Fault]:
    """3. The white at the left, the gutter counted, is 28 ± 1 mm."""
    for section in upright(letter):
        left = section.margins[3]
        if abs(left - _LEFT * _TWIPS) > _TWIPS:
            yield Fault(section, f"左白边 {mm(left)}", " 28±1 毫米", mends=True)


def text_area(letter: Letter) -> Iterator[Fault]:
    """4. 版心 is 156 × 225 mm."""
    for section in upright(letter):
        if abs(section.width - m.TEXT_WIDTH) > _AREA:
            yield Fault(section, f"版心宽 {mm(section.width)}", " 156±0.5 毫米", mends=True)
        ink = is_ink(letter, section)
        wanted, tolerance = (_INK_HEIGHT, _INK_TOLERANCE) if ink else (m.mm(225), _AREA)
        if abs(section.height - wanted) > tolerance:
            yield Fault(section, f"版心高 {mm(section.height)}", f" {mm(wanted).split()[0]}±0.5 毫米", mends=True)


def lines_per_page(letter: Letter) -> Iterator[Fault]:
    """5. 22 rows fill a page."""
    for section in upright(letter):
        pitch = pitch_of(letter, section)
        low, high = _INK_PITCH if is_ink(letter, section) else _PITCH
        rows = int(section.height // pitch) if pitch and pitch > 0 else ROWS
        if pitch is None or (low <= pitch <= high and rows == ROWS):
            continue
        measured = f"行距 {pt(pitch)}，每面 {rows} 行"
        if rows == ROWS:
            measured += f"，撑不满版心（余 {mm(section.height - rows * pitch)}）"
        yield Fault(section, measured, f" {pt(m.AREAS[TextArea.MARGIN].row)}、{ROWS} 行", Severity.WARNING, mends=True)
    for para in plain_text(letter):
        if para.controls_widows:
            yield Fault(para, "孤行控制打开，有的面会少排一行", "关闭", Severity.NOTICE, mends=True)


def pitch_of(letter: Letter, section: Section) -> float | None:
    """Return the height of most rows of text in *section*, or None where the face decides it."""
    counts = Counter(_pitch(para, section) for para in plain_text(letter) if para.section == section.number)
    return counts.most_common(1)[0][0] if counts else None


def _pitch(para: Para, section: Section) -> float | None:
    spacing = para.spacing
    if spacing.rule == "exact":
        return spacing.line
    if section.grid and section.pitch and para.snaps and spacing.rule == "auto":
        return -(-1.3 * para.type.size * 10 // section.pitch) * section.pitch * spacing.line / 240
    return None


def plain_text(letter: Letter) -> list[Para]:
    """Return the paragraphs of the body, but those that hold a picture."""
    return [para for para in letter.of(Role.TEXT) if not para.drawn]


def chars_per_line(letter: Letter) -> Iterator[Fault]:
    """6. 28 characters fill a line."""
    for section in upright(letter):
        some = [para for para in plain_text(letter) if para.section == section.number]
        counts = Counter((para.type.size, para.type.tracking) for para in some)
        size, tracking = counts.most_common(1)[0][0] if counts else (0, 0)
        advance = size * 10 + tracking
        if size != m.SIZE_3 or advance <= 0 or section.grid in _CHAR_GRIDS or _ADVANCE[0] < advance <= _ADVANCE[1]:
            continue
        measured = f"字距 {pt(advance)}，每行 {section.width // advance} 字"
        yield Fault(section, measured, f" {pt(m.CHAR)}、{CHARS} 字", Severity.WARNING, mends=True)


def grid(letter: Letter) -> Iterator[Fault]:
    """7. No grid of the page displaces rows or characters."""
    for section in upright(letter):
        if section.grid in _CHAR_GRIDS:
            yield Fault(section, "文档网格“指定行和字符”", "“只指定行”", Severity.WARNING, mends=True)
            continue
        snapping = [para for para in plain_text(letter) if para.section == section.number and para.snaps]
        if not section.grid or not snapping:
            continue
        most = _INK_PITCH[1] if is_ink(letter, section) else _PITCH[1]
        if section.pitch > most:
            measured = f"文档网格每行 {pt(section.pitch)}，每面 {section.height // section.pitch} 行"
            yield Fault(section, measured, f"每行至多 {pt(most)}", Severity.WARNING, mends=True)
        elif any(para.spacing.rule == "exact" and para.spacing.line != section.pitch for para in snapping):
            measured = f"固定行距与文档网格（每行 {pt(section.pitch)}）并用，各软件排得不同"
            yield Fault(section, measured, "不对齐网格", Severity.NOTICE, mends=True)


def uniform_spacing(letter: Letter) -> Iterator[Fault]:
    """8. Every paragraph of the body has the same exact line spacing and no white around it."""
    some = plain_text(letter)
    exact = Counter(para.spacing.line for para in some if para.spacing.rule == "exact")
    usual = exact.most_common(1)[0][0] if exact else m.AREAS[TextArea.MARGIN].row
    for para in some:
        spacing = para.spacing
        if spacing.rule != "exact":
            words = {"atLeast": f"最小值 {pt(spacing.line)}"}.get(spacing.rule, f"{spacing.line / 240:g} 倍")
            yield Fault(para, f"行距 {words}", f"固定值 {pt(usual)}", Severity.WARNING, mends=True)
        elif abs(spacing.line - usual) > 1:
            yield Fault(para, f"行距 {pt(spacing.line)}", f" {pt(usual)}，与正文一致", Severity.WARNING, mends=True)
        if spacing.before or spacing.after:
            measured = f"段前 {pt(spacing.before)}、段后 {pt(spacing.after)}"
            yield Fault(para, measured, " 0", Severity.WARNING, mends=True)
