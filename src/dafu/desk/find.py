"""Find records and archived replies by any of their words, and earlier ones that are like a new one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dafu.errors import WrongUsageError
from dafu.index import FailedError, Text
from dafu.index.texts import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dafu.desk.standing import Overview, Standing
    from dafu.index import Entry, Texts

_AROUND = 15  # characters before and after what was found
_BETWEEN = "｜"  # two values are no run of characters
_MOST = 10  # records that are like another one
_LONGEST_ASKED = 400  # characters of a new record that are held against the others


@dataclass(frozen=True, slots=True)
class Found:
    """A file that says what was asked for, a line of it, and the record that it belongs to, if it is one."""

    name: str
    excerpt: str
    standing: Standing | None


def find(overview: Overview, words: Sequence[str]) -> list[Found]:
    """Return the files that say all of *words*, best first; raises WrongUsageError where nothing is asked for."""
    asked = [word for word in map(plain, words) if word]
    if not asked:
        raise WrongUsageError("没有写要找什么（写一个词，如 dafu find 招商）")
    texts = _asked(overview, lambda texts: texts.containing(asked))
    known = {standing.name: standing for standing in overview.standings}
    return [Found(text.path, _excerpt(text, asked[0]), known.get(text.path)) for text in texts]


def similar(overview: Overview, standing: Standing) -> list[Found]:
    """Return other records that are like *standing* by subject and what it asks for, best first, at most ten."""
    said = standing.in_words()
    pairs = _pairs(plain("\n".join([said["案由"], *(said["建议事项"] or ())]))[:_LONGEST_ASKED])
    texts = _asked(overview, lambda texts: texts.like(pairs, 2 * _MOST))
    known = {one.name: one for one in overview.standings if one.name != standing.name}
    return [Found(text.path, _shared(text, pairs), known[text.path]) for text in texts if text.path in known][:_MOST]


def _asked(overview: Overview, ask: Callable[[Texts], list[Text]]) -> list[Text]:
    """Return what *ask* finds in the full texts, brought up to date; without the index where that fails."""
    try:
        _renew(overview)
        return ask(overview.texts)
    except FailedError:
        overview.recompute()
        _renew(overview)
        return ask(overview.texts)


def _renew(overview: Overview) -> None:
    """Bring the full texts up to date with the files."""
    kept = overview.texts.stamps()
    now = {entry.path: _state(entry) for entry in overview.entries}
    changed = [name for name, stamp in now.items() if not stamp or kept.get(name) != stamp]
    if changed or kept.keys() - now.keys():
        said = overview.said if changed else {}
        new = [_text(name, now[name], json.loads(said[name])) for name in changed]
        overview.texts.replace([*(kept.keys() - now.keys()), *changed], new)


def _state(entry: Entry) -> str:
    """Return the stamps of all files that an entry rests on; "" where one of them is too fresh to be believed."""
    beside = entry.beside.splitlines()
    return "" if not entry.stamp or any(line.endswith("\t") for line in beside) else "\n".join([entry.stamp, *beside])


def _text(name: str, stamp: str, words: dict[str, Any]) -> Text:
    return Text(name, stamp, words["案由"], _BETWEEN.join("".join(value.split()) for value in _values(words)))


def _values(tree: Any) -> Iterator[str]:
    match tree:
        case dict():
            yield from (value for item in tree.values() for value in _values(item))
        case list():
            yield from (value for item in tree for value in _values(item))
        case str():
            yield tree


def _excerpt(text: Text, word: str) -> str:
    """Return the place where *word* stands, with what is around it."""
    searched = plain(text.body)
    body = text.body if len(text.body) == len(searched) else searched  # a letter may become two
    start = searched.find(word)
    first, last = max(0, start - _AROUND), start + len(word) + _AROUND
    return f"{'…' * (first > 0)}{body[first:last]}{'…' * (last < len(body))}"


def _pairs(text: str) -> list[str]:
    """Return every two neighbouring characters of a word in *text*, each pair once."""
    pairs = (text[n : n + 2] for n in range(len(text) - 1))
    return [*dict.fromkeys(pair for pair in pairs if pair.isalnum())]


def _shared(text: Text, pairs: Iterable[str]) -> str:
    """Return the runs of characters that *text* shares with what was asked, the longest first."""
    body = plain(text.body)
    runs: list[str] = []
    for pair in (pair for pair in pairs if pair in body):
        joined = runs[-1] + pair[1] if runs and runs[-1][-1] == pair[0] else ""
        if joined and joined in body:
            runs[-1] = joined
        else:
            runs.append(pair)
    return "、".join(sorted(dict.fromkeys(runs), key=len, reverse=True)[:5])
