"""Find records and archived replies by any of their words, and earlier ones that are like a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dafu.desk.fulltexts import renew
from dafu.errors import Problem, Severity, WrongUsageError
from dafu.index import FailedError
from dafu.index.texts import plain
from dafu.store import PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dafu.desk.standing import Overview, Standing
    from dafu.index import Text, Texts

T = TypeVar("T")
_AROUND = 15  # characters before and after what was found
_MOST = 10  # records that are like another one
_FAINTEST = 5  # one that shares less than a fifth of what the best does shares words of every day
_LONGEST_ASKED = 400  # characters of a new record that are held against the others


@dataclass(frozen=True, slots=True)
class Found:
    """A file that says what was asked for, a line of it, and the record that it belongs to, if it is one."""

    name: str
    excerpt: str
    standing: Standing | None


def find(overview: Overview, words: Sequence[str]) -> tuple[list[Found], list[Problem]]:
    """Return the files that say all of *words*, best first, and a warning where archived files could not be read.

    Raises WrongUsageError where nothing is asked for.
    """
    asked = [word for word in map(plain, words) if word]
    if not asked:
        raise WrongUsageError("没有写要找什么（写一个词，如 dafu find 招商）")
    told, owners = _asked(overview, lambda texts: _told(texts, asked))
    found = [Found(name, excerpt, overview.standing(owners.get(name, name))) for name, excerpt in told]
    return found, [_unread(silent)] if (silent := overview.memory.texts.silent()) else []


def _told(texts: Texts, asked: Sequence[str]) -> list[tuple[str, str]]:
    """Return the path of each text that says all that is *asked*, and the place where it does."""
    return [(path, _excerpt(texts.body(path), asked[0])) for path in texts.containing(asked)]


def _unread(silent: Sequence[str]) -> Problem:
    message = f"归档的文件有{len(silent)}个读不出文字，多半是扫描件，没有查（如 {silent[0]}）"
    return Problem("I101", message, "要查这些文件，直接打开看", severity=Severity.WARNING)


def similar(overview: Overview, standing: Standing) -> list[Found]:
    """Return other records that are like *standing* by subject and what it asks for, best first, at most ten.

    One that shares hardly anything beside the best is left out.
    """
    said = standing.in_words()
    pairs = _pairs(plain("\n".join([said["案由"], *said.get("建议事项", ())]))[:_LONGEST_ASKED])
    if not pairs:
        return []
    texts, _ = _asked(overview, lambda texts: texts.like(pairs, _MOST + 1, PROPOSALS))
    others = [text for text in texts if text.path != standing.name]
    shares = [sum(pair in plain(text.body) for pair in pairs) for text in others]
    like = [text for text, share in zip(others, shares, strict=True) if share * _FAINTEST >= max(shares)]
    return [Found(text.path, _shared(text, pairs), overview.standing(text.path)) for text in like][:_MOST]


def _asked(overview: Overview, ask: Callable[[Texts], list[T]]) -> tuple[list[T], dict[str, str]]:
    """Return what *ask* finds in the full texts, brought up to date, and whose they are; anew where the index fails."""
    try:
        with overview.memory.understanding():
            owners = renew(overview)
            return ask(overview.memory.texts), owners
    except FailedError:
        overview.recompute()
        owners = renew(overview)
        return ask(overview.memory.texts), owners


def _excerpt(text: str, word: str) -> str:
    """Return the place where *word* stands, with what is around it."""
    searched = plain(text)
    body = text if len(text) == len(searched) else searched  # a letter may become two
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
