"""Spoil sound inputs, and grow new ones by rule; the same chance always gives the same input."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_TOKENS = (
    *(
        "：",
        "　",
        "\t",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\x07",
        "\x85",
        "\u2028",
        "\r",
        "\r\n",
        "\n\n",
        "…",
        "〔",
        "〕",
    ),
    *(
        "&a ",
        "*a",
        "<<: ",
        "!!python/object ",
        "!x ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "? ",
        "- ",
        "-",
        "|\n",
        ">-\n",
        "#",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        "，",
        "、",
        '"',
        "'",
        "“",
        "”",
        "`",
        "@",
        "~",
        "null",
        "yes",
        "否",
        "=1+1",
        "\\",
        "\\u0000",
    ),
    *(
        "0",
        "-1",
        "1e9",
        "９",
        "2025-02-30",
        "0000-00-00",
        "9999-12-31",
        "2025年3月5日",
        "99999999999999999999",
        "1" * 400,
    ),
    *(
        "{% for x in 办理过程 %}",
        "{% endfor %}",
        "{{ 案由 }}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "{{ x.__class__ }}",
        "{% set a = 1 %}",
    ),
    *(
        "案号: 1\n",
        "办理过程:\n",
        "答复:\n",
        "  正文: |\n",
        "再次答复:\n",
        "  - {日期: 2025-03-05, 环节: 签收}\n",
        '并案: ["1"]\n',
    ),
    *(
        "䶮",
        "𠮷",
        "e\u0301",
        "\ud7ff",
        "\uffff",
        "\U0010ffff",
        "⼀",
        "ﬁ",
        "①",
        "一、",
        "（一）",
        "1.",
        "|甲|乙|\n",
        "**",
    ),
)
_BYTES = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xd5\xfe",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"\x80" * 9,
    b"\x1f\x8b",
)
_XML = (
    *(
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        "&a;",
        "&#0;",
        "&#x1F;",
        "<w:p/>",
        "<w:tbl/>",
        "<w:r><w:t>",
        "</w:p>",
        "<!-- -->",
    ),
    *('w:val="-1"', 'w:val="99999999999999999999"', 'w:val=""', 'r="ZZZZ9999999"', 's="99999"', "<c/>", "<v>1e400</v>"),
    *(
        't="s"',
        't="d"',
        't="?"',
        "<?x y?>",
        "<![CDATA[x]]>",
        "<mc:AlternateContent>",
        'xmlns:w="x"',
        'encoding="utf-7"',
    ),
)
_QUOTED, _NUMBER, _NUMBERS = re.compile('"[^"]*"'), re.compile("[0-9]+"), ("0", "-1", "4294967296")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 200_000  # characters: larger ones are refused before they are parsed


def text(chance: Random, whole: str) -> str:
    """Return *whole* spoiled in one to four places."""
    for _ in range(chance.randint(1, 4)):
        whole = chance.choice(_WAYS)(chance, whole)[:_LONGEST]
    return whole


def _insert(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    return whole[:at] + chance.choice(_TOKENS) + whole[at:]


def _replace(chance: Random, whole: str) -> str:
    one, other = sorted((chance.randint(0, len(whole)), chance.randint(0, len(whole))))
    return whole[:one] + chance.choice(_TOKENS) + whole[min(other, one + 12) :]


def _drop(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    return whole[:at] + whole[at + chance.choice((1, 1, 2, 5, 40)) :]


def _lines(chance: Random, whole: str) -> str:
    lines = whole.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(one, lines[other])
        case 2:
            del lines[one]
        case _:
            lines[one] = " " * chance.randint(0, 9) + lines[one].lstrip()
    return "\n".join(lines)


def _nest(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    return whole[:at] + chance.choice("[{（(\"'- ") * chance.choice((2, 30, 3000)) + whole[at:]


def _swell(chance: Random, whole: str) -> str:
    one, other = sorted((chance.randint(0, len(whole)), chance.randint(0, len(whole))))
    return whole[:other] + whole[one:other] * chance.choice((1, 3, 60)) + whole[other:]


def _cut(chance: Random, whole: str) -> str:
    return whole[: chance.randint(0, len(whole))]


_WAYS: Sequence[Callable[[Random, str], str]] = (
    _insert,
    _insert,
    _replace,
    _replace,
    _drop,
    _lines,
    _lines,
    _nest,
    _swell,
    _cut,
)


def encoded(chance: Random, whole: str) -> bytes:
    """Return *whole* spoiled, mostly in UTF-8, sometimes in another encoding or with bytes of none."""
    spoiled = text(chance, whole)
    way = chance.randrange(20)
    if way < 2:
        return spoiled.encode(("gb18030", "utf-16-le")[way], errors="replace")
    return data(chance, spoiled.encode(errors="surrogatepass")) if way < 4 else spoiled.encode(errors="surrogatepass")


def data(chance: Random, whole: bytes) -> bytes:
    """Return bytes spoiled in one to six places."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(whole))
        match chance.randrange(6):
            case 0:
                whole = whole[:at] + bytes([chance.randrange(256)]) + whole[at + 1 :]
            case 1:
                whole = whole[:at] + chance.choice(_BYTES) + whole[at:]
            case 2:
                whole = whole[:at] + whole[at + chance.choice((1, 4, 60)) :]
            case 3:
                whole = whole[:at] + whole[at : at + 40] * chance.choice((1, 9)) + whole[at:]
            case 4:
                whole = whole[:at] + chance.randbytes(4) + whole[at + 4 :]
            case _:
                whole = whole[:at] if chance.random() < 0.2 else whole
    return whole[:_LONGEST]


