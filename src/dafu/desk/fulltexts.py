"""The full texts of records and archived replies, kept in the index and read again only where something changed."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu import files, readback
from dafu.archive import shelf
from dafu.archive.bag import TAG_MANIFEST
from dafu.archive.manifest import PAYLOAD
from dafu.archive.shelf import Shelf
from dafu.desk.query import leaves
from dafu.errors import UnusableError
from dafu.index import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dafu.desk.standing import Overview, Standing
    from dafu.index import Entry

_BETWEEN = "｜"  # two values are no run of characters
_READABLE = (".docx", ".pdf", ".txt")


class _Archived(NamedTuple):
    """A file of a bag: its name in the workspace, the state of the bag, and the record that it belongs to."""

    name: str
    stamp: str
    owner: Standing | None


def renew(overview: Overview) -> dict[str, Standing]:
    """Bring the texts of *overview* up to date with the files; return, by name, the records that they belong to.

    A file without a text that can be read, a scan mostly, is kept as an empty one and not tried again.
    """
    kept = overview.texts.stamps()
    stamps = {entry.path: _state(entry) for entry in overview.entries}
    changed = [name for name, stamp in stamps.items() if not stamp or kept.get(name) != stamp]
    said = overview.said if changed else {}
    new = [_of_record(name, stamps[name], json.loads(said[name])) for name in changed]
    archived = list(_archived(overview, kept))
    new += [_of_file(overview, one) for one in archived if kept.get(one.name) != one.stamp]
    gone = kept.keys() - stamps.keys() - {one.name for one in archived}
    if gone or new:
        overview.texts.replace([*gone, *(text.path for text in new)], new)
    owners = {standing.name: standing for standing in overview.standings}
    return owners | {one.name: one.owner for one in archived if one.owner}


def _state(entry: Entry) -> str:
    """Return the stamps of all files that an entry rests on; "" where one of them is too fresh to be believed."""
    beside = entry.beside.splitlines()
    return "" if not entry.stamp or any(line.endswith("\t") for line in beside) else "\n".join([entry.stamp, *beside])


def _of_record(name: str, stamp: str, words: dict[str, Any]) -> Text:
    values = (_joined(leaf) for leaf in leaves(words) if isinstance(leaf, str))
    return Text(name, stamp, words["案由"], _BETWEEN.join(values))


def _joined(text: str) -> str:
    return "".join(text.split())


def _archived(overview: Overview, kept: Mapping[str, str]) -> Iterator[_Archived]:
    """Yield the files of all sealed bags; a bag that is as it was is not looked into again."""
    stand, root = Shelf(overview.workspace.replies), overview.workspace.root
    lines = [line for year in shelf.registered_years(stand) for line in shelf.chain_of(stand, year).lines]
    owners = {_case(standing): standing for standing in overview.standings} if lines else {}
    known: dict[str, list[str]] = defaultdict(list)
    for name in kept:
        known[name.partition(f"/{PAYLOAD}")[0]].append(name)
    for line in lines:
        bag = stand.replies / line.path
        stamp = files.stamp(bag / TAG_MANIFEST)
        names: Sequence[str] = known.get(bag.relative_to(root).as_posix(), ())
        if not names or any(kept[name] != stamp for name in names):
            names = [path.relative_to(root).as_posix() for path in _files_in(bag)]
        yield from (_Archived(name, stamp, owners.get(line.case)) for name in names if stamp)


def _case(standing: Standing) -> str:
    """Return how the register of the archive names the case of a record."""
    words = standing.words
    return " ".join("/".join(words[word] for word in ("层级", "类别", "届次", "案号")).split())


def _files_in(bag: Path) -> Iterator[Path]:
    for path in sorted((bag / PAYLOAD).rglob("*")):
        if path.suffix.lower() in _READABLE and path.is_file() and not path.is_symlink():
            yield path


def _of_file(overview: Overview, one: _Archived) -> Text:
    root = overview.workspace.root
    try:
        lines = readback.lines(files.read(root / one.name, readback.LARGEST, within=root), one.name)
    except UnusableError:
        lines = []
    return Text(one.name, one.stamp, "", _BETWEEN.join(map(_joined, lines)))
