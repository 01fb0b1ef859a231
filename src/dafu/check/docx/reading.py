"""The text of a foreign .docx: each paragraph with its number, its words and its look, and the sections of pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from dafu.check.docx import effective
from dafu.check.docx.effective import Indents, Looks, Spacing, Type
from dafu.check.docx.opening import is_on, number, unusable, value, w
from dafu.layout import measures as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dafu.check.docx.opening import Package

_MOST = 20_000  # paragraphs: no letter has as many, and reading takes time
_MOST_RUNS = 20_000
_BLANKS = " \t\n\u3000\xa0"
_WORDS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_GONE = {w(tag) for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "txbxContent")}
_DRAWN = {w(tag) for tag in ("drawing", "pict", "object")} | {
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}
_AROUND = {w(tag) for tag in ("sdt", "sdtContent", "customXml", "tr", "ins", "moveTo", "smartTag")}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one run says, and its look."""

    text: str
    type: Type
    run: Element


@dataclass(frozen=True)
class Para:
    """A paragraph: `number` counts all of the text from 1, `table` is the number of the table it stands in or 0.

    `drawn` says that it holds a picture or a formula, or stands in a frame: its height is not that of its text.
    """

    element: Element
    style: str  # its name
    number: int
    table: int
    section: int
    pieces: tuple[Piece, ...]
    chain: list[Element]
    drawn: bool
    mark: Type  # the look of the paragraph mark, which gives an empty paragraph its height

    @cached_property
    def text(self) -> str:
        """Return its words, as they stand."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def words(self) -> str:
        """Return its words without blanks around them."""
        return self.text.strip(_BLANKS)

    @cached_property
    def lead(self) -> str:
        """Return the blanks that its text begins with."""
        return self.text[: len(self.text) - len(self.text.lstrip(_BLANKS))]

    @cached_property
    def type(self) -> Type:
        """Return the look that most of its characters have."""
        counts: dict[Type, int] = {}
        for piece in self.pieces:
            counts[piece.type] = counts.get(piece.type, 0) + len(piece.text.strip(_BLANKS))
        return max(counts, key=lambda one: counts[one]) if any(counts.values()) else self.mark

    @cached_property
    def spacing(self) -> Spacing:
        """Return the height of its lines and the white around it."""
        return effective.spacing(self.chain)

    @cached_property
    def indents(self) -> Indents:
        """Return its indents."""
        return effective.indents(self.chain, self.type.size * 10 + self.type.tracking)

    @cached_property
    def align(self) -> str:
        """Return `left`, `right`, `center` or `both`."""
        return effective.alignment(self.chain)

    @cached_property
    def controls_widows(self) -> bool:
        """Tell whether no single line of it may stand at the end of a page."""
        return effective.switch(self.chain, "widowControl", default=True)

    @cached_property
    def snaps(self) -> bool:
        """Tell whether its lines snap to the grid of the page."""
        return effective.switch(self.chain, "snapToGrid", default=True)


@dataclass(frozen=True)
class Section:
    """The pages of one section: `number` from 1, lengths in twips, `parts` its headers and footers by kind."""

    number: int
    element: Element
    parts: dict[str, str]  # such as "footer-even" → name of the part

    def _number(self, tag: str, name: str, default: int) -> int:
        found = number(value(self.element.find(w(tag)), name))
        return default if found is None else found

    @cached_property
    def size(self) -> tuple[int, int]:
        """Return width and height of the paper; without any, that of Letter, as Word takes it."""
        return self._number("pgSz", "w", 12240), self._number("pgSz", "h", 15840)

    @cached_property
    def margins(self) -> tuple[int, int, int, int]:
        """Return the margins at top, right, bottom and left, the gutter counted as left."""
        top, right, bottom, left = (self._number("pgMar", side, 1440) for side in ("top", "right", "bottom", "left"))
        return abs(top), right, abs(bottom), left + self._number("pgMar", "gutter", 0)

    @property
    def lies(self) -> bool:
        """Tell whether its paper lies on its long side."""
        return self.size[0] > self.size[1]

    @property
    def width(self) -> int:
        """Return the width of 版心."""
        return self.size[0] - self.margins[1] - self.margins[3]

    @property
    def height(self) -> int:
        """Return the height of 版心."""
        return self.size[1] - self.margins[0] - self.margins[2]

    @property
    def footer(self) -> int:
        """Return how far the footer stands from the lower edge of the paper."""
        return self._number("pgMar", "footer", 720)

    @property
    def grid(self) -> str:
        """Return the kind of its grid, or "" where nothing snaps."""
        kind = value(self.element.find(w("docGrid")), "type")
        return "" if kind == "default" else kind

    @property
    def pitch(self) -> int:
        """Return the height of a row of its grid."""
        return self._number("docGrid", "linePitch", 0)

    @property
    def hides_first(self) -> bool:
        """Tell whether its first page has a header and a footer of its own."""
        return is_on(self.element.find(w("titlePg")))


class Text:
    """All that a document says, in order."""

    def __init__(self, package: Package, looks: Looks | None = None) -> None:
        self.package = package
        self.looks = looks or Looks(package)  # the same while only the text changes
        self.settings = package.part(package.related("settings"))

    @cached_property
    def sections(self) -> list[Section]:
        """Return the sections; headers and footers that one lacks are those of the one before."""
        found: list[Section] = []
        relations = self.package.relations(self.package.main)
        for at, element in enumerate(self.package.root.iter(w("sectPr")), 1):
            parts = dict(found[-1].parts) if found else {}
            for tag in ("header", "footer"):
                for one in element.iterfind(w(f"{tag}Reference")):
                    target = relations.get(one.get(_ID, ""), ("", ""))[1]
                    if self.package.part(target) is not None:
                        parts[f"{tag}-{value(one, 'type') or 'default'}"] = target
            found.append(Section(at, element, parts))
        return found or [Section(1, etree.Element(w("sectPr")), {})]

    @cached_property
    def paragraphs(self) -> list[Para]:
        """Return the paragraphs of the text, those in tables included, text boxes and notes left out."""
        root = self.package.root
        body = root.find(w("body"))
        found: list[Para] = []
        section = 1
        if sum(1 for _ in islice(root.iter(w("r")), _MOST_RUNS + 1)) > _MOST_RUNS:
            raise unusable(f"超过 {_MOST_RUNS:,} 处格式变化，不像答复件", "请核对是不是选错了文件")
        for element, table in _paragraphs(root if body is None else body, _Count()):
            if len(found) == _MOST:
                raise unusable(f"超过 {_MOST:,} 段，不像答复件", "请核对是不是选错了文件")
            found.append(self.read(element, len(found) + 1, table, min(section, len(self.sections))))
            section += element.find(f"{w('pPr')}/{w('sectPr')}") is not None
        return found

    def read(self, element: Element, number: int = 0, table: int = 0, section: int = 1) -> Para:
        """Return what one paragraph says and how it looks."""
        style = value(element.find(f"{w('pPr')}/{w('pStyle')}"))
        runs = list(_runs(element))
        pieces = tuple(
            Piece("".join(map(words_of, run)), self.looks.type_of(run.find(w("rPr")), style), run) for run in runs
        )
        chain = self.looks.of_paragraph(element)
        drawn = any(node.tag in _DRAWN for node in element.iterdescendants()) or _is_framed(chain)
        marks = element.find(f"{w('pPr')}/{w('rPr')}")
        mark, name = self.looks.type_of(marks, style), self.looks.name_of(style)
        return Para(element, name, number, table, section, pieces, chain, drawn, mark)

    def part_paragraphs(self, name: str) -> list[Para]:
        """Return the paragraphs of a header or footer."""
        root = self.package.part(name)
        return [] if root is None else [self.read(element) for element, _ in _paragraphs(root, _Count())]

    @cached_property
    def has_even_pages(self) -> bool:
        """Tell whether even pages have headers and footers of their own."""
        return self.settings is not None and is_on(self.settings.find(w("evenAndOddHeaders")))


_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class _Count:
    """Counts tables."""

    def __init__(self) -> None:
        self.tables = 0

    def next(self) -> int:
        self.tables += 1
        return self.tables


def _paragraphs(parent: Element, count: _Count, table: int = 0) -> Iterator[tuple[Element, int]]:
    """Yield each paragraph below *parent* with the number of its outermost table."""
    for child in parent:
        if child.tag == w("p"):
            yield child, table
        elif child.tag == w("tbl"):
            yield from _paragraphs(child, count, table or count.next())
        elif child.tag in _AROUND or child.tag == w("tc"):
            yield from _paragraphs(child, count, table)


def _runs(paragraph: Element) -> Iterator[Element]:
    for child in paragraph:
        if child.tag == w("r"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _runs(child)


def _is_framed(chain: list[Element]) -> bool:
    return any(properties.find(w("framePr")) is not None for properties in chain)


def words_of(node: Element) -> str:
    """Return what a child of a run says."""
    return (node.text or "") if node.tag == w("t") else _WORDS.get(str(node.tag), "")


def height(para: Para, section: Section) -> float | None:
    """Return how high a paragraph of one line stands with the white around it, or None where the face decides."""
    spacing = para.spacing
    white = spacing.before + spacing.after
    if spacing.rule == "exact":
        return white + spacing.line
    if section.grid and para.snaps and section.pitch:
        rows = -(-round(1.3 * para.type.size * 10) // section.pitch)
        return white + rows * section.pitch * spacing.line / 240
    return None


def row_of(section: Section) -> int:
    """Return the height of a row of the page that *section* comes nearest to."""
    return min(m.AREAS.values(), key=lambda area: abs(section.margins[0] - area.top)).row
