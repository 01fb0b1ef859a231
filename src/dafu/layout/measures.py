"""Every number of the standard that the layout uses, once, with its clause (GB/T 9704-2012 unless said).

Lengths are whole twips (1 pt = 20, 1 mm = 56.69), type sizes are half points; a name that ends in another unit
says so. Exact line spacing puts the baseline 0.8 of the line's height below its top in Word and LibreOffice
alike, whatever the face, so heights can be computed without font metrics.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from dafu.terms import TextArea


def mm(length: float) -> int:
    """Return *length* millimetres in twips."""
    return round(length * 1440 / 25.4)


class Area(NamedTuple):
    """The height of 版心: white above and below the text, and the height of one of its 22 rows."""

    top: int
    bottom: int
    row: int


# 5.2.1, 5.2.3: 版心 156 × 225 mm with 37 mm above, 22 rows of 28 characters.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # 5.1: A4
LEFT, RIGHT = 1588, 1474  # 28 mm, 26 mm
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
AREAS = {
    TextArea.MARGIN: Area(top=2098, bottom=1984, row=579),  # 580, that is 29 pt, would give 21 rows
    TextArea.INK: Area(top=1906, bottom=1908, row=592),  # the em boxes, not the lines, span 225 mm
}
TEXT_BOTTOM = mm(37 + 225)

SLACK = 20  # a point of room, so that no rounding breaks what just fits
AUTOSPACE = 0.2  # ems that LibreOffice leaves between Hanzi and digits, told or not
BASELINE = 0.8  # share of an exact line that lies above the baseline
ASCENT = 0.88  # ems of the em box over the baseline in Chinese faces
CENTRED_LINE = 1.267  # ems: in an exact line of this height a Hanzi stands in the middle
TRACKING = -5  # 28 characters of 16 pt fit into 442.2 pt only when each is a quarter point narrower

# Type sizes in half points.
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 44, 32, 28, 24  # 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt
CHAR = SIZE_3 * 10 + TRACKING  # 3.1: 一字, the width of a character of the text
CHAR_4 = SIZE_4 * 10  # the same in 四号, which is not tracked

# 7.2.4: the red mark, its ink 35 mm below the upper edge of 版心.
MARK_TOP = mm(37 + 35)
MARK_SIZE_MAX = 108  # 54 pt, the height of the usual red heads
MARK_LINE = 1.15  # height of its line in ems
MARK_ASCENT, MARK_DESCENT = 0.846, 0.1  # ems of ink over and under the baseline in a bold Song face
# The names of a joint mark stand close and share the height of one and a half single marks: page 1 must show text.
JOINT_LINE = 1.25  # ems
JOINT_SIZES = 200  # half points of all names together
JOINT_GAP = 0.5  # ems between the names and 文件
MARK_BLANK_ROWS = 2  # 7.2.5: between the mark and 发文字号
NAMES_PER_ROW = 2  # 7.2.6

# 7.2.7: the red line, 4 mm under 发文字号. A border is measured from the line's bottom edge, in whole points.
RED = "FF0000"
RED_LINE_GAP_PT = 8
RED_LINE_EIGHTHS_PT = 8  # 1 pt, 0.35 mm; the standard leaves it open

TITLE_BLANK_ROWS = 2  # 7.3.1
TITLE_LINE = 640  # 32 pt
TITLE_CHARS = 20  # of 22 pt in one line
TITLE_CHARS_EASY = 18
INDENT = 2 * CHAR  # 7.3.3
CHARS = 28  # in one line, 5.2.3
HEADING_LINES = 2  # what is longer is text that lacks its full stop
CLOSING_LINES = 3  # rows of a last paragraph that goes to the next page with 署名

# 7.3.5: 署名 and 成文日期.
SEALED_BLANK_ROWS = 2  # 7.3.5.1: room for a seal of 42 mm that begins within one row of the text
BARE_BLANK_ROWS = 1  # 7.3.5.2
DATE_RIGHT_SEALED = 4 * CHAR
BARE_SHIFT = 2 * CHAR
# Seals of 42–45 mm side by side do not touch: three fit into 版心 when the last is centred on its date, two with
# longer names under them. Rows of seals stand five rows of text apart.
SEALS_PER_ROW = {3: mm(46), 2: mm(78)}  # to the distance of their centres
SEAL_ROWS = 5

# 7.3.5.5: what may be done when the signature would stand alone.
TIGHT = 2  # blank rows above it become half rows
TRACKING_TIGHT = -8

# Tables: the standard is silent.
TABLE_RULE_EIGHTHS_PT = 4  # 0.18 mm
TABLE_RULES_HEIGHT = 20  # what its outer rules add to a table: the first row gives it up
CELL_MARGIN = 80
CENTRED_EMS_MAX = 8  # columns of longer texts are not centred

# 7.4: 版记.
IMPRINT_ROW = 520
THICK_EIGHTHS_PT, THIN_EIGHTHS_PT = 8, 6  # 0.35 mm and 0.25 mm

# 7.5: page numbers, the dash 7 mm below 版心. The footers stand in parts/common/word; under the number they leave
# a blank of 286 down to the height of the lower lines of 信函 (10.1: 20 mm above the lower edge of the page).
HEADER = 851  # Word's default, nothing stands there
FOOTER = mm(20)

# 10.1: 信函, its mark and its two pairs of red lines.
LETTER_MARK_TOP = mm(30)
LETTER_LINE_INDENT = (TEXT_WIDTH - mm(170)) // 2  # negative: the lines are wider than 版心
LETTER_LINE_UNDER_MARK = mm(4)
LETTER_TEXT_UNDER_LINE = SIZE_3 * 10 * 7 // 8
LETTER_THICK_EIGHTHS_PT, LETTER_THIN_EIGHTHS_PT = 18, 6  # 0.8 mm and 0.26 mm; the standard leaves it open
LETTER_LINE_GAP = 40  # between the two lines of a pair


@lru_cache(maxsize=1024)
def ems(text: str) -> float:
    """Return the width of *text* in ems: Latin letters and digits take half of one."""
    return sum(0.5 if unicodedata.east_asian_width(char) in ("Na", "N", "H") else 1.0 for char in text)


def width(text: str, size: int = SIZE_3, tracking: int = TRACKING) -> int:
    """Return the width of *text* in twips."""
    return round(ems(text) * size * 10) + len(text) * tracking
