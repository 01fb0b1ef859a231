"""What an imported letter or proposal states, as values of a record in the words of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dafu.errors import Problem, Severity
from dafu.model.bodies import is_body
from dafu.model.spelling import as_keys
from dafu.readback import marks, wording
from dafu.terms import Kind, Language, Level, Openness, Paper, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.model import Office
    from dafu.readback.proposal import Asked
    from dafu.readback.reply import Reading
    from dafu.readback.sheet import Author

REPLIES = (Paper.REPLY, Paper.SUGGESTION_REPLY, Paper.LATER_REPLY, Paper.OPINION)
_REQUIRED = ("案号", "届次", "案由", "提案人")


@dataclass(frozen=True, slots=True)
class Stated:
    """The values of a text: those of the record itself, those of its 答复, and what the clerk should know.

    `later` says that the reply is one after the first. Both mappings have no empty values.
    """

    values: dict[str, Any]
    reply: dict[str, Any] = field(default_factory=dict)
    later: bool = False
    notes: tuple[Problem, ...] = ()

    @property
    def number(self) -> str:
        """Return 案号."""
        return str(self.values.get("案号", ""))

    @property
    def lacking(self) -> list[str]:
        """Return what a new record must have and the text does not say."""
        return [word for word in _REQUIRED if word not in self.values]


def note(code: str, message: str, cure: str, field: str = "") -> Problem:
    """Return something that the clerk should know and that hinders nothing."""
    return Problem(code, message, cure, field, severity=Severity.NOTICE)


def of_letter(read: Reading, office: Office) -> Stated:
    """Return the values that a reply or a 会办 opinion states."""
    is_opinion = read.paper is Paper.OPINION
    values = {
        **_identity(read.case, read.kind, read.session, read.subject, office),
        "提案人": [{"团体": name} if is_body(name) else name for name in read.proposers],
        **_role(read),
    }
    open_to, notes = marks.openness_of(read.openness), [*_notes(read, office)]
    reply = {
        "发文字号": read.number,
        "签发人": read.signer,
        "办理结果": "" if is_opinion or read.grade not in office.grades else read.grade,
        "公开": open_to if open_to is Openness.PUBLIC else None,
        "成文日期": read.day,
        "印发日期": read.printed,
        "致谢": read.thanks,
        "正文": "\n".join(read.body),
        "附件": read.annexes,
        "联系单位": read.contact_unit,
        "联系电话": read.contact_phone,
        "联系人": read.contacts,
        "抄送": tuple(name for name in read.copies if name not in read.assisting),
    }
    return Stated(_present(values), _present(reply), read.paper is Paper.LATER_REPLY, tuple(notes))


def of_proposal(asked: Asked, office: Office) -> Stated:
    """Return the values that a proposal states."""
    values = {
        **_identity(asked.number, asked.kind, asked.session, asked.subject, office),
        "提案人": [_proposer(one) for one in asked.proposers],
        "建议事项": asked.asks,
        "语种": asked.language if asked.language is Language.TRADITIONAL else None,
    }
    return Stated(_present(values), notes=tuple(_not_found(asked.missing)))


def _identity(number: str, kind: Kind | None, session: str, subject: str, office: Office) -> dict[str, Any]:
    level = wording.level_of(session)
    return {
        "案号": number,
        "类别": kind if kind is Kind.SUGGESTION else None,
        "层级": level if level is not office.level else None,
        "届次": session,
        "案由": wording.core(subject) if subject else "",
    }


def _role(read: Reading) -> dict[str, Any]:
    if read.paper is Paper.OPINION:
        return {"角色": Role.ASSIST, "主办单位": "、".join(read.addressees)}
    if read.assisting:
        return {"角色": Role.LEAD, "会办单位": read.assisting}
    return {"角色": Role.SHARE if "职责范围内" in read.opening else None}


def _proposer(one: Author) -> Any:
    said = {
        "团体" if one.is_body else "姓名": one.name,
        "单位": one.unit,
        "界别": one.sector,
        "联系人": one.contact,
        "电话": one.phone,
        "地址": one.address,
    }
    return _present(said) if one.is_body or one != type(one)(name=one.name) else one.name


def _present(values: dict[str, Any]) -> dict[str, Any]:
    """Return *values* in the words of the file, without the empty ones."""
    return {word: as_keys(value) for word, value in values.items() if value}


def _notes(read: Reading, office: Office) -> Iterable[Problem]:
    yield from _not_found(read.missing)
    if read.grade and read.grade not in office.grades and read.paper is not Paper.OPINION:
        known = "、".join(office.grades)
        yield note("I202", f"“{read.grade}”不是本单位的办理结果，没有填", f"只能是：{known}", "答复.办理结果")
    if read.openness and marks.openness_of(read.openness) is not Openness.PUBLIC:
        yield note("I203", f"标注“{read.openness}”，没有写理由，没有填", "填“公开”，并补上“公开理由”", "答复.公开")
    signed = "、".join(read.office) or read.heading.removesuffix("文件")
    if signed and office.unit.full not in signed:
        yield note("I204", f"署名是“{signed}”，不是{office.unit.full}", "核对是不是本单位的答复")
    if "等" in read.salutation and len(read.addressees) == 1 and read.paper is not Paper.OPINION:
        yield note("I205", f"称谓只写了“{read.salutation}”", "补上其余的提案人", "提案人")


def _not_found(missing: Iterable[str]) -> Iterable[Problem]:
    if words := "、".join(missing):
        yield note("I201", f"没有找到：{words}", "文字里有的，核对写法；没有的，用 dafu set 补")


def level(stated: Stated, office: Office) -> Level:
    """Return the level of the paper."""
    said = stated.values.get("层级")
    return next((one for one in Level if str(one) == said), office.level)
