"""Which papers a record has: the one that answers it, those that are usual now, and how many copies of each."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from dafu import workflow
from dafu.errors import RefusedError
from dafu.terms import Decision, Kind, Paper, Role, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Proposal, Proposer

USUAL = "全部"
_SENT = (Step.DELIVER, Step.FEEDBACK, Step.CLOSE, Step.ARCHIVE)
_WRITTEN = (Step.DRAFT, Step.REVIEW, Step.SEND_BACK, Step.SIGN, Step.ISSUE, *_SENT)
_ANSWERS = (Paper.REPLY, Paper.SUGGESTION_REPLY, Paper.OPINION, Paper.LATER_REPLY)
_TO_PROPOSERS = (Paper.FEEDBACK_FORM, Paper.STAGE_REPLY, Paper.EXTENSION_NOTICE)
_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f]')
_LONGEST_WORD = 40  # characters of a name in a file name, as many as 案号 may have


class Copy(NamedTuple):
    """One file of a paper: `word` names in its file name for whom it is."""

    paper: str
    word: str = ""
    unit: str | None = None
    proposer: Proposer | None = None


def paper_of(proposal: Proposal) -> Paper:
    """Return the paper that answers *proposal*; raises RefusedError when nothing is to be answered."""
    match proposal.role, proposal.kind:
        case Role.READ, _:
            raise RefusedError(f"{proposal.number}：参阅件不用答复")
        case Role.ASSIST, _:
            return Paper.OPINION
        case _, Kind.SUGGESTION:
            return Paper.SUGGESTION_REPLY
        case _:
            return Paper.REPLY


def letter_of(proposal: Proposal) -> Paper:
    """Return the paper that answers *proposal* in its present round; raises RefusedError like `paper_of`."""
    paper = paper_of(proposal)
    return Paper.LATER_REPLY if len(proposal.rounds) > 1 and paper is not Paper.OPINION else paper


def usual_papers(proposal: Proposal) -> tuple[Paper, ...]:
    """Return the papers that the desk usually writes for *proposal* as it stands; raises RefusedError for none.

    - While 退办 is asked for: 退办申请. 参阅: 内部交办单.
    - Before 拟稿: 内部交办单; 征求会办 where others assist; 延期告知 where an extension was granted.
    - From 拟稿 on: the answer and its 发文稿纸; with an answer to the proposers, not with a 会办意见, 征询意见表.
    - In a later round (重办, or 拟稿 after 跟踪) the same from its beginning, with 再次答复 as the answer.
    """
    stage, events = workflow.stage_of(proposal), proposal.rounds[-1]
    if stage in (Stage.RETURNED, Stage.WITHDRAWN):
        raise RefusedError(f"{proposal.number}：{stage}，没有要写的")
    if stage is Stage.RETURNING:
        return (Paper.HANDING_BACK,)
    if proposal.role is not Role.READ and (len(proposal.rounds) > 1 or any(one.step in _WRITTEN for one in events)):
        forms = () if proposal.role is Role.ASSIST else (Paper.FEEDBACK_FORM,)
        return (letter_of(proposal), Paper.DRAFT_SHEET, *forms)
    asking = (Paper.ASKING_OPINION,) if proposal.assisting_units else ()
    extended = (Paper.EXTENSION_NOTICE,) if any(one.step is Step.EXTEND for one in events) else ()
    return (Paper.INTERNAL_ORDER, *asking, *extended)


def is_sent(proposal: Proposal) -> bool:
    """Tell whether the letter of the present round has left the office."""
    return any(event.step in _SENT for event in proposal.rounds[-1])


def is_open(proposal: Proposal) -> bool:
    """Tell whether *proposal* still wants a letter from us."""
    return proposal.role is not Role.READ and not is_ended(proposal) and not is_sent(proposal)


def is_ended(proposal: Proposal) -> bool:
    """Tell whether *proposal* was handed back or withdrawn."""
    return any(event.step is Step.WITHDRAW or event.decision is Decision.GRANTED for event in proposal.events)


def answers(paper: str, proposal: Proposal) -> bool:
    """Tell whether *paper* is the one that answers *proposal*, not one of those around it."""
    return proposal.role is not Role.READ and paper in map(str, (paper_of(proposal), letter_of(proposal)))


def chosen_papers(word: str | None, proposal: Proposal) -> list[str]:
    """Return the papers that *word* asks for: `USUAL`, a name, or by default the one that answers *proposal*."""
    if word == USUAL:
        return [*map(str, usual_papers(proposal))]
    return [word or str(letter_of(proposal))]


def misplaced(word: str, proposal: Proposal) -> str:
    """Tell why *proposal* should have no such paper, or ""; papers of the office's own go with every record."""
    paper = next((one for one in Paper if str(one) == word), None)
    if paper in (None, Paper.INTERNAL_ORDER, Paper.HANDING_BACK):
        return ""
    if paper in _ANSWERS and proposal.role is not Role.READ:
        wanted = letter_of(proposal)
        return "" if paper is wanted else f"这一件现在该写{wanted}，不是{paper}（去掉 --paper 就是）"
    if proposal.role is Role.READ:
        return f"参阅件不用写{paper}"
    if paper in _TO_PROPOSERS and proposal.role is Role.ASSIST:
        return f"会办件不直接答复提案人，不用写{paper}"
    if paper is Paper.ASKING_OPINION and not proposal.assisting_units:
        return "这一件没有会办单位，征求会办没有对象（填写会办单位）"
    return ""


def copies_of(paper: str, proposal: Proposal) -> list[Copy]:
    """Return the copies of *paper*: a form for each proposer, a request for each unit; else one."""
    if paper == str(Paper.FEEDBACK_FORM):
        words = _words_of_names(one.name for one in proposal.proposers)
        return [Copy(paper, word, proposer=one) for word, one in zip(words, proposal.proposers, strict=True)]
    units = proposal.assisting_units
    if paper == str(Paper.REMINDER):
        given = {event.unit for event in proposal.events if event.step is Step.OPINION}
        units = tuple(unit for unit in units if unit not in given)
    if paper in (str(Paper.ASKING_OPINION), str(Paper.REMINDER)) and units:
        return [Copy(paper, word, unit) for word, unit in zip(_words_of_names(units), units, strict=True)]
    return [Copy(paper)]


def _words_of_names(names: Iterable[str]) -> Iterator[str]:
    """Yield *names* as words of file names: none that a system forbids, no two that one would take for the same."""
    seen: set[str] = set()
    for name in names:
        word = _UNSAFE.sub("_", name).strip(" .")[:_LONGEST_WORD]
        candidates = chain([word], (f"{word}（{n}）" for n in count(2)))
        free = next(one for one in candidates if _folded(one) not in seen)
        seen.add(_folded(free))
        yield free


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
