"""Statistics, the year report, the board and 承诺台账, of the records as they stood on a day."""

from dafu.report.account import Account, definitions, notes
from dafu.report.facts import Facts, facts_of, restored, until
from dafu.report.figures import Figures, Ratio
from dafu.report.promises import Keeping, Promise
from dafu.report.standing import Standing

__all__ = [
    "Account",
    "Facts",
    "Figures",
    "Keeping",
    "Promise",
    "Ratio",
    "Standing",
    "definitions",
    "facts_of",
    "notes",
    "restored",
    "until",
]
