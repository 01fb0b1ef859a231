"""The workspace: find it, read its office and its records, find a record by its address, change one durably."""

from dafu.store.finding import find, lead_among, lead_of, leads, load, mentioning, on_file, sharers, twins
from dafu.store.imported import imported, remember_imported
from dafu.store.journal import Author, Change, create, save, undo
from dafu.store.outputs import is_output, write_output
from dafu.store.reading import RECORD_LIMIT, body_files, open_workspace, read, read_all, record_stamps, root_of
from dafu.store.settings import set_office
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
    "body_files",
    "case_of",
    "create",
    "find",
    "identity_of",
    "imported",
    "is_output",
    "lead_among",
    "lead_of",
    "leads",
    "load",
    "mentioning",
    "on_file",
    "open_workspace",
    "read",
    "read_all",
    "record_stamps",
    "remember_imported",
    "root_of",
    "save",
    "series_of",
    "set_office",
    "sharers",
    "stem_of",
    "twins",
    "undo",
    "write_output",
    "year_of",
]
