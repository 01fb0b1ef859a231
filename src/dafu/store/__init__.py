"""The workspace: find it, read its office and its records, find a record by its address, change one durably."""

from dafu.store.finding import find, lead_among, lead_of, leads, load, mentioning, on_file, sharers
from dafu.store.journal import Author, Change, create, save, undo
from dafu.store.reading import RECORD_LIMIT, open_workspace, root_of
from dafu.store.workspace import (
    OFFICE,
    PROPOSALS,
    REPLIES,
    SUFFIX,
    TEMPLATES,
    Record,
    Series,
    Workspace,
    address_of,
    case_of,
    identity_of,
    series_of,
    stem_of,
    year_of,
)

__all__ = [
    "OFFICE",
    "PROPOSALS",
    "RECORD_LIMIT",
    "REPLIES",
    "SUFFIX",
    "TEMPLATES",
    "Author",
    "Change",
    "Record",
    "Series",
    "Workspace",
    "address_of",
    "case_of",
    "create",
    "find",
    "identity_of",
    "lead_among",
    "lead_of",
    "leads",
    "load",
    "mentioning",
    "on_file",
    "open_workspace",
    "root_of",
    "save",
    "series_of",
    "sharers",
    "stem_of",
    "undo",
    "year_of",
]
