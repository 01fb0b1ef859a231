"""Foreign packages: what is read, and what is refused before anything is unpacked."""

from __future__ import annotations

import warnings
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from dafu.errors import UnusableError
from dafu.files.package import Limits, members, packed

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def package(*parts: tuple[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the second of two names
        for name, data in parts:
            file.writestr(name, data)
    return buffer.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(UnusableError) as refused:
        members(data, limits or Limits())
    (problem,) = refused.value.problems
    return problem.code, problem.message


def test_members_come_by_name_in_the_order_of_the_directory_without_folders() -> None:
    data = package(("b.xml", b"<b/>"), ("word/", b""), ("a.bin", b"\0\1"))

    assert list(members(data).items()) == [("b.xml", b"<b/>"), ("a.bin", b"\0\1")]


def test_what_is_packed_reads_back_and_gives_the_same_bytes_each_time() -> None:
    parts = {"b.xml": b"<b/>", "a.bin": b"\0" * 999}

    assert members(packed(parts)) == parts
    assert packed(parts) == packed(dict(parts))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空文件"),
        (b"hello", "不是 .docx 这类文件"),
        (b"%PDF-1.7", "是 PDF"),
        (OLE + b"\0" * 99, "是旧格式（.doc、.wps、.xls），不是 .docx 这类文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了打开密码，读不了"),
    ],
)
def test_what_is_no_package_is_named_for_what_it_is(data: bytes, words: str) -> None:
    assert refusal(data) == ("F212", words)


@pytest.mark.parametrize("cut", [10, 60, -5])
def test_a_package_that_is_cut_off_is_damaged(cut: int) -> None:
    assert refusal(package(("a.xml", b"<a/>"))[:cut]) == ("F213", "已经损坏，打不开")


def test_a_package_with_one_changed_byte_is_damaged() -> None:
    data = bytearray(packed({"a.bin": bytes(range(256))}))
    data[60] ^= 255

    assert refusal(bytes(data))[0] == "F213"


@pytest.mark.parametrize("name", ["../a.xml", "word/../../a.xml", "/etc/passwd", "C:/a.xml", "word\\a.xml"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert refusal(package(("ok.xml", b"<a/>"), (name, b""))) == ("F215", f"部件名“{name}”指向文件以外")


def test_a_part_without_a_name_is_refused() -> None:
    data = package(("a.xml", b"<a/>"), ("#x", b"<x/>")).replace(b"#x", b"\0x")  # a name ends at a NUL

    assert refusal(data) == ("F215", "有一个部件没有名称")


def test_dots_inside_a_name_lead_nowhere() -> None:
    assert members(package(("a..b/c...xml", b"<a/>"))) == {"a..b/c...xml": b"<a/>"}


@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_a_name_that_comes_twice_is_refused(second: str) -> None:
    assert refusal(package(("a.xml", b"<a/>"), (second, b"<b/>"))) == ("F215", "部件“a.xml”出现了两次")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_part_with_a_doctype_is_refused_in_any_encoding(encoding: str) -> None:
    part = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(encoding)

    assert refusal(package(("a.xml", part))) == ("F216", "“a.xml”里有 DOCTYPE，不予读取")
    assert members(package(("a.bin", part))) == {"a.bin": part}


def test_each_limit_holds_by_the_directory_and_a_package_at_the_limit_passes() -> None:
    data = package(("a.xml", b"x" * 100), ("b.bin", b"y" * 100))

    assert len(members(data, Limits(len(data), 200, 100, 2))) == 2
    assert refusal(data, Limits(packed=len(data) - 1))[0] == "F211"
    assert refusal(data, Limits(unpacked=199))[0] == "F214"
    assert refusal(data, Limits(part=99))[0] == "F214"
    assert refusal(data, Limits(members=1)) == ("F214", "里面的部件超过 1 个的上限")


def test_a_part_that_shrank_beyond_reason_is_refused() -> None:
    assert refusal(package(("a.bin", b"0" * 20_000_000))) == ("F214", "部件“a.bin”压缩得不合常理")
