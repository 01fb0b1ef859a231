"""Today's list: every open clock, the most pressing first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from dafu.deadlines import Light
from dafu.desk.standing import clock_words
from dafu.terms import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dafu.desk.standing import Dial, Standing

_ORDER = {Light.OVERDUE: 0, Light.RED: 2, Light.YELLOW: 3, Light.GREEN: 4}
_TODAY = 1


class Item(NamedTuple):
    """One open clock of one case."""

    case: Standing
    clock: Dial

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day has passed."""
        return self.clock.light is Light.OVERDUE

    @property
    def basis(self) -> tuple[str, ...]:
        """Return how its day came about, line by line; the record is read again for it."""
        same = (one for one in self.case.load().clocks if (one.clock, one.unit) == (self.clock.clock, self.clock.unit))
        return next(same).basis

    def words(self) -> dict[str, Any]:
        """Return the words of the list with this clock's own day."""
        return self.case.summary() | clock_words(self.clock) | {"时钟": self.clock.name}


def agenda(cases: Iterable[Standing], days: int | None) -> list[Item]:
    """Return the open clocks of *cases*, only those due within *days* working days when given.

    Overdue ones come first, then those of today, then red, yellow and green; 重点 before others, then by the day.
    A 跟踪 may be set for the next year: without *days* it is not listed while it is green.
    """
    items = [Item(case, clock) for case in cases for clock in case.clocks]
    return sorted((item for item in items if _is_near(item.clock, days)), key=_rank)


def lights(items: Iterable[Item]) -> str:
    """Return how many of *items* have each light."""
    counts = Counter(item.clock.light for item in items)
    return "，".join(f"{light}{counts[light]}件" for light in Light if counts[light]) or "没有在办的期限"


def _is_near(clock: Dial, days: int | None) -> bool:
    if days is None:
        return clock.clock is not Clock.FOLLOWING or clock.light is not Light.GREEN
    return clock.left <= days


def _rank(item: Item) -> tuple[int, bool, Any, str, str]:
    clock = item.clock
    weight = _TODAY if clock.left == 0 else _ORDER[clock.light]
    return weight, not item.case.words["重点"], clock.due, item.case.words["案号"], clock.name
