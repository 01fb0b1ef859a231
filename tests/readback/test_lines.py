"""Files of others: whatever they are called and however they are broken, their text or a sentence comes out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from dafu import readback
from dafu.errors import UnusableError

TEXT = "关于夜市的提案\n提案人：林晓\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document() -> docx.document.Document:
    return docx.Document()


def saved(document: docx.document.Document) -> bytes:
    page = io.BytesIO()
    document.save(page)
    return page.getvalue()


def with_body(xml: str, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a .docx whose document part has *xml* as its body, and members of its own."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document()))) as old, zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            body = f"<w:document {W}><w:body>{xml}</w:body></w:document>".encode()
            new.writestr(member, body if member == "word/document.xml" else old.read(member))
        for member, data in (extra or {}).items():
            new.writestr(member, data)
    return page.getvalue()


def written(writer: PdfWriter) -> bytes:
    page = io.BytesIO()
    writer.write(page)
    return page.getvalue()


def pdf_of(content: bytes, forms: dict[str, bytes] | None = None) -> bytes:
    """Return a PDF of one page that draws *content*; it may call the drawings *forms* by name."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    drawn = DecodedStreamObject()
    drawn.set_data(content)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
        | {NameObject("/BaseFont"): NameObject("/Helvetica")}
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    known = DictionaryObject()
    for word, data in (forms or {}).items():
        form = DecodedStreamObject()
        form.set_data(data)
        form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): known})
        known[NameObject(word)] = writer._add_object(form)  # noqa: SLF001 -- the library has no public name for it
    resources[NameObject("/XObject")] = known
    page[NameObject("/Resources")] = resources
    page[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001 -- as above
    return written(writer)


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableError) as caught:
        readback.lines(data, "来文.docx")
    (problem,) = caught.value.problems
    assert problem.file == "来文.docx"
    assert problem.cure
    return problem.message


# --- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert readback.lines(TEXT.encode(encoding), "提案.txt") == ["关于夜市的提案", "提案人：林晓"]


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert readback.lines("\u200b案由：\u00ad夜市\u202e\n".encode(), "提案.txt") == ["案由：夜市"]


def test_a_text_with_a_nul_in_it_is_no_text() -> None:
    assert "不是文字" in refusal(TEXT.encode() + b"\0" + TEXT.encode())


def test_pictures_and_programs_are_no_text() -> None:
    picture = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(picture, "PNG")
    assert "不是文字" in refusal(picture.getvalue())
    assert "不是文字" in refusal(b"\x7fELF" + bytes(range(256)) * 10)


@pytest.mark.parametrize("begin", ["<html><body>", "<!DOCTYPE html>", '<?xml version="1.0"?>', "MIME-Version: 1.0\n"])
def test_a_web_page_that_is_called_a_document_is_refused(begin: str) -> None:
    assert "网页" in refusal(f"{begin}{TEXT}".encode())


def test_an_empty_file_says_that_there_is_no_text() -> None:
    assert "没有文字" in refusal(b"")
    assert "没有文字" in refusal(" \n\u3000\n".encode())


def test_a_file_too_big_for_a_letter_is_not_looked_at() -> None:
    assert "最多读" in refusal(b"a" * (readback.LARGEST + 1))


def test_a_paragraph_longer_than_any_letter_is_refused() -> None:
    assert "不像公文" in refusal(("夜" * 20_001).encode())


# --- Word


def test_a_doc_of_old_word_or_one_with_a_password_says_how_to_convert_it() -> None:
    assert "旧格式" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "RTF" in refusal(b"{\\rtf1\\ansi}")


def test_a_table_comes_row_by_row_and_one_of_a_single_column_as_its_paragraphs() -> None:
    page = document()
    page.add_paragraph("案由：夜市")
    table = page.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["街", "户", "东街", "12|3"], strict=True
    ):
        cell.text = text
    page.add_table(1, 1).cell(0, 0).text = "抄送：市政协提案委。"

    assert readback.lines(saved(page), "来文") == ["案由：夜市", "|街|户|", "|东街|12｜3|", "抄送：市政协提案委。"]


def test_a_text_in_a_cell_keeps_its_paragraphs() -> None:
    page = document()
    table = page.add_table(1, 2)
    table.cell(0, 0).text = "内容"
    table.cell(0, 1).text = f"一、问题\n{'夜市布局不合理。' * 30}\n二、建议"

    first, *others = readback.lines(saved(page), "来文")
    assert first == "|内容|一、问题|"
    assert [line[:2] for line in others] == ["夜市", "二、"]


