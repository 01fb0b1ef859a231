"""A foreign .docx → its parts, parsed without entities, and how they refer to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from lxml import etree

from dafu.errors import Problem, UnusableError
from dafu.files.package import members

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_CONTENT_TYPES = "[Content_Types].xml"
_RESAVE = "请用 Word 或 WPS 打开，另存为 .docx"


def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{MAIN}}}{name}"


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of WordprocessingML, or "" where there is none."""
    return "" if element is None else str(element.get(w(name), ""))


def number(text: str) -> int | None:
    """Return a length in twips or another count as Word writes it, or None where it is none."""
    try:
        return round(float(text.removesuffix("pt")) * (20 if text.endswith("pt") else 1))
    except (ValueError, OverflowError):
        return None


def is_on(element: Element | None, *, default: bool = False) -> bool:
    """Return what an on/off element says."""
    return default if element is None else value(element) not in ("0", "false", "off")


@dataclass
class Package:
    """The members of a .docx; parts that were parsed stay parsed, so that what is changed in them can be written."""

    members: dict[str, bytes]
    main: str
    _trees: dict[str, Element] = field(default_factory=dict)

    @property
    def root(self) -> Element:
        """Return the root of the main part."""
        root = self.part(self.main)
        if root is None:
            raise unusable("不是 Word 文档", _RESAVE)
        return root

    def part(self, name: str) -> Element | None:
        """Return the root of the part *name*, or None where the package has none."""
        if name not in self._trees and name in self.members:
            self._trees[name] = parsed(name, self.members[name])
        return self._trees.get(name)

    def add(self, name: str, root: Element) -> None:
        """Add a part, or replace one."""
        self._trees[name] = root

    def related(self, kind: str) -> str:
        """Return the name of the part that the main part refers to as *kind* (`styles`, `theme` …), or ""."""
        found = (target for other, target in self.relations(self.main).values() if other == kind)
        return next((target for target in found if self.part(target) is not None), "")

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return kind and target of each relation of the part *name* by its id; links out of the package have none."""
        return _relations(self.part(relations_of(name)), dirname(name))

    def changed(self) -> dict[str, bytes]:
        """Return all members, those that were parsed as they are now."""
        written = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self._trees.items()
        }
        return self.members | written


def opened(data: bytes) -> Package:
    """Return the parts of a .docx; raises UnusableError for what is none, or none that is safe to read."""
    found = members(data)
    top = parsed("_rels/.rels", found["_rels/.rels"]) if "_rels/.rels" in found else None
    main = next((target for kind, target in _relations(top, "").values() if kind == "officeDocument"), "")
    if main not in found or _CONTENT_TYPES not in found:
        raise unusable("不是 Word 文档", "请核对是不是选错了文件")
    package = Package(found, main)
    if etree.QName(package.root).namespace == _STRICT:
        raise unusable("是“严格 Open XML”格式，读不了", f"{_RESAVE}，保存类型选“Word 文档”")
    if package.root.find(w("body")) is None:
        raise unusable("不是 Word 文档", _RESAVE)
    return package


def parsed(name: str, part: bytes) -> Element:
    """Return the root of an XML part; raises UnusableError for what is no XML."""
    try:
        return etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError as error:
        raise unusable(f"部件“{name}”已经损坏，读不了", "请向来源处重新要一份") from error


def relations_of(name: str) -> str:
    """Return the name of the part that lists the relations of the part *name*."""
    return join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")


def _relations(root: Element | None, folder: str) -> dict[str, tuple[str, str]]:
    return {
        str(one.get("Id", "")): (str(one.get("Type", "")).rpartition("/")[2], _target(str(one.get("Target")), folder))
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External" and one.get("Target")
    }


def _target(path: str, folder: str) -> str:
    return normpath(path.lstrip("/") if path.startswith("/") else join(folder, path))


def unusable(message: str, cure: str) -> UnusableError:
    """Return the error that a document cannot be read."""
    return UnusableError(problems=[Problem("F217", message, cure)])
