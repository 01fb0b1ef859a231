from __future__ import annotations

import codecs

import pytest

from dafu.yamltext import decode
from dafu.yamltext.decoding import LARGEST

TEXT = "# 记录\n案号: 143012\n案由: 优化停车环境\n"


def test_utf8_is_read_with_and_without_a_byte_order_mark() -> None:
    assert decode(TEXT.encode()) == (TEXT, [])
    assert decode(codecs.BOM_UTF8 + TEXT.encode()) == (TEXT, [])
    assert decode(b"") == ("", [])


def test_line_ends_and_rare_characters_come_through_unchanged() -> None:
    text = "a: 䶮𠮷葛\U000e0100·\r\nb: 甲\rc: 乙\n"
    assert decode(text.encode()) == (text, [])


@pytest.mark.parametrize(
    ("data", "code", "word", "line"),
    [
        (TEXT.encode("gb18030"), "Y103", "GB18030", 1),
        (b"a: 1\nb: 2\n" + "案由: 停车".encode("gbk"), "Y103", "GBK", 3),
        (TEXT.encode("utf-16"), "Y102", "UTF-16", 1),
        (TEXT.encode("utf-16-le"), "Y102", "UTF-16", 1),
        (TEXT.encode("utf-16-be"), "Y102", "UTF-16", 1),
        (b"a: 1\n".decode().encode("utf-16-le"), "Y102", "UTF-16", 1),
        (TEXT.encode() + b"b: \xe5\x81\n", "Y104", "0xE5", 4),
        (b"a: \xff\xff\n", "Y104", "0xFF", 1),
        (b"\xef\xbb\xbfA\xf1A\xf1", "Y104", "第5个字节 0xF1", 1),  # the mark is three of them
        ("a: \ud800".encode("utf-8", "surrogatepass"), "Y104", "第4个字节", 1),
    ],
)
def test_what_is_not_utf8_is_refused_and_named(data: bytes, code: str, word: str, line: int) -> None:
    text, problems = decode(data)
    assert text == ""
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    assert word in problems[0].message
    assert "UTF-8" in problems[0].cure


def test_a_nul_among_good_text_is_no_utf16() -> None:
    text = "案由: 停\0车\n"
    assert decode(text.encode()) == (text, [])


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    assert decode(b"#" * LARGEST)[1] == []
    text, problems = decode(b"\xff" * (LARGEST + 1))
    assert text == ""
    assert [problem.code for problem in problems] == ["Y101"]
    assert "1,000,001" in problems[0].message
