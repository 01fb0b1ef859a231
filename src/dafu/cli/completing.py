"""What TAB offers for the words of the verbs: addresses, steps, KEY= and values, papers, clocks, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dafu.errors import DafuError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import click
    from click.shell_completion import CompletionItem

    from dafu.desk.standing import Standing
    from dafu.model import Schema
    from dafu.terms import Step

    Offers = list[CompletionItem[str]]

_DAYS = ("今天", "昨天")
_NOT_TYPED = ("环节", "登记时间")  # the one stands before, the other is set by the tool


def addresses(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:
    """Offer the address of every record that is not typed yet, with what it is about."""
    before = ctx.params.get(param.name or "") or ()
    return _items((one for one in _addresses(ctx) if one[0] not in before), incomplete)


def addresses_or_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:
    """Offer addresses, and files where none fits."""
    return [*addresses(ctx, param, incomplete), _files(incomplete)]


def address_then_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:
    """Offer an address first, then files."""
    return [_files(incomplete)] if ctx.params.get(param.name or "") else addresses(ctx, param, incomplete)


def events(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:
    """Offer the words of `track`: addresses, a step, and behind it the keys of the step with their values."""
    from dafu.terms import Step

    before = ctx.params.get(param.name or "") or ()
    steps = {str(step): step for step in Step}
    step = next((steps[word] for word in before if word in steps), None)
    if step:
        return _of_step(ctx, step, before, incomplete)
    known = _items(((str(one), one.meaning) for one in Step), incomplete) if before else []
    return known or addresses(ctx, param, incomplete)


def _of_step(ctx: click.Context, step: Step, before: Collection[str], incomplete: str) -> Offers:
    from dafu.model.event import KEYS_OF_STEP

    keys = KEYS_OF_STEP[step]
    word, equals, _ = incomplete.partition("=")
    if equals and word in keys:
        values = _choices(keys[word].read.shape()) or _known_of(ctx, before, word)
        return _items(((f"{word}={value}", "") for value in values), incomplete) or [*_file_after(incomplete)]
    given = {one.partition("=")[0] for one in before}
    order = sorted(keys, key=lambda one: not keys[one].required or one == "日期")  # the required ones first
    return _items(((f"{one}=", "") for one in order if one not in (*_NOT_TYPED, *given)), incomplete)


def _known_of(ctx: click.Context, before: Collection[str], word: str) -> Iterable[str]:
    """Return what stands in the records for *word*: whom the one that is named concerns, and who works here."""
    if word == "日期":
        return _DAYS
    if word == "发文字号":
        return ("自动",)
    standings = _standings(ctx)
    if word == "对象":
        chosen = (one for one in standings if one.said[0] in {address.rpartition("/")[2] for address in before})
        return dict.fromkeys(name for one in chosen for name in one.words["提案人"])
    return dict.fromkeys(filter(None, (one.words.get(word) for one in standings)))


def assignments(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:  # noqa: ARG001 -- click's signature
    """Offer the keys of a record as `set` and `new` take them, with their values."""
    from dafu.model import Proposal, schema_of

    schema = schema_of(Proposal)
    kept = {word: one for word, one in schema["properties"].items() if word != "办理过程"}
    return _keyed(schema | {"properties": kept}, incomplete) or [*_file_after(incomplete)]


def queries(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:  # noqa: ARG001 -- click's signature
    """Offer the keys that a query asks for, with their values."""
    from dafu.deadlines import Light
    from dafu.desk.standing import case_schema
    from dafu.terms import Stage

    schema = case_schema()
    computed = {"阶段": {"enum": [*map(str, Stage)]}, "灯": {"enum": [*map(str, Light)]}}
    return _keyed(schema | {"properties": schema["properties"] | computed}, incomplete)


def papers(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:  # noqa: ARG001 -- click's signature
    """Offer the names of the papers."""
    from dafu.desk.papers import USUAL
    from dafu.terms import Paper

    return _items([*((str(one), one.meaning) for one in Paper), (USUAL, "眼下要用的各种")], incomplete)


def clocks(ctx: click.Context, param: click.Parameter, incomplete: str) -> Offers:  # noqa: ARG001 -- click's signature
    """Offer the names of the clocks."""
    from dafu.terms import Clock

    return _items(((str(one), one.meaning) for one in Clock), incomplete)


def _keyed(schema: Schema, incomplete: str) -> Offers:
    """Offer KEY= or KEY. of *schema*, nested ones behind their dots; behind = the words that may stand there."""
    from dafu.desk.words import keys_below

    word, equals, _ = incomplete.partition("=")
    *above, last = word.split(".")
    for part in above:
        schema = schema["items"] if part.isdecimal() and "items" in schema else keys_below(schema).get(part, {})
    known, head = keys_below(schema), "".join(f"{part}." for part in above)
    if equals:
        return _items(((f"{word}={value}", "") for value in _choices(known.get(last, {}))), incomplete)
    ends = {
        one: "." if keys_below(below) or keys_below(below.get("items", {})) else "=" for one, below in known.items()
    }
    return _items(((f"{head}{one}{end}", "") for one, end in ends.items()), incomplete)


def _choices(schema: Schema) -> list[str]:
    return [*filter(None, schema.get("enum", []))]


def _file_after(incomplete: str) -> Iterator[CompletionItem[str]]:
    """Yield the request for a file where KEY=@FILE is being typed."""
    _, equals, text = incomplete.partition("=")
    if equals and text.startswith("@"):
        yield _files(text[1:])


def _addresses(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the address of each record, and what it is about."""
    from pathlib import Path

    from dafu.desk.addresses import addresses as known

    standings = _standings(ctx)
    for one, address in zip(standings, known(standings, Path.cwd()).values(), strict=True):
        yield address, f"{one.words['案由']}（{one.words['阶段']}）"


def _standings(ctx: click.Context) -> list[Standing]:
    """Return the records of the workspace around; none of one that cannot be read."""
    from datetime import date

    from dafu.cli.common import Session

    given: dict[str, Any] = ctx.find_root().params
    session = Session(given["folder"].absolute(), given["today"] or date.today())  # noqa: DTZ011 -- the clerk's own day
    try:
        return session.overview().standings
    except DafuError:
        return []


def _items(offers: Iterable[tuple[str, str]], incomplete: str) -> Offers:
    """Return those of *offers*, words and what they mean, that go on from *incomplete*."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(word, help=told) for word, told in offers if word.startswith(incomplete)]


def _files(incomplete: str) -> CompletionItem[str]:
    from click.shell_completion import CompletionItem

    return CompletionItem(incomplete, type="file")