def test_a_table_inside_a_table_is_read_once() -> None:
    page = document()
    outer = page.add_table(1, 2)
    outer.cell(0, 0).text = "内容"
    outer.cell(0, 1).add_table(1, 2).cell(0, 0).text = "夜市"

    assert "".join(readback.lines(saved(page), "来文")).count("夜市") == 1


def test_tracked_changes_count_as_accepted_and_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>东河市商务局文件</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = with_body(
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:t>现</w:t></w:r><w:del><w:r><w:delText>将</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>答复</w:t></w:r></w:ins><w:r><w:t>如下：</w:t></w:r></w:p>"
    )

    assert readback.lines(data, "来文") == ["东河市商务局文件", "现答复如下："]


def test_what_is_bold_within_a_paragraph_is_marked_as_in_a_record() -> None:
    page = document()
    paragraph = page.add_paragraph("依托")
    paragraph.add_run("风口产业").bold = True
    page.add_paragraph().add_run("整段加粗").bold = True

    assert readback.lines(saved(page), "来文") == ["依托**风口产业**", "整段加粗"]


def numbered(*levels: tuple[str, str]) -> docx.document.Document:
    """Return a document with one list, its number 1, of these formats and texts."""
    page = document()
    numbers = page.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    for one in list(numbers):
        numbers.remove(one)
    numbers.append(parse_xml(f'<w:abstractNum {W} w:abstractNumId="0">{shapes}</w:abstractNum>'))
    numbers.append(parse_xml(f'<w:num {W} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    return page


def add(page: docx.document.Document, text: str, level: int) -> None:
    look: Any = page.add_paragraph(text)._p.get_or_add_pPr()  # noqa: SLF001 -- has no public name
    place = look.get_or_add_numPr()
    place.get_or_add_ilvl().val = level
    place.get_or_add_numId().val = 1


def test_numbers_that_word_counts_itself_are_read() -> None:
    page = numbered(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    for text, level in [("布局", 0), ("东岸", 1), ("夜市", 2), ("西岸", 1), ("打算", 0), ("资金", 1)]:
        add(page, text, level)
    page.add_paragraph("其他")

    assert readback.lines(saved(page), "来文") == [
        *("一、布局", "（一）东岸", "1.夜市", "（二）西岸", "二、打算", "（一）资金", "其他"),
    ]


def test_a_list_counts_past_ten_as_chinese_does() -> None:
    page = numbered(("chineseCounting", "%1、"))
    for _ in range(21):
        add(page, "夜市", 0)

    lines = readback.lines(saved(page), "来文")
    assert [lines[n][:-2] for n in (8, 9, 10, 18, 19, 20)] == ["九、", "十、", "十一、", "十九、", "二十、", "二十一、"]


def test_an_archive_that_is_no_document_is_refused() -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as package:
        package.writestr("说明.txt", TEXT)
    assert "不是 Word 文档" in refusal(page.getvalue())


def test_a_broken_archive_is_refused() -> None:
    whole = saved(document())
    assert refusal(whole[: len(whole) // 2])
    assert refusal(b"PK\x03\x04" + bytes(100))
    assert refusal(with_body("<w:p>"))


def test_an_archive_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked() -> None:
    assert "超过 100,000,000 字节的上限" in refusal(with_body("", {"word/media/image1.bin": bytes(150_000_000)}))
    assert "超过 10,000,000 字节的上限" in refusal(with_body(f"<w:p><w:r><w:t>{'夜' * 5_000_000}</w:t></w:r></w:p>"))


def test_far_more_paragraphs_than_a_paper_has_are_refused_before_they_are_read() -> None:
    with pytest.raises(UnusableError, match="段落和格式太多"):
        readback.lines(with_body("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(170_000))), "复文.docx")


def test_an_archive_of_too_many_files_is_refused() -> None:
    assert "超过 5,000 个的上限" in refusal(with_body("", {f"word/media/{n}": b"" for n in range(6_000)}))


def test_an_archive_with_a_doctype_or_a_name_outside_of_it_is_refused() -> None:
    styles = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><styles/>'
    page = with_body("<w:p><w:r><w:t>x</w:t></w:r></w:p>", {"word/more.xml": styles})
    assert "DOCTYPE" in refusal(page)
    assert "指向文件以外" in refusal(with_body("", {"../../x": b""}))


def test_a_document_without_a_body_says_nothing() -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document()))) as old, zipfile.ZipFile(page, "w") as new:
        for member in old.namelist():
            new.writestr(member, f"<w:document {W}/>" if member == "word/document.xml" else old.read(member))
    assert "没有文字" in refusal(page.getvalue())


def test_a_text_of_too_many_paragraphs_is_refused() -> None:
    assert "超过20,000段" in refusal(b"a\n" * 20_001)


def test_entities_that_unfold_to_gigabytes_do_not() -> None:
    inner = '<!ENTITY a "夜夜夜夜夜夜夜夜夜夜">' + "".join(
        f'<!ENTITY {one} "{f"&{other};" * 10}">' for other, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document()))) as old, zipfile.ZipFile(page, "w") as new:
        for member in old.namelist():
            text = "<w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body>"
            body = f"<!DOCTYPE w [{inner}]><w:document {W}>{text}</w:document>"
            new.writestr(member, body if member == "word/document.xml" else old.read(member))
    assert refusal(page.getvalue())


# --- PDF


def pages_of(*pages: list[tuple[int, int, str]]) -> bytes:
    """Return a PDF with *pages*, each of (left, base, text) in 16 pt Latin letters."""
    writer = PdfWriter()
    for page in pages:
        drawn = "".join(f"BT /F1 16 Tf {left} {base} Td ({text}) Tj ET " for left, base, text in page)
        writer.append(io.BytesIO(pdf_of(drawn.encode())))
    return written(writer)


def test_a_paragraph_goes_on_over_rows_and_pages_and_page_numbers_and_running_heads_are_left_out() -> None:
    one, two, three, four = (word * 8 for word in ("Letter ", "Answer ", "Market ", "Office "))  # to the right edge
    first = [(80, 790, "Draft"), (112, 700, one[:-14]), (80, 671, two), (280, 60, "- 1 -")]
    second = [(80, 790, "Draft"), (80, 700, three), (80, 671, four), (280, 60, "- 2 -")]
    last = [(80, 790, "Draft"), (80, 700, "end."), (112, 671, "Next."), (280, 60, "- 3 -")]

    whole, following = readback.lines(pages_of(first, second, last), "来文.pdf")

    assert whole.replace(" ", "") == "Letter" * 6 + "Answer" * 8 + "Market" * 8 + "Office" * 8 + "end."
    assert following == "Next."


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_read() -> None:
    def locked(user: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(b"BT /F1 16 Tf 80 700 Td (Letter) Tj ET"))))
        writer.encrypt(user, "owner", algorithm="RC4-128")
        return written(writer)

    assert "密码" in refusal(locked("secret"))
    assert readback.lines(locked(""), "来文.pdf") == ["Letter"]


