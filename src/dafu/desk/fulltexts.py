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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dafu.desk.standing import Overview
    from dafu.index import Entry, Texts

_BETWEEN = "｜"  # two values are no run of characters
_READABLE = (".docx", ".pdf", ".txt")
_PORTION = 200  # texts that are held at a time


class _Archived(NamedTuple):
    """A file of a bag: its name in the workspace, the state of the bag, and the record that it belongs to, or ""."""

    name: str
    stamp: str
    owner: str


def renew(overview: Overview) -> dict[str, str]:
    """Bring the texts of *overview* up to date with the files; return which record each archived one belongs to.

    A file without a text that can be read, a scan mostly, is kept as an empty one and not tried again.
    """
    memory = overview.memory
    texts = memory.texts
    kept = texts.stamps()
    stamps = {entry.path: _state(entry) for entry in overview.entries}
    archived = {one.name: one for one in _archived(overview, kept)}
    _replace(texts, [*(kept.keys() - stamps.keys() - archived.keys())], lambda _: ())
    changed = [name for name, stamp in stamps.items() if not stamp or kept.get(name) != stamp]
    _replace(texts, changed, lambda name: _of_record(name, stamps[name], memory.words(name)))
    new = [one.name for one in archived.values() if kept.get(one.name) != one.stamp]
    _replace(texts, new, lambda name: [_of_file(overview, archived[name])])
    return {one.name: one.owner for one in archived.values() if one.owner}


def _replace(texts: Texts, names: Sequence[str], read: Callable[[str], Iterable[Text]]) -> None:
    """Take in what *read* makes of the files of these *names*, a portion at a time."""
    for start in range(0, len(names), _PORTION):
        some = names[start : start + _PORTION]
        texts.replace(some, [text for name in some for text in read(name)])


def _state(entry: Entry) -> str:
    """Return the stamps of all files that an entry rests on; "" where one of them is too fresh to be believed."""
    beside: dict[str, str] = json.loads(entry.beside) if entry.beside else {}
    return f"{entry.stamp}\n{entry.beside}" if entry.stamp and all(beside.values()) else ""


def _of_record(name: str, stamp: str, said: str | None) -> Iterator[Text]:
    if said:
        words: dict[str, Any] = json.loads(said)
        values = (_joined(leaf) for leaf in leaves(words) if isinstance(leaf, str))
        yield Text(name, stamp, words["案由"], _BETWEEN.join(values))


def _joined(text: str) -> str:
    return "".join(text.split())


def _archived(overview: Overview, kept: Mapping[str, str]) -> Iterator[_Archived]:
    """Yield the files of all sealed bags; a bag that is as it was is not looked into again."""
    stand, root = Shelf(overview.workspace.replies), overview.workspace.root
    lines = [line for year in shelf.registered_years(stand) for line in shelf.chain_of(stand, year).lines]
    owners = {" ".join(entry.series.split()): entry.path for entry in overview.entries} if lines else {}
    known: dict[str, list[str]] = defaultdict(list)
    for name in kept:
        known[name.partition(f"/{PAYLOAD}")[0]].append(name)
    for line in lines:
        bag = stand.replies / line.path
        stamp = files.stamp(bag / TAG_MANIFEST)
        names: Sequence[str] = known.get(bag.relative_to(root).as_posix(), ())
        if not names or any(kept[name] != stamp for name in names):
            names = [path.relative_to(root).as_posix() for path in _files_in(bag)]
        yield from (_Archived(name, stamp, owners.get(line.case, "")) for name in names if stamp)


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
