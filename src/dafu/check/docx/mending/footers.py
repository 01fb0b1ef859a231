"""Mend page numbers: — 1 — at the outer edge of each side, in footers of their own for odd and even pages."""

from __future__ import annotations

from copy import deepcopy
from posixpath import dirname, join
from typing import TYPE_CHECKING

from lxml import etree

from dafu.check.docx.mending.xml import put
from dafu.check.docx.numbering import has_number, is_bare, number_of
from dafu.check.docx.opening import REFERENCE, RELATIONSHIPS, relations_of, value, w
from dafu.layout import measures as m
from dafu.layout.package import common_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from dafu.check.docx.elements import Letter
    from dafu.check.docx.opening import Package
    from dafu.check.docx.reading import Section

_ID = f"{{{REFERENCE}}}id"
_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_SETTINGS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
_ODD, _EVEN = "word/footer1.xml", "word/footer2.xml"  # ours, whose paragraphs are taken
_KINDS = ("default", "even", "first")


def page_numbers(letter: Letter) -> None:
    """Put the number of the standard into the footers of every section that has, or must have, one."""
    package = letter.package
    for section in letter.sections:
        if section.number == 1 or any(number_of(letter, section, kind) for kind in _KINDS):
            _number_section(letter, section)
    if not letter.has_even_pages:
        _switch_on(package)


def _number_section(letter: Letter, section: Section) -> None:
    package, parts = letter.package, section.parts
    odd = parts.get("footer-default") or _added(package, _empty(), "footer")
    even = parts.get("footer-even") or _copied(package, odd)
    sides = {"default": (odd, _ODD), "even": (even, _EVEN)}
    if section.hides_first and not letter.is_stationery:
        sides["first"] = (parts.get("footer-first") or _added(package, _empty(), "footer"), _ODD)
    for kind, (name, ours) in sides.items():
        _set_number(package.part(name), ours)
        _refer(package, section, "footer", kind, name)
    header = parts.get("header-default")
    if header and "header-even" not in parts and not letter.has_even_pages:
        _refer(package, section, "header", "even", header)
    margins = section.element.find(w("pgMar"))
    if margins is not None:
        margins.set(w("footer"), str(m.FOOTER))
    form = section.element.find(w("pgNumType"))
    if form is not None:
        form.attrib.pop(w("fmt"), None)


def _set_number(root: Element | None, ours: str) -> None:
    """Replace the numbers in a footer by ours, below whatever else it says."""
    if root is None:
        return
    for paragraph in [one for one in root.iter(w("p")) if has_number(one)]:
        _take_out(paragraph)
    for paragraph in [one for one in root.findall(w("p")) if not _says_anything(one)]:
        root.remove(paragraph)
    root.extend(_our_paragraphs(ours))


def _our_paragraphs(ours: str) -> Iterator[Element]:
    for paragraph in etree.fromstring(common_part(ours)).iterfind(w("p")):
        found = deepcopy(paragraph)
        style = found.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and (parent := style.getparent()) is not None:
            parent.remove(style)  # a foreign document has no such style
        yield found


def _take_out(paragraph: Element) -> None:
    """Remove a paragraph that holds nothing but the number, and the box or control around it."""
    words = "".join(one.text or "" for one in paragraph.iter(w("t")))
    if not is_bare(words):
        return
    box = next(paragraph.iterancestors(w("txbxContent")), None)
    taken = paragraph if box is None else next(box.iterancestors(w("r")), paragraph)
    parent = taken.getparent()
    while parent is not None:
        parent.remove(taken)
        if len(parent) or parent.tag not in (w("sdtContent"), w("sdt")):
            return
        taken, parent = parent, parent.getparent()


def _says_anything(paragraph: Element) -> bool:
    return any(node.tag not in (w("pPr"), w("bookmarkStart"), w("bookmarkEnd")) for node in paragraph)


def _refer(package: Package, section: Section, tag: str, kind: str, name: str) -> None:
    """Let a section refer to a part as its header or footer of *kind*."""
    ids = {target: key for key, (_, target) in package.relations(package.main).items()}
    for one in section.element.findall(w(f"{tag}Reference")):
        if (value(one, "type") or "default") == kind:
            one.set(_ID, ids[name])
            return
    reference = etree.Element(w(f"{tag}Reference"))
    reference.set(w("type"), kind)
    reference.set(_ID, ids[name])
    section.element.insert(0, reference)


def _empty() -> Element:
    return etree.Element(w("ftr"), nsmap={"w": w("")[1:-1]})


def _copied(package: Package, name: str) -> str:
    """Copy a footer with all that it refers to; return the name of the copy."""
    root = package.part(name)
    copy = _added(package, _empty() if root is None else deepcopy(root), "footer")
    if relations_of(name) in package.members:
        package.members[relations_of(copy)] = package.members[relations_of(name)]
    return copy


def _added(package: Package, root: Element, kind: str) -> str:
    """Add a part that the main part refers to as *kind*; return its name."""
    folder = dirname(package.main)
    names = (join(folder, f"{kind}{number}.xml") for number in range(1, 10_000))
    name = next(one for one in names if package.part(one) is None)
    package.add(name, root)
    types, relations = package.part(_TYPES), package.part(relations_of(package.main))
    if types is not None:
        content = _FOOTER_TYPE if kind == "footer" else _SETTINGS_TYPE
        types.append(etree.Element(f"{{{_TYPES_NAMESPACE}}}Override", {"PartName": f"/{name}", "ContentType": content}))
    if relations is None:
        relations = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        package.add(relations_of(package.main), relations)
    taken = {one.get("Id") for one in relations}
    key = next(f"rId{number}" for number in range(1, 10_000) if f"rId{number}" not in taken)
    attributes = {"Id": key, "Type": f"{REFERENCE}/{kind}", "Target": name.removeprefix(f"{folder}/")}
    relations.append(etree.Element(f"{{{RELATIONSHIPS}}}Relationship", attributes))
    return name


def _switch_on(package: Package) -> None:
    """Let even pages have headers and footers of their own."""
    name = package.related("settings") or _added(
        package, etree.Element(w("settings"), nsmap={"w": w("")[1:-1]}), "settings"
    )
    settings = package.part(name)
    if settings is not None and settings.tag == w("settings"):  # a part of that name may hold anything
        put(settings, "evenAndOddHeaders")
