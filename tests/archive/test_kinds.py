"""A file is what its content says; every fault that would keep it from being read later is named."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, TextStringObject

from dafu import layout, preview
from dafu.archive.found import Kind
from dafu.archive.kinds import inspect, inspected
from dafu.errors import Severity
from dafu.letter import Letter, blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dafu.archive.kinds import Inspected

OFD = "http://www.ofdspec.org/2016"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def pdf(pages: int = 1, change: Callable[[PdfWriter], object] = lambda _: None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


def ofd(pages: int = 1, more: str = "", doctype: str = "") -> bytes:
    listed = "".join(f'<o:Page ID="{n}" BaseLoc="Pages/Page_{n}.xml"/>' for n in range(pages))
    document = f'{doctype}<o:Document xmlns:o="{OFD}"><o:Pages>{listed}</o:Pages>{more}</o:Document>'
    entry = f'<o:OFD xmlns:o="{OFD}"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>'
    content = {f"Doc_0__Pages__Page_{n}_xml": "<x/>" for n in range(pages)}
    return zipped(OFD_xml=entry, Doc_0__Document_xml=document, **content)


def jpeg() -> bytes:
    thumbnail = b"\xff\xd8\xff\xd9"  # a picture within the header, whose end is not the end of the file
    header = b"\xff\xe1" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail
    scan = b"\xff\xda" + struct.pack(">H", 2) + b"\x12\xff\x00\x34\xff\xd0\x56" * 20
    return b"\xff\xd8" + header + scan + b"\xff\xd9"


def png() -> bytes:
    chunks = [(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def tiff(*kinds: int, order: str = "<", last: int = 0) -> bytes:
    """Return a TIFF with a directory of each NewSubfileType in *kinds*, one strip of four bytes for all of them."""
    start, size = 12, 2 + 3 * 12 + 4
    data = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start) + b"ABCD"
    for n, kind in enumerate(kinds):
        following = start + (n + 1) * size if n + 1 < len(kinds) else last
        entries = [(254, 4, 1, kind), (273, 4, 1, 8), (279, 4, 1, 4)]
        data += struct.pack(order + "H", 3)
        data += b"".join(struct.pack(order + "HHII", *entry) for entry in entries) + struct.pack(order + "I", following)
    return data


def docx() -> bytes:
    return layout.draw(Letter("关于夜市的答复", "尊敬的林晓委员：", blocks("已经开放。")))


def codes(found: Inspected) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in found.problems]


WHOLE = {
    "扫描件.pdf": (pdf(3), Kind.PDF, 3),
    "扫描件.ofd": (ofd(2), Kind.OFD, 2),
    "照片.jpg": (jpeg(), Kind.JPEG, 1),
    "照片.png": (png(), Kind.PNG, 1),
    "传真.tif": (tiff(0, 0, 0), Kind.TIFF, 3),
    "传真.tiff": (tiff(2, 2, order=">"), Kind.TIFF, 2),
    "答复.docx": (docx(), Kind.DOCX, None),
    "沟通记录.txt": ("三月五日上门听取意见。".encode(), Kind.TEXT, None),
    "旧记录.txt": ("三月五日上门听取意见。".encode("gb18030"), Kind.TEXT, None),
    "记录.yaml": (b"a: 1\n", Kind.TEXT, None),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_known_by_its_content_with_its_pages(name: str) -> None:
    data, kind, pages = WHOLE[name]

    found = inspected(data, name)

    assert (found.kind, found.pages, found.problems) == (kind, pages, ())


@pytest.mark.office
def test_a_letter_that_an_office_program_made_a_pdf_of_is_whole() -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: there is no PDF of a letter")
    long = layout.draw(Letter("关于夜市的答复", "尊敬的林晓委员：", blocks("\n".join(["夜市"] * 30))))

    found = inspected(preview.pdf(long), "答复.pdf")

    assert (found.kind, found.pages, found.problems) == (Kind.PDF, 2, ())


def test_a_file_is_read_and_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(pdf(2))
    before = path.stat()

    assert inspect(path).pages == 2
    assert path.read_bytes() == pdf(2)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_that_is_not_there_is_a_problem_that_names_it(tmp_path: Path) -> None:
    (problem,) = inspect(tmp_path / "没有.pdf").problems

    assert problem.file.endswith("没有.pdf")
    assert problem.severity is ERROR


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("扫描件.jpg", pdf(), Kind.PDF),
        ("扫描件", pdf(), Kind.PDF),
        ("扫描件.pdf", jpeg(), Kind.JPEG),
        ("扫描件.pdf", b"text", Kind.TEXT),
        ("扫描件.docx", ofd(), Kind.OFD),
        ("扫描件.pdf.exe", pdf(), Kind.PDF),
    ],
)
def test_a_name_that_lies_is_told_and_the_content_counts(name: str, data: bytes, kind: Kind) -> None:
    found = inspected(data, name)

    assert found.kind is kind
    assert codes(found) == [("A104", WARNING)]
    assert found.problems[0].file == name


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b" \r\n\t"])
def test_an_empty_file_is_unfit(data: bytes) -> None:
    assert codes(inspected(data, "扫描件.pdf")) == [("A102", ERROR)]


def test_a_paper_without_a_page_is_empty() -> None:
    assert codes(inspected(pdf(0), "空.pdf")) == [("A102", ERROR)]
    assert codes(inspected(ofd(0), "空.ofd")) == [("A102", ERROR)]


@pytest.mark.parametrize("name", [name for name, (_, _, pages) in WHOLE.items() if pages or name.endswith("docx")])
def test_a_file_cut_off_anywhere_is_never_taken_for_a_whole_one(name: str) -> None:
    data, kind, _ = WHOLE[name]

    for length in range(16, len(data) - 1, max(1, len(data) // 60)):
        found = inspected(data[:length], name)
        assert ERROR in [problem.severity for problem in found.problems], length
        assert found.kind in (kind, None)


def test_a_package_with_a_damaged_part_is_not_whole() -> None:
    data = bytearray(docx())
    data[len(data) // 3] ^= 0xFF

    assert ("A105", ERROR) in codes(inspected(bytes(data), "答复.docx"))


def test_an_ofd_that_lists_a_page_it_does_not_hold_is_not_whole() -> None:
    parts = ofd(1).replace(b"Page_0.xml", b"Page_9.xml")  # the names in the directory; the list is compressed

    assert codes(inspected(parts, "扫描件.ofd")) == [("A105", ERROR)]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf_is_named_even_when_it_opens_without_a_password(algorithm: str, password: str) -> None:
    pytest.importorskip("cryptography") if algorithm.startswith("AES") else None
    data = pdf(1, lambda writer: writer.encrypt(password, "owner", algorithm=algorithm))

    assert codes(inspected(data, "扫描件.pdf")) == [("A103", ERROR)]


def test_an_encrypted_office_file_and_an_old_one_are_told_apart() -> None:
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100

    assert codes(inspected(head + "EncryptedPackage".encode("utf-16-le"), "答复.docx")) == [("A103", ERROR)]
    assert codes(inspected(head + b"\x01", "答复.doc")) == [("A101", ERROR)]


def test_an_encrypted_package_is_named() -> None:
    flagged = bytearray(ofd(1))
    flagged[flagged.rfind(b"PK\1\2") + 8] |= 1

    assert codes(inspected(bytes(flagged), "扫描件.ofd")) == [("A103", ERROR)]


def opens(action: dict[str, PdfObject]) -> Callable[[PdfWriter], None]:
    keyed = DictionaryObject({NameObject(key): value for key, value in action.items()})

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(keyed)  # noqa: SLF001 -- no public way

    return change


def by_name(writer: PdfWriter) -> None:
    script = DictionaryObject({NameObject("/JS"): TextStringObject("x")})
    names = ArrayObject([TextStringObject("a"), script])
    tree = DictionaryObject({NameObject("/Names"): names})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def on_the_page(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")})
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])  # noqa: SLF001 -- no public way


@pytest.mark.parametrize(
    "change",
    [
        by_name,
        opens({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("x")}),
        on_the_page,
    ],
)
def test_a_pdf_that_acts_is_unfit(change: Callable[[PdfWriter], None]) -> None:
    found = inspected(pdf(2, change), "扫描件.pdf")

    assert (found.pages, codes(found)) == (2, [("A106", ERROR)])


def test_files_that_hang_on_a_pdf_or_an_ofd_are_told() -> None:
    carrying = pdf(1, lambda writer: writer.add_attachment("别的.txt", b"x"))

    assert codes(inspected(carrying, "扫描件.pdf")) == [("A107", WARNING)]
    more = "<o:Attachments>Attachs/Attachments.xml</o:Attachments>"
    assert codes(inspected(ofd(1, more), "扫描件.ofd")) == [("A107", WARNING)]


def test_a_docx_with_macros_is_unfit() -> None:
    data = zipped(word__document_xml="<x/>", word__vbaProject_bin=b"x")

    assert codes(inspected(data, "答复.docx")) == [("A106", ERROR)]


def test_a_damaged_pdf_that_a_reader_can_mend_is_read_page_by_page() -> None:
    data = pdf(2).replace(b"startxref\n", b"startxref\n9", 1)

    assert inspected(data, "扫描件.pdf").pages == 2


def test_reduced_pictures_and_masks_within_a_tiff_are_no_pages() -> None:
    assert inspected(tiff(0, 1, 0, 4), "传真.tif").pages == 2


def test_a_tiff_whose_directories_run_in_a_ring_is_not_whole() -> None:
    assert codes(inspected(tiff(0, 0, last=12), "传真.tif")) == [("A105", ERROR)]


def test_other_packages_and_unknown_bytes_are_refused_with_what_is_accepted() -> None:
    (problem,) = inspected(zipped(a_xml="x"), "清单.zip").problems
    assert (problem.code, problem.severity) == ("A101", ERROR)
    (problem,) = inspected(b"\x7fELF\x01\x02\x00", "工具.pdf").problems
    assert "PDF、OFD、JPEG、PNG、TIFF、DOCX、文本" in problem.cure


def test_a_package_that_blows_up_is_not_unpacked() -> None:
    bomb = bytearray(ofd(1))
    struct.pack_into("<I", bomb, bomb.find(b"PK\1\2") + 24, 501_000_000)  # what its directory says of the first part

    assert codes(inspected(bytes(bomb), "扫描件.ofd")) == [("F214", ERROR)]


def test_a_package_of_countless_parts_is_not_opened() -> None:
    assert codes(inspected(ofd(1) + b"PK\1\2" * 20_001, "扫描件.ofd")) == [("F214", ERROR)]


def test_an_ofd_that_declares_entities_is_refused() -> None:
    doctype = '<!DOCTYPE d [<!ENTITY a "aaaa">]>'

    assert codes(inspected(ofd(1, doctype=doctype), "扫描件.ofd")) == [("A109", ERROR)]


def test_a_package_whose_parts_lead_out_of_it_or_share_a_name_is_refused() -> None:
    assert codes(inspected(ofd(1).replace(b"Doc_0/Pages/Page", b"Doc_0/../../Page"), "a.ofd")) == [("F215", ERROR)]


@settings(deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_no_damage_makes_it_fail_or_forget_the_name(name: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[name][0])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    found = inspected(bytes(damaged), name)

    assert {problem.file for problem in found.problems} <= {name}
    assert found.kind or found.problems


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.7\n", b"II*\0", b"MM\0+", b"PK\3\4", b"\xff\xd8\xff"]))
def test_no_bytes_make_it_fail(rest: bytes, head: bytes) -> None:
    inspected(head + rest, "文件")


def test_a_pdf_of_countless_objects_is_given_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dafu.archive.pdf._MOST_OBJECTS", 1_000)  # the real limit takes seconds to reach

    def chain(writer: PdfWriter) -> None:
        last = writer._add_object(DictionaryObject())  # noqa: SLF001 -- no public way
        for _ in range(1_001):
            last = writer._add_object(DictionaryObject({NameObject("/A"): last}))  # noqa: SLF001 -- no public way
        writer.root_object[NameObject("/X")] = last

    assert codes(inspected(pdf(1, chain), "扫描件.pdf")) == [("A108", ERROR)]
