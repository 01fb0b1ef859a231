"""The parts of a letter as text with a role and no look; body text becomes blocks.

The official numbering is the markup (GB/T 9704-2012 7.3.3): a line that begins with 一、 is a heading of
level 1, （一） of level 2, `1.` of level 3, （1） of level 4. `**…**` is bold, a pipe table is a table, a
leading backslash makes the whole line plain. Nothing else is special.
"""

from dafu.letter.forms import form, guarded
from dafu.letter.markup import (
    BLANKS,
    LACKING,
    MISSING,
    appendices,
    blocks,
    is_page_number,
    lines,
    pieces,
    plain,
    rejoined,
)
from dafu.letter.parts import Appendix, Block, Cell, Letter, Paragraph, Run, Style, Table, texts

__all__ = [
    "BLANKS",
    "LACKING",
    "MISSING",
    "Appendix",
    "Block",
    "Cell",
    "Letter",
    "Paragraph",
    "Run",
    "Style",
    "Table",
    "appendices",
    "blocks",
    "form",
    "guarded",
    "is_page_number",
    "lines",
    "pieces",
    "plain",
    "rejoined",
    "texts",
]