def package(chance: Random, whole: bytes) -> bytes:
    """Return a .docx or .xlsx with one or two of its parts spoiled, or its own bytes."""
    if chance.random() < 0.15:
        return data(chance, whole)
    try:
        with ZipFile(BytesIO(whole)) as kept:
            parts = {one.filename: kept.read(one) for one in kept.infolist()}
    except (BadZipFile, zlib.error, EOFError, ValueError):
        return data(chance, whole)
    for _ in range(chance.randint(1, 2)):
        _spoil_part(chance, parts)
    target = BytesIO()
    with ZipFile(target, "w", chance.choice((ZIP_STORED, ZIP_DEFLATED))) as spoiled:
        for name, part in parts.items():
            spoiled.writestr(name, part)
    return target.getvalue()


def _spoil_part(chance: Random, parts: dict[str, bytes]) -> None:
    name = chance.choice(sorted(parts, key=len)) if parts else "x"
    way = chance.randrange(12)
    if way == 0:
        parts.pop(name, None)
    elif way == 1:
        parts[chance.choice(("../x", "/x", "a\\b", "word/x.xml", "x" * 300, name.upper()))] = b"<x/>"
    elif way == 2:
        parts[name] = data(chance, parts.get(name, b""))
    else:
        parts[name] = _xml(chance, parts.get(name, b"").decode(errors="replace")).encode(errors="replace")


def _xml(chance: Random, whole: str) -> str:
    """Return XML with elements dropped, doubled, exchanged or filled with what does not belong there."""
    spans = [one.span() for one in _TAG.finditer(whole)] or [(0, 0)]
    for _ in range(chance.randint(1, 4)):
        start, end = chance.choice(spans)
        match chance.randrange(6):
            case 0:
                whole = whole[:start] + whole[end:]
            case 1:
                whole = whole[:end] + whole[start:end] * chance.choice((1, 3, 2000)) + whole[end:]
            case 2:
                whole = whole[:start] + chance.choice(_XML) + whole[start:]
            case 3:
                whole = whole[:end] + chance.choice(_TOKENS) + whole[end:]
            case 4:
                whole = whole[:start] + _with_value(chance, whole[start:end]) + whole[end:]
            case _:
                whole = whole[:start] + _NUMBER.sub(chance.choice(_NUMBERS), whole[start:end], count=1) + whole[end:]
    return whole[:_LONGEST]


