"""The text of a letter against that of its record, paragraph by paragraph: what was changed, put in, taken out, moved.

A paragraph of a body is named by its number from the first one, a table counts as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.check.against import Difference, printed
from dafu.check.wording import aligned, bare, cut_like, marked
from dafu.errors import Problem, Severity
from dafu.letter import Paragraph, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.check.wording import Pair
    from dafu.letter import Block

_QUOTED = 40  # characters of a paragraph that is quoted
_ACCEPT = "以文件为准，dafu compare --accept；以记录为准，移走这个文件再 draft"
_SIGNED = "核对签发的是哪一稿；以文件为准，改记录的正文"
_TEMPLATE = "开头、结尾在模板里：改模板，或者改文件"
_ELSEWHERE = "核对；这些字不在正文里，不能用 --accept 取回"
_BETWEEN = "｜"  # cells of a row


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a row of a table, and the block that it belongs to."""

    text: str
    block: int


@dataclass(frozen=True, slots=True)
class Script:
    """A letter as the units that it is made of; `text` are those from the opening to the closing, `body` 正文."""

    units: tuple[Unit, ...]
    text: range
    body: range

    def body_of(self, drawn: Sequence[Block]) -> list[Block]:
        """Return the blocks of 正文 among those of the whole letter."""
        return [drawn[at] for at in sorted({self.units[at].block for at in self.body})]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and the blocks of the file that stand where the record has its 正文."""

    differences: tuple[Difference, ...]
    body: tuple[Block, ...]


def script(drawn: Sequence[Block], text: Sequence[Block], body: range) -> Script:
    """Return the script of a letter: all its blocks as they were *drawn*, and in *text* those of 正文 at *body*.

    Raises ValueError where the text is not among what was drawn: it has characters that nobody can see.
    """
    every, inside = _units(drawn), _units(text)
    words, wanted = [*map(_flat, every)], [*map(_flat, inside)]
    start = next((at for at in range(len(words)) if words[at : at + len(wanted)] == wanted), None)
    if start is None:
        raise ValueError("答复件的文字里有看不见的字符")
    of_body = [at for at, unit in enumerate(inside, start) if unit.block in body]
    first = of_body[0] if of_body else start + sum(unit.block < body.start for unit in inside)
    return Script(tuple(every), range(start, start + len(wanted)), range(first, first + len(of_body)))


def _units(blocks: Iterable[Block]) -> list[Unit]:
    found = [Unit(text, at) for at, block in enumerate(blocks) for text in _rows(block)]
    return [unit for unit in found if unit.text.strip(f"{_BETWEEN} \n")]


def _flat(unit: Unit) -> str:
    """Return the words of a unit without what stands between cells: merged ones have more or fewer places."""
    return bare(unit.text.replace(_BETWEEN, ""))


def _rows(block: Block) -> Iterable[str]:
    if isinstance(block, Paragraph):
        return (block.text,)
    if all(len(row) == 1 for row in block.rows):
        return texts([block])
    return (_BETWEEN.join(cell.text for cell in row) for row in block.rows)


def of_blocks(ours: Script, blocks: Sequence[Block], known: Sequence[Difference]) -> Compared:
    """Compare with the *blocks* of a .docx; what *known* tells of elements is not told again."""
    theirs = _units(blocks)
    pairs = aligned([unit.text for unit in ours.units], [unit.text for unit in theirs])
    inside = _their_body(ours, pairs, len(theirs))
    body = tuple(blocks[at] for at in sorted({theirs[at].block for at in inside}))
    found = [*_of_text(ours, theirs, pairs, inside), *_elsewhere(ours, theirs, pairs, inside, known)]
    return Compared(tuple(found), body)


def of_flow(ours: Script, flow: str, known: Sequence[Difference]) -> list[Difference]:
    """Compare with *flow*, the text of a file that knows no paragraphs, as a PDF."""
    units = [Unit(unit.text.replace(_BETWEEN, ""), unit.block) for unit in ours.units]
    flat = Script(tuple(units), ours.text, ours.body)
    cut = cut_like([unit.text for unit in units], bare(flow))
    pairs: list[Pair] = [(at, at if cut[at] else None) for at in ours.text]
    found = _of_text(flat, [Unit(text, 0) for text in cut], pairs, ours.body, _SIGNED)
    whole, told = bare(flow), [printed(one.ours) for one in known if one.ours]
    words = (bare(word) for at, unit in enumerate(units) if at not in ours.text for word in unit.text.split())
    lacking = (word for word in words if word not in whole and not any(one in word or word in one for one in told))
    return [*found, *(_difference("C126", "", f"文件里没有“{word}”", _ELSEWHERE, (word, "")) for word in lacking)]


def _their_body(ours: Script, pairs: Iterable[Pair], count: int) -> range:
    """Return which units of the file stand between those that are before 正文 and those that are behind it."""
    matched = [(a, b) for a, b in pairs if a is not None and b is not None]
    start = max((b + 1 for a, b in matched if a < ours.body.start), default=0)
    stop = min((b for a, b in matched if a >= ours.body.stop), default=count)
    return range(start, max(start, stop))


# Inside the text -----------------------------------------------------------------------------------------------------


def _of_text(
    ours: Script, theirs: Sequence[Unit], pairs: Sequence[Pair], inside: range, cure: str = _ACCEPT
) -> Iterator[Difference]:
    """Yield what differs from the opening to the closing; *cure* is that of 正文."""
    taken, put = _alone(ours, theirs, pairs, inside)
    for a, b in pairs:
        if a is not None and a in ours.text and a not in taken:
            yield from _of_ours(ours, theirs, (a, b), cure)
        elif b is not None and b in inside and b not in put:
            where = f"正文第{_ordinal(theirs, inside, b)}段"
            text = theirs[b].text
            yield _difference("C123", where, f"文件里多出这一段：“{_quoted(text)}”", cure, ("", text))
    for a, b in taken.items():
        old, new = _ordinal(ours.units, ours.body, a), _ordinal(theirs, inside, b)
        text = ours.units[a].text
        message = f"在文件里是第{new}段：“{_quoted(text)}”"
        yield _difference("C125", f"正文第{old}段", message, cure, (text, theirs[b].text))


def _alone(
    ours: Script, theirs: Sequence[Unit], pairs: Iterable[Pair], inside: range
) -> tuple[dict[int, int], set[int]]:
    """Return the paragraphs of 正文 that only changed their place, ours → theirs, and those places."""
    waiting: dict[str, list[int]] = {}
    for _, b in (pair for pair in pairs if pair[0] is None):
        if b is not None and b in inside:
            waiting.setdefault(bare(theirs[b].text), []).append(b)
    moved: dict[int, int] = {}
    for a, _ in (pair for pair in pairs if pair[1] is None):
        if a is not None and a in ours.body and (places := waiting.get(bare(ours.units[a].text))):
            moved[a] = places.pop(0)
    return moved, set(moved.values())


def _of_ours(ours: Script, theirs: Sequence[Unit], pair: tuple[int, int | None], cure: str) -> Iterator[Difference]:
    a, b = pair
    text = ours.units[a].text
    other = "" if b is None else theirs[b].text
    if bare(text) == bare(other):
        return
    code = "C121" if a not in ours.body else "C122" if other else "C124"
    message = f"文件里改成了：{marked(text, other)}" if other else f"文件里没有这一段：“{_quoted(text)}”"
    yield _difference(code, _place(ours, a), message, cure if a in ours.body else _TEMPLATE, (text, other))


def _place(ours: Script, at: int) -> str:
    if at < ours.body.start:
        return "开头"
    return f"正文第{_ordinal(ours.units, ours.body, at)}段" if at in ours.body else "结尾"


def _ordinal(units: Sequence[Unit], body: range, at: int) -> int:
    """Return the number of a paragraph in the body: the rows of a table are one."""
    return units[at].block - units[body.start].block + 1


# Around the text -----------------------------------------------------------------------------------------------------


def _elsewhere(
    ours: Script, theirs: Sequence[Unit], pairs: Iterable[Pair], inside: range, known: Sequence[Difference]
) -> Iterator[Difference]:
    """Yield what differs above and below the text and is no element that is known to differ."""
    told = [printed(one.ours) for one in known if one.ours], [printed(one.theirs) for one in known if one.theirs]
    for a, b in pairs:
        if (a in ours.text) if a is not None else (b in inside):
            continue
        old, new = ("" if a is None else ours.units[a].text), ("" if b is None else theirs[b].text)
        if bare(old) == bare(new) or _tells(told[0], old) or _tells(told[1], new):
            continue
        message = f"文件里改成了：{marked(old, new)}" if old and new else ""
        message = message or (f"文件里没有“{_quoted(old)}”" if old else f"文件里多出“{_quoted(new)}”")
        yield _difference("C126", "", message, _ELSEWHERE, (old, new))


def _tells(values: Iterable[str], text: str) -> bool:
    return any(part in bare(text) for value in values for part in value.split("、") if part)


def _difference(code: str, field: str, message: str, cure: str, words: tuple[str, str]) -> Difference:
    return Difference(Problem(code, message, cure, field, severity=Severity.WARNING), *words)


def _quoted(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _QUOTED else f"{one_line[:_QUOTED]}…"
