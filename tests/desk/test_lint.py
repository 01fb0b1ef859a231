"""Any .docx on the clerk's desk: what is found in it and in its pages, what is mended, what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Pt

import foreign
import geometry
from dafu import layout, preview
from dafu.desk import lint
from dafu.errors import Problem, RefusedError, Severity, UnusableError
from dafu.files.package import members, packed
from dafu.letter import blocks
from dafu.terms import ImprintSide, Letterhead, PageForm
from docxml import MAIN, edited
from records import office_of

PATH = Path("某处/来文.docx")
GOOD = foreign.made()
HEADED = layout.draw(geometry.letter(geometry.Case(PageForm.DOCUMENT, Letterhead.PRINTED, 3, 1, 1)))


def found(data: bytes, office: str = "") -> dict[str, Problem]:
    given = office_of(office) if office else None
    return {problem.code: problem for problem in lint.findings(PATH, data, given)}


@pytest.fixture
def office() -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: no page was measured")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


# --- without LibreOffice


@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_one_notice_says_what_was_not_measured() -> None:
    if preview.office() is not None:
        pytest.skip("LibreOffice is found beside the PATH here")
    (only,) = lint.findings(PATH, GOOD, None)

    assert (only.code, only.severity, only.file) == ("P300", Severity.NOTICE, str(PATH))
    assert "apt install" in only.cure


@pytest.mark.usefixtures("no_office")
def test_what_is_found_has_the_place_of_the_file() -> None:
    assert {problem.file for problem in lint.findings(PATH, foreign.untouched(), None)} == {str(PATH)}


# --- the pages


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_right_letter_has_no_findings_at_all() -> None:
    assert found(GOOD) == {}
    assert found(HEADED) == {}


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_rows_that_only_the_pages_show_are_counted_there_and_the_program_and_its_faces_named() -> None:
    letter = foreign.made(rule=foreign.MULTIPLE, line=1.0)
    problem = found(letter)["P305"]

    assert problem.field == "第2面"
    assert "每面" in problem.message
    assert f"按 LibreOffice {preview.version()} 排版" in problem.message


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_mark_that_stands_too_low_is_measured_on_the_page() -> None:
    problem = found(edited(HEADED, ('w:line="1904"', 'w:line="2104"')))["P311"]  # 200 twips, 3.5 mm

    assert "发文机关标志上边缘距页顶 75." in problem.message
    assert "应为 72±1 毫米" in problem.message


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_first_page_without_text_is_found() -> None:
    letter = foreign.made(head=lambda maker: maker.blank(19))

    assert found(letter)["P317"].severity is Severity.ERROR


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_signature_alone_on_its_page_is_found() -> None:
    def apart(document: Any) -> None:
        document.paragraphs[-2].paragraph_format.page_break_before = True

    assert found(foreign.made(after_all=apart))["P321"].severity is Severity.ERROR
    assert "P321" not in found(GOOD)


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_an_imprint_that_follows_the_text_is_not_at_the_bottom() -> None:
    loose = edited(HEADED, ('w:tblpYSpec="bottom"', 'w:tblpY="300"'))

    assert "P323" in found(loose)


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_an_office_that_wants_its_imprint_on_an_even_page_is_heeded() -> None:
    three_pages = HEADED
    side = f"单位: {{全称: 东河市商务局}}\n版记面: {ImprintSide.EVEN}\n"

    assert found(three_pages) == {}
    assert "在双数面" in found(three_pages, side)["P323"].message


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_page_number_at_words_own_distance_is_too_low() -> None:
    assert "P324" in found(edited(HEADED, ('w:footer="1134"', 'w:footer="700"')))


# --- mending


def texts(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(BytesIO(data)).element.body.iter("{*}t")]


def test_tables_notes_and_boxes_keep_their_words() -> None:
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document = docx.Document(BytesIO(foreign.made(line=Pt(30))))
    document.add_table(2, 2).cell(0, 1).text = "表里的字"
    data = edited(foreign.saved(document), ("<w:sectPr", f"{box}<w:sectPr"))
    mended, notices = lint.mend(data)

    assert notices
    assert texts(mended) == texts(data)
    assert {"框里的字", "表里的字"} <= set(texts(mended))


def test_tracked_changes_and_links_keep_their_words() -> None:
    inside = (
        '<w:ins w:id="1" w:author="甲"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del>'
        '<w:hyperlink w:anchor="a"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>'
    )
    data = edited(foreign.made(line=Pt(30)), ("</w:p>", inside), words="现答复如下")
    mended, _ = lint.mend(data)

    assert texts(mended) == texts(data)
    assert members(mended)[MAIN].count("删".encode()) == 1


def test_a_paragraph_with_a_picture_keeps_its_height() -> None:
    document = docx.Document(BytesIO(foreign.made(line=Pt(30))))
    paragraph = document.add_paragraph()
    picture = Path(__file__).parents[2] / "docs/letter-1.png"
    paragraph.add_run().add_picture(str(picture))
    mended, _ = lint.mend(foreign.saved(document))
    last = docx.Document(BytesIO(mended)).paragraphs[-1]

    assert last.paragraph_format.line_spacing_rule is None


def test_words_in_a_footer_stay_and_even_pages_get_them_too() -> None:
    document = docx.Document(BytesIO(foreign.made(numbers=False)))
    document.sections[0].footer.paragraphs[0].text = "内部资料"
    mended, _ = lint.mend(foreign.saved(document))
    (section,) = docx.Document(BytesIO(mended)).sections

    for footer in (section.footer, section.even_page_footer):
        assert [one.text for one in footer.paragraphs] == ["内部资料", "—  —", ""]  # python-docx leaves fields out


def test_a_header_stays_on_even_pages_when_they_get_footers_of_their_own() -> None:
    document = docx.Document(BytesIO(foreign.made(numbers=False)))
    document.sections[0].header.paragraphs[0].text = "页眉的字"
    mended, _ = lint.mend(foreign.saved(document))
    (section,) = docx.Document(BytesIO(mended)).sections

    assert section.even_page_header.paragraphs[0].text == "页眉的字"


def test_a_number_beside_other_words_is_left_to_its_author() -> None:
    document = docx.Document(BytesIO(foreign.made(numbers=False)))
    paragraph = document.sections[0].footer.paragraphs[0]
    foreign.page_number(paragraph, "东河市商务局 第", "页")
    data = foreign.saved(document)

    assert lint.mend(data) == (data, [])


def test_what_needs_no_mending_comes_back_as_it_was() -> None:
    assert lint.mend(GOOD) == (GOOD, [])
    assert lint.mend(HEADED) == (HEADED, [])


def test_a_run_in_heading_is_set_up_to_its_stop_only() -> None:
    letter = geometry.letter(geometry.cases()[0])._replace(body=blocks("一、甲乙。丙丁。"))
    wrong = edited(layout.draw(letter), ("黑体", "楷体_GB2312"), words="一、甲乙")
    mended, _ = lint.mend(wrong)
    runs = next(one for one in docx.Document(BytesIO(mended)).paragraphs if one.text.startswith("一、")).runs

    assert [(run.text, run.font.name) for run in runs] == [("一、甲乙。", "黑体"), ("丙丁。", "仿宋_GB2312")]


# --- refused


def repacked(**changes: bytes | None) -> bytes:
    parts = members(GOOD) | {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in changes.items()}
    return packed({name: part for name, part in parts.items() if part is not None})


DOCUMENT = members(GOOD)[MAIN]
HOSTILE = {
    "不是 .docx 这类文件": b"hello",
    "加了打开密码": bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
    "是旧格式": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99,
    "已经损坏，打不开": GOOD[:-30],
    "里有 DOCTYPE": repacked(word__document_xml=DOCUMENT.replace(b"<w:document", b"<!DOCTYPE a><w:document", 1)),
    "已经损坏，读不了": repacked(word__document_xml=DOCUMENT[:-9]),
    "嵌套": repacked(word__document_xml=DOCUMENT.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 999)),
    "不是 Word 文档": repacked(word__document_xml=None),
    "严格 Open XML": repacked(
        word__document_xml=DOCUMENT.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    ),
    "超过 20,000 段": repacked(
        word__document_xml=DOCUMENT.replace(
            b"<w:body>",
            b"<w:body>" + b"".join(b'<w:p w:rsidR="%08X"/>' % (n * 2654435761 % 2**32) for n in range(20_001)),
        )
    ),
    "超过 20,000 处格式变化": repacked(
        word__document_xml=DOCUMENT.replace(
            b"<w:body>",
            b"<w:body><w:p>" + b"".join(b"<w:r><w:t>%d</w:t></w:r>" % (n * 7919) for n in range(20_001)) + b"</w:p>",
        )
    ),
}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_file_that_is_no_sound_document_is_refused_with_its_reason_and_its_place(words: str) -> None:
    expected = "已经损坏，读不了" if words == "嵌套" else words
    with pytest.raises(UnusableError, match=f"^{PATH}: .*{expected}.*（.+）$"):
        lint.findings(PATH, HOSTILE[words], None)
    with pytest.raises(UnusableError, match=expected):
        lint.mend(HOSTILE[words])


def test_a_signed_document_is_not_mended() -> None:
    signed = packed(members(foreign.untouched()) | {"_xmlsignatures/sig1.xml": b"<Signature/>"})

    with pytest.raises(RefusedError, match="电子签名"):
        lint.mend(signed)


@pytest.mark.parametrize("number", ["1e400", "nan", "-99999999999999999999", "0", "", "中", "-5"])
def test_senseless_numbers_stop_neither_lint_nor_mending(number: str) -> None:
    data = edited(
        foreign.made(line=Pt(30)), ('w:line="600"', f'w:line="{number}"'), ('w:val="32"', f'w:val="{number}"')
    )
    mended, _ = lint.mend(data)

    assert texts(mended) == texts(data)


def test_styles_that_are_based_on_each_other_are_read_to_an_end() -> None:
    ring = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    data = edited(GOOD, ("</w:styles>", ring), part="word/styles.xml")
    data = edited(data, ("<w:pPr>", '<w:pPr><w:pStyle w:val="A"/>'), words="现答复如下")

    assert lint.mend(data)[0]


def test_the_mended_package_is_one_that_zip_programs_find_sound() -> None:
    mended, _ = lint.mend(foreign.untouched())
    with ZipFile(BytesIO(mended)) as package:
        assert package.testzip() is None
        assert package.namelist()[: len(members(foreign.untouched()))] == list(members(foreign.untouched()))