def _with_value(chance: Random, tag: str) -> str:
    """Return *tag* with another value of its first attribute."""
    value = chance.choice(_TOKENS)
    return _QUOTED.sub(lambda _: f'"{value}"', tag, count=1)


_KEYS = (
    *(
        "案号",
        "类别",
        "层级",
        "届次",
        "会期",
        "案由",
        "分类",
        "提案人",
        "建议事项",
        "角色",
        "主办单位",
        "会办单位",
        "并案",
        "重点",
    ),
    *(
        "语种",
        "分管领导",
        "科室",
        "经办人",
        "期限",
        "保管期限",
        "答复",
        "再次答复",
        "办理过程",
        "姓名",
        "团体",
        "发文字号",
        "签发人",
    ),
    *(
        "办理结果",
        "公开",
        "公开理由",
        "成文日期",
        "印发日期",
        "正文",
        "正文文件",
        "附件",
        "联系人",
        "抄送",
        "模板",
        "日期",
        "环节",
    ),
    *(
        "单位",
        "对象",
        "方式",
        "整体",
        "至",
        "理由",
        "批准单位",
        "期限",
        "登记时间",
        "单位",
        "版式",
        "抄送",
        "顺延",
        "预警",
        "起",
        "限",
    ),
)
_VALUES = (
    *(
        "143069",
        "提案",
        "建议",
        "市",
        "省",
        "市政协十四届三次会议",
        "优化夜市管理",
        "独办",
        "主办",
        "会办",
        "参阅",
        "是",
        "否",
        "A",
        "D",
    ),
    *(
        "2025-03-05",
        "2025-08-31",
        "2024-02-29",
        "交办",
        "签收",
        "分办",
        "沟通",
        "签发",
        "印发",
        "送达",
        "反馈",
        "重办",
        "办结",
        "归档",
    ),
    *(
        "退办",
        "退办结果",
        "延期",
        "跟踪",
        "撤案",
        "征求会办",
        "会办意见",
        "主动公开",
        "不予公开",
        "满意",
        "不满意",
        "东商〔2025〕1号",
    ),
    *(
        "繁体",
        "10个工作日",
        "3个月",
        "08-31",
        "答复前5日",
        "林晓",
        "市财政局",
        "",
        "''",
        '"x"',
        "30年",
        "2025-03-05T09:00:00+08:00",
    ),
)


def grown(chance: Random, depth: int = 0) -> str:
    """Return YAML of the record's own words, put together by chance: often sound, seldom sensible."""
    pad = "  " * depth
    lines = []
    for _ in range(chance.randint(1, 9 if depth else 14)):
        name, way = chance.choice(_KEYS), chance.randrange(10)
        if way < 5 or depth > 3:
            lines.append(f"{pad}{name}: {chance.choice(_VALUES)}\n")
        elif way < 7:
            items = ", ".join(chance.choice(_VALUES) or "x" for _ in range(chance.randint(0, 4)))
            lines.append(f"{pad}{name}: [{items}]\n")
        elif way == 7:
            entries = "".join(f"{pad}  - {{{_pairs(chance)}}}\n" for _ in range(chance.randint(1, 6)))
            lines.append(f"{pad}{name}:\n{entries}")
        elif way == 8:
            lines.append(f"{pad}{name}: |\n{pad}  一、已办。\n\n{pad}  {chance.choice(_TOKENS).strip() or 'x'}\n")
        else:
            lines.append(f"{pad}{name}:\n{grown(chance, depth + 1)}")
    return "".join(lines)


def _pairs(chance: Random) -> str:
    return ", ".join(f"{chance.choice(_KEYS)}: {chance.choice(_VALUES)}" for _ in range(chance.randint(1, 6)))
