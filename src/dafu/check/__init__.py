"""Rules, one function each: over a record, and over the letter that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import letter
from dafu.errors import Problem, Severity
from dafu.model import Reply, reply_path
from dafu.model.effective import said_by
from dafu.model.keys import keys_of
from dafu.store import series_of, sharers
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.compose import Composed
    from dafu.model import Office, Proposal
    from dafu.store import Record, Series, Workspace

_SIGNED = (Step.SIGN, Step.ISSUE, Step.DELIVER, Step.FEEDBACK, Step.CLOSE, Step.ARCHIVE)
_MISSING_CURE = {
    "发文字号": "登记印发，或在答复里填写",
    "印发日期": "登记印发，或在答复里填写",
    "签发人": "登记签发，或在答复里填写",
    "成文日期": "登记签发，或在答复里填写",
}


def missing_values(proposal: Proposal, composed: Composed) -> list[Problem]:
    """Find the values that the letter still prints as 【缺：…】: expected before 签发, errors after it."""
    signed = any(event.step in _SIGNED for event in proposal.rounds[-1])
    severity = Severity.ERROR if signed else Severity.NOTICE
    message = "已签发，答复件上却没有这一项" if signed else "答复件上还没有这一项"
    return [
        Problem(
            "L101", message, _MISSING_CURE.get(field, "在记录里填写"), field=_path(field, proposal), severity=severity
        )
        for field in composed.missing
    ]


def joined_lines(proposal: Proposal) -> Iterator[Problem]:
    """Tell of a body whose lines were joined, since a letter must not change in silence."""
    for turn, reply in enumerate(proposal.replies):
        if reply.body and (count := len(letter.lines(reply.body)) - len(letter.rejoined(reply.body))):
            message = f"有{count}处断行接上了，像是从 PDF 粘贴的"
            cure = "看答复件的分段对不对；不该接的，在上一行末尾补标点"
            path = f"{reply_path(turn)}.正文"
            yield Problem("L104", message, cure, field=path, severity=Severity.NOTICE)


def differing_values(proposal: Proposal) -> Iterator[Problem]:
    """Find what 签发 and 印发 say otherwise than 答复 itself; 答复 wins, so one of them is wrong."""
    for turn, (reply, events) in enumerate(zip(proposal.replies, proposal.rounds, strict=False)):
        for word, one in keys_of(Reply).items():
            said, written = said_by(events).get(one.attribute), getattr(reply, one.attribute)
            if said and written and said != written:
                message = f"写的是“{written}”，办理过程里登记的是“{said}”"
                yield Problem("L107", message, "核对后改正一处", field=f"{reply_path(turn)}.{word}")


def merging(records: Iterable[Record], office: Office) -> Iterator[Problem]:
    """Find in 并案 the numbers that are not on file, that another record leads already, or that lead others."""
    known = list(records)
    on_file = {_series(record, office): record for record in known}
    leads: dict[Series, Record] = {}
    for record in known:
        for number in record.proposal.merged:
            series = series_of(office, record.proposal, number)
            first = leads.setdefault(series, record)
            if series not in on_file:
                yield record.problem(not_on_file(number))
            elif on_file[series].proposal.merged:
                message = f"“{number}”自己还有并案"
                yield record.problem(Problem("L105", message, "都并到一件上，另一件的并案删去", field="并案"))
            if first is not record:
                message = f"“{number}”已经并入 {first.proposal.number}"
                yield record.problem(Problem("L103", message, "只留在一件的并案里", field="并案"))


def sharing(records: Sequence[Record], workspace: Workspace, this_year: int) -> Iterator[Problem]:
    """Find the records whose letters would lie in one folder and replace each other."""
    others = sharers(workspace, records, this_year)
    for record in records:
        if record.path in others:
            message = f"答复件会同 {others[record.path].path.name} 的放在一起"
            yield record.problem(Problem("L106", message, "先登记交办，分到各自的年份；或改正案号", field="案号"))


def _series(record: Record, office: Office) -> Series:
    return series_of(office, record.proposal, record.proposal.number)


def not_on_file(number: str) -> Problem:
    """Return the problem that a merged number has no record of its own."""
    return Problem("L102", f"“{number}”没有记录", "先用 dafu new 建这一件，或改正案号", field="并案")


def _path(field: str, proposal: Proposal) -> str:
    """Return where the record would hold *field*: in the reply of the present round, or at its top."""
    turn = len(proposal.rounds) - 1
    reply = f"再次答复.{turn}" if turn else "答复"
    return f"{reply}.{field}" if field in keys_of(Reply) else field
