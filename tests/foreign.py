# ruff: noqa: SLF001 -- python-docx has no words of its own for grids, borders, East Asian faces and fields
"""Letters as other offices make them: by python-docx, right in every point or wrong in the one that a test names."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

if TYPE_CHECKING:
    from collections.abc import Callable

CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
EXACTLY, AT_LEAST, MULTIPLE = WD_LINE_SPACING.EXACTLY, WD_LINE_SPACING.AT_LEAST, WD_LINE_SPACING.MULTIPLE
FANG, KAI, HEI, XBS, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
PITCH, INDENT = Pt(28.95), Twips(630)
SENTENCE = "今年以来，我局会同有关区县组成专班，走访夜市和商户，摸清底数，分类施策，推动夜市由有到优。"
TEXT = SENTENCE * 5  # 225 characters, eight to nine lines
LINES = (
    "您提出的关于优化夜市管理的提案收悉，现答复如下：",
    "一、基本情况",
    *[TEXT] * 6,
    "二、主要做法",
    "（一）完善设施",
    *[TEXT] * 6,
    "（二）加强管理",
    *[TEXT] * 3,
    "感谢您对我们工作的关心和支持。",
)


@dataclass
class Plan:
    """What a letter looks like; every default is right."""

    paper: tuple[float, float] = (210, 297)  # mm
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)  # mm: top, right, bottom, left
    rule: Any = EXACTLY
    line: Any = PITCH
    after: float = 0
    size: float = 16
    face: str = FANG
    latin: str = FANG
    tracking: int = -5
    first: Any = INDENT
    lead: str = ""
    grid: dict[str, str] = field(default_factory=dict)
    levels: tuple[str, str] = (HEI, KAI)
    numbers: bool = True
    lines: tuple[str, ...] = LINES
    head: Callable[[Maker], None] | None = None
    after_all: Callable[[Any], None] | None = None


class Maker:
    """Writes one letter paragraph by paragraph."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.document = docx.Document()
        self.section = self.document.sections[0]

    def make(self) -> bytes:
        """Return the letter as a .docx."""
        plan = self.plan
        self._page()
        if plan.head:
            plan.head(self)
        self.title()
        self.blank()
        self.line("尊敬的林晓委员：", first=Twips(0), lead="")
        for text in plan.lines:
            self.line(text, face=self._face(text))
        self.signature()
        if plan.numbers:
            self._page_numbers()
        if plan.after_all:
            plan.after_all(self.document)
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _face(self, text: str) -> str | None:
        return {"一": self.plan.levels[0], "二": self.plan.levels[0], "（": self.plan.levels[1]}.get(text[0])

    def _page(self) -> None:
        section = self.section
        section.page_width, section.page_height = (Mm(side) for side in self.plan.paper)
        sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
        for side, length in zip(sides, self.plan.margins, strict=True):
            setattr(section, side, Mm(length))
        section.footer_distance = Mm(25.05)
        if self.plan.grid:
            grid: Any = section._sectPr.find(qn("w:docGrid"))
            for name, value in self.plan.grid.items():
                grid.set(qn(f"w:{name}"), value)

    def line(self, text: str, *, face: str | None = None, first: Any = None, lead: str | None = None) -> Any:
        """Add a paragraph of the text as the plan has it."""
        plan = self.plan
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(plan.after)
        form.line_spacing_rule = plan.rule
        form.line_spacing = plan.line
        form.widow_control = False
        indent = plan.first if first is None else first
        if indent is not None:
            form.first_line_indent = indent
        write(paragraph, (plan.lead if lead is None else lead) + text, face or plan.face, plan.size, plan.tracking)
        if face is None:
            self._latin(paragraph)
        return paragraph

    def _latin(self, paragraph: Any) -> None:
        for run in paragraph.runs:
            fonts = run._r.rPr.rFonts
            for slot in ("ascii", "hAnsi"):
                fonts.set(qn(f"w:{slot}"), self.plan.latin)

    def blank(self, rows: int = 1) -> None:
        """Add empty rows."""
        for _ in range(rows):
            form = self.document.add_paragraph().paragraph_format
            form.space_after = Pt(0)
            form.line_spacing = Pt(28.95)

    def title(self, size: float = 22, face: str = XBS, *, bold: bool = False) -> None:
        """Add the title."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(32)
        write(paragraph, "关于优化夜市管理提案的答复", face, size, 0, bold=bold)

    def signature(self) -> None:
        """Add 署名 and 成文日期 in the middle of 4550 twips: a date of 2030, four characters on each side."""
        self.blank(2)
        for text in ("东河市商务局", "2025年8月26日"):
            paragraph = self.line(text, first=Twips(0), lead="")
            paragraph.alignment = CENTER
            paragraph.paragraph_format.left_indent = Twips(8844 - 4550)

    def _page_numbers(self) -> None:
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, side in ((self.section.footer, RIGHT), (self.section.even_page_footer, LEFT)):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            form = paragraph.paragraph_format
            form.right_indent, form.left_indent = (Twips(280), None) if side == RIGHT else (None, Twips(280))
            form.line_spacing = Pt(20)
            page_number(paragraph)


def write(paragraph: Any, text: str, face: str, size: float, tracking: int = 0, *, bold: bool = False) -> Any:
    """Add a run in one face for every script."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    fonts = run._r.rPr.rFonts
    if face:
        fonts.set(qn("w:eastAsia"), face)
    if bold:
        run.font.bold = True
    if tracking:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(tracking))
        run._r.rPr.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")
    return run


def page_number(paragraph: Any, before: str = "— ", after: str = " —") -> None:
    """Add the number of the page between two texts."""
    if before:
        write(paragraph, before, SONG, 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = write(paragraph, "1", SONG, 14)
    field.append(run._r)
    paragraph._p.append(field)
    if after:
        write(paragraph, after, SONG, 14)


def red_head(maker: Maker) -> None:
    """Add a red head with its usual faults: black mark at the left, square brackets, a close black line."""
    document = maker.document
    mark = document.add_paragraph()
    write(mark, "东河市商务局文件", SONG, 36, bold=True)
    mark.paragraph_format.space_after = Pt(0)
    maker.blank(1)
    number = maker.line("东商[2025]07号\t签发人：周明远", first=Twips(0))
    number.paragraph_format.tab_stops.add_tab_stop(Twips(8844), WD_TAB_ALIGNMENT.RIGHT)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "8", "space": "1", "color": "000000"}.items():
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    number._p.pPr.insert_element_before(border, "w:tabs", "w:spacing", "w:ind")
    maker.blank(2)


def made(**changes: Any) -> bytes:
    """Return a letter that is right but for *changes* of its plan."""
    return Maker(Plan(**changes)).make()


def untouched() -> bytes:
    """Return a letter written with python-docx as it comes."""
    document = docx.Document()
    for text in ("尊敬的林晓委员：", *LINES):
        document.add_paragraph(text)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a document as bytes."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def red(run: Any) -> Any:
    """Colour a run."""
    run.font.color.rgb = RGBColor(255, 0, 0)
    return run
