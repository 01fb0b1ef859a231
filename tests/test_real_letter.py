"""One letter that a bureau really sent, written again from a record: the same words, its misprints corrected.

The print says 印 for 印发 and leaves the 。 off 抄送; it was published without 署名 and 成文日期.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from commands import dafu
from dafu import preview
from dafu.letter import MISSING
from measuring import BLACK, RED, Page, measured
from records import make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

PRINT = Path(__file__).parents[2] / "shared/letters/luoyang-143069.txt"
pytestmark = pytest.mark.skipif(not PRINT.exists(), reason="the printed letter is not part of the repository")

OFFICE = """
单位: {全称: 洛阳市商务局, 简称: 市商务局, 自称: 我局, 印发机关: 洛阳市商务局办公室}
抄送: {提案: [市政协提案委, 市政府办公室督查二室]}
"""
TEMPLATE = """\
{% extends "标准/答复.j2" %}
{% block 开头 %}
{{ 代词 }}提出的{{ 引述 }}收悉。感谢{{ 代词 }}对{{ 答复.致谢 }}的关注，{{ 单位.简称 }}作为提案办理单位，现答复如下：
{% endblock %}
{% block 结尾 %}{% endblock %}
"""
HEADING = re.compile("[一二三四五六七八九十]、")
DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
EM = 16 / 72 * 25.4  # mm


@dataclass(frozen=True)
class Printed:
    """The lines of the print: above the body, the body with its page breaks mended, and below it."""

    above: list[str]
    body: list[str]
    below: list[str]


@pytest.fixture(scope="module")
def printed() -> Printed:
    lines = [line.strip() for line in PRINT.read_text(encoding="utf-8").splitlines() if line.strip()]
    start = next(at for at, line in enumerate(lines) if line.endswith("现答复如下：")) + 1
    end = next(at for at, line in enumerate(lines) if line.startswith("联系单位："))
    return Printed(lines[:start], list(joined(lines[start:end])), lines[end:])


def joined(lines: list[str]) -> Iterable[str]:
    """Join what a page break of the print has cut: a paragraph ends in 。 unless it is a heading."""
    begun = ""
    for line in lines:
        begun += line
        if begun.endswith("。") or HEADING.match(begun):
            yield begun
            begun = ""
    assert not begun


def record_of(printed: Printed) -> dict[str, Any]:
    return {
        "案号": "143069",
        "届次": "市政协十四届三次会议",
        "案由": "优化新时期招商政策环境",
        "提案人": ["申镠郡"],
        "答复": {
            "发文字号": "洛商〔2025〕67号",
            "签发人": "祖良军",
            "办理结果": "A",
            "成文日期": "2025-08-26",
            "印发日期": "2025-08-26",
            "致谢": "全市产业招商",
            "正文": "\n".join(printed.body),
            "联系单位": "市商务局区域经济协作科",
            "联系电话": "63635503",
            "联系人": ["麻耀东", "刘欢"],
        },
        "办理过程": [{"日期": "2025-03-05", "环节": "交办"}],
    }


@pytest.fixture(scope="module")
def letter(printed: Printed, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    record = json.dumps(record_of(printed), ensure_ascii=False)
    folder = make_workspace(tmp_path_factory.mktemp("office"), OFFICE, **{"143069": record})
    (folder / "templates").mkdir()
    (folder / "templates/答复.j2").write_text(TEMPLATE, encoding="utf-8")
    drafted = dafu(folder, "draft", "143069")
    assert (drafted.code, drafted.err) == (0, "")
    return (folder / drafted.out.strip()).read_bytes()


def texts(letter: bytes) -> list[str]:
    """Return what each paragraph says, tables included, its rows' tabs and the title's breaks as single blanks."""
    document = docx.Document(BytesIO(letter))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return [" ".join(one.text.split()) for one in paragraphs if one.text.strip()]


def test_the_print_was_read_as_it_was_meant(printed: Printed) -> None:
    assert len(printed.above) == 7  # mark, number, signer, grade, title, salutation, opening
    assert len(printed.body) == 10
    assert [line[:2] for line in printed.body if HEADING.match(line)] == ["一、", "二、", "三、", "四、"]
    assert len(printed.below) == 5  # 联系单位, 联系人, 抄送, 印发机关, 印发日期


def test_the_letter_says_what_the_bureau_printed(printed: Printed, letter: bytes) -> None:
    mark, number, signer, grade, title, salutation, opening = printed.above
    contact, persons, copies, printer, day = printed.below
    body = [line.replace("**", "") for line in printed.body]

    said = texts(letter)
    organ, date = said[-6:-4]
    del said[-6:-4]
    assert said == [
        mark,
        f"{number} {signer}",
        grade,
        title,
        salutation,
        opening,
        *body,
        contact,
        persons,
        f"{copies}。",
        f"{printer} {day}发",
    ]
    assert organ == "洛阳市商务局"
    assert DAY.fullmatch(date)


def test_nothing_is_left_to_fill_in(letter: bytes) -> None:
    assert not MISSING.search("".join(texts(letter)))


def test_the_words_that_were_bold_in_print_are_bold(printed: Printed, letter: bytes) -> None:
    meant = [words for line in printed.body for words in re.findall(r"\*\*(.+?)\*\*", line)]
    runs = [run for paragraph in docx.Document(BytesIO(letter)).paragraphs for run in paragraph.runs]

    assert [run.text for run in runs if run.bold] == meant
    assert len(meant) == 5


def test_the_office_changed_two_blocks_only() -> None:
    assert re.findall(r"{% block (\S+) %}", TEMPLATE) == ["开头", "结尾"]


@pytest.fixture(scope="module")
def pages(letter: bytes) -> list[Page]:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: the printed page was not measured")
    return measured(preview.pdf(letter))


@pytest.mark.office
def test_every_full_page_of_it_holds_22_rows(pages: list[Page]) -> None:
    _, *full, _ = pages
    assert len(full) >= 2
    assert [len([row for row in page.rows if row.baseline < 264]) for page in full] == [22] * len(full)


@pytest.mark.office
def test_its_red_head_stands_where_the_standard_puts_it(pages: list[Page]) -> None:
    first = pages[0]
    grade = next(row for row in first.rows if "办理结果" in row.text)
    line = first.ink(RED, top=105)

    assert first.ink(RED, bottom=100).top == pytest.approx(72, abs=1)
    assert line.right - line.left == pytest.approx(156, abs=0.5)
    assert line.top - (grade.baseline + 0.12 * EM) == pytest.approx(4, abs=0.5)


@pytest.mark.office
def test_its_imprint_ends_with_the_text_area(pages: list[Page]) -> None:
    assert pages[-1].ink(BLACK, top=255, bottom=266).bottom == pytest.approx(262, abs=1)


@pytest.mark.office
def test_the_dash_of_its_page_numbers_lies_7_mm_below_the_text_area(pages: list[Page]) -> None:
    for page in pages:
        dashes = [glyph for glyph in page.glyphs if glyph.text == "—" and glyph.baseline > 264]
        ink = page.ink(BLACK, top=264, left=dashes[0].x, right=dashes[0].x + 4)
        assert ink.top == pytest.approx(269, abs=1)