def test_a_scanned_pdf_says_that_it_needs_recognition() -> None:
    scan = io.BytesIO()
    Image.new("L", (600, 800), 255).save(scan, "PDF")
    assert "扫描件" in refusal(scan.getvalue())


def test_a_script_in_a_pdf_is_not_run_and_its_text_is_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(b"BT /F1 16 Tf 80 700 Td (Letter) Tj ET"))))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hello');")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    assert readback.lines(written(writer), "来文.pdf") == ["Letter"]


def test_a_broken_pdf_is_refused_and_nothing_is_said_in_another_language(caplog: pytest.LogCaptureFixture) -> None:
    whole = pdf_of(b"BT /F1 16 Tf 80 700 Td (Letter) Tj ET")
    assert refusal(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert refusal(whole[:200])
    assert refusal(whole.replace(b"/Kids", b"/Kid "))
    assert caplog.records == []


def test_a_pdf_of_too_many_pages_is_refused_before_they_are_read() -> None:
    writer = PdfWriter()
    for _ in range(301):
        writer.add_blank_page(595, 842)
    many = written(writer)

    assert "页数太多" in refusal(many)
    assert "页数太多" in refusal(many.replace(b"/Count 301", b"/Count 1  "))
    assert "页数太多" in refusal(b"%PDF-1.7\n" + b"/Type /Page\n" * 11_000)


def test_a_page_of_endless_drawing_is_stopped() -> None:
    assert "太多" in refusal(pdf_of(b"q Q " * 160_000))
    assert "太多" in refusal(pdf_of(b"q Q " * 1_100_000))


def test_drawings_that_call_each_other_twice_end_soon() -> None:
    forms = {f"/X{n}": f"/X{n + 1} Do /X{n + 1} Do".encode() for n in range(40)} | {"/X40": b"q Q"}
    assert refusal(pdf_of(b"/X0 Do", forms))
