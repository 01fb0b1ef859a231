"""Files that are zip packages: OFD (GB/T 33190-2016) and .docx (ECMA-376); nothing is unpacked to the disk."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from dafu.archive.found import Found, Kind, cut_off, fault, hidden, locked, scripted
from dafu.errors import UnusableError
from dafu.files.package import Limits, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIMITS = Limits(unpacked=500_000_000, part=500_000_000, members=20_000, ratio=2_000)  # read piece by piece
_XML = 20_000_000  # bytes of a part that is parsed
_CHUNK = 1 << 20
_OFD, _WORD = "OFD.xml", "word/document.xml"
_MACROS, _EMBEDDED = "word/vbaProject.bin", "word/embeddings/"
_ENCRYPTIONS = "Encryptions.xml"  # where an encrypted OFD is entered (GM/T 0099-2020)
_IS_ENCRYPTED = 0x1  # of the general purpose flags (APPNOTE 4.4.4)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError)


class _DoctypeError(Exception):
    """A part declares a document type, which neither standard allows, and with it entities."""


def package(data: bytes) -> Found:
    """Tell an OFD from a .docx and from other packages; one that is too large unpacked is not looked into."""
    kind = _kind([name for name in (_OFD, _WORD) if name.encode() in data])
    try:
        with opened(data, _LIMITS) as archive:
            return _found(archive)
    except UnusableError as error:
        return Found(kind, None, error.problems)
    except _DoctypeError:
        return Found(kind, None, (fault("A109", "里面的 XML 声明了 DOCTYPE", "用出具它的程序重新导出"),))
    except (*_DAMAGED, expat.ExpatError):
        return cut_off(kind)


def _kind(names: Iterable[str]) -> Kind | None:
    return Kind.OFD if _OFD in names else Kind.DOCX if _WORD in names else None


def _found(archive: zipfile.ZipFile) -> Found:
    kind = _kind(archive.namelist())
    if kind is None:
        return Found(None, None, (fault("A101", "是压缩包，但不是 OFD 或 .docx", "解开后把里面的文件归档"),))
    if _is_locked(archive):
        return Found(kind, None, (locked(),))
    for name in archive.namelist():
        with archive.open(name) as part:
            while part.read(_CHUNK):  # to its end, where its checksum is compared
                pass
    return _ofd(archive) if kind is Kind.OFD else _word(archive)


def _is_locked(archive: zipfile.ZipFile) -> bool:
    return any(one.filename == _ENCRYPTIONS or one.flag_bits & _IS_ENCRYPTED for one in archive.infolist())


def _word(archive: zipfile.ZipFile) -> Found:
    """Say what a .docx carries beside its text; its pages are known to no one but the printer."""
    names = archive.namelist()
    macros = [scripted("宏")] if _MACROS in names else []
    others = [hidden()] if any(name.startswith(_EMBEDDED) for name in names) else []
    return Found(Kind.DOCX, None, (*macros, *others))


def _ofd(archive: zipfile.ZipFile) -> Found:
    pages, attached = 0, False
    for root in _Part.of(archive, _OFD).roots:
        path = root.strip().lstrip("/")
        document = _Part.of(archive, path)
        for page in document.pages:
            archive.getinfo(_joined(path, page))  # a page that is listed must be there
        pages += len(document.pages)
        attached = attached or document.attached
    if not pages:
        return Found(Kind.OFD, 0, (fault("A102", "一页也没有", "核对是不是选错了文件"),))
    return Found(Kind.OFD, pages, (hidden(),) if attached else ())


def _joined(document: str, place: str) -> str:
    """Return the name of a member that *document* names by *place*, from the root or from its own folder."""
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(f"{posixpath.dirname(document)}/{place}")


@dataclass
class _Part:
    """What an OFD's entry or document says: its documents, its pages, and whether other files hang on it."""

    roots: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attached: bool = False
    _open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, archive: zipfile.ZipFile, name: str) -> _Part:
        if archive.getinfo(name).file_size > _XML:
            raise ValueError(name)
        part, parser = cls(), expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = part.doctype
        parser.StartElementHandler, parser.EndElementHandler = part.start, part.end
        parser.CharacterDataHandler = part.text
        parser.Parse(archive.read(name), True)  # noqa: FBT003 -- expat's signature: the last piece
        return part

    def doctype(self, *_: object) -> None:
        raise _DoctypeError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "Page" and self._open[-1:] == ["Pages"]:
            self.pages.append(attributes["BaseLoc"])
        elif local == "DocRoot":
            self.roots.append("")
        self.attached = self.attached or local == "Attachments"
        self._open.append(local)

    def end(self, _: str) -> None:
        self._open.pop()

    def text(self, words: str) -> None:
        if self._open[-1:] == ["DocRoot"]:
            self.roots[-1] += words
