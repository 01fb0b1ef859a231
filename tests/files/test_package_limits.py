"""The one guard of foreign zip packages."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from dafu.errors import UnusableError
from dafu.files.package import Limits, members, opened, packed

SMALL = Limits(packed=50_000, unpacked=2_000_000, part=1_500_000, members=10, ratio=100)


def zipped(*parts: tuple[str, bytes]) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return page.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableError) as refused:
        members(data, SMALL)
    return str(refused.value)


def test_what_was_packed_comes_back_in_its_order() -> None:
    parts = {"b.xml": b"<b/>", "a/c.bin": bytes(100)}

    assert list(members(packed(parts), SMALL).items()) == list(parts.items())
    assert members(zipped(("folder/", b""), ("a", b"x")), SMALL) == {"a": b"x"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "是空文件"),
        (b"%PDF-1.7", "是 PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "是旧格式"),
        (b"PK\x03\x04" + bytes(100), "已经损坏"),
        (zipped(("a", b"x"))[:-30], "已经损坏"),
        (b"PK" + bytes(50_000), "超过 50,000 字节的上限"),
        (zipped(*((str(n), b"") for n in range(11))), "超过 10 个的上限"),
        (zipped(("a", bytes(1_000_001))), "压缩得不合常理"),
        (zipped(("a.xml", bytes(1_500_001))), "“a.xml”解开后超过 1,500,000 字节的上限"),
        (zipped(("a", bytes(1_000_000)), ("b", bytes(1_000_001))), "解开后超过 2,000,000 字节的上限"),
        (zipped(("a", b""), ("A", b"")), "“a”出现了两次"),
        (zipped(("a/../../b", b"")), "指向文件以外"),
        (zipped(("/b", b"")), "指向文件以外"),
        (zipped(("c:b", b"")), "指向文件以外"),
        (zipped(("a.xml", b"<!DOCTYPE a>")), "有 DOCTYPE"),
        (zipped(("a.rels", "<!DOCTYPE a>".encode("utf-16"))), "有 DOCTYPE"),
    ],
)
def test_what_breaks_a_limit_is_refused_by_name(data: bytes, told: str) -> None:
    assert told in refusal(data)


def test_a_directory_that_lies_about_a_size_gives_no_more_than_it_says() -> None:
    data = bytearray(zipped(("a", bytes(1_800_000))))
    struct.pack_into("<I", data, data.find(b"PK\1\2") + 24, 1_000)  # the size once unpacked, of the directory's entry

    assert "已经损坏" in refusal(bytes(data))


def test_only_the_directory_is_read_when_a_package_is_opened() -> None:
    data = bytearray(zipped(("a", b"content")))
    data[data.find(b"a") + 3] ^= 0xFF  # a byte of the packed content

    with opened(bytes(data), SMALL) as package:
        assert package.namelist() == ["a"]
    assert "已经损坏" in refusal(bytes(data))
