"""Change properties of a document: children stand in the order of the schema, or Word refuses the file (ECMA-376)."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from dafu.check.docx.opening import w
from dafu.check.docx.reading import words_of

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


def split(run: Element, at: int) -> Element:
    """Split a run behind *at* characters of its text; return the run that follows."""
    second = etree.Element(w("r"))
    look = run.find(w("rPr"))
    if look is not None:
        second.append(deepcopy(look))
    begin = 0
    for node in [one for one in run if one is not look]:
        size = len(words_of(node))
        if begin >= at:
            second.append(node)
        elif begin + size > at:
            second.append(_cut(node, at - begin))
        begin += size
    run.addnext(second)
    return second


def _cut(text: Element, at: int) -> Element:
    """Cut a text in two; return the second one."""
    rest = deepcopy(text)
    words = text.text or ""
    for one, part in ((text, words[:at]), (rest, words[at:])):
        one.text = part
        one.set(_SPACE, "preserve")
    return rest
