"""Add an event to a record: the file changes in one place, and only when the whole history still holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dafu import store, workflow, yamltext
from dafu.desk import numbering
from dafu.desk.numbering import Issue
from dafu.errors import RefusedError, WrongUsageError
from dafu.model import nearest_of, read_proposal
from dafu.model.event import KEYS_OF_STEP
from dafu.terms import Step
from dafu.yamltext.screening import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dafu.model import Office, Proposal
    from dafu.store import Author, Record, Workspace
    from dafu.terms import Stage

_EVENTS = "办理过程"


@dataclass(frozen=True, slots=True)
class Tracked:
    """An event that was entered: the stage after it, and the document number that it gave."""

    record: Record
    stage: Stage
    number: str | None
    written: bool


def track(
    workspace: Workspace,
    record: Record,
    event: Mapping[str, str],
    author: Author,
    *,
    dry: bool,
    near: Iterable[Record] | None = None,
) -> Tracked:
    """Enter *event* (日期, 环节 and the keys of its step) into *record*; its lead is among *near* where that is given.

    Raises WrongUsageError for words that the step does not take, RefusedError for a step that is not allowed now.
    """
    _refuse_unknown(event)
    near = store.mentioning(workspace, record.proposal.number) if near is None else near
    lead = store.lead_among(workspace, record, store.leads(workspace, near))
    known = lead.proposal if lead else None
    entered = {word: value for word, value in event.items() if value} | {"登记时间": author.time}
    author = author._replace(user=entered.get("经手人", author.user))
    text, after = _with_event(record, entered, workspace.office)
    _refuse_breaches(record.proposal, after, known)
    _refuse_unfinished(workspace, after, event["环节"])
    if event["环节"] == str(Step.ISSUE):
        place = _place(record.proposal, entered)
        number = numbering.number_for(workspace, record, Issue(after, place), author, dry=dry)
        entered["发文字号"] = number or event["发文字号"]
        text, after = _with_event(record, entered, workspace.office)
    if not dry:
        store.save(workspace, record, text, author, f"登记{event['环节']}")
    stage = workflow.stage_of(after, known)
    return Tracked(record, stage, _number_in(entered), written=not dry)


def _number_in(entered: Mapping[str, str]) -> str | None:
    number = entered.get("发文字号")
    return None if number == numbering.AUTOMATIC else number


def _refuse_unknown(event: Mapping[str, str]) -> None:
    step = next(step for step in Step if str(step) == event["环节"])
    known = KEYS_OF_STEP[step]
    for word, value in event.items():
        if word not in known:
            near = nearest_of(word, known)
            hint = f"是不是“{near}”？" if near else f"可用：{'、'.join(known)}"
            raise WrongUsageError(f"“{word}”不是{step}的字段（{hint}）")
        if found := FORBIDDEN.search(value):
            place = f"第{found.start() + 1}个字是看不见的控制字符 U+{ord(found[0]):04X}"
            raise WrongUsageError(f"“{word}”：{place}（删去这个字符）")


def _with_event(record: Record, event: Mapping[str, str], office: Office) -> tuple[str, Proposal]:
    """Return the text and the proposal with *event* after the last one that is not later than it."""
    after = _place(record.proposal, event) - 1 if record.proposal.events else None
    try:
        text = yamltext.append_item(record.text, (_EVENTS,), dict(event), after)
    except ValueError as error:
        raise WrongUsageError(f"{record.path}：{error}") from error
    root, problems = yamltext.parse(text)
    proposal = None
    if root is not None and not problems:
        proposal, problems = read_proposal(root, office)
    if proposal is None:
        raise WrongUsageError("\n".join(str(problem._replace(line=None)) for problem in problems))
    replies = record.proposal.replies  # bodies in files of their own were read in with the record
    return text, replace(proposal, reply=replies[0], later_replies=replies[1:])


def _place(proposal: Proposal, event: Mapping[str, str]) -> int:
    """Return the index that *event* gets: behind the last one that is not later than it."""
    earlier = [n for n, one in enumerate(proposal.events, 1) if one.day.isoformat() <= event["日期"]]
    return max(earlier, default=0)


def _refuse_breaches(before: Proposal, after: Proposal, lead: Proposal | None) -> None:
    """Refuse what the new event breaks; breaches that stood in the history before are for `check` to name."""
    old = [problem.message for problem in workflow.breaches(before, lead)]
    new = [problem.message for problem in workflow.breaches(after, lead)]
    for message in old:
        if message in new:
            new.remove(message)
    if new:
        raise RefusedError("；".join(f"{after.number}：{message}" for message in new))


def _refuse_unfinished(workspace: Workspace, lead: Proposal, step: str) -> None:
    """Refuse 办结 and 归档 of a lead while one that it leads (并案) still wants a later answer."""
    if step not in (str(Step.CLOSE), str(Step.ARCHIVE)):
        return
    series = (store.series_of(workspace.office, lead, number) for number in lead.merged)
    members = filter(None, (store.on_file(workspace, one) for one in series))
    if reasons := [*filter(None, (workflow.unfinished(one.proposal, lead) for one in members))]:
        raise RefusedError(f"{lead.number}：{'；'.join(reasons)}，不能{step}")


def day_of(word: str, today: date) -> str:
    """Return the day that *word* means: 今天, 昨天 or a date as it stands."""
    from datetime import timedelta

    return {"今天": today.isoformat(), "昨天": (today - timedelta(days=1)).isoformat()}.get(word, word)
