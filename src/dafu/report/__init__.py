"""Statistics, the year report, the board and 承诺台账, of the records as they stood on a day."""

from dafu.report.account import Account, definitions, notes
from dafu.report.figures import Figures, Ratio
from dafu.report.promises import Keeping, Promise
from dafu.report.standing import Standing, until

__all__ = ["Account", "Figures", "Keeping", "Promise", "Ratio", "Standing", "definitions", "notes", "until"]
