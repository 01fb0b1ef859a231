"""The only place that opens for writing, replaces, links, removes or locks.

A file is written beside its place, made durable, read back, and only then takes the place: whatever
stops it, the file is the old one or the new one, whole. A failed fsync is never tried again, since the
system may have dropped the pages: the attempt is thrown away and reported.
"""

from dafu.files.caching import cache_folder
from dafu.files.faults import told
from dafu.files.folders import Stored, digest_of, discard, fill, publish
from dafu.files.locking import holder_left, locked
from dafu.files.probing import Traits, probe
from dafu.files.reading import digest, read
from dafu.files.walking import is_copy, is_fresh, stamp, stamps, walk
from dafu.files.writing import TEMPORARY, beside, confirm, create, make_folder, write

__all__ = [
    "TEMPORARY",
    "Stored",
    "Traits",
    "beside",
    "cache_folder",
    "confirm",
    "create",
    "digest",
    "digest_of",
    "discard",
    "fill",
    "holder_left",
    "is_copy",
    "is_fresh",
    "locked",
    "make_folder",
    "probe",
    "publish",
    "read",
    "stamp",
    "stamps",
    "told",
    "walk",
    "write",
]
