"""Parts → the bytes of a .docx, and the hash that tells whether anyone edited it since.

The constant parts are files in `parts/`; they are compressed once and their bytes reused, so a letter costs the
compression of its own text only. Nothing in the bytes depends on the clock: the same letter gives the same file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LARGEST = 100_000_000  # bytes unpacked: no letter is larger, a bomb is
_PARTS = Path(__file__).parent / "parts"
_FIRST = "[Content_Types].xml"  # where readers look first
_RELATIONS, _PROPERTIES = "_rels/.rels", "docProps/"
_NAMING_PROPERTIES = re.compile(rb"\s*<(Override|Relationship) [^>]*docProps/[^>]*/>")
_HASH_PART = "docProps/custom.xml"
_HASH = re.compile(rb'name="dafu-content"[^>]*>\s*<vt:lpwstr>([0-9a-f]{64})<')
_HASH_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="dafu-content">'
    "<vt:lpwstr>%s</vt:lpwstr></property></Properties>"
)
# The records of a zip file, by PKWARE's APPNOTE 4.3.7, 4.3.12 and 4.3.16.
_LOCAL, _CENTRAL, _END = (struct.Struct(form) for form in ("<4s10s3L2H", "<4sH10s3L5H2L", "<4s4H2LH"))
_HOW = struct.pack("<5H", 20, 0, 8, 0, 0x21)  # zip 2.0, no flags, deflated, midnight of 1980-01-01


@dataclass(frozen=True, slots=True)
class _Part:
    """A part, compressed; `sizes` are its CRC, compressed and plain length."""

    name: bytes
    data: bytes
    deflated: bytes
    sizes: tuple[int, int, int]

    @classmethod
    def of(cls, name: str, data: bytes) -> _Part:
        deflated = zlib.compress(data, 6, wbits=-15)
        return cls(name.encode(), data, deflated, (zlib.crc32(data), len(deflated), len(data)))


def pack(form: str, parts: Mapping[str, bytes]) -> bytes:
    """Return the .docx of the constant parts of *form* (a folder in `parts/`), *parts* and their hash."""
    constant = _constant_parts(form)
    own = [_Part.of(name, data) for name, data in parts.items()]
    seal = _digest((part.name, part.data) for part in (*constant, *own))
    return _zipped((*constant, *own, _Part.of(_HASH_PART, (_HASH_XML % seal).encode())))


def stripped(docx: bytes) -> bytes:
    """Return a .docx that `pack` made without docProps: no author, no title, no hash."""
    kept = {name: data for name, data in _members(docx).items() if not name.startswith(_PROPERTIES)}
    for name in (_FIRST, _RELATIONS):
        kept[name] = _NAMING_PROPERTIES.sub(b"", kept[name])
    return _zipped(tuple(_Part.of(name, data) for name, data in kept.items()))


def common_part(name: str) -> bytes:
    """Return a constant part that every form shares, such as `word/footer1.xml`."""
    return (_PARTS / "common" / name).read_bytes()


def carried_hash(docx: bytes) -> str:
    """Return the content hash that *docx* carries, or "" where it carries none or is no .docx."""
    found = _HASH.search(_members(docx).get(_HASH_PART, b""))
    return found[1].decode() if found else ""


def content_hash(docx: bytes) -> str:
    """Return the hash of what *docx* contains now, or "" where it is no .docx."""
    members = _members(docx)
    others = ((name.encode(), data) for name, data in members.items() if name != _HASH_PART)
    return _digest(others) if members else ""


def _members(docx: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(docx)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                return {}
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 -- zipfile fails in a dozen ways on damaged bytes; all mean: not ours
        return {}


def _digest(parts: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the SHA-256 over names and contents in order, each led by its length."""
    digest = hashlib.sha256()
    for name, data in parts:
        digest.update(b"%d %s %d " % (len(name), name, len(data)))
        digest.update(data)
    return digest.hexdigest()


@cache
def _constant_parts(form: str) -> tuple[_Part, ...]:
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in (_PARTS / form, _PARTS / "common")
        for path in folder.rglob("*")
        if path.name.endswith((".xml", ".rels"))
    }
    names = sorted(found, key=lambda name: (name != _FIRST, name))
    return tuple(_Part.of(name, found[name]) for name in names)


def _zipped(parts: tuple[_Part, ...]) -> bytes:
    records, directory, at = [], [], 0
    for part in parts:
        name = part.name
        local = _LOCAL.pack(b"PK\3\4", _HOW, *part.sizes, len(name), 0) + name + part.deflated
        central = _CENTRAL.pack(b"PK\1\2", 20, _HOW, *part.sizes, len(name), 0, 0, 0, 0, 0, at) + name
        records.append(local)
        directory.append(central)
        at += len(local)
    listing = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listing), at, 0)
    return b"".join((*records, listing, end))
