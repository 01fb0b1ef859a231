"""Every ask of the proposal is answered: found again in the headings or sentences of the letter."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dafu.check.matter import RECORD, SENTENCE_END, Matter
from dafu.check.rules import WARNING, Found, Rule
from dafu.letter import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.model import Proposal

# words that any ask and any answer may hold: they prove nothing
_COMMON = re.compile(
    "进一步|尽快|积极|切实|大力|全面|不断|加大|加强|加快|健全|建立|完善|推进|推动|促进|提高|提升|优化|规范|落实|解决|设立|制定|出台"
    "|实施|开展|支持|鼓励|引导|强化|扩大|增加|改善|改进|问题|工作|建议|措施|机制|体系|制度|力度|关于|对于|的|和|与|及|等|在|对|把|为|让|将"
)
_HANZI = re.compile("[\u3400-\u9fff]+|[0-9A-Za-z]+")
_FEW = 3  # pairs of a short ask: one of them will do
_ENOUGH = 0.5  # of what is peculiar to an ask; measured on the letters of bench/checking.py


@RECORD.rule(
    Rule(
        "L281",
        WARNING,
        "建议事项逐条答复",
        "记录里的每条建议事项，都能在答复的标题或者句子里找到回应（按字面重合多少判断）；再次答复连同以前各次一起看。",
        "各地办理规定：逐条明确回答，不得答非所问",
        "建议事项三条，答复只谈了前两条 → 补上第三条，或说明为什么不办",
    )
)
def asks_answered(matter: Matter) -> Iterator[Found]:
    """Find the asks that nothing in the letters answers."""
    if matter.has_body:
        for n in unanswered(matter.proposal, _units(matter)):
            ask = matter.proposal.asks[n]
            yield Found(f"“{ask}”没有找到答复", "补上这一条；换了说法的核对一下即可", f"建议事项.{n + 1}")


@RECORD.rule(
    Rule(
        "L282",
        WARNING,
        "并案的件也要逐条答复",
        "并进来的件各有自己的建议事项，合写的答复也要一一回应。",
        "各地办理规定：并案办理的，分别答复每位提案者",
        "并案 143070 的“增设公厕”答复里没有提 → 补上",
    )
)
def merged_asks_answered(matter: Matter) -> Iterator[Found]:
    """Find the asks of merged records that nothing in the letters answers."""
    if not matter.has_body:
        return
    for other in matter.merged:
        for n in unanswered(other, _units(matter)):
            message = f"并案 {other.number} 的“{other.asks[n]}”没有找到答复"
            yield Found(message, "补上这一条；换了说法的核对一下即可", "并案")


def unanswered(proposal: Proposal, units: Iterable[str]) -> list[int]:
    """Return the places, from 0, of the asks of *proposal* that none of *units* answers."""
    known = [_pairs(unit) for unit in units]
    missing = []
    for n, ask in enumerate(proposal.asks):
        own = _peculiar(ask, proposal.subject)
        enough = 1 if len(own) <= _FEW else _ENOUGH * len(own)
        if own and max((len(own & pairs) for pairs in known), default=0) < enough:
            missing.append(n)
    return missing


def _peculiar(ask: str, subject: str) -> set[str]:
    """Return the pairs of characters by which *ask* is known: without common words, and those of the whole case."""
    own = _pairs(_COMMON.sub(" ", ask)) or _pairs(ask)
    return own - _pairs(_COMMON.sub(" ", subject)) or own


def _pairs(text: str) -> set[str]:
    pieces = _HANZI.findall(text)
    return {piece[n : n + 2] for piece in pieces for n in range(max(1, len(piece) - 1))}


def _units(matter: Matter) -> list[str]:
    """Return what may answer an ask: each paragraph's head, and each two sentences that follow each other."""
    bodies = [reply.body or "" for reply in matter.replies[: matter.turn + 1]]
    units: list[str] = []
    for line in lines("\n".join(bodies)):
        pieces = [piece for piece in SENTENCE_END.split(line) if piece]
        units += [*pieces[:1], *(first + second for first, second in pairwise(pieces))]
    return units
