"""Find the header of a list: under title rows, over one row or two, whatever is merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.ledger.columns import NUMBER, SUBJECT, Column, Form, column_of, plain_heading, rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dafu.sheets import Cell, Sheet

_DEEPEST = 30  # rows in which a header is looked for
_WIDEST = 500  # columns that are looked at
_FEWEST = 2  # columns that make a header


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above each column of a sheet, and which columns it means; data begin below `last`."""

    last: int
    headings: Mapping[int, str]
    columns: Mapping[int, Column]
    title: str

    @property
    def unread(self) -> dict[int, str]:
        """Return the headings that mean no column, or one that a better heading has taken."""
        return {place: text for place, text in self.headings.items() if place not in self.columns}


def find_header(sheet: Sheet, names: Mapping[str, Column]) -> Header | None:
    """Return the header of *sheet*: the row, or two, that names most columns; None where no row names two.

    Several columns of names under one heading count as one: a row below that tells them apart says more.

    *names* are headings that the office has explained itself, as `plain_heading` gives them.
    """
    found = [header for header in _candidates(sheet, names) if len(header.columns) >= _FEWEST]
    return max(found, key=_worth, default=None)  # of equal ones the first


def _worth(header: Header) -> tuple[int, int]:
    return len(set(header.columns.values())), len(header.columns)


def _candidates(sheet: Sheet, names: Mapping[str, Column]) -> Iterator[Header]:
    """Yield every row as a header, then every two rows: one that says as much alone is the better one."""
    rows = {row: _narrow(sheet.rows[row]) for row in list(sheet.rows)[: _DEEPEST + 1]}
    heads = list(rows)[:_DEEPEST]
    titles = [
        " ".join(dict.fromkeys(text for row in heads[:n] for text in rows[row].values())) for n in range(len(heads))
    ]
    for row, title in zip(heads, titles, strict=True):
        yield _header(row, {place: [text] for place, text in rows[row].items()}, names, title)
    for row, title in zip(heads, titles, strict=True):
        double = _doubled(rows[row], rows.get(row + 1, {}))
        if row + 1 in rows and not _hits_data(double, names):
            yield _header(row + 1, double, names, title)


def _narrow(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {place: cell.text for place, cell in cells.items() if place <= _WIDEST}


def _doubled(above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, list[str]]:
    """Return the one or two texts above each column; a blank one above continues what stands left of it."""
    found: dict[int, list[str]] = {}
    upper = ""
    for place in sorted({*above, *below}):
        upper, under = above.get(place, upper), below.get(place, "")
        found[place] = [upper] if not under or plain_heading(under) == plain_heading(upper) else [upper, under]
    return found


def _hits_data(double: Mapping[int, list[str]], names: Mapping[str, Column]) -> bool:
    """Tell whether the lower row already holds data: something stands below 案号 or 案由."""
    return any(len(texts) > 1 and _meant(texts[:1], names) in (NUMBER, SUBJECT) for texts in double.values())


def _header(last: int, above: Mapping[int, list[str]], names: Mapping[str, Column], title: str) -> Header:
    headings = {
        place: "·".join(filter(None, (" ".join(text.split()) for text in texts))) for place, texts in above.items()
    }
    meant = {place: column for place, texts in above.items() if (column := _meant(texts, names))}
    best: dict[Column, int] = {}
    for place in sorted(
        meant, key=lambda place: (not _is_explained(above[place], names), _rank(meant[place], above[place]))
    ):
        best.setdefault(meant[place], place)
    kept = {
        place: column for place, column in sorted(meant.items()) if best[column] == place or column.form is Form.NAMES
    }
    return Header(last, headings, kept, title)


def _meant(texts: list[str], names: Mapping[str, Column]) -> Column | None:
    """Return the column that a heading means: both its rows together, else the lower one, else the upper."""
    ways = ["".join(texts), *reversed(texts)] if len(texts) > 1 else texts
    explained = next((names[plain_heading(way)] for way in ways if plain_heading(way) in names), None)
    lower = ways[:2]  # what stands above several columns says of none of them what it is
    return explained or next((column for way in lower if (column := column_of(way))), None)


def _is_explained(texts: list[str], names: Mapping[str, Column]) -> bool:
    return any(plain_heading(way) in names for way in ("".join(texts), *texts))


def _rank(column: Column, texts: list[str]) -> int:
    return min(rank(column, way) for way in ("".join(texts), *texts))
