"""Pictures of pages: JPEG (ITU-T T.81), PNG (ISO/IEC 15948) and TIFF 6.0; only their structure is read."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu.archive.found import Found, Kind, cut_off

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)  # within a scan: neither data nor a restart
_START_OF_IMAGE, _END_OF_IMAGE = 0xD8, 0xD9
_MOST_FRAMES, _MOST_FIELDS = 20_000, 4_000  # of one TIFF, of one directory: a page has some twenty fields
_MOST_PLACES = 10_000_000  # strips and tiles of one TIFF: 500 pages of 10,000 rows each, twice
_WHOLE = {3: "H", 4: "I", 13: "I", 16: "Q"}  # the types of a TIFF's field that can hold an offset, a length, a flag
_SUBFILE, _PLACES = 254, ((273, 279), (324, 325))  # NewSubfileType; offsets and lengths of strips, of tiles
_NO_PAGE = 0b101  # of NewSubfileType: a reduced image or a mask of another


def jpeg(data: bytes) -> Found:
    """Follow the segments of a JPEG to its end of image."""
    at = 2
    while at + 2 <= len(data):
        found = _MARKER.match(data, at) or _MARKER.search(data, at)  # fill bytes may stand between segments
        if not found:
            break
        marker, at = data[found.start() + 1], found.end()
        if marker == _END_OF_IMAGE:
            return Found(Kind.JPEG, 1)
        if marker != _START_OF_IMAGE:
            at += max(2, int.from_bytes(data[at : at + 2], "big"))
    return cut_off(Kind.JPEG)


def png(data: bytes) -> Found:
    """Follow the chunks of a PNG to IEND; each must have its checksum."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 8 + length
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            break
        if data[at + 4 : at + 8] == b"IEND":
            return Found(Kind.PNG, 1)
        at = end + 4
    return cut_off(Kind.PNG)


def tiff(data: bytes) -> Found:
    """Follow the chain of image file directories; each that is a page of its own counts, whatever it holds."""
    try:
        pages = sum(1 for directory in _Tiff.of(data).directories() if not directory & _NO_PAGE)
    except (struct.error, OverflowError, ValueError):
        return cut_off(Kind.TIFF)
    return Found(Kind.TIFF, pages) if pages else cut_off(Kind.TIFF)


@dataclass(frozen=True, slots=True)
class _Tiff:
    """A TIFF being read; `order` is that of its bytes, `big` says that its offsets have 8 of them (BigTIFF)."""

    data: bytes
    order: str
    big: bool

    @classmethod
    def of(cls, data: bytes) -> _Tiff:
        order = "<" if data[:2] == b"II" else ">"
        return cls(data, order, struct.unpack_from(order + "H", data, 2)[0] == 43)  # noqa: PLR2004 -- BigTIFF's version

    def directories(self) -> Iterator[int]:
        """Yield NewSubfileType of each directory; raises ValueError for a ring, and for data that is not there."""
        seen, places = set[int](), 0
        at = self._number("Q" if self.big else "I", 8 if self.big else 4)
        while at:
            if at in seen or len(seen) >= _MOST_FRAMES or places > _MOST_PLACES:
                raise ValueError(at)
            seen.add(at)
            fields, at = self._directory(at)
            self._check_places(fields)
            places += sum(map(len, fields.values()))
            yield (*fields.get(_SUBFILE, ()), 0)[0]

    def _directory(self, at: int) -> tuple[dict[int, tuple[int, ...]], int]:
        """Return the fields that hold offsets, lengths and the kind of the image, and where the next one begins."""
        start, entry = (8, 20) if self.big else (2, 12)
        count = self._number("Q" if self.big else "H", at)
        if count > _MOST_FIELDS:
            raise ValueError(count)
        end = at + start + count * entry
        following = self._number("Q" if self.big else "I", end)  # so it lies within the file, and so do all entries
        wanted = {_SUBFILE, *(tag for pair in _PLACES for tag in pair)}
        entries = range(at + start, end, entry)
        tags = {self._number("H", place): place for place in entries}
        return {tag: self._values(place) for tag, place in tags.items() if tag in wanted}, following

    def _values(self, entry: int) -> tuple[int, ...]:
        kind, form, slot = self._number("H", entry + 2), "Q" if self.big else "I", 8 if self.big else 4
        count, place = self._number(form, entry + 4), entry + 4 + slot
        if kind not in _WHOLE or count > _MOST_PLACES // 10:
            raise ValueError(kind)
        values = f"{self.order}{count}{_WHOLE[kind]}"
        if struct.calcsize(values) > slot:
            place = self._number(form, place)
        return struct.unpack_from(values, self.data, place)

    def _check_places(self, fields: dict[int, tuple[int, ...]]) -> None:
        pairs = [(fields[start], fields[length]) for start, length in _PLACES if start in fields and length in fields]
        if not pairs:
            raise ValueError(fields)
        for starts, lengths in pairs:
            if any(start + length > len(self.data) for start, length in zip(starts, lengths, strict=True)):
                raise ValueError(starts)

    def _number(self, form: str, at: int) -> int:
        return int(struct.unpack_from(self.order + form, self.data, at)[0])
