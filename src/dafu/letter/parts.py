"""What a letter is made of: runs, paragraphs, tables, and the elements of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu.terms import GradePlace, ImprintSide, Letterhead, OpennessPlace, PageForm, Seal, TextArea

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Run(NamedTuple):
    """A stretch of text of one kind: `heading` has its level's face, `missing` is a value not there yet."""

    text: str
    bold: bool = False
    heading: bool = False
    missing: bool = False


class Paragraph(NamedTuple):
    """A paragraph of the body; level 0 is text, 1–4 are the heading levels."""

    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join([run.text for run in self.runs])


class Cell(NamedTuple):
    """A cell: its lines, those that stand at the right below them, and the columns and rows that it takes.

    `label` says that it names what stands beside it.
    """

    lines: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...] = ()
    label: bool = False
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "\n".join(line.text for line in (*self.lines, *self.closing))


class Table(NamedTuple):
    """A table: rows of cells; `headed` when the first row names the columns.

    A form has `shares`, the widths of its columns in parts of the whole, and `heights`, the least height of each row
    in rows of the page (0: as its text wants); in `rows` each cell stands in its first row, and nowhere else.
    """

    rows: tuple[tuple[Cell, ...], ...]
    headed: bool = False
    shares: tuple[int, ...] = ()
    heights: tuple[int, ...] = ()


Block = Paragraph | Table


class Style(NamedTuple):
    """The choices of the office that the layout must know."""

    form: PageForm = PageForm.DOCUMENT
    letterhead: Letterhead = Letterhead.PRINTED
    grade_place: GradePlace = GradePlace.UNDER_SIGNER
    openness_place: OpennessPlace = OpennessPlace.ABSENT
    imprint_side: ImprintSide = ImprintSide.LAST
    text_area: TextArea = TextArea.MARGIN
    seal: Seal = Seal.SEALED


class Appendix(NamedTuple):
    """附件: what follows the letter on pages of its own (GB/T 9704-2012 7.3.7): `附件1`, its title, its body."""

    label: str
    title: str
    body: tuple[Block, ...]


class Letter(NamedTuple):
    """A paper as the elements of GB/T 9704-2012; an element that is empty is not printed.

    One-line elements are text, elements of several lines are tuples of lines, `body` is blocks (opening, body and
    closing in order). Any text may hold `【缺：字段】`. `joint` names the organs that issue it together with that of
    `mark` (7.2.4). `unbroken` lists words that a title line must not cut.
    """

    title: str
    salutation: str
    body: tuple[Block, ...]
    mark: str = ""
    number: str = ""
    signer: str = ""
    grade: str = ""
    openness: str = ""
    attachments: tuple[str, ...] = ()
    organ: str = ""
    date: str = ""
    note: str = ""
    contact: tuple[str, ...] = ()
    copies: str = ""
    printer: str = ""
    printed: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    joint: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    style: Style = Style()
    unbroken: tuple[str, ...] = ()


def texts(some: Iterable[Block]) -> Iterator[str]:
    """Yield the words of each paragraph and each table cell that is not empty."""
    for block in some:
        yield from (line.text for line in _lines_of(block) if line.text)


def _lines_of(block: Block) -> Iterable[Paragraph]:
    if isinstance(block, Paragraph):
        return (block,)
    return (line for row in block.rows for cell in row for line in (*cell.lines, *cell.closing))
