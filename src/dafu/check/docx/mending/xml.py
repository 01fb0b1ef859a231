"""Change properties of a document: children stand in the order of the schema, or Word refuses the file (ECMA-376)."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from dafu.check.docx.opening import w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ORDERS = {
    w(parent): {w(tag): at for at, tag in enumerate(tags.split())}
    for parent, tags in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
        " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText"
        " vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
        " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
        " sectPrChange",
        # Settings end here with the one that is put; all others follow it.
        "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
        " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData"
        " embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges"
        " bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors"
        " activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter"
        " stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves"
        " doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop"
        " autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength"
        " clickAndTypeStyle defaultTableStyle evenAndOddHeaders",
        "pBdr": "top left bottom right between bar",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
        " tblInd tblBorders shd tblLayout tblCellMar tblLook",
    }.items()
}
_LAST = 1000  # extensions of later years follow all that the schema names
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def child(parent: Element, tag: str) -> Element:
    """Return the child *tag* (a short name) of a properties element; a new one is put where the schema wants it."""
    found = parent.find(w(tag))
    if found is None:
        order = _ORDERS[str(parent.tag)]
        at = sum(1 for one in parent if order.get(str(one.tag), _LAST) <= order[w(tag)])
        found = etree.Element(w(tag))
        parent.insert(at, found)
    return found


def put(parent: Element, tag: str, **attributes: object) -> Element:
    """Give the child *tag* these attributes and no others."""
    found = child(parent, tag)
    found.attrib.clear()
    for name, value in attributes.items():
        found.set(w(name), str(value))
    return found


def properties(element: Element, tag: str) -> Element:
    """Return the properties of a paragraph or a run, a new element where it has none."""
    found = element.find(w(tag))
    if found is None:
        found = etree.Element(w(tag))
        element.insert(0, found)
    return found


def split(run: Element, at: int) -> Element | None:
    """Split a run of nothing but text behind *at* characters; return what follows, or None where it cannot be done."""
    texts = [one for one in run if one.tag != w("rPr")]
    if len(texts) != 1 or texts[0].tag != w("t"):
        return None
    words = texts[0].text or ""
    second = deepcopy(run)
    second.tail = None
    for text, part in ((texts[0], words[:at]), (second[-1], words[at:])):
        text.text = part
        text.set(_SPACE, "preserve")
    run.addnext(second)
    return second
