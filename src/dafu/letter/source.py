"""Blocks → body text: the way back from what a letter shows to the markup that shows it.

Nothing is guessed: each way to write a block is parsed again, and the first that reads as meant is taken.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dafu.letter.markup import blocks, rejoined
from dafu.letter.parts import Block, Cell, Paragraph, Run, Table, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PROSE = "。\n"  # lines are joined only where there is a full stop
_Look = tuple[tuple[str, bool], ...]  # stretches of text, each bold or not
_ROW_END = (("\n", False),)


def source(wanted: Sequence[Block], old: str = "") -> str:
    """Return body text that means *wanted*; what *old* says in the same words and weight is taken from it as it stands.

    A line that would be read as markup is escaped. Raises ValueError for a cell that no pipe table can hold.
    """
    if alike(wanted, blocks(old)):
        return old
    known = {_look(blocks(chunk)[0]): chunk for chunk in _chunks(old)}
    prose = _PROSE if any("。" in text for text in texts(wanted)) else ""
    written: list[str] = []
    for block in _with_tables_joined(wanted):
        chunk = known.get(_look(block)) or _written(block, prose)
        if written and not _is_apart(written[-1], chunk, prose):
            chunk = f"\\{''.join(texts([block]))}"
        written.append(chunk)
    return "".join(f"{chunk}\n" for chunk in written)


def alike(some: Sequence[Block], others: Sequence[Block]) -> bool:
    """Tell whether both say the same words in the same weight."""
    return [*map(_look, some)] == [*map(_look, others)]


def _look(block: Block) -> tuple[_Look, ...]:
    """Return what of a block can be seen in a letter that was edited: its words and what is bold."""
    if isinstance(block, Paragraph):
        return (_stretches(block.runs),)
    return tuple(look for row in block.rows for look in (*(_stretches(_runs(cell)) for cell in row), _ROW_END))


def _runs(cell: Cell) -> list[Run]:
    return [run for line in cell.lines for run in line.runs]


def _with_tables_joined(some: Iterable[Block]) -> Iterator[Block]:
    """Yield *some* with tables in a row as one: body text has nothing that would part them."""
    for is_table, group in groupby(some, key=lambda block: isinstance(block, Table)):
        if not is_table:
            yield from group
            continue
        tables = [block for block in group if isinstance(block, Table)]
        width = max(len(row) for table in tables for row in table.rows)
        rows = (row + (Cell(()),) * (width - len(row)) for table in tables for row in table.rows)
        yield Table(tuple(rows), tables[0].headed)


def _stretches(runs: Iterable[Run]) -> _Look:
    grouped = groupby(runs, key=lambda run: run.bold)
    found = (("".join(run.text for run in some), bold) for bold, some in grouped)
    return tuple((text, bold) for text, bold in found if text)


def _chunks(text: str) -> Iterator[str]:
    """Yield the source of each block of *text*: a line, or the lines of a table."""
    for is_row, group in groupby(rejoined(text), key=lambda line: isinstance(_first(line), Table)):
        rows = list(group)
        yield from ["\n".join(rows)] if is_row else rows


def _first(line: str) -> Block | None:
    return next(iter(blocks(line)), None)


def _written(block: Block, prose: str) -> str:
    """Return the best way to write *block*: with its bold words, else its words alone, else escaped."""
    ways = _tables(block) if isinstance(block, Table) else _lines(block)
    ranks = [(_rank(way, block, prose), -place, way) for place, way in enumerate(ways)]
    rank, _, best = max(ranks)
    if not rank:
        raise ValueError("表格写不进正文")
    return best


def _rank(way: str, block: Block, prose: str) -> int:
    """Return how well *way* says *block*: 3 exactly, 2 in its words and level, 1 in its words, 0 otherwise."""
    read = blocks(prose + way)[1 if prose else 0 :]
    if len(read) != 1 or "".join(texts(read)) != "".join(texts([block])):
        return 0
    if isinstance(block, Table) or isinstance(read[0], Table):
        return 3 if _look(read[0]) == _look(block) else 2 if _cells(read[0]) == _cells(block) else 0
    plain = _first(block.text)
    if isinstance(plain, Paragraph) and plain.text == block.text and read[0].level != plain.level:
        return 1
    return 3 if _look(read[0]) == _look(block) else 2


def _cells(block: Block) -> list[list[str]]:
    rows = block.rows if isinstance(block, Table) else ()
    return [["".join(run.text for run in _runs(cell)) for cell in row] for row in rows]


def _lines(block: Paragraph) -> Iterator[str]:
    yield from (_bold(block.runs), block.text, f"\\{block.text}")


def _bold(runs: Iterable[Run]) -> str:
    return "".join(f"**{text}**" if bold else text for text, bold in _stretches(runs))


def _tables(block: Table) -> Iterator[str]:
    """Yield the ways to write a table: its cells with their bold words, else without; ruled under its head or not."""
    bold = [[_bold(_runs(cell)) for cell in row] for row in block.rows]
    for cells in (bold, _cells(block)):
        rows = ["| " + " | ".join(row) + " |" for row in cells]
        ruled = [rows[0], "|" + " --- |" * len(cells[0]), *rows[1:]]
        yield from map("\n".join, [ruled, rows] if block.headed else [rows, ruled])


def _is_apart(above: str, below: str, prose: str) -> bool:
    """Tell whether *below* would stay a paragraph of its own under *above*."""
    pair = [above.splitlines()[-1], below.splitlines()[0]]
    return rejoined(prose + "\n".join(pair)) == [*prose.split(), *pair]
