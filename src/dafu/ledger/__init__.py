"""Lists in (交办清单) and out (办理台账): columns ↔ records."""

from dafu.ledger.columns import COLUMNS, LEDGER, Column, chosen, column_of, nearest_title, plain_heading
from dafu.ledger.leaves import Leaves, bared, leaves_of, tree_of, without_empty
from dafu.ledger.merging import Merged, applied, merge, told_by_lists
from dafu.ledger.reading import Listing, Row, read_list
from dafu.ledger.table import Line, table

__all__ = [
    "COLUMNS",
    "LEDGER",
    "Column",
    "Leaves",
    "Line",
    "Listing",
    "Merged",
    "Row",
    "applied",
    "bared",
    "chosen",
    "column_of",
    "leaves_of",
    "merge",
    "nearest_title",
    "plain_heading",
    "read_list",
    "table",
    "told_by_lists",
    "tree_of",
    "without_empty",
]
