"""What a paragraph or a run really looks like: its own properties, then its styles, then the defaults.

Attributes are inherited one by one, as Word does it (ECMA-376 part 1, 17.7.2). Lengths are twips, type sizes half
points. A theme font beats a name in the same element, but not one that stands nearer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from dafu.check.docx.opening import is_on, number, value, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from dafu.check.docx.opening import Package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 20  # styles that are based on each other; Word allows eleven
_SCRIPTS = {"zh-CN": "Hans", "zh-SG": "Hans", "zh-TW": "Hant", "zh-HK": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
_SINGLE = 240  # w:line of single spacing


@dataclass(frozen=True, slots=True)
class Spacing:
    """The height of lines and the white around a paragraph; `rule` is auto, exact or atLeast."""

    before: int
    after: int
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class Indents:
    """Indents in twips; `first` is negative where the first line hangs; `chars` says that only Word knows it."""

    left: int
    right: int
    first: int
    chars: bool


@dataclass(frozen=True, slots=True)
class Type:
    """How characters look: the face for Hanzi and for Latin letters ("" where none is named), and their size."""

    east: str
    latin: str
    theme: bool  # the face for Hanzi comes from the theme
    hint: bool  # marks that Chinese and Latin share are Chinese
    size: int
    tracking: int
    bold: bool
    colour: str
    hidden: bool


class Looks:
    """Resolves looks in one package."""

    def __init__(self, package: Package) -> None:
        self._styles = package.part(package.related("styles"))
        self._theme = package.part(package.related("theme"))
        self._numbering = package.part(package.related("numbering"))
        settings = package.part(package.related("settings"))
        languages = None if settings is None else settings.find(w("themeFontLang"))
        self._script = _SCRIPTS.get(value(languages, "eastAsia"), "Hans")
        self._chains: dict[tuple[str, str, str], list[Element]] = {}
        self._types: dict[tuple[bytes, str], Type] = {}

    def of_paragraph(self, paragraph: Element) -> list[Element]:
        """Return the `w:pPr` that hold for a paragraph, the nearest first."""
        own = paragraph.find(w("pPr"))
        style = value(None if own is None else own.find(w("pStyle")))
        chain = self._chain("paragraph", style, "pPr")
        direct = [] if own is None else [own]
        return [*direct, *self._of_list(own), *chain, *self._defaults("pPr")]

    def name_of(self, style: str) -> str:
        """Return the name of a paragraph style by its id; programs rename the ids."""
        found = self._by_id.get(("paragraph", style))
        return "" if found is None else value(found.find(w("name")))

    def type_of(self, own: Element | None, around: str) -> Type:
        """Return the look of a run with the properties *own* in a paragraph of the style *around*."""
        key = (b"" if own is None else etree.tostring(own), around)
        if key not in self._types:
            self._types[key] = self._type(self._of_run(own, around))
        return self._types[key]

    def _of_run(self, own: Element | None, around: str) -> list[Element]:
        direct = [] if own is None else [own]
        style = value(None if own is None else own.find(w("rStyle")))
        named = self._chain("character", style, "rPr") if style else []
        return [*direct, *named, *self._chain("paragraph", around, "rPr"), *self._defaults("rPr")]

    def _type(self, chain: Sequence[Element]) -> Type:
        east, theme = self._face(chain, "eastAsia")
        return Type(
            east=east,
            latin=self._face(chain, "ascii")[0],
            theme=theme,
            hint=next((value(f, "hint") for f in _all(chain, "rFonts") if value(f, "hint")), "") == "eastAsia",
            size=_first_number(chain, "sz", 20),
            tracking=_first_number(chain, "spacing", 0),
            bold=is_on(next(_all(chain, "b"), None)),
            colour=value(next(_all(chain, "color"), None)).upper(),
            hidden=is_on(next(_all(chain, "vanish"), None)),
        )

    def _face(self, chain: Sequence[Element], slot: str) -> tuple[str, bool]:
        for fonts in _all(chain, "rFonts"):
            if theme := value(fonts, "asciiTheme" if slot == "ascii" else f"{slot}Theme"):
                return self._theme_face(theme), True
            if name := value(fonts, slot):
                return name, False
        return "", False

    def _theme_face(self, name: str) -> str:
        """Return the face that the theme gives *name*, such as minorEastAsia."""
        kind = "minor" if name.startswith("minor") else "major"
        fonts = None if self._theme is None else self._theme.find(f".//{_DRAWING}{kind}Font")
        if fonts is None:
            return ""
        slot = "ea" if name.endswith("EastAsia") else "latin"
        face = fonts.find(f"{_DRAWING}{slot}")
        if face is not None and face.get("typeface"):
            return str(face.get("typeface"))
        scripts = {str(one.get("script")): str(one.get("typeface")) for one in fonts.iterfind(f"{_DRAWING}font")}
        return scripts.get(self._script, "") if slot == "ea" else ""

    def _chain(self, kind: str, style: str, part: str) -> list[Element]:
        """Return the properties of a style and of all that it is based on, the nearest first."""
        key = (kind, style, part)
        if key not in self._chains:
            named = self._by_id.get((kind, style))
            ancestors = self._ancestors(kind, self._default(kind) if named is None else named)
            found = (one.find(w(part)) for one in ancestors)
            self._chains[key] = [properties for properties in found if properties is not None]
        return self._chains[key]

    def _ancestors(self, kind: str, style: Element | None) -> Iterator[Element]:
        at = style
        for _ in range(_DEEPEST):
            if at is None:
                return
            yield at
            at = self._by_id.get((kind, value(at.find(w("basedOn")))))

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Element]:
        styles = () if self._styles is None else self._styles.iterfind(w("style"))
        return {(value(one, "type"), value(one, "styleId")): one for one in styles}

    def _default(self, kind: str) -> Element | None:
        found = (one for (type_, _), one in self._by_id.items() if type_ == kind)
        return next((one for one in found if value(one, "default") in ("1", "true", "on")), None)

    def _defaults(self, part: str) -> list[Element]:
        path = f"{w('docDefaults')}/{w(f'{part}Default')}/{w(part)}"
        found = None if self._styles is None else self._styles.find(path)
        return [] if found is None else [found]

    def _of_list(self, own: Element | None) -> list[Element]:
        """Return the properties that an automatic number brings along."""
        listed = None if own is None else own.find(w("numPr"))
        if listed is None or self._numbering is None:
            return []
        chosen, level = value(listed.find(w("numId"))), value(listed.find(w("ilvl"))) or "0"
        abstract = next(
            (
                value(one.find(w("abstractNumId")))
                for one in self._numbering.iterfind(w("num"))
                if value(one, "numId") == chosen
            ),
            None,
        )
        for one in self._numbering.iterfind(w("abstractNum")):
            if value(one, "abstractNumId") == abstract:
                levels = (other for other in one.iterfind(w("lvl")) if value(other, "ilvl") == level)
                return [found for other in levels if (found := other.find(w("pPr"))) is not None]
        return []


def spacing(chain: Sequence[Element]) -> Spacing:
    """Return the spacing that the properties of *chain* give."""
    found = _merged(chain, "spacing")
    rule = found.get("lineRule") or "auto"
    before, after = (_white(found, side) for side in ("before", "after"))
    return Spacing(before, after, number(found.get("line", "")) or _SINGLE, rule)


def indents(chain: Sequence[Element], char: int) -> Indents:
    """Return the indents that the properties of *chain* give to type whose characters are *char* twips wide."""
    found = _merged(chain, "ind")
    left = _length(found, ("start", "left"), char)
    right = _length(found, ("end", "right"), char)
    hanging = _nearest(chain, "ind", ("hanging", "hangingChars"), ("firstLine", "firstLineChars"))
    word = "hanging" if hanging else "firstLine"
    given, by_chars = number(found.get(word, "")), number(found.get(f"{word}Chars", ""))
    first = round((by_chars or 0) * char / 100) if not given and by_chars else given or 0
    only_word = bool(by_chars and not given)
    return Indents(left, right, -first if hanging else first, only_word)


def _length(found: dict[str, str], words: tuple[str, ...], char: int) -> int:
    for word in words:
        if given := number(found.get(word, "")):
            return given
        if chars := number(found.get(f"{word}Chars", "")):
            return round(chars * char / 100)
    return 0


def _white(found: dict[str, str], side: str) -> int:
    if (lines := number(found.get(f"{side}Lines", ""))) is not None and lines:
        return round(lines * _SINGLE / 100)
    if found.get(f"{side}Autospacing") in ("1", "true", "on"):
        return 280  # 14 pt, as Word does it
    return number(found.get(side, "")) or 0


def _nearest(chain: Sequence[Element], tag: str, *words: tuple[str, ...]) -> bool:
    """Tell whether the nearest element that has any of *words* has one of the first group."""
    for element in _all(chain, tag):
        for at, group in enumerate(words):
            if any(value(element, word) not in ("", "0") for word in group):
                return at == 0
        if any(value(element, word) for group in words for word in group):
            return False
    return False


def alignment(chain: Sequence[Element]) -> str:
    """Return `left`, `right`, `center` or `both`."""
    word = value(next(_all(chain, "jc"), None)) or "left"
    return {"start": "left", "end": "right", "distribute": "both"}.get(word, word)


def switch(chain: Sequence[Element], tag: str, *, default: bool) -> bool:
    """Return what the nearest on/off element *tag* says."""
    return is_on(next(_all(chain, tag), None), default=default)


def border(chain: Sequence[Element], side: str) -> Element | None:
    """Return the border of a paragraph at *side* where it is drawn."""
    for borders in _all(chain, "pBdr"):
        line = borders.find(w(side))
        if line is not None:
            return None if value(line) in ("nil", "none", "") else line
    return None


def _merged(chain: Sequence[Element], tag: str) -> dict[str, str]:
    """Return each attribute of *tag* as its nearest element has it."""
    found: dict[str, str] = {}
    for element in reversed(list(_all(chain, tag))):
        found |= {str(name).rpartition("}")[2]: str(text) for name, text in element.attrib.items()}
    return found


def _all(chain: Sequence[Element], tag: str) -> Iterator[Element]:
    return (found for properties in chain if (found := properties.find(w(tag))) is not None)


def _first_number(chain: Sequence[Element], tag: str, default: int) -> int:
    return next((found for one in _all(chain, tag) if (found := number(value(one))) is not None), default)
