"""What a template can name: every key of the contract, and the forms of address that follow from the proposers."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

from dafu.compose.sandbox import Items, Missing, Text, Values, YesNo
from dafu.model import Office, Proposal, Reply, effective_reply
from dafu.model.keys import keys_of
from dafu.model.office import Archiving, Checking, Contact, Unit, Warnings
from dafu.terms import PageForm, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dafu.model import Proposer

_NAMED_AT_MOST = 4  # of five and more only the first is named
_COMMITTEE_ENDS = ("委", "委会", "委员会")

_GROUPS = {"单位": Unit, "预警": Warnings, "联系": Contact, "归档": Archiving, "检查": Checking, "答复": Reply}
WORDS = ("称呼", "代词", "身份", "集体", "引述")


def context_of(proposal: Proposal, office: Office, turn: int = 0) -> dict[str, Any]:
    """Return the names that a template may use, with their values; 答复 is the reply of round *turn*."""
    named = {word: _value(getattr(office, one.attribute), word) for word, one in keys_of(Office).items()}
    named |= {word: _value(getattr(proposal, one.attribute), word) for word, one in keys_of(Proposal).items()}
    return named | {
        "层级": str(proposal.level or office.level),
        "保管期限": str(proposal.retention or office.retention),
        "科室": _value(proposal.handling_section, "科室"),
        "经办人": _value(proposal.handling_clerk, "经办人"),
        "答复": _value(effective_reply(proposal, office, turn), "答复"),
        "称呼": address(proposal.proposers, proposal.kind.title_of_person),
        "代词": pronoun(proposal.proposers),
        "身份": proposal.kind.title_of_person,
        "集体": YesNo("是" if any(one.body for one in proposal.proposers) else "否"),
        "引述": citation(proposal),
    }


def with_form(named: dict[str, Any], office: Office, form: PageForm) -> dict[str, Any]:
    """Return *named* for a paper in *form*: the mark drops 文件 in the letter form (GB/T 9704-2012 10.1)."""
    default = office.unit.full + ("文件" if form is PageForm.DOCUMENT else "")
    return named | {"版式": str(form), "发文机关标志": office.mark or default}


def known_names() -> dict[str, tuple[str, ...]]:
    """Return every name that a template may use, each with the keys of the group that it is (mostly none)."""
    plain = dict.fromkeys([*keys_of(Office), *keys_of(Proposal), *WORDS], ())
    return plain | {word: tuple(keys_of(model)) for word, model in _GROUPS.items()}


def address(proposers: Sequence[Proposer], title: str) -> str:
    """Return how the proposers are called: `甲、乙委员`, `甲等5位委员`, a body by its name."""
    persons = [one.name for one in proposers if not one.body]
    called = [one.name for one in proposers if one.body]
    if len(persons) > _NAMED_AT_MOST:
        called.append(f"{persons[0]}等{len(persons)}位{title}")
    elif persons:
        called.append("、".join(persons) + title)
    return "、".join(called)


def pronoun(proposers: Sequence[Proposer]) -> str:
    """Return 您 for one person, 你们 for several, 贵委 or 贵单位 for a body."""
    if len(proposers) > 1:
        return "你们"
    if not proposers[0].body:
        return "您"
    return "贵委" if proposers[0].name.endswith(_COMMITTEE_ENDS) else "贵单位"


def citation(proposal: Proposal) -> str:
    """Return how the reply cites the paper, `关于“案由”的提案`, without saying 关于 or 的提案 twice."""
    subject = proposal.subject
    head = "" if subject.startswith("关于") or _names_itself(subject) else "关于"
    tail = "" if _names_itself(subject) else f"的{proposal.kind}"
    return f"{head}“{subject}”{tail}"


def _names_itself(subject: str) -> bool:
    return subject.endswith(("的提案", "的建议"))


def _value(value: Any, word: str) -> Any:
    """Turn a value of the model into what a template sees: text, lists of text, keys with values, or missing."""
    match value:
        case bool():
            return YesNo("是" if value else "否")
        case int():
            return value
        case Term():
            return Text(value)
        case date():
            return Text(f"{value.year}年{value.month}月{value.day}日")
        case None | "" | ():
            return Missing(word)
        case tuple():
            return Items(_value(item, word) for item in value)
        case dict():
            return Values({str(key): _value(item, str(key)) for key, item in value.items()}) if value else Missing(word)
        case _ if dataclasses.is_dataclass(value):
            return _fields(value)
        case _:
            return Text(value)


def _fields(value: Any) -> Values | str:
    known = keys_of(type(value))
    if not known:
        return Text(value)
    entries = {word: _value(getattr(value, one.attribute), word) for word, one in known.items()}
    return Values(entries, str(getattr(value, "name", "")))
