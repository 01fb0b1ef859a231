"""发文机关标志: the red name of the office, its ink at the height that the standard asks for (7.2.4, 10.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dafu.layout import measures as m
from dafu.layout.looks import MARK, paragraph
from dafu.layout.runs import write
from dafu.terms import Letterhead, PageForm

if TYPE_CHECKING:
    from dafu.layout.runs import Type
    from dafu.letter import Letter

_WORD = "文件"
_NO_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))


class Mark(NamedTuple):
    """The mark's paragraph or table, and the white in it over and under the ink, in twips."""

    content: str
    over: int
    under: int


def is_headed(letter: Letter) -> bool:
    """Return whether the first page has a red head, printed by us or before us."""
    return bool(letter.mark) and letter.style.letterhead is not Letterhead.ABSENT


def is_printed(letter: Letter) -> bool:
    """Return whether the red head is ours to print."""
    return is_headed(letter) and letter.style.letterhead is Letterhead.PRINTED


def mark_words(letter: Letter) -> tuple[str, ...]:
    """Return the words of the mark as they are printed: none where it is not ours, a joint one name by name."""
    if not is_printed(letter):
        return ()
    return (*_names(letter), *_word(letter)) if _is_joint(letter) else (letter.mark,)


def mark_type(mark: str) -> Type:
    """Return the type of the mark: the largest that is allowed and lets it stand on one line."""
    return _fitting(m.ems(mark), m.MARK_SIZE_MAX)


def mark(letter: Letter) -> Mark:
    """Return the mark of *letter*; on pre-printed paper its room stays empty, in 信函 only the host is named."""
    if _is_joint(letter):
        return _joint(letter)
    return _single(letter.mark, is_printed(letter))


@lru_cache(maxsize=16)
def _single(mark: str, printed: bool) -> Mark:  # noqa: FBT001 -- positional keeps the cache key small
    """Return the mark of one office, which all its letters share."""
    look = mark_type(mark)
    line = round(m.MARK_LINE * look.size * 10)
    content = write(mark, look) if printed else ""
    return _placed(paragraph(MARK._replace(type=look, line=line), content), look, line)


def _placed(content: str, look: Type, line: int) -> Mark:
    em, baseline = look.size * 10, m.BASELINE * line
    return Mark(content, round(baseline - m.MARK_ASCENT * em), round(line - baseline - m.MARK_DESCENT * em))


def _fitting(ems: float, most: int) -> Type:
    return MARK.type._replace(size=min(most, int(m.TEXT_WIDTH / 10 // ems)))


def _is_joint(letter: Letter) -> bool:
    return bool(letter.joint) and letter.style.form is PageForm.DOCUMENT


def _names(letter: Letter) -> tuple[str, ...]:
    return (letter.mark.removesuffix(_WORD), *letter.joint)


def _word(letter: Letter) -> tuple[str, ...]:
    return (_WORD,) if letter.mark.endswith(_WORD) else ()


def _joint(letter: Letter) -> Mark:
    """Return the names one under another, the host's first, all as wide as the widest, and 文件 at their right."""
    names, word = _names(letter), "".join(_word(letter))
    widest, beside = max(map(m.ems, names)), m.JOINT_GAP + m.ems(word)
    look = _fitting(widest + beside, m.JOINT_SIZES // len(names))
    em, line = look.size * 10, round(m.JOINT_LINE * look.size * 10)
    if not is_printed(letter):
        return _placed(paragraph(MARK._replace(type=look, line=line * len(names))), look, line)
    row = MARK._replace(type=look, line=line, align="left" if word else "center")
    stack = "".join(paragraph(row, _spread(name, look, widest)) for name in names)
    cells = [(round((widest + m.JOINT_GAP) * em), stack)]
    if word:
        cells.append((round(m.ems(word) * em) + m.SLACK, paragraph(row, write(word, look))))
    return _placed(_table(cells, line * len(names)), look, line)


def _spread(name: str, look: Type, ems: float) -> str:
    """Return *name* with its characters spread over *ems*; its last one bears no white behind it."""
    white = (ems - m.ems(name)) * look.size * 10 / max(1, len(name) - 1)
    return write(name[:-1], look._replace(tracking=int(white))) + write(name[-1:], look)


def _table(cells: list[tuple[int, str]], height: int) -> str:
    """Return one row of cells (width, content) without rules, in the middle of 版心."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width, _ in cells)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
        for width, content in cells
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(width for width, _ in cells)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_NO_MARGINS}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/>'
        f"</w:trPr>{row}</w:tr></w:tbl>"
    )
