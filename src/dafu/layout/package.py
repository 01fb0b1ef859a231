"""Parts → the bytes of a .docx, and the hash that tells whether anyone edited it since.

The constant parts are files in `parts/`; they are compressed once and their bytes reused, so a letter costs the
compression of its own text only. Nothing in the bytes depends on the clock: the same letter gives the same file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEVEL = 3  # of zlib: a third of the time of its usual 6, and 400 bytes more in a letter of 9,000
_SMALL = 512  # bytes; to set up the compression of less takes longer than it is worth
_LARGEST = 100_000_000  # bytes unpacked: no letter is larger, a bomb is
_PARTS = Path(__file__).parent / "parts"
_FIRST = "[Content_Types].xml"  # where readers look first
_RELATIONS, _PROPERTIES = "_rels/.rels", "docProps/"
_NAMING_PROPERTIES = rb"\s*<(Override|Relationship) [^>]*docProps/[^>]*/>"
_HASH_PART = "docProps/custom.xml"
_HASH = rb'name="dafu-content"[^>]*>\s*<vt:lpwstr>([0-9a-f]{64})<'
_HASH_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="dafu-content">'
    "<vt:lpwstr>%s</vt:lpwstr></property></Properties>"
)
# The records of a zip file, by PKWARE's APPNOTE 4.3.7, 4.3.12 and 4.3.16.
_LOCAL, _CENTRAL, _END = (struct.Struct(form) for form in ("<4s10s3L2H", "<4sH10s3L5H2L", "<4s4H2LH"))
_STORED, _DEFLATED = (struct.pack("<5H", 20, 0, way, 0, 0x21) for way in (0, 8))  # zip 2.0, midnight of 1980-01-01


class _Package:
    """A zip file in the making: its records and their length, its directory, the hash of its parts."""

    def __init__(self, begun: _Package | None = None) -> None:
        """Begin with the parts of the one that is *begun*."""
        self.records: list[bytes] = [*begun.records] if begun else []
        self.directory: list[bytes] = [*begun.directory] if begun else []
        self.length: int = begun.length if begun else 0
        self.hashed: hashlib._Hash = begun.hashed.copy() if begun else hashlib.sha256()

    def add(self, name: str, data: bytes) -> None:
        """Add a part, compressed where that saves anything to speak of."""
        title = name.encode()
        way, packed = (_STORED, data) if len(data) < _SMALL else (_DEFLATED, zlib.compress(data, _LEVEL, wbits=-15))
        checked = zlib.crc32(data)
        shared = way, checked, len(packed), len(data), len(title), 0
        record = _LOCAL.pack(b"PK\3\4", *shared) + title + packed
        self.directory.append(_CENTRAL.pack(b"PK\1\2", 20, *shared, 0, 0, 0, 0, self.length) + title)
        self.records.append(record)
        self.length += len(record)
        _digest(self.hashed, title, len(data), checked)

    def closed(self) -> bytes:
        """Return the whole file."""
        listing, count = b"".join(self.directory), len(self.directory)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), self.length, 0)
        return b"".join((*self.records, listing, end))


def pack(form: str, parts: Mapping[str, bytes]) -> bytes:
    """Return the .docx of the constant parts of *form* (a folder in `parts/`), *parts* and their hash."""
    package = _Package(_beginning(form))
    for name, data in parts.items():
        package.add(name, data)
    package.add(_HASH_PART, (_HASH_XML % package.hashed.hexdigest()).encode())
    return package.closed()


@cache
def _beginning(form: str) -> _Package:
    """Return what every letter of *form* begins with: its constant parts."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in (_PARTS / form, _PARTS / "common")
        for path in folder.rglob("*")
        if path.name.endswith((".xml", ".rels"))
    }
    package = _Package()
    for name in sorted(found, key=lambda name: (name != _FIRST, name)):
        package.add(name, found[name])
    return package


def stripped(docx: bytes) -> bytes:
    """Return a .docx that `pack` made without docProps: no author, no title, no hash."""
    package = _Package()
    for name, data in _members(docx).items():
        if not name.startswith(_PROPERTIES):
            package.add(name, re.sub(_NAMING_PROPERTIES, b"", data) if name in (_FIRST, _RELATIONS) else data)
    return package.closed()


def common_part(name: str) -> bytes:
    """Return a constant part that every form shares, such as `word/footer1.xml`."""
    return (_PARTS / "common" / name).read_bytes()


def carried_hash(docx: bytes) -> str:
    """Return the content hash that *docx* carries, or "" where it carries none or is no .docx."""
    found = re.search(_HASH, _members(docx).get(_HASH_PART, b""))
    return found[1].decode() if found else ""


def content_hash(docx: bytes) -> str:
    """Return the hash of what *docx* contains now, or "" where it is no .docx.

    It tells an edit, not a forgery: who forges a letter can write its hash anew as well.
    """
    members = _members(docx)
    hashed = hashlib.sha256()
    for name, data in members.items():
        if name != _HASH_PART:
            _digest(hashed, name.encode(), len(data), zlib.crc32(data))
    return hashed.hexdigest() if members else ""


def _members(docx: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(docx)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                return {}
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 -- zipfile fails in a dozen ways on damaged bytes; all mean: not ours
        return {}


def _digest(hashed: hashlib._Hash, name: bytes, length: int, checked: int) -> None:
    """Let *hashed* take in a part: its name, led by its length, and the length and the checksum of its contents."""
    hashed.update(b"%d %s %d %d " % (len(name), name, length, checked))
