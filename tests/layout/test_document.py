from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_SECTION_START

from dafu.layout import Fit, draw
from dafu.layout.measures import LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OUTLINE = """\
Blank
Mark        东河市商务局文件
Blank
Blank
Number      东商〔2025〕7号	签发人：周明远
Grade       	办理结果：A
Blank
Blank
Title       对市政协九届三次会议↵第093012号提案的答复
Blank
Salutation  尊敬的林晓委员：
Text        您提出的关于“夜市”的提案收悉，现答复如下：
Level1      一、基本情况
Text        夜市已经开放。
Text        感谢您的关心。
Blank
Blank
Organ       东河市商务局
Date        2025年8月26日
Contact     联系单位：东河市商务局市场科  60010023
Copies      抄送：市政协提案委，市政府督查室。
Print       东河市商务局办公室	2025年8月26日印发
End
"""


SIGNS = {f"{W}br": "↵", f"{W}tab": "\t"}


def outline(document: Any) -> str:
    lines = []
    for paragraph in document.element.body.iter(f"{W}p"):
        pieces = [piece for run in paragraph.iter(f"{W}r") for piece in run]
        text = "".join(SIGNS.get(piece.tag, piece.text or "") for piece in pieces)
        lines.append(f"{paragraph.style:<12}{text}".rstrip(" "))
    return "\n".join(lines) + "\n"


def test_a_letter_reads_from_top_to_bottom_as_the_standard_orders_it(make_letter: Any, opened: Any) -> None:
    assert outline(opened(make_letter())) == OUTLINE


def test_the_page_is_a4_with_its_footers_on_odd_and_even_sides(make_letter: Any, opened: Any) -> None:
    document = opened(make_letter())
    (section,) = document.sections
    assert (section.page_width.twips, section.page_height.twips) == (PAGE_WIDTH, PAGE_HEIGHT)
    assert (section.left_margin.twips, section.right_margin.twips) == (LEFT, RIGHT)
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "".join(text.text for text in footer.part.element.iter(f"{W}t")) == "— 1 —"


def breaks(document: Any) -> int:
    return len(document.element.xpath(".//w:pageBreakBefore"))


def test_one_break_sends_the_imprint_to_the_next_page(make_letter: Any) -> None:
    document = docx.Document(BytesIO(draw(make_letter(), Fit(breaks=1))))
    *_, page_break, imprint, _, _ = document.element.body
    assert page_break.xpath("w:pPr/w:pageBreakBefore")
    assert imprint.tag == f"{W}tbl"
    assert len(document.sections) == 1


def test_a_blank_page_and_the_imprint_after_it_bear_no_number(make_letter: Any) -> None:
    """7.5: where blank pages come before that of 版记, neither they nor it are numbered."""
    document = docx.Document(BytesIO(draw(make_letter(), Fit(breaks=2))))
    first, last = document.sections
    assert breaks(document) == 1
    assert last.start_type == WD_SECTION_START.NEW_PAGE
    for section, text in ((first, "— 1 —"), (last, "")):
        for footer in (section.footer, section.even_page_footer):
            assert "".join(one.text for one in footer.part.element.iter(f"{W}t")) == text
    assert (last.page_width, last.top_margin) == (first.page_width, first.top_margin)


def test_a_letter_without_an_imprint_has_no_break_for_it(make_letter: Any) -> None:
    letter = make_letter(copies="", printer="", printed="")
    assert draw(letter, Fit(breaks=2)) == draw(letter)
