"""承诺台账: what a reply graded B or C, or a 跟踪, has promised, and what became of it.

A promise is open until a 再次答复 graded A is issued; a 跟踪 entered after that opens it again. It is to be looked at
by 下次日期 of the last 跟踪 since the last reply; where none is set, by the end of the year in which it was last looked
at, so that last year's promises come back in the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from dafu.report.standing import is_done, is_promise
from dafu.terms import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.report.standing import Standing


class Keeping(Enum):
    """状态: how far a promise has been kept."""

    FOLLOWED = "跟踪中"
    SOLVED = "已转A"
    FORGOTTEN = "逾期未跟踪"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Promise:
    """A row of 承诺台账."""

    standing: Standing
    grade: str | None
    text: str
    next_day: date | None
    keeping: Keeping

    def words(self) -> dict[str, str | None]:
        """Return the row in its columns."""
        facts = self.standing.facts
        return {
            "案号": facts.number,
            "案由": facts.subject,
            "等次": self.grade,
            "承诺": self.text or None,
            "下次日期": self.next_day.isoformat() if self.next_day else None,
            "责任科室": facts.section,
            "经办人": facts.clerk,
            "状态": str(self.keeping),
        }


_ORDER = (Keeping.FORGOTTEN, Keeping.FOLLOWED, Keeping.SOLVED)


def promises(standings: Iterable[Standing], day: date) -> list[Promise]:
    """Return the promises as they stand on *day*: the forgotten ones first, then by 下次日期; the kept ones last."""
    found = [_promise(one, day) for one in standings if _has_promised(one)]
    return sorted(
        found,
        key=lambda one: (_ORDER.index(one.keeping), one.next_day or date.max, one.standing.facts.number),
    )


def _has_promised(one: Standing) -> bool:
    return not one.is_over and (one.has_promised or Step.FOLLOW in one.steps)


def _promise(one: Standing, day: date) -> Promise:
    promised = [grade for _, grade in one.facts.issued if is_promise(grade)]
    return Promise(
        one,
        grade=promised[-1] if promised else one.grade,
        text=one.facts.following.text or one.facts.asks,
        next_day=one.facts.following.next_day,
        keeping=_keeping(one, day),
    )


def _keeping(one: Standing, day: date) -> Keeping:
    following = one.facts.following
    if is_done(one.grade) and not following.day:
        return Keeping.SOLVED
    last = following.day or one.facts.issued[-1][0]
    look_again = following.next_day or date(last.year, 12, 31)
    return Keeping.FORGOTTEN if day > look_again else Keeping.FOLLOWED
