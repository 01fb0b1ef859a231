"""Every clock of a record: start, rule, due day, basis, days left."""

from dafu.deadlines.clocks import clocks, light_of, main, moved, unmet
from dafu.deadlines.limits import Reckoned, reckon
from dafu.deadlines.running import Light, Running

__all__ = ["Light", "Reckoned", "Running", "clocks", "light_of", "main", "moved", "reckon", "unmet"]
