"""What Word checks before it opens a file: the order of children, the names that must exist (ECMA-376 part 1)."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml.parser import parse_xml

from dafu.layout import Fit, draw
from dafu.letter import Appendix, blocks
from dafu.terms import GradePlace, PageForm, Seal, TextArea

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BORDERS = "top left bottom right insideH insideV"
SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": BORDERS,
    "tcBorders": BORDERS,
    "tblCellMar": "top left bottom right",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang decimalSymbol"
    " listSeparator",
}
TABLE = "|事项|科室|\n|---|---|\n|开放夜市|市场科|\n|【缺：事项】|**综合科**|"
LETTERS: list[dict[str, Any]] = [
    {},
    {
        "body": f"一、甲。乙\n（一）丙\n1.丁\n（1）**戊**\n{TABLE}",
        "attachments": ("附件：1. 甲", "2. 乙"),
        "note": "公开",
    },
    {"signer": "签发人：甲一 乙二 丙三", "seal": Seal.BARE, "grade_place": GradePlace.TITLE_RIGHT, "contact": ()},
    {"text_area": TextArea.INK, "copies": ""},
    {"body": TABLE, "organ": "", "date": "", "contact": (), "copies": "", "printer": "", "printed": ""},
    {"form": PageForm.LETTER, "mark": "东河市商务局"},
    {"joint": ("东河市财政局",), "secrecy": "机密★1年", "appendices": (Appendix("附件1", "名单", blocks("甲")),)},
]
FITS = [Fit()] * len(LETTERS) + [Fit(breaks=1, kept=True), Fit(breaks=2, tight=True, tracking=-8)]
LETTERS += [{}, {"form": PageForm.LETTER, "mark": "东河市商务局"}]


@pytest.fixture(scope="module", params=range(len(LETTERS)))
def parts(request: pytest.FixtureRequest, make_letter: Any) -> dict[str, Any]:
    with ZipFile(BytesIO(draw(make_letter(**LETTERS[request.param]), FITS[request.param]))) as archive:
        return {name: parse_xml(archive.read(name)) for name in archive.namelist()}


def word_parts(parts: dict[str, Any]) -> list[Any]:
    return [root for name, root in parts.items() if name.startswith("word/") and name.endswith(".xml")]


def test_children_stand_in_the_order_of_the_schema(parts: dict[str, Any]) -> None:
    for root in word_parts(parts):
        for name, sequence in SEQUENCES.items():
            places = {f"{W}{child}": at for at, child in enumerate(sequence.split())}
            for element in root.iter(f"{W}{name}"):
                order = [places[child.tag] for child in element]
                assert order == sorted(order), name


def test_no_theme_font_can_win_over_a_named_one(parts: dict[str, Any]) -> None:
    names = [name for root in word_parts(parts) for element in root.iter() for name in element.attrib]
    assert not [name for name in names if name.endswith("Theme")]


def test_every_run_has_one_face_for_all_scripts_and_its_own_size(parts: dict[str, Any]) -> None:
    for root in word_parts(parts):
        for text in root.iter(f"{W}t"):
            fonts = text.getparent().find(f"{W}rPr/{W}rFonts")
            assert len({fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
            assert fonts.get(f"{W}hint") == "eastAsia"
            assert text.getparent().find(f"{W}rPr/{W}sz") is not None


def test_every_paragraph_says_its_own_spacing_and_leaves_the_grid(parts: dict[str, Any]) -> None:
    for root in word_parts(parts):
        for paragraph in root.iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            spacing = properties.find(f"{W}spacing")
            assert (spacing.get(f"{W}before"), spacing.get(f"{W}after")) == ("0", "0")
            assert spacing.get(f"{W}lineRule") == "exact"
            for switch in ("snapToGrid", "widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
                assert properties.find(f"{W}{switch}").get(f"{W}val") == "0"


def test_every_style_and_relationship_that_is_named_exists(parts: dict[str, Any]) -> None:
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    used = {style.get(f"{W}val") for root in word_parts(parts) for style in root.iter(f"{W}pStyle")}
    assert used <= styles
    relations = {relation.get("Id"): relation.get("Target") for relation in parts["word/_rels/document.xml.rels"]}
    named = {value for e in parts["word/document.xml"].iter() for key, value in e.attrib.items() if key.endswith("}id")}
    assert named <= set(relations)
    assert {f"word/{target}" for target in relations.values()} <= set(parts)


def test_every_part_has_a_content_type_and_every_content_type_a_part(parts: dict[str, Any]) -> None:
    overrides = {part.get("PartName")[1:] for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert overrides == {name for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"}


def test_the_body_never_ends_with_a_table(parts: dict[str, Any]) -> None:
    *_, last, section = parts["word/document.xml"][0]
    assert (last.tag, section.tag) == (f"{W}p", f"{W}sectPr")


def test_the_defaults_say_what_the_measures_say(parts: dict[str, Any]) -> None:
    from dafu.layout.measures import AREAS, SIZE_3, TRACKING  # beside its only use

    defaults = parts["word/styles.xml"].find(f"{W}docDefaults")
    assert int(defaults.find(f".//{W}sz").get(f"{W}val")) == SIZE_3
    assert int(defaults.find(f".//{W}rPr/{W}spacing").get(f"{W}val")) == TRACKING
    assert int(defaults.find(f".//{W}pPr/{W}spacing").get(f"{W}line")) == AREAS[TextArea.MARGIN].row
    assert defaults.find(f".//{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_chinese_style_names_tell_the_roles(parts: dict[str, Any]) -> None:
    names = {
        s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in parts["word/styles.xml"].iter(f"{W}style")
    }
    assert names["Title"] == "公文标题"
    levels = [parts["word/styles.xml"].find(f".//*[@{W}styleId='Level{n}']//{W}outlineLvl") for n in (1, 2, 3, 4)]
    assert [level.get(f"{W}val") for level in levels] == ["0", "1", "2", "3"]
