"""Numbers: the next in a series, no doubles, no gaps, voided ones kept.

Each number that the tool allocates is a file of its own, `<年>/<代字>-<号>.yaml`, complete before it bears that name.
That a number is given only once rests on this alone: a name can be taken only once. A second trace, the highest number
of each series, lies outside the register: it tells a register that has vanished from one that was never begun.
"""

from dafu.register.book import Register, entries
from dafu.register.entry import Claim, Entry, Stamp, State
from dafu.register.faults import faults
from dafu.register.taking import foresee, take, void

__all__ = ["Claim", "Entry", "Register", "Stamp", "State", "entries", "faults", "foresee", "take", "void"]
