"""The next sensible step on the desk, and the command that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dafu import store
from dafu.deadlines import Light
from dafu.desk.addresses import addresses, typed
from dafu.desk.numbering import AUTOMATIC
from dafu.desk.papers import letter_of, paper_of
from dafu.errors import Severity
from dafu.model import rounds_of
from dafu.model.event import KEYS_OF_STEP
from dafu.terms import Clock, Rating, Role, Stage, Step
from dafu.workflow import history, unreached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dafu.desk.agenda import Item
    from dafu.desk.case import Case
    from dafu.desk.standing import Overview, Standing
    from dafu.model import Event, Proposal, Proposer

_IMPORT = "dafu import 交办清单.xlsx"
_BLANK = "…"  # what only the clerk knows
_UNTOUCHED = (Stage.NOT_ASSIGNED, Stage.ASSIGNED, Stage.RECEIVED, Stage.RETURNING)
_WORKING = (Stage.IN_HAND, Stage.DRAFTED, Stage.REVIEWED, Stage.REDOING)  # when late, look before you write
_SHARED = (*_UNTOUCHED, *_WORKING, Stage.SIGNED)  # when a merged record goes with its lead
_ONE_ACT = (Stage.SIGNED, Stage.ISSUED, Stage.ANSWERED, Stage.CLOSED)  # one act is left
_LOOSE = (*_ONE_ACT, Stage.DELIVERED, *_WORKING, *_UNTOUCHED)  # the nearest to its end first
_UNSIGNED = (Stage.IN_HAND, Stage.REVIEWED)  # when it is time to talk
_AFTER = {
    Stage.NOT_ASSIGNED: Step.ASSIGN,
    Stage.ASSIGNED: Step.RECEIVE,
    Stage.RECEIVED: Step.DISPATCH,
    Stage.RETURNING: Step.RETURN_RESULT,
    Stage.DRAFTED: Step.REVIEW,
    Stage.REVIEWED: Step.SIGN,
    Stage.SIGNED: Step.ISSUE,
    Stage.ISSUED: Step.DELIVER,
    Stage.DELIVERED: Step.FEEDBACK,
    Stage.ANSWERED: Step.CLOSE,
}
_ALSO = {Step.DISPATCH: ("科室", "经办人")}  # not required, but what the step is for


class Advice(NamedTuple):
    """Why something is to be done next, and the words to type."""

    why: str
    command: str


def next_step(overview: Overview, items: Sequence[Item], here: Path) -> Advice:
    """Return what to do next on the day of *overview*, whose list is *items*; paths as typed from *here*.

    Mend what cannot be read; begin; then what presses most, what wants one act only, and what comes first.
    """
    if any(problem.severity is Severity.ERROR for problem in overview.problems):
        return Advice("有文件读不通，先看错在哪里、怎么改", "dafu check")
    if not overview.standings:
        return Advice("还没有记录，先读入交办清单", _IMPORT)
    duties = [item for item in items if item.clock.clock is not Clock.HANDING_BACK]  # that one may lapse
    advising = _Advising(overview, addresses(overview.standings, here))
    if duties and duties[0].clock.light is not Light.GREEN:
        return advising.for_item(duties[0])
    loose = (one for stage in _LOOSE for one in overview.standings if _is_loose(one, stage))
    if first := next(loose, None):
        return advising.for_case(first.name, first.load())
    if duties:
        return advising.for_item(duties[0])
    return Advice("没有要办的；收到新的交办清单就读入", _IMPORT)


def _is_loose(standing: Standing, stage: Stage) -> bool:
    """Tell whether a record at *stage* waits for one act, or for anything with no clock to tell of it."""
    words = standing.words
    if words["阶段"] != str(stage) or (stage is Stage.CLOSED and words["角色"] == str(Role.READ)):
        return False
    return stage in _ONE_ACT or all(name == str(Clock.HANDING_BACK) for name, *_ in standing.open)


class _Advising(NamedTuple):
    """What to do for single records, each under its address."""

    overview: Overview
    addresses: dict[str, str]

    def for_item(self, item: Item) -> Advice:
        """Return what stops the clock of *item*, or brings it nearer to that."""
        case, clock = item.case.load(), item.clock
        address, stage = typed(self.addresses[item.case.name]), case.stage
        why = f"{_named(case)}：{stage}，{clock.name}{_told(clock.left)}"
        if clock.clock is Clock.FOLLOWING or (item.is_overdue and clock.is_main and stage in _WORKING):
            return Advice(why, f"dafu show {address}")
        if clock.clock is Clock.PUBLISHING:
            return Advice(why, f"dafu publish {address}")
        if clock.clock is Clock.FIRST_TALK and stage not in _UNTOUCHED:
            return Advice(why, _track(address, Step.TALK, {"对象": _names(case.proposal.proposers)}))
        if clock.unit:
            return Advice(why, _track(address, Step.OPINION, {"单位": clock.unit}))
        return self.for_case(item.case.name, case)._replace(why=why)

    def for_case(self, name: str, case: Case) -> Advice:
        """Return what brings *case*, read from the file *name*, one stage on; its lead does where it is merged."""
        why = f"{_named(case)}：{case.stage}"
        if case.lead is None or case.stage not in _SHARED:
            return Advice(why, _command(typed(self.addresses[name]), case))
        leading = next(one for one in self.overview.standings if one.path == case.lead.path)
        return self.for_case(leading.name, leading.load())._replace(why=f"{why}（随 {case.lead.proposal.number} 办理）")


def _told(left: int) -> str:
    return f"已过{-left}个工作日" if left < 0 else "今天到期" if left == 0 else f"还有{left}个工作日"


def _command(address: str, case: Case) -> str:
    """Return the command that brings *case* one stage on."""
    stage, proposal = case.stage, case.proposal
    if stage is Stage.CLOSED:
        return f"dafu archive {address} 签章件.pdf"
    present = rounds_of(history(proposal, case.lead.proposal if case.lead else None))[-1]
    step = _step_after(case, present)
    return _track(address, step, _known(step, case, present)) if step else f"dafu draft {address}"


def _step_after(case: Case, present: Sequence[Event]) -> Step | None:
    """Return the step that is due at the stage of *case*; None where a letter is to be written first."""
    stage, role = case.stage, case.proposal.role
    if role is Role.READ:
        return _AFTER[stage] if stage in _UNTOUCHED else Step.CLOSE
    if role is Role.ASSIST and stage is Stage.DELIVERED:
        return Step.CLOSE
    if stage in _UNSIGNED and _lacks_talk(case.proposal):
        return Step.TALK
    if stage is Stage.REVIEWED and case.owing:
        return Step.OPINION
    if stage in (Stage.IN_HAND, Stage.REDOING) and _letter_of(case).exists():
        return Step.DRAFT
    if stage is Stage.DELIVERED and unreached(case.proposal, present, Step.DELIVER):
        return Step.DELIVER
    if stage is Stage.ANSWERED and any(Rating.DISCONTENT in (one.overall, one.result) for one in present):
        return Step.REDO
    return _AFTER.get(stage)


def _lacks_talk(proposal: Proposal) -> bool:
    return proposal.role is not Role.ASSIST and all(event.step is not Step.TALK for event in proposal.events)


def _letter_of(case: Case) -> Path:
    """Return where `draft` writes the letter of *case*."""
    workspace, proposal = case.workspace, case.proposal
    year, stem = store.year_of(proposal, case.today.year), store.stem_of(proposal, workspace.office)
    return workspace.replies / str(year) / stem / f"{letter_of(proposal)}.docx"


def _known(step: Step, case: Case, present: Iterable[Event]) -> dict[str, str]:
    """Return what the record and the office say of the keys of *step*."""
    proposal = case.proposal
    if step is Step.ISSUE:
        series = case.workspace.office.series.get(paper_of(proposal))
        return {"发文字号": AUTOMATIC} if series and series.automatic else {}
    if step is Step.OPINION:
        return {"单位": case.owing[0]}
    if proposal.role is Role.ASSIST:
        return {"对象": proposal.lead_unit or _BLANK}
    people = unreached(proposal, present, step) or proposal.proposers
    return {"对象": _names(people[:1] if step is Step.FEEDBACK else people)}  # everybody has an opinion of his own


def _names(people: Iterable[Proposer]) -> str:
    return "、".join(one.name for one in people)


def _track(address: str, step: Step, known: Mapping[str, str]) -> str:
    """Return the command that enters *step*, with what is *known* of its keys filled in."""
    keys = (word for word, key in KEYS_OF_STEP[step].items() if key.required or word in _ALSO.get(step, ()))
    given = (typed(f"{word}={known.get(word, _BLANK)}") for word in keys if word not in ("日期", "环节"))
    return " ".join(["dafu track", address, str(step), *given])


def _named(case: Case) -> str:
    return f"{case.proposal.number} {case.proposal.subject}"
